"""How news pages write dates and times."""

from __future__ import annotations

import re

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?"
    r"|sun(?:day)?)\b\.?"
)
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
# 2022-07-20, 2022/07/20, July 20, 2022 and 20 July 2022 with their variants; a year is always there.
FULL_DATE = (
    rf"(?<!\d)(?:(?P<iso>{YEAR}[-/.]\d\d?[-/.]\d\d?)(?!\d)"
    rf"|(?P<month_first>{MONTH}\s*{DAY}(?:\s*,\s*|\s+){YEAR})(?!\d)"
    rf"|(?P<day_first>{DAY}\s*(?:of\s+)?[-\s]?{MONTH}[-,\s]*{YEAR})(?!\d)"
    rf"|(?P<numeric>\d\d?[./]\d\d?[./]{YEAR})(?!\d))"
)
_ZONE = r"(?:GMT|UTC|[ECMP][SD]T|[ECMP]T|BST|CES?T|EES?T|MSK|IST|SGT|AE[SD]T|JST|HKT|Z)"
_CLOCK = r"(?:T?\d{1,2}(?:[:.]\d\d){1,2}(?:[.,]\d+)?\s*(?:[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?)"
TIME = (
    rf"(?:{_CLOCK}\s*(?:\(?{_ZONE}\b\)?)?\s*(?:[+-]\d\d:?\d\d\b)?"
    r"|\b(?:GMT|UTC)\s*[+-]\d{1,2}\b|\b(?:noon|midnight)\b)"
)
FULL_DATE_PATTERN = re.compile(FULL_DATE, re.IGNORECASE)
DATE_OR_TIME_PATTERN = re.compile(rf"{FULL_DATE}|\b{WEEKDAY}|{TIME}", re.IGNORECASE)
