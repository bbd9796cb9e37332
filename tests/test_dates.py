"""Time expressions and the days they mean, seen from Wednesday 20 July 2022."""

from __future__ import annotations

from datetime import date

import pytest

from kg.dates import find_times

PUBLISHED = date(2022, 7, 20)


def read(text: str, published: date | None = PUBLISHED, future: bool = False) -> list[tuple[str, str, str]]:
    return [
        (e.time.text, str(e.time.earliest), str(e.time.latest)) for e in find_times(text, published, lambda _: future)
    ]


@pytest.mark.parametrize(
    "text, words, earliest, latest",
    [
        ("on July 19, 2022", "July 19, 2022", "2022-07-19", "2022-07-19"),
        ("in Yerevan, Armenia October 1, 2019", "October 1, 2019", "2019-10-01", "2019-10-01"),
        ("on 1 October 2019", "1 October 2019", "2019-10-01", "2019-10-01"),
        ("on 2022-07-19", "2022-07-19", "2022-07-19", "2022-07-19"),
        ("on the 3rd of May", "3rd of May", "2022-05-03", "2022-05-03"),
        ("on December 24", "December 24", "2021-12-24", "2021-12-24"),
        ("July 19-21, 2022", "July 19-21, 2022", "2022-07-19", "2022-07-21"),
        ("19 to 21 July", "19 to 21 July", "2022-07-19", "2022-07-21"),
        ("on Wednesday", "Wednesday", "2022-07-20", "2022-07-20"),
        ("on Tuesday", "Tuesday", "2022-07-19", "2022-07-19"),
        ("last Wednesday", "last Wednesday", "2022-07-13", "2022-07-13"),
        ("yesterday", "yesterday", "2022-07-19", "2022-07-19"),
        ("last week", "last week", "2022-07-11", "2022-07-17"),
        ("this week", "this week", "2022-07-18", "2022-07-24"),
        ("earlier this week", "earlier this week", "2022-07-18", "2022-07-20"),
        ("last month", "last month", "2022-06-01", "2022-06-30"),
        ("last year", "last year", "2021-01-01", "2021-12-31"),
        ("three days ago", "three days ago", "2022-07-17", "2022-07-17"),
        ("two years ago", "two years ago", "2020-01-01", "2020-12-31"),
        ("in September", "in September", "2021-09-01", "2021-09-30"),
        ("in March", "in March", "2022-03-01", "2022-03-31"),
        ("March 2020", "March 2020", "2020-03-01", "2020-03-31"),
        ("in the 1980s", "the 1980s", "1980-01-01", "1989-12-31"),
        ("in 2015", "in 2015", "2015-01-01", "2015-12-31"),
        ("between 2014 and 2018", "between 2014 and 2018", "2014-01-01", "2018-12-31"),
        ("since 2014", "since 2014", "2014-01-01", "2022-07-20"),
        ("last summer", "last summer", "2021-06-01", "2021-08-31"),
        ("on Friday last week", "Friday last week", "2022-07-15", "2022-07-15"),
        ("from 2 June to 9 July 2021", "from 2 June to 9 July 2021", "2021-06-02", "2021-07-09"),
        ("between 3 and 5 May", "between 3 and 5 May", "2022-05-03", "2022-05-05"),
        ("June 28 - July 3, 2021", "June 28 - July 3, 2021", "2021-06-28", "2021-07-03"),
        ("from March to June", "from March to June", "2022-03-01", "2022-06-30"),
        ("from November to February", "from November to February", "2021-11-01", "2022-02-28"),
        ("2014-16", "2014-16", "2014-01-01", "2016-12-31"),
        ("in the past three months", "the past three months", "2022-04-20", "2022-07-20"),
        ("over the next two weeks", "the next two weeks", "2022-07-20", "2022-08-03"),
        ("the first quarter of 2021", "the first quarter of 2021", "2021-01-01", "2021-03-31"),
        ("in the 19th century", "the 19th century", "1800-01-01", "1899-12-31"),
        # One side stays open.
        ("by 2025", "by 2025", "None", "2025-12-31"),
        ("until March", "until March", "None", "2022-03-31"),
        ("since Monday", "Monday", "2022-07-18", "2022-07-20"),
        ("after 2016", "after 2016", "2017-01-01", "None"),
        ("before 12 May", "12 May", "None", "2022-05-11"),
        # A weekday before its date is part of it, and the full stop after a month isn't.
        ("on Tuesday, July 12", "Tuesday, July 12", "2022-07-12", "2022-07-12"),
        ("on Monday 11 July 2022", "Monday 11 July 2022", "2022-07-11", "2022-07-11"),
        ("in June.", "in June", "2022-06-01", "2022-06-30"),
        ("next winter", "next winter", "2022-12-01", "2023-02-28"),
        ("next spring", "next spring", "2023-03-01", "2023-05-31"),
        # Earlier than something else: the day of publication doesn't tell when.
        ("two weeks earlier", "two weeks earlier", "None", "None"),
        ("two days before the vote", "two days before", "None", "None"),
        ("overnight", "overnight", "2022-07-19", "2022-07-20"),
    ],
)
def test_days(text: str, words: str, earliest: str, latest: str) -> None:
    assert read(text) == [(words, earliest, latest)]


@pytest.mark.parametrize(
    "text",
    [
        "He may go.",
        "May said he agreed.",
        "over 2000 people",
        "in 2000 percent",
        "a second time",
        "march on the capital",
        "31 countries",
        "July 45",
        "the sun and the wedding",
        "between March winds and April",
        "the second half of the game",
        "the 40th century",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


def test_the_future_looks_ahead() -> None:
    assert read("will meet on Friday", future=True) == [("Friday", "2022-07-22", "2022-07-22")]
    assert read("will meet in September", future=True) == [("in September", "2022-09-01", "2022-09-30")]
    assert read("will meet on January 5", future=True) == [("January 5", "2023-01-05", "2023-01-05")]


def test_without_a_date_of_publication_words_stay_and_days_are_open() -> None:
    assert read("on Wednesday", None) == [("Wednesday", "None", "None")]
    assert read("last week", None) == [("last week", "None", "None")]
    assert read("on July 19, 2022", None) == [("July 19, 2022", "2022-07-19", "2022-07-19")]


def test_several_times_in_order() -> None:
    assert [words for words, _, _ in read("On Monday, and on 3 May 2021, and in 1999")] == [
        "Monday",
        "3 May 2021",
        "in 1999",
    ]
