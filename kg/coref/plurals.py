"""Plural descriptions of what was named: *two countries, Chad and Niger*, *both sides*, *the pair*, *the two leaders*."""

from __future__ import annotations

from kg.control import subject
from kg.coref.clusters import Clusters
from kg.coref.pointers import resolve_two
from kg.model import EntityType
from kg.syntax import children, conjuncts, preposition


def named_apart(known: Clusters, number: int) -> tuple[int, ...] | None:
    """*Two countries, Chad and Niger*: those that are named right behind."""
    candidate = known.candidates[number]
    names = [t for first in children(known.doc[candidate.head], "appos") for t in conjuncts(first)]
    if not candidate.plural or len(names) < 2:
        return None
    numbers = [known.at.get(t.i) for t in names]
    entities = [known.entity[n] for n in numbers if n is not None and known.candidates[n].kind == "name"]
    fit = candidate.type not in ("Item", "Event") and all(n is not None for n in numbers)
    return tuple(e for e in entities if e is not None) if fit and len(entities) == len(names) else None


def plural_description(known: Clusters, number: int) -> tuple[int, ...] | None:
    """*the two countries*, *both sides*, *the two leaders*: the entities coordinated or named last."""
    candidate = known.candidates[number]
    head = known.doc[candidate.head]
    if head.lemma_.lower() in known.words.lexicon.pairs and candidate.definite:
        # *The pair of shoes* is none, *accused the pair of treason* is.
        counted = any(c.tag_ in ("NNS", "NNPS") for c in children(head, "nmod"))
        return None if counted else resolve_two(known, number)
    if head.lemma_.lower() not in known.words.lexicon.plural_descriptions or not candidate.plural or candidate.country:
        return None
    marks = {t.lower_ for t in head.children if t.i < head.i}
    if not (marks & {"two", "both"} or (candidate.definite and head.lemma_ in ("country", "side", "party"))):
        return None
    if any(c.dep_ in ("acl:relcl", "acl") or (c.dep_ == "nmod" and preposition(c) == "of") for c in head.children):
        return None
    noun = known.words.lexicon.nouns.get(head.lemma_.lower())
    wanted: frozenset[EntityType] = frozenset(("Country", "Organization", "Group"))
    if noun is not None and noun.type in ("Person", "Country"):
        wanted = frozenset((noun.type,))
    elif head.lemma_ in ("government", "capital"):
        wanted = frozenset(("Country",))
    gender = known.words.lexicon.genders.get(head.lemma_.lower())
    again = _two_again(known, number, wanted)
    if again is not None:
        return again
    found: list[int] = []
    doer = subject(head.head) if head.dep_ in ("obj", "iobj", "obl") else None
    apart = known.entity_at(doer) if doer is not None else None
    for entity in known.before(number, wanted):
        if entity not in found and entity != apart:
            found.append(entity)
        if len(found) == 2:
            return tuple(reversed(found)) if all(_is_of(known, e, gender) for e in found) else None
    return None


def _is_of(known: Clusters, entity: int, gender: str | None) -> bool:
    """Whether nothing tells that somebody is of another gender than a noun says (*the two women*)."""
    told = {c.gender for c in known.mentions(entity) if c.gender}
    return gender is None or not told or gender in told


def _two_again(known: Clusters, number: int, wanted: frozenset[EntityType]) -> tuple[int, ...] | None:
    """The two that another plural in the sentence before stood for (*the presidents of Chile and Peru* … *the two
    leaders*)."""
    sentence = known.sentence[known.candidates[number].head]
    for other in range(number - 1, -1, -1):
        if sentence - known.sentence[known.candidates[other].head] > 1:
            return None
        pair = known.members.get(other, ())
        if len(pair) == 2 and all(_is_one_of(known, entity, wanted) for entity in pair):
            return pair
    return None


def _is_one_of(known: Clusters, entity: int, wanted: frozenset[EntityType]) -> bool:
    return known.first[entity].type in wanted or ("Person" in wanted and entity in known.offices)
