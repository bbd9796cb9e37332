"""Time expressions: where they stand and which days they mean, as seen from the article's date.

A time is an interval of days (earliest, latest), either of which may be open. Relative expressions need the article's
date; without it they keep their words and no days. Values follow TIMEX3 in spirit (ISO-TimeML): a year is all its
days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kg.days import (
    RELATIVE_DAYS,
    UNKNOWN,
    WEEKDAYS,
    Days,
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

UNITS = "day|week|fortnight|month|year|decade|century"

_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b"
_DAY2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b"
_MONTH2 = _MONTH.replace("<month>", "<month2>")
_YEAR2 = r"(?P<year2>(?:1[5-9]|20)\d\d)\b"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)\b"
_COUNT = (
    r"(?P<count>\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a )?couple of|a few|several)"
)


class Expression(NamedTuple):
    """A time expression: [start, end) characters, and its meaning. `open_start` holds for *since*, `open_end` for
    *until*; `exact` for a single calendar day that is written out."""

    start: int
    end: int
    time: Time
    exact: bool


Reader = Callable[[re.Match[str], date | None, bool], Days | None]


def find_times(text: str, published: date | None, is_future: Callable[[int], bool]) -> list[Expression]:
    """The time expressions of a text, left to right, none within another.

    `is_future(offset)` tells whether what is told around an offset is to come, so that *on Friday* means the next one.
    """
    found: list[Expression] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            days = read(match, published, is_future(start))
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
            found.append(Expression(start, end, Time(words, *days), exact))
    return sorted([*found, *_told_from(text, sorted(found), taken)])


def _told_from(text: str, found: list[Expression], taken: list[tuple[int, int]]) -> Iterator[Expression]:
    """*The same day*, *the next day*: days counted from the day that was told of last, if it was one."""
    for match in ANAPHORIC.finditer(text):
        start, end = match.span()
        before = [e for e in found if e.end <= start and start - e.end < REACH]
        if not before or any(start < e and s < end for s, e in taken):
            continue
        first, last = before[-1].time.earliest, before[-1].time.latest
        if first is not None and first == last:
            step = {"same": 0, "that": 0, "next": 1, "following": 1, "after": 1, "later": 1}
            day = first + timedelta(step.get((match["which"] or match["way"] or match["that"]).lower(), -1))
            yield Expression(start, end, Time(match[0], day, day), False)


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
# How many characters the day may lie back from which another is counted.
REACH = 300
_NO_NOUN = r"(?!\s+(?:the|a|an|his|her|its|their|our|[a-z]+ing|he|she|it|they|[A-Z]))"
ANAPHORIC = re.compile(
    r"\b(?:(?:[Tt]he\s+(?P<which>same|next|following|previous)|(?P<that>[Tt]hat))\s+day"
    rf"|(?:[Tt]he|[Aa])\s+day\s+(?P<way>before|after|later|earlier)\b{_NO_NOUN})\b"
)
# Order matters: the longer, more certain expressions take their words first.
PATTERNS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_pattern(r"\b(?P<year>(?:1[5-9]|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b"), iso_date),
    (_pattern(rf"\b(?:from\s+|between\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?{_SEPARATOR}{_DAY2}\s+(?:of\s+)?{_MONTH2}(?:,?\s+{_YEAR2})?"), two_dates),
    (_pattern(rf"\b(?:from\s+|between\s+)?{_MONTH}\s+{_DAY}(?:,?\s+{_YEAR})?{_SEPARATOR}{_MONTH2}\s+{_DAY2}(?:,?\s+{_YEAR2})?"), two_dates),
    (_pattern(rf"\b(?:from|between)\s+{_MONTH}(?P<day>)(?:,?\s+{_YEAR})?{_SEPARATOR}{_MONTH2}(?P<day2>)(?:,?\s+{_YEAR2})?(?!\s*\d)"), two_dates),
    (_pattern(rf"\b(?:from\s+|between\s+)?{_DAY}{_SEPARATOR}{_DAY2}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\b{_MONTH}\s+{_DAY}{_SEPARATOR}{_DAY2}(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\b{_ON}{_DAY}\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\b{_ON}{_MONTH}\s+{_DAY}(?!\d)(?:,?\s+{_YEAR})?"), full_date),
    (_pattern(rf"\bsince\s+(?:{_MONTH},?\s+(?:of\s+)?)?{_YEAR}"), since_year),
    (_pattern(rf"\b{_PART}{_MONTH},?\s+(?:of\s+)?{_YEAR}"), month_year),
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
    (_pattern(rf"\b(?P<part>early |late |mid[- ])(?:in )?{_YEAR}"), year_alone),
    (_pattern(rf"\b(?:in|during|of|by|since|until|from|for|through|before|after)\s+(?P<part>early |late |mid[- ])?(?P<which>last |next |this )?{_MONTH}(?!\s*\d)"), month_alone),
    (_pattern(rf"\b(?P<part>early |late |mid[- ]?)?(?P<which>last|next|this)\s+{_MONTH}(?!\s*\d)"), month_alone),
)  # fmt: skip
