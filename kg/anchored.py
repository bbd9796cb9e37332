"""Times told from another time of the text: *a day later*, *the following week*, *that evening*, *the day before*.

They are as good as what they are told from: the nearest time before them, of what the article itself tells, that is as
fine as they are (a day for days, a month for months). Without one they keep their words and no days. After TimeML's
anchored TIMEX3 (Pustejovsky et al. 2003) and the time of reference of Kamp and Reyle (1993).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.almanac import UNKNOWN, WEEKDAYS, Days, counted, month_number, shifted, unit_around, whole_month, whole_year
from kg.dates import COUNT, MONTH, Expression
from kg.lexicon import Lexicon
from kg.model import Time
from kg.quotations import Quotation
from kg.syntax import children, climb

# How many sentences back a time is looked for.
REACH = 4
_PARTS = "day|morning|afternoon|evening|night"
_UNITS = "week|month|year"
_COUNTED = re.compile(
    rf"\b{COUNT}\s+(?P<unit>day|week|fortnight|month|year|decade)s?\s+"
    r"(?P<way>later|earlier|beforehand|before|afterwards?|after|prior|previously)\b(?P<that>\s+that\b)?(?!\s+than\b)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"\b(?:(?P<which>the\s+(?:very\s+)?(?:next|following|previous|preceding|same)|that(?:\s+same)?|next(?=\s+day\b))\s+"
    rf"(?P<unit>{_PARTS}|{_UNITS}|(?:{'|'.join(WEEKDAYS)})\b|{MONTH})"
    rf"|the\s+(?P<unit2>{_PARTS}|{_UNITS})\s+(?P<way>before|after|earlier)(?P<that>\s+that\b)?)(?!\w|\s+(?:as|that|when|which|or)\b)",
    re.IGNORECASE,
)
_BACK = frozenset({"earlier", "before", "beforehand", "prior", "previously", "previous", "preceding"})
_SAME = frozenset({"same", "that"})
# *Over the next week* looks ahead from the day on which it is written.
_SPANS = frozenset({"in", "over", "within", "during", "for"})


class _Step(NamedTuple):
    """A time told from another: how many units on (or back, negative), and whether the number was counted."""

    start: int
    end: int
    words: str
    unit: str
    units: int
    told: bool


def anchored(
    doc: Doc,
    times: Sequence[Expression],
    quotations: Sequence[Quotation],
    lexicon: Lexicon | None,
    published: date | None,
    is_future: Callable[[int], bool],
) -> list[Expression]:
    """The expressions of a document with those among them that are told from others."""
    found = list(times)
    tokens = {t.idx: t for t in doc}
    for step in sorted(_steps(doc, tokens)):
        over = [e for e in found if e.start < step.end and step.start < e.end]
        word = tokens.get(step.start)
        if word is None or any(e.end > step.end for e in over):
            continue
        # *The next week* may be seen from the day of writing.
        looks_ahead = step.units > 0 and not step.told and bool(over) and (is_future(step.start) or _spans(word))
        if looks_ahead:
            continue
        days = UNKNOWN
        for anchor in _anchors(doc, word, found, quotations, lexicon):
            days = _apart(step, Days(anchor.time.earliest, anchor.time.latest))
            if days != UNKNOWN and _may_be(days, published, is_future(step.start)):
                break
            days = UNKNOWN
        found = [e for e in found if e not in over]
        found.append(Expression(step.start, step.end, Time(step.words, *days), False, days != UNKNOWN))
    return sorted(found)


def _steps(doc: Doc, tokens: dict[int, Token]) -> Iterator[_Step]:
    for match in _COUNTED.finditer(doc.text):
        way = tokens.get(match.start("way"))
        if way is not None and (match["that"] or not _has_complement(way)):
            number = counted(match["count"])
            units = -number if way.lower_ in _BACK else number
            yield _Step(*match.span(), match[0], match["unit"].lower(), units, True)
    for match in _NAMED.finditer(doc.text):
        found = _units_on(match, tokens)
        unit = (match["unit"] or match["unit2"]).lower()
        if found is not None:
            yield _Step(*match.span(), match[0], "day" if unit in _PARTS.split("|") else unit, found, False)


def _units_on(match: re.Match[str], tokens: dict[int, Token]) -> int | None:
    """How many units on the words around one say: 0 for *the same day*, -1 for *the day before*; None for other words."""
    way = tokens.get(match.start("way")) if match["way"] else None
    if way is not None:
        return None if _has_complement(way) and not match["that"] else -1 if way.lower_ in _BACK else 1
    first, words = tokens.get(match.start("which")), frozenset((match["which"] or "").lower().split())
    if first is None or (first.lower_ == "that" and first.dep_ != "det"):
        # *He said that day care …*.
        return None
    return 0 if _SAME & words else -1 if _BACK & words else 1


def _has_complement(way: Token) -> bool:
    """*Two days before the summit*, *the day after he fled*: told from something that has no date of its own."""
    return way.dep_ in ("mark", "case") or any(c.i > way.i and not c.is_punct for c in way.children)


def _spans(word: Token) -> bool:
    return word.i > 0 and word.nbor(-1).lower_ in _SPANS


def _anchors(
    doc: Doc, word: Token, times: Sequence[Expression], quotations: Sequence[Quotation], lexicon: Lexicon | None
) -> Iterator[Expression]:
    """The times before a word that it may be told from, nearest first; in a sentence that goes back to what had been, what
    it is about comes first."""
    sentences = list(doc.sents)
    here = next(n for n, s in enumerate(sentences) if s.start <= word.i < s.end)
    for sentence in reversed(sentences[max(0, here - REACH) : here + 1]):
        inside = [
            (e, token)
            for e in sorted(times, reverse=True)
            if sentence.start_char <= e.start < min(sentence.end_char, word.idx)
            and (token := next((t for t in sentence if t.idx >= e.start), None)) is not None
            and _tells(token, word, quotations, lexicon)
        ]
        yield from (e for e, token in inside if _had_been(word) or not _had_been(token))
        yield from (e for e, token in inside if not _had_been(word) and _had_been(token))


def _tells(token: Token, word: Token, quotations: Sequence[Quotation], lexicon: Lexicon | None) -> bool:
    """Whether a time is one of the story that a word goes on with: not of another's words, nor of when they were said."""
    spoken = next((q for q in quotations if q.is_speech and q.start <= token.i < q.end), None)
    if spoken is not None and not spoken.start <= word.i < spoken.end:
        return False
    verb = next((t for t in climb(token) if t.pos_ == "VERB"), None)
    if lexicon is None or verb is None or verb.lemma_ not in lexicon.speech:
        return True
    return not children(verb, "ccomp", "parataxis") and verb.dep_ != "parataxis"


