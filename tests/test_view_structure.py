"""The shape of a graph: evidence, centrality, communities, places."""

from __future__ import annotations

import networkx as nx
import pytest
from view_samples import sample_graph, small_graph

from kg.view.edges import gather, source_counts, status_of
from kg.view.layout import place_all
from kg.view.structure import communities, components, importance, pair_graph, ranked


def two_cliques(size: int = 8) -> nx.Graph:
    """Two groups in which all know each other, joined by one edge."""
    pairs = nx.disjoint_union(nx.complete_graph(size), nx.complete_graph(size))
    pairs.add_edge(0, size)
    nx.set_edge_attributes(pairs, 1, "weight")
    return pairs


def homes(pairs: nx.Graph) -> dict[int, int]:
    return {node: number for number, members in enumerate(communities(pairs)) for node in members}


def test_status_of_a_statement() -> None:
    statuses = {fact.id[-1]: status_of(fact) for fact in small_graph().facts}
    assert statuses == {
        "1": "asserted", "2": "asserted", "3": "asserted", "4": "asserted", "5": "negated", "6": "claimed", "7": "possible", "8": "asserted", "9": "asserted",
    }  # fmt: skip


def test_copies_are_one_source_and_a_denial_is_none() -> None:
    counts = source_counts(small_graph())
    assert counts["st000001"] == counts["st000002"] == 1, "the agency's copy is no second source"
    assert counts["st000003"] == counts["st000004"] == 2, "two articles say so, and the denial doesn't count"
    assert counts["st000005"] == 1


def test_edges_are_gathered_by_what_they_say() -> None:
    edges = gather(small_graph().facts)
    assert {tuple(key): len(facts) for key, facts in edges.items()} == {
        ("iran", "supplies", "russia"): 3,
        ("russia", "buys", "iran"): 1,
        ("russia", "needs", "iran"): 1,
        ("vladimir-putin", "holdsOffice", "russia"): 1,
        ("vladimir-putin", "met", "ebrahim-raisi"): 2,
    }


def test_both_directions_of_a_symmetric_relation_are_one_edge() -> None:
    edges = gather(small_graph().facts, symmetric={"met"})
    assert ("ebrahim-raisi", "met", "vladimir-putin") in edges
    assert (
        "vladimir-putin",
        "met",
        "ebrahim-raisi",
    ) not in edges


def test_rank_follows_evidence() -> None:
    order = ranked(small_graph())
    assert order[:2] == ["iran", "russia"] or order[:2] == ["russia", "iran"]
    assert order.index("vladimir-putin") < order.index("william-burns") < order.index("tehran")


def test_the_bridge_is_important() -> None:
    found = importance(two_cliques())
    assert found[0] == max(found.values()) == pytest.approx(found[8])
    assert found[0] > 1.5 * found[1]
    assert importance(nx.Graph()) == {}


def test_communities_and_components() -> None:
    pairs = two_cliques()
    pairs.add_node(99)
    assert [set(members) for members in communities(pairs)] == [set(range(8)), set(range(8, 16))]
    assert [len(part) for part in components(pairs)] == [16]


def test_every_entity_has_its_own_place() -> None:
    graph = sample_graph(900, 300)
    numbers = {id_: number for number, id_ in enumerate(ranked(graph))}
    pairs = pair_graph(graph.facts, numbers, graph.origin_of)
    places = place_all(pairs, 100, importance(pairs), homes(pairs))
    assert set(places) == set(numbers.values())
    assert len(set(places.values())) == len(places)
    core = [places[n] for n in range(100)]
    nearest = [
        min((x - a) ** 2 + (y - b) ** 2 for j, (a, b) in enumerate(core) if j != i) ** 0.5
        for i, (x, y) in enumerate(core)
    ]
    assert min(nearest) > 25, "nobody stands on anybody"
    assert max(nearest) < 220, "nobody is lost"


@pytest.mark.parametrize("leaves", [3, 12, 40])
def test_the_heaviest_leave_room_to_those_around_them(leaves: int) -> None:
    """Two hubs, told by many, with leaves that hang on one of them."""
    pairs = nx.star_graph(leaves)
    pairs.add_edges_from((leaves + 1, leaf) for leaf in range(1, leaves // 2))
    nx.set_edge_attributes(pairs, 1, "weight")
    pairs.add_edge(0, leaves + 1, weight=50)
    places = list(place_all(pairs, 100, importance(pairs), homes(pairs)).values())
    gaps = [((x - a) ** 2 + (y - b) ** 2) ** 0.5 for i, (x, y) in enumerate(places) for a, b in places[:i]]
    assert min(gaps) > 45


@pytest.mark.parametrize("parts", [2, 6, 30])
def test_unconnected_parts_make_a_picture_for_a_screen(parts: int) -> None:
    pairs = nx.disjoint_union_all([nx.complete_graph(8) for _ in range(parts)])
    nx.set_edge_attributes(pairs, 1, "weight")
    places = place_all(pairs, 400, importance(pairs), homes(pairs)).values()
    width, height = (max(p[axis] for p in places) - min(p[axis] for p in places) for axis in (0, 1))
    assert 0.3 < width / height < 4


def test_members_of_a_community_stand_together() -> None:
    pairs = two_cliques()
    places = place_all(pairs, 50, importance(pairs), homes(pairs))
    middle = [
        (sum(places[n][0] for n in group) / 8, sum(places[n][1] for n in group) / 8)
        for group in (range(8), range(8, 16))
    ]
    for number, place in places.items():
        own, other = middle[number // 8], middle[1 - number // 8]
        assert (place[0] - own[0]) ** 2 + (place[1] - own[1]) ** 2 < (place[0] - other[0]) ** 2 + (
            place[1] - other[1]
        ) ** 2


def test_the_unconnected_stand_below() -> None:
    pairs = two_cliques()
    pairs.add_nodes_from(range(16, 20))
    places = place_all(pairs, 50, importance(pairs), homes(pairs))
    assert min(places[n][1] for n in range(16, 20)) > max(places[n][1] for n in range(16))


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_tiny_graphs_have_places(size: int) -> None:
    pairs = nx.path_graph(size)
    nx.set_edge_attributes(pairs, 1, "weight")
    assert set(place_all(pairs, 10, importance(pairs), homes(pairs))) == set(range(size))
