"""Terms of office from three sources, merged: REIGN and the factbook (open data), and our table, whose dates win."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from ontology.generate.tables import items, records, rows, text

NOW = "now"
OPEN, CORRECTED, OURS = 0, 1, 2
# REIGN ends here: a term that it leaves open ran at least so long.
REIGN_ENDS = date(2021, 3, 31)
OLDEST = "1990"


@dataclass(frozen=True)
class Held:
    """A person's term of office. `body` is an ISO code or the label of an organisation; dates are YYYY, YYYY-MM or
    YYYY-MM-DD, empty if unknown, and an end may be NOW. The trusts say which source a date comes from."""

    person: str
    body: str
    offices: tuple[str, ...]
    start: str
    end: str
    start_trust: int
    end_trust: int

    @property
    def first(self) -> date:
        """The first day the term may have had."""
        return _bounds(self.start)[0] if self.start else date.min

    @property
    def last(self) -> date:
        """The last day the term may have had."""
        if self.end == NOW:
            return date.max
        return _bounds(self.end)[1] if self.end else REIGN_ENDS


def _bounds(text_: str) -> tuple[date, date]:
    year, month, day = (*(int(part) for part in text_.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    return date(year, month or 1, 1), date(year, month or 12, calendar.monthrange(year, month or 12)[1])


# --- Sources -----------------------------------------------------------------------------------------


def all_terms(facts: Path) -> list[Held]:
    """Every term that ended in 1990 or later or still runs, merged over the sources, by person and start."""
    found = [*ours(), *factbook(facts), *reign(facts)]
    kept = [term for term in merged(found) if not term.end or term.end >= OLDEST]
    return sorted(kept, key=lambda term: (term.person, term.body, term.offices, term.start))


def ours() -> Iterator[Held]:
    """Our table."""
    for person, _, body, office, start, end, _ in rows("terms.tsv", 7):
        yield Held(person, body, items(office), start, end, OURS, OURS)


def factbook(facts: Path) -> Iterator[Held]:
    """Those in office by the factbook, with the names and offices that our table gives them."""
    named = {(iso3, role): cells for iso3, roles, *cells in rows("factbook.tsv", 5) for role in _roles(roles)}
    for record in records(facts / "leaders.jsonl"):
        cells = named.get((text(record, "country"), text(record, "role")))
        if cells and "factbook" in text(record, "source"):
            person, office, start = cells
            since = start or _factbook_date(text(record, "start_text"))
            yield Held(person, text(record, "country"), items(office), since, NOW, CORRECTED if start else OPEN, OPEN)


def _roles(cell: str) -> tuple[str, ...]:
    return ("chief_of_state", "head_of_government") if cell == "both" else (cell,)


def _factbook_date(words: str) -> str:
    """
    >>> [_factbook_date(words) for words in ("24 July 2022", "5 Sep 2025", "April 2018", "1997")]
    ['2022-07-24', '2025-09-05', '2018-04', '1997']
    """
    found = re.match(r"(?:(?P<day>\d{1,2}) )?(?:(?P<month>[A-Z][a-z]{2})[a-z]* )?(?P<year>\d{4})", words)
    if found is None:
        return ""
    if found["month"] is None:
        return found["year"]
    month = datetime.strptime(found["month"], "%b").month
    return f"{found['year']}-{month:02}" + (f"-{int(found['day']):02}" if found["day"] else "")


def reign(facts: Path) -> Iterator[Held]:
    """The leaders of REIGN, with the persons, offices and corrections that our table gives them.

    REIGN gives the month of an end; where the next leader began in that month, that is the day.
    """
    offices = {code: (iso3, items(office)) for code, iso3, office in rows("reign_offices.tsv", 3)}
    named = {(code, name, start): tuple(cells) for code, name, start, *cells in rows("reign.tsv", 7)}
    by_country: dict[str, list[Held]] = defaultdict(list)
    for record in records(facts / "leaders.jsonl"):
        code, name, start = (text(record, key) for key in ("country", "name", "start"))
        cells = named.get((code, name, start)) or named.get((code, name, ""))
        recent = not text(record, "end") or text(record, "end") >= OLDEST
        if code in offices and cells and recent and "REIGN" in text(record, "source"):
            by_country[code].append(_reigned(offices[code], cells, start, text(record, "end")))
    for terms in by_country.values():
        yield from (term for term in _handed_over(terms) if term.person != "-" and term.offices)


def _reigned(usual: tuple[str, tuple[str, ...]], cells: tuple[str, ...], start: str, end: str) -> Held:
    person, office, new_start, new_end = cells
    body, offices = usual
    own = () if office == "-" else items(office) or offices
    return Held(person, body, own, new_start or start, new_end or end, _trust(new_start), _trust(new_end))


def _trust(correction: str) -> int:
    return CORRECTED if correction else OPEN


def _handed_over(terms: list[Held]) -> Iterator[Held]:
    ordered = sorted(terms, key=lambda term: term.start)
    for term, following in pairwise(ordered):
        known = len(term.end) == 7 and following.start.startswith(term.end)
        yield replace(term, end=following.start) if known else term
    yield from ordered[-1:]


# --- Merging -----------------------------------------------------------------------------------------


def merged(terms: Iterable[Held]) -> Iterator[Held]:
    """One term for those of one person, body and office that overlap or follow each other from one day to the next."""
    groups: dict[tuple[str, str, str], list[Held]] = defaultdict(list)
    for term in terms:
        groups[term.person, term.body, term.offices[0]].append(term)
    for group in groups.values():
        cluster: list[Held] = []
        for term in sorted(group, key=lambda term: (term.first, term.last)):
            if cluster and term.first > _day_after(max(t.last for t in cluster)):
                yield _one(cluster)
                cluster = []
            cluster.append(term)
        yield _one(cluster)


def _day_after(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _one(cluster: list[Held]) -> Held:
    """The earliest start and the latest end of the most trusted sources that give one."""
    starts = [term for term in cluster if term.start] or cluster
    ends = [term for term in cluster if term.end] or cluster
    start_trust = max(term.start_trust for term in starts)
    end_trust = max(term.end_trust for term in ends)
    start = min((t for t in starts if t.start_trust == start_trust), key=lambda t: t.first)
    end = max((t for t in ends if t.end_trust == end_trust), key=lambda t: t.last)
    offices = dict.fromkeys(office for term in cluster for office in term.offices)
    return Held(cluster[0].person, cluster[0].body, tuple(offices), start.start, end.end, start_trust, end_trust)
