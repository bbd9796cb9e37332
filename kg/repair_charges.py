"""Repairs of what somebody is charged with, found guilty of, and by whom."""

from __future__ import annotations

from spacy.tokens import Token

from kg.content import CHARGES
from kg.fitting import ACTORS
from kg.mentions import Words, noun_type
from kg.parse import give_role
from kg.syntax import SUBJECTS, children, preposition


def hang_charge(verb: Token, arguments: set[int]) -> None:
    """*The former accuses the latter **of shelling** it*: a gerund behind a verb's object that the roles give to the verb
    tells what somebody is accused of, thanked or blamed for."""
    for noun in children(verb, "obj"):
        for gerund in children(noun, "acl"):
            marked = any(m.lower_ in ("of", "for") for m in children(gerund, "mark"))
            if gerund.tag_ == "VBG" and marked and gerund.i in arguments:
                gerund.head, gerund.dep_ = verb, "advcl"


def join_charges(verb: Token) -> None:
    """*Accused him of fraud and (of) **jailing** critics*: a gerund that is coordinated with what somebody is accused of is
    another charge."""
    if verb.lemma_ not in CHARGES:
        return
    for noun in children(verb, "obl"):
        if preposition(noun) not in ("of", "with") or noun.pos_ not in ("NOUN", "PROPN"):
            continue
        beside = [*children(noun, "conj"), *(c for c in children(verb, "conj") if c.i > noun.i)]
        for gerund in [c for c in beside if c.tag_ == "VBG" and not children(c, "aux", *SUBJECTS)]:
            if not children(gerund, "mark"):
                mark = children(noun, "case")[0]
                mark.head, mark.dep_ = gerund, "mark"
            gerund.head, gerund.dep_ = verb, "advcl"
            return


def part_charges(verb: Token) -> None:
    """*Accused Libya of arming rebels and **Sudan of hiding them***: whoever stands before a second gerund or phrase with
    the same preposition is accused too, and it tells of him alone."""
    for gerund in [c for c in children(verb, "advcl") if c.tag_ == "VBG" and children(verb, "obj")]:
        marks = [m.lower_ for m in children(gerund, "mark")]
        coordinated = [t for t in [*gerund.subtree, *verb.children] if t.dep_ == "conj" and t.i > gerund.i]
        for second in [t for t in coordinated if t.pos_ in ("NOUN", "PROPN")]:
            after = [c for part in (verb, gerund, second) for c in part.children if _opens_with(c, marks)]
            after = [c for c in after if c.left_edge.i == second.i + 1 and not c.is_ancestor(second)]
            if after:
                second.head, second.dep_ = verb, "orphan"
                after[0].head = second
                after[0].dep_ = "acl" if after[0].tag_ == "VBG" else "nmod"
                return


def raise_agent(verb: Token, words: Words) -> None:
    """*Was found guilty of taking bribes **by a court***: who stands behind a gerund and its object does what the passive
    above it tells."""
    said = [verb, *children(verb, "xcomp")]
    if not children(verb, "aux:pass") or children(verb, "obl:agent"):
        return
    for gerund in [c for part in said for c in children(part, "advcl", "acl") if c.tag_ == "VBG" and c.i > verb.i]:
        things = children(gerund, "obj")
        beside = [c for part in (gerund, *things[:1]) for c in children(part, "obl", "obl:agent", "nmod")]
        for noun in beside if things and not children(gerund, "aux:pass") else []:
            acts = noun.pos_ == "PROPN" or noun_type(noun, words).type in ACTORS
            if preposition(noun) == "by" and noun.i > things[0].i and acts:
                noun.head, noun.dep_ = verb, "obl:agent"
                give_role(verb, noun.i, "ARG0")
                give_role(gerund, noun.i, None)
                return


def _opens_with(part: Token, marks: list[str]) -> bool:
    return bool(marks) and [m.lower_ for m in children(part, "mark", "case")] == marks
