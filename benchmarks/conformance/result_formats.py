"""The suites of result formats: a query over a file's graph, asked of the server, compared with the result that is given."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection

from benchmarks.conformance.http_suites import Outcome, send
from benchmarks.conformance.requests import MF, Exchange, Expected
from benchmarks.conformance.server import quads_of, serving

QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
TYPES = {"csv": "text/csv", "tsv": "text/tab-separated-values", "srj": "application/sparql-results+json"}
FORMATS = {"tsv": ox.QueryResultsFormat.TSV, "srj": ox.QueryResultsFormat.JSON}
Rows = tuple[tuple[str, ...], Counter[tuple[object, ...]]]


def result_formats(suite: Path) -> list[Outcome]:
    """CSV, TSV and JSON."""
    return [outcome for name in ("csv-tsv-res", "json-res") for outcome in _suite(suite / name)]


def _suite(folder: Path) -> list[Outcome]:
    graph = rdflib.Graph().parse(folder / "manifest.ttl", publicID=(folder / "manifest.ttl").absolute().as_uri())
    entries = graph.value(next(graph.subjects(rdflib.RDF.type, MF.Manifest)), MF.entries)
    return [_outcome(graph, node) for node in Collection(graph, entries)] if entries else []


def _outcome(graph: rdflib.Graph, node: rdflib.term.Node) -> Outcome:
    action = graph.value(node, MF.action)
    query, data, wanted = (
        Path(str(graph.value(subject, property_)).removeprefix("file://"))
        for subject, property_ in ((action, QT.query), (action, QT.data), (node, MF.result))
    )
    form = wanted.suffix[1:]
    exchange = Exchange("GET", "", (("Accept", TYPES[form]),), None, Expected((), None, None, None))
    with serving(lambda _: quads_of(data)) as address:
        response = send(address, exchange, f"/sparql?query={quote(query.read_text(), safe='')}")
    name = str(node).rsplit("#", 1)[1]
    if response.status != 200 or response.type != TYPES[form]:
        return Outcome(name, "failed", f"status {response.status}, {response.type}")
    got, expected = _rows(response.body, form), _rows(wanted.read_bytes(), form)
    if got == expected:
        return Outcome(name, "passed")
    return Outcome(name, "failed", _difference(got, expected))


def _difference(got: object, expected: object) -> str:
    if not (isinstance(got, tuple) and isinstance(expected, tuple)):
        return f"answers {got}"
    if got[0] != expected[0]:
        return f"variables {got[0]}, not {expected[0]}"
    return f"rows {list(got[1] - expected[1])}, not {list(expected[1] - got[1])}"


def _rows(content: bytes, form: str) -> Rows | bool:
    """Variables, sorted, and rows in no order; blank nodes are alike whatever their label. True or false of an ASK."""
    if form == "csv":
        lines = list(csv.reader(io.StringIO(content.decode())))
        order = sorted(range(len(lines[0])), key=lambda i: lines[0][i])
        table = [tuple("_:" if line[i].startswith("_:") else line[i] for i in order) for line in lines]
        return table[0], Counter(table[1:])
    found = ox.parse_query_results(content, FORMATS[form])
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = sorted(v.value for v in found.variables)
    return tuple(names), Counter(tuple(_term(solution[name]) for name in names) for solution in found)


def _term(term: object) -> object:
    """A term as rows are compared by it: numbers by value."""
    if isinstance(term, ox.BlankNode):
        return "_:"
    if isinstance(term, ox.Literal) and term.datatype.value.endswith(("#integer", "#decimal", "#double")):
        return term.datatype.value, float(term.value)
    return term
