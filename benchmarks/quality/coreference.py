"""Mentions and coreference against a corpus, counted by the corpora's own scorer."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from benchmarks.quality.measures import Counts, Interval, Row, bootstrap
from benchmarks.quality.parsing import Json, Read

T = TypeVar("T")
# Fewer than elsewhere: the scorer takes its time.
ROUNDS = 400
PARTS = ("muc", "b3", "ceafe")


def load_scorer(corpora: Path | None) -> ModuleType:
    """The corpora's own scorer."""
    if corpora is None:
        raise ValueError("this measure needs the folder of the corpora")
    spec = importlib.util.spec_from_file_location("score", corpora / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{corpora / 'score.py'}: not found")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def interval(items: Sequence[T], measure: Callable[[Sequence[T]], float]) -> Interval:
    """A measure over documents with its bootstrap interval, of fewer rounds: the scorer takes its time."""
    return bootstrap(items, measure, ROUNDS)


def spans(view: Json, typed: bool, types: set[str] | None, until: int | None = None) -> set[tuple[object, ...]]:
    """Extents of a view's mentions, with their type if asked."""
    return {
        (m["start"], m["end"], m["type"] if typed else "")
        for m in view["mentions"]
        if (types is None or m["type"] in types) and (until is None or m["end"] <= until)
    }


def mention_counts(reads: Sequence[Read], views: Sequence[Json], typed: bool, types: set[str]) -> list[Counts]:
    """Names found, by extent and by extent with type."""
    found = []
    for read, view in zip(reads, views, strict=True):
        gold, ours = spans(read.gold, typed, types), spans(view, typed, types)
        found.append(Counts(len(gold & ours), len(ours), len(gold)))
    return found


def coreference(scorer: ModuleType, reads: Sequence[Read], views: Sequence[Json], types: set[str] | None) -> list[Any]:
    """The scorer's coreference counters, one for each document."""
    found = []
    for read, view in zip(reads, views, strict=True):
        until = read.gold.get("annotated_until")
        one = scorer.Coref()
        one.add(_clusters(scorer, read.gold, types, until), _clusters(scorer, view, None, until))
        found.append(one)
    return found


def _clusters(scorer: ModuleType, view: Json, types: set[str] | None, until: int | None) -> list[frozenset[Any]]:
    kept = [
        m for m in view["mentions"]
        if (types is None or m["type"] in types) and (until is None or m["end"] <= until)
    ]  # fmt: skip
    return list(scorer.clusters({"mentions": kept}).values())


def summed(scorer: ModuleType, counters: Sequence[Any]) -> Any:
    """Counters of several documents as one."""
    total = scorer.Coref()
    for counter in counters:
        total.a.update(counter.a)
    return total.out()


def coreference_row(name: str, scorer: ModuleType, counters: Sequence[Any]) -> Row:
    """CoNLL: the means of MUC, B3 and CEAFe (Pradhan et al. 2012). F1 is the mean of their F1, not that of the means of
    precision and recall beside it."""
    p, r = (interval(counters, lambda c, side=side: _mean(summed(scorer, c), side)) for side in ("p", "r"))
    f = interval(counters, lambda c: float(summed(scorer, c)["conll"]))
    return Row(name, len(counters), p, r, f)


def _mean(scores: Json, side: str) -> float:
    return sum(float(scores[part][side]) for part in PARTS) / len(PARTS)
