"""Months, weekdays, numbers in words, and the arithmetic of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


NUMBERS = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"a": 1, "an": 1}


SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}


class Days(NamedTuple):
    """An interval of days; None is open."""

    earliest: date | None
    latest: date | None


UNKNOWN = Days(None, None)


def month_number(text: str) -> int:
    """1-12 for a month's name or abbreviation."""
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(text.lower().rstrip(".")[:3]))


def whole_month(year: int, month: int) -> Days:
    """All days of a month."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def whole_year(year: int) -> Days:
    """All days of a year."""
    return Days(date(year, 1, 1), date(year, 12, 31))


def day_of(year: int, month: int, day: int) -> Days | None:
    """One day, None where the calendar has none such."""
    try:
        return Days(date(year, month, day), date(year, month, day))
    except ValueError:
        return None


def counted(words: str) -> int:
    """The number that a numeral or a figure says; *a few* are three."""
    words = words.lower()
    if words in ("several", "a few"):
        return 3
    if words.endswith("couple of"):
        return 2
    return int(words) if words.isdigit() else NUMBERS[words]


def unit_around(day: date, unit: str, step: int) -> Days:
    """The week, month, year … of a day, or one before (-1) or after it (1)."""
    if unit == "week":
        monday = day - timedelta(day.weekday()) + timedelta(7 * step)
        return Days(monday, monday + timedelta(6))
    if unit == "weekend":
        saturday = day - timedelta(day.weekday()) + timedelta(5 + 7 * step)
        return Days(saturday, saturday + timedelta(1))
    if unit == "month":
        months = day.year * 12 + day.month - 1 + step
        return whole_month(months // 12, months % 12 + 1)
    if unit == "year":
        return whole_year(day.year + step)
    if unit == "decade":
        first = day.year // 10 * 10 + 10 * step
        return Days(date(first, 1, 1), date(first + 9, 12, 31))
    first = day.year // 100 * 100 + 100 * step
    return Days(date(first, 1, 1), date(first + 99, 12, 31))


def shifted(day: date, unit: str, count: int) -> date | None:
    """The day a number of units on, or back where it is negative; None beyond the calendar."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    try:
        if days:
            return day + timedelta(days * count)
        months = day.year * 12 + day.month - 1 + count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
        return date(months // 12, months % 12 + 1, min(day.day, 28))
    except (ValueError, OverflowError):
        return None
