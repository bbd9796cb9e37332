"""A built graph, or a part of it, in the formats of other tools. The same graph gives the same bytes.

ttl, nt, rdfxml  RDF 1.1, the triples of graph.ttl
trig             the same with a named graph for each article
jsonld           the same as JSON-LD 1.1, context included
ttl12            RDF 1.2 Turtle: a statement reifies a triple term
owl              Turtle with the ontology in it and a label on every node, for Protégé
graphml, gexf    a network: entities, and an edge for each statement between two of them
csv, jsonl       a row for each statement, with all its slots
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, get_args

from kg.export.jsonld import to_jsonld
from kg.export.material import Material
from kg.export.networks import to_gexf, to_graphml
from kg.export.owl import to_owl
from kg.export.part import Part, chosen, part_of
from kg.export.tables import to_csv, to_jsonl
from kg.export.triples import to_ntriples, to_rdfxml, to_trig, to_turtle, to_turtle12

__all__ = ["FORMATS", "ExportFormat", "Material", "Part", "chosen", "export", "part_of"]

ExportFormat = Literal["ttl", "nt", "trig", "jsonld", "rdfxml", "ttl12", "owl", "graphml", "gexf", "csv", "jsonl"]
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
_WRITERS: Mapping[ExportFormat, Callable[[Material], bytes]] = {
    "ttl": to_turtle,
    "nt": to_ntriples,
    "trig": to_trig,
    "jsonld": to_jsonld,
    "rdfxml": to_rdfxml,
    "ttl12": to_turtle12,
    "owl": to_owl,
    "graphml": to_graphml,
    "gexf": to_gexf,
    "csv": to_csv,
    "jsonl": to_jsonl,
}


def export(material: Material, format_: ExportFormat, part: Part | None = None) -> bytes:
    """A graph, or a part of it, in a format. Raises KgError if the part names an entity or relation that isn't there."""
    if part is not None:
        material = part_of(material, part)
    return _WRITERS[format_](material)
