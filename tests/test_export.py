"""Exports: every format holds the same graph, reads back in the tools it is for, and is the same bytes each time."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result
from rdflib.compare import isomorphic

from kg.cli import main
from kg.errors import KgError
from kg.export import FORMATS, ExportFormat, Material, Part, export, part_of
from kg.export.rows import StatementRow, statement_rows
from kg.export.tables import cell
from kg.export.triples import reified
from kg.facts import assemble
from kg.model import Document, Extraction, KnowledgeGraph, Span
from kg.rdf import graph_triples, in_order, serialise
from kg.resources import Resources
from kg.vocabulary import DATA, RDF

ARTICLES = {
    "wire": "Iran supplies Russia with drones. Putin met Iranian President Ebrahim Raisi in Tehran on July 19, 2022.",
    "claim": "CIA Director William Burns said Iran trusts Russia.",
    "denial": "Iran does not supply Russia with drones, the Kremlin said.",
    "later": "Turkey sanctioned Syria on August 3, 2022. France met Germany.",
}


@pytest.fixture(scope="module")
def material(extract: Callable[..., Extraction], resources: Resources) -> Material:
    dates = {"later": "2022-08-04"}
    found = [extract(text, dates.get(id_, "2022-07-20"), id_, title=f"On {id_}") for id_, text in ARTICLES.items()]
    return Material(assemble(found, resources.ontology, resources.gazetteer), resources.ontology)


def as_rdflib(content: bytes, format_: str) -> rdflib.Graph:
    return rdflib.Graph().parse(data=content, format=format_)


def as_lines(triples: object) -> set[str]:
    return {str(ox.Triple(t.subject, t.predicate, t.object)) for t in triples}  # type: ignore[attr-defined]


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_graph_gives_the_same_bytes(format_: ExportFormat, material: Material) -> None:
    graph = material.graph
    turned = KnowledgeGraph(graph.documents[::-1], graph.nodes[::-1], graph.facts, graph.origin_of)
    first = export(material, format_)
    assert first == export(material, format_)
    if format_ in ("ttl", "nt", "trig", "jsonld", "rdfxml", "ttl12", "owl", "csv", "jsonl"):
        assert export(material._replace(graph=turned), format_) == first
    assert b"Ebrahim" in first or b"ebrahim" in first


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's parsers use what rdflib deprecates
@pytest.mark.parametrize("format_, theirs", [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_rdflib_reads_the_same_triples_from_each_format(format_: ExportFormat, theirs: str, material: Material) -> None:
    expected = as_rdflib(serialise(graph_triples(*material), ox.RdfFormat.N_TRIPLES), "nt")
    found = as_rdflib(export(material, format_), theirs)
    assert len(found) == len(expected) > 150
    assert isomorphic(found, expected)


@pytest.mark.parametrize(
    "format_, theirs",
    [
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdfxml", ox.RdfFormat.RDF_XML),
        ("trig", ox.RdfFormat.TRIG),
    ],
)
def test_pyoxigraph_reads_the_same_triples_from_each_format(
    format_: ExportFormat, theirs: ox.RdfFormat, material: Material
) -> None:
    found = ox.parse(export(material, format_), theirs)
    assert as_lines(found) == as_lines(graph_triples(*material))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib's parsers use what rdflib deprecates
def test_trig_has_a_graph_for_each_article(material: Material) -> None:
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=export(material, "trig"), format="trig")
    names = {str(g.identifier) for g in dataset.graphs() if len(g)} - {str(dataset.default_graph.identifier)}
    assert names == {f"{DATA}article/{id_}" for id_ in ARTICLES}
    expected = as_rdflib(serialise(graph_triples(*material), ox.RdfFormat.N_TRIPLES), "nt")
    assert {triple[:3] for triple in dataset.quads()} == set(expected)
    # The article that denies it is no reason for the plain triple.
    direct = f"<{DATA}entity/iran> <https://w3id.org/newskg/relation/supplies> <{DATA}entity/russia>"
    rows = dataset.query(f"SELECT ?article {{ GRAPH ?article {{ {direct} }} }}")
    assert {str(row[0]) for row in rows} == {f"{DATA}article/wire"}


def test_rdf_12_reifies_what_each_statement_says(material: Material) -> None:
    content = export(material, "ttl12")
    assert b"rdf:reifies <<( ent:iran rel:supplies ent:russia )>>" in content
    without_object = [f for f in material.graph.facts if f.statement.object is None]
    assert content.count(b"rdf:Statement") == len(without_object)
    found = [quad.triple for quad in ox.parse(content, ox.RdfFormat.TURTLE)]
    assert as_lines(found) == as_lines(reified(graph_triples(*material)))
    # Turned back, it is the graph.
    back = set()
    for triple in found:
        if triple.predicate.value != RDF + "reifies":
            back.add(triple)
            continue
        said = triple.object
        assert isinstance(said, ox.Triple)
        for name, value in zip(("subject", "predicate", "object"), said, strict=True):
            back.add(ox.Triple(triple.subject, ox.NamedNode(RDF + name), value))
        back.add(ox.Triple(triple.subject, ox.NamedNode(RDF + "type"), ox.NamedNode(RDF + "Statement")))
    assert in_order(back) == graph_triples(*material)


def test_owl_declares_and_labels_everything_in_one_file(material: Material) -> None:
    graph = as_rdflib(export(material, "owl"), "turtle")
    assert set(as_rdflib(export(material, "ttl"), "turtle")) <= set(graph)
    declared = set(graph.subjects(rdflib.RDF.type, None))
    ours = {p for p in graph.predicates() if not str(p).startswith((str(rdflib.OWL), str(rdflib.RDFS), RDF + "type"))}
    assert {p for p in ours if (p, rdflib.RDF.type, None) not in graph} == set()
    assert {
        c for c in graph.objects(None, rdflib.RDF.type) if c not in declared and str(c).startswith("https:")
    } == set()
    relations = set(graph.objects(None, rdflib.RDF.predicate))
    assert all((r, rdflib.RDF.type, rdflib.OWL.ObjectProperty) in graph for r in relations)
    labels = {str(label) for label in graph.objects(None, rdflib.RDFS.label)}
    assert {"Iran supplies Russia: drones", "Iran not: supplies Russia: drones", "Ebrahim Raisi", "On wire"} <= labels


def test_owl_declares_relations_that_only_the_user_knows(material: Material) -> None:
    fact = material.graph.facts[0]
    own = replace(fact, statement=replace(fact.statement, relation="befriended"))
    graph = replace(material.graph, facts=(own,))
    content = export(material._replace(graph=graph), "owl")
    assert b"rel:befriended a owl:ObjectProperty" in content


# --- Networks ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_networkx_reads_the_network(format_: ExportFormat, material: Material, tmp_path: Path) -> None:
    path = tmp_path / f"graph.{format_}"
    path.write_bytes(export(material, format_))
    if format_ == "graphml":
        network = nx.read_graphml(path, force_multigraph=True)
    else:
        network = nx.read_gexf(path, version="1.2draft")
    assert isinstance(network, nx.MultiDiGraph)
    assert set(network) == {node.id for node in material.graph.nodes}
    with_object = [f for f in material.graph.facts if f.statement.object is not None]
    assert network.number_of_edges() == len(with_object)
    assert network.nodes["iran"]["label"] == "Iran"
    assert network.nodes["iran"]["type"] == "Country"
    [asserted] = [d for *_, d in network.edges(data=True) if d["relation"] == "supplies" and d["asserted"]]
    assert asserted["sentence"] == "Iran supplies Russia with drones."
    assert asserted["theme"] == "drones"
    assert "speaker" not in asserted


def test_gephi_finds_what_its_reader_needs(material: Material) -> None:
    """Gephi drops values of attributes that are not declared, edges whose id it has seen, and ends that are no nodes."""
    gexf = "{http://www.gexf.net/1.2draft}"
    root = ET.fromstring(export(material, "gexf"))
    [graph] = root.iter(f"{gexf}graph")
    assert graph.get("defaultedgetype") == "directed"
    declared = {
        group.get("class"): {a.get("id"): a.get("type") for a in group.iter(f"{gexf}attribute")}
        for group in root.iter(f"{gexf}attributes")
    }
    assert {type_ for group in declared.values() for type_ in group.values()} <= {
        "string",
        "integer",
        "long",
        "boolean",
    }
    ids: dict[str, list[str | None]] = {}
    for kind in ("node", "edge"):
        elements = list(root.iter(f"{gexf}{kind}"))
        ids[kind] = [element.get("id") for element in elements]
        assert len(set(ids[kind])) == len(elements) > 1
        assert all(element.get("label") for element in elements)
        used = {value.get("for") for element in elements for value in element.iter(f"{gexf}attvalue")}
        assert used == set(declared[kind])
    assert {e.get(end) for e in root.iter(f"{gexf}edge") for end in ("source", "target")} <= set(ids["node"])


def test_no_day_of_export_is_in_the_file(material: Material) -> None:
    assert b"lastmodified" not in export(material, "gexf")


# --- Tables ------------------------------------------------------------------------------------------


def test_csv_has_a_row_for_each_statement(material: Material) -> None:
    rows = list(csv.DictReader(io.StringIO(export(material, "csv").decode(), newline="")))
    assert list(rows[0]) == list(StatementRow._fields)
    assert len(rows) == len(material.graph.facts)
    for row, expected in zip(rows, statement_rows(material), strict=True):
        assert row == {name: cell(value) for name, value in expected._asdict().items()}
    [denial] = [r for r in rows if r["polarity"] == "negative"]
    assert (denial["subject"], denial["relation"], denial["object"], denial["theme"]) == (
        "Iran", "supplies", "Russia", "drones",
    )  # fmt: skip
    assert denial["speaker"]
    assert denial["asserted"] == "false"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "＝1", '=HYPERLINK("http://x")']
)
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


def test_a_row_is_a_line(material: Material) -> None:
    document = material.graph.documents[0]
    hostile = Document(
        document.id, "a\nb", document.text, document.sha256, title='=cmd|"/c calc"!A1\r\nx', publisher="-2"
    )
    graph = KnowledgeGraph((hostile, *material.graph.documents[1:]), material.graph.nodes, material.graph.facts, {})
    content = export(material._replace(graph=graph), "csv").decode()
    assert content.count("\n") == content.count("\r\n") == len(graph.facts) + 1
    row = next(r for r in csv.DictReader(io.StringIO(content, newline="")) if r["source"] == "a b")
    assert row["title"] == '\'=cmd|"/c calc"!A1 x'
    assert row["publisher"] == "'-2"


def test_jsonl_has_every_key_on_every_line(material: Material) -> None:
    lines = export(material, "jsonl").decode().splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == len(material.graph.facts)
    assert all(list(row) == list(StatementRow._fields) for row in rows)
    assert any(row["earliest"] == "2022-07-19" for row in rows)


def test_control_characters_break_no_file(material: Material) -> None:
    texts = {d.id: d for d in material.graph.documents}
    bad = Document("wire", "wire.txt", texts["wire"].text, "0", title="a\x00b\x0bc\ufffed\U0001f642")
    documents = (*(d for d in material.graph.documents if d.id != "wire"), bad)
    hostile = material._replace(graph=KnowledgeGraph(documents, material.graph.nodes, material.graph.facts, {}))
    assert "a\ufffdb\ufffdc\ufffdd🙂" in {str(o) for o in as_rdflib(export(hostile, "rdfxml"), "xml").objects()}
    assert nx.parse_graphml(export(hostile, "graphml").decode(), force_multigraph=True).number_of_nodes() > 5
    assert as_lines(ox.parse(export(hostile, "jsonld"), ox.RdfFormat.JSON_LD)) == as_lines(graph_triples(*hostile))


# --- Parts -------------------------------------------------------------------------------------------


def relations(graph: KnowledgeGraph) -> set[str]:
    return {fact.statement.relation for fact in graph.facts if fact.statement.family != "OTHER"}


@pytest.mark.parametrize(
    "part, there, not_there",
    [
        (Part(about=("Turkey",)), {"sanctioned"}, {"supplies", "met"}),
        (Part(since=date(2022, 8, 1)), {"sanctioned", "met"}, {"supplies"}),
        (Part(until=date(2022, 7, 31)), {"supplies", "trusts"}, {"sanctioned"}),
        (Part(relations=("CONSULT",)), {"met"}, {"supplies", "sanctioned"}),
        (Part(relations=("supplies",)), {"supplies"}, {"met"}),
        (Part(relations=("Has  ties with", "Met")), {"met"}, {"supplies"}),
        (Part(asserted_only=True), {"supplies", "met"}, {"trusts"}),
        (Part(about=("Iran",), relations=("trusts",), asserted_only=False), {"trusts"}, {"supplies"}),
    ],
)
def test_a_part_has_what_was_asked_for(part: Part, there: set[str], not_there: set[str], material: Material) -> None:
    found = relations(part_of(material, part).graph)
    assert there <= found
    assert not found & not_there


def test_a_part_points_nowhere_outside_itself(material: Material) -> None:
    copy = {**material.graph.origin_of, "denial": "wire"}
    graph = KnowledgeGraph(material.graph.documents, material.graph.nodes, material.graph.facts, copy)
    chosen = part_of(material._replace(graph=graph), Part(relations=("supplies",), about=("Iran",))).graph
    triples = graph_triples(chosen, material.ontology)
    described = {t.subject.value for t in triples}
    pointed = {
        t.object.value for t in triples if isinstance(t.object, ox.NamedNode) and t.object.value.startswith(DATA)
    }
    assert pointed <= described
    assert {d.id for d in chosen.documents} == {"wire", "denial"}


@pytest.mark.parametrize(
    "part, message",
    [
        (Part(about=("Atlantis",)), "no entity is called 'Atlantis'"),
        (Part(relations=("supply",)), r"no relation or family is called 'supply' \(did you mean supplies"),
    ],
)
def test_what_is_not_there_is_told(part: Part, message: str, material: Material) -> None:
    with pytest.raises(KgError, match=message):
        export(material, "ttl", part)


def test_a_part_of_nothing_is_an_empty_file_not_an_error(material: Material) -> None:
    part = Part(since=date(1900, 1, 1), until=date(1900, 1, 2))
    assert export(material, "jsonl", part) == b""
    assert len(as_rdflib(export(material, "ttl", part), "turtle")) > 0
    for format_ in FORMATS:
        assert isinstance(export(material, format_, part), bytes)


def test_sentences_are_quoted_as_they_stand(material: Material) -> None:
    texts = {d.id: d.text for d in material.graph.documents}
    for fact, row in zip(material.graph.facts, statement_rows(material), strict=True):
        span = Span(row.sentence_start, row.sentence_end)
        assert texts[fact.document][span.start : span.end] == row.sentence
        assert texts[fact.document][row.trigger_start : row.trigger_end] == row.trigger


# --- The command -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    for id_, text in ARTICLES.items():
        (folder / f"{id_}.txt").write_text(f"Date: 2022-07-20\n\n{text}\n")
    result = run("build", *sorted(folder.glob("*.txt")), "-o", folder / "out")
    assert result.exit_code == 0, result.output
    for path in folder.glob("*.txt"):
        path.unlink()
    return folder / "out"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_export_needs_no_sources_and_prints(built: Path) -> None:
    result = run("export", "--to", "ttl", "-o", built)
    assert result.exit_code == 0, result.output
    assert result.stdout_bytes == (built / "graph.ttl").read_bytes()


def test_export_writes_a_file(built: Path, tmp_path: Path) -> None:
    target = tmp_path / "drones.csv"
    result = run("export", "--to", "csv", "-o", built, "--about", "Iran", "--relation", "supplies", "--file", target)
    assert (result.exit_code, result.stdout) == (0, "")
    rows = csv.DictReader(io.StringIO(target.read_text(), newline=""))
    assert {r["relation"] for r in rows} == {"supplies"}


@pytest.mark.parametrize(
    "arguments, status, message",
    [
        (("--to", "nonsense"), 2, "is not one of"),
        ((), 2, "Missing option '--to'"),
        (("--to", "ttl", "--since", "yesterday"), 2, "yesterday"),
        (("--to", "ttl", "--since", "2022-02-01", "--until", "2022-01-01"), 2, "2022-01-01 is before 2022-02-01"),
        (("--to", "ttl", "--about", "Atlantis"), 1, "no entity is called 'Atlantis'"),
        (("--to", "ttl", "--file", "/nowhere/at/all.ttl"), 1, "can't be written"),
    ],
)
def test_wrong_usage_is_one_clear_line(built: Path, arguments: tuple[str, ...], status: int, message: str) -> None:
    result = run("export", "-o", built, *arguments)
    assert result.exit_code == status
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    result = run("export", "--to", "ttl", "-o", tmp_path)
    assert result.exit_code == 1
    assert "no graph here" in result.stderr
