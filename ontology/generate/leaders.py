"""Persons and the entries of their terms of office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ontology.generate.tables import items, rows
from ontology.generate.terms import NOW, Held
from ontology.generate.turtle import Entry, Slugs, dated, gaz, labelled, linked, plain, slug

PARTICLES = re.compile(r"\b(?:al|el)-", re.IGNORECASE)
KOREAN = ("PRK", "KOR")


@dataclass(frozen=True)
class Known:
    """What the tables say of a person besides terms: ISO code and Wikidata id may be empty."""

    country: str
    others: tuple[str, ...]
    wikidata: str


@dataclass(frozen=True)
class Office:
    """Other names of an office; `leads` if who holds it is a head of state or government."""

    others: tuple[str, ...]
    leads: bool


def read_persons() -> dict[str, Known]:
    """Persons by label: spellings and Wikidata ids from the tables of persons and of terms together."""
    found = {label: Known(iso3, items(others), wikidata) for label, iso3, others, wikidata in rows("persons.tsv", 4)}
    for label, others, _, _, _, _, wikidata in rows("terms.tsv", 7):
        known = found.get(label, Known("", (), ""))
        found[label] = Known(known.country, (*known.others, *items(others)), known.wikidata or wikidata)
    return found


def read_offices() -> dict[tuple[str, bool], Office]:
    """Offices by name and whether they are of an organisation."""
    found: dict[tuple[str, bool], Office] = {}
    for name, others, of, leads in rows("offices.tsv", 4):
        for organization in (False, True):
            if of != ("state" if organization else "organization"):
                found[name, organization] = Office(items(others), leads == "yes")
    return found


def persons(
    terms: Iterable[Held], known: Mapping[str, Known], slugs: Slugs, bodies: Mapping[str, str]
) -> dict[str, Entry]:
    """The persons by label. `bodies` gives the ISO code of each national organisation by label, and of each state."""
    states: dict[str, str] = dict.fromkeys(known, "")
    for term in sorted(terms, key=lambda term: (term.body not in bodies.values(), term.start)):
        states[term.person] = states.get(term.person) or bodies.get(term.body, "")
    found = {}
    for label in sorted(states):
        more = known.get(label, Known("", (), ""))
        found[label] = _person(label, more, more.country or states[label], slugs)
    return found


def _person(label: str, known: Known, iso3: str, slugs: Slugs) -> Entry:
    names = [variant for name in (label, *known.others) for variant in spellings(name, iso3 in KOREAN)]
    facts = labelled(label, [*known.others, *names])
    facts += [("kg:country", gaz(iso3))] if iso3 else []
    return Entry(slugs.give(label, iso3, "person"), "kg:Person", (*facts, *linked(known.wikidata)))


def spellings(name: str, korean: bool) -> Iterator[str]:
    """Ways in which newspapers write a name: other Arabic particles or none, no hyphens, Korean names with one.

    >>> list(spellings("Bashar al-Assad", korean=False))
    ['Bashar al-Assad', 'Bashar el-Assad', 'Bashar al Assad', 'Bashar Assad']
    >>> list(spellings("Jean-Claude Juncker", korean=False)), list(spellings("Kim Jong Un", korean=True))
    (['Jean Claude Juncker'], ['Kim Jong-un'])
    """
    if PARTICLES.search(name):
        yield from (PARTICLES.sub(particle, name) for particle in ("al-", "el-", "al ", ""))
    elif "-" in name:
        yield name.replace("-", " ")
    elif korean and len(words := name.split()) == 3:
        yield f"{words[0]} {words[1]}-{words[2].lower()}"


def entries(
    terms: Iterable[Held],
    holders: Mapping[str, Entry],
    bodies: Mapping[str, str],
    offices: Mapping[tuple[str, bool], Office],
    slugs: Slugs,
) -> Iterator[Entry]:
    """The terms. `bodies` gives the local name of each organisation by label; any other body is a state's ISO code."""
    for term in terms:
        body = bodies.get(term.body, term.body)
        facts = [("kg:holder", gaz(holders[term.person].name))]
        held = _names(term.offices, term.body in bodies, offices)
        facts += [("kg:office", plain(office)) for office in held.others]
        facts += [("kg:officeOf", gaz(body))]
        facts += [("kg:from", dated(term.start))] if term.start else []
        facts += [("kg:until", dated(term.end))] if term.end and term.end != NOW else []
        facts += [("kg:current", "true")] if term.end == NOW else []
        facts += [("kg:leading", "true")] if held.leads else []
        name = f"term-{holders[term.person].name}-{slug(body)}-{slug(term.offices[0])}-{term.start[:4] or 'unknown'}"
        yield Entry(slugs.give(name, term.start[5:7]), "kg:Term", tuple(facts))


def _names(own: tuple[str, ...], organization: bool, offices: Mapping[tuple[str, bool], Office]) -> Office:
    """All names of the offices of a term, the first of its own first, and whether any of its own leads."""
    known = [offices[name, organization] for name in own if (name, organization) in offices]
    names = dict.fromkeys([*own, *(other for office in known for other in office.others)])
    return Office(tuple(names), any(office.leads for office in known))
