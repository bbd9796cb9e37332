"""Nouns that are said of somebody: by title, apposition, copula, verbs of becoming, or the line below a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.mentions import Words, title_in
from kg.parse import paragraphs
from kg.syntax import SUBJECTS, children, is_passive, preposition, subject


class Predication(NamedTuple):
    """A noun said of somebody."""

    holder: Token
    noun: Token
    way: str


def predications(doc: Doc, discourse: Discourse, words: Words) -> Iterator[Predication]:
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        if token.dep_ == "nmod:desc" or (
            token.dep_ == "compound"
            and token.i < token.head.i
            and _is_role(token, words)
            and not (_is_role(token.head, words) and _is_person(token.head, discourse))
        ):
            if discourse.covering(token.head.i) is not None:
                yield Predication(token.head, token, "title")
        elif token.dep_ == "appos":
            yield Predication(token.head, token, "apposition")
        for name in children(token, "appos", "flat"):
            number = discourse.covering(name.i)
            # *The minister, a former banker*: that is no name for the minister.
            if token.pos_ == "NOUN" and (number is None or discourse.candidates[number].kind != "nominal"):
                yield Predication(name, token, "apposition")
        if children(token, "cop"):
            for holder in [c for c in token.children if c.dep_ in SUBJECTS]:
                yield Predication(_relative(holder, token), token, "copula")
        if token.dep_ == "conj" and not children(token, "cop"):
            first = token.head
            for holder in [c for c in first.children if c.dep_ in SUBJECTS] if children(first, "cop") else []:
                yield Predication(_relative(holder, first), token, "copula")
    yield from _becoming(doc, words)
    yield from _lines_below(doc, discourse, words)


def _becoming(doc: Doc, words: Words) -> Iterator[Predication]:
    """*became president of Vietnam*; *was elected president*, *appointed her minister*."""
    for verb in doc:
        if verb.pos_ != "VERB" or verb.lemma_ not in words.lexicon.copular | words.lexicon.installing:
            continue
        nouns = [
            c
            for c in children(verb, "xcomp", "obj", "obl", "nmod:desc")
            if c.pos_ in ("NOUN", "PROPN") and c.i > verb.i
        ]
        nouns = [noun for noun in nouns if _is_role(noun, words) and preposition(noun) in (None, "as")]
        if not nouns:
            continue
        if verb.lemma_ in words.lexicon.copular or is_passive(verb):
            holder = subject(verb)
        else:
            holder = next((c for c in children(verb, "obj", "iobj") if c.i != nouns[-1].i), None)
        if holder is not None:
            yield Predication(_relative(holder, verb), nouns[-1], "copula")


def _is_role(token: Token, words: Words) -> bool:
    return title_in(token, words) is not None


def _is_person(token: Token, discourse: Discourse) -> bool:
    number = discourse.covering(token.i)
    return number is not None and discourse.candidates[number].type == "Person"


def _relative(subject: Token, predicate: Token) -> Token:
    """The noun of a relative pronoun (*Drennan, who is …*)."""
    if subject.lower_ in ("who", "which", "that") and predicate.dep_ == "acl:relcl":
        return predicate.head
    return subject


def _lines_below(doc: Doc, discourse: Discourse, words: Words) -> Iterator[Predication]:
    """A line that is a person's name, and the line below that is a title (pull quotes)."""
    parts = paragraphs(doc)
    for (first, last), (below, end) in pairwise(parts):
        for candidate in discourse.candidates:
            alone = (
                candidate.kind == "name"
                and candidate.type == "Person"
                and candidate.start == first
                and candidate.end == last
            )
            if alone and end - below <= 16 and doc[end - 1].text not in (".", "!", "?"):
                title = next((t for t in doc[below:end] if t.dep_ == "ROOT" and _is_role(t, words)), None)
                comma = next((t.i for t in doc[below:end] if t.text == ","), below)
                if title is None and comma > below and _is_role(doc[comma - 1], words):
                    # However it was parsed, the office stands before the first comma.
                    title = doc[comma - 1]
                if title is not None:
                    yield Predication(doc[candidate.head], title, "line")
