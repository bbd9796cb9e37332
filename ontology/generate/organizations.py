"""Organisations with their members, and agreements with their parties."""

from __future__ import annotations

from kg.naming import name_key
from ontology.generate.tables import items, rows
from ontology.generate.turtle import Entry, Slugs, gaz, labelled, linked, plain

KINDS = {
    "igo": "IntergovernmentalOrganization",
    "government": "GovernmentBody",
    "company": "Company",
    "news": "NewsAgency",
    "armed": "ArmedGroup",
    "party": "Party",
    "ngo": "NGO",
}


def organizations(slugs: Slugs) -> list[Entry]:
    """The organisations. Raises ValueError if the table of members names one that isn't there."""
    members = {name: codes.split() for name, codes in rows("members.tsv", 2)}
    found = []
    for label, kind, iso3, others, acronyms, wikidata, _ in rows("organizations.tsv", 7):
        facts = [("kg:subtype", f"kg:{KINDS[kind]}"), *labelled(label, items(others))]
        facts += [("kg:acronym", plain(acronym)) for acronym in items(acronyms)]
        facts += [("kg:country", gaz(iso3))] if iso3 else []
        facts += [("kg:member", gaz(code)) for code in sorted(set(members.pop(label, [])))]
        found.append(Entry(slugs.give(label, iso3, kind), "kg:Organization", (*facts, *linked(wikidata))))
    if members:
        raise ValueError(f"members.tsv: no organisation is called {', '.join(sorted(members))}")
    return found


def hosted(bodies: dict[str, str]) -> dict[str, list[str]]:
    """The organisations for which a city's name stands, by the city's name; `bodies` are local names by name key."""
    found: dict[str, list[str]] = {}
    for label, *_, city in rows("organizations.tsv", 7):
        if city:
            found.setdefault(city, []).append(bodies[name_key(label)])
    return found


def by_label(entries: list[Entry]) -> dict[str, str]:
    """Local names by the key of the label; of two entries with one label the first."""
    found: dict[str, str] = {}
    for entry in entries:
        found.setdefault(name_key(entry.values("skos:prefLabel")[0]), entry.name)
    return found


def countries_of(entries: list[Entry]) -> dict[str, str]:
    """ISO codes of national organisations by local name."""
    return {entry.name: term.removeprefix("gaz:") for entry in entries for p, term in entry.facts if p == "kg:country"}


def agreements(slugs: Slugs) -> list[Entry]:
    """Treaties, accords and deals; the states that made them are their members."""
    found = []
    for label, others, acronyms, parties, wikidata in rows("agreements.tsv", 5):
        facts = labelled(label, items(others))
        facts += [("kg:acronym", plain(acronym)) for acronym in items(acronyms)]
        facts += [("kg:member", gaz(code)) for code in sorted(set(parties.split()))]
        found.append(Entry(slugs.give(label, "agreement"), "kg:Agreement", (*facts, *linked(wikidata))))
    return found
