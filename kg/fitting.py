"""What a relation allows: its domain and range hold for every statement of a graph.

An extraction keeps to them within its article, but an entity merged across articles has one type for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from kg.model import EntityType, Fact, Node, Subtype
from kg.ontology import Ontology, Relation

ACTORS: frozenset[EntityType] = frozenset({"Person", "Organization", "Country", "Group"})
PLACES: frozenset[EntityType] = frozenset({"Place", "Country"})
# The types that are a class of the ontology.
TYPES_OF: dict[str, frozenset[EntityType]] = {
    "Actor": ACTORS,
    "Place": PLACES,
    "Person": frozenset({"Person"}),
    "Organization": frozenset({"Organization"}),
    "Country": frozenset({"Country"}),
    "Group": frozenset({"Group"}),
    "Item": frozenset({"Item"}),
    "Event": frozenset({"Event"}),
    "Agreement": frozenset({"Agreement"}),
}


# Its narrower classes: only the subtypes of organisations are known of a node.
NARROWER = frozenset({*get_args(Subtype), "City", "Region", "Continent", "Water", "Seat", "Site"})


def fits(node: Node, class_: str) -> bool:
    """Whether a node is one of a class, by its local name. Classes that aren't ours hold for all."""
    if class_ in TYPES_OF:
        return node.type in TYPES_OF[class_]
    return class_ not in NARROWER or class_ == node.subtype


def fit(nodes: Sequence[Node], facts: Iterable[Fact], ontology: Ontology) -> tuple[tuple[Node, ...], tuple[Fact, ...]]:
    """The nodes and statements with which every relation's domain and range hold.

    Descriptions taken for things ("police", "fighters") that do what only actors can do are groups; a place that is
    none and days in the wrong order are left out; other statements that don't fit are dropped.
    """
    told = list(facts)
    acting = {end for fact in told for end in _acting(fact, ontology)}
    kept = tuple(replace(n, type="Group") if n.id in acting and _is_thing(n) else n for n in nodes)
    known = {node.id: node for node in kept}
    return kept, tuple(_tidied(fact, known) for fact in told if _holds(fact, known, ontology))


def _is_thing(node: Node) -> bool:
    return node.type == "Item" and not node.named


def _acting(fact: Fact, ontology: Ontology) -> Iterable[str]:
    relation = ontology.relations.get(fact.statement.relation)
    return () if relation is None else (end for end, class_ in ends(fact, relation) if class_ == "Actor")


def ends(fact: Fact, relation: Relation) -> Iterable[tuple[str, str]]:
    """Subject and object with the class that each must be one of."""
    yield fact.statement.subject, relation.domain
    if fact.statement.object is not None:
        yield fact.statement.object, relation.range


def _holds(fact: Fact, nodes: Mapping[str, Node], ontology: Ontology) -> bool:
    relation = ontology.relations.get(fact.statement.relation)
    return relation is None or all(fits(nodes[end], class_) for end, class_ in ends(fact, relation))


def _tidied(fact: Fact, nodes: Mapping[str, Node]) -> Fact:
    """The statement without a place that is none, and without days of which the first is after the last."""
    place, time = fact.statement.place, fact.statement.time
    if place is not None and nodes[place].type not in PLACES:
        place = None
    if time is not None and time.earliest and time.latest and time.earliest > time.latest:
        time = replace(time, earliest=None, latest=None)
    if place == fact.statement.place and time == fact.statement.time:
        return fact
    return replace(fact, statement=replace(fact.statement, place=place, time=time))
