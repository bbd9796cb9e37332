"""The graph as a network, for networkx, Gephi, yEd, Cytoscape: entities, and an edge for each statement between two."""

from __future__ import annotations

import io
import re
from datetime import date

import networkx as nx

from kg.export.material import Material
from kg.export.rows import StatementRow, statement_rows
from kg.export.triples import NOT_XML
from kg.terms import Names

EDGE = (
    "relation", "family", "theme", "place", "earliest", "latest", "time", "polarity", "modality", "asserted", "speaker",
    "speaker_country", "manner", "cue", "sentence", "trigger", "title", "publisher", "published", "url", "statement_iri",
    "fact_iri", "article_iri", "origin_iri",
)  # fmt: skip
Value = str | int | bool


def to_network(material: Material) -> nx.MultiDiGraph:
    """A directed graph with parallel edges. Nodes go by the entity's id, edges by the statement's; attributes are
    strings, numbers and booleans (days in ISO 8601), and those that are empty are left out."""
    network = nx.MultiDiGraph(name="kg")
    names = Names(material.base)
    for node in material.graph.nodes:
        articles = len({origin.document for origin in node.origins})
        network.add_node(
            node.id,
            **_filled(
                label=node.label, type=node.type, subtype=node.subtype, country=node.country, link=node.link,
                aliases="; ".join(node.aliases), articles=articles, iri=names.entity(node.id).value,
            ),
        )  # fmt: skip
    labels = {name: relation.label for name, relation in material.ontology.relations.items()}
    for fact, row in zip(material.graph.facts, statement_rows(material), strict=True):
        if fact.statement.object is not None:
            label = labels.get(row.relation, row.relation)
            network.add_edge(fact.statement.subject, fact.statement.object, key=fact.id, **_edge(row, label))
    return network


def _edge(row: StatementRow, label: str) -> dict[str, Value]:
    return _filled(label=label, **{name: getattr(row, name) for name in EDGE})


def _filled(**values: object) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, date):
            found[name] = value.isoformat()
        elif isinstance(value, bool | int):
            found[name] = value
        elif value:
            found[name] = NOT_XML.sub("\ufffd", str(value))
    return found


def to_graphml(material: Material) -> bytes:
    """GraphML, as networkx writes it."""
    out = io.BytesIO()
    nx.write_graphml_xml(to_network(material), out, encoding="utf-8")
    return out.getvalue() + b"\n"


def to_gexf(material: Material) -> bytes:
    """GEXF 1.2 as networkx writes it, without the day on which that was."""
    out = io.BytesIO()
    nx.write_gexf(to_network(material), out, encoding="utf-8", version="1.2draft")
    return re.sub(rb' lastmodifieddate="[0-9-]*"', b"", out.getvalue(), count=1) + b"\n"
