"""States that no noun says of anybody: they stand in how names are put together.

*John Drennan of the Institute*; *Yerevan, Armenia*; *NATO member Turkey*.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.coref import Discourse
from kg.mentions import Candidate, Words
from kg.predications import predicate_of
from kg.syntax import children, first_conjunct, preposition
from kg.titles import candidate_at, named_within

BESIDE = frozenset({"appos", "nmod:unmarked", "list", "nmod", "conj", "obl:unmarked"})


class State(NamedTuple):
    """A state as the text tells it: head tokens of its slots. `trigger` is the noun that tells it; `title` is an
    office's title in lower case with its token; `former` holds where the text says that it is over. `presupposed`
    holds for titles and appositions, which the article tells by the way even inside quotations. `apart` holds where
    what is coordinated with subject or object has no part in it. `body` is the gazetteer's id of an object that no word
    of the text names."""

    relation: str
    subject: Token
    object: Token | None
    trigger: Token
    title: str | None
    former: Token | None
    presupposed: bool
    frame: str
    apart: bool = False
    body: str | None = None


def affiliations(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """*John Drennan of the Institute of Peace*, *USIP's Drennan*; of a party one is a member."""
    for candidate in discourse.candidates:
        if candidate.kind != "name" or candidate.type != "Person":
            continue
        head = doc[candidate.head]
        for part in head.children:
            child = named_within(part, discourse, words.lexicon)
            other = candidate_at(child, discourse)
            named = other is not None and (other.kind == "name" or (other.subtype == "Party" and other.definite))
            if other is None or not named or other.type != "Organization":
                continue
            if part.dep_ == "nmod:poss" or (part.dep_ == "nmod" and preposition(part) in ("of", "from", "at", "with")):
                relation = "memberOf" if other.subtype == "Party" else "worksFor"
                yield State(relation, head, child, head, None, None, True, "affiliation")


