"""Lines to paragraphs.

Texts come in two kinds: hard-wrapped (a paragraph is broken at 60-100 columns and ends with a blank line) and
one line per paragraph (what a browser's copy or a scraper gives). Wrapped lines are joined, others are kept.
"""

from __future__ import annotations

import re
from itertools import pairwise

# Wrapped at fewer columns is a list or a poem, at more it is a paragraph of its own.
_NARROWEST, _WIDEST = 45, 110
# Below three broken lines a text doesn't show how it was wrapped.
_FEWEST_BREAKS = 3
_SHARE_OF_FULL_LINES = 0.75
_LONGEST_DATELINE = 50

_BLANK_LINE = re.compile(r"\n\s*\n")
_BULLET = re.compile(r"^(?:[•‣▪●◦■∙*-] +)+")
_ITEM = re.compile(r"(?:[•‣▪●◦■∙*-]|\d{1,2}[.)]) ")
_SAYS_SOMETHING = re.compile(r"[^\W_]")
_DATELINE = re.compile(r"[^\W\d_][^—–]*[\w.)] ?(?:—|–|--)")
_SENTENCE_END = re.compile(r"""[.!?:;…]["'”’)\]]*$""")


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a tidied text, hard-wrapped lines joined by a space and bullets taken off."""
    blocks = [block.split("\n") for block in _BLANK_LINE.split(text) if block]
    width = _wrapped_at(blocks)
    joined = (_BULLET.sub("", line).strip() for block in blocks for line in _join(block, width))
    return _with_datelines([line for line in joined if _SAYS_SOMETHING.search(line)])


def _with_datelines(lines: list[str]) -> list[str]:
    """A dateline on a line of its own ("MOSCOW (AP) —") goes before the sentence it belongs to."""
    joined: list[str] = []
    for line in lines:
        if joined and len(joined[-1]) <= _LONGEST_DATELINE and _DATELINE.fullmatch(joined[-1]):
            joined[-1] += " " + line
        else:
            joined.append(line)
    return joined


def _wrapped_at(blocks: list[list[str]]) -> int | None:
    """The column at which a hard-wrapped text was broken, None for a text with a line per paragraph.

    Wrapping fills lines greedily, so at every break the next word would not have fitted any more.
    """
    lines = [line for block in blocks if len(block) > 1 for line in block if " " in line]
    width = max(map(len, lines), default=0)
    breaks = [pair for block in blocks for pair in pairwise(block) if not _ITEM.match(pair[1])]
    if not _NARROWEST <= width <= _WIDEST or len(breaks) < _FEWEST_BREAKS:
        return None
    # The last line of a paragraph that no blank line ends is short: only breaks inside sentences are counted.
    inside = [pair for pair in breaks if not _SENTENCE_END.search(pair[0])]
    full = sum(_is_full(line, following, width) for line, following in inside)
    enough = len(inside) >= _FEWEST_BREAKS and full >= _SHARE_OF_FULL_LINES * len(inside)
    return width if enough else None


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _join(block: list[str], width: int | None) -> list[str]:
    joined = block[:1]
    for line, following in pairwise(block):
        if _continues(line, following, width):
            joined[-1] += " " + following
        else:
            joined.append(following)
    return joined


def _continues(line: str, following: str, width: int | None) -> bool:
    if _ITEM.match(following):
        return False
    if width is not None and _is_full(line, following, width):
        return True
    breaks_a_sentence = following[:1].islower() and not _SENTENCE_END.search(line)
    return breaks_a_sentence and (width is not None or _NARROWEST <= len(line) <= _WIDEST)
