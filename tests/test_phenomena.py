"""The phenomenon suite: short sentences grouped by what is difficult about them, each with all it says.

`phenomena/*.txt` hold the rows. A row starts at the margin with its text (a line `¶` starts a new paragraph) and goes on
with its expected statements, indented, written as in `test_extract`. Nothing else may come out; a row without statements
is a sentence from which nothing may come. Case and accents don't count. `[; by Germany]` is a part that may be there or
not, `a | b` is either of two readings, `? ` marks a statement that may come out but need not. A comment starts with `#`,
a heading with `==`. Articles are of Wednesday 20 July 2022. `said` and open statements (family OTHER) don't count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.model import Extraction, Statement
from kg.naming import name_key

FOLDER = Path(__file__).parent / "phenomena"
SYMMETRIC = (
    "met|spokeWith|negotiatedWith|signedAgreementWith|cooperatesWith|ceasedFireWith|heldExerciseWith|fought|alliedWith|"
    "rivalOf|enemyOf|hasTiesWith|improvedTiesWith"
)
SWAP = re.compile(rf"^(.+) ({SYMMETRIC}) ([^;]+)(.*)$")
OPTIONAL = re.compile(r"\[([^\]]*)\]")


class Row(NamedTuple):
    """A text and what it says. Each of `required` and `allowed` holds the ways to write one statement."""

    group: str
    heading: str
    text: str
    required: tuple[tuple[str, ...], ...]
    allowed: tuple[tuple[str, ...], ...]


def read_rows(folder: Path = FOLDER) -> Iterator[Row]:
    """The rows of all files, in order."""
    for path in sorted(folder.glob("*.txt")):
        heading = ""
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf8")):
            lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
            if lines and lines[0].startswith("=="):
                heading = lines.pop(0).strip("= ")
            if lines:
                yield _row(path.stem, heading, lines)


def _row(group: str, heading: str, lines: Sequence[str]) -> Row:
    text = "\n".join("" if line == "¶" else line for line in lines if not line.startswith(" "))
    expected = [line.strip() for line in lines if line.startswith(" ")]
    required = tuple(readings(line) for line in expected if not line.startswith("?"))
    allowed = tuple(readings(line.removeprefix("?").strip()) for line in expected if line.startswith("?"))
    return Row(group, heading, text, required, allowed)


def readings(expected: str) -> tuple[str, ...]:
    """The ways to write an expected statement: with and without its optional parts, either way round if symmetric."""
    found: list[str] = []
    for reading in expected.split(" | "):
        parts = OPTIONAL.split(reading)
        choices = [(part,) if n % 2 == 0 else (part, "") for n, part in enumerate(parts)]
        found += ["".join(choice).strip() for choice in product(*choices)]
    return tuple(dict.fromkeys(found + [SWAP.sub(r"\3 \2 \1\4", line) for line in found]))


def line(statement: Statement, found: Extraction) -> str:
    """A statement as the rows write it: `Iran supplies Russia; theme drones; possible; by Burns (quote)`."""
    label = {e.id: e.label for e in found.entities}
    parts = [" ".join(filter(None, (label[statement.subject], statement.relation, label.get(statement.object or ""))))]
    for name in ("theme", "place"):
        value = getattr(statement, name)
        parts += [f"{name} {label[value]}"] if value is not None else []
    if statement.time is not None:
        first, last = statement.time.earliest, statement.time.latest
        parts.append(f"time {first}" if first and first == last else f"time {first or ''}..{last or ''}")
    parts += ["negative"] if statement.polarity == "negative" else []
    parts += [statement.modality] if statement.modality != "actual" else []
    if statement.attributed_to is not None:
        parts.append(f"by {label[statement.attributed_to]}" + (" (quote)" if statement.manner == "quote" else ""))
    return "; ".join(parts)


def differences(row: Row, found: Extraction) -> list[str]:
    """What a row expects and isn't there (`-`), and what is there beyond it (`+`)."""
    lines = sorted({line(s, found) for s in found.statements if s.relation != "said" and s.family != "OTHER"})
    there = {name_key(line) for line in lines}
    missing = [ways for ways in row.required if not {name_key(way) for way in ways} & there]
    known = {name_key(way) for ways in row.required + row.allowed for way in ways}
    return [f"- {min(ways, key=len)}" for ways in missing] + [
        f"+ {line}" for line in lines if name_key(line) not in known
    ]


ROWS = list(read_rows())
# Rows that are right and don't hold yet. One that comes to hold fails until it is taken out of the list.
LIMITS = frozenset(
    (Path(__file__).parent / "phenomena" / "limits" / "rows.txt").read_text(encoding="utf8").splitlines()
)
FAILS = pytest.mark.xfail(strict=True, reason="a known limit")


def title(row: Row) -> str:
    return f"{row.group}: {' '.join(row.text.split())}"


@pytest.mark.parametrize(
    "row", [pytest.param(r, id=title(r)[:90], marks=[FAILS] if title(r) in LIMITS else []) for r in ROWS]
)
def test_row(row: Row, extract: Callable[..., Extraction]) -> None:
    wrong = differences(row, extract(row.text))
    assert not wrong, "\n".join(["", f"{row.heading}: {row.text}", *wrong])


def test_there_are_enough_rows_and_none_stands_twice() -> None:
    texts = [row.text for row in ROWS]
    assert len(texts) >= 250
    assert len(set(texts)) == len(texts), sorted(text for text in texts if texts.count(text) > 1)


def test_the_known_limits_are_few_and_rows_of_the_suite() -> None:
    assert set(map(title, ROWS)) >= LIMITS
    assert len(LIMITS) <= len(ROWS) / 15
