"""From extractions to RDF: resolution, assertion, evidence, determinism, three parsers that agree."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.duplicates import find_origins
from kg.facts import AssertionRule, assemble
from kg.model import Document, Extraction, KnowledgeGraph
from kg.rdf import Names, graph_triples, safe_url, serialise
from kg.records import dump, load, public_record
from kg.resources import Resources
from kg.vocabulary import KG, NIF, PROV, RDF, REL, SKOS

ARTICLES = {
    "wire": "Iran supplies Russia with drones. Putin met Iranian President Ebrahim Raisi in Tehran on July 19, 2022.",
    "claim": "CIA Director William Burns said Iran trusts Russia.",
    "second": "Turkish President Recep Tayyip Erdogan said Iran trusts Russia.",
    "denial": "Iran does not supply Russia with drones, the Kremlin said.",
    "maybe": "Moscow may buy Iranian drones.",
}


@pytest.fixture(scope="module")
def extractions(extract: Callable[..., Extraction]) -> list[Extraction]:
    return [extract(text, id_=id_, publisher=id_.title()) for id_, text in ARTICLES.items()]


@pytest.fixture(scope="module")
def graph(extractions: list[Extraction], resources: Resources) -> KnowledgeGraph:
    return assemble(extractions, resources.ontology, resources.gazetteer)


@pytest.fixture(scope="module")
def turtle(graph: KnowledgeGraph, resources: Resources) -> bytes:
    return serialise(graph_triples(graph, resources.ontology))


def direct(graph: KnowledgeGraph, resources: Resources) -> set[str]:
    """The direct triples as `subject relation object`."""
    found = set()
    for triple in graph_triples(graph, resources.ontology):
        if triple.predicate.value.startswith(REL):
            parts = (triple.subject, triple.predicate, triple.object)
            found.add(" ".join(part.value.rsplit("/", 1)[-1] for part in parts))
    return found


def test_only_what_is_told_as_a_fact_is_a_direct_triple(graph: KnowledgeGraph, resources: Resources) -> None:
    found = direct(graph, resources)
    assert "iran supplies russia" in found
    # Meetings go both ways.
    assert {"putin met ebrahim-raisi", "ebrahim-raisi met putin"} <= found
    # Two speakers of two countries make a fact of a claim.
    assert "iran trusts russia" in found
    # What may be is none.
    assert not any("buys" in triple for triple in found)


def test_one_speaker_makes_no_fact(extractions: list[Extraction], resources: Resources) -> None:
    alone = [e for e in extractions if e.document.id != "second"]
    assert "iran trusts russia" not in direct(assemble(alone, resources.ontology, resources.gazetteer), resources)
    strict = assemble(extractions, resources.ontology, resources.gazetteer, AssertionRule(speakers=3))
    assert "iran trusts russia" not in direct(strict, resources)


def test_a_denial_stands_beside_the_claim_and_shares_its_fact(graph: KnowledgeGraph) -> None:
    supplies = [f for f in graph.facts if f.statement.relation == "supplies"]
    assert {f.statement.polarity for f in supplies} == {"positive", "negative"}
    assert len({f.group for f in supplies}) == 1
    assert [f.asserted for f in supplies if f.statement.polarity == "negative"] == [False]


def test_every_statement_has_its_sentence_with_offsets_that_fit(turtle: bytes) -> None:
    store = ox.Store()
    store.bulk_load(turtle, format=ox.RdfFormat.TURTLE)
    query = f"""
      SELECT ?words ?begin ?end ?article ?tb ?te ?trigger WHERE {{
        ?s a <{KG}Statement> ; <{PROV}wasDerivedFrom> ?x ; <{KG}trigger> ?trigger ; <{KG}triggerBegin> ?tb ; <{KG}triggerEnd> ?te .
        ?x <{RDF}value> ?words ; <{NIF}beginIndex> ?begin ; <{NIF}endIndex> ?end ; <{NIF}referenceContext> ?article }}"""
    rows = list(store.query(query))
    assert len(rows) >= 7
    for row in rows:
        text = ARTICLES[row["article"].value.rsplit("/", 1)[-1]]
        assert text[int(row["begin"].value) : int(row["end"].value)] == row["words"].value
        assert text[int(row["tb"].value) : int(row["te"].value)] == row["trigger"].value
    statements = list(store.query(f"SELECT ?s WHERE {{ ?s a <{KG}Statement> }}"))
    assert len(statements) == len(rows)


def test_names_of_one_thing_are_one_node(graph: KnowledgeGraph) -> None:
    by_label = {n.label: n for n in graph.nodes}
    assert "Moscow" in by_label["Russia"].aliases
    assert by_label["Russia"].link == "http://www.wikidata.org/entity/Q159"
    assert by_label["Ebrahim Raisi"].country == "IRN"


def test_rdflib_and_oxigraph_read_the_same_triples(turtle: bytes) -> None:
    ours = {(str(t.subject), str(t.predicate), str(t.object)) for t in ox.parse(turtle, ox.RdfFormat.TURTLE)}
    as_lines = ox.serialize(ox.parse(turtle, ox.RdfFormat.TURTLE), format=ox.RdfFormat.N_TRIPLES)
    assert len(ours) > 100
    assert isomorphic(
        rdflib.Graph().parse(data=turtle, format="turtle"), rdflib.Graph().parse(data=as_lines, format="nt")
    )


def test_a_third_parser_reads_the_same_triples(turtle: bytes, tmp_path: Path) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        pytest.skip("Raptor's rapper is not installed (Debian: raptor2-utils)")
    path = tmp_path / "graph.ttl"
    path.write_bytes(turtle)
    found = subprocess.run(
        [rapper, "-q", "-i", "turtle", "-o", "ntriples", path], capture_output=True, check=True
    ).stdout
    theirs = {str(t) for t in ox.parse(found, ox.RdfFormat.N_TRIPLES)}
    assert theirs == {str(t) for t in ox.parse(turtle, ox.RdfFormat.TURTLE)}


def test_there_are_no_blank_nodes(turtle: bytes) -> None:
    for triple in ox.parse(turtle, ox.RdfFormat.TURTLE):
        assert not isinstance(triple.subject, ox.BlankNode)
        assert not isinstance(triple.object, ox.BlankNode)


def test_the_order_of_articles_changes_no_byte(
    extractions: list[Extraction], turtle: bytes, resources: Resources
) -> None:
    for seed in range(5):
        shuffled = extractions[:]
        random.Random(seed).shuffle(shuffled)
        again = assemble(shuffled, resources.ontology, resources.gazetteer)
        assert serialise(graph_triples(again, resources.ontology)) == turtle


def test_the_base_is_that_of_the_data_alone(graph: KnowledgeGraph, resources: Resources) -> None:
    triples = graph_triples(graph, resources.ontology, "https://example.org/mine/")
    entities = {t.subject.value for t in triples if t.predicate.value == SKOS + "prefLabel"}
    assert all(iri.startswith("https://example.org/mine/entity/") for iri in entities)
    assert any(t.predicate.value == REL + "supplies" for t in triples)


HOSTILE = st.text(alphabet=st.sampled_from("<>\"\\{}|^`\n\r\t \u202eé🙂#/?&%'.;a"), min_size=1, max_size=30)


@settings(max_examples=80, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_no_name_breaks_the_turtle(id_: str, title: str, url: str) -> None:
    document = Document(id_, id_, "text", "0", title=title, publisher=title, url="http://" + url, reference=title)
    graph = KnowledgeGraph((document,), (), (), {id_: id_})
    triples = graph_triples(graph, ONTOLOGY)
    read = rdflib.Graph().parse(data=serialise(triples), format="turtle")
    assert len(read) == len(triples)
    titles = {str(o) for o in read.objects(None, rdflib.DCTERMS.title)}
    assert titles == {title}


@pytest.fixture(scope="module", autouse=True)
def _ontology(resources: Resources) -> None:
    global ONTOLOGY
    ONTOLOGY = resources.ontology


@pytest.mark.parametrize(
    "url, expected",
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("https://example.org/a b<c>", "https://example.org/a%20b%3Cc%3E"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(url: str | None, expected: str | None) -> None:
    assert safe_url(url) == expected


def test_iris_are_valid_for_any_id() -> None:
    for name in ("a b", "<x>", "習近平", "../../etc", "a#b?c"):
        assert ox.NamedNode(Names().article(name).value)


# --- Records -----------------------------------------------------------------------------------------


def test_records_come_back_as_they_went(extractions: list[Extraction]) -> None:
    for extraction in extractions:
        assert load(dump(extraction)) == extraction


def test_the_public_record_has_exactly_the_keys_of_the_contract(extractions: list[Extraction]) -> None:
    record = public_record(extractions[0])
    assert list(record) == [
        "id", "source", "title", "publisher", "published", "language", "text", "sha256", "mentions", "entities", "statements",
    ]  # fmt: skip
    assert set(record["mentions"][0]) == {"start", "end", "text", "type", "kind", "entity"}
    assert set(record["entities"][0]) == {"id", "label", "type", "subtype", "aliases", "country", "link"}
    assert set(record["statements"][0]) == {
        "id", "subject", "relation", "family", "object", "theme", "place", "time", "polarity", "modality", "attributed_to",
        "manner", "cue", "sentence", "trigger", "frame",
    }  # fmt: skip
    assert record["published"] == "2022-07-20"
    known = {e["id"] for e in record["entities"]}
    for mention in record["mentions"]:
        assert record["text"][mention["start"] : mention["end"]] == mention["text"]
        assert mention["entity"] in known
    for statement in record["statements"]:
        assert statement["subject"] in known


# --- Near-duplicates ---------------------------------------------------------------------------------

STORY = " ".join(f"Sentence number {n} tells something about place {n * 7}." for n in range(30))


def test_a_copied_story_is_one_source(make_document: Callable[..., Document]) -> None:
    first = make_document(STORY, "2022-07-19", "first")
    copy = make_document(STORY.replace("Sentence number 3 tells something about place 21. ", ""), "2022-07-20", "copy")
    other = make_document("Something else entirely happened in another town, and nobody wrote about it.", id_="other")
    assert find_origins([copy, other, first]) == {"first": "first", "copy": "first", "other": "other"}


def test_articles_on_the_same_event_are_not_copies(make_document: Callable[..., Document]) -> None:
    a = make_document(
        "Putin met Raisi in Tehran on Tuesday to talk about Syria, drones and trade between them.", id_="a"
    )
    b = make_document(
        "In Tehran, Russia's president held talks with his Iranian counterpart about the Syrian war.", id_="b"
    )
    assert find_origins([a, b]) == {"a": "a", "b": "b"}
