"""What the network's outputs for a sentence mean: tags, a tree with labels, names, predicates with their roles.

The biaffine scorers (Dozat & Manning 2017; Cai et al. 2018) are applied here, so that labels and roles are scored only
for chosen arcs and predicates, for all sentences of a batch at once: their weights are large, and reading them takes
longer than the sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.parse.lemmas import Lemmatiser, agreed
from kg.parse.names import allowed_transitions, best_tags, spans
from kg.parse.nouns import CORE, NOUNS, NounRoles, Reading
from kg.parse.trees import best_tree

# PropBank's parts of speech in the candidate table, by Universal part of speech.
ALIAS_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "j"}
NO_PREDICATE = frozenset({"PUNCT", "SYM", "NUM", "DET", "CCONJ", "X"})
# Products of matrices are made of this many rows at a time and no fewer, so that a row's result can't depend on how
# many rows there are beside it.
ROWS = 8
Array = NDArray[np.float32]


class Predicate(NamedTuple):
    """A PropBank predicate: its word, its roleset (None if its lemma is in no frame file) and its arguments'
    head words with their roles. Words are numbered from 0 in the sentence."""

    word: int
    lemma: str
    roleset: str | None
    args: tuple[tuple[int, str], ...]


class Analysis(NamedTuple):
    """What the model says of one sentence. `heads` holds a word number for each word, its own for the root."""

    lemmas: list[str]
    upos: list[str]
    xpos: list[str]
    heads: list[int]
    deprels: list[str]
    entities: list[tuple[int, int, str]]
    predicates: list[Predicate]


class Outputs(NamedTuple):
    """What the network computes of words: a vector, two views for each biaffine form, and scores of the tags. Row 0 is
    the root."""

    words: Array
    arc_head: Array
    arc_dependent: Array
    label_head: Array
    label_dependent: Array
    role_head: Array
    role_dependent: Array
    ner: Array
    upos: Array
    xpos: Array
    predicate: Array

    def of(self, start: int, end: int) -> Outputs:
        """The rows of one sentence's words, without the root."""
        return Outputs(*(part[start:end] for part in self))


@dataclass(frozen=True)
class Scorers:
    """The weights of the biaffine forms (last row and column: bias), of the roleset classifier, and of the features of
    nouns' roles."""

    arc: Array
    label: Array
    role: Array
    role_distance: Array
    roleset_weight: Array
    roleset_bias: Array
    noun_roles: Array


@dataclass(frozen=True)
class Inventory:
    """Labels by position in each output, the rolesets a lemma may have by "lemma|v", "lemma|n", "lemma|j", the numbers of the
    core roles a roleset has ("012"), and these roles' functions ("0PAG 1PPT 2GOL")."""

    ner: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprels: tuple[str, ...]
    roles: tuple[str, ...]
    rolesets: tuple[str, ...]
    candidates: dict[str, list[str]]
    unseen: dict[str, str]
    core_roles: dict[str, str]
    functions: dict[str, str]

    @cached_property
    def roleset_rows(self) -> dict[str, int]:
        """Each roleset's row in the classifier."""
        return {roleset: row for row, roleset in enumerate(self.rolesets)}

    @cached_property
    def core_columns(self) -> list[int]:
        """The columns of the core roles."""
        return [column for column, role in enumerate(self.roles) if role in CORE]

    @cached_property
    def transitions(self) -> Array:
        """What it costs that one name tag follows another."""
        return allowed_transitions(self.ner)


