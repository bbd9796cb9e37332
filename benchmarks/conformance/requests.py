"""HTTP tests of the W3C suites: requests with what their responses must be, as manifests describe them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import rdflib
from rdflib.collection import Collection

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
RDFS = rdflib.RDFS


class Expected(NamedTuple):
    """What a response must be. `statuses` are local names of HTTP status terms: `OK`, `StatusCode4xx`."""

    statuses: tuple[str, ...]
    format: str | None
    boolean: bool | None
    body: str | None


class Exchange(NamedTuple):
    """A request, with the response that it must have."""

    method: str
    path: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    expected: Expected


class HttpTest(NamedTuple):
    """A test: graphs that must be there (IRI and file), and exchanges in their order."""

    name: str
    title: str
    graphs: tuple[tuple[str, Path], ...]
    exchanges: tuple[Exchange, ...]


def read_manifest(path: Path) -> list[HttpTest]:
    """The tests of a manifest, in its order."""
    graph = rdflib.Graph().parse(path, publicID=path.absolute().as_uri())
    manifest = next(graph.subjects(rdflib.RDF.type, MF.Manifest))
    entries = graph.value(manifest, MF.entries)
    return [_test(graph, node) for node in Collection(graph, entries)] if entries else []


def _test(graph: rdflib.Graph, node: rdflib.term.Node) -> HttpTest:
    graphs = tuple(
        (str(graph.value(data, RDFS.label)), Path(str(graph.value(data, UT.graph)).removeprefix("file://")))
        for data in graph.objects(node, UT.graphData)
    )
    action = graph.value(node, MF.action)
    return HttpTest(
        str(node).rsplit("#", 1)[1],
        str(graph.value(node, MF.name)),
        graphs,
        tuple(_exchange(graph, r) for r in _requests(graph, action)),
    )


def _requests(graph: rdflib.Graph, action: rdflib.term.Node | None) -> Iterator[rdflib.term.Node]:
    """The requests of a connection: some manifests have several lists."""
    for head in graph.objects(action, HT.requests):
        yield from Collection(graph, head)


def _exchange(graph: rdflib.Graph, node: rdflib.term.Node) -> Exchange:
    response = graph.value(node, HT.resp)
    boolean = graph.value(response, MF.expectedBoolean)
    format_ = graph.value(response, MF.expectedFormat)
    body = graph.value(graph.value(response, HT.body), CNT.chars) if graph.value(response, HT.body) else None
    statuses = tuple(sorted(str(s).rsplit("#", 1)[1] for s in graph.objects(response, MF.expectedStatus)))
    return Exchange(
        str(graph.value(node, HT.methodName)),
        str(graph.value(node, HT.absolutePath)),
        tuple(_headers(graph, node)),
        _body(graph, node),
        Expected(
            statuses,
            str(format_) if format_ else None,
            str(boolean) == "true" if boolean is not None else None,
            str(body) if body else None,
        ),
    )


def _headers(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[tuple[str, str]]:
    for head in graph.objects(node, HT.headers):
        for header in Collection(graph, head):
            yield str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue))


def _body(graph: rdflib.Graph, node: rdflib.term.Node) -> bytes | None:
    body = graph.value(node, HT.body)
    if body is None:
        return None
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
    return str(graph.value(body, CNT.chars)).encode(encoding)
