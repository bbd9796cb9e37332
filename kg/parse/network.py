"""The language model at run time: words in; tags, trees, names and roles out.

The encoder is an int8 ONNX graph; the biaffine scorers (Dozat & Manning 2017; Cai et al. 2018) are applied here, so
that labels and roles are scored only for chosen arcs and predicates. Sentences are run one by one: activations are
quantised by their range, so in a batch a sentence's result would depend on its neighbours.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.parse.encode import WordEncoder
from kg.parse.lemmas import Lemmatiser, agreed
from kg.parse.names import allowed_transitions, best_tags, spans
from kg.parse.trees import best_tree

FORMAT = 1
FILES = ("model.onnx", "scorers.npz", "inventory.json", "tokenizer.json", "lemmas.tsv")
OUTPUTS = (
    "words", "ner", "upos", "xpos", "predicate",
    "arc_head", "arc_dependent", "label_head", "label_dependent", "role_head", "role_dependent",
)  # fmt: skip
# The encoder reads at most this many pieces; a longer sentence (200 words and more) is analysed in stretches.
MAX_PIECES = 512
# PropBank's parts of speech in the candidate table, by Universal part of speech.
ALIAS_POS = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "j"}
NO_PREDICATE = frozenset({"PUNCT", "SYM", "NUM", "DET", "CCONJ", "X"})
CORE = frozenset({"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5"})
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


@dataclass(frozen=True)
class Scorers:
    """The weights of the biaffine forms (last row and column: bias) and of the roleset classifier."""

    arc: Array
    label: Array
    role: Array
    role_distance: Array
    roleset_weight: Array
    roleset_bias: Array


@dataclass(frozen=True)
class Inventory:
    """Labels by position in each output, the rolesets a lemma may have by "lemma|v", "lemma|n", "lemma|j", and the numbers
    of the core roles a roleset has ("012")."""

    ner: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    deprels: tuple[str, ...]
    roles: tuple[str, ...]
    rolesets: tuple[str, ...]
    candidates: dict[str, list[str]]
    unseen: dict[str, str]
    core_roles: dict[str, str]


@dataclass(frozen=True)
class LanguageModel:
    """A loaded model; `analyse` is its one use."""

    session: onnxruntime.InferenceSession
    encoder: WordEncoder
    scorers: Scorers
    inventory: Inventory
    roleset_rows: dict[str, int]
    transitions: Array
    lemmatiser: Lemmatiser
    version: str

    def analyse(self, sentences: Sequence[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse sentences given as words (none of them white space)."""
        for words in sentences:
            yield self._sentence(list(words))

    def analyse_with_predicates(
        self, words: Sequence[str], lemmas: Sequence[str], upos: Sequence[str], predicates: Iterable[int]
    ) -> Analysis:
        """Analyse a sentence whose predicates (word numbers), lemmas and tags are given, as evaluations of roles do."""
        out = self._run(list(words))
        analysis = self._decode(list(words), out)
        return analysis._replace(predicates=self._with_roles(out, sorted(predicates), lemmas, upos))

    def _sentence(self, words: list[str]) -> Analysis:
        if not words:
            return Analysis([], [], [], [], [], [], [])
        if len(self.encoder.sentence(words).pieces) > MAX_PIECES:
            return self._in_stretches(words)
        return self._decode(words, self._run(words))

    def _run(self, words: list[str]) -> dict[str, Array]:
        encoded = self.encoder.sentence(words)
        values = self.session.run(
            OUTPUTS,
            {
                "pieces": np.array([encoded.pieces], dtype=np.int64),
                "cases": np.array([encoded.cases], dtype=np.int64),
                "first": np.array([encoded.first], dtype=np.int64),
            },
        )
        return {name: value[0] for name, value in zip(OUTPUTS, values, strict=True)}

    def _in_stretches(self, words: list[str]) -> Analysis:
        """Analyse the halves apart and hang the second's root on the first's: nothing is lost, only the arcs across."""
        middle = len(words) // 2
        if middle == 0:
            return self._sentence([words[0][:64]])
        left, right = self._sentence(words[:middle]), self._sentence(words[middle:])
        root = next(i for i, head in enumerate(left.heads) if head == i)
        heads = left.heads + [root if head == i else head + middle for i, head in enumerate(right.heads)]
        labels = [
            "parataxis" if head == i else label
            for i, (head, label) in enumerate(zip(right.heads, right.deprels, strict=True))
        ]
        return Analysis(
            left.lemmas + right.lemmas,
            left.upos + right.upos,
            left.xpos + right.xpos,
            heads,
            left.deprels + labels,
            left.entities + [(start + middle, end + middle, label) for start, end, label in right.entities],
            left.predicates
            + [
                Predicate(p.word + middle, p.lemma, p.roleset, tuple((i + middle, role) for i, role in p.args))
                for p in right.predicates
            ],
        )

    def _decode(self, words: list[str], out: dict[str, Array]) -> Analysis:
        inventory = self.inventory
        xpos = [inventory.xpos[i] for i in out["xpos"][1:].argmax(1)]
        upos = [agreed(inventory.upos[i], x) for i, x in zip(out["upos"][1:].argmax(1), xpos, strict=True)]
        lemmas = [self.lemmatiser.lemma(word, u, x) for word, u, x in zip(words, upos, xpos, strict=True)]
        heads = best_tree(with_one(out["arc_dependent"]) @ self.scorers.arc @ out["arc_head"].T)
        deprels = self._labels(out, heads)
        tags = best_tags(out["ner"][1:], self.transitions, inventory.ner)
        predicates = self._with_roles(out, predicate_words(out, upos), lemmas, upos)
        own = [head - 1 if head else index for index, head in enumerate(heads)]
        return Analysis(lemmas, upos, xpos, own, deprels, spans(tags), predicates)

    def _labels(self, out: dict[str, Array], heads: list[int]) -> list[str]:
        """The best label of each arc; `root` for the root and nothing else."""
        dependent = with_one(out["label_dependent"][1:])
        head = with_one(out["label_head"][heads])
        weight = self.scorers.label
        projected = (dependent @ weight.reshape(weight.shape[0], -1)).reshape(len(heads), weight.shape[1], -1)
        scores = (projected @ head[:, :, None])[:, :, 0]
        root = self.inventory.deprels.index("root")
        is_root = np.array([h == 0 for h in heads])
        scores[~is_root, root] = -np.inf
        labels = [self.inventory.deprels[i] for i in scores.argmax(1)]
        return ["root" if top else label for top, label in zip(is_root, labels, strict=True)]

    def _with_roles(
        self, out: dict[str, Array], words: Sequence[int], lemmas: Sequence[str], upos: Sequence[str]
    ) -> list[Predicate]:
        """The predicates at these words, with their rolesets and roles."""
        if not words:
            return []
        weight = self.scorers.role
        heads = with_one(out["role_head"][[word + 1 for word in words]])
        forms = (heads @ weight.reshape(len(weight), -1)).reshape(len(words), *weight.shape[1:])
        dependents = with_one(out["role_dependent"][1:])
        found = []
        for word, form in zip(words, forms, strict=True):
            roleset = self._roleset(out["words"][word + 1], lemmas[word], upos[word])
            found.append(Predicate(word, lemmas[word], roleset, self._roles(dependents @ form.T, word, roleset)))
        return found

    def _roleset(self, vector: Array, lemma: str, upos: str) -> str | None:
        key = f"{lemma.lower()}|{ALIAS_POS.get(upos, 'v')}"
        candidates = self.inventory.candidates.get(key)
        if not candidates:
            return self.inventory.unseen.get(key)
        if len(candidates) == 1:
            return candidates[0]
        rows = [self.roleset_rows[roleset] for roleset in candidates]
        scores = self.scorers.roleset_weight[rows] @ vector + self.scorers.roleset_bias[rows]
        return candidates[int(scores.argmax())]

    def _roles(self, scores: Array, word: int, roleset: str | None) -> tuple[tuple[int, str], ...]:
        """Roles of the words around a predicate, from their scores (words, roles): every word's best that the roleset
        has, one word per core role (the clearest)."""
        clip = (len(self.scorers.role_distance) - 1) // 2
        distance = np.clip(np.arange(len(scores)) - word, -clip, clip) + clip
        scores = scores + self.scorers.role_distance[distance]
        if roleset in self.inventory.core_roles:
            scores[:, columns_without(self.inventory.roles, self.inventory.core_roles[roleset])] = -np.inf
        best = scores.argmax(1)
        margin = scores.max(1) - scores[:, 0]
        clearest: dict[str, int] = {}
        found = []
        for other in np.flatnonzero(best).tolist():
            role = self.inventory.roles[best[other]]
            if other == word:
                continue
            if role in CORE:
                if role not in clearest or margin[other] > margin[clearest[role]]:
                    clearest[role] = other
            else:
                found.append((other, role))
        return tuple(sorted([*found, *((other, role) for role, other in clearest.items())]))


