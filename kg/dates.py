"""Time expressions: where they stand and which days they mean, as seen from the article's date.

A time is an interval of days (earliest, latest), either of which may be open. Relative expressions need the article's
date; without it they keep their words and no days. Values follow TIMEX3 in spirit (ISO-TimeML): a year is all its
days.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from kg.almanac import NUMBERS, UNKNOWN, WEEKDAYS, Days
from kg.days import (
    RELATIVE_DAYS,
    ago,
    century,
    counted_span,
    decade,
    full_date,
    iso_date,
    month_alone,
    month_year,
    relative_day,
    relative_unit,
    season,
    since_year,
    two_dates,
    weekday,
    weekday_of_week,
    weekend,
    year_alone,
    year_part,
    year_range,
)
from kg.model import Time

# After so many days a day without a year is hardly news.
MONTH_LONG = 31
UNITS = "day|week|fortnight|month|year|decade|century"

MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_DAY2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b"
_MONTH2 = MONTH.replace("<month>", "<month2>")
_YEAR2 = r"(?P<year2>(?:1[5-9]|20)\d\d)\b"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
_NUMBERS = "|".join(sorted(NUMBERS, key=len, reverse=True))
COUNT = rf"(?P<count>\d+|{_NUMBERS})"
_COUNT = rf"(?P<count>\d+|(?:a )?couple of|a few|several|{_NUMBERS})"


class Expression(NamedTuple):
    """A time expression: [start, end) characters, and its meaning. `open_start` holds for *since*, `open_end` for
    *until*; `exact` for a single calendar day that is written out. It is not `anchored` where it is told from another time
    that the text doesn't give (*a day later*)."""

    start: int
    end: int
    time: Time
    exact: bool
    anchored: bool = True


Reader = Callable[[re.Match[str], date | None, bool], Days | None]


def find_times(
    text: str,
    published: date | None,
    is_future: Callable[[int], bool],
    is_open: Callable[[int], bool] = lambda _offset: False,
) -> list[Expression]:
    """The time expressions of a text, left to right, none within another.

    `is_future(offset)` tells whether what is told around an offset is to come, so that *on Friday* means the next one;
    `is_open` where it may have been or be to come.
    """
    found: list[Expression] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            days = read(match, published, is_future(start))
            if published is not None and days is not None and not is_future(start) and is_open(start):
                days = _nearer(days, read(match, published, True), published)
            if days is None:
                continue
            taken.append((start, end))
            words = match.group(0).strip().removesuffix(".")
            days = _bounded(days, f"{text[max(0, start - 7) : start]}{words}".lower(), len(words), published)
            exact = (
                days.earliest is not None
                and days.earliest == days.latest
                and "year" in match.groupdict()
                and bool(match.groupdict()["year"])
            )
            told = (match.groupdict().get("from") or "ago").lower() == "ago"
            found.append(Expression(start, end, Time(words, *days), exact, told))
    return sorted(found)


def _nearer(before: Days, ahead: Days | None, published: date) -> Days:
    """Of a day without a year the next one, where the last is long past and the next is nearer (*opens on 1 September*)."""
    if ahead is None or before.latest is None or ahead.earliest is None:
        return before
    past = (published - before.latest).days
    return ahead if past > MONTH_LONG and (ahead.earliest - published).days < past else before


def _bounded(days: Days, words: str, length: int, published: date | None) -> Days:
    """*By*, *until*, *since*, *after* and *before*, in front of an expression or at its beginning, leave one side of it
    open; since then means to this day."""
    mark = re.search(r"\b(by|until|till|since|after|before)\s*$", words[: len(words) - length]) or re.match(
        r"(by|until|till|since|after|before)\b", words[len(words) - length :]
    )
    if mark is None or days == UNKNOWN:
        return days
    if mark[1] == "since":
        return Days(days.earliest, published if published and days.earliest and published >= days.earliest else None)
    if mark[1] == "after":
        return Days(days.latest + timedelta(1) if days.latest else None, None)
    if mark[1] == "before":
        return Days(None, days.earliest - timedelta(1) if days.earliest else None)
    return Days(None, days.latest)


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


