"""Judging: whether two articles' entities are one thing, and the keys of which two must share one to be compared.

A judgement looks at nothing but the two entities, so that it depends on no order. Every yes says why.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.gazetteer import Gazetteer
from kg.model import Entity, EntityType
from kg.naming import initials, name_key
from kg.spelling import consonants, is_acronym, person_words, same_full_person, same_person, skeleton

# Things that are one kind of thing wherever they are spoken of: drones are drones.
CONCEPTS: frozenset[EntityType] = frozenset(("Item", "Event", "Agreement"))
SMALL_WORDS = frozenset({"the", "and", "&", "of", "for", "de"})
MINISTRIES = frozenset({"ministry", "department"})
ONE_SHORT = frozenset({"initial", "acronym", "surname"})
# Initials of three letters and more are rarely shared by chance.
SHORTEST_ACRONYM = 3


# --- Blocking ----------------------------------------------------------------------------------------


def blocking_keys(entity: Entity, gazetteer: Gazetteer) -> Iterator[tuple[str, ...]]:
    """Keys of which two entities must share one to be compared. For keys that start with one of `ONE_SHORT` only pairs
    are compared of which one is told by less (*W. Burns*, *Burns*, *USIP*): all the Mohammeds of a country would be too
    many pairs."""
    if entity.gazetteer:
        yield ("gazetteer", entity.gazetteer)
    if not entity.named:
        # A description is the same across articles only as a kind of thing, or as a group of a known country.
        if entity.type in CONCEPTS:
            yield ("concept", name_key(entity.label))
        elif entity.type in ("Group", "Organization") and entity.country:
            yield ("description", entity.country, name_key(entity.label))
        return
    if entity.type == "Person":
        yield from _person_keys(entity)
        return
    for name in (entity.label, *entity.aliases):
        yield ("name", canonical(name, entity.country, gazetteer))
    if entity.type == "Organization":
        yield from (("acronym", a) for a in _acronyms(entity))


def _person_keys(entity: Entity) -> Iterator[tuple[str, ...]]:
    """The consonants of the first or last word with the beginning of another; a lone surname with its country."""
    words = person_words(entity.label)
    if not words:
        return
    if entity.country:
        for word in {words[0], words[-1]} if len(words) > 1 else set(words):
            yield ("surname", entity.country, consonants(word))
        if len(words) > 1:
            yield ("first", entity.country, consonants(words[0]), _beginning(words[-1]))
            yield ("front", entity.country, *words[:2])
    if len(words) > 1:
        yield ("whole", "".join(words))
        yield ("whole", " ".join(sorted(words)))
    for word in words[:-1]:
        yield ("person", consonants(words[-1]), _beginning(word))
        yield ("initial", consonants(words[-1]), skeleton(word)[:1])


def _beginning(word: str) -> str:
    """The first two consonants of a word, a vowel before them as one letter: *Ebrahim* and *Ibrahim* share it."""
    vowel = "a" if skeleton(word)[:1] in "aiuy" else ""
    return vowel + consonants(word)[:2]


def is_short(entity: Entity) -> bool:
    """Whether an entity is told by little: a person of *W. Burns* or *Burns*, a body of nothing but *USIP*."""
    if entity.type == "Organization":
        return all(_is_acronym(name) for name in (entity.label, *entity.aliases))
    return has_initials(entity) or (entity.type == "Person" and len(person_words(entity.label)) == 1)


def has_initials(entity: Entity) -> bool:
    """Whether a person's first name or another but the last is told by an initial."""
    return entity.type == "Person" and any(len(word) == 1 for word in person_words(entity.label)[:-1])


def _acronyms(entity: Entity) -> Iterator[str]:
    for name in (entity.label, *entity.aliases):
        compact = name.replace(".", "")
        if _is_acronym(name) and len(compact) >= SHORTEST_ACRONYM:
            yield compact
        elif " " in name and len(initials(name)) >= SHORTEST_ACRONYM:
            yield initials(name)


def _is_acronym(name: str) -> bool:
    compact = name.replace(".", "")
    return compact.isupper() and 2 <= len(compact) <= 8 and " " not in compact


# --- Names as keys -----------------------------------------------------------------------------------


def canonical(name: str, country: str | None, gazetteer: Gazetteer) -> str:
    """A name's key with countries' names and adjectives as their codes, without legal forms, its words in one
    spelling, and ministries by their field, so that *American* and *US Institute of Peace* agree, *Calder & Pryce LLC*
    and *Calder and Pryce*, *Defence Ministry* and *Ministry of Defense*."""
    words = [gazetteer.spellings.get(word, word) for word in name_key(name).split() if word not in SMALL_WORDS]
    while len(words) > 1 and words[-1].strip(".") in gazetteer.legal_forms:
        words.pop()
    if len(words) < 2:
        return " ".join(words)
    joined = " ".join(words)
    for phrase, code in (("united states", "USA"), ("united kingdom", "GBR")):
        joined = joined.replace(phrase, code)
    words = [gazetteer.codes.get(word, word) for word in joined.split()]
    if MINISTRIES & set(words):
        words = sorted(word for word in words if word not in ("affairs", country))
    return " ".join(words)


