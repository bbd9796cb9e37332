"""Repairs of headlines, which leave out verbs: *UN envoy in Tripoli for talks*, *Chile, Argentina near accord*."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.mentions import Words
from kg.parse import give_role
from kg.syntax import SUBJECTS, children, preposition


def repair_headlines(doc: Doc, words: Words) -> None:
    """Change tags, heads and labels in place."""
    for sentence in doc.sents:
        root = sentence.root
        if sentence[-1].text in (".", "?", "!", "”", '"') or any(t.tag_ in ("VBD", "VBZ", "MD") for t in sentence):
            continue
        _make_near_verb(root)
        _put_there(root, words)


def _make_near_verb(near: Token) -> None:
    """*Chile, Argentina **near** accord*: they come close to one."""
    if near.lower_ != "near" or near.tag_ not in ("IN", "JJ") or not children(near, *SUBJECTS):
        return
    things = [c for c in children(near, "obl", "obj") if c.i > near.i and not children(c, "case")]
    if len(things) == 1:
        near.tag_, near.pos_, near.lemma_ = "VBP", "VERB", "near"
        things[0].dep_ = "obj"
        give_role(near, things[0].i, "ARG2")


def _put_there(noun: Token, words: Words) -> None:
    """*UN envoy **in Tripoli for talks***: that is where he is."""
    if noun.pos_ not in ("NOUN", "PROPN") or children(noun, *SUBJECTS, "cop"):
        return
    behind = [c for c in children(noun, "nmod") if c.i > noun.i]
    places = [c for c in behind if preposition(c) == "in" and c.pos_ == "PROPN"]
    talks = [c for c in behind if preposition(c) == "for" and c.lemma_.lower() in words.lexicon.scheduled]
    if len(places) != 1 or len(talks) != 1 or places[0].i > talks[0].i:
        return
    place = places[0]
    place.head, place.dep_ = place, "ROOT"
    noun.head, noun.dep_ = place, "nsubj"
    talks[0].head, talks[0].dep_ = place, "obl"
    give_role(talks[0], noun.i, "ARG0")
    for child in [c for c in noun.children if c.dep_ == "punct"]:
        child.head = place
