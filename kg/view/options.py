"""How a page is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.ontology import Ontology
from kg.vocabulary import DATA, OPEN_FAMILY


@dataclass(frozen=True)
class ViewOptions:
    """How a page is made.

    `first` is how many entities the first view shows; `max_statements` how many statements one page carries at most,
    the best-evidenced ones. `base` is the data's base IRI, used where a statement is copied as Turtle. `labels` gives
    names for people to relations and families ("spokeWith": "spoke with"); what it lacks is derived from the name.
    `symmetric` are relations whose two directions say the same. `quiet_families` are shown only when asked for.
    """

    first: int = 300
    max_statements: int = 20_000
    base: str = DATA
    labels: Mapping[str, str] = field(default_factory=dict)
    symmetric: frozenset[str] = frozenset()
    quiet_families: frozenset[str] = frozenset({OPEN_FAMILY})


def page_options(ontology: Ontology, base: str = DATA) -> ViewOptions:
    """The options of a page of data below `base`, with the ontology's names for relations and what it says of symmetry."""
    relations = ontology.relations.values()
    return ViewOptions(
        base=base,
        labels={relation.name: relation.label for relation in relations},
        symmetric=frozenset(relation.name for relation in relations if relation.symmetric),
    )
