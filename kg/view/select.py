"""What to show: cutting a graph down to a part. The result is a graph again, whole in itself."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

import networkx as nx

from kg.errors import KgError
from kg.model import Document, Fact, KnowledgeGraph, Node
from kg.ontology import Ontology
from kg.view.structure import ranked


def select(
    graph: KnowledgeGraph,
    *,
    about: str | Sequence[str] = (),
    hops: int = 1,
    since: date | None = None,
    until: date | None = None,
    relations: Collection[str] = (),
    asserted_only: bool = False,
    top: int | None = None,
) -> KnowledgeGraph:
    """The part of a graph that all the given conditions leave.

    `about` names entities (label, alias or id); what lies within `hops` edges of them is kept, and every statement that
    names one of them. `since` and `until` are days, inclusive: of the event where it is known, else of the article;
    a statement with neither day is dropped if either is given. `relations` are names of relations or families.
    `asserted_only` drops what is merely claimed, possible, planned or denied. `top` keeps that many best-evidenced
    entities. Raises KgError if a name fits no entity or several.
    """
    names = [about] if isinstance(about, str) else list(about)
    centres = {find_entity(graph, name).id for name in names}
    documents = {document.id: document for document in graph.documents}
    facts = [
        fact
        for fact in graph.facts
        if _has_relation(fact, relations)
        and (fact.asserted or not asserted_only)
        and (not (since or until) or _happened(fact, documents.get(fact.document), since, until))
    ]
    if names:
        facts = list(_around(facts, centres, hops))
    if top is not None:
        best = set(ranked(replace(graph, facts=tuple(facts)))[: max(top, 0)])
        facts = [
            fact
            for fact in facts
            if fact.statement.subject in best and (fact.statement.object or fact.statement.subject) in best
        ]
    return _closed(graph, facts, centres)


def _has_relation(fact: Fact, relations: Collection[str]) -> bool:
    return not relations or fact.statement.relation in relations or fact.statement.family in relations


def _happened(fact: Fact, document: Document | None, since: date | None, until: date | None) -> bool:
    first, last = when(fact, document)
    if first is None and last is None:
        return False
    return (since is None or last is None or last >= since) and (until is None or first is None or first <= until)


def when(fact: Fact, document: Document | None) -> tuple[date | None, date | None]:
    """The earliest and latest day of a statement: of the event, else of the article; (None, None) if neither is known."""
    time = fact.statement.time
    if time is not None and (time.earliest is not None or time.latest is not None):
        return time.earliest, time.latest
    published = document.published if document is not None else None
    return published, published


def mentioned(fact: Fact) -> Iterator[str]:
    """Ids of all entities that a statement names."""
    s = fact.statement
    yield from (node for node in (s.subject, s.object, s.theme, s.place, s.attributed_to, *s.chain) if node is not None)


def _around(facts: Sequence[Fact], centres: set[str], hops: int) -> Iterator[Fact]:
    pairs = nx.Graph((f.statement.subject, f.statement.object) for f in facts if f.statement.object is not None)
    near = set(centres)
    for centre in centres & set(pairs):
        near |= set(nx.single_source_shortest_path_length(pairs, centre, cutoff=max(hops, 0)))
    for fact in facts:
        inside = fact.statement.subject in near and (fact.statement.object or fact.statement.subject) in near
        if inside or not centres.isdisjoint(mentioned(fact)):
            yield fact


def _closed(graph: KnowledgeGraph, facts: Sequence[Fact], centres: set[str]) -> KnowledgeGraph:
    """These statements with the entities and articles that they refer to."""
    named = centres | {node for fact in facts for node in mentioned(fact)}
    told = {fact.document for fact in facts}
    return KnowledgeGraph(
        documents=tuple(document for document in graph.documents if document.id in told),
        nodes=tuple(node for node in graph.nodes if node.id in named),
        facts=tuple(facts),
        origin_of={document: origin for document, origin in graph.origin_of.items() if document in told},
    )


def find_entity(graph: KnowledgeGraph, name: str) -> Node:
    """The entity of that name; among several the only one that has a name of its own. Raises KgError if none fits, or more than one."""
    found = find_entities(graph, name)
    named = [node for node in found if node.named]
    for fitting in (found, named):
        if len(fitting) == 1:
            return fitting[0]
    ids = ", ".join(f"{node.id} ({_about(node)})" for node in sorted(named or found, key=lambda node: node.id)[:6])
    raise KgError(f"{len(named or found)} entities are called {name!r}: give the id of one of them: {ids}")


def _about(node: Node) -> str:
    return ", ".join([node.label, node.type, *([node.country] if node.country else [])])


def find_entities(graph: KnowledgeGraph, name: str) -> list[Node]:
    """The entities of that id, else of that label, else of that alias, whatever case and accents. Raises KgError if there are none."""
    wanted = folded(name)
    tests: tuple[Callable[[Node], bool], ...] = (
        lambda node: node.id == name,
        lambda node: folded(node.label) == wanted,
        lambda node: wanted in map(folded, node.aliases),
    )
    for test in tests:
        found = [node for node in graph.nodes if test(node)]
        if found:
            return found
    raise KgError(f"no entity is called {name!r}{_suggestion(graph, wanted)}")


def find_relation(graph: KnowledgeGraph, ontology: Ontology, name: str) -> str:
    """The relation or family that a user means: by its name or label, whatever case and spacing (*spoke with*); open
    relations are those of the graph. Raises KgError with the nearest if there is none."""
    known = {_closed_up(word): meant for word, meant in _relation_names(graph, ontology)}
    wanted = _closed_up(name)
    if (found := known.get(wanted)) is not None:
        return found
    close = dict.fromkeys(known[word] for word in difflib.get_close_matches(wanted, known, n=3))
    hint = f"did you mean {', '.join(close)}?" if close else "see docs/reference.md"
    raise KgError(f"no relation or family is called {name!r} ({hint})")


def _relation_names(graph: KnowledgeGraph, ontology: Ontology) -> Iterator[tuple[str, str]]:
    """What relations and families can be called; of two that are called the same, the later counts."""
    for fact in graph.facts:
        yield from ((name, name) for name in (fact.statement.relation, fact.statement.family))
    for relation in ontology.relations.values():
        yield from ((relation.label, relation.name), (relation.family, relation.family))
    for name in ontology.relations:
        yield name, name


def _closed_up(name: str) -> str:
    return "".join(name.casefold().split())


def _suggestion(graph: KnowledgeGraph, wanted: str) -> str:
    labels = {folded(node.label): node.label for node in sorted(graph.nodes, key=lambda node: node.id)}
    close = (
        difflib.get_close_matches(wanted, labels, n=3, cutoff=0.5)
        or [key for key in sorted(labels) if wanted and wanted in key][:3]
    )
    return (
        f" (did you mean {', '.join(labels[key] for key in close)}?)" if close else " (search graph.html for its name)"
    )


def folded(name: str) -> str:
    """A name for comparing: no case, no accents, single spaces."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