def predicate_words(out: dict[str, Array], upos: Sequence[str]) -> list[int]:
    """The words that the model takes for predicates."""
    is_predicate = out["predicate"][1:, 1] > out["predicate"][1:, 0]
    return [word for word in np.flatnonzero(is_predicate).tolist() if upos[word] not in NO_PREDICATE]


@cache
def columns_without(roles: tuple[str, ...], numbers: str) -> list[int]:
    """Columns of the core roles whose number isn't among these."""
    return [i for i, role in enumerate(roles) if role in CORE and role[3:] not in numbers]


def with_one(vectors: Array) -> Array:
    """Vectors with a constant 1 appended (the bias terms of a biaffine form)."""
    return np.concatenate([vectors, np.ones((len(vectors), 1), dtype=np.float32)], axis=1)


def load_model(folder: Path, threads: int = 1) -> LanguageModel:
    """Load the model from its folder, after checking every file against the manifest.

    Raises ModelError when a file is missing or damaged.
    """
    check_files(folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])
        with np.load(folder / "scorers.npz") as stored:
            scorers = Scorers(**{name: stored[name].astype(np.float32) for name in stored.files})
        raw = json.loads((folder / "inventory.json").read_text(encoding="utf8"))
        inventory = read_inventory(raw)
        encoder = WordEncoder.from_file(folder / "tokenizer.json")
        lemmatiser = Lemmatiser.from_file(folder / "lemmas.tsv")
    except Exception as error:
        raise ModelError(f"{folder}: the language model can't be loaded: {first_line(error)}") from error
    rows = {roleset: row for row, roleset in enumerate(inventory.rolesets)}
    transitions = allowed_transitions(inventory.ner)
    version = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()[:12]
    return LanguageModel(session, encoder, scorers, inventory, rows, transitions, lemmatiser, version)


