"""The tables that the gazetteer is made from: our own `.tsv` files and the JSON lines of the open data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

OWN = Path(__file__).parent


def rows(name: str, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of one of our tables, every cell stripped; cells left out at the end are empty.

    Raises ValueError for a row with more cells than the table has columns.
    """
    for number, line in enumerate((OWN / name).read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > columns:
            raise ValueError(f"{name}, line {number}: {len(cells)} cells, but the table has {columns} columns")
        yield (*cells, *[""] * (columns - len(cells)))


def items(cell: str) -> tuple[str, ...]:
    """The entries of a cell that holds several, in order and without repetition."""
    return tuple(dict.fromkeys(item.strip() for item in cell.split(";") if item.strip()))


def singular_and_plural(noun: str) -> tuple[str, str]:
    """
    >>> singular_and_plural("Iranian"), singular_and_plural("Welshman/Welshmen"), singular_and_plural("Swiss/Swiss")
    (('Iranian', 'Iranians'), ('Welshman', 'Welshmen'), ('Swiss', 'Swiss'))
    """
    singular, slash, plural = noun.partition("/")
    return singular, plural if slash else f"{singular}s"


def records(path: Path) -> Iterator[dict[str, object]]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def text(record: dict[str, object], key: str) -> str:
    """A field of a record as text; empty where it is missing or null."""
    value = record.get(key)
    return value if isinstance(value, str) else ""
