"""A part of a graph: which statements an export holds."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from datetime import date

from kg.errors import KgError
from kg.model import KnowledgeGraph
from kg.view.select import select


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


def part_of(graph: KnowledgeGraph, part: Part) -> KnowledgeGraph:
    """The part as a graph of its own: counts of a fact are those of the statements in it, what was asserted stays so.

    Raises KgError if an entity or a relation isn't in the graph.
    """
    if part == Part():
        return graph
    chosen = select(
        graph,
        about=part.about,
        hops=part.hops,
        since=part.since,
        until=part.until,
        relations=[_relation_name(graph, name) for name in part.relations],
        asserted_only=part.asserted_only,
    )
    return _with_origins(chosen, graph)


def _relation_name(graph: KnowledgeGraph, name: str) -> str:
    """The relation or family of a graph that a user means, whatever case and spacing ("spoke with")."""
    names = {n for fact in graph.facts for n in (fact.statement.relation, fact.statement.family)}
    known = {n.casefold(): n for n in sorted(names)}
    wanted = name.casefold().replace(" ", "")
    if wanted in known:
        return known[wanted]
    close = [known[n] for n in difflib.get_close_matches(wanted, known, n=3)]
    hint = f" (did you mean {', '.join(close)}?)" if close else ""
    raise KgError(f"no statement has the relation or family {name!r}{hint}")


def _with_origins(chosen: KnowledgeGraph, graph: KnowledgeGraph) -> KnowledgeGraph:
    """The originals of the chosen articles come along, and entities forget other articles, so that nothing points
    outside the part."""
    needed = {document.id for document in chosen.documents} | set(chosen.origin_of.values())
    return replace(
        chosen,
        nodes=tuple(
            replace(node, origins=tuple(origin for origin in node.origins if origin.document in needed))
            for node in chosen.nodes
        ),
        documents=tuple(document for document in graph.documents if document.id in needed),
        origin_of={id_: origin for id_, origin in graph.origin_of.items() if id_ in needed},
    )
