"""Which frames a word may evoke, and what their slots want of a word that is still to be resolved."""

from __future__ import annotations

from spacy.tokens import Token

from kg.ontology import Frame, Ontology
from kg.parse import Predicate
from kg.selection import (
    wanted_kind,
)
from kg.syntax import OBJECTS, obliques, particle, preposition

PARTS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "j"}


def triggers_of(token: Token) -> list[str]:
    """The lemma keys of a word: with its particle first (*pull out.v*), or what a hyphen makes it part of
    (*rubber-stamp.v*)."""
    part = PARTS[token.pos_]
    keys = [f"{token.lemma_.lower()}.{part}"]
    start = token.i
    while start > 1 and token.nbor(start - 1 - token.i).text == "-" and not token.doc[start - 2].whitespace_:
        start -= 2
    if part != "j" and start < token.i and not token.nbor(-1).whitespace_:
        keys.insert(0, f"{token.doc[start : token.i].text.lower()}{keys[0]}")
    found = particle(token) if part == "v" else None
    return [f"{token.lemma_.lower()} {found}.v", *keys] if found else keys


def frames_evoked(token: Token, predicate: Predicate | None, ontology: Ontology) -> list[Frame]:
    """The frames that a word may evoke, by its roleset (None where the parser gives none) and its lemma keys; a frame
    that several keys find comes more than once. Words that are no verb, noun or adjective evoke none."""
    roleset = predicate.roleset if predicate else None
    keys = triggers_of(token) if token.pos_ in PARTS else []
    if roleset is not None and token.pos_ == "VERB" and token.lower_.startswith("re-"):
        # Who *re-establishes* ties does what who establishes them does.
        keys.append(f"{roleset.partition('.')[0].removeprefix('re')}.v")
    return [frame for key in keys for frame in ontology.frames_for(roleset, key)]


def wanted_kinds(token: Token, predicate: Predicate | None, ontology: Ontology) -> frozenset[str]:
    """The kinds of thing that the frames of the word above a pronoun take in the pronoun's place; empty where no
    frame says.

    `predicate` is the word's own, None if it is none.
    """
    head = token.head
    if head.pos_ not in PARTS or head.i == token.i:
        return frozenset()
    role = next((given for index, given in predicate.args if index == token.i), None) if predicate else None
    mark = preposition(token)
    places = {place for place in (role, mark) if place}
    if mark is None and role is None:
        places |= {"ARG0", "nsubj"} if token.dep_ == "nsubj" else {"ARG1", "obj"} if token.dep_ in OBJECTS else set()
    marks = {preposition_ for preposition_, noun in obliques(head) if noun.i != token.i}
    found: set[str] = set()
    for frame in frames_evoked(head, predicate, ontology):
        for slot, sources in frame.sources.items():
            if any(source.where in marks for source in sources):
                # A phrase with a preposition fills the slot (supplies it *with drones*).
                continue
            found |= {wanted_kind(frame, slot, source) for source in sources if source.where in places}
    return frozenset(found)