@dataclass(frozen=True)
class Decoder:
    """Reads the network's outputs."""

    scorers: Scorers
    inventory: Inventory
    lemmatiser: Lemmatiser

    @cached_property
    def nouns(self) -> NounRoles:
        """The correction of nouns' roles."""
        return NounRoles(self.scorers.noun_roles, self.inventory.functions)

    def analyses(self, sentences: Sequence[Sequence[str]], out: Outputs) -> list[Analysis]:
        """The analyses of a batch's sentences, whose words' rows follow each other in `out` after the root's."""
        bounds = list(pairwise(accumulate(map(len, sentences), initial=1)))
        heads = [self._heads(out.of(*bound), out) for bound in bounds]
        labels = self._labels(out, heads)
        tagged = [self._tagged(words, out.of(*bound)) for words, bound in zip(sentences, bounds, strict=True)]
        predicates = [predicate_words(out.of(*b), tags[1]) for b, tags in zip(bounds, tagged, strict=True)]
        read = [
            Analysis(
                *tags,
                [head - 1 if head else index for index, head in enumerate(above)],
                labels[start - 1 : end - 1],
                self._names(out.ner[start:end]),
                [],
            )
            for tags, above, (start, end) in zip(tagged, heads, bounds, strict=True)
        ]
        roles = self.roles(out, bounds, predicates, read)
        return [analysis._replace(predicates=found) for analysis, found in zip(read, roles, strict=True)]

    def _tagged(self, words: Sequence[str], out: Outputs) -> tuple[list[str], list[str], list[str]]:
        inventory = self.inventory
        xpos = [inventory.xpos[i] for i in out.xpos.argmax(1).tolist()]
        upos = [agreed(inventory.upos[i], x) for i, x in zip(out.upos.argmax(1).tolist(), xpos, strict=True)]
        return [self.lemmatiser.lemma(*each) for each in zip(words, upos, xpos, strict=True)], upos, xpos

    def _heads(self, own: Outputs, out: Outputs) -> list[int]:
        """The tree of one sentence: each word's head, counted from 1; 0 for the root."""
        weight = self.scorers.arc
        heads = np.concatenate([out.arc_head[:1], own.arc_head])
        scores = np.zeros((len(heads), len(heads)), dtype=np.float32)
        scores[1:] = (own.arc_dependent @ weight[:-1] + weight[-1]) @ heads.T
        return best_tree(scores)

    def _labels(self, out: Outputs, heads: Sequence[Sequence[int]]) -> list[str]:
        """The best label of each word's arc, through all sentences; `root` for the root and nothing else."""
        above: list[int] = []
        for sentence in heads:
            start = len(above)
            above += [start + head if head else 0 for head in sentence]
        forms = products(out.label_dependent[1:], self.scorers.label)
        scores = (forms[:, :, :-1] @ out.label_head[above][:, :, None])[:, :, 0] + forms[:, :, -1]
        root = self.inventory.deprels.index("root")
        scores[:, root] = -np.inf
        names = self.inventory.deprels
        return [names[label] if head else "root" for head, label in zip(above, scores.argmax(1).tolist(), strict=True)]

    def _names(self, scores: Array) -> list[tuple[int, int, str]]:
        return spans(best_tags(scores, self.inventory.transitions, self.inventory.ner))

    def roles(
        self,
        out: Outputs,
        bounds: Sequence[tuple[int, int]],
        predicates: Sequence[Sequence[int]],
        read: Sequence[Analysis],
    ) -> list[list[Predicate]]:
        """Each sentence's predicates at these words, with their rolesets and roles; `read` holds what is known of it before."""
        found: list[list[Predicate]] = []
        scored = iter(self.role_scores(out, bounds, predicates, read))
        for words, analysis in zip(predicates, read, strict=True):
            reading, here = reading_of(analysis), []
            for word in words:
                roleset, scores = next(scored)
                if noun := roleset if analysis.upos[word] in NOUNS else None:
                    scores = self.nouns.corrected(scores, word, noun, reading, self.inventory.roles)
                here.append(
                    Predicate(word, analysis.lemmas[word], roleset, self._roles(scores, word, noun is not None))
                )
            found.append(here)
        return found

    def role_scores(
        self,
        out: Outputs,
        bounds: Sequence[tuple[int, int]],
        predicates: Sequence[Sequence[int]],
        read: Sequence[Analysis],
    ) -> Iterator[tuple[str | None, Array]]:
        """Each predicate's roleset, and the network's scores (words, roles) of the words around it; no word can have a core role
        that the roleset doesn't have."""
        rows = [start + word for (start, _), words in zip(bounds, predicates, strict=True) for word in words]
        forms = iter(products(out.role_head[rows], self.scorers.role))
        clip = (len(self.scorers.role_distance) - 1) // 2
        for (start, end), words, analysis in zip(bounds, predicates, read, strict=True):
            dependents = out.role_dependent[start:end]
            for word in words:
                form = next(forms)
                roleset = self._roleset(out.words[start + word], analysis.lemmas[word], analysis.upos[word])
                distance = np.arange(clip - word, clip - word + len(dependents)).clip(0, 2 * clip)
                scores = dependents @ form[:, :-1].T + form[:, -1] + self.scorers.role_distance[distance]
                if roleset in self.inventory.core_roles:
                    scores[:, columns_without(self.inventory.roles, self.inventory.core_roles[roleset])] = -np.inf
                yield roleset, scores

    def _roleset(self, vector: Array, lemma: str, upos: str) -> str | None:
        key = f"{lemma.lower()}|{ALIAS_POS.get(upos, 'v')}"
        candidates = self.inventory.candidates.get(key)
        if not candidates:
            return self.inventory.unseen.get(key)
        if len(candidates) == 1:
            return candidates[0]
        rows = [self.inventory.roleset_rows[roleset] for roleset in candidates]
        scores = self.scorers.roleset_weight[rows] @ vector + self.scorers.roleset_bias[rows]
        return candidates[int(scores.argmax())]

    def _roles(self, scores: Array, word: int, second: bool) -> tuple[tuple[int, str], ...]:
        """Roles of the words around a predicate, from their scores (words, roles): every word's best, one word per core role
        (the clearest). With `second`, a word whose core role went to a clearer one has the next that it prefers to none."""
        roles, core = self.inventory.roles, self.inventory.core_columns
        best = scores.argmax(1)
        claims, found = [], []
        for other in np.flatnonzero(best).tolist():
            role = roles[best[other]]
            if other == word:
                continue
            if role in CORE:
                rest = np.delete(scores[other], core).max() if second else 0.0
                claimed = [column for column in core if scores[other, column] > rest] if second else [best[other]]
                claims += [
                    (float(scores[other, 0] - scores[other, column]), other, roles[column]) for column in claimed
                ]
            else:
                found.append((other, role))
        given: dict[str, int] = {}
        for _, other, role in sorted(claims):
            if role not in given and other not in given.values():
                given[role] = other
        return tuple(sorted([*found, *((other, role) for role, other in given.items())]))


