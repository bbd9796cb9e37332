"""Countries, their capitals and seats of government, peoples, and other places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.naming import name_key
from ontology.generate.tables import items, records, rows, singular_and_plural, text
from ontology.generate.turtle import Entry, Slugs, gaz, labelled, linked, plain, quoted

CONTINENTS = {
    "AF": "Africa",
    "AN": "Antarctica",
    "AS": "Asia",
    "EU": "Europe",
    "NA": "North America",
    "OC": "Oceania",
    "SA": "South America",
}


@dataclass
class City:
    """What the tables of capitals and of places say together of one city."""

    label: str
    others: list[str] = field(default_factory=list)
    country: str = ""
    capital_of: list[str] = field(default_factory=list)
    seat_of: list[str] = field(default_factory=list)
    wikidata: str = ""
    kind: str = "city"


@dataclass(frozen=True)
class Codes:
    """Codes of a country: ISO 3166 alpha-2 and the open table's continent may be empty; `former` states are no more."""

    iso3: str
    iso2: str
    continent: str
    wikidata: str
    capitals: tuple[str, ...]
    former: bool


def read_codes(facts: Path) -> dict[str, Codes]:
    """The open table of countries by ISO alpha-3 code, with our additions."""
    found: dict[str, Codes] = {}
    for record in records(facts / "countries.jsonl"):
        capital = record.get("capital")
        capitals = tuple(str(c) for c in capital) if isinstance(capital, list) else ()
        iso3 = text(record, "iso3")
        found[iso3] = Codes(
            iso3, text(record, "iso2"), text(record, "continent"), text(record, "wikidata"), capitals, former=False
        )
    for iso3, iso2, continent, wikidata, exists in rows("extra_countries.tsv", 5):
        capitals = found[iso3].capitals if iso3 in found else ()
        found[iso3] = Codes(iso3, iso2, continent, wikidata, capitals, exists == "former")
    return found


def countries(codes: dict[str, Codes], capitals: dict[str, list[str]]) -> list[Entry]:
    """The countries; `capitals` are the local names of their capitals by country."""
    combining: dict[str, list[str]] = {}
    for form, iso3 in rows("combining.tsv", 2):
        combining.setdefault(iso3, []).append(form)
    return [
        _country(codes[iso3], (label, *cells), capitals.get(iso3, []), combining.get(iso3, []))
        for iso3, label, *cells in rows("countries.tsv", 5)
    ]


def _country(codes: Codes, cells: tuple[str, ...], capitals: list[str], combining: list[str]) -> Entry:
    label, names, adjectives, nouns = cells
    current = [name for name in items(names) if "@" not in name]
    former = [name.split("@")[0] for name in items(names) if "@" in name]
    facts = labelled(label, current)
    facts += [("kg:formerName", quoted(name)) for name in former]
    facts += spoken_of((*items(adjectives), *combining), items(nouns))
    facts += [("kg:iso2", plain(codes.iso2))] if codes.iso2 else []
    facts += [("kg:iso3", plain(codes.iso3))]
    facts += [("kg:capital", gaz(capital)) for capital in capitals]
    facts += [("kg:region", plain(CONTINENTS[codes.continent]))] if codes.continent else []
    return Entry(codes.iso3, "kg:Country", (*facts, *linked(codes.wikidata)))


def spoken_of(adjectives: Iterable[str], nouns: Iterable[str]) -> list[tuple[str, str]]:
    """Adjectives, and nouns for the people in the singular and the plural."""
    demonyms = [form for noun in nouns for form in singular_and_plural(noun)]
    facts = [("kg:adjective", quoted(adjective)) for adjective in dict.fromkeys(adjectives)]
    return [*facts, *(("kg:demonym", quoted(form)) for form in dict.fromkeys(demonyms))]


def cities(codes: dict[str, Codes]) -> list[City]:
    """Capitals, cities that stand for a government, and the other places. A city that is in several tables is one."""
    found: dict[tuple[str, str], City] = {}
    for iso3, label, others, kind, wikidata in _capital_rows(codes):
        same = next((c for (name, _), c in found.items() if name == label and codes[iso3].former), None)
        city = same or found.setdefault((label, iso3), City(label, country=iso3))
        city.others += items(others)
        city.wikidata = city.wikidata or wikidata
        (city.capital_of if kind == "capital" else city.seat_of).append(iso3)
    for label, kind, iso3, others, wikidata in rows("places.tsv", 5):
        here = found.get((label, iso3)) or _capital_of_former(found, label, codes)
        if here is None:
            here = found.setdefault((label, iso3 or kind), City(label, country=iso3, kind=kind))
        here.country = iso3
        here.others += items(others)
        here.wikidata = here.wikidata or wikidata
    return list(found.values())


