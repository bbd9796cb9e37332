"""What is made of the ideas, wishes and proposals that nouns name."""

from __future__ import annotations

from spacy.tokens import Token

from kg.effects import apply_effect, effects_of, is_held_back
from kg.judgements import (
    judged,
    judges,
)
from kg.lexicon import Lexicon
from kg.markers import Reading, is_negated
from kg.syntax import SUBJECTS, children, preposition


def idea_of(gerund: Token, governor: Token) -> Token | None:
    """The noun that somebody's doing something is an idea, fear or prospect of, None if a gerund just describes."""
    if gerund.dep_ != "acl" or gerund.tag_ != "VBG" or children(gerund, "mark"):
        return None
    doer = governor
    if governor.dep_ != "nmod":
        doer = next((c for c in children(governor, "nmod") if c.right_edge.i == gerund.i - 1), governor)
    noun = doer.head
    found = doer.dep_ == "nmod" and preposition(doer) == "of" and noun.pos_ == "NOUN"
    return noun if found else None


def of_idea(noun: Token, reading: Reading, lexicon: Lexicon) -> None:
    """What is made of an idea, fear or prospect makes it of what it is of."""
    for effect in lexicon.effects.get(noun.lemma_, ()):
        apply_effect(effect, noun, reading, lexicon)
    if noun.dep_ in SUBJECTS and judges(noun.head):
        judged(noun.head, reading, lexicon)


def is_wish(noun: Token, lexicon: Lexicon) -> bool:
    """Whether a noun is for what somebody asks, offers or threatens."""
    return noun.pos_ == "NOUN" and any(
        e.modality in ("desired", "future") for e in lexicon.effects.get(noun.lemma_, ())
    )


def turns_down(noun: Token, verb: Token, lexicon: Lexicon) -> bool:
    return verb.pos_ == "VERB" and any(e.polarity == "negative" for e in effects_of(noun, verb, lexicon))


def rejecting(noun: Token, lexicon: Lexicon) -> Token | None:
    """The verb by which what a noun proposes is turned down, None where it isn't or where the verb itself is denied."""
    verb = noun.head
    turned = noun.dep_ in ("obj", "nsubj:pass") and noun.pos_ == "NOUN"
    if not turned or is_negated(verb, lexicon) or is_anothers(noun, verb):
        return None
    return verb if turns_down(noun, verb, lexicon) else None


def is_part(noun: Token, lexicon: Lexicon) -> bool:
    """*During the visit*, *on a visit*, *at talks*."""
    mark = preposition(noun)
    return mark in ("during", "at") or (mark == "on" and noun.lemma_.lower() in lexicon.speaking_terms)


def is_anothers(noun: Token, verb: Token) -> bool:
    """Whether a decision, plan or offer is somebody's who isn't the subject of the verb above it."""
    owners = [c for c in children(noun, "nmod:poss") if c.pos_ != "PRON"]
    return bool(owners) and bool(children(verb, *SUBJECTS))


def leaves_open(governor: Token, lexicon: Lexicon) -> bool:
    """*Did not deny sending*, *refused to rule out sending*: it may be so or not."""
    denies = governor.lemma_ in lexicon.denials or bool(children(governor, "compound:prt"))
    return denies and is_held_back(governor, lexicon)


def supports(verb: Token, lexicon: Lexicon) -> bool:
    particle = children(verb, "compound:prt")
    lemma = f"{verb.lemma_} {particle[0].lower_}" if particle else verb.lemma_
    return bool({lemma, verb.lemma_} & (lexicon.support_verbs | lexicon.staging))
