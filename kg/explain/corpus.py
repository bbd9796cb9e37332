"""What is explained: a built graph with the records and data files behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.datafiles import default_folder
from kg.facts import AssertionRule
from kg.model import Extraction, KnowledgeGraph, Node
from kg.records import read_record
from kg.resources import Resources
from kg.saved import RECORDS, read_note, saved_build


@dataclass(frozen=True)
class Corpus:
    """What is explained: a graph with the extractions it was assembled from (by document) and how it was. `folders` hold
    the data files, ours first."""

    graph: KnowledgeGraph
    extractions: Mapping[str, Extraction]
    resources: Resources
    rule: AssertionRule
    base: str
    folders: tuple[Path, ...]

    @property
    def nodes(self) -> dict[str, Node]:
        """The entities by id."""
        return {node.id: node for node in self.graph.nodes}


def load_corpus(output: Path) -> Corpus:
    """What the last build wrote to a folder. Raises StoreError when there is nothing, or it is damaged."""
    note = read_note(output)
    graph, resources, base = saved_build(output)
    found = [read_record(output / RECORDS / Path(name).name) for name in note.records]
    extractions = {x.document.id: x for x in found if x is not None}
    folders = (default_folder(), *([note.overlay] if note.overlay else []))
    return Corpus(graph, extractions, resources, note.rule, base, folders)
