"""Statements as pages show them: what is said, how sure, by whom, and the sentence with the words that say it marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from kg.serve.lookup import Row, Term, select
from kg.serve.pool import Pool
from kg.view.safe import label, plain
from kg.vocabulary import KG, PROV, RDF

SLOTS = {
    "subject": RDF + "subject",
    "object": RDF + "object",
    "theme": KG + "theme",
    "place": KG + "place",
    "speaker": PROV + "wasAttributedTo",
}
# Names shorter than this would be found within anything.
SHORTEST = 2


class Link(NamedTuple):
    """A thing by its name; `iri` None for what is no thing of ours."""

    text: str
    iri: str | None = None


class Piece(NamedTuple):
    """A part of a sentence; `slot` says what it fills (or `trigger`), None: nothing."""

    text: str
    slot: str | None = None


class Quoted(NamedTuple):
    """A sentence in pieces, and where it stands."""

    pieces: tuple[Piece, ...]
    article: Link
    publisher: str
    issued: str


class Shown(NamedTuple):
    """A statement for a page."""

    iri: str
    relation: str
    day: str
    marks: tuple[str, ...]
    """Words that qualify it: denied, possible, claimed ..."""
    sentences: tuple[Quoted, ...]
    subject: Link | None = None
    object: Link | None = None
    theme: Link | None = None
    place: Link | None = None
    speaker: Link | None = None


Properties = Mapping[str, Sequence[Row]]


async def show(pool: Pool, statements: Sequence[ox.NamedNode]) -> list[Shown]:
    """The statements, in the order given. Raises kg.serve.pool.RefusedError."""
    if not statements:
        return []
    properties = by_subject(await select(pool, "properties", subjects=statements))
    sentences = await select(pool, "sentences", statements=statements)
    names = await select(pool, "names", statements=statements)
    return [_shown(node.value, properties.get(node.value, {}), sentences, names) for node in statements]


def by_subject(rows: Iterable[Row]) -> dict[str, dict[str, list[Row]]]:
    """Rows of properties.rq by subject, then property."""
    found: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        found.setdefault(row["subject"].value, {}).setdefault(row["property"].value, []).append(row)
    return found


def value(properties: Properties, property_: str) -> str:
    """The first value of a property, empty if there is none."""
    rows = properties.get(property_)
    return rows[0]["value"].value if rows else ""


def named(row: Row) -> Link:
    """The value of a row as a link: an IRI by its label, or else by its last part."""
    term: Term = row["value"]
    if not term.is_iri:
        return Link(label(term.value))
    return Link(label(row["label"].value) if "label" in row else words(term.value), term.value)


def words(iri: str) -> str:
    """The last part of an IRI as words: `relation/tradesWith` gives `trades with`."""
    last = re.split(r"[/#]", iri.rstrip("/#"))[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", last).replace("_", " ").lower() if last else iri


def _shown(iri: str, properties: Properties, sentences: Sequence[Row], names: Sequence[Row]) -> Shown:
    slots = {slot: named(rows[0]) for slot, property_ in SLOTS.items() if (rows := properties.get(property_))}
    return Shown(
        iri,
        words(value(properties, RDF + "predicate")),
        _day(properties),
        tuple(_marks(properties)),
        tuple(_quoted(row, properties, slots, names) for row in sentences if row["statement"].value == iri),
        **slots,
    )


def _day(properties: Properties) -> str:
    earliest, latest = value(properties, KG + "earliest"), value(properties, KG + "latest")
    if earliest == latest:
        return earliest
    return f"{earliest} – {latest}" if earliest and latest else f"from {earliest}" if earliest else f"until {latest}"


def _marks(properties: Properties) -> Iterable[str]:
    if value(properties, KG + "polarity") == KG + "Negative":
        yield "denied"
    modality = words(value(properties, KG + "modality"))
    if modality and modality != "actual":
        yield modality
    if value(properties, KG + "asserted") == "false" and PROV + "wasAttributedTo" in properties:
        yield "claimed"
    if KG + "contradicts" in properties:
        yield "disputed"


def _quoted(row: Row, properties: Properties, slots: Mapping[str, Link], names: Sequence[Row]) -> Quoted:
    text, begin = row["text"].value, int(row["begin"].value)
    spans = []
    for slot, link in slots.items():
        called = [r["name"].value for r in names if r["entity"].value == link.iri and "name" in r]
        spans += [(start, end, slot) for start, end in occurrences(text, called)]
    first, last = value(properties, KG + "triggerBegin"), value(properties, KG + "triggerEnd")
    if first and last:
        spans.insert(0, (int(first) - begin, int(last) - begin, "trigger"))
    return Quoted(
        tuple(pieces(text, spans)),
        Link(label(row["title"].value if "title" in row else words(row["article"].value)), row["article"].value),
        label(row["publisher"].value) if "publisher" in row else "",
        row["issued"].value if "issued" in row else "",
    )


def occurrences(text: str, names: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the names stands in a text as whole words; of names that overlap the longer wins."""
    ordered = sorted({n for n in names if len(n) >= SHORTEST}, key=lambda n: (-len(n), n))
    if not ordered:
        return []
    pattern = "|".join(re.escape(name) for name in ordered)
    return [match.span() for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text)]


def pieces(text: str, spans: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """A text cut at spans (offsets in code points); a span that overlaps an earlier one of the list is left out."""
    taken: list[tuple[int, int, str]] = []
    for start, end, slot in spans:
        if 0 <= start < end <= len(text) and all(end <= s or start >= e for s, e, _ in taken):
            taken.append((start, end, slot))
    found, at = [], 0
    for start, end, slot in sorted(taken):
        found += [Piece(plain(text[at:start])), Piece(plain(text[start:end]), slot)]
        at = end
    return [piece for piece in [*found, Piece(plain(text[at:]))] if piece.text]
