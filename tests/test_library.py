"""The library: build or open a graph, ask it, and hand it on to rdflib, networkx and data frames."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
import rdflib

import kg
from kg.export.rows import StatementRow
from kg.query import Rows

TEXTS = {
    "wire": "Date: 2022-07-20\n\nIran supplies Russia with drones. Vladimir Putin met Ebrahim Raisi in Tehran on July 19, 2022.\n",
    "claim": "Date: 2022-08-20\n\nCIA Director William Burns said Iran trusts Russia.\n",
}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    folder = tmp_path_factory.mktemp("library")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / f"{name}.txt").write_text(text)
    (folder / "in" / "empty.txt").write_text("")
    told: list[tuple[int, int]] = []
    built = kg.build(folder / "in", folder / "out", progress=lambda done, total, _: told.append((done, total)))
    assert told[-1] == (2, 2)
    return built


def test_the_public_names() -> None:
    assert set(kg.__all__) == {"Graph", "KgError", "__version__", "build", "open"}
    for name in kg.__all__:
        assert getattr(kg, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = kg.nonsense  # type: ignore[attr-defined]


def test_importing_is_light() -> None:
    code = "import sys, kg; print([m for m in ('rdflib', 'spacy', 'networkx', 'pyoxigraph', 'pyshacl') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_sources_that_gave_no_article_are_told(graph: kg.Graph) -> None:
    assert [problem.source.rsplit("/", 1)[-1] for problem in graph.problems] == ["empty.txt"]


def test_a_query_gives_rows_of_python_values(graph: kg.Graph) -> None:
    found = graph.query(
        "SELECT ?who ?whom ?day ?sure { ?s rdf:predicate rel:met ; rdf:subject/skos:prefLabel ?who ; kg:asserted ?sure ;"
        " rdf:object/skos:prefLabel ?whom ; kg:earliest ?day }"
    )
    assert isinstance(found, Rows)
    assert found.records() == [
        {"who": "Vladimir Putin", "whom": "Ebrahim Raisi", "day": date(2022, 7, 19), "sure": True}
    ]
    assert graph.query("ASK { ent:iran rel:supplies ent:russia }") is True


def test_a_graph_in_memory_answers_alike_and_sees_a_new_build(graph: kg.Graph, tmp_path: Path) -> None:
    shutil.copytree(graph.folder, tmp_path / "out")
    query = "SELECT ?name { ?e skos:prefLabel ?name } ORDER BY ?name"
    opened = [kg.open(tmp_path / "out"), kg.open(tmp_path / "out", in_memory=True)]
    assert [g.query(query) for g in opened] == [graph.query(query)] * 2
    kg.build(graph.folder.parent / "in" / "claim.txt", tmp_path / "out")
    assert [g.query("ASK { ent:iran rel:supplies ent:russia }") for g in opened] == [False, False]


def test_an_opened_graph_is_the_built_one(graph: kg.Graph) -> None:
    opened = kg.open(str(graph.folder))
    assert opened.knowledge == graph.knowledge
    assert opened.statements() == graph.statements()


@pytest.mark.parametrize(
    "conditions, relations",
    [
        ({}, {"supplies", "met", "trusts"}),
        ({"about": "Ebrahim Raisi", "hops": 0}, {"met"}),
        ({"about": ["Vladimir Putin", "Ebrahim Raisi"]}, {"met"}),
        ({"since": "2022-08-01"}, {"trusts"}),
        ({"until": date(2022, 7, 31)}, {"supplies", "met"}),
        ({"relations": "TRADE"}, {"supplies"}),
        ({"asserted_only": True}, {"supplies", "met"}),
    ],
)
def test_statements_can_be_chosen(graph: kg.Graph, conditions: dict[str, object], relations: set[str]) -> None:
    found = graph.statements(**conditions)  # type: ignore[arg-type]
    assert {row.relation for row in found} & {"supplies", "met", "trusts"} == relations


def test_rows_suit_a_data_frame(graph: kg.Graph) -> None:
    [row] = graph.statements(relations="trusts")
    assert isinstance(row, StatementRow)
    assert (row.subject, row.object, row.speaker, row.asserted) == ("Iran", "Russia", "William Burns", False)
    assert row.sentence == "CIA Director William Burns said Iran trusts Russia."
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(graph.statements())
    assert list(frame.columns) == list(StatementRow._fields)
    assert frame.relation.value_counts()["supplies"] == 1


def test_rdflib_has_the_triples_of_the_file(graph: kg.Graph) -> None:
    found = graph.to_rdflib()
    assert set(found) == set(rdflib.Graph().parse(graph.folder / "graph.ttl"))
    assert dict(found.namespaces())["rel"] == rdflib.URIRef("https://w3id.org/newskg/relation/")


def test_networkx_has_an_edge_for_each_statement_between_two(graph: kg.Graph) -> None:
    found = graph.to_networkx()
    assert isinstance(found, nx.MultiDiGraph)
    assert found.nodes["iran"]["label"] == "Iran"
    edges = {data["relation"]: data for _, _, data in found.edges(data=True)}
    assert {"supplies", "met", "trusts"} <= set(edges)
    assert edges["trusts"]["speaker"] == "William Burns"
    assert all(isinstance(v, str | bool | int) for data in edges.values() for v in data.values())


def test_exports_and_checks(graph: kg.Graph, tmp_path: Path) -> None:
    content = graph.export("csv", tmp_path / "all.csv", relations="supplies")
    assert (tmp_path / "all.csv").read_bytes() == content
    assert content.count(b"\r\n") == 2
    assert graph.export("ttl") == (graph.folder / "graph.ttl").read_bytes()
    assert graph.check() == []


def test_a_turtle_file_alone_can_be_asked(graph: kg.Graph, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes((graph.folder / "graph.ttl").read_bytes())
    alone = kg.open(tmp_path)
    assert alone.query("ASK { ent:iran rel:supplies ent:russia }") is True
    with pytest.raises(kg.KgError, match="run `kg build` again"):
        alone.statements()


@pytest.mark.parametrize(
    "call, message",
    [
        (lambda _, t: kg.open(t), "no graph here"),
        (lambda _, t: kg.build(t / "nothing", t / "out"), "nothing to build"),
        (lambda g, _: g.query("SELECT"), "not a valid SPARQL query"),
        (lambda g, _: g.statements("Atlantis"), "no entity is called 'Atlantis'"),
        (lambda g, _: g.statements(relations="sang"), "no relation or family is called 'sang'"),
    ],
)
def test_mistakes_are_kg_errors(
    graph: kg.Graph, tmp_path: Path, call: Callable[[kg.Graph, Path], object], message: str
) -> None:
    with pytest.raises(kg.KgError, match=message):
        call(graph, tmp_path)
