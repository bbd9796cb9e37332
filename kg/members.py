"""Who is meant where several are: conjuncts, examples, the names behind a counted plural, *each other*."""

from __future__ import annotations

from spacy.tokens import Token

from kg.coref import Discourse
from kg.lexicon import Lexicon
from kg.quantities import past_quantity
from kg.syntax import children, conjuncts, one_of, preposition

RECIPROCAL = frozenset({("each", "other"), ("one", "another")})


def members_of(token: Token, discourse: Discourse, lexicon: Lexicon) -> list[Token]:
    """The head tokens of those of whom a phrase speaks: its conjuncts, without those inside one name; *countries like A,
    B and C* stands for A, B and C."""
    base = past_quantity(token, lexicon)
    if (holder := _said_of(base, discourse)) is not None:
        return [holder]
    if (named := _named_apart(base)) is not None:
        return named
    parts = []
    for part in conjuncts(token):
        if _is_excepted(part, token) or _goes_elsewhere(part, token):
            continue
        number = discourse.covering(part.i)
        if part.i != token.i and number is not None and number == discourse.covering(base.i):
            continue
        parts.append(part)
    # *Cameroon, like Chad,* is no example of anything.
    of_kind = base.pos_ != "PROPN"
    examples = [c for c in children(base, "nmod") if of_kind and preposition(c) in ("like", "such as")]
    return [t for e in examples for t in conjuncts(e)] if examples else parts


def _said_of(noun: Token, discourse: Discourse) -> Token | None:
    """*Nordmark is **a bank** owned by Svea*, *one of **the firms** that sold it drones*: what is told of the noun is told
    of its subject, where both are of one type. None for what is said of nobody named, or denied."""
    one = one_of(noun) or noun
    subjects = children(one, "nsubj") if noun.pos_ == "NOUN" and children(one, "cop") else []
    if (
        len(subjects) != 1
        or subjects[0].pos_ not in ("PROPN", "NOUN")
        or children(one, "conj")
        or children(one, "case")
    ):
        return None
    if any(c.lower_ in ("not", "n't", "n’t", "never") for c in children(one, "advmod")):
        return None
    own, other = discourse.covering(noun.i), discourse.covering(subjects[0].i)
    if own is None or other is None:
        return None
    types = {discourse.candidates[own].type, discourse.candidates[other].type}
    return subjects[0] if len(types) == 1 or (one is not noun and types == {"Person", "Group"}) else None


def _named_apart(noun: Token) -> list[Token] | None:
    """*Two militias, **the Nasr Brigade and the Sahel Shield***: of a counted plural with as many names behind it these
    are who is meant; None where it is not so."""
    counted = [c.lower_ for c in children(noun, "nummod", "det") if c.lower_ in ("two", "both", "three")]
    if noun.tag_ != "NNS" or not counted:
        return None
    for first in children(noun, "appos"):
        names = conjuncts(first)
        if all(t.pos_ == "PROPN" for t in names) and len(names) == (3 if counted == ["three"] else 2):
            return names
    return None


def _is_excepted(part: Token, first: Token) -> bool:
    """Morocco *but not **Algeria***; *not **Algeria** but Morocco*, which is no *not only*; Malawi *rather than **Russia***."""
    if any(c.lower_ in ("rather", "instead") for c in children(part, "cc")) and part.i != first.i:
        return True
    denied = [c for c in children(part, "advmod") if c.lower_ == "not"]
    if not denied or part.doc[denied[0].i + 1].lower_ in ("only", "just", "merely", "simply"):
        return False
    rest = [c for conjunct in children(part, "conj") for c in children(conjunct, "cc")]
    return part.i != first.i or any(c.lower_ == "but" for c in rest)


def _goes_elsewhere(part: Token, first: Token) -> bool:
    """*Was met by Aliyev, and then **to Tbilisi***: another preposition takes up another verb."""
    own, other = (next((c.lower_ for c in children(t, "case") if c.i < t.i), None) for t in (part, first))
    return part.i != first.i and own is not None and other is not None and own != other


def is_reciprocal(token: Token) -> bool:
    """*each other*, *one another*."""
    following = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    before = token.nbor(-1).lower_ if token.i else ""
    return (token.lower_, following) in RECIPROCAL or (before, token.lower_) in RECIPROCAL


def each_apart(token: Token) -> bool:
    """*Both Fiji and Samoa*, *neither Fiji nor Samoa*, *not only Fiji but also Samoa*: each for itself, not with the
    other."""
    but = any(c.lower_ == "but" for part in children(token, "conj") for c in children(part, "cc"))
    return but or any(c.lower_ in ("both", "neither", "either") for c in children(token, "cc:preconj"))