def predicate_words(out: Outputs, upos: Sequence[str]) -> list[int]:
    """The words that the model takes for predicates."""
    is_predicate = out.predicate[:, 1] > out.predicate[:, 0]
    return [word for word in np.flatnonzero(is_predicate).tolist() if upos[word] not in NO_PREDICATE]


def reading_of(analysis: Analysis) -> Reading:
    """What a noun's roles depend on."""
    return Reading(analysis.lemmas, analysis.upos, analysis.heads, analysis.deprels, analysis.entities)


@cache
def columns_without(roles: tuple[str, ...], numbers: str) -> list[int]:
    """Columns of the core roles whose number isn't among these."""
    return [i for i, role in enumerate(roles) if role in CORE and role[3:] not in numbers]


def products(rows: Array, weight: Array) -> Array:
    """What is left of a biaffine form (left + 1, labels, right + 1) when each row has been put in as its left side:
    (rows, labels, right + 1)."""
    whole = np.zeros((-(-len(rows) // ROWS) * ROWS, len(weight)), dtype=np.float32)
    whole[: len(rows), :-1] = rows
    whole[:, -1] = 1.0
    found: Array = whole @ weight.reshape(len(weight), -1)
    return found[: len(rows)].reshape(len(rows), *weight.shape[1:])


def read_inventory(raw: dict[str, Any]) -> Inventory:
    """The inventory of a parsed inventory.json."""
    labels: dict[str, Any] = {
        name: tuple(raw[name]) for name in ("ner", "upos", "xpos", "deprels", "roles", "rolesets")
    }
    tables: dict[str, Any] = {name: raw[name] for name in ("candidates", "unseen", "core_roles", "functions")}
    return Inventory(**labels, **tables)
