"""The data of a page: tables of entities, edges, statements, sentences and articles that refer to each other by position.

Keys of entities and articles whose value would be null, false or an empty list are left out; the page's script fills them in. All text is made harmless here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from kg.model import Document, Fact, KnowledgeGraph, Node, Slot, Span
from kg.view.edges import EdgeKey, edge_key, gather, independent, source_counts, status_of
from kg.view.families import FAMILIES, family, relation_label
from kg.view.layout import place_all
from kg.view.options import ViewOptions
from kg.view.safe import label, optional_label, plain, web_link
from kg.view.select import mentioned
from kg.view.structure import communities, importance, pair_graph, ranked

Item = dict[str, object]

# Networkx lays out this many at most; the others are placed around them.
CORE = 420
SENTENCE_LENGTH = 1200
# Statements are many: they are rows of a table, so that the names of its columns stand there once.
COLUMNS = (
    "id", "subject", "relation", "object", "theme", "place", "earliest", "latest", "time", "status", "modality", "speaker",
    "chain", "manner", "cue", "edge", "document", "sentence", "slots", "span", "group", "sources",
)  # fmt: skip
ALIASES = 40
SMALLEST, LARGEST = 8.0, 32.0


@dataclass(frozen=True)
class Payload:
    """A page's tables. Nodes are in order of rank and numbered by it; so are the places in `edges`."""

    nodes: list[Item]
    edges: list[Item]
    tables: Item


def make_payload(graph: KnowledgeGraph, options: ViewOptions) -> Payload:
    """The data of a page that shows this graph."""
    carried = _carried(_ordered(graph), options)
    numbers = {id_: number for number, id_ in enumerate(ranked(carried, options.quiet_families))}
    edges = gather(_known(carried, numbers), options.symmetric)
    return Payload(
        nodes=list(_nodes(carried, numbers, options)),
        edges=[_edge(number, key, numbers) for number, key in enumerate(edges)],
        tables=_tables(graph, carried, numbers, edges, options),
    )


def _ordered(graph: KnowledgeGraph) -> KnowledgeGraph:
    """The same graph whatever the order of its tuples."""
    return replace(
        graph,
        documents=tuple(sorted(graph.documents, key=lambda document: document.id)),
        nodes=tuple(sorted(graph.nodes, key=lambda node: node.id)),
        facts=tuple(sorted(graph.facts, key=lambda fact: (fact.document, fact.statement.sentence, fact.id))),
    )


def _carried(graph: KnowledgeGraph, options: ViewOptions) -> KnowledgeGraph:
    """The graph without the statements that are too many for one page: those that fewest sources tell go first."""
    if len(graph.facts) <= options.max_statements:
        return graph
    numbers = {id_: number for number, id_ in enumerate(ranked(graph, options.quiet_families))}
    counts = source_counts(graph)
    order = sorted(
        graph.facts,
        key=lambda f: (f.statement.family in options.quiet_families, _lowest(f, numbers), -counts[f.id], f.id),
    )
    kept = {fact.id for fact in order[: options.max_statements]}
    facts = tuple(fact for fact in graph.facts if fact.id in kept)
    used = {node for fact in facts for node in mentioned(fact)}
    return replace(graph, facts=facts, nodes=tuple(node for node in graph.nodes if node.id in used))


def _lowest(fact: Fact, numbers: Mapping[str, int]) -> int:
    """The rank of the lower-ranked end of a statement."""
    return max(
        numbers.get(end, len(numbers))
        for end in (fact.statement.subject, fact.statement.object or fact.statement.subject)
    )


def _known(graph: KnowledgeGraph, numbers: Mapping[str, int]) -> Iterator[Fact]:
    """Statements whose article and entities the graph has."""
    told = {document.id for document in graph.documents}
    for fact in graph.facts:
        ends = (fact.statement.subject, fact.statement.object or fact.statement.subject)
        if fact.document in told and all(end in numbers for end in ends):
            yield fact


# --- Entities and edges ------------------------------------------------------------------------------


def _nodes(graph: KnowledgeGraph, numbers: Mapping[str, int], options: ViewOptions) -> Iterator[Item]:
    drawn = [fact for fact in graph.facts if fact.statement.family not in options.quiet_families]
    pairs = pair_graph(drawn, numbers, graph.origin_of)
    sizes = importance(pairs)
    home = {node: number for number, members in enumerate(communities(pairs)) for node in members}
    places = place_all(pairs, min(options.first, CORE), sizes, home)
    # Among a handful none should be a giant.
    largest = min(LARGEST, 2 * SMALLEST + 1.6 * sqrt(len(graph.nodes)))
    for node in sorted(graph.nodes, key=lambda node: numbers[node.id]):
        number = numbers[node.id]
        x, y = places[number]
        size = round(SMALLEST + (largest - SMALLEST) * sizes.get(number, 0.0), 1)
        yield _slim({"id": number, "x": x, "y": y, "size": size, "community": home.get(number), **_entity(node)})


def _entity(node: Node) -> Item:
    names = list(
        dict.fromkeys(name for alias in sorted(node.aliases) if (name := label(alias)) and name != label(node.label))
    )
    return {
        "key": plain(node.id),
        "label": label(node.label) or "(no name)",
        "type": label(node.type),
        "subtype": optional_label(node.subtype),
        "country": optional_label(node.country),
        "aliases": names[:ALIASES],
        "link": web_link(node.link),
        "unnamed": not node.named,
        "reasons": [label(reason, 300) for reason in sorted(node.reasons)][:ALIASES],
    }


