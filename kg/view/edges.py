"""Drawn edges: the statements of a graph, gathered by subject, relation and object, and how each of them stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kg.model import Fact, KnowledgeGraph

Status = Literal["asserted", "claimed", "possible", "planned", "wanted", "negated"]
# From the strongest to the weakest; an edge is drawn as the strongest of its statements.
STATUSES: tuple[Status, ...] = ("asserted", "claimed", "possible", "planned", "wanted", "negated")
_MODALITIES: dict[str, Status] = {"possible": "possible", "future": "planned", "desired": "wanted"}


class EdgeKey(NamedTuple):
    """What one drawn edge says."""

    subject: str
    relation: str
    object: str


def status_of(fact: Fact) -> Status:
    """How a statement stands. A denial is negated whatever its modality; an actual, positive statement that isn't asserted is claimed."""
    if fact.statement.polarity == "negative":
        return "negated"
    if fact.statement.modality != "actual":
        return _MODALITIES.get(fact.statement.modality, "possible")
    return "asserted" if fact.asserted else "claimed"


def edge_key(fact: Fact, symmetric: Collection[str] = ()) -> EdgeKey | None:
    """The edge that a statement belongs to, None if it has no object. The ends of a symmetric relation are sorted."""
    statement = fact.statement
    if statement.object is None or statement.object == statement.subject:
        return None
    ends = (statement.subject, statement.object)
    if statement.relation in symmetric:
        ends = (min(ends), max(ends))
    return EdgeKey(ends[0], statement.relation, ends[1])


def gather(facts: Iterable[Fact], symmetric: Collection[str] = ()) -> dict[EdgeKey, list[Fact]]:
    """The edges of these statements, sorted by key, each with its statements."""
    edges: dict[EdgeKey, list[Fact]] = defaultdict(list)
    for fact in facts:
        key = edge_key(fact, symmetric)
        if key is not None:
            edges[key].append(fact)
    return dict(sorted(edges.items()))


def source_counts(graph: KnowledgeGraph) -> dict[str, int]:
    """For each statement (by id), how many independent sources say the same: near-duplicate articles count once, and who
    denies a thing doesn't count for it."""
    sources: dict[tuple[str, str], set[str]] = defaultdict(set)
    for fact in graph.facts:
        sources[fact.group, fact.statement.polarity].add(origin(graph.origin_of, fact.document))
    return {fact.id: len(sources[fact.group, fact.statement.polarity]) for fact in graph.facts}


def origin(origin_of: Mapping[str, str], document: str) -> str:
    """The first of a document's near-duplicates."""
    return origin_of.get(document, document)


def independent(facts: Sequence[Fact], origin_of: Mapping[str, str]) -> int:
    """How many independent sources these statements come from."""
    return len({origin(origin_of, fact.document) for fact in facts})
