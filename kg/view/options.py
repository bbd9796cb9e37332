"""How a page is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.vocabulary import DATA


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
    quiet_families: frozenset[str] = frozenset({"OTHER"})
