"""Dates that stand around what they date and not in its clause: those of captions, headings, and entries of a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.dates import Expression
from kg.parse import paragraphs
from kg.syntax import children

DASHES = frozenset(("-", "–", "—", "--"))
PRESENT = frozenset(("VBZ", "VBP", "VB"))


def dated_around(trigger: Token, times: Sequence[Expression]) -> Expression | None:
    """The time expression by which a caption, the entry of a timeline or a heading dates a trigger that has none of its
    own; None where there is none or it isn't clear."""
    caption = _caption_times(trigger, times)
    if len(caption) == 1:
        return caption[0]
    entry = _entry_time(trigger, times)
    if entry is not None:
        return entry
    heading = _heading_before(trigger)
    above = [e for e in times if heading is not None and heading[0] <= e.start < heading[1]]
    return above[0] if len(above) == 1 else None


def _entry_time(trigger: Token, times: Sequence[Expression]) -> Expression | None:
    """The date with which an entry of a timeline begins (*June 28, 2021 — Rebels retake Mekelle. The army flees.*); it
    dates the main verbs of the paragraph."""
    if trigger.pos_ != "VERB" or trigger.dep_ not in ("ROOT", "conj", "parataxis"):
        return None
    doc = trigger.doc
    first, last = next(((a, b) for a, b in paragraphs(doc) if a <= trigger.i < b), (0, 0))
    while first < last and (doc[first].is_space or doc[first].is_punct):
        first += 1
    opening = next((e for e in times if first < last and e.start == doc[first].idx), None)
    behind = next((t for t in doc[first:last] if opening is not None and t.idx >= opening.end and not t.is_space), None)
    if opening is None or behind is None or opening.time.earliest is None:
        return None
    # *July 5 - Britain sanctioned it*: over a story in the past tense stands the day on which it was written.
    told = trigger.tag_ in PRESENT or any(t.text.isdigit() and len(t.text) == 4 for t in doc[first : behind.i])
    return opening if behind.text == ":" or (behind.text in DASHES and told) else None


def is_caption(trigger: Token) -> bool:
    """Whether a trigger is what a photo caption shows: the main verb, in the present tense, of a paragraph's only or
    first sentence. Pictures show nobody saying that something is so."""
    if trigger.tag_ not in ("VBZ", "VBP", "VBG") or trigger.dep_ not in ("ROOT", "conj") or children(trigger, "ccomp"):
        return False
    sentence = trigger.sent
    first = next((t for t in sentence if not t.is_space), None)
    return first is not None and any(start == first.i for start, _ in paragraphs(trigger.doc))


def has_exact_date(trigger: Token, times: Sequence[Expression]) -> bool:
    """Whether a trigger is what a caption with a calendar day shows."""
    return any(e.exact for e in _caption_times(trigger, times))


def _caption_times(trigger: Token, times: Sequence[Expression]) -> list[Expression]:
    """The dates of a caption, wherever in its sentence they hang."""
    if not is_caption(trigger):
        return []
    sentence = trigger.sent
    return [e for e in times if sentence.start_char <= e.start < sentence.end_char and e.time.earliest is not None]


def _heading_before(trigger: Token) -> tuple[int, int] | None:
    """[start, end) characters of a line such as *Yerevan, October 1, 2019.* right before the trigger's sentence, or
    one sentence further up, that dates what follows; only for the main verbs of a sentence."""
    if trigger.dep_ not in ("ROOT", "conj") or trigger.pos_ != "VERB":
        return None
    opened = next((first for first, last in paragraphs(trigger.doc) if first <= trigger.i < last), 0)
    sentences = [s for s in trigger.doc.sents if s.end <= trigger.sent.start][-2:]
    for sentence in reversed(sentences):
        words = [t for t in sentence if not t.is_space and not t.is_punct]
        if sentence.start < opened and trigger.tag_ not in ("VBZ", "VBP"):
            # Over a story in the past tense stands the day on which it was written.
            return None
        if (
            0 < len(words) <= 8
            and not any(t.pos_ in ("VERB", "AUX", "PRON", "DET") for t in words)
            and any(t.pos_ == "NUM" for t in words)
        ):
            return sentence.start_char, sentence.end_char
    return None
