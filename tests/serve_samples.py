"""A graph to serve, and `kg serve` over it as a process, for tests of the server."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pyoxigraph as ox

from kg.store import write_store

BASE = "https://example.org/d/"
HOSTILE = '<script>alert(1)</script> "x" \' & {{7*7}}'
GRAPH = f"""
@prefix kg: <https://w3id.org/newskg/ontology#> . @prefix rel: <https://w3id.org/newskg/relation/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix schema: <https://schema.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> . @prefix : <{BASE}> .
<{BASE}run> a prov:Activity .
<{BASE}entity/iran> a kg:Country ; skos:prefLabel "Iran"@en ; skos:altLabel "Tehran"@en ; owl:sameAs <javascript:alert(1)> ,
   <http://www.wikidata.org/entity/Q794> .
<{BASE}entity/dr%2E-no> a kg:Person ; skos:prefLabel {json.dumps(HOSTILE)}@en ; kg:country <{BASE}entity/iran> .
<{BASE}article/a1> a kg:Article ; dct:title {json.dumps("Title " + HOSTILE)}@en ; dct:publisher "Demo" ;
  dct:issued "2022-07-20"^^xsd:date ; schema:url <https://example.org/a> .
<{BASE}article/a1#char=10,46> a kg:Sentence ; rdf:value "Dr. No <b>denied</b> that he met Tehran."@en ;
  nif:beginIndex 10 ; nif:endIndex 46 ; nif:referenceContext <{BASE}article/a1> .
<{BASE}statement/s1> a kg:Statement, rdf:Statement ; rdf:subject <{BASE}entity/dr%2E-no> ; rdf:predicate rel:metWith ; rdf:object <{BASE}entity/iran> ;
  kg:polarity kg:Negative ; kg:modality kg:Actual ; kg:asserted false ; prov:wasAttributedTo <{BASE}entity/dr%2E-no> ; kg:fact <{BASE}fact/f1> ;
  kg:earliest "2022-07-19"^^xsd:date ; kg:latest "2022-07-19"^^xsd:date ; kg:triggerBegin 20 ; kg:triggerEnd 26 ; prov:wasDerivedFrom <{BASE}article/a1#char=10,46> .
<{BASE}fact/f1> a kg:Fact ; kg:articles 1 .
"""
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
GREEDY = "SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?l"
SOME = "SELECT ?p ?o { ?s ?p ?o }"


def put_graph(output: Path, text: str = GRAPH) -> None:
    """Write the graph of a folder as a build does."""
    triples = [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    (output / "graph.ttl").write_text(text, encoding="utf8")
    write_store(output, triples)


class Server:
    """`kg serve` as a process."""

    def __init__(self, output: Path, *options: str) -> None:
        command = [sys.executable, "-W", "error", "-m", "kg", "serve", "-o", str(output), "--port", "0", *options]
        self.output = output
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.address = line.split(" at ")[1].split()[0].rstrip("/") if " at " in line else ""

    def get(self, path: str, accept: str | None = None, **parameters: str) -> httpx.Response:
        """A response without following redirects."""
        headers = {"Accept": accept} if accept else {}
        return httpx.get(self.address + path, params=parameters or None, headers=headers, timeout=60)

    def ask(self, query: str, accept: str | None = None) -> httpx.Response:
        """The response to a query by GET."""
        return self.get("/sparql", accept, query=query)

    def stop(self) -> str:
        """Interrupt the server; what it wrote to stderr."""
        self.process.send_signal(signal.SIGINT)
        return self.process.communicate(timeout=30)[1]
