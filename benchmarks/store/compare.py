"""Load, typical queries and Turtle of kg's store against bare pyoxigraph and rdflib, in one run, as ratios of CPU time.

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
from kg.store import Snapshot, open_store, write_store

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
    """The shortest of several runs, in seconds of this process' CPU time: other work on the machine doesn't count."""
    found = []
    for _ in range(times):
        gc.collect()
        started = time.process_time()
        call()
        found.append(time.process_time() - started)
    return min(found)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=100_000)
    parser.add_argument("--no-rdflib", action="store_true", help="leave rdflib out: it takes minutes for a million")
    parser.add_argument("--runs", type=int, default=5, help="runs of each query, of which the shortest counts")
    options = parser.parse_args()
    ontology = load_resources().ontology
    graph = make_graph(options.triples, ontology)
    started = time.process_time()
    triples = graph_triples(graph, ontology)
    print(f"{len(triples)} triples, made from {len(graph.facts)} statements in {time.process_time() - started:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        compare(
            Path(folder), triples, None if options.no_rdflib else rdflib.Graph(bind_namespaces="none"), options.runs
        )


def compare(folder: Path, triples: list[ox.Triple], other: rdflib.Graph | None, runs: int) -> None:
    """Print a line for each measure."""
    turtle = serialise(triples)
    (folder / "graph.ttl").write_bytes(turtle)
    bare_folder = folder / "bare"

    def bare_load() -> None:
        store = ox.Store(str(bare_folder))
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        store.flush()

    def rdflibs(call: Callable[[], object]) -> float | None:
        return best(call, 1) if other is not None else None

    print(f"{'':28}{'kg':>12}{'pyoxigraph':>14}{'rdflib':>14}{'kg in memory':>16}{'rdflib':>14}")
    memory = Snapshot(folder, in_memory=True)
    line(
        "load",
        best(lambda: write_store(folder, triples), 1),
        best(bare_load, 1),
        best(memory.store, 1),
        rdflibs(lambda: other.parse(data=turtle, format="turtle")),  # type: ignore[union-attr]
    )
    store, bare_store = open_store(folder), ox.Store.read_only(str(bare_folder))
    known, found = prefixes(), []
    for name, query in QUERIES.items():
        expected = len(list(bare_store.query(query, prefixes=known)))
        for ours in (store, memory.store()):
            assert len(run_query(ours, query).rows) == expected, name  # type: ignore[union-attr]
        times = (
            best(lambda q=query: run_query(store, q), runs),
            best(lambda q=query: list(bare_store.query(q, prefixes=known)), runs),
            best(lambda q=query: run_query(memory.store(), q), runs),
            rdflibs(lambda q=query: list(other.query(q, initNs=known))),  # type: ignore[union-attr]
        )
        found.append(times)
        line(f"{name} ({expected})", *times)
    bare = best(lambda: ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=known), 3)
    line("Turtle", best(lambda: serialise(triples), 3), bare, None, rdflibs(lambda: other.serialize(format="turtle")))  # type: ignore[union-attr]
    print(f"{'check (SPARQL)':28}{best(lambda: check_store(store), 1):>10.3f} s")
    print(
        f"median query: kg takes {statistics.median(ours / bare for ours, bare, _, _ in found):.2f} x bare pyoxigraph"
    )
    if other is not None:
        for place, column in (("on disk", 0), ("in memory", 2)):
            ratio = statistics.median(times[3] / times[column] for times in found)  # type: ignore[operator]
            print(f"median query: rdflib takes {ratio:.1f} x kg {place}")


def line(name: str, ours: float, bare: float, memory: float | None, other: float | None) -> None:
    """Print kg's seconds, how many times as long the others take, and the same for kg in memory."""
    print(
        f"{name:28}{ours:>10.4f} s{bare / ours:>12.2f} x"
        + (f"{other / ours:>12.1f} x" if other is not None else f"{'-':>14}")
        + (f"{memory:>14.4f} s" if memory is not None else f"{'-':>16}")
        + (f"{other / memory:>12.1f} x" if other is not None and memory is not None else f"{'-':>14}")
    )


if __name__ == "__main__":
    main()
