"""Coreference that a verb decides: what threats and promises depend on, what somebody is helped in."""

from __future__ import annotations

from spacy.tokens import Token

from kg.coref.clusters import Clusters
from kg.coref.salience import HOSTILE, gender_fits, stands_for_government
from kg.evocation import frames_evoked
from kg.mentions import Candidate
from kg.syntax import OBJECTS, SUBJECTS, children, obliques, preposition


def bargained_with(known: Clusters, number: int) -> int | None:
    """Whom somebody threatens, warns or promises something, for the subject of what he makes it depend on (*warned Prague
    of consequences if **it** …*, *vowed to strike Cyprus unless **it** …*)."""
    pronoun = known.doc[known.candidates[number].head]
    clause = pronoun.head
    if pronoun.dep_ not in SUBJECTS or not any(m.lower_ in ("if", "unless") for m in children(clause, "mark")):
        return None
    verbs = [clause.head]
    while verbs[0].lemma_ not in known.words.lexicon.bargaining and verbs[0].dep_ in ("xcomp", "ccomp"):
        verbs.insert(0, verbs[0].head)
    if clause.dep_ != "advcl" or verbs[0].lemma_ not in known.words.lexicon.bargaining:
        return None
    for verb in verbs:
        threatened = [noun for mark, noun in obliques(verb) if mark in ("against", "on", "to")]
        for party in [*children(verb, *OBJECTS), *threatened]:
            at = known.at.get(party.i)
            if at is not None and party.i < pronoun.i and _may_bargain(known, known.candidates[at], number):
                return known.entity[at]
    return None


def helped_in(known: Clusters, number: int) -> int | None:
    """Who is helped, for whose need or fight it is (*helped Angola in **its** war*, *backed Mali in **its** dispute with Niger*)."""
    pronoun = known.doc[known.candidates[number].head]
    noun = pronoun.head
    if pronoun.dep_ != "nmod:poss" or noun.dep_ not in ("obl", "nmod") or preposition(noun) != "in":
        return None
    verbs = [v for v in noun.ancestors if v.pos_ == "VERB"][:1]
    for verb in verbs if verbs and verbs[0].lemma_ in known.words.lexicon.benefiting else []:
        for party in children(verb, *OBJECTS):
            at = known.at.get(party.i)
            if at is not None and party.i < pronoun.i and _may_bargain(known, known.candidates[at], number):
                return known.entity[at]
    return None


def doer_of_both(known: Clusters, number: int) -> int | None:
    """Whose deed a noun tells, for *its* before another of the kind (***Russia's** invasion of Ukraine and **its** annexation
    of Crimea*): either both are hostile or both friendly."""
    pronoun = known.doc[known.candidates[number].head]
    second = pronoun.head
    listed = second.dep_ == "conj" or (second.dep_ == "nmod" and preposition(second) in ("including", "with"))
    first = second.head
    if pronoun.dep_ != "nmod:poss" or not listed or first.pos_ != "NOUN" or second.pos_ != "NOUN":
        return None
    if not _is_hostile(known, first) & _is_hostile(known, second):
        return None
    for owner in children(first, "nmod:poss", "amod"):
        at = known.at.get(owner.i)
        if at is not None and _may_bargain(known, known.candidates[at], number):
            return known.entity[at]
    return None


def _is_hostile(known: Clusters, noun: Token) -> set[bool]:
    """The ways a noun can be meant: of a hostile deed, of a friendly one; none if it names no deed."""
    frames = frames_evoked(noun, known.roles.get(noun.i), known.ontology)
    return {frame.relation.family in HOSTILE for frame in frames}


def _may_bargain(known: Clusters, party: Candidate, number: int) -> bool:
    pronoun = known.candidates[number]
    if party.kind == "pronoun" or party.plural != pronoun.plural:
        return False
    if pronoun.type == "Person":
        return party.type == "Person" and gender_fits(known, party, pronoun)
    governs = party.type == "Place" and party.kind == "name" and stands_for_government(known, party)
    return governs or party.type in ("Country", "Organization", "Group")
