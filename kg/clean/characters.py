"""One spelling for every text: composed letters, plain spaces, no invisible characters."""

from __future__ import annotations

import re
import unicodedata

# Listed rather than asked of unicodedata, whose categories grow with Python's version: the same article
# must give the same bytes everywhere.
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\xad\u034f\u061c\u180e\u200b-\u200f\u2060-\u206f\ufeff"  # soft hyphen, joiners, zero width, BOM
    "\u202a-\u202e\ufff9-\ufffb"  # bidi embedding and override, interlinear annotation
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # halves of a pair, noncharacters
    "\ue000-\uf8ff\ufe00-\ufe0f\U000e0000-\U000e0fff"  # icon fonts, variation selectors, tags
    "]"
)
_RUN_OF_SPACES = re.compile(" {2,}")
_SPACE_AT_LINE_EDGE = re.compile(" *\n *")


def tidy(text: str) -> str:
    """Normalise to NFC, line ends to a newline and every other space to one plain space; drop control,
    zero-width, bidi and private-use characters. Quotes and dashes stay as they are."""
    text = _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    text = _RUN_OF_SPACES.sub(" ", unicodedata.normalize("NFC", text))
    return _SPACE_AT_LINE_EDGE.sub("\n", text).strip(" \n")
