"""When an article was published, where it says so. Never today, never the time of the file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kg.clean import tidy
from kg.clean.dates import FULL_DATE, FULL_DATE_PATTERN, MONTH, MONTHS, TIME, WEEKDAY

# Where a page or a report may state its date: above the text, or in the dateline of its first paragraphs.
_FIRST_LINES = 20
_LONGEST_STAMP = 120

_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{2,6}Z?)?")
_STAMP = re.compile(
    rf"^\W*(?P<cue>(?:(?:first|originally|last|date)\s+)?(?:published|posted|issued|released|date|filed|updated|modified)"
    rf"(?:\s+(?:on|at))?\b\W*)?(?:{WEEKDAY}\W*)?(?:{TIME}\W*)?(?:{WEEKDAY}\W*)?(?P<date>{FULL_DATE})(?P<rest>.*)$",
    re.IGNORECASE,
)
_NO_SENTENCE = re.compile(
    rf"(?:\W|at\b|{TIME}|{WEEKDAY})*(?:(?:[|·•]|by\b|in\b|last\b|updated\b|modified\b).*)?", re.IGNORECASE
)
_PROSE = re.compile(r".{50,}[.!?][\"'”’]?")
_BEFORE_BAR = re.compile(r"^[^|·•]*[|·•]\s*")
# WASHINGTON, July 20, 2022 (Reuters) - …; TEHRAN — 20 July 2022 — …
_DATELINE = re.compile(
    rf"[^\W\d_a-z][^\W\d_a-z][^\d()]{{0,40}}?[,–—-]\s*(?i:(?:{WEEKDAY}\W+)?(?P<date>{FULL_DATE}))\s*(?:[-–—:/|]|\([^)]*\)\s*[-–—:])"
)


def parse_date(text: str) -> date | None:
    """The day that a text names with its year, None if it names none or more than one reading is possible. The day is
    taken as it is written, without a shift to another time zone.

    >>> parse_date("Wed, 20 Jul 2022 23:30:00 -0500")
    datetime.date(2022, 7, 20)
    >>> parse_date("03/04/2022") is None
    True
    """
    text = text.strip()
    if compact := _COMPACT.fullmatch(text):
        return _day(*compact.groups())
    match = FULL_DATE_PATTERN.search(text)
    return _from_match(match) if match else None


def _from_match(match: re.Match[str]) -> date | None:
    written = match.group()
    numbers = [int(number) for number in re.findall(r"\d+", written)]
    if match.group("iso"):
        return _day(*numbers[:3])
    if match.group("numeric"):
        return _numeric(*numbers[:3])
    month = re.search(MONTH, written, re.IGNORECASE)
    if month is None or len(numbers) < 2:
        return None
    return _day(numbers[-1], MONTHS.index(month.group()[:3].lower()) + 1, numbers[0])


def _numeric(first: int, second: int, year: int) -> date | None:
    """20/07/2022 and 07/20/2022 are clear, 03/04/2022 isn't."""
    if first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


class _Stamp(NamedTuple):
    day: date | None
    cue: str


def stated_date(lines: Sequence[str]) -> date | None:
    """The date of publication that the first lines of a text state: on a line of its own ("Published 20 July
    2022"), or in a dateline ("WASHINGTON, July 20, 2022 (Reuters) - …"). A date of an update counts if there
    is no other."""
    updated: date | None = None
    prose = False
    for line in (tidy(line) for line in lines[:_FIRST_LINES]):
        stamp = _stamp(line)
        if "updated" in stamp.cue or "modified" in stamp.cue:
            updated = updated or stamp.day
        # Below the first sentences, a date without a word before it is a heading of a chronicle.
        elif stamp.day and (stamp.cue or not prose):
            return stamp.day
        if dateline := _DATELINE.match(line):
            return parse_date(dateline.group("date"))
        prose = prose or bool(_PROSE.fullmatch(line))
    return updated


def _stamp(line: str) -> _Stamp:
    """The date of a line that is nothing but a date stamp, and the words before it."""
    if len(line) <= _LONGEST_STAMP:
        for part in (line, _BEFORE_BAR.sub("", line, count=1)):
            match = _STAMP.match(part)
            if match and _NO_SENTENCE.fullmatch(match.group("rest")):
                return _Stamp(parse_date(match.group("date")), (match.group("cue") or "").lower())
    return _Stamp(None, "")
