"""Quotations as the text marks them.

Marks are paired by the side they lean to (a space before and a word after: opening), not by counting, so that a mark
too many or too few spoils no more than its own quotation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from spacy.tokens import Doc, Token

from kg.parse import paragraphs

OPEN, CLOSE, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset('"')
MARKS = OPEN | CLOSE | STRAIGHT
SINGLE_OPEN, SINGLE_CLOSE = "‘", "’"
# A quotation of fewer words is a term in quotation marks, not speech.
SPEECH_WORDS = 4
# What stands, without a space, between an opening mark and the word before, and between a closing one and the word after.
BEFORE_OPENING = frozenset("([{—–-/‘:")
AFTER_CLOSING = frozenset((*")]}—–-/’',.;:!?", "--", "'s", "’s"))
NEVER_FIRST = frozenset(")],.;:!?")
STOPS = frozenset((".", "!", "?", "…", "..."))

Lean = Literal["opens", "closes", "either"]


class Quotation(NamedTuple):
    """Tokens [start, end) between quotation marks, the marks left out; `paragraph` is the number of the first one's
    paragraph. `goes_on` holds where the quotation is still open at the paragraph's end."""

    start: int
    end: int
    paragraph: int
    goes_on: bool = False

    @property
    def is_speech(self) -> bool:
        """Whether it is long enough to be what somebody says."""
        return self.end - self.start >= SPEECH_WORDS


def find_quotations(doc: Doc) -> Iterator[Quotation]:
    """The quotations of a document, paired within paragraphs; one left open goes on where the next paragraph, or a
    sentence of the same, opens anew."""
    parts = paragraphs(doc)
    for number, (first, last) in enumerate(parts):
        marks = [i for i in range(first, last) if doc[i].text in MARKS]
        leans = {i: _lean(doc[i], first, last) for i in marks}
        index = first
        while index < last:
            if doc[index].text == SINGLE_OPEN:
                end = _single_end(doc, index, last)
                if end is not None:
                    yield Quotation(index + 1, end, number)
                index = index if end is None else end
            elif leans.get(index, "closes") != "closes":
                found = _quotation(doc, index, last, number, leans)
                if found is None:
                    index += 1
                    continue
                if found.end == last:
                    found = found._replace(goes_on=_opens_anew(doc, parts, number + 1))
                if found.end > found.start:
                    yield found
                # A mark that opens anew is read again.
                index = found.end - 1 if found.goes_on else found.end
            index += 1


def _quotation(doc: Doc, opened: int, last: int, paragraph: int, leans: dict[int, Lean]) -> Quotation | None:
    """The quotation that a mark opens; None where the mark is a stray one."""
    following = [i for i in leans if opened < i]
    inner = False
    for place, index in enumerate(following):
        lean = leans[index]
        if lean == "opens":
            after = following[place + 1 : place + 3]
            other = _is_other_pair(doc, opened, index, after, leans)
            if not other and _begins_sentence(doc, index):
                # Quoted paragraph after paragraph, in a text that is one.
                return Quotation(opened + 1, index, paragraph, goes_on=True)
            if not other and [leans[i] for i in after] != ["closes", "closes"]:
                return None
            # *"He called it a "shame" and left"*: quoted in what is quoted.
            inner = True
        elif inner:
            inner = False
        elif not _is_inches(doc, index, following[place + 1 :], leans):
            return Quotation(opened + 1, index, paragraph)
    begins = opened == 0 or _begins_sentence(doc, opened) or doc[opened - 1].text in (":", ",")
    return Quotation(opened + 1, last, paragraph) if begins and last - opened > SPEECH_WORDS else None


def _lean(mark: Token, first: int, last: int) -> Lean:
    """The side to which a mark leans: that of the word it stands at; else that of its shape."""
    doc = mark.doc
    before = None if mark.i == first else doc[mark.i - 1]
    after = None if mark.i + 1 == last else doc[mark.i + 1]
    apart = before is None or before.is_space or bool(before.whitespace_)
    ends = after is None or after.is_space or bool(mark.whitespace_)
    opens = (apart or (before is not None and before.text in BEFORE_OPENING)) and not ends
    opens = opens and (after is None or after.text not in NEVER_FIRST)
    closes = (ends or (after is not None and after.text in AFTER_CLOSING)) and not apart
    if opens != closes:
        return "opens" if opens else "closes"
    if mark.text in OPEN:
        return "opens"
    return "closes" if mark.text in CLOSE else "either"


def _begins_sentence(doc: Doc, index: int) -> bool:
    """Whether a mark opens a sentence or a line."""
    before = index - 1
    while before >= 0 and (doc[before].is_space or doc[before].text in CLOSE):
        before -= 1
    return before < 0 or doc[before].text in STOPS or bool(doc[index].is_sent_start)


def _is_inches(doc: Doc, index: int, following: list[int], leans: dict[int, Lean]) -> bool:
    """Whether a mark after a number inside a quotation is not the one that closes it: another closes it."""
    return doc[index - 1].text[-1:].isdigit() and bool(following) and leans[following[0]] == "closes"


def _is_other_pair(doc: Doc, opened: int, index: int, after: list[int], leans: dict[int, Lean]) -> bool:
    """Whether marks of another shape than the one that opened follow in a pair (*"They read “Emma” …*)."""
    straight = doc[index].text in STRAIGHT
    if not after or leans[after[0]] != "closes" or (doc[after[0]].text in STRAIGHT) != straight:
        return False
    return (doc[opened].text in STRAIGHT) != straight


def _single_end(doc: Doc, opened: int, last: int) -> int | None:
    """The mark that closes a quotation in single marks rather than being an apostrophe; None if there is none."""
    return next((i for i in range(opened + 1, last) if doc[i].text == SINGLE_CLOSE and doc[i].pos_ == "PUNCT"), None)


def _opens_anew(doc: Doc, parts: list[tuple[int, int]], number: int) -> bool:
    return number < len(parts) and doc[parts[number][0]].text in OPEN | STRAIGHT
