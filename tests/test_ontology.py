"""The ontology: every term that data files and graphs use is defined; it is sound as OWL; its examples work; its page is fresh."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from kg.datafiles import default_folder
from kg.facts import assemble
from kg.model import Extraction
from kg.ontology import Ontology
from kg.rdf import graph_triples
from kg.resources import Resources
from kg.vocabulary import KG, REL

ROOT = Path(__file__).parent.parent
DEFINING = {
    OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual, RDFS.Datatype,
    RDFS.Class, RDF.Property,
}  # fmt: skip
Kg = rdflib.Namespace(KG)
Rel = rdflib.Namespace(REL)


@pytest.fixture(scope="module")
def owl() -> rdflib.Graph:
    return rdflib.Graph().parse(default_folder() / "kg.ttl")


@pytest.fixture(scope="module")
def relations(owl: rdflib.Graph) -> list[rdflib.term.Node]:
    return sorted(set(owl.subjects(Kg.family)))


def defined() -> set[str]:
    found = set()
    for path in default_folder().glob("*.ttl"):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if quad.predicate.value == str(RDF.type) and rdflib.URIRef(quad.object.value) in DEFINING:
                found.add(quad.subject.value)
    return found


def terms_in(triples: object) -> set[str]:
    return {
        term.value
        for triple in triples  # type: ignore[attr-defined]
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith((KG, REL))
    }


@pytest.mark.parametrize("path", sorted(default_folder().glob("*.ttl")), ids=lambda p: p.name)
def test_every_term_of_a_data_file_is_defined(path: Path) -> None:
    assert terms_in(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)) - defined() == set()


def test_every_term_of_a_graph_is_defined(extract: Callable[..., Extraction], resources: Resources) -> None:
    texts = ["Iran does not supply Russia with drones, the Kremlin said on Tuesday, citing Putin.",
             "Burns said: “Iran supplies Russia with drones.” Macron dined with Merkel in Paris."]  # fmt: skip
    graph = assemble([extract(t, id_=f"t{n}") for n, t in enumerate(texts)], resources.ontology, resources.gazetteer)
    used = terms_in(graph_triples(graph, resources.ontology))
    assert {KG + "contradicts", KG + "denyingSpeakers", KG + "Fact"} <= used
    assert used - defined() == set()


def test_it_is_an_ontology_with_a_header(owl: rdflib.Graph) -> None:
    [header] = owl.subjects(RDF.type, OWL.Ontology)
    for property_ in (DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionInfo, OWL.versionIRI):
        assert owl.value(header, property_) is not None


def test_every_term_has_one_label_and_definition(owl: rdflib.Graph) -> None:
    for term in {s for kind in DEFINING for s in owl.subjects(RDF.type, kind)}:
        if str(term).startswith((KG, REL)):
            assert len(list(owl.objects(term, RDFS.label))) == 1, term
            assert len(list(owl.objects(term, SKOS.definition))) == 1, term


def test_every_property_has_domain_and_range(owl: rdflib.Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for term in {s for kind in kinds for s in owl.subjects(RDF.type, kind)}:
        if str(term).startswith((KG, REL)):
            assert len(list(owl.objects(term, RDFS.domain))) == 1, term
            assert len(list(owl.objects(term, RDFS.range))) == 1, term


def test_no_property_is_of_two_kinds(owl: rdflib.Graph) -> None:
    kinds = [set(owl.subjects(RDF.type, k)) for k in (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)]
    assert not kinds[0] & kinds[1] | kinds[0] & kinds[2] | kinds[1] & kinds[2]


def test_relations_stand_below_their_family(owl: rdflib.Graph, relations: list[rdflib.term.Node]) -> None:
    for relation in relations:
        above = set(owl.transitive_objects(relation, RDFS.subPropertyOf))
        assert Rel.relatedTo in above
        assert len(above) >= 3, relation


def test_symmetric_relations_have_one_domain_and_range(owl: rdflib.Graph) -> None:
    for relation in owl.subjects(RDF.type, OWL.SymmetricProperty):
        assert owl.value(relation, RDFS.domain) == owl.value(relation, RDFS.range), relation
        assert not list(owl.subjects(OWL.inverseOf, relation)), relation


def test_inverses_turn_domain_and_range_round(owl: rdflib.Graph) -> None:
    pairs = list(owl.subject_objects(OWL.inverseOf))
    assert len(pairs) >= 20
    for inverse, relation in pairs:
        assert owl.value(inverse, RDFS.domain) == owl.value(relation, RDFS.range), inverse
        assert owl.value(inverse, RDFS.range) == owl.value(relation, RDFS.domain), inverse


def test_nothing_is_below_what_it_is_disjoint_with(owl: rdflib.Graph) -> None:
    for one, other in owl.subject_objects(OWL.disjointWith):
        below = set(owl.transitive_subjects(RDFS.subClassOf, one)) & set(
            owl.transitive_subjects(RDFS.subClassOf, other)
        )
        assert not below, (one, other)


def test_families_have_their_codes(owl: rdflib.Graph) -> None:
    plover = {
        str(o) for o in owl.objects(None, SKOS.notation) if isinstance(o, rdflib.Literal) and o.datatype == Kg.PLOVER
    }
    assert len(plover) == 16
    codes = {
        str(o) for o in owl.objects(None, SKOS.notation) if isinstance(o, rdflib.Literal) and o.datatype == Kg.CAMEO
    }
    assert all(code.isdigit() and 2 <= len(code) <= 4 for code in codes)


def test_an_example_for_every_relation(
    owl: rdflib.Graph, relations: list[rdflib.term.Node], extract: Callable[..., Extraction], resources: Resources
) -> None:
    examples = {str(r).removeprefix(REL): [str(e) for e in owl.objects(r, SKOS.example)] for r in relations}
    assert set(examples) == set(resources.ontology.relations)
    missing = [
        (name, sentence)
        for name, sentences in examples.items()
        for sentence in sentences or [""]
        if name not in {s.relation for s in extract(sentence).statements}
    ]
    assert missing == []


def test_the_reference_page_is_fresh(resources: Resources) -> None:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = module.page(module.load_data_files())
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf8") == text, "run python docs/make_reference.py"
    ontology: Ontology = resources.ontology
    for relation in ontology.relations:
        assert f"#### rel:{relation}\n" in text
    for frame in ontology.frames:
        assert f"frame `{frame.name}`" in text


def test_the_script_says_whether_the_page_is_stale() -> None:
    command = [sys.executable, str(ROOT / "docs" / "make_reference.py"), "--check"]
    assert subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False).returncode == 0
