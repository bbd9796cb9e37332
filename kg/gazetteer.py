"""The gazetteer: countries with their names, adjectives, capitals and seats of government; leaders with their terms;
organisations; peoples; places. Facts from `ontology/gazetteer*.ttl` and the user's own files over them."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, cast

from kg.datafiles import DataFiles, Entry, local_name
from kg.model import EntityType, Subtype
from kg.naming import name_key
from kg.vocabulary import KG, OWL, SKOS, WD

CLASSES: tuple[EntityType, ...] = ("Country", "Place", "Person", "Organization", "Group", "Agreement", "Event")
Use = Literal["name", "adjective", "demonym"]


class Gazetted(NamedTuple):
    """An entry of the gazetteer. `country` is an ISO alpha-3 code or None; `capital_of` and `seat_of` are that of the
    state for whose government the name of a place stands; `members` are the local names of an organisation's members.
    `ambiguous_names` are the keys of those of its names that often mean something else; `ambiguous` says that of the
    name the entry was looked up by, and of its label otherwise. `homeland` is the id of the land of a people."""

    id: str
    label: str
    type: EntityType
    subtype: Subtype | None
    country: str | None
    link: str | None
    capital_of: str | None
    seat_of: str | None
    is_seat: bool
    is_city: bool
    ambiguous: bool
    names: tuple[str, ...]
    members: tuple[str, ...]
    ambiguous_names: frozenset[str] = frozenset()
    stands_for: tuple[str, ...] = ()
    is_region: bool = False
    homeland: str | None = None
    governs_itself: bool = False

    def looked_up(self, key: str) -> Gazetted:
        """The entry as found by the key of a name."""
        ambiguous = key in self.ambiguous_names if self.ambiguous_names else self.ambiguous
        return self if ambiguous == self.ambiguous else self._replace(ambiguous=ambiguous)


class Term(NamedTuple):
    """A stretch of time in which a person held an office of a state, or of an organisation, whose local name `country`
    is then. None: not known; `current`: not ended yet; `leading`: as head of state or government. There is one for each
    name of the office."""

    holder: str
    office: str
    country: str
    start: date | None
    end: date | None
    current: bool
    leading: bool


@dataclass(frozen=True)
class Gazetteer:
    """Entries by id and by name key; adjectives and demonyms apart, since they are no names of the entry.

    Beside them what is known of names as such: `generic_words` are those of which many states' bodies have their names
    (*Supreme Court*), `legal_forms` those that a company's name may lack, `spellings` maps words to one spelling, `codes`
    the keys of countries' adjectives and names to ISO alpha-3 codes; `surnames` are the keys of leaders' last names;
    `compass` has the words for which the letters of *S Korea* and *N Ireland* stand, `capitals` the ids of the only
    capitals of states by their codes.
    """

    entries: Mapping[str, Gazetted]
    by_name: Mapping[str, tuple[str, ...]]
    by_adjective: Mapping[str, tuple[str, ...]]
    by_demonym: Mapping[str, tuple[str, ...]]
    by_iso3: Mapping[str, str]
    terms: Mapping[tuple[str, str], tuple[Term, ...]]
    longest: int
    generic_words: frozenset[str] = frozenset()
    legal_forms: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    surnames: frozenset[str] = frozenset()
    compass: Mapping[str, str] = field(default_factory=dict)
    capitals: Mapping[str, str] = field(default_factory=dict)

    def named(self, name: str) -> Iterator[Gazetted]:
        """Entries of which this is a name."""
        return self._looked_up(self.by_name, name)

    def described(self, adjective: str) -> Iterator[Gazetted]:
        """Countries and peoples of which this is the adjective (*Iranian*)."""
        return self._looked_up(self.by_adjective, adjective)

    def inhabited(self, demonym: str) -> Iterator[Gazetted]:
        """Countries and peoples whose people this names (*Iranians*)."""
        return self._looked_up(self.by_demonym, demonym)

    def _looked_up(self, index: Mapping[str, tuple[str, ...]], name: str) -> Iterator[Gazetted]:
        key = name_key(name)
        if key not in index and (word := self.compass.get(key.partition(" ")[0])) is not None:
            key = f"{word} {key.partition(' ')[2]}"
        if key not in index and key.startswith("ex-"):
            # *Ex-Peru leader*: who led Peru.
            key = key.removeprefix("ex-")
        return (self.entries[i].looked_up(key) for i in index.get(key, ()))

    def country(self, iso3: str | None) -> Gazetted | None:
        """The country with an ISO code."""
        found = self.by_iso3.get(iso3 or "")
        return self.entries[found] if found else None

    def holders(self, country: str, office: str, day: date | None) -> list[Gazetted]:
        """Who held an office on a day; without a day, who holds it now. `country` may be the local name of an
        organisation; the office "leader" is that of any head of state or government."""
        found = {term.holder: None for term in self.terms.get((country, office), ()) if _holds(term, day)}
        return [self.entries[holder] for holder in found if holder in self.entries]

    def leading(self, office: str, day: date) -> list[Gazetted]:
        """The heads of state or government of all countries who held an office of that name on a day."""
        terms = [term for (_, name), found in self.terms.items() if name == office for term in found]
        found = {term.holder: None for term in terms if term.leading and _holds(term, day)}
        return [self.entries[holder] for holder in found if holder in self.entries]


def _holds(term: Term, day: date | None) -> bool:
    if day is None:
        return term.current
    started = term.start is not None and term.start <= day
    return started and (term.current if term.end is None else day <= term.end)


def load_gazetteer(data: DataFiles) -> Gazetteer:
    """Read the gazetteer's entries from the data files."""
    iso3 = {entry.iri: entry.one(KG + "iso3") for entry in data.of_class("Country")}
    entries: dict[str, Gazetted] = {}
    by_name, by_adjective, by_demonym = _Index(), _Index(), _Index()
    for class_ in (*CLASSES, "Seat"):
        for entry in data.of_class(class_):
            if not entry.all(SKOS + "prefLabel"):
                continue
            gazetted = _gazetted(
                entry, cast(EntityType, "Place" if class_ == "Seat" else class_), class_ == "Seat", iso3
            )
            entries[gazetted.id] = gazetted
            by_name.add(gazetted.id, gazetted.names)
            by_adjective.add(gazetted.id, entry.all(KG + "adjective"))
            by_demonym.add(gazetted.id, entry.all(KG + "demonym"))
    terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in _terms(data, iso3):
        terms[term.country, term.office].append(term)
        if term.leading and term.office != "leader":
            terms[term.country, "leader"].append(term)
    return Gazetteer(
        entries=entries,
        by_name=by_name.frozen(),
        by_adjective=by_adjective.frozen(),
        by_demonym=by_demonym.frozen(),
        by_iso3={entry.country: entry.id for entry in entries.values() if entry.type == "Country" and entry.country},
        terms={key: tuple(found) for key, found in terms.items()},
        longest=max((len(key.split()) for key in by_name.ids), default=0),
        generic_words=_words(data, "GenericNameWord"),
        legal_forms=_words(data, "CompanyForm"),
        spellings=_spellings(data),
        codes=dict(_codes(entries, [by_name.ids, by_adjective.ids])),
        surnames=frozenset(_surnames(entries.values())),
        compass={word[0]: word for word in sorted(_words(data, "CompassWord"))},
        capitals=_capitals(entries.values()),
    )


