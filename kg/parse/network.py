"""The language model at run time: words in; tags, trees, names and roles out.

The encoder is an int8 ONNX graph (`training/graph.py`). Sentences are run in batches of equal length, rounded up: each
row of the graph is rounded by itself, and a sentence is padded alike in any company, so its analysis doesn't depend on
the sentences beside it (`docs/decisions/0001`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import onnxruntime

from kg.errors import ModelError
from kg.parse.encode import EncodedSentence, WordEncoder
from kg.parse.lemmas import Lemmatiser
from kg.parse.scoring import Analysis, Decoder, Outputs, Predicate, Scorers, read_inventory

FORMAT = 3
FILES = ("model.onnx", "scorers.npz", "inventory.json", "tokenizer.json", "lemmas.tsv")
# The encoder reads at most this many pieces; a longer sentence (200 words and more) is analysed in stretches.
MAX_PIECES = 512
# Sentences are padded to a multiple of this many pieces. It must stay: attention adds in another order when it changes.
STEP = 8
# A batch has no more pieces than this (a longer sentence is its own), and is made of no more sentences than that.
BATCH_PIECES = 384
WINDOW = 128


@dataclass(frozen=True)
class LanguageModel:
    """A loaded model; `analyse` is its one use."""

    session: onnxruntime.InferenceSession
    encoder: WordEncoder
    decoder: Decoder
    version: str

    def analyse(self, sentences: Iterable[Sequence[str]]) -> Iterator[Analysis]:
        """Analyse sentences given as words (none of them white space)."""
        rest = iter(sentences)
        while window := [list(words) for words in islice(rest, WINDOW)]:
            yield from self._window(window)

    def analyse_with_predicates(
        self, words: Sequence[str], lemmas: Sequence[str], upos: Sequence[str], predicates: Iterable[int]
    ) -> Analysis:
        """Analyse a sentence whose predicates (word numbers), lemmas and tags are given, as evaluations of roles do."""
        out = self.run([self.encoder.sentence(list(words))])
        analysis = self.decoder.analyses([words], out)[0]
        given = sorted(predicates)
        told = with_tags(analysis, lemmas, upos, given)
        return analysis._replace(predicates=self.decoder.roles(out, [(1, 1 + len(words))], [given], [told])[0])

    def _window(self, sentences: Sequence[list[str]]) -> list[Analysis]:
        """Analyses in the sentences' order."""
        found: dict[int, Analysis] = {}
        encoded: dict[int, EncodedSentence] = {}
        for number, words in enumerate(sentences):
            whole = self.encoder.sentence(words)
            if not words:
                found[number] = Analysis([], [], [], [], [], [], [])
            elif len(whole.pieces) > MAX_PIECES:
                found[number] = self._in_stretches(words)
            else:
                encoded[number] = whole
        for batch in batches({number: len(whole.pieces) for number, whole in encoded.items()}):
            out = self.run([encoded[number] for number in batch])
            found |= zip(batch, self.decoder.analyses([sentences[number] for number in batch], out), strict=True)
        return [found[number] for number in range(len(sentences))]

    def run(self, batch: Sequence[EncodedSentence]) -> Outputs:
        """The network's outputs for sentences of one padded length."""
        length = padded(len(batch[0].pieces))
        pieces = np.zeros((len(batch), length), dtype=np.int64)
        cases = np.zeros_like(pieces)
        first: list[int] = []
        for row, sentence in enumerate(batch):
            pieces[row, : len(sentence.pieces)] = sentence.pieces
            cases[row, : len(sentence.cases)] = sentence.cases
            first += [row * length + piece for piece in sentence.first]
        feed = {"pieces": pieces, "cases": cases, "first": np.array(first, dtype=np.int64)}
        return Outputs(*self.session.run(Outputs._fields, feed))

    def _sentence(self, words: list[str]) -> Analysis:
        return self._window([words])[0]

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


def with_tags(analysis: Analysis, lemmas: Sequence[str], upos: Sequence[str], words: Iterable[int]) -> Analysis:
    """The analysis with other lemmas and parts of speech at these words."""
    told = analysis._replace(lemmas=list(analysis.lemmas), upos=list(analysis.upos))
    for word in words:
        told.lemmas[word], told.upos[word] = lemmas[word], upos[word]
    return told


def padded(pieces: int) -> int:
    """The length to which a sentence of so many pieces is padded.

    >>> [padded(pieces) for pieces in (3, 8, 9)]
    [8, 8, 16]
    """
    return -(-pieces // STEP) * STEP


def batches(pieces: Mapping[int, int]) -> Iterator[list[int]]:
    """The sentences, by number with how many pieces they have, that are run together: those of one padded length.

    >>> list(batches({0: 30, 1: 12, 2: 15, 4: 500, 7: 26}))
    [[1, 2], [0, 7], [4]]
    """
    groups: dict[int, list[int]] = {}
    for number, count in pieces.items():
        groups.setdefault(padded(count), []).append(number)
    for length, group in sorted(groups.items()):
        size = max(1, BATCH_PIECES // length)
        yield from (group[start : start + size] for start in range(0, len(group), size))


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
    version = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()[:12]
    return LanguageModel(session, encoder, Decoder(scorers, inventory, lemmatiser), version)


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
