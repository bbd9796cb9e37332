"""The growing clustering of an article's mentions, and ways through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token

from kg.mentions import Candidate, Words
from kg.model import EntityType
from kg.ontology import Ontology
from kg.parse import Predicate, paragraphs, predicates
from kg.quotations import find_quotations

ACTORS: frozenset[EntityType] = frozenset(("Person", "Organization", "Country", "Group"))
KINDS: frozenset[EntityType] = frozenset(("Item", "Group", "Place", "Event", "Agreement"))
# How many sentences back a pronoun or description may reach.
REACH = 4


@dataclass(frozen=True)
class Discourse:
    """Candidates with their entities. `entity_of[i]` is the number of candidate i's entity, None for a pronoun that
    refers to nothing known; `members[i]` lists the entities that a plural mention stands for; `at` finds the
    candidate of a head token; `offices` gives the gazetteer's entry for entities whom the article only describes by
    their office."""

    candidates: tuple[Candidate, ...]
    entity_of: tuple[int | None, ...]
    members: Mapping[int, tuple[int, ...]]
    at: Mapping[int, int]
    offices: Mapping[int, str]

    def mentions_of(self, entity: int) -> list[Candidate]:
        """The mentions of an entity, in order."""
        return [c for c, e in zip(self.candidates, self.entity_of, strict=True) if e == entity]

    def covering(self, token: int) -> int | None:
        """The candidate in whose name a token stands, else the one it heads."""
        if token in self.at:
            return self.at[token]
        for number, candidate in enumerate(self.candidates):
            if candidate.kind in ("name", "adjective") and candidate.start <= token < candidate.end:
                return number
        return None


class Clusters:
    """The growing clustering: an entity number for each candidate, decided in order of position."""

    def __init__(
        self,
        doc: Doc,
        candidates: tuple[Candidate, ...],
        words: Words,
        ontology: Ontology,
        published: date | None,
    ) -> None:
        self.doc, self.candidates, self.words, self.ontology = doc, candidates, words, ontology
        self.published = published
        self.roles: dict[int, Predicate] = {p.word: p for p in predicates(doc)}
        self.entity: list[int | None] = [None] * len(candidates)
        self.members: dict[int, tuple[int, ...]] = {}
        self.first: dict[int, Candidate] = {}
        self.full: dict[int, list[Candidate]] = {}
        self.at = {c.head: n for n, c in enumerate(candidates)}
        self.offices: dict[int, str] = {}
        self.sentence = _sentence_numbers(doc)
        self.paragraphs = paragraphs(doc)
        self.quoted = frozenset(i for q in find_quotations(doc) for i in range(q.start, q.end))

    def discourse(self) -> Discourse:
        """The clustering as it stands."""
        return Discourse(self.candidates, tuple(self.entity), self.members, self.at, self.offices)

    def assign(self, number: int, entity: int | None) -> int:
        """Put a candidate into an entity, a new one if None."""
        if entity is None:
            entity = len(self.first)
            self.first[entity] = self.candidates[number]
        self.entity[number] = entity
        if self.candidates[number].kind in ("name", "adjective"):
            self.full.setdefault(entity, []).append(self.candidates[number])
        return entity

    def take_for(self, number: int, other: Candidate) -> None:
        """Read a candidate as of the type of another."""
        own = self.candidates[number]._replace(type=other.type, subtype=other.subtype)
        self.candidates = (*self.candidates[:number], own, *self.candidates[number + 1 :])

    def seat(self, number: int, holder: str) -> int:
        """A new entity for somebody in office whom a candidate describes and the article doesn't name."""
        entity = len(self.first)
        self.first[entity] = self.candidates[number]
        self.offices[entity] = holder
        return entity

    def mentions(self, entity: int) -> list[Candidate]:
        """The mentions of an entity so far, in order."""
        return [c for c, e in zip(self.candidates, self.entity, strict=True) if e == entity]

    def entity_at(self, token: Token) -> int | None:
        """The entity of the candidate that a token heads, None if it heads none or its entity is unknown."""
        number = self.at.get(token.i)
        return self.entity[number] if number is not None else None

    def last(self, number: int, fits: Callable[[Candidate], bool], reach: int) -> int | None:
        """The entity of the last fitting candidate before another, at most `reach` sentences back."""
        sentence = self.sentence[self.candidates[number].head]
        for other in range(number - 1, -1, -1):
            earlier, entity = self.candidates[other], self.entity[other]
            if sentence - self.sentence[earlier.head] > reach:
                return None
            if entity is not None and fits(earlier):
                return entity
        return None

    def before(self, number: int, wanted: frozenset[EntityType]) -> Iterator[int]:
        """Entities of some types mentioned before a candidate within reach, latest first; countries also by their
        adjectives."""
        sentence = self.sentence[self.candidates[number].head]
        for other in range(number - 1, -1, -1):
            earlier, entity = self.candidates[other], self.entity[other]
            if sentence - self.sentence[earlier.head] > REACH:
                return
            named = entity is not None and earlier.kind in ("name", "adjective") and earlier.type in wanted
            if named and entity is not None and not self._only_places(earlier):
                yield entity

    def _only_places(self, candidate: Candidate) -> bool:
        """Whether a country's name only says where a place is (*Yerevan, **Armenia***)."""
        head = self.doc[candidate.head]
        above = self.at.get(head.head.i)
        return (
            head.dep_ in ("appos", "nmod:unmarked", "list", "obl:unmarked")
            and above is not None
            and self.candidates[above].type == "Place"
        )


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers = [0] * len(doc)
    for number, sentence in enumerate(doc.sents):
        for token in sentence:
            numbers[token.i] = number
    return numbers