def read_inventory(raw: dict[str, Any]) -> Inventory:
    """The inventory of a parsed inventory.json."""
    labels = {name: tuple(raw[name]) for name in ("ner", "upos", "xpos", "deprels", "roles", "rolesets")}
    return Inventory(**labels, candidates=raw["candidates"], unseen=raw["unseen"], core_roles=raw["core_roles"])


def check_files(folder: Path) -> None:
    """Raise ModelError unless every file of the model is there and has the manifest's hash."""
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise ModelError(f"{folder}: no language model here (manifest.json is missing): reinstall kg")
    try:
        stated = json.loads(manifest.read_text(encoding="utf8"))
        hashes = {name: stated["sha256"][name] for name in FILES}
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{manifest}: the language model's manifest is damaged: reinstall kg") from error
    if stated.get("format") != FORMAT:
        raise ModelError(
            f"{manifest}: format {stated.get('format')}, but this version of kg reads {FORMAT}: reinstall kg"
        )
    for name, expected in hashes.items():
        path = folder / name
        if not path.is_file():
            raise ModelError(f"{path}: the language model's file is missing: reinstall kg")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise ModelError(f"{path}: the language model's file is damaged: reinstall kg")


def first_line(error: Exception) -> str:
    """The first line of an error's message, shortened."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
