"""What every export is made of."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import KnowledgeGraph
from kg.ontology import Ontology
from kg.vocabulary import DATA


class Material(NamedTuple):
    """A graph with the ontology that it was built with and the base IRI of its data."""

    graph: KnowledgeGraph
    ontology: Ontology
    base: str = DATA
