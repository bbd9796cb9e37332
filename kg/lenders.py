"""Verbs that lend a noun of an event their subject, and what else tells who does it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.control import subject
from kg.lexicon import Lexicon
from kg.markers import is_negated
from kg.syntax import (
    SUBJECTS,
    children,
    is_passive,
    particle,
    preposition,
)

# Prepositions before why or when something is done: what stands behind them is another's.
REASONS = frozenset(
    {"over", "after", "about", "despite", "during", "amid", "since", "against", "by", "at", "from", "following"}
)


# Prepositions before what somebody is done with or in the middle of.
ROUND = frozenset({"after", "during", "following"})


# Prepositions that tell where a thing is rather than who takes part.
PLACING = frozenset({"in", "at", "near", "across", "along", "inside", "outside", "off", "around"})


def support_verb(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb that lends an event noun its subject (*hold talks*, *launched an attack*), None if there is none."""
    verb = noun.head
    reason = noun.dep_ == "obl" and preposition(noun) in REASONS
    if (
        noun.dep_ in ("obj", "obl", "nsubj:pass")
        and not reason
        and verb.pos_ == "VERB"
        and lends_subject(verb, lexicon)
    ):
        return None if is_reported(noun, lexicon) else verb
    claimant = responsible(noun, lexicon)
    if claimant is not None:
        return claimant
    measured = noun.dep_ == "nmod" and preposition(noun) == "of"
    if noun.dep_ == "conj" or (measured and noun.head.lemma_.lower() in lexicon.quantities | lexicon.vague):
        # A round *of talks*, two days *of talks*.
        return support_verb(noun.head, lexicon)
    return verb if goes_for(noun, lexicon) else None


def responsible(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb by whose subject a deed is said to be his own or not (*claimed responsibility for **the attack***, *claimed
    **an attack***)."""
    verb = noun.head
    if noun.dep_ == "obj" and noun.lemma_ in lexicon.assaults and verb.lemma_ in lexicon.claiming:
        return None if is_negated(verb, lexicon) else verb
    if noun.dep_ not in ("nmod", "obl") or preposition(noun) != "for":
        return None
    owned = [noun.head] if noun.dep_ == "nmod" else children(noun.head, "obj")
    for word in owned:
        verb = word.head
        claimed = word.dep_ == "obj" and word.lemma_ in lexicon.responsibility and verb.lemma_ in lexicon.owning_up
        nobody = any(c.lower_ in lexicon.negators for own in children(verb, *SUBJECTS) for c in children(own, "det"))
        if claimed and not nobody and not is_negated(verb, lexicon):
            return verb
    return None


def after_or_during(noun: Token) -> Iterator[Token]:
    """Whose a meeting or visit is that something is done after or during (*After talks with Putin **Macron** said …*)."""
    if noun.pos_ != "NOUN" or children(noun, "nmod:poss"):
        return
    phrase = noun
    while phrase.dep_ in ("nmod", "obl") and preposition(phrase) in ROUND and phrase.head.pos_ == "NOUN":
        phrase = phrase.head
    verb = phrase.head
    if phrase.dep_ == "obl" and preposition(phrase) in ROUND and verb.pos_ == "VERB" and not is_passive(verb):
        # Said *the plan had failed after a meeting with him*: the plan met nobody, the speaker did.
        clauses = [verb, verb.head] if verb.dep_ == "ccomp" else [verb]
        yield from (own for clause in clauses if (own := subject(clause)) is not None)


def goes_for(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun tells what somebody goes or is somewhere for (*flew to Oslo for talks*, *is in Oslo for talks*)."""
    if noun.dep_ not in ("obl", "nmod") or preposition(noun) != "for":
        return False
    # Headlines leave the copula out.
    is_there = children(noun.head, "cop") or (noun.head.dep_ == "ROOT" and children(noun.head, "nsubj"))
    there = noun.head.pos_ in ("PROPN", "NOUN") and is_there and preposition(noun.head) in PLACING
    return noun.head.lemma_ in lexicon.motion or bool(there)


def lends_subject(verb: Token, lexicon: Lexicon) -> bool:
    found = particle(verb)
    return (f"{verb.lemma_} {found}" if found else verb.lemma_) in lexicon.support_verbs


def is_reported(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is what a spokesman or a website announces: others take part in it."""
    verb = noun.head
    found = subject(verb) if verb.lemma_ in lexicon.speech and verb.pos_ == "VERB" else None
    return found is not None and (found.lemma_ in lexicon.sources or lexicon.roles.get(found.lemma_) == "speaksFor")
