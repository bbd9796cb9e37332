"""Nouns that are said of somebody: by title, apposition, copula, verbs of becoming, or the line below a name."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.control import subject
from kg.coref import Discourse
from kg.mentions import Words, title_in
from kg.parse import paragraphs
from kg.syntax import SUBJECTS, children, conjuncts, first_conjunct, is_passive, one_of, particle, preposition

# Prepositions of a predicate that tells where something is.
WHERE = frozenset({"in", "within", "at", "near", "on", "from"})


class Predication(NamedTuple):
    """A noun said of somebody."""

    holder: Token
    noun: Token
    way: str


def predications(doc: Doc, discourse: Discourse, words: Words) -> Iterator[Predication]:
    for token in doc:
        if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        inside = token.dep_ in ("compound", "amod") and token.i < token.head.i
        if token.dep_ == "nmod:desc" or (inside and (_is_role(token, words) or _is_part(token, words))):
            if _is_named(token, discourse):
                yield Predication(token.head, token, "title")
                if token.tag_ in ("NNS", "NNPS"):
                    # *Presidents Dilma Rousseff of Brazil and Vladimir Putin of Russia*.
                    yield from (Predication(c, token, "title") for c in conjuncts(token.head)[1:] if not _has_title(c))
        elif token.dep_ == "appos":
            yield Predication(token.head, token, "apposition")
        for name in children(token, "appos", "flat"):
            number = discourse.covering(name.i)
            # *The minister, a former banker*: that is no name for the minister.
            if token.pos_ == "NOUN" and (number is None or discourse.candidates[number].kind != "nominal"):
                yield Predication(name, token, "apposition")
        if children(token, "cop") and preposition(token) not in WHERE:
            for holder in _subjects(token):
                yield Predication(_relative(holder, first_conjunct(token)), token, "copula")
                if token.pos_ == "PROPN" and holder.tag_ == "NN" and children(holder, "det", "nmod:poss"):
                    # *Cuba's closest ally is Nicaragua*, *the premier is Ana Ruiz*.
                    yield Predication(token, holder, "copula")
        if token.dep_ == "conj" and first_conjunct(token).dep_ in ("appos", "nmod:desc") and _is_role(token, words):
            way = "apposition" if first_conjunct(token).dep_ == "appos" else "title"
            yield Predication(first_conjunct(token).head, token, way)
        if token.dep_ == "conj" and _is_role(token, words) and not children(token, "det", "nmod:poss"):
            # *The founder and director of the bank, Ana Ruiz, …*
            yield from (Predication(c, token, "apposition") for c in children(token.head, "appos") if c.i > token.i)
        if (one := one_of(token)) is not None:
            # *Malta is one of the members*; *Silva, one of the leaders, …*
            yield from _picked(token, one)
        if token.dep_ == "obl" and preposition(token) == "as":
            yield from (Predication(c, token, "apposition") for c in _fronted(token))
        if token.dep_ == "conj" and not children(token, "cop"):
            first = token.head
            for holder in [c for c in first.children if c.dep_ in SUBJECTS] if children(first, "cop") else []:
                yield Predication(_relative(holder, first), token, "copula")
    yield from _becoming(doc, words)
    yield from _lines_below(doc, discourse, words)


def _picked(noun: Token, one: Token) -> Iterator[Predication]:
    """Of whom it is said that he is one of several."""
    if one.dep_ == "appos":
        yield Predication(one.head, noun, "apposition")
    if children(one, "cop"):
        yield from (Predication(_relative(holder, first_conjunct(one)), noun, "copula") for holder in _subjects(one))


def predicate_of(noun: Token) -> Token:
    """The predicate by which a noun is said of somebody: the noun itself, or the name of which it is the subject (*Its
    premier was **Ana Ruiz***)."""
    return noun.head if noun.dep_ in SUBJECTS and noun.head.pos_ == "PROPN" and children(noun.head, "cop") else noun


def _has_title(name: Token) -> bool:
    return bool(children(name, "nmod:desc"))


def _fronted(noun: Token) -> list[Token]:
    """Of whom a phrase with *as* that opens a clause is said (*As head of the bank, Ana Ruiz …*)."""
    clause = noun.head.pos_ == "VERB" or children(noun.head, "cop")
    found = children(noun.head, "nsubj", "nsubj:pass")[:1] if clause else []
    return [c for c in found if noun.i < c.i]


def _subjects(predicate: Token) -> list[Token]:
    """Of whom a predicate is said: its own subject, or that of what it is coordinated with (*served as mayor and is now
    minister*)."""
    own = [c for c in predicate.children if c.dep_ in SUBJECTS]
    shared = subject(predicate) if predicate.dep_ == "conj" and not own else None
    return [shared] if shared is not None else own


def _becoming(doc: Doc, words: Words) -> Iterator[Predication]:
    """*became president of Vietnam*; *was elected president*, *appointed her minister*; *succeeded her as president*."""
    lexicon = words.lexicon
    for verb in doc:
        if verb.pos_ != "VERB":
            continue
        name = f"{verb.lemma_} {p}" if (p := particle(verb)) else verb.lemma_
        if verb.lemma_ in lexicon.copular | lexicon.installing:
            marks: tuple[str | None, ...] = (None, "as")
        elif {name, verb.lemma_} & (lexicon.assuming | lexicon.leaving):
            marks = ("as",)
        else:
            continue
        parts = [c for c in children(verb, "xcomp", "obj", "obl", "nmod:desc") if c.i > verb.i]
        # Became *one of the members*.
        nouns = [next((n for n in children(c, "nmod") if one_of(n)), c) for c in parts if preposition(c) in marks]
        says = _is_role if verb.lemma_ not in lexicon.copular else _is_standing
        nouns = [c for c in nouns if c.pos_ in ("NOUN", "PROPN") and says(c, words)]
        holder = _made(verb, nouns[-1], words) if nouns else None
        if holder is not None:
            way = "leaving" if name in lexicon.leaving else "copula"
            offices = [c for c in conjuncts(nouns[-1]) if says(c, words)]
            yield from (Predication(_relative(holder, verb), office, way) for office in offices)


def _made(verb: Token, office: Token, words: Words) -> Token | None:
    """Who comes into, or out of, an office by what a verb tells."""
    if verb.lemma_ not in words.lexicon.installing or is_passive(verb):
        return subject(verb)
    return next((c for c in children(verb, "obj", "iobj") if c.i != office.i), None)


def _is_role(token: Token, words: Words) -> bool:
    return title_in(token, words) is not None


def _is_standing(token: Token, words: Words) -> bool:
    """Whether a noun is for an office, or for how somebody stands to another (*remains a partner of Albania*)."""
    return _is_role(token, words) or token.lemma_.lower() in words.lexicon.stances


def _is_part(token: Token, words: Words) -> bool:
    """Whether a noun before a name tells whose it is (Volvo's *subsidiary* Polestar)."""
    return token.pos_ == "NOUN" and token.lemma_.lower() in words.lexicon.part_nouns


def _is_named(title: Token, discourse: Discourse) -> bool:
    """Whether a title stands before whom it is said of; a compound of another title (*deputy* leader) is part of that."""
    number = discourse.covering(title.head.i)
    return number is not None and (title.dep_ == "nmod:desc" or discourse.candidates[number].kind == "name")


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