def places(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """*Yerevan, Armenia*; *the Armenian capital Yerevan* is a predication, not this."""
    for candidate in discourse.candidates:
        if candidate.kind != "name" or candidate.type != "Place":
            continue
        head = doc[candidate.head]
        for child in head.children:
            other = candidate_at(child, discourse)
            after_comma = candidate.end < len(doc) and doc[candidate.end].text == "," and child.i == candidate.end + 1
            if other is None or child.dep_ not in BESIDE or not after_comma or children(child, "cc"):
                continue
            if other.kind == "name" and _lies_in(candidate, other, _is_listed(head), words):
                yield State("locatedIn", head, child, head, None, None, True, "place-comma", apart=True)


def situated(doc: Doc, discourse: Discourse) -> Iterator[State]:
    """*Iceland is in Europe*, *Norway is not in the EU*."""
    for place in doc:
        if place.pos_ != "PROPN" or preposition(place) not in ("in", "within") or not children(place, "cop"):
            continue
        for holder in children(place, "nsubj"):
            own, other = candidate_at(holder, discourse), candidate_at(place, discourse)
            known = own is not None and own.kind == "name" and own.type in ("Place", "Country")
            if not known or other is None or other.kind != "name":
                continue
            if other.type in ("Place", "Country"):
                yield State("locatedIn", holder, place, place, None, None, False, "copula-locatedIn")
            elif other.subtype == "IntergovernmentalOrganization":
                yield State("memberOf", holder, place, place, None, None, False, "copula-memberOf")


def described_places(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """*the Congolese city of Goma*, *Georgia's breakaway region of Abkhazia*."""
    lexicon = words.lexicon
    for noun in doc:
        lemma = noun.lemma_.lower()
        if noun.pos_ != "NOUN" or noun.tag_ == "NNS" or lemma not in lexicon.settlements | lexicon.territories:
            continue
        names = [c for c in children(noun, "nmod") if preposition(c) == "of" and _type(c, discourse) == "Place"]
        lands = [c for c in children(noun, "amod", "nmod:poss", "compound") if _type(c, discourse) == "Country"]
        if len(names) == 1 and not lands:
            # *The port of Berbera in Somaliland*.
            behind = [*children(noun, "nmod"), *children(names[0], "nmod")]
            behind = [c for c in behind if preposition(c) == "in" and c.left_edge.i == names[0].i + 1]
            lands = [c for c in behind if _type(c, discourse) == "Country"]
        if len(names) == 1 and len(lands) == 1:
            relation = "locatedIn" if lemma in lexicon.settlements else "partOf"
            yield State(relation, names[0], lands[0], noun, None, None, True, f"described-{relation}", apart=True)


def seats(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """*the Goethe University in Frankfurt*, *Tokyo's Hosei University*: a body that by its name has one seat."""
    for candidate in discourse.candidates:
        if candidate.kind != "name" or candidate.type != "Organization":
            continue
        if not words.lexicon.seated & set(candidate.name.lower().split()):
            continue
        for child in doc[candidate.head].children:
            behind = child.dep_ == "nmod" and preposition(child) == "in" and _follows(child, candidate.end, doc)
            if (behind or child.dep_ == "nmod:poss") and _type(child, discourse) == "Place":
                yield State(
                    "basedIn", doc[candidate.head], child, doc[candidate.head], None, None, True, "seat", apart=True
                )


def _follows(place: Token, end: int, doc: Doc) -> bool:
    """Whether a phrase stands right behind a name, or behind its initials in brackets."""
    return place.left_edge.i == end or (place.left_edge.i == end + 3 and doc[end].text == "(")


def _type(token: Token, discourse: Discourse) -> str | None:
    candidate = candidate_at(token, discourse)
    return candidate.type if candidate is not None and candidate.kind in ("name", "adjective") else None


def _is_listed(head: Token) -> bool:
    """Whether a name is one of a list (*Valencia, Lille and Minsk*)."""
    first = first_conjunct(head)
    parts = [first, *children(first, "conj", "appos", "list")]
    return any(c.lower_ in ("and", "or", "nor", "&") for part in parts for c in children(part, "cc"))


def _lies_in(inner: Candidate, outer: Candidate, listed: bool, words: Words) -> bool:
    """Whether a place may lie in what stands behind its comma: where the gazetteer has both, in its own country, and
    never in a city; in a list only where the gazetteer knows it."""
    if outer.type not in ("Country", "Place") or not (inner.gazetteer or outer.gazetteer):
        return False
    entry = words.gazetteer.entries.get(outer.gazetteer or "")
    if (entry is not None and entry.is_city) or (entry is None and inner.country is not None):
        return False
    within = words.gazetteer.entries.get(inner.gazetteer or "")
    if entry is not None and within is not None and entry.is_region and within.is_region:
        # *Ohio, Nevada and Utah*: none lies in another.
        return False
    if inner.gazetteer is not None and inner.country is not None and outer.country is not None:
        return inner.country == outer.country
    return not listed


def members_by_compound(doc: Doc, discourse: Discourse, words: Words) -> Iterator[State]:
    """*NATO member Turkey*."""
    for candidate in discourse.candidates:
        if candidate.kind != "name" or candidate.type not in ("Country", "Organization"):
            continue
        for title in children(doc[candidate.head], "nmod:desc", "compound"):
            if words.lexicon.roles.get(title.lemma_.lower()) == "memberOf":
                for other in [c for c in title.children if c.dep_ in ("compound", "nmod:poss", "amod")]:
                    found = candidate_at(other, discourse)
                    if found is not None and found.type == "Organization":
                        yield State("memberOf", doc[candidate.head], other, title, None, None, True, "title-memberOf")


def takes_part(who: Candidate, whole: list[Token], discourse: Discourse) -> bool:
    """Whether who is part of something is a member of it: lands, people and groups of bodies (*Chad is part of the G5*)."""
    bodies = [c for c in whole if (found := candidate_at(c, discourse)) is not None and found.type == "Organization"]
    return who.type in ("Country", "Person", "Group") and len(bodies) == len(whole)


def told_by(state: State) -> Token:
    """The word on which it hangs whether a state is so: the verb, of an office behind *as* (*will serve as mayor*); who
    it is, of one that comes first (*its envoy isn't **Diaz***)."""
    if preposition(state.trigger) == "as":
        return first_conjunct(state.trigger).head
    return predicate_of(state.trigger)
