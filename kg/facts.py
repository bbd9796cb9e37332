"""Statements across articles: resolved to nodes, grouped into facts, and asserted or not."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.corrections import NO_CORRECTIONS, Corrections
from kg.duplicates import find_origins
from kg.fitting import fit
from kg.gazetteer import Gazetteer
from kg.model import Extraction, Fact, KnowledgeGraph, Node, Origin, Statement
from kg.ontology import Ontology
from kg.resolve import resolve
from kg.vocabulary import OPEN_FRAME


@dataclass(frozen=True)
class AssertionRule:
    """When a statement becomes a direct triple: it is positive and actual, and either told in the article's own voice
    (unless `own_voice` is False) or claimed by at least `speakers` independent speakers. Speakers of one country or
    organisation count once."""

    own_voice: bool = True
    speakers: int = 2


def assemble(
    extractions: Sequence[Extraction],
    ontology: Ontology,
    gazetteer: Gazetteer,
    rule: AssertionRule | None = None,
    corrections: Corrections = NO_CORRECTIONS,
) -> KnowledgeGraph:
    """The knowledge graph of a corpus. It doesn't depend on the order of the extractions. Of the corrections those that
    concern entities are obeyed here (see `kg.replay` for all)."""
    ordered = sorted(extractions, key=lambda e: e.document.id)
    nodes = resolve([_told(e) for e in ordered], gazetteer, corrections)
    node_of = {origin: node.id for node in nodes for origin in node.origins}
    origins = find_origins([e.document for e in ordered])
    facts = [_fact(e.document.id, s, node_of, ontology) for e in ordered for s in e.statements]
    facts = [f for f in facts if f.statement.object != f.statement.subject]
    fitting_nodes, fitting = fit(nodes, facts, ontology)
    unique = {fact.id: fact for fact in fitting}
    used = {n for f in unique.values() for n in _nodes_in(f.statement)}
    kept = tuple(n for n in fitting_nodes if n.named or n.id in used)
    asserted = _asserted(list(unique.values()), rule or AssertionRule(), {n.id: n for n in kept})
    return KnowledgeGraph(
        documents=tuple(e.document for e in ordered),
        nodes=kept,
        facts=tuple(replace(f, asserted=f.id in asserted) for f in sorted(unique.values(), key=_order)),
        origin_of=origins,
    )


def _told(extraction: Extraction) -> Extraction:
    """An extraction without the entities that nothing names and no statement needs."""
    used = {n for s in extraction.statements for n in _nodes_in(s)}
    return replace(extraction, entities=tuple(e for e in extraction.entities if e.named or e.id in used))


def _order(fact: Fact) -> tuple[str, int, int, str]:
    return fact.document, fact.statement.sentence.start, fact.statement.trigger.start, fact.id


def _nodes_in(statement: Statement) -> list[str]:
    slots = (
        statement.subject,
        statement.object,
        statement.theme,
        statement.place,
        statement.attributed_to,
        *statement.chain,
    )
    return [slot for slot in slots if slot is not None]


def _fact(document: str, statement: Statement, node_of: Mapping[Origin, str], ontology: Ontology) -> Fact:

    def to_node(entity: str | None) -> str | None:
        return None if entity is None else node_of[Origin(document, entity)]

    resolved = replace(
        statement,
        subject=node_of[Origin(document, statement.subject)],
        object=to_node(statement.object),
        theme=to_node(statement.theme),
        place=to_node(statement.place),
        attributed_to=to_node(statement.attributed_to),
        chain=tuple(node_of[Origin(document, e)] for e in statement.chain),
    )
    return Fact(
        _digest(document, *_content(resolved), resolved.sentence.start, resolved.trigger.start),
        fact_group(resolved, ontology),
        document,
        resolved,
        False,
    )


def _content(statement: Statement) -> tuple[object, ...]:
    return (
        statement.subject, statement.relation, statement.object, statement.theme, statement.place, statement.polarity,
        statement.modality, statement.attributed_to,
    )  # fmt: skip


def fact_group(statement: Statement, ontology: Ontology) -> str:
    """The id that statements share which say the same thing (or its opposite): relation, participants, theme and
    day."""
    subject, object_ = statement.subject, statement.object
    if object_ is not None and ontology.is_symmetric(statement.relation):
        subject, object_ = sorted((subject, object_))
    # Only a single day tells one event from another: "last week" may be any of them.
    day = statement.time.earliest if statement.time and statement.time.earliest == statement.time.latest else None
    return _digest(subject, statement.relation, object_, statement.theme, day)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def _asserted(facts: Sequence[Fact], rule: AssertionRule, nodes: Mapping[str, Node]) -> set[str]:
    """Ids of the facts that become direct triples."""
    groups: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if may_be_asserted(fact.statement):
            groups[fact.group].append(fact)
    found = set()
    for group in groups.values():
        own = [f for f in group if in_own_voice(f.statement)]
        voices = {voice_of(f, nodes) for f in group if f.statement.attributed_to is not None}
        if (own and rule.own_voice) or len(voices) >= rule.speakers:
            found |= {f.id for f in group if in_own_voice(f.statement) or len(voices) >= rule.speakers}
    return found


def may_be_asserted(statement: Statement) -> bool:
    """Whether a statement is asserted if enough speakers tell it: it is positive, actual, and a frame knows it."""
    return statement.polarity == "positive" and statement.modality == "actual" and statement.frame != OPEN_FRAME


def in_own_voice(statement: Statement) -> bool:
    """Whether the article tells it itself; what somebody says whom it doesn't name has a manner and no speaker."""
    return statement.attributed_to is None and statement.manner is None


def voice_of(fact: Fact, nodes: Mapping[str, Node]) -> str:
    """Whose voice a speaker is: his country's, or his own if none is known."""
    speaker = nodes.get(fact.statement.attributed_to or "")
    return (speaker.country or speaker.id) if speaker else ""
