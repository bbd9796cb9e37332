"""Speech as the text marks it: quotations, and attributions that give a stretch of text to a speaker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from kg.model import Manner
from kg.parse import paragraphs

OPEN, CLOSE, STRAIGHT = frozenset("“«„"), frozenset("”»"), frozenset('"')
SINGLE_OPEN, SINGLE_CLOSE = "‘", "’"
# A quotation of fewer words is a term in quotation marks, not speech.
SPEECH_WORDS = 4


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


class Attribution(NamedTuple):
    """Content given to a speaker. `speaker` is the head token of the words for the speaker, `cue` the reporting
    word's token (None where the layout tells); `content` holds token numbers. `is_belief` holds for what somebody
    thinks, `is_attitude` for what somebody wants, praises, refuses, calls for: that isn't claimed to be so."""

    speaker: int
    cue: int | None
    content: frozenset[int]
    is_belief: bool = False
    is_attitude: bool = False


class Source(NamedTuple):
    """To whom a token's statement belongs: the innermost attribution first, and how its words are given."""

    attributions: tuple[Attribution, ...]
    manner: Manner | None


def find_quotations(doc: Doc) -> Iterator[Quotation]:
    """The quotations of a document, paired within paragraphs; one left open goes on where the next paragraph opens
    anew."""
    parts = paragraphs(doc)
    for number, (first, last) in enumerate(parts):
        opened: int | None = None
        single = False
        for index in range(first, last):
            text = doc[index].text
            if opened is None and (text in OPEN or text in STRAIGHT or text == SINGLE_OPEN):
                opened, single = index + 1, text == SINGLE_OPEN
            elif opened is not None and (_closes_single(doc, index) if single else _closes(text, index, opened)):
                yield Quotation(opened, index, number)
                opened = None
        if opened is not None and not single and last - opened >= SPEECH_WORDS:
            yield Quotation(opened, last, number, goes_on=_opens_anew(doc, parts, number + 1))


def _closes(text: str, index: int, opened: int) -> bool:
    return text in CLOSE or (text in STRAIGHT and index > opened)


def _closes_single(doc: Doc, index: int) -> bool:
    """Whether a single mark closes a quotation rather than being an apostrophe."""
    return doc[index].text == SINGLE_CLOSE and doc[index].pos_ == "PUNCT"


def _opens_anew(doc: Doc, parts: list[tuple[int, int]], number: int) -> bool:
    return number < len(parts) and doc[parts[number][0]].text in OPEN | STRAIGHT
