"""When and where: times and places go to the event they belong to. Articles are of Wednesday 20 July 2022."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Statements = Callable[..., list[str]]


@pytest.mark.parametrize(
    "text, expected",
    [
        # The day of a report isn't the day of what it reports.
        ("Kirby said on Tuesday that Iran attacked Iraq.", ["Iran attacked Iraq; by Kirby"]),
        ('"Iran attacked Iraq in the north," Kirby said on Tuesday.', ["Iran attacked Iraq; by Kirby (quote)"]),
        ("Kirby said Iran attacked Iraq on Tuesday.", ["Iran attacked Iraq; time 2022-07-19; by Kirby"]),
        # Nor is the day of publication the day of anything.
        ("Iran attacked Iraq.", ["Iran attacked Iraq"]),
        ("Iran attacked Iraq two weeks earlier.", ["Iran attacked Iraq"]),
        # Nights, weeks, ranges, deadlines.
        ("On the night of 5 June, Israel attacked Jordan.", ["Israel attacked Jordan; time 2022-06-05"]),
        ("Iran attacked Iraq on Friday last week.", ["Iran attacked Iraq; time 2022-07-15"]),
        ("Iran attacked Iraq from 2 June to 9 June 2022.", ["Iran attacked Iraq; time 2022-06-02..2022-06-09"]),
        ("Russia will attack Georgia by 2025.", ["Russia attacked Georgia; time ..2025-12-31; future"]),
        # Where it happened, and where those come from who did it.
        ("Putin met Raisi in Tehran.", ["Putin met Raisi; place Tehran"]),
        ("Turkish troops attacked Iraq.", ["Turkish troops attacked Iraq"]),
    ],
)
def test_time_and_place(text: str, expected: list[str], statements: Statements) -> None:
    assert statements(text) == expected
