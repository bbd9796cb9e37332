"""Which days a time expression means: readers of matched words, as seen from the article's date.

A reader gives None where the words are no time after all, and open days (None) where the article's date isn't known.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from kg.almanac import (
    ORDINALS,
    SEASONS,
    UNKNOWN,
    WEEKDAYS,
    Days,
    counted,
    day_of,
    month_number,
    shifted,
    unit_around,
    whole_month,
    whole_year,
)


def full_date(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    month, day = month_number(match["month"]), int(match["day"])
    last = int(match["day2"]) if "day2" in match.groupdict() and match["day2"] else day
    if match["year"]:
        first, second = day_of(int(match["year"]), month, day), day_of(int(match["year"]), month, last)
    elif published is None:
        return UNKNOWN if 1 <= day <= 31 else None
    else:
        year = _nearest_year(published, month, day, future)
        first, second = day_of(year, month, day), day_of(year, month, last)
    if first is None or second is None:
        return None
    return Days(first.earliest, second.latest)


def _nearest_year(published: date, month: int, day: int, future: bool) -> int:
    """The year of a day without one: news tells of what lately was or, in the future, soon will be."""
    for year in (published.year, published.year - 1, published.year + 1):
        found = day_of(year, month, day)
        if found is None or found.earliest is None:
            continue
        distance = (found.earliest - published).days
        if (future and -7 <= distance <= 358) or (not future and -358 <= distance <= 7):
            return year
    return published.year


def two_dates(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    """*From 2 June to 9 July 2022*: the first takes the second's year where it has none."""
    if published is None and not match["year2"]:
        return UNKNOWN
    first_month, last_month = month_number(match["month"]), month_number(match["month2"])
    first_day = int(match["day"]) if match["day"] else 1
    year = int(match["year2"] or 0)
    if not year and published is not None:
        year = _nearest_year(published, last_month, int(match["day2"] or 1), future)
    first_year = int(match["year"] or 0) or year - (first_month > last_month)
    last_day = int(match["day2"]) if match["day2"] else monthrange(year, last_month)[1]
    first, last = day_of(first_year, first_month, first_day), day_of(year, last_month, last_day)
    return Days(first.earliest, last.latest) if first and last else None


