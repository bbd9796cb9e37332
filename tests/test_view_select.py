"""Cutting a graph down to a part."""

from __future__ import annotations

from datetime import date

import pytest
from view_samples import sample_graph, small_graph

from kg.errors import KgError
from kg.model import KnowledgeGraph
from kg.view import find_entities, select


def told(graph: KnowledgeGraph) -> list[str]:
    return [fact.id for fact in graph.facts]


def ids(graph: KnowledgeGraph) -> set[str]:
    return {node.id for node in graph.nodes}


def test_without_conditions_everything_told_stays() -> None:
    graph = small_graph()
    assert told(select(graph)) == told(graph)


@pytest.mark.parametrize(
    ("conditions", "statements"),
    [
        ({"relations": ["met"]}, {1, 2}),
        ({"relations": ["TRADE"]}, {3, 4, 5, 7}),
        ({"relations": ["nothing"]}, set()),
        ({"since": date(2022, 7, 20)}, {3, 4, 5, 6, 7, 8, 9}),  # undated ones count by their article
        ({"until": date(2022, 7, 19)}, {1, 2}),
        ({"since": date(2023, 1, 1)}, set()),
        ({"about": "Ibrahim Raisi", "hops": 0}, {1, 2, 5}),  # where he acts, is met, or speaks
        ({"about": "putin", "hops": 1}, {1, 2, 8}),
        ({"about": "William Burns", "hops": 3}, {6, 9}),  # he has no edge, but he says something
        ({"about": "drones", "hops": 0}, {3, 4, 5, 7}),
        ({"about": ["Burns", "TEHRAN"], "hops": 0}, {1, 2, 6, 9}),  # the city, where they met
        ({"top": 2}, {3, 4, 5, 6, 7}),
        ({"top": 0}, set()),
    ],
)
def test_conditions(conditions: dict[str, object], statements: set[int]) -> None:
    part = select(small_graph(), **conditions)  # type: ignore[arg-type]
    assert set(told(part)) == {f"st{number:06d}" for number in statements}


def test_a_part_is_whole_in_itself() -> None:
    """Every entity and article that a kept statement names is kept, and no other."""
    part = select(sample_graph(), about="Arvania", hops=1, since=date(2022, 1, 1))
    named = {
        n
        for f in part.facts
        for n in (f.statement.subject, f.statement.object, f.statement.theme, f.statement.attributed_to)
        if n
    }
    assert part.facts
    assert ids(part) == named
    assert {document.id for document in part.documents} == {fact.document for fact in part.facts}
    assert set(part.origin_of) == {document.id for document in part.documents}


def test_an_entity_of_which_nothing_is_left_is_still_there() -> None:
    assert ids(select(small_graph(), about="Putin", relations=["needs"])) == {"vladimir-putin"}


def test_top_keeps_the_best_evidenced() -> None:
    assert ids(select(small_graph(), top=2)) >= {"russia", "iran"}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("iran", ["iran"]),
        ("IRAN", ["iran"]),
        ("the  Kremlin", ["russia"]),
        ("ebrahim-raisi", ["ebrahim-raisi"]),
        ("Tehran", ["tehran"]),
        ("Íran", ["iran"]),
    ],
)
def test_names(name: str, found: list[str]) -> None:
    """A label wins over an alias: Tehran is the city although the government has that alias."""
    assert [node.id for node in find_entities(small_graph(), name)] == found


@pytest.mark.parametrize(
    ("name", "advice"),
    [("Vladimir Puttin", "did you mean Vladimir Putin"), ("Raisi", "did you mean"), ("zzzz", "search graph.html")],
)
def test_an_unknown_name_is_one_clear_line(name: str, advice: str) -> None:
    with pytest.raises(KgError, match=advice) as error:
        select(small_graph(), about=name)
    assert "\n" not in str(error.value)
