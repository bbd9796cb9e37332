"""Floors: the lowest value accepted of each measure, pinned in `floors.json` with the hash of the corpus it was measured
on.

Pinning leaves a measure some room (`TOLERANCE`), since processors round differently and small changes trade one sentence
for another; but a measure that meets its aim must go on meeting it. A floor rises when a better value is pinned, and
only falls when it is named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.measures import Row
from benchmarks.quality.table import TITLES, Aim, main_scores, reaches

FLOORS = Path(__file__).with_name("floors.json")
# Points of percent under (of what should fall, over) the measured value.
TOLERANCE = 1.0


class Floors(NamedTuple):
    """`bounds`: by measure, the least value of its scores in percent (of measures that should fall, the greatest).
    `files`: the SHA-256 of the corpus files, by their path below the corpora or the repository."""

    bounds: Mapping[str, Mapping[str, float]]
    files: Mapping[str, str]


class Measured(NamedTuple):
    """What a run gave: rows, hashes of the files that it read, the measures' first words (*plover*) it went through,
    and the benchmarks that broke."""

    rows: Sequence[Row]
    files: Mapping[str, str]
    corpora: frozenset[str]
    broken: tuple[str, ...] = ()


def load_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors; none if nothing was pinned."""
    if not path.exists():
        return Floors({}, {})
    content = json.loads(path.read_text(encoding="utf8"))
    return Floors(content["floors"], content["files"])


def save_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Sorted, so that a change shows as what it is."""
    content = {"tolerance": TOLERANCE, "floors": floors.bounds, "files": floors.files}
    path.write_text(json.dumps(content, indent=1, sort_keys=True) + "\n", encoding="utf8")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def corpus_of(name: str) -> str:
    """The first words of a measure's name."""
    return name.partition(":")[0]


def check(measured: Measured, floors: Floors) -> Iterator[str]:
    """A line for each measure under its floor, for each floor without a measure, for each corpus that changed, and for
    each benchmark that broke."""
    yield from (f"{name}: could not be measured" for name in measured.broken)
    for file, found in measured.files.items():
        if file in floors.files and floors.files[file] != found:
            yield f"{file}: not the file on which the floors were pinned (SHA-256 {found[:12]}…)"
    for row in measured.rows:
        for score, bound in floors.bounds.get(row.name, {}).items():
            yield from _under(row, score, bound)
    names = {row.name for row in measured.rows}
    for name in floors.bounds:
        if corpus_of(name) in measured.corpora and name not in names:
            yield f"{name}: has a floor and is no longer measured"


def _under(row: Row, score: str, bound: float) -> Iterator[str]:
    value = dict(row.scores()).get(score)
    if value is None:
        yield f"{row.name}: has a floor for {TITLES[score]}, which is no longer measured"
    elif not reaches(row, score, bound):
        yield f"{row.name}: {TITLES[score]} {value.value:.2f} is {'over' if row.falling else 'under'} {bound:.2f}"


def unpinned(measured: Measured, floors: Floors) -> list[str]:
    """Measures that have no floor yet."""
    return [row.name for row in _with_floor(measured) if row.name not in floors.bounds]


def _with_floor(measured: Measured) -> list[Row]:
    return [row for row in measured.rows if not row.baseline]


def pin(measured: Measured, floors: Floors, aims: Mapping[str, Aim], lowered: frozenset[str] = frozenset()) -> Floors:
    """Floors raised to what was measured; lowered only those of the measures named. A floor of a score that the measure
    no longer has goes only if it is named."""
    bounds = {name: dict(scores) for name, scores in floors.bounds.items() if name not in lowered}
    for row in _with_floor(measured):
        aim = aims.get(row.name)
        own = bounds.setdefault(row.name, {})
        for score in main_scores(row, aim):
            reached = floor_of(row, score, aim)
            better = min if row.falling else max
            own[score] = better(own[score], reached) if score in own else reached
    return Floors(bounds, {**floors.files, **measured.files})


def floor_of(row: Row, score: str, aim: Aim | None) -> float:
    """What a measured value still accepts, rounded to a hundredth so that it accepts the value itself."""
    value = dict(row.scores())[score].value
    bound = value + TOLERANCE if row.falling else value - TOLERANCE
    wanted = aim.scores.get(score) if aim is not None else None
    if wanted is not None and reaches(row, score, wanted):
        bound = min(bound, wanted) if row.falling else max(bound, wanted)
    return round(bound, 2)