def _had_been(token: Token) -> bool:
    """Whether a word's clause is in the past perfect."""
    verb = next((t for t in [token, *climb(token)] if t.pos_ == "VERB"), None)
    return verb is not None and any(c.lower_ in ("had", "’d", "'d") for c in children(verb, "aux"))


def _may_be(days: Days, published: date | None, future: bool) -> bool:
    """What is told as done was done before the article came out."""
    return future or published is None or days.earliest is None or days.earliest <= published


def _apart(step: _Step, anchor: Days) -> Days:
    """The days a number of units on from others, UNKNOWN where those aren't as fine."""
    first, last = anchor
    if first is None or last is None:
        return UNKNOWN
    if step.unit in WEEKDAYS:
        return _nearest_weekday(WEEKDAYS.index(step.unit), step.units, first) if first == last else UNKNOWN
    if step.unit not in ("day", "week", "fortnight", "month", "year", "decade"):
        return _nearest_month(month_number(step.unit), step.units, anchor)
    if step.unit in ("day", "week", "fortnight"):
        length = {"day": 1, "week": 7, "fortnight": 14}[step.unit]
        moved = timedelta(length * step.units)
        if first == last:
            day = first + moved
            return unit_around(day, "week", 0) if step.unit == "week" and not step.told else Days(day, day)
        is_week = step.unit != "day" and first.weekday() == 0 and last - first == timedelta(6)
        return Days(first + moved, last + moved) if is_week else UNKNOWN
    if first.year != last.year or (step.unit == "month" and first.month != last.month):
        return UNKNOWN
    found = shifted(first, step.unit, step.units)
    if found is None:
        return UNKNOWN
    return whole_month(found.year, found.month) if step.unit == "month" else whole_year(found.year)


def _nearest_weekday(weekday: int, count: int, day: date) -> Days:
    """*The following Monday*, *the previous Friday*."""
    if count == 0:
        return UNKNOWN
    ahead = (weekday - day.weekday()) % 7 or 7
    found = day + timedelta(ahead if count > 0 else ahead - 7 if ahead < 7 else -7)
    return Days(found, found)


def _nearest_month(month: int, count: int, anchor: Days) -> Days:
    """*The following March*, *the previous June*, *that May*."""
    first, last = anchor
    if first is None or last is None:
        return UNKNOWN
    if count > 0:
        return whole_month(last.year + (month <= last.month), month)
    if count < 0:
        return whole_month(first.year - (month >= first.month), month)
    return whole_month(first.year, month) if first.year == last.year else UNKNOWN