def is_generic(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is made of words that bodies of many states and cities share (*Supreme Court*)."""
    words = [word for word in name_key(name).split() if word not in SMALL_WORDS]
    return bool(words) and all(gazetteer.spellings.get(word, word) in gazetteer.generic_words for word in words)


# --- Judging -----------------------------------------------------------------------------------------


def judge(left: Entity, right: Entity, gazetteer: Gazetteer) -> str | None:
    """Why two entities of different articles are the same; None if they are not, or nothing shows it."""
    if left.gazetteer and left.gazetteer == right.gazetteer and left.type == right.type:
        return (
            f"both are the gazetteer's {gazetteer.entries[left.gazetteer].label!r}"
            if (left.gazetteer in gazetteer.entries)
            else "same entry of the gazetteer"
        )
    if (left.gazetteer and right.gazetteer) or left.named != right.named:
        return None
    if not left.named:
        same = left.type == right.type and name_key(left.label) == name_key(right.label)
        return f"both are {left.label!r}" if same else None
    if left.country and right.country and left.country != right.country:
        return None
    if {left.type, right.type} == {"Person"}:
        return _judge_persons(left, right)
    if left.type != right.type and "Person" in (left.type, right.type):
        return None
    return _judge_names(left, right, gazetteer)


def _judge_persons(left: Entity, right: Entity) -> str | None:
    """Full names that agree; a lone surname only with a country in common."""
    anchored = left.country is not None and left.country == right.country
    if same_full_person(left.label, right.label):
        if (has_initials(left) or has_initials(right)) and not (anchored or _middle_only(left, right)):
            return None
        return f"the names {_pair(left.label, right.label)} agree"
    short, long = sorted((person_words(e.label) for e in (left, right)), key=len)
    if anchored and len(short) > 1 and long[: len(short)] == short:
        # Second surnames, fathers' and grandfathers' names come and go (*Abiy Ahmed Ali*).
        return f"the names {_pair(left.label, right.label)} begin alike and the country {left.country} agrees"
    if len(short) == 1 and anchored and same_person(left.label, right.label):
        return f"the names {_pair(left.label, right.label)} and the country {left.country} agree"
    return None


def _middle_only(left: Entity, right: Entity) -> bool:
    """Whether initials stand only where both have other words that agree: *Donald J. Trump*, not *D. Trump*."""
    ours, theirs = (set(person_words(e.label)[:-1]) for e in (left, right))
    return any(len(word) > 1 for word in ours & theirs) or left.label == right.label


def _judge_names(left: Entity, right: Entity, gazetteer: Gazetteer) -> str | None:
    compatible = left.type == right.type or {left.type, right.type} <= {"Organization", "Place"}
    if not compatible:
        return None
    ours, theirs = (_keys(entity, gazetteer) for entity in (left, right))
    shared = sorted(set(ours) & set(theirs), key=lambda k: (-len(k), k))
    for key in shared:
        if _tells(key, ours, theirs, left, right, gazetteer):
            return f"the names {_pair(ours[key], theirs[key])} agree"
    if left.type == right.type == "Organization" and is_short(left) != is_short(right):
        short, long = (ours, theirs) if is_short(left) else (theirs, ours)
        for a in short.values():
            for b in long.values():
                if _initials_tell(a, b):
                    return f"{a!r} are the initials of {b!r}"
    return None


def _keys(entity: Entity, gazetteer: Gazetteer) -> dict[str, str]:
    return {canonical(n, entity.country, gazetteer): n for n in (entity.label, *entity.aliases)}


def _tells(
    key: str, ours: dict[str, str], theirs: dict[str, str], left: Entity, right: Entity, gazetteer: Gazetteer
) -> bool:
    """Whether a shared name shows that two are one: not initials where the full names differ, and not a name that any
    state's body could have unless the country is the same."""
    if _is_acronym(ours[key]):
        full = [{k for k, name in keys.items() if not _is_acronym(name)} for keys in (ours, theirs)]
        if all(full) and not full[0] & full[1]:
            return False
    if is_generic(ours[key], gazetteer):
        return left.country is not None and left.country == right.country
    return True


def _initials_tell(short: str, long: str) -> bool:
    return len(short.replace(".", "")) >= SHORTEST_ACRONYM and is_acronym(short, long)


def _pair(a: str, b: str) -> str:
    first, second = sorted((a, b))
    return repr(first) if first == second else f"{first!r} and {second!r}"
