"""What a noun's participants are: a correction to the scorer of roles, by how each word hangs on the noun.

The network's scorer sees neither the tree nor the noun's roleset; a noun says little by itself where its verb has
subject and object. So each word near a noun gets, for each core role, the sum of learnt weights of features, each
of which joins an observation (the path from noun to word in the tree, alone, with the preposition, with the kind of word)
to a description of the role (its number, its function in PropBank, those of all of the roleset's roles, the roleset, the
noun). The features are hashed (Weinberger et al. 2009). The weights are made by `training/nouns.py`.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOUNS = frozenset({"NOUN", "PROPN"})
CORE = frozenset({"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5"})
# Words are looked at so many arcs from the noun: its dependents always, others where the scorer gives a core role no
# less than a chance, by the logarithm of its odds against none.
REACH = 3
CHANCE = -6.0
REMEMBERED = 100_000
Array = NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """What is known of a sentence before its roles."""

    lemmas: Sequence[str]
    upos: Sequence[str]
    heads: Sequence[int]
    deprels: Sequence[str]
    entities: Sequence[tuple[int, int, str]]

    @cached_property
    def dependents(self) -> dict[int, list[int]]:
        """The words that hang on each word."""
        found: dict[int, list[int]] = {}
        for word, head in enumerate(self.heads):
            if head != word:
                found.setdefault(head, []).append(word)
        return found

    @cached_property
    def kinds(self) -> list[str]:
        """Each word's kind: the label of the name that it is part of, or else its part of speech."""
        kinds = list(self.upos)
        for start, end, label in self.entities:
            kinds[start:end] = [label] * (end - start)
        return kinds

    def link(self, word: int) -> str:
        """The preposition of a word, or its conjunction."""
        for label in ("case", "mark"):
            for other in self.dependents.get(word, ()):
                if self.deprels[other] == label:
                    return self.lemmas[other].lower()
        return ""

    def near(self, word: int) -> Iterator[tuple[int, str, int]]:
        """Words up to REACH arcs away, each with the path there ("obj|nsubj": up from an object, down to a subject) and how
        long it is."""
        top, came = word, word
        climbed: list[str] = []
        for height in range(REACH + 1):
            if height:
                yield top, "^".join(climbed) + "|", height
            yield from self._below(top, came, "^".join(climbed) + "|", height)
            if self.heads[top] == top:
                return
            climbed.append(self.deprels[top])
            came, top = top, self.heads[top]

    def _below(self, word: int, without: int, path: str, length: int) -> Iterator[tuple[int, str, int]]:
        if length == REACH:
            return
        for other in self.dependents.get(word, ()):
            if other != without:
                here = path + self.deprels[other]
                yield other, here, length + 1
                yield from self._below(other, without, here + "/", length + 1)


class Candidate(NamedTuple):
    """A word that may take part in what a noun names, and what is observed of it."""

    word: int
    observations: tuple[str, ...]


def candidates(noun: int, reading: Reading, scores: Sequence[float]) -> Iterator[Candidate]:
    """The words near a noun that are looked at; `scores` holds the best of each word's scores for core roles above none."""
    for word, path, length in reading.near(noun):
        if length == 1 or scores[word] > CHANCE:
            yield Candidate(word, ("", path, f"{path} {reading.link(word)}", f"{path} :{reading.kinds[word]}"))


@dataclass(frozen=True)
class NounRoles:
    """The weights by hashed feature, and the functions of a roleset's core roles ("0PAG 1PPT")."""

    weights: Array
    functions: Mapping[str, str]
    _described: dict[tuple[str, str, str], tuple[bytes, ...]] = field(default_factory=dict)

    @cached_property
    def _weights(self) -> list[float]:
        # A list is read one by one several times as fast as an array.
        found: list[float] = self.weights.tolist()
        return found

    def corrected(self, scores: Array, noun: int, roleset: str, reading: Reading, roles: Sequence[str]) -> Array:
        """Scores (words, roles) of a noun's roles with the correction; `roles` names the columns, of which the first is none."""
        columns = [column for column, role in enumerate(roles) if role in CORE and scores[0, column] > -np.inf]
        if not columns:
            return scores
        found, weights = scores.copy(), self._weights
        best = (scores[:, columns].max(1) - scores[:, 0]).tolist()
        described = [(column, self.descriptions(roleset, reading.lemmas[noun], roles[column])) for column in columns]
        for word, observations in candidates(noun, reading, best):
            for column, descriptions in described:
                rows = self.features(observations, descriptions)
                found[word, column] += sum([weights[row] for row in rows])
        return found

    def features(self, observations: Sequence[str], descriptions: Sequence[bytes]) -> list[int]:
        """The rows of the weights for what is observed of a word and how a role is described."""
        begun = [zlib.crc32(f"{each}#".encode()) for each in observations]
        return [zlib.crc32(each, start) % len(self.weights) for start in begun for each in descriptions]

    def descriptions(self, roleset: str, lemma: str, role: str) -> tuple[bytes, ...]:
        """What is said of a core role: its number, alone and with its function, those of all roles, roleset, noun."""
        key = roleset, lemma, role
        if (known := self._described.get(key)) is not None:
            return known
        number, functions = role[3:], self.functions.get(roleset, "")
        own = next((function[1:] for function in functions.split() if function[0] == number), "")
        said = number, number + own, f"{number} {functions}", f"{number} {roleset}", f"{number} {lemma.lower()}"
        found = tuple(each.encode() for each in said)
        if len(self._described) < REMEMBERED:
            self._described[key] = found
        return found
