"""Precision, recall and F1 with bootstrap intervals over documents, and the row of a table that holds them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
ROUNDS = 1000


class Counts(NamedTuple):
    """What was found right, what was found, and what there was to find, in one document."""

    right: int
    found: int
    gold: int


class Interval(NamedTuple):
    """A value in percent with the 95 % interval of its bootstrap."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:5.1f} [{self.low:.1f}, {self.high:.1f}]"


class Row(NamedTuple):
    """A measure's result. `name` starts with the corpus (*plover: root*) and is what aims and floors go by; `units` is
    how many documents, sentences or pairs were drawn from. `share` is for what is neither precision nor recall;
    `falling`: less of it is better; `baseline`: what something simpler than kg reaches, which has no floor. None is what the measure doesn't have."""

    name: str
    units: int
    precision: Interval | None = None
    recall: Interval | None = None
    f1: Interval | None = None
    share: Interval | None = None
    falling: bool = False
    baseline: bool = False

    def scores(self) -> Iterator[tuple[str, Interval]]:
        """What the row has, by name."""
        for score in ("precision", "recall", "f1", "share"):
            value = getattr(self, score)
            if value is not None:
                yield score, value


def precision(counts: Sequence[Counts]) -> float:
    """The share of what was found that is right, in percent; 0 where nothing was found."""
    found = sum(c.found for c in counts)
    return 100 * sum(c.right for c in counts) / found if found else 0.0


def recall(counts: Sequence[Counts]) -> float:
    """The share of what there was that was found, in percent; 0 where there was nothing."""
    gold = sum(c.gold for c in counts)
    return 100 * sum(c.right for c in counts) / gold if gold else 0.0


def f1(counts: Sequence[Counts]) -> float:
    """The harmonic mean of both, in percent."""
    total = sum(c.found + c.gold for c in counts)
    return 200 * sum(c.right for c in counts) / total if total else 0.0


def bootstrap(
    documents: Sequence[T], measure: Callable[[Sequence[T]], float], rounds: int = ROUNDS, seed: int = 7
) -> Interval:
    """A measure over documents with its percentile interval (Efron & Tibshirani 1993); the same seed gives the same."""
    random_ = random.Random(seed)
    values = sorted(measure(random_.choices(documents, k=len(documents))) for _ in range(rounds))
    return Interval(measure(documents), values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1])


def row_of(name: str, counts: Sequence[Counts]) -> Row:
    """Precision, recall and F1 of documents."""
    p, r, f = (bootstrap(counts, measure) for measure in (precision, recall, f1))
    return Row(name, len(counts), p, r, f)


def share_of(name: str, counts: Sequence[Counts], falling: bool = False) -> Row:
    """The share of what was found that is right, or, where less is better, that is wrong."""
    return Row(name, len(counts), share=bootstrap(counts, precision), falling=falling)
