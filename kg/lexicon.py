"""The lexicon: words that report speech, change factuality, name actors and offices, as its Turtle lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Lexicon:
    """Word lists by use. Words are lemmas; entries of several words are joined by a space."""

    speech: frozenset[str]
    beliefs: frozenset[str]
    attitudes: frozenset[str]
    attitude_nouns: frozenset[str]
    addressing: frozenset[str]
    speech_prepositions: frozenset[str]
    echoes: frozenset[str]
    continuing: frozenset[str]
    hearsay: frozenset[str]
    sources: frozenset[str]
    denials: frozenset[str]
    effects: Mapping[str, tuple[Effect, ...]]
    adjectives: Mapping[str, Effect]
    infinitives: Mapping[str, Effect]
    clausal: frozenset[str]
    enabling: frozenset[str]
    staging: frozenset[str]
    adverbs: Mapping[str, Effect]
    modals: Mapping[str, Effect]
    approximators: frozenset[str]
    hosting: frozenset[str]
    motion: frozenset[str]
    negators: frozenset[str]
    conditionals: frozenset[str]
    negative_raising: frozenset[str]
    committing: frozenset[str]
    transparent: frozenset[str]
    support_verbs: frozenset[str]
    occurrence: frozenset[str]
    speaking_terms: frozenset[str]
    other_domains: frozenset[str]
    transfer_verbs: frozenset[str]
    nouns: Mapping[str, NounType]
    name_words: Mapping[str, NounType]
    roles: Mapping[str, str]
    honorifics: frozenset[str]
    name_titles: frozenset[str]
    genders: Mapping[str, str]
    given_names: Mapping[str, str]
    former: frozenset[str]
    incumbent: frozenset[str]
    deputies: frozenset[str]
    wholes: frozenset[str]
    envoys: frozenset[str]
    elected: frozenset[str]
    retainers: frozenset[str]
    ministers: frozenset[str]
    parents: frozenset[str]
    copular: frozenset[str]
    installing: frozenset[str]
    assuming: frozenset[str]
    leaving: frozenset[str]
    lasting: frozenset[str]
    placing: frozenset[str]
    holdings: frozenset[str]
    casualties: frozenset[str]
    counts: frozenset[str]
    city_offices: frozenset[str]
    kinship: frozenset[str]
    stances: Mapping[str, str]
    capital_nouns: frozenset[str]
    part_nouns: frozenset[str]
    territories: frozenset[str]
    settlements: frozenset[str]
    seated: frozenset[str]
    quantities: frozenset[str]
    vague: frozenset[str]
    summoning: frozenset[str]
    currencies: frozenset[str]
    generic_bodies: frozenset[str]
    utterances: frozenset[str]
    connectives: frozenset[str]
    creation: frozenset[str]
    quantifying: frozenset[str]
    introducing: frozenset[str]
    military: frozenset[str]
    state_servants: frozenset[str]
    homelands: frozenset[str]
    targets: frozenset[str]
    instruments: frozenset[str]
    armed: frozenset[str]
    assaults: frozenset[str]
    explosions: frozenset[str]
    counterparts: frozenset[str]
    hypernyms: Mapping[str, Hypernym]
    generic_roles: frozenset[str]
    leader_roles: frozenset[str]
    company_forms: frozenset[str]
    plural_descriptions: frozenset[str]
    pairs: frozenset[str]
    abbreviations: frozenset[str]
    final_abbreviations: frozenset[str]
    sentence_starters: frozenset[str]


def load_lexicon(data: DataFiles) -> Lexicon:
    """Collect the word lists of the data files."""

    def words(name: str) -> frozenset[str]:
        return frozenset(_words(data.of_class(name)))

    return Lexicon(
        speech=words("SpeechCue"),
        beliefs=words("BeliefCue"),
        attitudes=words("AttitudeVerb"),
        attitude_nouns=words("AttitudeNoun"),
        addressing=words("AddressingVerb"),
        speech_prepositions=words("SpeechPreposition"),
        echoes=words("EchoVerb"),
        continuing=words("ContinuingVerb"),
        hearsay=words("HearsayNoun"),
        sources=words("SourceNoun"),
        denials=words("DenialCue"),
        effects=_effects(data),
        adjectives=_effect_of(data, "FactualityAdjective"),
        infinitives=_effect_of(data, "InfinitiveCue"),
        clausal=words("ClausalCue"),
        enabling=words("EnablingCue"),
        staging=words("StagingVerb"),
        adverbs=_effect_of(data, "FactualityAdverb"),
        modals=_effect_of(data, "ModalVerb"),
        approximators=words("Approximator"),
        hosting=words("HostingVerb"),
        motion=words("MotionVerb"),
        negators=words("Negator"),
        conditionals=words("Conditional"),
        negative_raising=words("NegativeRaising"),
        committing=words("CommittingVerb"),
        transparent=words("TransparentCue"),
        support_verbs=words("SupportVerb"),
        occurrence=words("OccurrenceVerb"),
        speaking_terms=words("SpeakingTerm"),
        other_domains=words("OtherDomain"),
        transfer_verbs=words("TransferVerb"),
        nouns=_noun_types(data, "HeadNoun"),
        name_words=_noun_types(data, "NameWord"),
        roles=_relations(data, "RoleNoun"),
        honorifics=words("Honorific"),
        name_titles=words("NameTitle"),
        genders=_genders(data, "GenderCue"),
        given_names=_genders(data, "GivenName"),
        former=words("FormerCue"),
        incumbent=words("IncumbencyWord"),
        deputies=words("DeputyWord"),
        wholes=words("WholeNoun"),
        envoys=words("EnvoyNoun"),
        elected=words("ElectedNoun"),
        retainers=words("RetainerNoun"),
        ministers=words("MinisterNoun"),
        parents=words("ParentNoun"),
        copular=words("CopularVerb"),
        installing=words("InstallingVerb"),
        assuming=words("AssumingVerb"),
        leaving=words("LeavingVerb"),
        lasting=words("LastingVerb"),
        placing=words("PlacingParticiple"),
        holdings=words("HoldingNoun"),
        casualties=words("CasualtyVerb"),
        counts=words("CountNoun"),
        city_offices=words("CityOffice"),
        kinship=words("KinshipNoun"),
        stances=_relations(data, "StanceNoun"),
        capital_nouns=words("CapitalNoun"),
        part_nouns=words("PartNoun"),
        territories=words("TerritoryNoun"),
        settlements=words("SettlementNoun"),
        seated=words("SeatedWord"),
        quantities=words("QuantityNoun"),
        vague=words("VagueNoun"),
        summoning=words("SummoningVerb"),
        currencies=words("CurrencyNoun"),
        generic_bodies=words("GenericBody"),
        utterances=words("UtteranceNoun"),
        connectives=words("ConnectivePhrase"),
        creation=words("CreationVerb"),
        quantifying=words("QuantifyingAdjective"),
        introducing=words("Introducer"),
        military=words("MilitaryAsset"),
        state_servants=words("StateServant"),
        homelands=words("HomelandNoun"),
        targets=words("MilitaryAsset") | words("Target"),
        instruments=words("MilitaryAsset") | words("Instrument"),
        armed=words("ArmedNoun"),
        assaults=words("AssaultNoun"),
        explosions=words("Explosion"),
        counterparts=words("CounterpartNoun"),
        hypernyms=_hypernyms(data),
        generic_roles=words("GenericRole"),
        leader_roles=words("LeaderRole"),
        company_forms=words("CompanyForm") | words("CompanyTail"),
        plural_descriptions=words("PluralDescription"),
        pairs=words("PairNoun"),
        abbreviations=words("Abbreviation"),
        final_abbreviations=words("FinalAbbreviation"),
        sentence_starters=words("SentenceStarter"),
    )


def _words(entries: Iterable[Entry]) -> Iterable[str]:
    for entry in entries:
        yield from entry.words(KG + "words")


def _effect(entry: Entry) -> Effect:
    polarity, modality = entry.one(KG + "polarity"), entry.one(KG + "modality")
    return Effect(
        cast(Polarity, local_name(polarity).lower()) if polarity else None,
        cast(Modality, local_name(modality).lower()) if modality else None,
    )


def _effects(data: DataFiles) -> dict[str, tuple[Effect, ...]]:
    found: dict[str, tuple[Effect, ...]] = {}
    for entry in [*data.of_class("FactualityCue"), *data.of_class("FactualityAdjective")]:
        for word in entry.words(KG + "words"):
            found[word] = (*found.get(word, ()), _effect(entry))
    return found


def _effect_of(data: DataFiles, name: str) -> dict[str, Effect]:
    return {word: _effect(entry) for entry in data.of_class(name) for word in entry.words(KG + "words")}


def _noun_types(data: DataFiles, name: str) -> dict[str, NounType]:
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


def _hypernyms(data: DataFiles) -> dict[str, Hypernym]:
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


def _genders(data: DataFiles, class_: str) -> dict[str, str]:
    return {
        word: entry.one(KG + "gender") or "" for entry in data.of_class(class_) for word in entry.words(KG + "words")
    }


def _relations(data: DataFiles, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in data.of_class(name):
        for word in entry.words(KG + "words"):
            found.setdefault(word, local_name(entry.one(KG + "relation") or ""))
    return found
