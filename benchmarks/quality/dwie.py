"""The articles of DWIE: names, coreference, relations that states express, resolution across articles, links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from benchmarks.quality.conventions import ADJECTIVE, DWIE_TYPES, load_rules, named_view, relations_of
from benchmarks.quality.coreference import ROUNDS, coreference, coreference_row, interval, mention_counts
from benchmarks.quality.measures import Counts, Row, bootstrap, f1, precision, recall, row_of
from benchmarks.quality.parsing import Json, Read
from kg.gazetteer import Gazetteer
from kg.model import Origin
from kg.resolve import resolve

NAMED = {"PER", "ORG", "LOC", "NORP", "EVENT", "MISC"}
MAPPING = Path(__file__).parent / "dwie_relations.json"
# The gazetteer's types that a linked entity of a dwie type may have.
LINKED = {"PER": ("Person",), "ORG": ("Organization",), "LOC": ("Country",), "NORP": ("Country",)}


def views_of(reads: Sequence[Read]) -> list[Json]:
    """The records in the corpus' conventions."""
    return [named_view(read.extraction, DWIE_TYPES) for read in reads]


def relation_counts(scorer: ModuleType, reads: Sequence[Read], views: Sequence[Json]) -> tuple[list[Counts], Json]:
    """Relations that states express, end to end; with counts for each predicate."""
    rules, scored = load_rules(MAPPING)
    found, single = [], defaultdict(lambda: Counter(right=0, found=0, gold=0))
    for read, view in zip(reads, views, strict=True):
        full = {**view, "relations": relations_of(read.extraction, rules)}
        result = scorer.score({"x": read.gold}, {"x": full}, only=scored, per=True)
        r = result["relation"]
        found.append(Counts(r["tp"], r["tp"] + r["fp"], r["tp"] + r["fn"]))
        for predicate, p in result.get("per_predicate", {}).items():
            single[predicate].update(right=p["tp"], found=p["tp"] + p["fp"], gold=p["tp"] + p["fn"])
    return found, {k: Counts(**v) for k, v in single.items()}


def aligned(scorer: ModuleType, read: Read, view: Json) -> dict[str, str]:
    """Gold entity -> our entity (adjectives with their country), one to one by shared mentions."""
    gold, ours = scorer.clusters(read.gold), scorer.clusters(view)
    return {g: p.removesuffix(ADJECTIVE) for p, g in scorer.link_entities(gold, ours).items()}


def link_counts(scorer: ModuleType, reads: Sequence[Read], views: Sequence[Json], gazetteer: Gazetteer) -> list[Counts]:
    """Gold entities whose page names an entry of the gazetteer: found and linked to that entry. `found` counts those
    that were found at all."""
    counts = []
    for read, view in zip(reads, views, strict=True):
        to_ours = aligned(scorer, read, view)
        ours = {e.id: e for e in read.extraction.entities}
        wanted = {e["id"]: entry for e in read.gold["entities"] if (entry := gold_entry(e, gazetteer))}
        hits = [id_ for id_ in wanted if id_ in to_ours]
        right = sum(ours[to_ours[id_]].gazetteer == wanted[id_] for id_ in hits)
        counts.append(Counts(right, len(hits), len(wanted)))
    return counts


def gold_entry(entity: Json, gazetteer: Gazetteer) -> str | None:
    """The one entry of the gazetteer that has the title of a gold entity's page as a name."""
    if not entity.get("link") or entity.get("type") not in LINKED:
        return None
    title = entity["link"].removeprefix("wikipedia:").replace("_", " ")
    entries = [e for e in gazetteer.named(title) if e.type in LINKED[entity["type"]]]
    return entries[0].id if len(entries) == 1 else None


class Across(NamedTuple):
    """An entity of an article: what it is, which node it came to, and its name."""

    gold: str
    node: str
    name: str


def across(
    scorer: ModuleType, reads: Sequence[Read], views: Sequence[Json], gazetteer: Gazetteer
) -> list[list[Across]]:
    """(document, entity) items of each document: linked named gold entities that were found."""
    nodes = resolve([read.extraction for read in reads], gazetteer)
    node_of = {origin: node.id for node in nodes for origin in node.origins}
    found = []
    for read, view in zip(reads, views, strict=True):
        to_ours = aligned(scorer, read, view)
        found.append([
            Across(e["link"], node_of[Origin(read.gold["id"], to_ours[e["id"]])], str(e["name"]).lower())
            for e in read.gold["entities"] if e.get("link") and e["type"] in NAMED and e["id"] in to_ours
        ])  # fmt: skip
    return found


class Share(NamedTuple):
    """Of an item: how much of its node, and of its gold entity, is in both."""

    precision: float
    recall: float


def shares(items: Sequence[Sequence[Across]], of: Callable[[Across], str]) -> list[list[Share]]:
    """B3 of each item (Bagga & Baldwin 1998), over the whole corpus; bootstrap samples then draw documents, since a
    document drawn twice would agree with itself."""
    flat = [item for document in items for item in document]
    gold, ours = Counter(i.gold for i in flat), Counter(of(i) for i in flat)
    both = Counter((i.gold, of(i)) for i in flat)
    return [[Share(both[i.gold, of(i)] / ours[of(i)], both[i.gold, of(i)] / gold[i.gold]) for i in d] for d in items]


class BCubed(NamedTuple):
    """Mean precision and recall of items, and their F1, in percent."""

    precision: float
    recall: float
    f1: float


def b_cubed(documents: Sequence[Sequence[Share]]) -> BCubed:
    """Over the items of documents."""
    flat = [share for document in documents for share in document]
    p, r = (100 * sum(values) / max(1, len(flat)) for values in ([s.precision for s in flat], [s.recall for s in flat]))
    return BCubed(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def b_cubed_row(name: str, items: Sequence[Sequence[Across]], of: Callable[[Across], str]) -> Row:
    """B3 of items that are one where `of` is the same."""
    found = shares(items, of)
    p, r, f = (interval(found, lambda docs, n=n: b_cubed(docs)[n]) for n in range(3))
    return Row(name, len(items), p, r, f)


# --- The rows ----------------------------------------------------------------------------------------


def rows_of(reads: Sequence[Read], scorer: ModuleType, gazetteer: Gazetteer) -> Iterator[Row]:
    """All measures on the corpus."""
    views = views_of(reads)
    for title, typed in (("untyped", False), ("typed", True)):
        yield row_of(f"dwie: names, {title}", mention_counts(reads, views, typed, NAMED))
    yield coreference_row("dwie: coreference", scorer, coreference(scorer, reads, views, NAMED))
    yield row_of("dwie: relations of states", relation_counts(scorer, reads, views)[0])
    items = across(scorer, reads, views, gazetteer)
    yield b_cubed_row("dwie: across documents", items, lambda item: item.node)
    yield b_cubed_row("dwie: across documents, same name as gold", items, lambda item: item.name)._replace(
        baseline=True
    )
    links = link_counts(scorer, reads, views, gazetteer)
    yield Row("dwie: links, of all entities", len(links), share=bootstrap(links, recall, ROUNDS))
    yield Row("dwie: links, of entities found", len(links), share=bootstrap(links, precision, ROUNDS))


def predicates(reads: Sequence[Read], scorer: ModuleType) -> Iterator[str]:
    """A line for each predicate."""
    for predicate, c in sorted(relation_counts(scorer, reads, views_of(reads))[1].items(), key=lambda p: -p[1].gold):
        yield f"    {predicate:18} right {c.right:4} found {c.found:4} gold {c.gold:4}  F1 {f1([c]):.1f}"
