"""Runs the protocol, graph store and service description tests against the server."""

from __future__ import annotations

import email
import http.client
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import rdflib
from rdflib.compare import isomorphic

from benchmarks.conformance.requests import Exchange, Expected, HttpTest, read_manifest
from benchmarks.conformance.server import quads_of, serving

Verdict = Literal["passed", "failed", "refused by design"]
NAMED = {"OK": 200, "Created": 201, "NoContent": 204, "BadRequest": 400, "NotFound": 404, "MethodNotAllowed": 405}
TABULAR = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


class Outcome(NamedTuple):
    """How a test went; `why` is empty for a pass."""

    name: str
    verdict: Verdict
    why: str = ""


class Response(NamedTuple):
    """What came back."""

    status: int
    type: str
    body: bytes


def send(address: str, exchange: Exchange, path: str) -> Response:
    """Send a request just as it is described: no header of a client library's own but Host and Content-Length."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.putrequest(exchange.method, path, skip_accept_encoding=True)
        for name, value in exchange.headers:
            connection.putheader(name, value)
        if exchange.body is not None:
            connection.putheader("Content-Length", str(len(exchange.body)))
        connection.endheaders(exchange.body)
        response = connection.getresponse()
        return Response(response.status, response.headers.get_content_type(), response.read())
    finally:
        connection.close()


def mismatch(expected: Expected, response: Response) -> str:
    """What is wrong with a response, empty if nothing is."""
    if expected.statuses and not any(_is(response.status, status) for status in expected.statuses):
        return f"status {response.status}, not {' or '.join(expected.statuses)}: {response.body[:80].decode(errors='replace').strip()}"
    if expected.boolean is not None and (got := _boolean(response)) != expected.boolean:
        return f"answers {got}"
    kinds = {"boolean": TABULAR[:2], "tabular": TABULAR, "RDF": tuple(GRAPHS)}
    if expected.format and response.type not in kinds[expected.format]:
        return f"sends {response.type}"
    if expected.body is not None and response.status == 200 and not _same_graph(expected.body, response):
        return "sends another graph"
    return ""


def _is(status: int, name: str) -> bool:
    return status // 100 == int(name[10]) if name.startswith("StatusCode") else status == NAMED.get(name)


def _boolean(response: Response) -> bool | None:
    if response.type == TABULAR[0]:
        found = json.loads(response.body).get("boolean")
        return found if isinstance(found, bool) else None
    element = ET.fromstring(response.body).find("{http://www.w3.org/2005/sparql-results#}boolean")
    return None if element is None else element.text == "true"


def _same_graph(expected: str, response: Response) -> bool:
    wanted = rdflib.Graph().parse(data=expected, format="turtle")
    return isomorphic(wanted, rdflib.Graph().parse(data=response.body, format=response.type))


def protocol_of_scratch(suite: Path) -> list[Outcome]:
    """The SPARQL protocol, asked of a server that carries out updates on a scratch copy."""
    return protocol(suite, "--scratch")


def protocol(suite: Path, *options: str) -> list[Outcome]:
    """The SPARQL protocol. All graphs that any test wants are there from the start, for all tests."""
    tests = read_manifest(suite / "protocol" / "manifest.ttl")
    graphs = {graph for test in tests for graph in test.graphs}
    quads = [quad for iri, path in sorted(graphs) for quad in quads_of(path, ox.NamedNode(iri))]
    with serving(lambda _: quads, *options) as address:
        return [_run(test, address, "/sparql") for test in tests]


def _run(test: HttpTest, address: str, prefix: str) -> Outcome:
    for exchange in test.exchanges:
        response = send(address, exchange, exchange.path.replace("/sparql", prefix, 1))
        if _is_update(exchange) and response.status == 403 and "StatusCode2xx" in exchange.expected.statuses:
            return Outcome(test.name, "refused by design", "an update; the server is read-only")
        if wrong := mismatch(exchange.expected, response):
            return Outcome(test.name, "failed", wrong)
    return Outcome(test.name, "passed")


def _is_update(exchange: Exchange) -> bool:
    types = [value for name, value in exchange.headers if name == "content-type"]
    return "application/sparql-update" in types or (exchange.body or b"").startswith(b"update=")


def graph_store(suite: Path) -> list[Outcome]:
    """The reading half of the graph store protocol: each GET and HEAD of the suite is asked of a server over the graphs that
    the writing requests before it would have made."""
    manifests = [suite / "graph-store-protocol" / name for name in ("manifest-direct.ttl", "manifest-indirect.ttl")]
    return [outcome for path in manifests for test in read_manifest(path) for outcome in _reads(test)]


Graphs = dict[str, list[ox.Triple]]


def _reads(test: HttpTest) -> list[Outcome]:
    graphs: Graphs = {}
    found = []
    for number, exchange in enumerate(test.exchanges, 1):
        name = f"{test.name}, request {number} ({exchange.method})"
        if exchange.method in ("GET", "HEAD"):
            found.append(_read(name, exchange, graphs))
        elif not _write(graphs, exchange):
            found.append(
                Outcome(name, "refused by design", "makes a graph that the server names; the server is read-only")
            )
            break
    return found


def _target(exchange: Exchange) -> str:
    """What a request names the graph by: the part of its address after /gsp, percent-encoding undone in a parameter."""
    target = exchange.path.split("/gsp", 1)[1]
    return f"?graph={unquote(target[7:])}" if target.startswith("?graph=") else target


def _write(graphs: Graphs, exchange: Exchange) -> bool:
    """Do in memory what a writing request would do; False where the graph's name is the server's choice."""
    target = _target(exchange)
    if not target:
        return False
    if exchange.method == "DELETE":
        graphs.pop(target, None)
        return True
    body = exchange.body or b""
    type_ = next((value for name, value in exchange.headers if name.lower() == "content-type"), "")
    parts = _parts(body, type_) if type_.startswith("multipart/") else [body]
    triples = [q.triple for p in parts for q in ox.parse(p, ox.RdfFormat.TURTLE, base_iri="http://www.example/gsp/")]
    graphs[target] = triples if exchange.method == "PUT" else [*graphs.get(target, []), *triples]
    return True


def _parts(body: bytes, type_: str) -> list[bytes]:
    """The parts of a multipart body; the manifest's text has no carriage returns."""
    message = email.message_from_bytes(
        f"Content-Type: {type_}\n\n".encode() + b"\n".join(line.strip() for line in body.splitlines())
    )
    return [part.get_payload(decode=True) or b"" for part in message.walk() if not part.is_multipart()]  # type: ignore[misc]


