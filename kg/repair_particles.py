"""Repairs of small words: prepositions that are parts of verbs or stand elsewhere than the parser hung them, words that a
hyphen joins."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.mentions import Words, noun_type, title_in
from kg.parse import give_role
from kg.repair_words import forget
from kg.syntax import OBJECTS, SUBJECTS, children, lets_go, preposition


def repair_particles(doc: Doc, words: Words) -> None:
    """Change heads and labels in place."""
    for token in doc:
        _right_case(token)
        _right_no(token)
        _join_hyphened_verb(token)
    for verb in doc:
        if verb.pos_ == "VERB":
            _join_particle(verb, words)
            _find_judged(verb)
            _lift_object(verb)
            _let_go(verb)
            _go_on(verb)


def _join_particle(verb: Token, words: Words) -> None:
    """*Sweden took **in** Eritreans*, *hauled **in** the ambassador*: with such verbs what stands between them and people
    is no preposition but a part of the verb."""
    if children(verb, "compound:prt") or any(not children(o, "case") for o in children(verb, *OBJECTS)):
        return
    for noun in children(verb, "obl", "obj"):
        mark = next(iter(children(noun, "case")), None)
        if mark is None or mark.i != verb.i + 1 or f"{verb.lemma_} {mark.lower_}" not in words.lexicon.particle_verbs:
            continue
        people = noun.ent_type_ in ("PERSON", "NORP") or noun_type(noun, words).type in ("Person", "Group")
        offices = [c for c in children(verb, "obl") if preposition(c) == "as" and title_in(c, words) is not None]
        if people or offices:
            mark.head, mark.dep_ = verb, "compound:prt"
            noun.dep_ = "obj"
            give_role(verb, noun.i, "ARG1")
            return


def _find_judged(verb: Token) -> None:
    """*Slammed as unacceptable **the jailing** of soldiers*: what stands bare behind the judgement is the verb's object."""
    judgements = [c for c in children(verb, "obl", "advcl", "xcomp") if c.pos_ == "ADJ" and c.i == verb.i + 2]
    if len(judgements) != 1 or verb.nbor(1).lower_ != "as" or children(verb, "obj", "aux:pass"):
        return
    nouns = [*children(judgements[0], "nsubj"), *children(verb, "obl", "obl:unmarked")]
    for noun in nouns:
        if noun.left_edge.i == judgements[0].i + 1 and noun.pos_ in ("NOUN", "PROPN") and not children(noun, "case"):
            noun.head, noun.dep_ = verb, "obj"
            give_role(verb, noun.i, "ARG1")


def _lift_object(verb: Token) -> None:
    """*Set ablaze **the headquarters***, *declared void **the vote***: what stands behind the outcome is the verb's object."""
    for outcome in children(verb, "xcomp"):
        things = children(outcome, "obj")
        state = outcome.tag_ in ("JJ", "VBN") and outcome.i == verb.i + 1 and not children(verb, "obj")
        if state and len(things) == 1 and things[0].i > outcome.i and not children(outcome, "mark", "aux"):
            things[0].head = verb
            give_role(verb, things[0].i, "ARG1")


def _let_go(verb: Token) -> None:
    """*Let **go** two hostages*: whom it names are let go, and go nowhere themselves."""
    for clause in [c for c in children(verb, "xcomp") if lets_go(verb, c) and not children(verb, "obj")]:
        for noun in children(clause, "obj"):
            noun.head = verb
            give_role(verb, noun.i, "ARG1")


def _go_on(verb: Token) -> None:
    """*Will **go on buying** gas*, *went **on to visit** Rome*: the deed goes on, or comes next, and is what the verb says."""
    on = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    if verb.lemma_ != "go" or on.lower_ != "on" or on.head.i not in (verb.i, on.i + 1):
        return
    for clause in children(verb, "advcl", "xcomp"):
        to = any(m.lower_ == "to" and m.i == on.i + 1 for m in children(clause, "mark"))
        if (clause.tag_ == "VBG" and clause.i == on.i + 1) or (clause.tag_ == "VB" and to):
            clause.dep_ = "xcomp"
            on.head, on.dep_ = verb, "compound:prt"


def _right_case(mark: Token) -> None:
    """*Clashes **between** Kyrgyz and Tajik guards*: a preposition stands before the noun, not before its adjective."""
    adjective = mark.head
    noun = adjective.head
    if mark.dep_ == "case" and adjective.dep_ == "amod" and mark.i < adjective.i < noun.i and noun.dep_ == "nmod":
        mark.head = noun


def _right_no(no: Token) -> None:
    """*Said **no** to calls for a tax*: what stands before a preposition is no article of the noun behind it, but said."""
    noun = no.head
    if no.lower_ != "no" or no.dep_ != "det" or no.i + 1 >= len(no.doc) or no.nbor(1).lower_ != "to":
        return
    if no.nbor(1).head.i == noun.i and noun.head.i == no.i - 1 and noun.dep_ == "obl":
        for word in list(no.children):
            word.head = noun
        no.head, no.dep_ = noun.head, "dep"


def _join_hyphened_verb(noun: Token) -> None:
    """*Pakistan **test-launched** a missile*: what a hyphen joins to a verb is a part of it, and the name that was hung on
    that its subject."""
    verb = noun.head
    joined = noun.dep_ in SUBJECTS and verb.pos_ == "VERB" and verb.i == noun.i + 2
    if not joined or noun.doc[noun.i : verb.i].text != f"{noun.text}-" or noun.nbor(1).whitespace_:
        return
    before = [c for c in children(noun, "compound", "nmod:unmarked", "nmod", "nmod:poss") if c.i < noun.i]
    noun.dep_ = "compound"
    if before:
        doer = before[-1]
        doer.head, doer.dep_ = verb, "nsubj"
        for word in list(noun.children):
            if word.i < noun.i:
                word.head = doer
        give_role(verb, noun.i, None)
        give_role(verb, doer.i, "ARG0")
        forget(noun)
