"""Mentions: every stretch of a parsed article that names or describes something.

Names come from the language model and the gazetteer together: the model finds them in their sentence, the gazetteer
knows what they are called and corrects what the model can't know. Noun phrases and pronouns become candidates too;
those that nothing refers to are dropped later.
"""

from __future__ import annotations

from spacy.tokens import Doc

from kg.mentions.candidates import Candidate, Words
from kg.mentions.context import singular, title_in
from kg.mentions.names import find_names, gazetted
from kg.mentions.nominals import ORDINALS, UNKNOWN, find_nominal, is_counted_rest, is_end_of, noun_type, whole_phrase
from kg.parse import sign_start

__all__ = [
    "ORDINALS",
    "UNKNOWN",
    "Candidate",
    "Words",
    "find_candidates",
    "find_names",
    "gazetted",
    "is_counted_rest",
    "is_end_of",
    "noun_type",
    "singular",
    "title_in",
    "whole_phrase",
]


def find_candidates(doc: Doc, words: Words) -> tuple[Candidate, ...]:
    """All candidates of a document in order of position. Those of names don't overlap one another; a nominal's phrase
    may hold a name (*Iranian officials* holds *Iranian*). Nobody is named in the authors' initials at its end."""
    names = list(find_names(doc, words))
    named = {index for name in names for index in range(name.start, name.end)}
    nominals = [one for token in doc if (one := find_nominal(token, named, words)) is not None]
    sign = sign_start(doc)
    found = [c for c in (*names, *nominals) if sign is None or c.start < sign]
    return tuple(sorted(found, key=lambda c: (c.start, -c.end)))
