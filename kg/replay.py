"""The graph of a corpus with the user's corrections: what a build assembles, and what reads a built graph back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.corrections import NO_CORRECTIONS, Corrections
from kg.facts import AssertionRule, assemble
from kg.model import Document, Extraction, KnowledgeGraph
from kg.resources import Resources


class Replayed(NamedTuple):
    """A graph, and a line for each correction that fits nothing in it."""

    graph: KnowledgeGraph
    unused: tuple[str, ...]


def assemble_corrected(
    extractions: Sequence[Extraction],
    resources: Resources,
    rule: AssertionRule,
    corrections: Corrections = NO_CORRECTIONS,
    forgotten: Sequence[Document] = (),
) -> Replayed:
    """The graph of the articles that aren't forgotten, without the statements that are rejected.

    A statement is rejected by its id in the graph (which depends on how entities are merged) or in its article's record.
    `forgotten` are documents that the caller has left out already.
    """
    documents = [*(e.document for e in extractions), *forgotten]
    corrections = corrections.with_ids(documents)
    kept = [e for e in extractions if not corrections.forgets(e.document)]
    rejected = corrections.rejected
    graph = assemble(without_statements(kept, rejected), resources.ontology, resources.gazetteer, rule, corrections)
    by_graph_id = {fact.id: fact.statement.id for fact in graph.facts if fact.id in rejected}
    if by_graph_id:
        left = without_statements(kept, rejected | frozenset(by_graph_id.values()))
        graph = assemble(left, resources.ontology, resources.gazetteer, rule, corrections)
    known = frozenset(s.id for e in extractions for s in e.statements) | frozenset(by_graph_id)
    return Replayed(graph, tuple(corrections.unused(documents, graph.nodes, known)))


def without_statements(extractions: Sequence[Extraction], rejected: frozenset[str]) -> list[Extraction]:
    """The extractions without some of their statements, by id."""
    if not rejected:
        return list(extractions)
    return [replace(e, statements=tuple(s for s in e.statements if s.id not in rejected)) for e in extractions]
