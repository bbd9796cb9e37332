"""Descriptions of persons by what they are: *the Russian leader*, *the CIA director*, *his Iranian counterpart*."""

from __future__ import annotations

from spacy.tokens import Token

from kg.coref.clusters import Clusters
from kg.coref.offices import in_office, is_plain
from kg.lexicon import Lexicon
from kg.syntax import children, conjuncts


def person_described(known: Clusters, number: int) -> int | None:
    """*the Russian leader*, *the CIA director*, *his Iranian counterpart*: the person of that country or body and
    role, by the article first, then by the gazetteer."""
    candidate = known.candidates[number]
    lemma = known.doc[candidate.head].lemma_.lower()
    counterpart = lemma in known.words.lexicon.counterparts and candidate.country is not None
    bodies = bodies_of_noun(known, known.doc[candidate.head])
    if candidate.title is None and not counterpart and not (bodies and lemma in known.words.lexicon.generic_roles):
        return None
    if _is_to_come(known, number):
        return None
    found = _holder(known, number, candidate.country, bodies)
    return found if found is not None else _in_gazetted_office(known, number, bodies)


def _is_to_come(known: Clusters, number: int) -> bool:
    """Whether a description is of another than who is called by the office so far (*the **new** president*)."""
    head = known.doc[known.candidates[number].head]
    return any(c.lower_ in ("new", "next", "future", "incoming") for c in children(head, "amod"))


def _in_gazetted_office(known: Clusters, number: int, bodies: set[int]) -> int | None:
    """The holder of the office on the article's day, for a description that says nothing else (*the CIA director*)."""
    candidate = known.candidates[number]
    head = known.doc[candidate.head]
    if any(c.lower_ not in ("the", "this") for c in children(head, "det")) or not is_plain(known, candidate):
        return None
    role = candidate.title or head.lemma_.lower()
    if not bodies:
        return in_office(known, number, candidate.country, role)
    entries = {c.gazetteer for body in bodies for c in known.full.get(body, []) if c.gazetteer}
    return in_office(known, number, entries.pop(), role) if len(entries) == 1 else None


def plural_roles(known: Clusters, number: int) -> tuple[int, ...] | None:
    """*the leaders of Iran and Turkey*, *his Iranian and Turkish counterparts*: the persons in that role, if it is
    known of all who they are."""
    candidate = known.candidates[number]
    head = known.doc[candidate.head]
    lemma = head.lemma_.lower()
    lexicon = known.words.lexicon
    if not candidate.plural or (lemma not in lexicon.counterparts and lexicon.roles.get(lemma) != "holdsOffice"):
        return None
    countries = [
        found.country
        for child in head.children
        if child.dep_ in ("amod", "nmod:poss", "nmod", "compound")
        for part in conjuncts(child)
        if (at := known.at.get(part.i)) is not None and (found := known.candidates[at]).type == "Country"
    ] + _countries_meant(known, head)
    countries = [country for country in countries if country is not None]
    if len(countries) < 2:
        return None
    role = candidate.title or lemma
    holders = [_holder(known, number, country, set()) for country in countries]
    if lemma not in lexicon.counterparts and is_plain(known, candidate):
        holders = [
            h if h is not None else in_office(known, number, c, role) for h, c in zip(holders, countries, strict=True)
        ]
    found_all = tuple(holder for holder in holders if holder is not None)
    return found_all if len(set(found_all)) == len(countries) else None


def _countries_meant(known: Clusters, head: Token) -> list[str | None]:
    """The countries that stand together as the owner of a plural: *the two countries' leaders*, *their presidents*."""
    owners = [at for c in children(head, "nmod:poss", "nmod") if (at := known.at.get(c.i)) in known.members]
    return [known.first[entity].country for at in owners if at is not None for entity in known.members[at]]


def _holder(known: Clusters, number: int, country: str | None, bodies: set[int]) -> int | None:
    """The person named before a description who holds its role, for a country or at a body."""
    candidate = known.candidates[number]
    lemma = known.doc[candidate.head].lemma_.lower()
    counterpart = lemma in known.words.lexicon.counterparts and country is not None
    role = candidate.title or lemma
    if counterpart:
        return _counterpart(known, number, country)
    for other in range(number - 1, -1, -1):
        earlier, entity = known.candidates[other], known.entity[other]
        if earlier.kind != "name" or earlier.type != "Person" or entity is None:
            continue
        if bodies:
            if bodies & _bodies_of_person(known, entity) and _role_fits_body(known, entity, lemma, candidate.title):
                return entity
        elif _fits_role(known, entity, role, country):
            return entity
    return None