def _read(name: str, exchange: Exchange, graphs: Graphs) -> Outcome:
    def quads(address: str) -> list[ox.Quad]:
        named = ((_graph(address, target), triples) for target, triples in graphs.items())
        return [ox.Quad(t.subject, t.predicate, t.object, graph) for graph, triples in named for t in triples]

    with serving(quads) as address:
        wrong = mismatch(exchange.expected, send(address, exchange, exchange.path.replace("/gsp", "/store", 1)))
    return Outcome(name, "failed", wrong) if wrong else Outcome(name, "passed")


def _graph(address: str, target: str) -> ox.NamedNode | ox.DefaultGraph:
    """The graph that a target names: by parameter, as the default, or by the address that it is asked for at."""
    if target.startswith("?graph="):
        return ox.NamedNode(target[7:])
    return ox.DefaultGraph() if target == "?default" else ox.NamedNode(f"{address}/store{target}")


def service_description(_: Path) -> list[Outcome]:
    """The three tests that the suite names: it describes them in words only."""
    with serving(lambda _: []) as address:
        response = send(address, Exchange("GET", "", (), None, Expected((), None, None, None)), "/sparql")
    graph = rdflib.Graph()
    if response.type in GRAPHS:
        graph.parse(data=response.body, format=response.type)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    endpoint = (None, sd.endpoint, rdflib.URIRef(f"{address}/sparql"))
    typed = all((service, rdflib.RDF.type, sd.Service) in graph for service in graph.subjects(sd.endpoint, None))
    checks = {
        "returns-rdf": response.status == 200 and len(graph) > 0,
        "has-endpoint-triple": endpoint in graph,
        "conforms-to-schema": typed and (None, sd.defaultDataset, None) in graph,
    }
    return [
        Outcome(name, "passed" if ok else "failed", "" if ok else "see the description") for name, ok in checks.items()
    ]
