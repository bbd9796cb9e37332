"""How a title is spelled: its words without country, organisation and articles."""

from __future__ import annotations

from spacy.tokens import Token

from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.mentions import singular
from kg.syntax import children


def spelled_title(noun: Token, title: str, discourse: Discourse, lexicon: Lexicon) -> str:
    """The title with its modifiers, without country, organisation and articles: *senior program officer*, *secretary of
    state*."""
    parts = [noun]
    for child in modifiers(noun, discourse):
        if child.lower_ not in lexicon.former | lexicon.incumbent:
            parts += [
                t for t in child.subtree if t.dep_ in ("amod", "compound", "punct") and not _in_name(t, discourse)
            ]
    ordered = sorted({t.i: t for t in parts}.values(), key=lambda t: t.i)
    plural = noun.tag_ in ("NNS", "NNPS")
    texts = [singular(t) if plural and t.i == noun.i else t.text for t in ordered]
    spelled = " ".join(texts).replace(" - ", "-").lower().removeprefix("ex-")
    charge = next((title[title.index(mark) :] for mark in (" of ", "-in-") if mark in title), "")
    return spelled if charge in spelled else spelled + charge


def modifiers(noun: Token, discourse: Discourse) -> list[Token]:
    """The words before a role noun that describe the role, and name nobody."""
    # *Environmental group Greenpeace's policy expert*: what stands before the owner describes him.
    owners = [c.i for c in children(noun, "nmod:poss")]
    described = children(noun, "amod", "compound")
    before = [c for c in described if max(owners, default=-1) < c.i < noun.i and not _in_name(c, discourse)]
    # *Europe's youngest minister*, *who, at 29 years old, is minister*.
    aged = [c for c in before if c.lower_ == "old" and children(c, "obl:unmarked")]
    return [c for c in before if c.tag_ != "VBN" and c not in aged and not is_superlative(c)]


def is_superlative(modifier: Token) -> bool:
    """*youngest*, *longest-serving*: that compares who holds an office with others who do, and is no part of it."""
    return any(
        t.tag_ in ("JJS", "RBS") for t in [modifier, *children(modifier, "advmod", "amod", "compound", "obl:unmarked")]
    )


def _in_name(token: Token, discourse: Discourse) -> bool:
    number = discourse.covering(token.i)
    return number is not None and discourse.candidates[number].kind in ("name", "adjective")
