"""The graph's triples in the formats that pyoxigraph writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.export.material import Material
from kg.rdf import Names, article_triples, graph_triples, in_order, prefixes, serialise, shared_triples
from kg.terms import iri
from kg.vocabulary import RDF

# What XML 1.0 can't hold, not even escaped.
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def to_turtle(material: Material) -> bytes:
    """RDF 1.1 Turtle: of a whole graph, the bytes of graph.ttl."""
    return serialise(graph_triples(*material), base=material.base)


def to_ntriples(material: Material) -> bytes:
    """N-Triples, a line each, sorted."""
    lines = serialise(graph_triples(*material), ox.RdfFormat.N_TRIPLES).splitlines(keepends=True)
    return b"".join(sorted(lines))


def to_rdfxml(material: Material) -> bytes:
    """RDF/XML. Characters that XML can't hold become U+FFFD."""
    triples = (_for_xml(triple) for triple in graph_triples(*material))
    return serialise(triples, ox.RdfFormat.RDF_XML, material.base)


def _for_xml(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or not NOT_XML.search(value.value):
        return triple
    text = NOT_XML.sub("\ufffd", value.value)
    clean = ox.Literal(text, language=value.language) if value.language else ox.Literal(text, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, clean)


def to_trig(material: Material) -> bytes:
    """TriG: what an article says stands in the named graph of its IRI, everything else in the default graph. The union
    of all graphs has the triples of the Turtle export."""
    quads = [*_quads(shared_triples(*material), ox.DefaultGraph())]
    for document, triples in sorted(article_triples(*material).items()):
        quads += _quads(triples, Names(material.base).article(document))
    return ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes(material.base)) or b""


def _quads(triples: Iterable[ox.Triple], graph: ox.NamedNode | ox.DefaultGraph) -> Iterator[ox.Quad]:
    for triple in in_order(set(triples)):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def to_turtle12(material: Material) -> bytes:
    """RDF 1.2 Turtle: a statement is a reifier (`rdf:reifies <<( s p o )>>`) of what it says. Only statements without
    an object keep rdf:subject and rdf:predicate: there is no triple to reify."""
    return serialise(reified(graph_triples(*material)), base=material.base)


def reified(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Triples with RDF 1.1 reification turned into that of RDF 1.2."""
    known = list(triples)
    parts = {iri(RDF + name): name for name in ("subject", "predicate", "object")}
    slots: dict[str, dict[str, ox.NamedNode]] = {}
    for triple in known:
        if triple.predicate in parts and isinstance(triple.object, ox.NamedNode):
            slots.setdefault(str(triple.subject), {})[parts[triple.predicate]] = triple.object
    whole = {node: ox.Triple(*found.values()) for node, found in _whole(slots)}
    found = [t for t in known if str(t.subject) not in whole or not _is_reification(t)]
    found += [ox.Triple(ox.NamedNode(node[1:-1]), iri(RDF + "reifies"), said) for node, said in whole.items()]
    return in_order(found)


def _whole(slots: dict[str, dict[str, ox.NamedNode]]) -> Iterator[tuple[str, dict[str, ox.NamedNode]]]:
    for node, found in slots.items():
        if len(found) == 3:
            yield node, {name: found[name] for name in ("subject", "predicate", "object")}


def _is_reification(triple: ox.Triple) -> bool:
    is_type = triple.predicate == iri(RDF + "type") and triple.object == iri(RDF + "Statement")
    return is_type or triple.predicate.value in (RDF + "subject", RDF + "predicate", RDF + "object")
