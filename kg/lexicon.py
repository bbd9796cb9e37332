"""The lexicon: words that report speech, change factuality, name actors and offices, as its Turtle lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.datafiles import DataFiles
from kg.wordlists import (
    Effect,
    Hypernym,
    NounType,
    bodies,
    effect_of,
    effects_by_word,
    genders,
    hypernyms,
    noun_types,
    relations,
    words_of,
)

__all__ = ["Effect", "Hypernym", "Lexicon", "NounType", "load_lexicon"]


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
    executed: frozenset[str]
    enabling: frozenset[str]
    staging: frozenset[str]
    presupposing: frozenset[str]
    scheduled: frozenset[str]
    announcing: frozenset[str]
    occasions: frozenset[str]
    seizing: frozenset[str]
    quarrels: frozenset[str]
    pausing: frozenset[str]
    using: frozenset[str]
    measures: frozenset[str]
    adverbs: Mapping[str, Effect]
    modals: Mapping[str, Effect]
    approximators: frozenset[str]
    hosting: frozenset[str]
    instances: frozenset[str]
    responsibility: frozenset[str]
    owning_up: frozenset[str]
    claiming: frozenset[str]
    bargaining: frozenset[str]
    motion: frozenset[str]
    negators: frozenset[str]
    conditionals: frozenset[str]
    negative_raising: frozenset[str]
    committing: frozenset[str]
    transparent: frozenset[str]
    support_verbs: frozenset[str]
    occurrence: frozenset[str]
    gathering: frozenset[str]
    benefiting: frozenset[str]
    voted: frozenset[str]
    easing: frozenset[str]
    leaving_lands: frozenset[str]
    allowing: frozenset[str]
    scheduling: frozenset[str]
    voicing: frozenset[str]
    speaking_terms: frozenset[str]
    other_domains: frozenset[str]
    fictions: frozenset[str]
    narration: frozenset[str]
    transfer_verbs: frozenset[str]
    particle_verbs: frozenset[str]
    deeds: frozenset[str]
    nouns: Mapping[str, NounType]
    name_words: Mapping[str, NounType]
    common: frozenset[str]
    roles: Mapping[str, str]
    role_bodies: Mapping[str, str]
    governments: frozenset[str]
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
    dismissing: frozenset[str]
    assuming: frozenset[str]
    leaving: frozenset[str]
    lasting: frozenset[str]
    placing: frozenset[str]
    holdings: frozenset[str]
    naming: frozenset[str]
    bare_predicates: frozenset[str]
    helps: frozenset[str]
    casualties: frozenset[str]
    counts: frozenset[str]
    city_offices: frozenset[str]
    kinship: frozenset[str]
    stances: Mapping[str, str]
    capital_nouns: frozenset[str]
    capital_kinds: frozenset[str]
    part_nouns: frozenset[str]
    territories: frozenset[str]
    settlements: frozenset[str]
    named_lands: frozenset[str]
    seated: frozenset[str]
    institutions: frozenset[str]
    doubtful_bodies: frozenset[str]
    works: frozenset[str]
    quantities: frozenset[str]
    vague: frozenset[str]
    summoning: frozenset[str]
    currencies: frozenset[str]
    generic_bodies: frozenset[str]
    utterances: frozenset[str]
    connectives: frozenset[str]
    creation: frozenset[str]
    harming: frozenset[str]
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
    parties: frozenset[str]
    abbreviations: frozenset[str]
    final_abbreviations: frozenset[str]
    sentence_starters: frozenset[str]


def load_lexicon(data: DataFiles) -> Lexicon:
    """Collect the word lists of the data files."""

    def words(name: str) -> frozenset[str]:
        return frozenset(words_of(data.of_class(name)))

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
        effects=effects_by_word(data),
        adjectives=effect_of(data, "FactualityAdjective"),
        infinitives=effect_of(data, "InfinitiveCue"),
        clausal=words("ClausalCue"),
        executed=words("ExecutedDeed"),
        enabling=words("EnablingCue"),
        staging=words("StagingVerb"),
        presupposing=words("PresupposingVerb"),
        scheduled=words("ScheduledNoun"),
        announcing=words("AnnouncingVerb"),
        occasions=words("OccasionNoun"),
        seizing=words("SeizingVerb"),
        quarrels=words("DisputeNoun"),
        pausing=words("PausingVerb"),
        using=words("UsingVerb"),
        measures=words("MeasureAdverb"),
        adverbs=effect_of(data, "FactualityAdverb"),
        modals=effect_of(data, "ModalVerb"),
        approximators=words("Approximator"),
        hosting=words("HostingVerb"),
        instances=words("InstanceNoun"),
        responsibility=words("ResponsibilityNoun"),
        owning_up=words("ResponsibilityVerb"),
        claiming=words("ClaimingVerb"),
        bargaining=words("BargainingVerb"),
        motion=words("MotionVerb"),
        negators=words("Negator"),
        conditionals=words("Conditional"),
        negative_raising=words("NegativeRaising"),
        committing=words("CommittingVerb"),
        transparent=words("TransparentCue"),
        support_verbs=words("SupportVerb"),
        occurrence=words("OccurrenceVerb"),
        gathering=words("GatheringVerb"),
        benefiting=words("BenefitingVerb"),
        voted=words("VotedVerb"),
        easing=words("EasingVerb"),
        leaving_lands=words("WithdrawalVerb"),
        allowing=words("AllowingVerb"),
        scheduling=words("SchedulingVerb"),
        voicing=words("VoicingVerb"),
        speaking_terms=words("SpeakingTerm"),
        other_domains=words("OtherDomain"),
        fictions=words("FictionNoun"),
        narration=words("NarrationVerb"),
        transfer_verbs=words("TransferVerb"),
        particle_verbs=words("ParticleVerb"),
        deeds=words("PersonalDeed"),
        nouns=noun_types(data, "HeadNoun"),
        name_words=noun_types(data, "NameWord"),
        common=words("WordClass"),
        roles=relations(data, "RoleNoun"),
        role_bodies=bodies(data, "RoleNoun"),
        governments=words("GovernmentNoun"),
        honorifics=words("Honorific"),
        name_titles=words("NameTitle"),
        genders=genders(data, "GenderCue"),
        given_names=genders(data, "GivenName"),
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
        dismissing=words("DismissingVerb"),
        assuming=words("AssumingVerb"),
        leaving=words("LeavingVerb"),
        lasting=words("LastingVerb"),
        placing=words("PlacingParticiple"),
        holdings=words("HoldingNoun"),
        naming=words("NamingVerb"),
        bare_predicates=words("BarePredicate"),
        helps=words("HelpNoun"),
        casualties=words("CasualtyVerb"),
        counts=words("CountNoun"),
        city_offices=words("CityOffice"),
        kinship=words("KinshipNoun"),
        stances=relations(data, "StanceNoun"),
        capital_nouns=words("CapitalNoun"),
        capital_kinds=words("CapitalKind"),
        part_nouns=words("PartNoun"),
        territories=words("TerritoryNoun"),
        settlements=words("SettlementNoun"),
        named_lands=words("NamedLand"),
        seated=words("SeatedWord"),
        institutions=words("InstitutionNoun"),
        doubtful_bodies=words("DoubtfulBody"),
        works=words("WorkWord"),
        quantities=words("QuantityNoun"),
        vague=words("VagueNoun"),
        summoning=words("SummoningVerb"),
        currencies=words("CurrencyNoun"),
        generic_bodies=words("GenericBody"),
        utterances=words("UtteranceNoun"),
        connectives=words("ConnectivePhrase"),
        creation=words("CreationVerb"),
        harming=words("HarmingVerb"),
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
        hypernyms=hypernyms(data),
        generic_roles=words("GenericRole"),
        leader_roles=words("LeaderRole"),
        company_forms=words("CompanyForm") | words("CompanyTail"),
        plural_descriptions=words("PluralDescription"),
        pairs=words("PairNoun"),
        parties=words("PartyNoun"),
        abbreviations=words("Abbreviation"),
        final_abbreviations=words("FinalAbbreviation"),
        sentence_starters=words("SentenceStarter"),
    )
