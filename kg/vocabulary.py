"""The IRIs that code needs by name. Everything else about the vocabulary is in `ontology/`."""

from __future__ import annotations

BASE = "https://w3id.org/newskg/"
KG = f"{BASE}ontology#"
REL = f"{BASE}relation/"
OPEN = f"{BASE}open/"
FRAME = f"{BASE}frame/"
LEX = f"{BASE}lexicon/"
GAZ = f"{BASE}gazetteer/"
DATA = f"{BASE}data/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "https://schema.org/"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
OA = "http://www.w3.org/ns/oa#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
WD = "http://www.wikidata.org/entity/"

PREFIXES = {
    "kg": KG,
    "rel": REL,
    "open": OPEN,
    "frame": FRAME,
    "lex": LEX,
    "gaz": GAZ,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dct": DCT,
    "prov": PROV,
    "schema": SCHEMA,
    "nif": NIF,
    "oa": OA,
    "sem": SEM,
    "wd": WD,
}

# Of open statements (kg.propositions): their family, and the frame that none of the ontology is.
OPEN_FAMILY, OPEN_FRAME = "OTHER", "open"