def _edge(number: int, key: EdgeKey, numbers: Mapping[str, int]) -> Item:
    return {"id": number, "from": numbers[key.subject], "to": numbers[key.object], "relation": label(key.relation)}


def _slim(item: Item) -> Item:
    """Without the keys that say nothing."""
    return {key: value for key, value in item.items() if value is not None and value != [] and value is not False}


# --- Statements, sentences, articles -----------------------------------------------------------------


def _tables(
    whole: KnowledgeGraph,
    graph: KnowledgeGraph,
    numbers: Mapping[str, int],
    edges: Mapping[EdgeKey, Sequence[Fact]],
    options: ViewOptions,
) -> Item:
    sentences: dict[str, int] = {}
    documents = {document.id: number for number, document in enumerate(graph.documents)}
    texts = {document.id: document.text for document in graph.documents}
    counts, places = source_counts(graph), {key: number for number, key in enumerate(edges)}
    groups: dict[str, int] = {}
    rows = []
    for fact in _known(graph, numbers):
        key = edge_key(fact, options.symmetric)
        words, slots = excerpt(texts[fact.document], fact.statement.sentence, fact.statement.slots)
        item = _statement(fact, numbers) | {
            "edge": places[key] if key else None,
            "document": documents[fact.document],
            "sentence": sentences.setdefault(words, len(sentences)),
            "slots": [[label(slot.name, 20), slot.start, slot.end] for slot in slots],
            "span": list(fact.statement.sentence),
            "group": groups.setdefault(fact.group, len(groups)),
            "sources": counts[fact.id],
        }
        rows.append([item[column] for column in COLUMNS])
    return {
        "base": options.base,
        "first": options.first,
        "relations": _relations(graph, options),
        "families": _families(graph, options),
        "documents": [_document(document, documents, graph.origin_of) for document in graph.documents],
        "sentences": list(sentences),
        "statements": {"columns": COLUMNS, "rows": rows},
        "sources": [independent(told, graph.origin_of) for told in edges.values()],
        "omitted": {"statements": len(whole.facts) - len(graph.facts), "entities": len(whole.nodes) - len(graph.nodes)},
    }


def _statement(fact: Fact, numbers: Mapping[str, int]) -> Item:
    statement, time = fact.statement, fact.statement.time
    return {
        "id": plain(fact.id),
        "subject": numbers[statement.subject],
        "relation": label(statement.relation),
        "object": numbers[statement.object] if statement.object is not None else None,
        "theme": numbers.get(statement.theme or ""),
        "place": numbers.get(statement.place or ""),
        "earliest": time.earliest.isoformat() if time and time.earliest else None,
        "latest": time.latest.isoformat() if time and time.latest else None,
        "time": optional_label(time.text) if time else None,
        "status": status_of(fact),
        "modality": statement.modality if statement.modality != "actual" else None,
        "speaker": numbers.get(statement.attributed_to or ""),
        "chain": [numbers[speaker] for speaker in statement.chain if speaker in numbers],
        "manner": statement.manner,
        "cue": optional_label(statement.cue, 60),
    }


def excerpt(text: str, sentence: Span, slots: Sequence[Slot]) -> tuple[str, list[Slot]]:
    """A sentence for display, and its slots as offsets into it. Of a very long one, the part around the slots."""
    inside = [slot for slot in slots if sentence.start <= slot.start < slot.end <= sentence.end]
    start, end, before, after = sentence.start, sentence.end, "", ""
    if end - start > SENTENCE_LENGTH:
        centre = (min(slot.start for slot in inside) if inside else start) - SENTENCE_LENGTH // 4
        start = max(start, min(centre, end - SENTENCE_LENGTH))
        end = start + SENTENCE_LENGTH
        before, after = "… " if start > sentence.start else "", " …" if end < sentence.end else ""
    shift = len(before) - start
    shown = [Slot(s.name, s.start + shift, min(s.end, end) + shift) for s in inside if start <= s.start < end]
    return before + plain(text[start:end]) + after, sorted(shown, key=lambda slot: (slot.start, -slot.end, slot.name))


def _document(document: Document, numbers: Mapping[str, int], origin_of: Mapping[str, str]) -> Item:
    return _slim(
        {
            "id": label(document.id),
            "title": optional_label(document.title, 300),
            "publisher": optional_label(document.publisher),
            "published": document.published.isoformat() if document.published else None,
            "url": web_link(document.url),
            "source": label(document.source, 300),
            "reference": optional_label(document.reference, 400),
            "origin": numbers.get(origin_of.get(document.id, document.id), numbers[document.id]),
        }
    )


def _relations(graph: KnowledgeGraph, options: ViewOptions) -> list[Item]:
    found = {
        label(f.statement.relation): (relation_label(f.statement.relation, options.labels), f) for f in graph.facts
    }
    return [
        _slim(
            {
                "name": name,
                "label": label(shown, 60) or "(no name)",
                "family": label(fact.statement.family),
                "symmetric": fact.statement.relation in options.symmetric,
            }
        )
        for name, (shown, fact) in sorted(found.items())
    ]


def _families(graph: KnowledgeGraph, options: ViewOptions) -> list[Item]:
    order = {name: number for number, name in enumerate(FAMILIES)}
    found = sorted(
        {fact.statement.family for fact in graph.facts}, key=lambda name: (order.get(name, len(order)), name)
    )
    rows = []
    for name in found:
        shown = family(name, options.labels)
        rows.append(
            _slim(
                {
                    "name": label(name),
                    "label": label(shown.label, 60) or "(no name)",
                    "tone": shown.tone,
                    "quiet": name in options.quiet_families,
                }
            )
        )
    return rows
