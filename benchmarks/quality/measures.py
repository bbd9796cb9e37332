"""Precision, recall and F1 with bootstrap intervals over documents."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")


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
    documents: Sequence[T], measure: Callable[[Sequence[T]], float], rounds: int = 1000, seed: int = 7
) -> Interval:
    """A measure over documents with its percentile interval (Efron & Tibshirani 1993); the same seed gives the same."""
    random_ = random.Random(seed)
    values = sorted(measure(random_.choices(documents, k=len(documents))) for _ in range(rounds))
    return Interval(measure(documents), values[int(0.025 * rounds)], values[int(0.975 * rounds) - 1])


def row(name: str, counts: Sequence[Counts]) -> str:
    """A line of a table: precision, recall, F1."""
    found = [bootstrap(counts, measure) for measure in (precision, recall, f1)]
    return f"{name:34} P {found[0]}   R {found[1]}   F1 {found[2]}"
