"""Descriptions of persons by an office that the gazetteer dates: *the Iranian president* of an article of 2022.

The person need not be named. Where the article names somebody whose name agrees with the holder's, it is that person.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.coref.clusters import Clusters
from kg.gazetteer import Gazetted
from kg.mentions import Candidate
from kg.spelling import agrees_with
from kg.syntax import SUBJECTS, children, preposition

# What may hang on an office's noun beside its own words and whose office it is.
PLAIN = frozenset({"det", "case", "punct", "acl:relcl", "conj", "cc", "appos", "mark", "parataxis", "dep"})


def in_office(known: Clusters, number: int, where: str | None, office: str) -> int | None:
    """The entity of whoever held an office of a state (ISO code) or body (gazetteer id) on the article's day.

    None if the gazetteer knows nobody or several, the article has no date, or the description tells of another time
    or of what somebody may become.
    """
    head = known.doc[known.candidates[number].head]
    if where is None or known.published is None or not _is_present(known, head):
        return None
    holders = known.words.gazetteer.holders(where, office, known.published)
    return _entity_of(known, number, holders[0]) if len(holders) == 1 else None


def is_plain(known: Clusters, candidate: Candidate) -> bool:
    """Whether a description of an office says nothing else of its holder (not *the ousted Iranian president*)."""
    head = known.doc[candidate.head]
    own = set((candidate.title or head.lemma_.lower()).split())
    return all(
        c.dep_ in PLAIN or c.lower_ in own or _tells_whose(known, c) for c in head.children if c.dep_ not in SUBJECTS
    )


def _tells_whose(known: Clusters, modifier: Token) -> bool:
    """Whether a modifier is the name or adjective of a state or body."""
    number = known.at.get(modifier.i)
    if number is None or known.candidates[number].kind not in ("name", "adjective"):
        return False
    if modifier.dep_ == "nmod" and preposition(modifier) != "of":
        return False
    return modifier.dep_ in ("amod", "compound", "nmod:poss", "nmod", "nmod:unmarked")


def _is_present(known: Clusters, head: Token) -> bool:
    """Whether a description speaks of who is in office now: it is no predicate (*became the Iranian president*), and no
    earlier year stands in its sentence."""
    if children(head, "cop") or head.dep_ in ("xcomp", "ccomp") or preposition(head) == "as":
        return False
    year = known.published.year if known.published else 0
    return not any(t.text.isdigit() and len(t) == 4 and 1000 < int(t.text) < year for t in head.sent)


def _entity_of(known: Clusters, number: int, holder: Gazetted) -> int | None:
    """The article's entity that a holder is, else one of the gazetteer's own."""
    named = [e for e, names in known.full.items() if _may_be(known, e, names, holder)]
    if len(named) > 1:
        return None
    if named:
        return named[0]
    seated = {id_: entity for entity, id_ in known.offices.items()}
    return seated[holder.id] if holder.id in seated else known.seat(number, holder.id)


def _may_be(known: Clusters, entity: int, names: list[Candidate], holder: Gazetted) -> bool:
    persons = [c.name for c in names if c.type == "Person"]
    countries = {c.country for c in known.mentions(entity) if c.country}
    entries = {c.gazetteer for c in names if c.gazetteer}
    fits = not entries or holder.id in entries
    return (
        fits and bool(persons) and countries <= {holder.country} and all(agrees_with(n, holder.names) for n in persons)
    )
