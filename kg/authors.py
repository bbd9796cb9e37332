"""Whose words a document is: who accuses somebody in *a UN report accusing Rwanda*, *issued a statement condemning it*."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.control import subject
from kg.fillers import Reader
from kg.syntax import children, is_passive, preposition

# How somebody brings out a document that stands in a phrase of its own (*in a statement*).
MEANS = frozenset({"in", "through", "with", "via"})


def author_of(token: Token, reader: Reader) -> Token:
    """Whoever speaks through a statement, report, lawsuit or the like: its possessor, whom *by* or *from* names, or the
    subject of the verb that brings it out. The token itself where it is no such document or nobody is told."""
    if token.lemma_.lower() not in reader.lexicon.utterances or token.pos_ != "NOUN":
        return token
    return next((a for a in _authors(token) if "actor" in reader.kinds_of(a)), token)


def document_of(verb: Token, reader: Reader) -> Iterator[Token]:
    """The document whose words a participle gives (*a letter **urging** them*)."""
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.lemma_.lower() in reader.lexicon.utterances:
        yield verb.head


def _authors(noun: Token) -> Iterator[Token]:
    yield from children(noun, "nmod:poss")
    yield from (c for c in children(noun, "nmod") if preposition(c) in ("by", "from"))
    yield from children(noun, "amod", "compound")
    verb = noun.head
    brought = noun.dep_ == "obj" or (noun.dep_ == "obl" and preposition(noun) in MEANS)
    own = subject(verb) if brought and verb.pos_ == "VERB" and not is_passive(verb) else None
    if own is not None:
        yield own
    yield from (c for c in children(noun, "nmod") if preposition(c) == "of")