def _counterpart(known: Clusters, number: int, country: str | None) -> int | None:
    """The person of a country in the same office as somebody named in the sentence; else the last of the country."""
    head = known.doc[known.candidates[number].head]
    here = {e for n, e in enumerate(known.entity[:number]) if known.doc[known.candidates[n].head].sent == head.sent}
    offices = {c.title for entity in here if entity is not None for c in known.mentions(entity) if c.title}
    last: int | None = None
    for other in range(number - 1, -1, -1):
        earlier, entity = known.candidates[other], known.entity[other]
        if earlier.kind != "name" or earlier.type != "Person" or entity is None:
            continue
        mentions = known.mentions(entity)
        if entity not in here and any(c.country == country for c in mentions):
            last = entity if last is None else last
            if {c.title for c in mentions} & offices:
                return entity
    if last is not None:
        return last
    there = {in_office(known, number, country, office) for office in offices} - {None}
    return there.pop() if len(there) == 1 else None


def _role_fits_body(known: Clusters, entity: int, lemma: str, title: str | None) -> bool:
    titles = {c.title for c in known.mentions(entity) if c.title}
    if lemma in known.words.lexicon.generic_roles or not titles:
        return True
    return any(_roles_agree(title or lemma, t, known.words.lexicon) for t in titles)


def bodies_of_noun(known: Clusters, noun: Token) -> set[int]:
    """Entities of the organisations that a noun's modifiers and complements name (the *CIA* director, an analyst
    *at the Institute*)."""
    found = set()
    for child in noun.children:
        if child.dep_ in ("compound", "nmod:poss", "nmod", "amod", "nmod:unmarked", "flat"):
            number = known.at.get(child.i)
            if (
                number is not None
                and known.candidates[number].kind == "name"
                and known.candidates[number].type == "Organization"
            ):
                entity = known.entity[number]
                if entity is not None:
                    found.add(entity)
    return found


def _bodies_of_person(known: Clusters, entity: int) -> set[int]:
    """Entities of the organisations that a person's titles, appositions and predicates name."""
    found: set[int] = set()
    for mention in known.mentions(entity):
        head = known.doc[mention.head]
        nouns = [
            head,
            *children(head, "nmod:desc", "appos", "compound", "acl:relcl"),
            *([head.head] if head.dep_ in ("appos", "nsubj", "nmod:desc") else []),
        ]
        for noun in nouns:
            found |= bodies_of_noun(known, noun)
    return found


def _fits_role(known: Clusters, entity: int, role: str, country: str | None) -> bool:
    titles = {c.title for c in known.mentions(entity) if c.title}
    countries = {c.country for c in known.mentions(entity) if c.country}
    gazetted = {c.gazetteer for c in known.full.get(entity, []) if c.gazetteer}
    homes = (known.words.gazetteer.entries[id_].country for id_ in gazetted)
    countries |= {home for home in homes if home}
    if country and not countries and not gazetted:
        return False
    if country and countries and country not in countries:
        return False
    if any(_roles_agree(role, title, known.words.lexicon) for title in titles):
        return True
    if not country and len(countries) == 1:
        country = next(iter(countries))
    return bool(country) and _held(known, gazetted, country or "", role)


def _held(known: Clusters, gazetted: set[str], country: str, role: str) -> bool:
    office = "leader" if role == "leader" else role
    return any(e.id in gazetted for e in known.words.gazetteer.holders(country, office, known.published))


def _roles_agree(described: str, title: str, lexicon: Lexicon) -> bool:
    """*the leader* may be a president; *the minister* a foreign minister; *the official* anyone in office."""
    if described == title:
        return True
    if described in lexicon.leader_roles and title not in lexicon.leader_roles:
        # A vice president is not *the president*.
        return False
    if title.endswith(" " + described) or described.endswith(" " + title):
        return True
    if described in ("leader", "ruler"):
        return title in lexicon.leader_roles
    return described == "official" and lexicon.roles.get(title) in ("holdsOffice", "speaksFor", "leads")
