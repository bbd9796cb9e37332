"""The phenomenon suite (`benchmarks/quality/suite.py` says how its rows in `phenomena/` are written)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.quality.suite import FOLDER, Sentence, differences, read_rows
from kg.model import Extraction

ROWS = list(read_rows())
# Rows that are right and don't hold yet. One that comes to hold fails until it is taken out of the list.
LIMITS = frozenset((FOLDER / "limits" / "rows.txt").read_text(encoding="utf8").splitlines())
FAILS = pytest.mark.xfail(strict=True, reason="a known limit")


def title(row: Sentence) -> str:
    return f"{row.group}: {' '.join(row.text.split())}"


@pytest.mark.parametrize(
    "row", [pytest.param(r, id=title(r)[:90], marks=[FAILS] if title(r) in LIMITS else []) for r in ROWS]
)
def test_row(row: Sentence, extract: Callable[..., Extraction]) -> None:
    wrong = differences(row, extract(row.text))
    assert not wrong, "\n".join(["", f"{row.heading}: {row.text}", *wrong])


def test_there_are_enough_rows_and_none_stands_twice() -> None:
    texts = [row.text for row in ROWS]
    assert len(texts) >= 250
    assert len(set(texts)) == len(texts), sorted(text for text in texts if texts.count(text) > 1)


def test_the_known_limits_are_few_and_rows_of_the_suite() -> None:
    assert set(map(title, ROWS)) >= LIMITS
    assert len(LIMITS) <= len(ROWS) / 15
