"""What governing words make of what they govern: false, possible, to come, wished for."""

from __future__ import annotations

from spacy.tokens import Token

from kg.lexicon import Effect, Lexicon
from kg.markers import Reading, is_negated
from kg.syntax import children, is_passive, obliques, preposition

# Adjectives that say of a clause that it is so; with a negation it isn't, or nobody knows.
TRUE = frozenset(("true", "right", "correct", "so", "real", "case", "fact"))
KNOWN = frozenset(("clear", "certain", "sure", "known", "obvious", "evident", "confirmed"))


def effects_of(current: Token, governor: Token, lexicon: Lexicon) -> tuple[Effect, ...]:
    if governor.pos_ not in ("VERB", "NOUN", "ADJ", "AUX", "PROPN"):
        return ()
    lemma = governor.lemma_.lower()
    found = lexicon.effects.get(lemma, ()) if governor.pos_ != "ADJ" or lemma not in TRUE else ()
    particle = children(governor, "compound:prt")
    if particle:
        found = lexicon.effects.get(f"{lemma} {particle[0].lower_}", found)
    if current.dep_ == "acl" and not children(current, "mark"):
        # A participle describes its noun: the demand enjoyed by …
        return ()
    if lemma in lexicon.pausing and any(m.lower_ == "to" for m in children(current, "mark")):
        # *Stopped in Lagos to buy petrol*: what for.
        return ()
    if lemma == "vote" and current.lemma_ in lexicon.voted:
        # *Voted to condemn it*: by the vote it is done.
        return ()
    if current.dep_ in ("xcomp", "ccomp", "acl", "advcl"):
        return found
    if current.dep_ in ("obj", "nsubj:pass"):
        # *Refused talks* had none; *told* a lie says nothing of it.
        refused = any(e.polarity == "negative" for e in found)
        # Who orders an attack makes it; whether an arrest that a court ordered was made is left to others.
        left = current.lemma_.lower() in lexicon.executed and not children(governor, "xcomp")
        return found if refused or left or lemma not in lexicon.clausal else ()
    if current.dep_ == "obl" and current.i < governor.i:
        # *On a visit to Kyiv, he promised tanks*.
        return ()
    if current.dep_ in ("obl", "nmod") and preposition(current) in (
        "for",
        "of",
        "to",
        "on",
        "about",
        "from",
        "against",
    ):
        return found
    return ()


def apply_effect(effect: Effect, token: Token, reading: Reading, lexicon: Lexicon) -> None:
    if token.lemma_.lower() in lexicon.enabling and effect.polarity is None:
        reading.modals.append(token.i)
        reading.enabled = True
        return
    if effect.polarity == "negative":
        reading.negate(token)
    reading.weaken(effect.modality, token)


def is_held_back(verb: Token, lexicon: Lexicon) -> bool:
    """Whether somebody doesn't do what a verb tells, or refuses to: *did not say*, *declined to say*."""
    above = lexicon.effects.get(verb.head.lemma_, ()) if verb.dep_ == "xcomp" else ()
    return is_negated(verb, lexicon) or any(effect.polarity == "negative" for effect in above)


def is_unsaid(verb: Token, lexicon: Lexicon) -> bool:
    """Whether somebody has not said, or not yet, what a verb of speech tells: *did not say*, *wants to show*, *may say*."""
    above = lexicon.effects.get(verb.head.lemma_, ()) if verb.dep_ == "xcomp" else ()
    wished = any(effect.modality == "desired" for effect in above)
    own = {c.lower_ for c in children(verb, "nsubj")} | (
        {c.lower_ for c in children(verb.head, "nsubj")} if wished else set()
    )
    possible = any(c.lower_ in ("may", "might", "could") for c in children(verb, "aux"))
    # *I want to say that …* says it.
    return is_held_back(verb, lexicon) or ((wished or possible) and not own & {"i", "we"})


def voices(purpose: Token, lexicon: Lexicon) -> bool:
    """Whether people do by an act what they do it for: who *marched **to protest** against the tax*, or *blocked roads to
    protest*, protested; who flew to Rome to do so may not have."""
    if purpose.dep_ != "advcl" or purpose.tag_ != "VB" or purpose.lemma_ not in lexicon.voicing:
        return False
    act = purpose.head
    if any(mark == "on" and noun.lemma_.lower() in lexicon.scheduled for mark, noun in obliques(act)):
        # *Went **on strike** to protest*.
        return True
    return act.lemma_ in lexicon.gathering or (act.lemma_ not in lexicon.motion and not is_passive(act))
