"""What makes text of articles harmless in a page: it stays text, in one line, of a bearable length, and within its own direction.

Everything here keeps the number of code points unless it says that it cuts, so that offsets stay true.
"""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

LABEL_LENGTH = 200
LINK_LENGTH = 2000

_REPLACEMENT = "\ufffd"
# C0 and C1 controls, embeddings and overrides of writing direction, surrogates: each would break a file, a line or the
# order in which the words around it are shown. White space of any kind becomes a space.
_HARMFUL = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
# A tower of accents would stand in the lines above; nobody needs more than three.
_TOWER = re.compile("(?<=[\u0300-\u036f]{3})[\u0300-\u036f]")
_SPACES = re.compile("[\t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]")
_JSON_ESCAPES = str.maketrans({character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"})


def plain(text: str) -> str:
    """The text with every control and direction-changing character replaced, code point by code point."""
    return _TOWER.sub("\u200b", _HARMFUL.sub(_REPLACEMENT, _SPACES.sub(" ", text)))


def label(text: str, length: int = LABEL_LENGTH) -> str:
    """A name for display: one line, cut to `length` code points with an ellipsis."""
    words = " ".join(plain(text[: length * 4]).replace("\u200b", "").split())
    if len(words) <= length and len(text) <= length * 4:
        return words
    return words[: length - 1].rstrip() + "…"


def optional_label(text: str | None, length: int = LABEL_LENGTH) -> str | None:
    """As `label`; None where there is nothing to show."""
    return (label(text, length) or None) if text is not None else None


def web_link(url: str | None) -> str | None:
    """The URL if it is a plain http(s) address, else None: no other scheme, no user name, no white space or controls."""
    if not url or len(url) > LINK_LENGTH or url != plain(url) or re.search(r"[\s\\\"<>]", url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and "@" not in parts.netloc else None


def json_block(value: object) -> str:
    """JSON that can stand in a script element of an HTML page: no `<`, `>`, `&` and no line separator left unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_JSON_ESCAPES)