def _capitals(entries: Iterable[Gazetted]) -> dict[str, str]:
    """The capital of each state that has but one."""
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.capital_of is not None:
            found[entry.capital_of].append(entry.id)
    return {code: ids[0] for code, ids in found.items() if len(ids) == 1}


def _surnames(entries: Iterable[Gazetted]) -> Iterator[str]:
    for entry in entries:
        words = name_key(entry.label).split()
        if entry.type == "Person" and len(words) > 1:
            yield words[-1]


def _codes(entries: Mapping[str, Gazetted], indexes: Sequence[Mapping[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """Keys with the code of the first country that each names; later indexes prevail."""
    for index in indexes:
        for key, ids in index.items():
            code = next((e.country for id_ in ids if (e := entries[id_]).type == "Country" and e.country), None)
            if code:
                yield key, code


def _words(data: DataFiles, name: str) -> frozenset[str]:
    return frozenset(word.lower() for entry in data.of_class(name) for word in entry.words(KG + "words"))


def _spellings(data: DataFiles) -> dict[str, str]:
    """Each spelling of a word with the first of its entry."""
    groups = [list(entry.words(KG + "words")) for entry in data.of_class("SpellingVariant")]
    return {word: group[0] for group in groups for word in group[1:]}


class _Index:
    """Ids by name key, in order of addition (countries first: a name that is a country's and a city's is first a
    country's)."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = defaultdict(list)

    def add(self, id_: str, names: tuple[str, ...]) -> None:
        for name in names:
            key = name_key(name)
            if key and id_ not in self.ids[key]:
                self.ids[key].append(id_)

    def frozen(self) -> dict[str, tuple[str, ...]]:
        return {key: tuple(ids) for key, ids in self.ids.items()}


def _gazetted(entry: Entry, type_: EntityType, is_seat: bool, iso3: Mapping[str, str | None]) -> Gazetted:
    names = [
        entry.all(SKOS + "prefLabel")[0],
        *entry.all(SKOS + "altLabel"),
        *entry.all(KG + "formerName"),
        *entry.all(KG + "acronym"),
    ]
    country = entry.one(KG + "country")
    subtype = next((local_name(v) for v in entry.all(KG + "subtype")), None) if type_ == "Organization" else None
    links = [iri for iri in entry.all(OWL + "sameAs") if iri.startswith(WD)]

    def of(property_: str) -> str | None:
        return next((iso3.get(iri) for iri in entry.all(KG + property_)), None)

    kinds = {local_name(iri) for iri in entry.all(KG + "subtype")}
    return Gazetted(
        id=entry.name,
        label=names[0],
        type=type_,
        subtype=cast("Subtype | None", subtype),
        country=entry.one(KG + "iso3") or iso3.get(country or ""),
        link=links[0] if links else None,
        capital_of=of("capitalOf"),
        seat_of=of("seatOf"),
        is_seat=is_seat,
        is_city=type_ == "Place" and "City" in kinds,
        ambiguous="true" in entry.all(KG + "ambiguous"),
        names=tuple(dict.fromkeys(names)),
        members=tuple(local_name(iri) for iri in entry.all(KG + "member")),
        ambiguous_names=frozenset(name_key(name) for name in entry.all(KG + "ambiguousName")),
        stands_for=tuple(local_name(iri) for iri in entry.all(KG + "standsFor")),
        is_region=type_ == "Place" and "Region" in kinds,
        homeland=next((local_name(iri) for iri in entry.all(KG + "homeland")), None),
        governs_itself="true" in entry.all(KG + "governsItself"),
    )


def _terms(data: DataFiles, iso3: Mapping[str, str | None]) -> Iterator[Term]:
    """A term for each name of its office."""
    for entry in data.of_class("Term"):
        holder, body = entry.one(KG + "holder"), entry.one(KG + "officeOf")
        if holder and body:
            for office in entry.all(KG + "office") or ("leader",):
                yield Term(
                    holder=local_name(holder),
                    office=office.lower(),
                    country=iso3.get(body) or local_name(body),
                    start=_day(entry.one(KG + "from"), last=False),
                    end=_day(entry.one(KG + "until"), last=True),
                    current="true" in entry.all(KG + "current"),
                    leading="true" in entry.all(KG + "leading"),
                )


def _day(text: str | None, last: bool) -> date | None:
    """A day, or the first or last day of a month or year."""
    if text is None or len(text) > 7:
        return date.fromisoformat(text) if text else None
    year, month = int(text[:4]), int(text[5:] or (12 if last else 1))
    return date(year, month, monthrange(year, month)[1] if last else 1)