# What a number before a noun counts is no year: "in 2000 cases" is left to the parse, these are not.
_COUNTED = r"(?!\s*(?:%|percent|people|troops|soldiers|men|women|dead|killed|dollars|euros|km|miles|[a-z]+illion))"
_SEPARATOR = r"\s*(?:-|–|—|to|and|through|until)\s*"
_BEFORE_YEAR = r"in|of|by|during|for|until|before|after|as of|back in|around|circa|,|\("
_PART = r"(?P<part>early |late |mid[- ]|(?:the )?(?:beginning|start|middle|end) of (?:the )?)?"
# A date may have its weekday before it: *on Tuesday, July 12*.
_ON = rf"(?:(?:{'|'.join(WEEKDAYS)}),?\s+(?:the\s+)?)?"
# Order matters: the longer, more certain expressions take their words first.
PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_pattern(r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b"), iso_date),
    (_pattern(rf"\b(?:from\s+|between\s+)?{_DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{_YEAR})?{_SEPARATOR}{_DAY2}\s+(?:of\s+)?{_MONTH2}(?:,?\s+{_YEAR2})?"), two_dates),
    (_pattern(rf"\b(?:from\s+|between\s+)?{MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?{_SEPARATOR}{_MONTH2}\s+{_DAY2}(?:,?\s+{_YEAR2})?"), two_dates),
    (_pattern(rf"\b(?:from|between)\s+{MONTH}(?P<day>)(?:,?\s+{_YEAR})?{_SEPARATOR}{_MONTH2}(?P<day2>)(?:,?\s+{_YEAR2})?(?!\s*\d)"), two_dates),
    (_pattern(rf"\b(?:from\s+|between\s+)?{_DAY}{_SEPARATOR}{_DAY2}\s+(?:of\s+)?{MONTH}(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\b{MONTH}\s+{_DAY}{_SEPARATOR}{_DAY2}(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\b{_ON}{_DAY}\s+(?:of\s+)?{MONTH}(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\b{_ON}{MONTH}\s+{_DAY}(?!\d)(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\bsince\s+(?:{MONTH},?\s+(?:of\s+)?)?{_YEAR}"), since_year),
    (_pattern(rf"\b{_PART}{MONTH},?\s+(?:of\s+)?{_YEAR}"), month_year),
    (_pattern(rf"\b(?:from|between)?\s*\b{_YEAR}{_SEPARATOR}(?P<year2>(?:(?:1[5-9]|20)\d\d|\d\d))\b(?!\s*(?:%|percent|[A-Za-z]+illion))"), year_range),
    (_pattern(r"\b(?:the\s+)?(?P<part>early |late |mid[- ])?(?:the\s+)?[’']?(?P<decade>(?:1[5-9]|20)\d0|[2-9]0)s\b"), decade),
    (_pattern(r"\b(?P<which>last|next|past|this)?\s*(?P<season>spring|summer|autumn|fall|winter)(?:\s+of)?\s+(?P<year>(?:1[5-9]|20)\d\d)\b"), season),
    (_pattern(r"\b(?P<which>last|next|past|this)\s+(?P<season>spring|summer|autumn|fall|winter)\b(?P<year>)"), season),
    (_pattern("|".join(rf"\b{words}\b" for words in sorted(RELATIVE_DAYS, key=len, reverse=True))), relative_day),
    (_pattern(rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})\s+(?:of\s+)?(?P<which>last|this|next)\s+week\b"), weekday_of_week),
    (_pattern(rf"\b(?:the\s+)?(?P<which>last|past|previous|next|coming)\s+{_COUNT}\s+(?P<unit>{UNITS})s?\b"), counted_span),
    (_pattern(r"\b(?:the\s+)?(?P<nth>first|second|third|fourth|last)\s+(?P<unit>quarter|half)\s+of\s+(?P<year>(?:1[5-9]|20)\d\d)\b"), year_part),
    (_pattern(rf"\b{_PART}(?:the\s+)?(?P<nth>\d{{1,2}})(?:st|nd|rd|th)\s+century\b"), century),
    (_pattern(rf"\b(?:(?P<which>last|next|this coming|coming|this|past)\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})\b"), weekday),
    (_pattern(r"\b(?P<earlier>earlier\s+|later\s+)?(?:the\s+)?(?P<which>last|past|previous|this|current|next|coming)\s+(?P<unit>week|weekend|month|year|decade|century)\b"), relative_unit),
    (_pattern(r"\b(?:over|at|on|during)\s+the\s+weekend\b"), weekend),
    (_pattern(rf"\b{_COUNT}\s+(?P<unit>{UNITS})s?\s+(?P<from>ago|earlier|before|prior)\b"), ago),
    (_pattern(rf"\b(?<![-\w]){_PART}(?:{_BEFORE_YEAR})\s*{_YEAR}{_COUNTED}"), year_alone),
    # The 2014 annexation, Russia's 2019 sale.
    (_pattern(rf"(?:(?<=\bthe )|(?<=\ban )|(?<=\ba )|(?<='s )|(?<=’s )|(?<=\bits )|(?<=\btheir )){_YEAR}(?=\s+[a-z])(?P<part>)"), year_alone),
    (_pattern(rf"\b(?P<part>early |late |mid[- ])(?:in )?{_YEAR}"), year_alone),
    (_pattern(rf"\b(?:in|during|of|by|since|until|from|for|through|before|after)\s+(?P<part>early |late |mid[- ])?(?P<which>last |next |this )?{MONTH}(?!\s*\d)"), month_alone),
    (_pattern(rf"\b(?P<part>early |late |mid[- ]?)?(?P<which>last|next|this)\s+{MONTH}(?!\s*\d)"), month_alone),
)  # fmt: skip
