"""The service description (SPARQL 1.1 Service Description): what a client may expect of the endpoint."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.vocabulary import RDF

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
# RDF/XML, JSON-LD ...: the names that W3C has for formats.
RESULT_FORMATS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def describe(endpoint: str, updates: bool = False) -> list[ox.Triple]:
    """The description of the service at an address."""
    return list(_triples(endpoint, updates))


def _triples(endpoint: str, updates: bool) -> Iterator[ox.Triple]:
    service, dataset, graph = (ox.NamedNode(f"{endpoint}{part}") for part in ("#service", "#dataset", "#graph"))
    type_ = ox.NamedNode(RDF + "type")
    yield ox.Triple(service, type_, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if updates:
        yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Update"))
    for name in RESULT_FORMATS:
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, type_, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), graph)
    yield ox.Triple(graph, type_, _sd("Graph"))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)
