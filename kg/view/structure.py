"""The shape of a graph, by networkx: how well each entity is evidenced, how central it is, and which entities belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import sqrt

import networkx as nx

from kg.model import Fact, KnowledgeGraph
from kg.view.edges import edge_key, gather, origin, status_of

SEED = 7
# Betweenness is exact up to this many entities and estimated from this many pivots above.
PIVOTS = 100
# What a statement of a status adds to how well an entity is evidenced.
_WEIGHTS = {"asserted": 1.0, "claimed": 0.6, "possible": 0.4, "planned": 0.4, "wanted": 0.4, "negated": 0.4}


def ranked(graph: KnowledgeGraph, quiet: frozenset[str] = frozenset({"OTHER"})) -> list[str]:
    """Ids of all entities, the best-evidenced first; families in `quiet` count nothing."""
    scores = evidence(graph, quiet)
    return sorted((node.id for node in graph.nodes), key=lambda id_: (-scores.get(id_, 0.0), id_))


def evidence(graph: KnowledgeGraph, quiet: frozenset[str] = frozenset()) -> dict[str, float]:
    """How well entities are evidenced: one for each independent source of each edge at the entity, weighted by status, and a
    tenth of that for statements without a counterpart."""
    told: dict[tuple[str, object], dict[str, float]] = defaultdict(dict)
    for fact in graph.facts:
        if fact.statement.family in quiet:
            continue
        weight, key, source = _WEIGHTS[status_of(fact)], edge_key(fact), origin(graph.origin_of, fact.document)
        ends = (key.subject, key.object) if key else (fact.statement.subject,)
        for end in ends:
            sources = told[end, key or fact.statement.relation]
            sources[source] = max(sources.get(source, 0.0), weight if key else weight / 10)
    scores: dict[str, float] = defaultdict(float)
    for (end, _), sources in sorted(told.items(), key=str):
        scores[end] += sum(sources[source] for source in sorted(sources))
    return {end: round(score, 6) for end, score in scores.items()}


def pair_graph(facts: Sequence[Fact], numbers: Mapping[str, int], origin_of: Mapping[str, str]) -> nx.Graph:
    """Who has to do with whom: an undirected graph over numbered entities, weighted by how many independent sources each edge between two
    has. Entities are numbers because sets of numbers, unlike sets of strings, are walked in the same order by every run."""
    pairs = nx.Graph()
    pairs.add_nodes_from(sorted(numbers.values()))
    weights: dict[tuple[int, int], int] = defaultdict(int)
    for key, told in gather(facts).items():
        if key.subject in numbers and key.object in numbers:
            ends = sorted((numbers[key.subject], numbers[key.object]))
            weights[ends[0], ends[1]] += len({origin(origin_of, fact.document) for fact in told})
    pairs.add_weighted_edges_from((a, b, weight) for (a, b), weight in sorted(weights.items()))
    return pairs


def importance(pairs: nx.Graph) -> dict[int, float]:
    """How much an entity holds the graph together, from 0 to 1: its weighted degree and its betweenness, half and half, both as roots so
    that the few giants don't dwarf the rest."""
    if not pairs:
        return {}
    strength = dict(pairs.degree(weight="weight"))
    between = nx.betweenness_centrality(
        pairs, k=min(PIVOTS, len(pairs)) if len(pairs) > 2 * PIVOTS else None, seed=SEED
    )
    most, middle = max(strength.values()) or 1, max(between.values()) or 1
    return {node: round((sqrt(strength[node] / most) + sqrt(between[node] / middle)) / 2, 6) for node in pairs}


def communities(pairs: nx.Graph) -> list[list[int]]:
    """Entities that belong together (Louvain method, fixed seed), largest community first; unconnected entities are in none."""
    connected = pairs.subgraph(sorted(node for node in pairs if pairs.degree(node))).copy()
    if not connected:
        return []
    found = nx.community.louvain_communities(connected, weight="weight", seed=SEED)
    return sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))


def components(pairs: nx.Graph) -> list[list[int]]:
    """Connected parts of two or more entities, largest first."""
    found = [sorted(part) for part in nx.connected_components(pairs) if len(part) > 1]
    return sorted(found, key=lambda part: (-len(part), part))