def _capital_rows(codes: dict[str, Codes]) -> Iterable[tuple[str, ...]]:
    """Rows of capitals: ours, then those of countries that only the open table has; states of today first."""
    own = list(rows("capitals.tsv", 5))
    listed = {iso3 for iso3, *_ in own}
    named = [iso3 for iso3, *_ in rows("countries.tsv", 5) if iso3 not in listed]
    rest = [(iso3, capital, "", "capital", "") for iso3 in named for capital in codes[iso3].capitals]
    known = [row for row in (*own, *rest) if row[1] != "-" and row[0] in codes]
    return sorted(known, key=lambda row: codes[row[0]].former)


def _capital_of_former(found: dict[tuple[str, str], City], label: str, codes: dict[str, Codes]) -> City | None:
    """A city known only as a former state's capital (Saigon), which the table of places puts into another country."""
    return next(
        (city for (name, iso3), city in found.items() if name == label and iso3 in codes and codes[iso3].former), None
    )


def capitals_by_country(found: Iterable[tuple[str, City]]) -> dict[str, list[str]]:
    """Local names of the capitals of each country."""
    by_country: dict[str, list[str]] = {}
    for name, city in found:
        for iso3 in city.capital_of:
            by_country.setdefault(iso3, []).append(name)
    return by_country


def place(name: str, city: City, hosted: Sequence[str] = ()) -> Entry:
    """A city, region (or one that governs itself, a `state`), water, continent or site. Only the state it belongs to today is governed from it; `hosted` are
    local names of organisations for which its name stands."""
    kind = "region" if city.kind == "state" else city.kind
    facts = [("kg:subtype", f"kg:{kind.capitalize()}"), *labelled(city.label, city.others)]
    facts += [("kg:country", gaz(city.country))] if city.country else []
    facts += [("kg:capitalOf", gaz(iso3)) for iso3 in city.capital_of if iso3 == city.country]
    facts += [("kg:seatOf", gaz(iso3)) for iso3 in city.seat_of if iso3 == city.country]
    facts += [("kg:standsFor", gaz(body)) for body in hosted]
    facts += [("kg:governsItself", "true")] if city.kind == "state" else []
    return Entry(name, "kg:Place", (*facts, *linked(city.wikidata)))


def seats(slugs: Slugs, organizations: dict[str, str]) -> list[Entry]:
    """Buildings, streets and residences that stand for a government; `organizations` are local names by name key."""
    found = []
    for label, others, iso3, meaning in rows("seats.tsv", 4):
        body = iso3 or organizations.get(name_key(meaning), "")
        facts = labelled(label, items(others))
        facts += [("kg:country", gaz(iso3))] if iso3 else []
        facts += [("kg:seatOf", gaz(body))] if body else []
        facts += [("skos:definition", quoted(f"Stands for {meaning}."))] if meaning else []
        found.append(Entry(slugs.give(label, iso3, "seat"), "kg:Seat", tuple(facts)))
    return found


def peoples(slugs: Slugs, organizations: dict[str, str]) -> tuple[list[Entry], dict[str, list[tuple[str, str]]]]:
    """Peoples as groups, and the words of those rows that are about an organisation, by its local name."""
    groups: list[Entry] = []
    words: dict[str, list[tuple[str, str]]] = {}
    for label, adjectives, nouns, iso3, land in rows("peoples.tsv", 5):
        facts = spoken_of(items(adjectives), items(nouns))
        if name_key(label) in organizations:
            words[organizations[name_key(label)]] = facts
            continue
        facts += [("kg:country", gaz(iso3))] if iso3 else []
        facts += [("kg:homeland", gaz(land))] if land else []
        groups.append(Entry(slugs.give(label, iso3, "people"), "kg:Group", (("skos:prefLabel", quoted(label)), *facts)))
    return groups, words
