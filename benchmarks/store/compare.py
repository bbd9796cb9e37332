"""Load, typical queries and Turtle of kg's store against bare pyoxigraph and rdflib, in one run, as ratios.

python -m benchmarks.store.compare --triples 100000 [--no-rdflib]
"""

from __future__ import annotations

import argparse
import gc
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import rdflib

from benchmarks.store.generate import make_graph
from kg.check import check_store
from kg.query import run_query
from kg.rdf import graph_triples, prefixes, serialise
from kg.resources import load_resources
from kg.store import open_store, write_store

QUERIES = {
    "all of one entity": "SELECT ?p ?o { ent:rus ?p ?o }",
    "direct relations": "SELECT ?o ?name { ent:rus rel:supplies ?o . ?o skos:prefLabel ?name }",
    "evidence of an edge": "SELECT ?words ?title { ?s rdf:subject ent:rus ; rdf:predicate rel:met ; prov:wasDerivedFrom ?x . ?x rdf:value ?words ;"
    " nif:referenceContext/dct:title ?title }",
    "claims of a speaker": "SELECT ?s ?o ?words { ?st prov:wasAttributedTo ent:irn ; rdf:subject ?s ; rdf:object ?o ; prov:wasDerivedFrom/rdf:value ?words }",
    "between two countries": 'SELECT ?st { ?a kg:iso3 "RUS" . ?b kg:iso3 "IRN" . ?st rdf:subject ?a ; rdf:object ?b }',
    "a month": 'SELECT ?st { ?st kg:earliest ?d FILTER(?d >= "2022-03-01"^^xsd:date && ?d <= "2022-03-31"^^xsd:date) }',
    "disputes": "SELECT ?a ?b { ?a kg:contradicts ?b ; kg:polarity kg:Positive }",
    "best-evidenced facts": "SELECT ?f ?n { ?f kg:origins ?n } ORDER BY DESC(?n) ?f LIMIT 25",
    "count by relation": "SELECT ?r (COUNT(*) AS ?n) { ?st rdf:predicate ?r ; kg:asserted true } GROUP BY ?r",
}  # fmt: skip


def best(call: Callable[[], object], times: int) -> float:
    """The shortest of several runs, in seconds."""
    found = []
    for _ in range(times):
        gc.collect()
        started = time.perf_counter()
        call()
        found.append(time.perf_counter() - started)
    return min(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--no-rdflib", action="store_true", help="leave rdflib out: it takes minutes for a million")
    options = parser.parse_args()
    ontology = load_resources().ontology
    graph = make_graph(options.triples, ontology)
    started = time.perf_counter()
    triples = graph_triples(graph, ontology)
    print(f"{len(triples)} triples, made from {len(graph.facts)} statements in {time.perf_counter() - started:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), triples, None if options.no_rdflib else rdflib.Graph(bind_namespaces="none"))


def compare(folder: Path, triples: list[ox.Triple], other: rdflib.Graph | None) -> None:
    """Print a line for each measure: kg, and how many times that the others take."""
    turtle = serialise(triples)
    (folder / "graph.ttl").write_bytes(turtle)
    bare_folder = folder / "bare"

    def bare_load() -> None:
        store = ox.Store(str(bare_folder))
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        store.flush()

    print(f"{'':24}{'kg':>12}{'pyoxigraph':>14}{'rdflib':>14}")
    ours = best(lambda: write_store(folder, triples), 1)
    bare = best(bare_load, 1)
    line("load", ours, bare, best(lambda: other.parse(data=turtle, format="turtle"), 1) if other is not None else None)
    store, bare_store = open_store(folder), ox.Store.read_only(str(bare_folder))
    known, ratios = prefixes(), []
    for name, query in QUERIES.items():
        expected = len(list(bare_store.query(query, prefixes=known)))
        found = run_query(store, query)
        assert len(found.rows) == expected, name  # type: ignore[union-attr]
        ours = best(lambda q=query: run_query(store, q), 5)
        bare = best(lambda q=query: list(bare_store.query(q, prefixes=known)), 5)
        theirs = best(lambda q=query: list(other.query(q, initNs=known)), 1) if other is not None else None
        ratios.append((ours / bare, theirs / ours if theirs is not None else 0))
        line(f"{name} ({expected})", ours, bare, theirs)
    ours = best(lambda: serialise(triples), 3)
    bare = best(lambda: ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=known), 3)
    line("Turtle", ours, bare, best(lambda: other.serialize(format="turtle"), 1) if other is not None else None)
    print(f"{'check (SPARQL)':24}{best(lambda: check_store(store), 1):>10.3f} s")
    print(
        f"median query: {statistics.median(r for r, _ in ratios):.2f}x bare pyoxigraph"
        + (f"; rdflib takes {statistics.median(r for _, r in ratios):.0f}x kg" if other is not None else "")
    )


def line(name: str, ours: float, bare: float, other: float | None) -> None:
    """Print kg's seconds, its ratio to bare pyoxigraph, and how many times as long rdflib takes."""
    third = f"{other / ours:>12.1f} x" if other is not None else f"{'-':>14}"
    print(f"{name:24}{ours:>10.4f} s{bare / ours:>12.2f} x{third}")


if __name__ == "__main__":
    main()
