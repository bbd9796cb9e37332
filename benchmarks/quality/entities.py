"""Entities: mentions, coreference, links, states and resolution across articles, on the development corpora.

    python -m benchmarks.quality.entities --corpora ../shared/corpora [--keep FOLDER] [--only dwie,gum_news]

Scored by the corpora's own `score.py`, loaded from their folder; intervals are 95 % of 400 bootstrap samples of
documents. How records are turned into each corpus' conventions: `conventions.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from spacy.tokens import Doc

from benchmarks.quality.conventions import (
    ADJECTIVE,
    DWIE_TYPES,
    ENWW_TYPES,
    Json,
    load_rules,
    named_view,
    phrase_view,
    plain_view,
    relations_of,
)
from benchmarks.quality.measures import Counts, Interval, bootstrap, f1, precision, recall
from benchmarks.quality.parsing import keeping_parser
from kg.extract import read_document
from kg.gazetteer import Gazetteer
from kg.model import Document, Extraction, Origin
from kg.parse import Parser
from kg.resolve import resolve
from kg.resources import Resources

T = TypeVar("T")
ROUNDS = 400
NAMED = {"PER", "ORG", "LOC", "NORP", "EVENT", "MISC"}
MAPPING = Path(__file__).parent / "dwie_relations.json"
# The gazetteer's types that a linked entity of a dwie type may have.
LINKED = {"PER": ("Person",), "ORG": ("Organization",), "LOC": ("Country",), "NORP": ("Country",)}


class Read(NamedTuple):
    """An article of a corpus with what was read from it."""

    gold: Json
    extraction: Extraction
    doc: Doc


def load_scorer(corpora: Path) -> ModuleType:
    """The corpora's own scorer."""
    spec = importlib.util.spec_from_file_location("score", corpora / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{corpora / 'score.py'}: not found")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_corpus(path: Path, parser: Parser, resources: Resources, each_region: int | None = None) -> list[Read]:
    """All articles of a corpus, or the first few of each region."""
    seen: Counter[str] = Counter()
    found = []
    for record in map(json.loads, path.open(encoding="utf8")):
        seen[record.get("region", "")] += 1
        if each_region is None or seen[record.get("region", "")] <= each_region:
            found.append(_read(record, parser, resources))
    return found


def _read(gold: Json, parser: Parser, resources: Resources) -> Read:
    published = date.fromisoformat(gold["date"]) if gold.get("date") else None
    digest = hashlib.sha256(gold["text"].encode()).hexdigest()
    document = Document(gold["id"], gold["id"], gold["text"], digest, gold.get("title"), published=published)
    reading = read_document(document, parser, resources)
    return Read(gold, reading.extraction, reading.doc)


def interval(items: Sequence[T], measure: Callable[[Sequence[T]], float]) -> Interval:
    """A measure over documents with its bootstrap interval, of fewer rounds: the scorer takes its time."""
    return bootstrap(items, measure, ROUNDS)


def table_row(name: str, counts: Sequence[Counts], aim: str = "") -> str:
    """Precision, recall and F1."""
    p, r, f = (interval(counts, measure) for measure in (precision, recall, f1))
    return f"{name:44} F1 {f}  P {p.value:5.1f}  R {r.value:5.1f}  {aim}"


# --- Mentions and coreference ------------------------------------------------------------------------


def spans(view: Json, typed: bool, types: set[str] | None, until: int | None = None) -> set[tuple[object, ...]]:
    """Extents of a view's mentions, with their type if asked."""
    return {
        (m["start"], m["end"], m["type"] if typed else "")
        for m in view["mentions"]
        if (types is None or m["type"] in types) and (until is None or m["end"] <= until)
    }


def mention_counts(reads: Sequence[Read], views: Sequence[Json], typed: bool, types: set[str]) -> list[Counts]:
    """Names found, by extent and by extent with type."""
    found = []
    for read, view in zip(reads, views, strict=True):
        gold, ours = spans(read.gold, typed, types), spans(view, typed, types)
        found.append(Counts(len(gold & ours), len(ours), len(gold)))
    return found


def coreference(scorer: ModuleType, reads: Sequence[Read], views: Sequence[Json], types: set[str] | None) -> list[Any]:
    """The scorer's coreference counters, one for each document."""
    found = []
    for read, view in zip(reads, views, strict=True):
        until = read.gold.get("annotated_until")
        one = scorer.Coref()
        one.add(_clusters(scorer, read.gold, types, until), _clusters(scorer, view, None, until))
        found.append(one)
    return found


def _clusters(scorer: ModuleType, view: Json, types: set[str] | None, until: int | None) -> list[frozenset[Any]]:
    kept = [
        m for m in view["mentions"]
        if (types is None or m["type"] in types) and (until is None or m["end"] <= until)
    ]  # fmt: skip
    return list(scorer.clusters({"mentions": kept}).values())


def summed(scorer: ModuleType, counters: Sequence[Any]) -> Any:
    """Counters of several documents as one."""
    total = scorer.Coref()
    for counter in counters:
        total.a.update(counter.a)
    return total.out()


def coreference_row(name: str, scorer: ModuleType, counters: Sequence[Any], aim: str) -> str:
    """CoNLL F1 with the precision and recall of its B3."""
    value = interval(counters, lambda c: float(summed(scorer, c)["conll"]))
    full = summed(scorer, counters)
    parts = "  ".join(f"{k} P {full[k]['p']:.1f} R {full[k]['r']:.1f}" for k in ("muc", "b3", "ceafe"))
    return f"{name:44} F1 {value}  {parts}  {aim}"


# --- Relations, links, resolution --------------------------------------------------------------------


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


def b_cubed(documents: Sequence[Sequence[Share]]) -> tuple[float, float, float]:
    """Mean precision and recall of the items and their F1, in percent."""
    flat = [share for document in documents for share in document]
    p, r = (100 * sum(values) / max(1, len(flat)) for values in ([s.precision for s in flat], [s.recall for s in flat]))
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


# --- The table ---------------------------------------------------------------------------------------


def report_dwie(scorer: ModuleType, reads: Sequence[Read], gazetteer: Gazetteer, details: bool) -> None:
    """All measures on dwie."""
    views = [named_view(read.extraction, DWIE_TYPES) for read in reads]
    print(table_row("dwie mentions (named, untyped)", mention_counts(reads, views, False, NAMED), "aim 82"))
    print(table_row("dwie mentions (typed)", mention_counts(reads, views, True, NAMED), "aim 74"))
    print(coreference_row("dwie coreference (CoNLL)", scorer, coreference(scorer, reads, views, NAMED), "aim 74"))
    counts, single = relation_counts(scorer, reads, views)
    print(table_row("dwie relations of states", counts, "aim 40"))
    if details:
        for predicate, c in sorted(single.items(), key=lambda pair: -pair[1].gold):
            print(f"    {predicate:18} right {c.right:4} found {c.found:4} gold {c.gold:4}  F1 {f1([c]):.1f}")
    items = across(scorer, reads, views, gazetteer)
    for title, of in (
        ("dwie across documents (B3)", lambda i: i.node),
        ("    same gold name, same items", lambda i: i.name),
    ):
        found = shares(items, of)
        p, r, _ = b_cubed(found)
        print(f"{title:44} F1 {interval(found, lambda docs: b_cubed(docs)[2])}  P {p:5.1f}  R {r:5.1f}  aim 97")
    links = link_counts(scorer, reads, views, gazetteer)
    print(f"{'dwie links (of all gold entities)':44} acc {interval(links, recall)}  aim 92")
    print(f"{'    of those found':44} acc {interval(links, precision)}")


def report_phrases(name: str, scorer: ModuleType, reads: Sequence[Read], aim: str) -> None:
    """Coreference with nominals and pronouns: with names grown to their phrases as the corpora mark them, and with the
    mentions just as they stand in the record."""
    wiki = name == "meantime"
    left_out = frozenset({"Event"}) if wiki else frozenset()
    views = [phrase_view(r.doc, r.extraction, left_out, not wiki, not wiki) for r in reads]
    counts = []
    for read, view in zip(reads, views, strict=True):
        until = read.gold.get("annotated_until")
        gold, ours = spans(read.gold, False, None, until), spans(view, False, None, until)
        counts.append(Counts(len(gold & ours), len(ours), len(gold)))
    print(table_row(f"{name} mentions (all phrases)", counts))
    print(coreference_row(f"{name} coreference (CoNLL)", scorer, coreference(scorer, reads, views, None), aim))
    plain = [plain_view(read.extraction) for read in reads]
    print(coreference_row("    mentions as in the record", scorer, coreference(scorer, reads, plain, None), ""))


def report_regions(reads: Sequence[Read]) -> None:
    """Names by region."""
    types = set(ENWW_TYPES.values())
    views = [named_view(read.extraction, ENWW_TYPES) for read in reads]
    untyped, typed = (mention_counts(reads, views, t, types) for t in (False, True))
    print(table_row(f"enww names, {len(reads)} articles (untyped)", untyped))
    print(table_row("enww names (typed)", typed))
    by_region: dict[str, list[int]] = defaultdict(list)
    for number, read in enumerate(reads):
        by_region[read.gold["region"]].append(number)
    for region, numbers in sorted(by_region.items(), key=lambda p: f1([typed[n] for n in p[1]])):
        plain, full = ([c[n] for n in numbers] for c in (untyped, typed))
        print(f"    {region:12} {len(numbers):3} articles  untyped {f1(plain):5.1f}  typed {f1(full):5.1f}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="folder for parses kept between runs")
    parser.add_argument("--only", default="dwie,gum_news,meantime,enww", help="corpora, separated by commas")
    parser.add_argument("--each-region", type=int, default=12, help="articles of enww from each region; 0 for all")
    parser.add_argument("--details", action="store_true", help="relations by predicate")
    arguments = parser.parse_args()
    scorer = load_scorer(arguments.corpora)
    pipeline, resources = keeping_parser(arguments.keep)
    for name in arguments.only.split(","):
        limit = (arguments.each_region or None) if name == "enww" else None
        reads = read_corpus(arguments.corpora / "dev" / name / "dev.jsonl", pipeline, resources, limit)
        if name == "dwie":
            report_dwie(scorer, reads, resources.gazetteer, arguments.details)
        elif name == "enww":
            report_regions(reads)
        else:
            report_phrases(name, scorer, reads, "aim 55" if name == "gum_news" else "aim 50")


if __name__ == "__main__":
    main()
