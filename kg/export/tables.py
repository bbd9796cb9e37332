"""Statements as CSV (RFC 4180, UTF-8) and as JSON Lines."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

from kg.export.material import Material
from kg.export.rows import StatementRow, statement_rows

# What spreadsheets take for the start of a formula, in half and full width (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
# Line breaks of any kind, and what stands in no text: a row is a line, for grep and for readers that split at line ends.
BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


def to_csv(material: Material) -> bytes:
    """A row for each statement below a row of names. Texts that a spreadsheet would run begin with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(StatementRow._fields)
    writer.writerows([cell(value) for value in row] for row in statement_rows(material))
    return out.getvalue().encode("utf-8", "replace")


def cell(value: object) -> str:
    """A value as a cell: empty for None, ISO 8601 for days, `true` and `false`, names separated by semicolons.

    >>> cell("=HYPERLINK(1)"), cell("two\\nlines"), cell(-3), cell(None), cell(True)
    ("'=HYPERLINK(1)", 'two lines', '-3', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    text = "; ".join(value) if isinstance(value, tuple) else str(value)
    # Spaces before the sign don't keep a spreadsheet from running it.
    unsafe = text.startswith(FORMULA) or text.lstrip().startswith(FORMULA)
    return ("'" if unsafe else "") + BREAKS.sub(" ", text).strip()


def to_jsonl(material: Material) -> bytes:
    """An object for each statement, a line each; every key is always there, null when empty."""
    lines = (
        json.dumps(row._asdict(), ensure_ascii=False, default=lambda day: day.isoformat())
        for row in statement_rows(material)
    )
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")
