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


def verdict_of(predicate: Token) -> Token | None:
    """The adjective or noun by which a predicate judges its subject: *is **absurd***, *proved **false***, *turned out to be
    **false***; None where it judges nothing."""
    if judges(predicate):
        return predicate
    shown = children(predicate, "xcomp") if predicate.lemma_ in ("prove", "turn") else []
    return next((c for c in shown if c.pos_ == "ADJ"), None)


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


def judge_apart(clause: Token, governor: Token) -> Token | None:
    """The adjective that judges a clause over a verb of seeming (*what seems certain is that …*, *it seems likely
    that …*); None if none does."""
    if clause.dep_ not in ("ccomp", "csubj", "advcl", "xcomp"):
        return None
    if governor.pos_ == "ADJ":
        return (
            governor if governor.dep_ == "xcomp" and any(m.lower_ == "that" for m in children(clause, "mark")) else None
        )
    what = [c for c in governor.children if c.dep_ in SUBJECTS and c.lower_ == "what" and c.i < governor.i]
    found = [c for c in children(governor, "xcomp") if c.pos_ == "ADJ" and c.i < clause.i]
    return found[0] if what and found and children(clause, "cop") else None


def asks_after(clause: Token) -> bool:
    """Whether a clause asks why, how, when or where something took place, which it did (*nobody knows why he left*)."""
    finite = clause.tag_ in ("VBD", "VBZ", "VBP") or bool(children(clause, "aux", "aux:pass"))
    opens = any(c.tag_ == "WRB" and c.i < clause.i for c in children(clause, "advmod"))
    return clause.dep_ in ("ccomp", "csubj", "csubj:pass") and opens and finite and not children(clause, "mark")


def is_announced(noun: Token, verb: Token, lexicon: Lexicon) -> bool:
    """*Announced fresh protests*, *talks were announced*: they are to come."""
    told = verb.lemma_ in lexicon.announcing and noun.dep_ in ("obj", "nsubj:pass") and verb.pos_ == "VERB"
    return told and noun.lemma_.lower() in lexicon.scheduled and not children(verb, "compound:prt")


def is_definite(noun: Token) -> bool:
    """*The attack*, *his attack*, *last year's attack*."""
    return any(c.lower_ in ("the", "this", "that", "these", "those") for c in children(noun, "det")) or bool(
        children(noun, "nmod:poss")
    )


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
