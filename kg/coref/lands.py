"""Which country is meant by a description of one (the country, the island nation)."""

from __future__ import annotations

from spacy.tokens import Token

from kg.coref.clusters import Clusters
from kg.coref.salience import salience_of
from kg.mentions import Candidate
from kg.syntax import SUBJECTS, children


def country_meant(known: Clusters, number: int) -> int | None:
    """*The country*, *the Nordic nation*: the most salient of those named in the sentences before that has no other part
    in the clause."""
    head = known.doc[known.candidates[number].head]
    here = {e for e in (known.entity_at(t) for t in head.head.children) if e is not None}
    # *Ankara rejected the country's bid*: that of another than Turkey.
    doing = {
        c.country for c in known.candidates[:number]
        if c.country and c.type in ("Country", "Place") and known.doc[c.head].dep_ in SUBJECTS and known.doc[c.head].sent == head.sent
    }  # fmt: skip
    best: tuple[float, int] | None = None
    for other, earlier in enumerate(known.candidates[:number]):
        entity = known.entity[other]
        distance = known.sentence[head.i] - known.sentence[earlier.head]
        if entity is None or earlier.type != "Country" or earlier.kind != "name" or distance > 3 or entity in here:
            continue
        if earlier.country in doing:
            continue
        score = salience_of(known, other, number)
        if best is None or score >= best[0]:
            best = (score, entity)
    return best[1] if best else None


def own_country(known: Clusters, number: int) -> int | None:
    """*his country*: that of the person whose it is, as the person's titles and offices tell it."""
    candidate = known.candidates[number]
    if candidate.type != "Country" or candidate.plural:
        return None
    owner = next((o for o in children(known.doc[candidate.head], "nmod:poss") if o.tag_ == "PRP$"), None)
    person = known.entity_at(owner) if owner is not None else None
    if person is None:
        return None
    mentions = [c for c, entity in zip(known.candidates, known.entity, strict=True) if entity == person]
    countries = {c.country for c in mentions if c.type == "Person" and c.country}
    if not countries:
        behind = [t for c in mentions for t in children(known.doc[c.head], "nmod") if t.i < candidate.start]
        found = [known.entity_at(t) for t in behind if names_country(known, t)]
        return found[0] if found else None
    named = zip(known.candidates, known.entity, strict=True)
    return next((e for c, e in named if e is not None and is_country(c) and c.country in countries), None)


def is_country(candidate: Candidate) -> bool:
    return candidate.type == "Country" and candidate.kind in ("name", "adjective")


def names_country(known: Clusters, token: Token) -> bool:
    at = known.at.get(token.i)
    return at is not None and known.candidates[at].type == "Country" and known.candidates[at].kind == "name"
