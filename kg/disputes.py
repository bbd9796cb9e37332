"""Disputes: statements that say the opposite of the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from kg.model import Fact, Polarity, Statement, Time
from kg.ontology import Ontology


def contradictions(facts: Iterable[Fact], ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Ids of statements that contradict each other, the one that says yes first.

    Their subject, relation, object, theme and modality are the same (participants of a symmetric relation either way
    round), their times and places can be the same, and their polarity isn't. A statement with neither object nor theme
    says too little to be contradicted.
    """
    told: dict[tuple[str | None, ...], dict[Polarity, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        if fact.statement.object is not None or fact.statement.theme is not None:
            told[_claim(fact.statement, ontology)][fact.statement.polarity].append(fact)
    for sides in told.values():
        for yes in sides["positive"]:
            for no in sides["negative"]:
                if _can_coincide(yes.statement, no.statement):
                    yield yes.id, no.id


def _claim(statement: Statement, ontology: Ontology) -> tuple[str | None, ...]:
    subject, object_ = statement.subject, statement.object
    if object_ is not None and ontology.is_symmetric(statement.relation):
        subject, object_ = sorted((subject, object_))
    return subject, statement.relation, object_, statement.theme, statement.modality, statement.family


def _can_coincide(a: Statement, b: Statement) -> bool:
    """Whether two statements may be about one event: what is not said may be the same."""
    same_place = a.place is None or b.place is None or a.place == b.place
    return same_place and overlap(a.time, b.time)


def overlap(a: Time | None, b: Time | None) -> bool:
    """Whether two times have a day in common; a time or end that is not known is any."""
    if a is None or b is None:
        return True
    starts = [t.earliest for t in (a, b) if t.earliest is not None]
    ends = [t.latest for t in (a, b) if t.latest is not None]
    return max(starts, default=date.min) <= min(ends, default=date.max)
