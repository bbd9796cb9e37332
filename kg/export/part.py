"""A part of a graph: which statements an export holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from kg.export.material import Material
from kg.model import KnowledgeGraph
from kg.view.select import find_relation, select


@dataclass(frozen=True)
class Part:
    """Conditions that all hold for the statements of a part.

    `about` are names of entities (label, alias or id), `hops` how far around them; `since` and `until` are days,
    inclusive, of the event or else of the article; `relations` are names of relations or families.
    """

    about: tuple[str, ...] = ()
    hops: int = 1
    since: date | None = None
    until: date | None = None
    relations: tuple[str, ...] = ()
    asserted_only: bool = False


def part_of(material: Material, part: Part) -> Material:
    """The part as a graph of its own: counts of a fact are those of the statements in it, what was asserted stays so.

    Raises KgError if an entity isn't in the graph, or there is no such relation.
    """
    if part == Part():
        return material
    return material._replace(graph=_with_origins(chosen(material, part), material.graph))


def chosen(material: Material, part: Part, top: int | None = None) -> KnowledgeGraph:
    """The statements of a part, with the entities and articles that they name; `top` keeps those between that many of the
    best-evidenced entities. Raises KgError as `part_of` does."""
    return select(
        material.graph,
        about=part.about,
        hops=part.hops,
        since=part.since,
        until=part.until,
        relations=[find_relation(material.graph, material.ontology, name) for name in part.relations],
        asserted_only=part.asserted_only,
        top=top,
    )


def _with_origins(part: KnowledgeGraph, graph: KnowledgeGraph) -> KnowledgeGraph:
    """The originals of the chosen articles come along, and entities forget other articles, so that nothing points
    outside the part."""
    needed = {document.id for document in part.documents} | set(part.origin_of.values())
    return replace(
        part,
        nodes=tuple(
            replace(node, origins=tuple(origin for origin in node.origins if origin.document in needed))
            for node in part.nodes
        ),
        documents=tuple(document for document in graph.documents if document.id in needed),
        origin_of={id_: origin for id_, origin in graph.origin_of.items() if id_ in needed},
    )
