"""The entities of an article: from clusters of mentions to records with label, type, country and link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from kg.gazetteer import Gazetted, Gazetteer
from kg.matching import is_generic
from kg.mentions import Candidate
from kg.model import Entity, EntityType, Subtype
from kg.naming import name_key
from kg.spelling import agrees_with, person_words, similar

TYPE_ORDER: tuple[EntityType, ...] = (
    "Country",
    "Person",
    "Organization",
    "Place",
    "Group",
    "Agreement",
    "Event",
    "Item",
)


class Link(NamedTuple):
    """The gazetteer's entry for an entity and why it was chosen."""

    entry: Gazetted
    why: str


def make_entity(
    id_: str, mentions: Sequence[Candidate], gazetteer: Gazetteer, published: date | None, countries: Iterable[str]
) -> Entity:
    """The record of a cluster. `countries` are ISO codes that the article's own statements give it (offices held)."""
    names = [c for c in mentions if c.kind in ("name", "adjective")]
    link = find_link(names, mentions, gazetteer, published, list(countries))
    type_, subtype = _type_of(names or list(mentions), link)
    country = _country(mentions, link, list(countries))
    label = _unquoted(_label(names, mentions, type_, link))
    # What a named entity is described as (*the ministry*) is no name of it.
    called = [c for c in names if c.kind == "name"] if names else [c for c in mentions if c.kind == "nominal"]
    aliases = sorted({c.name for c in called if c.name != label})
    return Entity(
        id=id_,
        label=label,
        type=type_,
        subtype=subtype,
        aliases=tuple(aliases),
        country=country,
        link=link.entry.link if link else None,
        gazetteer=link.entry.id if link else None,
        named=bool(names),
        why=link.why if link else None,
    )


def government_entity(id_: str, entry: Gazetted, aliases: Iterable[str]) -> Entity:
    """The entity of a country or capital that the article names only by what stands for it, or of the body that sits
    in a building."""
    names = tuple(sorted(set(aliases) - {entry.label}))
    if entry.type == "Country":
        return Entity(
            id_,
            entry.label,
            "Country",
            None,
            names,
            entry.country,
            entry.link,
            entry.id,
            True,
            "named by its capital or by officials who say we",
        )
    if entry.type == "Place" and not (entry.is_seat or entry.governs_itself):
        return Entity(
            id_, entry.label, "Place", entry.subtype, (), entry.country, entry.link, entry.id, True, "called a capital"
        )
    why = "brought in by what somebody in it is called"
    if entry.is_seat or entry.governs_itself:
        why = "a seat of government that acts" if entry.is_seat else "a region that acts by its government"
    return Entity(
        id_,
        entry.label,
        "Organization",
        "GovernmentBody" if entry.type == "Place" else entry.subtype,
        names,
        entry.country,
        entry.link,
        entry.id,
        True,
        why,
    )


def office_entity(id_: str, entry: Gazetted, described: Sequence[Candidate], published: date | None) -> Entity:
    """The entity of a person whom the article doesn't name but for an office."""
    title = next((c.title for c in described if c.title), "holder of the office")
    day = published.isoformat() if published else "today"
    return Entity(
        id_,
        entry.label,
        entry.type,
        entry.subtype,
        (),
        entry.country,
        entry.link,
        entry.id,
        True,
        f"{described[0].name!r} on {day}: {entry.label} was {title}",
    )


def _type_of(mentions: Sequence[Candidate], link: Link | None) -> tuple[EntityType, Subtype | None]:
    if link:
        return link.entry.type, link.entry.subtype
    counts = Counter(c.type for c in mentions)
    type_ = min(counts, key=lambda t: (-counts[t], TYPE_ORDER.index(t)))
    subtypes = Counter(c.subtype for c in mentions if c.type == type_ and c.subtype)
    return type_, subtypes.most_common(1)[0][0] if subtypes else None


def _country(mentions: Sequence[Candidate], link: Link | None, stated: list[str]) -> str | None:
    if link and link.entry.country:
        return link.entry.country
    counts = Counter([c.country for c in mentions if c.country] + stated)
    return min(counts, key=lambda c: (-counts[c], c)) if counts else None


def _label(names: Sequence[Candidate], mentions: Sequence[Candidate], type_: EntityType, link: Link | None) -> str:
    """What the entity is called: as the gazetteer has it if it knows it (but bodies as the article does: *CIA*), persons
    else by their fullest name, others by their commonest full name."""
    if link and type_ != "Organization":
        return link.entry.label
    own = (
        [c.name for c in names if c.kind == "name"]
        or [c.name for c in names]
        or [c.name for c in mentions if c.kind != "pronoun"]
        or [mentions[0].name]
    )
    counts = Counter(own)
    if type_ == "Person":
        return min(counts, key=lambda n: (-len(name_key(n).split()), -counts[n], -len(n), n))
    full = [n for n in own if not n.isupper() or len(n) > 6] or own
    if names:
        return min(full, key=lambda n: (-min(len(n.split()), 2), -counts[n], -len(n), n))
    return own[0]


