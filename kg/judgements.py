"""Judgements on a clause: adjectives that say whether it is so, nouns that tell it, cleft sentences."""

from __future__ import annotations

from spacy.tokens import Token

from kg.effects import KNOWN, TRUE, apply_effect
from kg.lexicon import Lexicon
from kg.markers import Reading, is_negated, negator_of, own_modals
from kg.reporting import judge_of, owner_of
from kg.syntax import SUBJECTS, children


def judges(governor: Token) -> bool:
    return governor.pos_ in ("ADJ", "NOUN") and bool(children(governor, "cop"))


def judged(governor: Token, reading: Reading, lexicon: Lexicon) -> bool:
    """*It is (not) true, likely, clear that …*."""
    lemma = governor.lemma_.lower()
    effects = lexicon.effects.get(lemma, ())
    for effect in effects:
        apply_effect(effect, governor, reading, lexicon)
    negator = negator_of(governor, lexicon)
    if negator is not None and lemma in KNOWN:
        reading.weaken("possible", governor)
    elif negator is not None and (effects or lemma in TRUE):
        reading.negate(negator)
    own_modals(governor, reading, lexicon)
    return False


def is_told(current: Token, noun: Token, lexicon: Lexicon) -> bool:
    """Whether a clause is what a noun of speech tells: *reports that …*."""
    return (noun.lemma_ in lexicon.speech or noun.lemma_ in lexicon.denials) and any(
        m.lower_ == "that" for m in children(current, "mark")
    )


def no_before(clause: Token, noun: Token) -> Token | None:
    """The *no* or *little* of a noun with a clause of what it is about (*no evidence that …*), None if there is none."""
    if noun.pos_ != "NOUN" or not any(m.lower_ == "that" for m in children(clause, "mark")):
        return None
    return next((c for c in children(noun, "det", "amod") if c.lower_ in ("no", "little")), None)


def without_evidence(no: Token, noun: Token, reading: Reading, lexicon: Lexicon) -> bool:
    """No doubt that it is so: it is; no chance that it is: it isn't; no evidence that it is: nobody knows."""
    effects = lexicon.effects.get(noun.lemma_.lower(), ())
    if noun.lemma_ in ("doubt", "question"):
        return False
    for effect in effects:
        apply_effect(effect, noun, reading, lexicon)
    if effects:
        reading.negate(no)
    else:
        reading.weaken("possible", no)
    return False


def told_by_noun(noun: Token, reading: Reading, lexicon: Lexicon) -> bool:
    """What a report tells is so as it says: whoever is named for it claims it, even if others deny it; what nobody is
    named for is false if somebody denies it, so if somebody confirms it, and else hearsay."""
    for effect in lexicon.effects.get(noun.lemma_.lower(), ()):
        apply_effect(effect, noun, reading, lexicon)
    denied = noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_ in lexicon.denials
    owner = owner_of(noun)
    if noun.lemma_ in lexicon.denials or (denied and owner is None and not is_negated(noun.head, lexicon)):
        reading.negate(noun.head if denied else noun)
    elif owner is None and noun.lemma_ in lexicon.hearsay and not _is_settled(noun, lexicon):
        reading.weaken("possible", noun)
    return False


def _is_settled(noun: Token, lexicon: Lexicon) -> bool:
    """Whether somebody confirms what a noun tells, or it is said to be true or false."""
    lemma = noun.head.lemma_.lower()
    judged = noun.dep_ in SUBJECTS and judges(noun.head) and (lemma in TRUE or lemma in lexicon.effects)
    return judged or judge_of(noun, lexicon) is not None
