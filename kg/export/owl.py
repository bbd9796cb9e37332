"""The graph with its ontology in one Turtle file, for OWL tools: nothing undeclared, nothing to import, a label on every node.

Protégé takes a property that it isn't told of for an annotation, and leaves rdf:subject and the like out altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.datafiles import default_folder
from kg.export.material import Material
from kg.model import Fact
from kg.rdf import Names, graph_triples, in_order, serialise
from kg.terms import english, iri
from kg.vocabulary import OWL, RDF, RDFS, REL


def to_owl(material: Material) -> bytes:
    """Turtle: the triples of `to_turtle`, those of kg.ttl, declarations of the user's own relations, and rdfs:label."""
    schema = list(ontology_triples(default_folder() / "kg.ttl"))
    triples = [*graph_triples(*material), *labels(material)]
    return serialise(in_order({*schema, *triples, *declarations(triples, schema)}), base=material.base)


def ontology_triples(path: Path) -> Iterator[ox.Triple]:
    """The triples of a data file."""
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        yield ox.Triple(quad.subject, quad.predicate, quad.object)


def labels(material: Material) -> Iterator[ox.Triple]:
    """rdfs:label, which tools show, of entities, statements and articles."""
    names, label = Names(material.base), iri(RDFS + "label")
    graph = material.graph
    told = {node.id: node.label for node in graph.nodes}
    for node in graph.nodes:
        yield ox.Triple(names.entity(node.id), label, english(node.label))
    for fact in graph.facts:
        yield ox.Triple(names.statement(fact.id), label, english(phrase(fact, material, told)))
    for document in graph.documents:
        if document.title:
            yield ox.Triple(names.article(document.id), label, english(document.title))


def phrase(fact: Fact, material: Material, told: dict[str, str]) -> str:
    """A statement in words: "Iran supplies Russia: drones"."""
    statement = fact.statement
    known = material.ontology.relations.get(statement.relation)
    relation = known.label if known else statement.relation
    said = [told.get(statement.subject, statement.subject), relation]
    if statement.polarity == "negative":
        said.insert(1, "not:")
    if statement.object:
        said.append(told.get(statement.object, statement.object))
    theme = f": {told.get(statement.theme, statement.theme)}" if statement.theme else ""
    return " ".join(said) + theme


def declarations(triples: Iterable[ox.Triple], schema: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Relations of the graph that the ontology file doesn't know (a user's own, and open ones) as object properties."""
    type_, property_ = iri(RDF + "type"), iri(OWL + "ObjectProperty")
    known = {triple.subject for triple in schema if triple.predicate == type_}
    used = {t.object for t in triples if t.predicate.value == RDF + "predicate"}
    used |= {t.predicate for t in triples if t.predicate.value.startswith(REL)}
    for relation in used - known:
        assert isinstance(relation, ox.NamedNode)
        yield ox.Triple(relation, type_, property_)
