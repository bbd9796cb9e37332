"""Interviews: questions and answers under the speakers' names (*DW: Why did he leave? Soli Özel: …*), with the answers that
follow without a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Span

from kg.coref import Discourse
from kg.parse import paragraphs
from kg.speech import Attribution


class Turn(NamedTuple):
    """What is said under a name: tokens [start, end) behind its colon."""

    speaker: int
    entity: int
    start: int
    end: int


def interview(doc: Doc, discourse: Discourse) -> list[Attribution]:
    """The attributions of an interview; empty where an article is none.

    It begins with a question under one name and goes on under another. From then on what isn't asked is answered, up to
    a sentence that speaks of who answers.
    """
    turns = list(_turns(doc, discourse))
    if len({turn.entity for turn in turns}) < 2 or not _asks(doc[turns[0].start : turns[0].end]):
        return []
    asker = turns[0].entity
    found = []
    for turn in turns:
        words = _questions(doc, turn) if turn.entity == asker else _answers(doc, discourse, turn)
        content = frozenset(words)
        if content:
            found.append(Attribution(turn.speaker, None, content))
    return found


def _turns(doc: Doc, discourse: Discourse) -> Iterator[Turn]:
    """The turns that begin with a name and a colon."""
    names = {c.start: n for n, c in enumerate(discourse.candidates) if c.kind == "name"}
    labels: list[tuple[int, int]] = []
    for sentence in doc.sents:
        first = next((t.i for t in sentence if not t.is_space), sentence.start)
        number = names.get(first)
        if number is None or discourse.candidates[number].type not in ("Person", "Organization"):
            continue
        end = discourse.candidates[number].end
        if end + 1 < sentence.end and doc[end].text == ":":
            labels.append((first, number))
    for (_, number), (until, _) in pairwise([*labels, (len(doc), -1)]):
        candidate, entity = discourse.candidates[number], discourse.entity_of[number]
        if entity is not None:
            yield Turn(candidate.head, entity, candidate.end + 1, until)


def _asks(span: Span) -> bool:
    words = [t for t in span if not t.is_space and t.text not in ("”", '"', ")", "’")]
    return bool(words) and words[-1].text == "?"


def _questions(doc: Doc, turn: Turn) -> Iterator[int]:
    """The words of a question, up to its last question mark; what the writer adds is no part of it."""
    marks = [t.i for t in doc[turn.start : turn.end] if t.text == "?"]
    yield from range(turn.start, marks[-1] + 1 if marks else turn.end)


def _answers(doc: Doc, discourse: Discourse, turn: Turn) -> Iterator[int]:
    """The words of an answer, without the questions that stand in it and what the writer adds at the end."""
    parts = [(max(a, turn.start), min(b, turn.end)) for a, b in paragraphs(doc) if a < turn.end and b > turn.start]
    for first, last in parts:
        if len(parts) > 1 and first != turn.start and _asks(doc[first:last]):
            continue
        inside = [s for s in doc.sents if s.start < last and s.end > first]
        for start, end in [(max(s.start, first), min(s.end, last)) for s in inside]:
            if start > turn.start and _speaks_of(discourse, turn, start, end):
                return
            if not _asks(doc[start:end]):
                yield from range(start, end)


def _speaks_of(discourse: Discourse, turn: Turn, start: int, end: int) -> bool:
    mentions = discourse.mentions_of(turn.entity)
    return any(c.kind == "name" and start <= c.head < end for c in mentions)