def _unquoted(label: str) -> str:
    """A label without quotation marks that only open, or only close, inside it (*provocative" leaflets*)."""
    for opening, closing in (('"', '"'), ("“", "”")):
        if label.count(opening) != label.count(closing) or (opening == closing and label.count(opening) % 2):
            label = label.replace(opening, "").replace(closing, "")
    return label


# --- Linking -----------------------------------------------------------------------------------------


def find_link(
    names: Sequence[Candidate],
    mentions: Sequence[Candidate],
    gazetteer: Gazetteer,
    published: date | None,
    stated: list[str],
) -> Link | None:
    """The gazetteer's entry for a cluster: the one its names name; for a person also by country, office and surname.
    None if none fits."""
    votes = Counter(c.gazetteer for c in names if c.gazetteer)
    for id_ in sorted(votes, key=lambda i: (-votes[i or ""], i or "")):
        entry = gazetteer.entries.get(id_ or "")
        if entry and not _contradicted(entry, names, mentions, gazetteer):
            return Link(entry, f"the gazetteer has the name {_name_for(entry, names)!r}")
    if any(c.type == "Person" for c in names):
        return _office_holder(names, mentions, gazetteer, published, stated)
    return None


def _name_for(entry: Gazetted, names: Sequence[Candidate]) -> str:
    return next((c.name for c in names if c.gazetteer == entry.id), entry.label)


def _contradicted(
    entry: Gazetted, names: Sequence[Candidate], mentions: Sequence[Candidate], gazetteer: Gazetteer
) -> bool:
    """A person of another country, another country's body of a name that many have (*the Supreme Court*), or names that
    are mostly of another type, are somebody else."""
    generic = entry.type == "Organization" and all(is_generic(c.name, gazetteer) for c in names)
    if entry.type == "Person" or generic:
        countries = {c.country for c in mentions if c.country}
        return bool(countries) and entry.country is not None and entry.country not in countries
    types = Counter(c.type for c in names)
    return types["Person"] > sum(types.values()) / 2


def _office_holder(
    names: Sequence[Candidate],
    mentions: Sequence[Candidate],
    gazetteer: Gazetteer,
    published: date | None,
    stated: list[str],
) -> Link | None:
    """*Russian President Putin*, *Ibrahim Raisi*: who held the office on the article's day, if the name agrees."""
    countries = list(dict.fromkeys([*(c.country for c in mentions if c.country), *stated]))
    titles = [c.title for c in mentions if c.title]
    for country in countries:
        found: dict[str, Gazetted] = {}
        for title in titles or []:
            for entry in gazetteer.holders(country, title, published) or gazetteer.holders(
                country, "leader", published
            ):
                if _name_agrees(names, entry):
                    found[entry.id] = entry
        if len(found) == 1:
            entry = next(iter(found.values()))
            day = published.isoformat() if published else "today"
            return Link(entry, f"{titles[0]} of {country} on {day} with a name that agrees ({entry.label})")
    return None if countries or published is None else _leader_anywhere(names, titles, gazetteer, published)


def _leader_anywhere(
    names: Sequence[Candidate], titles: Iterable[str], gazetteer: Gazetteer, published: date
) -> Link | None:
    """*President Petro*: the only head of state or government of that office and name on the day."""
    for title in dict.fromkeys(titles):
        holders = gazetteer.leading(title, published)
        found = [entry for entry in holders if _name_agrees(names, entry) and _has_surname(names, entry)]
        if len(found) == 1:
            return Link(found[0], f"the only {title} on {published} with a name that agrees ({found[0].label})")
    return None


def _has_surname(names: Sequence[Candidate], entry: Gazetted) -> bool:
    """Whether names end as the gazetteer's do: *Petro* is no Petro Poroshenko where nothing else tells."""
    ends = [person_words(form)[-1] for form in entry.names if form]
    return all(any(similar(person_words(c.name)[-1], end) for end in ends) for c in names if c.type == "Person")


def _name_agrees(names: Sequence[Candidate], entry: Gazetted) -> bool:
    """Whether all names of a cluster may be the gazetteer's person's."""
    forms = [form for form in entry.names if form]
    return all(agrees_with(c.name, forms) for c in names if c.type == "Person")
