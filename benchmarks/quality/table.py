"""The one place where measures are printed: rows with their aim and the best free system or floor beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.quality.measures import Interval, Row

AIMS = Path(__file__).with_name("aims.json")
HEADS = ("measure", "of", "precision", "recall", "F1 or share", "aim", "met", "best free system or floor")
BEGIN, END = "<!-- table -->", "<!-- end of table -->"
TITLES = {"precision": "P", "recall": "R", "f1": "F1", "share": "share"}

Cells = tuple[str, ...]


class Aim(NamedTuple):
    """What a measure is to reach: least values of its scores (of those that fall, greatest ones) in percent, and what the
    best free system, or a simple rule, reaches."""

    scores: Mapping[str, float]
    best: str


def load_aims(path: Path = AIMS) -> dict[str, Aim]:
    """The aims by the name of their row."""
    content = json.loads(path.read_text(encoding="utf8"))
    return {name: Aim(aim.get("aim", {}), aim.get("best", "")) for name, aim in content.items()}


def main_scores(row: Row, aim: Aim | None) -> tuple[str, ...]:
    """The scores that speak for a row: those of its aim, else F1 or the share, else precision and recall."""
    if aim is not None and aim.scores:
        return tuple(aim.scores)
    there = dict(row.scores())
    return next(((score,) for score in ("f1", "share") if score in there), tuple(there))


def reaches(row: Row, score: str, bound: float) -> bool:
    """Whether a score is on the right side of a bound."""
    value = dict(row.scores())[score].value
    # A hundredth of a percent is rounding.
    return value <= bound + 0.005 if row.falling else value >= bound - 0.005


def lines_of(rows: Iterable[Row], aims: Mapping[str, Aim]) -> Iterator[str]:
    """A table in Markdown, aligned for reading as it is."""
    yield from _aligned([HEADS, *(_cells(row, aims.get(row.name)) for row in rows)])


def _aligned(lines: Sequence[Cells]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for number, line in enumerate(lines):
        yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        if number == 0:
            yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def write_page(path: Path, rows: Sequence[Row], aims: Mapping[str, Aim], day: date) -> None:
    """Bring the table between the marks of a page up to date; rows that weren't measured stay as they are, with their
    day. Raises ValueError when the page has no marks."""
    before, begun, rest = path.read_text(encoding="utf8").partition(BEGIN)
    old, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{path}: no {BEGIN} ... {END}")
    kept = {cells[0]: cells for cells in map(_parsed, old.strip().splitlines()[2:])}
    kept |= {row.name: (*_cells(row, aims.get(row.name)), day.isoformat()) for row in rows}
    table = "\n".join(_aligned([(*HEADS, "measured"), *kept.values()]))
    path.write_text(f"{before}{BEGIN}\n\n{table}\n\n{END}{after}", encoding="utf8")


def _parsed(line: str) -> Cells:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _cells(row: Row, aim: Aim | None) -> Cells:
    last = row.f1 if row.f1 is not None else row.share
    met, bounds = "", ""
    if aim is not None and aim.scores:
        met = "yes" if all(reaches(row, score, bound) for score, bound in aim.scores.items()) else "no"
        sign = "<=" if row.falling else ">="
        bounds = ", ".join(f"{TITLES[score]} {sign} {bound:g}" for score, bound in aim.scores.items())
    scores = (_cell(value) for value in (row.precision, row.recall, last))
    return (row.name, str(row.units), *scores, bounds, met, aim.best if aim is not None else "")


def _cell(value: Interval | None) -> str:
    return "" if value is None else str(value).strip()


def print_rows(rows: Iterable[Row]) -> None:
    """To standard output."""
    for line in lines_of(rows, load_aims()):
        print(line, flush=True)


def as_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows as plain objects: each score with its interval."""
    return [
        {"measure": row.name, "units": row.units, "falling": row.falling}
        | {score: value._asdict() for score, value in row.scores()}
        for row in rows
    ]
