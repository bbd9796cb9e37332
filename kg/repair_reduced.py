"""Repairs of relative clauses, reduced ones and those that a noun of speech tells."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.mentions import Words
from kg.parse import give_role, predicates
from kg.syntax import RELATIVES, SUBJECTS, children, is_passive


def right_order(verb: Token) -> None:
    """*Thailand freed on Monday seven activists*: of two passive subjects around a verb without an auxiliary the second is
    its object."""
    both = children(verb, "nsubj:pass")
    if verb.tag_ == "VBD" and not children(verb, "aux:pass") and len(both) == 2 and both[0].i < verb.i < both[1].i:
        both[0].dep_, both[1].dep_ = "nsubj", "obj"
        give_role(verb, both[0].i, "ARG0")
        give_role(verb, both[1].i, "ARG1")


def relate_clauses(doc: Doc) -> None:
    """*Saw drones in Iran that Moscow may want to buy*: a clause with *that* which is no argument of the verb that has an
    object already, and lacks an object itself, tells which thing is meant."""
    arguments = {p.word: {i for i, _ in p.args} for p in predicates(doc)}
    for verb in doc:
        if verb.pos_ != "VERB" or verb.i not in arguments:
            continue
        things = [c for c in children(verb, "obj") if c.pos_ == "NOUN"]
        clauses = [c for c in children(verb, "ccomp") if any(m.lower_ == "that" for m in children(c, "mark"))]
        if len(things) != 1 or len(clauses) != 1 or clauses[0].i in arguments[verb.i] or clauses[0].i < things[0].i:
            continue
        innermost = clauses[0]
        while children(innermost, "xcomp"):
            innermost = children(innermost, "xcomp")[0]
        if innermost.pos_ == "VERB" and not children(innermost, "obj", "ccomp", "aux:pass", "cop"):
            clauses[0].head, clauses[0].dep_ = things[0], "acl:relcl"


def agree_roles(doc: Doc) -> None:
    """*The commander **to whom** they surrendered*, *a bank **which** it accuses*: the noun has the role of the pronoun that
    stands for it as object or behind a preposition."""
    for p in predicates(doc):
        clause = doc[p.word]
        pronouns = [(doc[i], role.removeprefix("R-")) for i, role in p.args if role.startswith("R-")]
        pronouns = [(t, role) for t, role in pronouns if t.dep_ == "obj" or children(t, "case")]
        if clause.dep_ == "acl:relcl" and len(pronouns) == 1:
            given = [role for i, role in p.args if i == clause.head.i]
            if given and given[0] != pronouns[0][1]:
                give_role(clause, clause.head.i, pronouns[0][1])


def tell_what(verb: Token, words: Words) -> None:
    """*The report **that Chad sold arms** is false*: a whole clause behind a noun of speech is what it tells."""
    that = next((c for c in children(verb, "obl:unmarked", "advmod", "dep") if c.lower_ == "that"), None)
    told = {*words.lexicon.hearsay, *words.lexicon.denials, *words.lexicon.speech}
    whole = children(verb, *SUBJECTS) and (children(verb, "obj", "obl") or is_passive(verb))
    if (
        that is not None
        and verb.dep_ == "acl:relcl"
        and that.i == verb.head.i + 1
        and whole
        and verb.head.lemma_ in told
    ):
        that.dep_, that.pos_, that.tag_, verb.dep_ = "mark", "SCONJ", "IN", "acl"


def right_reduced(verb: Token) -> None:
    """*The man Ghana accused of spying*: a participle that describes a noun and has a subject of its own, but no
    auxiliary, is a verb in the active voice, whose object the noun is."""
    own = [c for c in children(verb, "nsubj", "nsubj:pass") if c.i < verb.i and c.tag_ not in ("WP", "WDT")]
    if not own or any(c.dep_.startswith("aux") for c in verb.children):
        return
    if verb.tag_ == "VBD" and own[0].dep_ == "nsubj:pass" and not children(verb, "obj", "mark"):
        # The men *it* arrested.
        own[0].dep_ = "nsubj"
    if verb.tag_ != "VBN":
        return
    if verb.head.i < own[0].i:
        own[0].dep_, verb.tag_, verb.dep_ = "nsubj", "VBD", "acl:relcl"


def sort_fronted(verb: Token, words: Words) -> None:
    """A clause with two objects of which one is *that*: after verbs of giving the other is who gets it (*drones **that**
    Iran sold Russia*), else *that* only opens the clause (*the allegation **that** Bahrain had tortured lawyers*)."""
    objects = children(verb, "obj")
    fronted = [c for c in objects if c.lower_ in RELATIVES and c.i < verb.i]
    others = [c for c in objects if c.i > verb.i]
    if len(fronted) != 1 or len(others) != 1 or len(objects) != 2:
        return
    if verb.lemma_ in words.lexicon.transfer_verbs:
        others[0].dep_ = "iobj"
    elif fronted[0].lower_ == "that":
        fronted[0].dep_, fronted[0].tag_, verb.dep_ = "mark", "IN", "acl"


def lower_relative(verb: Token, words: Words) -> None:
    """*The officers **who** Mali says trained the rebels*: of two subjects of a verb of saying the relative pronoun is
    that of what is said."""
    subjects = children(verb, "nsubj")
    clauses = [c for c in children(verb, "ccomp") if c.i > verb.i and not any(d.dep_ in SUBJECTS for d in c.children)]
    if len(subjects) != 2 or not clauses or verb.lemma_ not in words.lexicon.speech:
        return
    if subjects[0].lower_ in RELATIVES and subjects[1].lower_ not in RELATIVES:
        subjects[0].head = clauses[0]
