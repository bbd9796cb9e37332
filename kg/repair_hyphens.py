"""Repairs of verbs that a hyphen joins to another word, which the parser takes for participles beside nouns."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.parse import give_role
from kg.repair_words import FINITE, forget
from kg.syntax import SUBJECTS, children, preposition

NOUNS = frozenset(("NOUN", "PROPN"))
# How the words before the hyphen, and those before them, hang on a participle or its noun.
LOOSE = frozenset(("compound", "obl:unmarked", "nmod:unmarked", "nmod", "obl", "nsubj", "amod", "dep"))


def repair_hyphens(doc: Doc) -> None:
    """Change tags, heads and labels in place."""
    for verb in doc:
        if verb.tag_ == "VBN" and verb.i > 2 and _is_joined(verb):
            _make_perfect(verb)
            _make_verb(verb)


def _is_joined(verb: Token) -> bool:
    dash, first = verb.nbor(-1), verb.nbor(-2)
    return dash.text == "-" and not dash.whitespace_ and not first.whitespace_ and not first.is_sent_start


def _make_perfect(verb: Token) -> None:
    """*Police **have** tear-gassed protesters*."""
    have, noun = verb.nbor(-3), verb.head
    if have.lower_ not in ("had", "has", "have") or verb.dep_ != "amod" or noun.head.i != have.i or noun.dep_ != "obj":
        return
    doers = children(have, *SUBJECTS)
    _raise(verb, have)
    have.head, have.dep_, have.pos_ = verb, "aux", "AUX"
    forget(have)
    _take(verb, doers[-1] if doers else None, noun)


def _make_verb(verb: Token) -> None:
    """***Uzbek police tear-gassed** protesters*: where nothing else in a sentence can be its verb, what stands hyphened
    between two nouns is."""
    sentence, noun, doer = verb.sent, verb.head, verb.nbor(-3)
    root = sentence.root
    if (
        sentence[-1].text not in (".", "”", '"')
        or doer.pos_ not in NOUNS
        or children(verb, "aux", "aux:pass", "obl:agent")
    ):
        return
    if root.i == verb.i:
        things = [c for c in children(verb, "obj") if c.i > verb.i]
        noun = things[0] if things else verb
    elif root.i != noun.i or verb.dep_ != "amod" or children(root, "cop", "aux"):
        return
    if noun.i <= verb.i or any(t.tag_ in FINITE and t.dep_ in ("ROOT", "nsubj", "cop") for t in sentence):
        return
    if doer.head.i == noun.i or doer.head.i == verb.i:
        if doer.dep_ not in LOOSE or children(doer, "case"):
            return
    elif doer.head.i != doer.i + 1:
        return
    if root.i != verb.i:
        _raise(verb, noun)
    _take(verb, doer, noun)


def _raise(verb: Token, above: Token) -> None:
    """A word takes the place of another above it, with all that hangs on that but for its object's own words."""
    verb.head, verb.dep_ = (verb, "ROOT") if above.dep_ == "ROOT" else (above.head, above.dep_)
    for child in list(above.children):
        behind = child.i > above.i and (
            preposition(child) not in (None, "of") or child.dep_ not in ("nmod", "conj", "acl")
        )
        if (
            child.i != verb.i
            and (child.i < verb.i or behind)
            and child.dep_ not in ("acl:relcl", "flat", "appos", "conj", "cc")
        ):
            child.head = verb
            if child.dep_ == "nmod":
                child.dep_ = "obl"


def _take(verb: Token, doer: Token | None, noun: Token) -> None:
    verb.tag_, verb.pos_ = "VBD", "VERB"
    first, dash = verb.nbor(-2), verb.nbor(-1)
    noun.head, noun.dep_ = verb, "obj"
    if doer is not None:
        doer.head, doer.dep_ = verb, "nsubj"
        give_role(verb, doer.i, "ARG0")
    for word in list(first.children):
        if word.i < first.i and doer is not None:
            word.head = doer
    for part in (first, dash):
        part.head, part.dep_ = verb, "compound" if part.i == first.i else "punct"
    give_role(verb, first.i, None)
    give_role(verb, noun.i, "ARG1")
    forget(first)
