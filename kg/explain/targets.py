"""What a name on the command line means: a statement, an entity, an article, or nothing that the graph has."""

from __future__ import annotations

import difflib
from urllib.parse import unquote

from kg.errors import KgError
from kg.explain.parts import plain
from kg.model import Document, Fact, KnowledgeGraph, Node
from kg.view.select import find_entities, folded

NEAR = 3


def find_target(name: str, graph: KnowledgeGraph, base: str) -> Fact | Node | Document | None:
    """What a name on the command line means: the id, prefixed name or IRI of a statement, entity or article, an
    entity's name, an article's title, file or address. None if it is none of these. Raises KgError if it is several."""
    id_ = _local(name, base)
    exact: list[Fact | Node | Document] = []
    exact += [f for f in graph.facts if id_ in (f.id, f.statement.id)][:1]
    exact += [n for n in graph.nodes if id_ == n.id] + [d for d in graph.documents if id_ == d.id]
    if len(exact) == 1:
        return exact[0]
    wanted = folded(name)
    articles = [d for d in graph.documents if folded(d.title or "") == wanted or name in (d.source, d.url)]
    named = exact or [*_nodes_called(name, graph), *(articles if wanted else [])]
    if len(named) > 1:
        told = ", ".join(_called(thing) for thing in named[:6])
        raise KgError(f"{plain(name)!r} may be {len(named)} things: give the id of one of them: {told}")
    return named[0] if named else None


def _local(name: str, base: str) -> str:
    for start in (f"{base}statement/", f"{base}entity/", f"{base}article/", "st:", "ent:", "art:"):
        if name.startswith(start):
            return unquote(name.removeprefix(start))
    return name


def _nodes_called(name: str, graph: KnowledgeGraph) -> list[Node]:
    try:
        found = find_entities(graph, name)
    except KgError:
        return []
    # A description gives way to what has the name for a name.
    return [node for node in found if node.named] or found


def _called(thing: Fact | Node | Document) -> str:
    if isinstance(thing, Document):
        return f"{plain(thing.id)} (article)"
    return f"{thing.id} ({thing.type if isinstance(thing, Node) else 'statement'})"


def nearest(name: str, graph: KnowledgeGraph) -> list[str]:
    """The names of entities and titles of articles that look most like a name, as a whole or in a word, best first."""
    names = [d.title for d in graph.documents if d.title]
    names += [n for node in sorted(graph.nodes, key=lambda n: not n.named) for n in (node.label, *node.aliases)]
    keys: dict[str, str] = {}
    for full in names:
        keys.setdefault(folded(full), full)
    for full in names:
        for word in folded(full).split():
            keys.setdefault(word, full)
    close = difflib.get_close_matches(folded(name), sorted(keys), n=NEAR, cutoff=0.7)
    return list(dict.fromkeys(plain(keys[key]) for key in close))
