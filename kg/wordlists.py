"""Word lists as the data files hold them: lemmas, with what a list says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, cast

from kg.datafiles import DataFiles, Entry, local_name
from kg.model import EntityType, Modality, Polarity, Subtype
from kg.vocabulary import KG


class NounType(NamedTuple):
    """What a noun, or a word inside a name, says of the type of what it names."""

    type: EntityType
    subtype: Subtype | None


class Effect(NamedTuple):
    """What a governing word does to the factuality of what it governs."""

    polarity: Polarity | None
    modality: Modality | None


class Hypernym(NamedTuple):
    """What a general noun may take up again: what was called by one of `words`, or is an organisation of one of
    `subtypes`; with `identifies` also a name of which nothing of the kind was said before, with `anybody` whoever it
    is."""

    words: frozenset[str]
    subtypes: frozenset[str]
    identifies: bool
    anybody: bool


def words_of(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        yield from entry.words(KG + "words")


def _effect(entry: Entry) -> Effect:
    polarity, modality = entry.one(KG + "polarity"), entry.one(KG + "modality")
    return Effect(
        cast(Polarity, local_name(polarity).lower()) if polarity else None,
        cast(Modality, local_name(modality).lower()) if modality else None,
    )


def effects_by_word(data: DataFiles) -> dict[str, tuple[Effect, ...]]:
    found: dict[str, tuple[Effect, ...]] = {}
    for entry in [*data.of_class("FactualityCue"), *data.of_class("FactualityAdjective")]:
        for word in entry.words(KG + "words"):
            found[word] = (*found.get(word, ()), _effect(entry))
    return found


def effect_of(data: DataFiles, name: str) -> dict[str, Effect]:
    return {word: _effect(entry) for entry in data.of_class(name) for word in entry.words(KG + "words")}


def noun_types(data: DataFiles, name: str) -> dict[str, NounType]:
    found: dict[str, NounType] = {}
    for entry in data.of_class(name):
        type_, subtype = entry.one(KG + "type"), entry.one(KG + "subtype")
        noun = NounType(
            cast(EntityType, local_name(type_ or "Item")), cast(Subtype, local_name(subtype)) if subtype else None
        )
        for word in entry.words(KG + "words"):
            # The more special list wins where a word stands in two.
            if word not in found or noun.subtype:
                found[word] = noun
    return found


def hypernyms(data: DataFiles) -> dict[str, Hypernym]:
    found: dict[str, Hypernym] = {}
    for entry in data.of_class("Hypernym"):
        general = entry.words(KG + "general")
        taken = Hypernym(
            frozenset((*general, *entry.words(KG + "words"))),
            frozenset(local_name(subtype) for subtype in entry.all(KG + "subtype")),
            identifies=entry.one(KG + "identifies") == "true",
            anybody=entry.one(KG + "anybody") == "true",
        )
        found.update(dict.fromkeys(general, taken))
    return found


def genders(data: DataFiles, class_: str) -> dict[str, str]:
    return {
        word: entry.one(KG + "gender") or "" for entry in data.of_class(class_) for word in entry.words(KG + "words")
    }


def relations(data: DataFiles, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in data.of_class(name):
        for word in entry.words(KG + "words"):
            found.setdefault(word, local_name(entry.one(KG + "relation") or ""))
    return found


def bodies(data: DataFiles, name: str) -> dict[str, str]:
    """Words of lists that name a body, with its id."""
    entries = [(entry, body) for entry in data.of_class(name) if (body := entry.one(KG + "body")) is not None]
    return {word: local_name(body) for entry, body in entries for word in entry.words(KG + "words")}
