"""Nouns that measure or count others: past them lies what is meant."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.lexicon import Lexicon
from kg.syntax import children, obliques, preposition


def past_quantity(token: Token, lexicon: Lexicon) -> Token:
    """The noun that a quantity measures (*hundreds of drones* -> *drones*), the token itself if it is no quantity."""
    coins = token.lemma_.lower() in lexicon.currencies and token.tag_ == "NNS"
    money = token.tag_ == "$" or coins
    if not (coins or _measures(token, lexicon)):
        return token
    # *$2 million in assistance*, *3 million euros in aid* is assistance, aid.
    nearby = [*children(token, "nmod"), *(_behind(token) if money else ())]
    measured = [
        child
        for child in nearby
        if preposition(child) in (("in", "of") if money else ("of",))
        and (not money or (child.tag_ in ("NN", "NNS") and not children(child, "nmod:poss", "det")))
    ]
    if token.lemma_.lower() in lexicon.pairs:
        # *A pair of gunmen* are gunmen; who *accused the pair of treason* accused the two.
        measured = [child for child in measured if child.tag_ in ("NNS", "NNPS")]
    # Of two that hang side by side (*tens of thousands of people*) the one that measures nothing is meant.
    measured.sort(key=lambda child: _measures(child, lexicon))
    return past_quantity(measured[0], lexicon) if measured else token


def _behind(token: Token) -> Iterator[Token]:
    """The phrase that stands right behind a noun and hangs on its verb (gave $2 million *in aid*, billions of euros *in aid*)."""
    above = token.head.head if token.dep_ == "nmod" and preposition(token) == "of" else token.head
    yield from (c for c in children(above, "obl") if c.left_edge.i == token.right_edge.i + 1)


def _measures(token: Token, lexicon: Lexicon) -> bool:
    if any(mark == "by" for mark, _ in obliques(token)):
        # *The delivery* of howitzers by Denmark is an act.
        return False
    if token.lemma_.lower() in lexicon.nouns and children(token, "compound"):
        # Accused by *rights groups* of fraud.
        return False
    return token.lemma_.lower() in lexicon.quantities or token.pos_ == "NUM" or token.tag_ == "$"