def weekday_of_week(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    """*On Friday last week*, *Monday of next week*."""
    if published is None:
        return UNKNOWN
    step = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    monday = published - timedelta(published.weekday()) + timedelta(7 * step)
    day = monday + timedelta(WEEKDAYS.index(match["weekday"].lower()))
    return Days(day, day)


def counted_span(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    """*In the past three months*, *over the next two weeks*: up to, or from, the day of publication."""
    if published is None:
        return UNKNOWN
    back = match["which"].lower() in ("last", "past", "previous")
    day = shifted(published, match["unit"].lower(), counted(match["count"]) * (-1 if back else 1))
    if day is None:
        return UNKNOWN
    return Days(day, published) if back else Days(published, day)


def year_part(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    """*The first quarter of 2021*, *the second half of 2021*."""
    part, year = ORDINALS[match["nth"].lower()], int(match["year"])
    length = 3 if match["unit"].lower() == "quarter" else 6
    if part * length > 12:
        return None
    last = part * length
    return Days(date(year, last - length + 1, 1), date(year, last, monthrange(year, last)[1]))


def century(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    number = int(match["nth"])
    if not 1 < number < 30:
        return None
    return _part(Days(date(100 * (number - 1), 1, 1), date(100 * number - 1, 12, 31)), match)


def iso_date(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    return day_of(int(match["year"]), int(match["m"]), int(match["d"]))


def month_year(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    return _part(whole_month(int(match["year"]), month_number(match["month"])), match)


def month_alone(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    month = month_number(match["month"])
    if published is None:
        return UNKNOWN
    which = (match["which"] or "").lower()
    year = published.year
    if which == "next" or (future and which != "last"):
        year += month < published.month
    elif which == "last" or month > published.month:
        year -= month >= published.month
    return _part(whole_month(year, month), match)


def _part(days: Days, match: re.Match[str]) -> Days:
    """*early*, *mid-*, *late* take a third of the interval."""
    part = (match.groupdict().get("part") or "").lower().rstrip("- ")
    if not part or days.earliest is None or days.latest is None:
        return days
    third = (days.latest - days.earliest) / 3
    if part.startswith(("early", "beginning", "start")):
        return Days(days.earliest, days.earliest + third)
    if part.startswith(("mid", "middle")):
        return Days(days.earliest + third, days.latest - third)
    return Days(days.latest - third, days.latest)


def year_alone(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    return _part(whole_year(int(match["year"])), match)


def year_range(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    first, second = int(match["year"]), int(match["year2"])
    if second < 100:
        second += first // 100 * 100
    return Days(date(first, 1, 1), date(second, 12, 31)) if first < second < first + 200 else None


def decade(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    first = int(match["decade"])
    if first < 100:
        first += 1900
    return _part(Days(date(first, 1, 1), date(first + 9, 12, 31)), match)


def since_year(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    start = date(int(match["year"]), month_number(match["month"]) if match["month"] else 1, 1)
    return Days(start, published)


def weekday(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    if published is None:
        return UNKNOWN
    wanted = WEEKDAYS.index(match["weekday"].lower())
    which = (match["which"] or "").lower()
    if which in ("next", "this coming", "coming") or (future and which != "last"):
        day = published + timedelta((wanted - published.weekday()) % 7 or (7 if which == "next" else 0))
    else:
        back = (published.weekday() - wanted) % 7
        day = published - timedelta(back or (7 if which == "last" else 0))
    return Days(day, day)


RELATIVE_DAYS = {
    "yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "the day before yesterday": -2, "the day after tomorrow": 2, "last night": -1, "overnight": 0, "earlier today": 0, "later today": 0,
}  # fmt: skip


def relative_day(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    if published is None:
        return UNKNOWN
    words = match.group(0).lower()
    day = published + timedelta(RELATIVE_DAYS[words])
    # What happened overnight began the evening before.
    return Days(day - timedelta(1), day) if words == "overnight" else Days(day, day)


def relative_unit(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    """*last week*, *this month*, *next year*, *earlier this week*."""
    if published is None:
        return UNKNOWN
    which, unit = match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which]
    days = unit_around(published, unit, step)
    if unit == "weekend" and step == 0 and not future and days.earliest and days.earliest > published:
        # What happened *this weekend* is told on the Monday after.
        return unit_around(published, unit, -1)
    if (match["earlier"] or "").strip().lower() == "earlier" and days.latest and step == 0:
        return Days(days.earliest, min(days.latest, published))
    if step == 0 and not future and days.latest:
        return Days(days.earliest, min(days.latest, published)) if unit != "week" else days
    return days


def weekend(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    """*over the weekend*: the one before the article, or the next where the verb looks ahead."""
    return unit_around(published, "weekend", 0 if future else -1) if published is not None else UNKNOWN


def ago(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    """*three days ago*: exact for days, else the unit around that day; *two weeks earlier* has no days by itself."""
    if published is None:
        return UNKNOWN
    count = match["count"].lower()
    unit = match["unit"].lower()
    if match["from"].lower() != "ago":
        # Earlier than what else is told of.
        return UNKNOWN
    if count in ("several", "a few"):
        return Days(None, published)
    day = shifted(published, unit, -counted(count))
    if day is None:
        return UNKNOWN
    return Days(day, day) if unit == "day" else unit_around(day, "week" if unit == "fortnight" else unit, 0)


def season(match: re.Match[str], published: date | None, future: bool) -> Days | None:
    if match["year"]:
        year = int(match["year"])
    elif published is None:
        return UNKNOWN
    else:
        year = published.year + {"last": -1, "next": 1}.get((match["which"] or "").lower(), 0)
        if (match["which"] or "").lower() == "next" and published.month < SEASONS[match["season"].lower()][0]:
            year -= 1
        if (match["which"] or "").lower() == "last" and published.month > SEASONS[match["season"].lower()][1] >= 3:
            year += 1
    first, last = SEASONS[match["season"].lower()]
    end = year + (last < first)
    return Days(date(year, first, 1), date(end, last, monthrange(end, last)[1]))
