"""The phenomenon suite: short sentences grouped by what is difficult about them, each with all it says.

    python -m benchmarks.quality.suite

`tests/phenomena/*.txt` hold the rows. A row starts at the margin with its text (a line `¶` starts a new paragraph) and
goes on with its expected statements, indented, written as in `test_extract`. Nothing else may come out; a row without
statements is a sentence from which nothing may come. Case and accents don't count. `[; by Germany]` is a part that may
be there or not, `a | b` is either of two readings, `? ` marks a statement that may come out but need not. A comment
starts with `#`, a heading with `==`. Articles are of Wednesday 20 July 2022. `said` and open statements (family OTHER)
don't count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.measures import Counts, Row, share_of
from benchmarks.quality.parsing import Bench, open_bench, options
from benchmarks.quality.table import print_rows
from kg.model import Extraction, Statement
from kg.naming import name_key

FOLDER = Path(__file__).parent.parent.parent / "tests" / "phenomena"
PUBLISHED = date(2022, 7, 20)
SYMMETRIC = (
    "met|spokeWith|negotiatedWith|signedAgreementWith|cooperatesWith|ceasedFireWith|heldExerciseWith|fought|alliedWith|"
    "rivalOf|enemyOf|hasTiesWith|improvedTiesWith"
)
SWAP = re.compile(rf"^(.+) ({SYMMETRIC}) ([^;]+)(.*)$")
OPTIONAL = re.compile(r"\[([^\]]*)\]")


class Sentence(NamedTuple):
    """A text and what it says. Each of `required` and `allowed` holds the ways to write one statement."""

    group: str
    heading: str
    text: str
    required: tuple[tuple[str, ...], ...]
    allowed: tuple[tuple[str, ...], ...]


def read_rows(folder: Path = FOLDER) -> Iterator[Sentence]:
    """The rows of all files, in order."""
    for path in sorted(folder.glob("*.txt")):
        heading = ""
        for block in re.split(r"\n\s*\n", path.read_text(encoding="utf8")):
            lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
            if lines and lines[0].startswith("=="):
                heading = lines.pop(0).strip("= ")
            if lines:
                yield _row(path.stem, heading, lines)


def _row(group: str, heading: str, lines: Sequence[str]) -> Sentence:
    text = "\n".join("" if line == "¶" else line for line in lines if not line.startswith(" "))
    expected = [line.strip() for line in lines if line.startswith(" ")]
    required = tuple(readings(line) for line in expected if not line.startswith("?"))
    allowed = tuple(readings(line.removeprefix("?").strip()) for line in expected if line.startswith("?"))
    return Sentence(group, heading, text, required, allowed)


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


def differences(row: Sentence, found: Extraction) -> list[str]:
    """What a row expects and isn't there (`-`), and what is there beyond it (`+`)."""
    lines = sorted({line(s, found) for s in found.statements if s.relation != "said" and s.family != "OTHER"})
    there = {name_key(line) for line in lines}
    missing = [ways for ways in row.required if not {name_key(way) for way in ways} & there]
    known = {name_key(way) for ways in row.required + row.allowed for way in ways}
    return [f"- {min(ways, key=len)}" for ways in missing] + [
        f"+ {line}" for line in lines if name_key(line) not in known
    ]


def measure_rows(bench: Bench) -> list[tuple[Sentence, list[str]]]:
    """Each row with what is wrong about it."""
    return [(row, differences(row, bench.extract(row.text, PUBLISHED))) for row in read_rows()]


def rows_of(results: Sequence[tuple[Sentence, list[str]]]) -> Iterator[Row]:
    """The share of rows that hold."""
    yield share_of("phenomenon suite: rows that hold", [Counts(not wrong, 1, 1) for _, wrong in results])


def measure(bench: Bench) -> Iterator[Row]:
    """The one row."""
    yield from rows_of(measure_rows(bench))


def main() -> None:
    """Print the rows that don't hold, how many do in each group, and the share of all."""
    results = measure_rows(open_bench(options(__doc__, corpora=False).parse_args()))
    groups: dict[str, list[bool]] = defaultdict(list)
    for row, wrong in results:
        groups[row.group].append(not wrong)
        if wrong:
            print("\n    ".join([f"{row.group}: {' '.join(row.text.split())}", *wrong]))
    for group, held in groups.items():
        print(f"  {group:16} {sum(held):4} of {len(held)}")
    print_rows(rows_of(results))


if __name__ == "__main__":
    main()
