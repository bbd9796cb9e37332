"""Our records as the development corpora annotate them, so that their scorer can compare.

dwie names things without articles and titles and keeps nationality adjectives as entities of their own. gum_news and
meantime mark whole noun phrases, determiners and complements included, nested in one another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from spacy.tokens import Doc, Span

from benchmarks.quality.parsing import Json
from kg.circumstances import times_of_document
from kg.mentions import whole_phrase
from kg.model import Entity, Extraction, Mention, Statement

# Types of dwie, coarse; Agreements and things that have names are its MISC.
DWIE_TYPES = {
    "Person": "PER",
    "Organization": "ORG",
    "Country": "LOC",
    "Place": "LOC",
    "Group": "NORP",
    "Event": "EVENT",
    "Item": "MISC",
    "Agreement": "MISC",
}
ENWW_TYPES = {
    "Person": "Person",
    "Organization": "Organization",
    "Country": "Location",
    "Place": "Location",
    "Group": "NORP",
    "Event": "Misc",
    "Item": "Misc",
    "Agreement": "Misc",
}
ADJECTIVE = "-x"


def named_view(extraction: Extraction, types: Mapping[str, str]) -> Json:
    """Names and adjectives, the adjectives of an entity as an entity of their own."""
    entities = {e.id: e for e in extraction.entities}
    mentions = [m for m in extraction.mentions if m.kind in ("name", "adjective") and entities[m.entity].named]
    view = [_named(m, entities[m.entity], types) for m in mentions]
    present = {m["entity_id"] for m in view}
    return {
        "mentions": view,
        "entities": [
            {"id": e.id + suffix, "link": None} for e in extraction.entities for suffix in ("", ADJECTIVE)
            if e.id + suffix in present
        ],
        "relations": [],
    }  # fmt: skip


def _named(mention: Mention, entity: Entity, types: Mapping[str, str]) -> Json:
    adjective = mention.kind == "adjective" or (mention.type == "Country" and _is_people(mention, entity))
    return {
        "start": mention.start,
        "end": mention.end,
        "type": types["Group"] if adjective else types[mention.type],
        "entity_id": mention.entity + (ADJECTIVE if adjective else ""),
    }


def _is_people(mention: Mention, entity: Entity) -> bool:
    """*the Russians*: a people named for its country."""
    return mention.text != entity.label and mention.text.endswith(("ese", "ns", "is"))


def plain_view(extraction: Extraction) -> Json:
    """All mentions as they stand in the record."""
    mentions = [
        {"start": m.start, "end": m.end, "type": None, "entity_id": m.entity} for m in extraction.mentions
    ]  # fmt: skip
    return {"mentions": mentions, "entities": [], "relations": []}


def phrase_view(doc: Doc, extraction: Extraction, left_out: frozenset[str], possessive: bool, dates: bool) -> Json:
    """All mentions of a record, names grown to their noun phrases. `left_out` are our types that a corpus doesn't
    annotate; `possessive` and `dates`: whether its mentions take in a final *'s*, and dates."""
    times = [] if dates else times_of_document(doc, extraction.document.published)
    found: dict[tuple[int, int], str] = {}
    for mention in extraction.mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        dated = any(t.start <= mention.start < t.end for t in times)
        if span is not None and mention.type not in left_out and not dated:
            found.setdefault(_extent(span, mention, possessive), mention.entity)
    return {
        "mentions": [{"start": s, "end": e, "type": "", "entity_id": key} for (s, e), key in found.items()],
        "entities": [],
        "relations": [],
    }


def _extent(span: Span, mention: Mention, possessive: bool) -> tuple[int, int]:
    """Characters of a mention's noun phrase."""
    start, end = span.start, span.end
    if mention.kind == "name":
        start, end = whole_phrase(span.root, start, end)
    doc = span.doc
    if possessive and end < len(doc) and doc[end].tag_ == "POS" and mention.kind != "pronoun":
        end += 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


# --- Relations ---------------------------------------------------------------------------------------


def load_rules(path: Path) -> tuple[list[Json], frozenset[str]]:
    """The rules of the mapping file and the predicates that are scored."""
    content = json.loads(path.read_text(encoding="utf8"))
    return content["rules"], frozenset(content["scored"])


def relations_of(extraction: Extraction, rules: list[Json]) -> list[Json]:
    """What the statements and countries of an article say in the corpus' predicates."""
    entities = {e.id: e for e in extraction.entities}
    found = dict.fromkeys(_from_countries(extraction, rules))
    for statement in extraction.statements:
        if statement.polarity == "positive" and statement.modality == "actual" and statement.object:
            for rule in rules:
                if rule.get("relation") == statement.relation and _holds(rule, statement, entities):
                    for predicate in rule["predicates"]:
                        found[statement.subject, predicate, statement.object] = None
    return [{"subject": s, "predicate": p, "object": o} for s, p, o in found]


def _holds(rule: Json, statement: Statement, entities: Mapping[str, Entity]) -> bool:
    title = entities[statement.theme].label.lower() if statement.theme else ""
    if "object" in rule and entities[statement.object or ""].type != rule["object"]:
        return False
    if title in rule.get("titles_not", ()):
        return False
    if "title_ends" in rule:
        return any(title.endswith(end) for end in rule["title_ends"])
    return "titles" not in rule or any(title == t or title.endswith(" " + t) for t in rule["titles"])


def _from_countries(extraction: Extraction, rules: list[Json]) -> Iterator[tuple[str, str, str]]:
    named = {m.entity for m in extraction.mentions if m.kind == "name"}
    countries = {e.country: e.id for e in extraction.entities if e.type == "Country" and e.id in named}
    for entity in extraction.entities:
        country = countries.get(entity.country)
        for rule in rules:
            fits = rule.get("attribute") == "country" and rule["subject"] == entity.type
            right_sort = entity.named and rule.get("subtype", entity.subtype) == entity.subtype
            if fits and right_sort and country and country != entity.id:
                yield from ((entity.id, predicate, country) for predicate in rule["predicates"])
