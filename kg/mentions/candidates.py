"""What a possible mention is, and what mentions are read with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg.gazetteer import Gazetteer
from kg.lexicon import Lexicon
from kg.model import EntityType, MentionKind, Subtype

Gender = Literal["male", "female"]


class Candidate(NamedTuple):
    """A possible mention: tokens [start, end), its head token, and what it says of the thing by itself.

    `name` is the mention without articles and titles. `country` is an ISO code that its own words give (*Iranian
    officials*). `gazetteer` is the local name of the entry that its words name, None if none or several do. `title`
    is the role noun of a nominal or before a name (*president*), as a lemma.
    """

    start: int
    end: int
    head: int
    kind: MentionKind
    type: EntityType
    subtype: Subtype | None
    name: str
    country: str | None
    gazetteer: str | None
    plural: bool
    definite: bool
    gender: Gender | None
    title: str | None


@dataclass(frozen=True)
class Words:
    """The data files that mentions are read with."""

    lexicon: Lexicon
    gazetteer: Gazetteer
