"""What corrects the roles of nouns: weights of the features of `kg/parse/nouns.py`, fitted beside the exported network.

A log-linear model with the network's own scores as its start: for each word near a noun that is a predicate, which core
role it has or whether it has none of them. It is convex and begins with zeros, so there is no seed: the same sentences give the same
weights. The network stays as it is.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.parse.network import MAX_PIECES, LanguageModel, batches, load_model, with_tags
from kg.parse.nouns import CORE, NOUNS, candidates
from kg.parse.scoring import Analysis, Outputs, reading_of
from training.evaluate import CORE as MEASURED
from training.evaluate import f_score
from training.inventory import Inventory, with_core_roles
from training.manifest import write_manifest
from training.sentences import Sentence, read_jsonl

# As the score of a role that is closed.
CLOSED = -1e4
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Words near nouns. `start` is the network's score of each core role above all other labels together (words, roles),
    `gold` the role's column, or their number where the word has none of them, `features` the rows of the weights (words x
    roles, rows); `places` says of each word which noun and which word of its sentence it is."""

    start: Table
    gold: NDArray[np.int64]
    features: csr_matrix
    places: list[tuple[int, int]]
    annotated: list[set[tuple[int, str]]]
    roles: tuple[str, ...]


def fit_nouns(data: Path, lexicon: Path, folder: Path, config: Path, log: Path, final: bool = False) -> None:
    """Fit on the corpora's training parts and put the weights into the exported model of `folder`; with `final` on the
    development parts too, which are else scored."""
    settings = tomllib.loads(config.read_text())
    inventory = with_core_roles(Inventory.load(folder / "inventory.json"), lexicon)
    inventory.save(folder / "inventory.json")
    set_weights(folder, np.zeros(settings["rows"], dtype=np.float16))
    model = load_model(folder)
    parts = ("train", "dev") if final else ("train",)
    sentences = [s for name in settings["corpora"] for s in read_jsonl(data / f"{name}.jsonl") if s.predicates]
    learnt = examples(model, [s for s in sentences if s.split in parts])
    held = None if final else examples(model, [s for s in sentences if s.split == "dev"])
    with log.open("w") as handle:
        weights = fit(learnt, settings["least"], settings["penalty"], settings["iterations"], handle)
        for name, found in (("train", learnt), ("dev", held)):
            if found is not None:
                before, after = score(found, np.zeros_like(weights)), score(found, weights)
                print(json.dumps({"part": name, "before": before, "after": after}), file=handle)
    set_weights(folder, weights.astype(np.float16))


def set_weights(folder: Path, weights: NDArray[np.float16]) -> None:
    """Put the weights among the model's scorers, in half precision."""
    with np.load(folder / "scorers.npz") as stored:
        scorers = {name: stored[name] for name in stored.files}
    np.savez(folder / "scorers.npz", **scorers | {"noun_roles": weights})
    write_manifest(folder)


def examples(model: LanguageModel, sentences: Sequence[Sentence]) -> Examples:
    """The words near the sentences' nouns that are predicates, as the model reads the sentences."""
    roles = model.decoder.inventory.roles
    core = [column for column, role in enumerate(roles) if role in CORE]
    others = [column for column in range(len(roles)) if column not in core]
    start, gold, places, annotated, rows, ends = [], [], [], [], [], [0]
    for sentence, analysis, out in read(model, sentences):
        nouns = [p for p in sentence.predicates or () if sentence.upos[p.word] in NOUNS]
        words = [p.word for p in nouns]
        reading = reading_of(analysis)
        scored = model.decoder.role_scores(out, [(0, len(sentence.words))], [words], [analysis])
        for noun, (roleset, scores) in zip(nouns, scored, strict=True):
            if roleset is None:
                continue
            given = dict(noun.args)
            best = (scores[:, core].max(1) - scores[:, 0]).tolist()
            described = [model.decoder.nouns.descriptions(roleset, reading.lemmas[noun.word], roles[c]) for c in core]
            for word, observations in candidates(noun.word, reading, best):
                rest = np.logaddexp.reduce(scores[word, others].astype(np.float64))
                start.append(np.maximum(scores[word, core] - rest, CLOSED))
                role = roles.index(given[word]) if given.get(word) in roles else 0
                is_open = role in core and scores[word, role] > -np.inf
                gold.append(core.index(role) if is_open else len(core))
                places.append((len(annotated), word))
                for column, descriptions in zip(core, described, strict=True):
                    if scores[word, column] > -np.inf:
                        rows += model.decoder.nouns.features(observations, descriptions)
                    ends.append(len(rows))
            annotated.append({(word, role) for word, role in noun.args if role in MEASURED})
    shape = len(ends) - 1, len(model.decoder.scorers.noun_roles)
    features = csr_matrix((np.ones(len(rows)), np.array(rows), np.array(ends)), shape=shape)
    names = tuple(roles[column] for column in core)
    return Examples(np.array(start), np.array(gold), features, places, annotated, names)


def read(model: LanguageModel, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Analysis, Outputs]]:
    """The sentences that have a noun for a predicate, with what the model makes of them; their predicates' lemmas and tags are
    those annotated."""
    chosen = [s for s in sentences if any(s.upos[p.word] in NOUNS for p in s.predicates or ())]
    encoded = [model.encoder.sentence(s.words) for s in chosen]
    lengths = {number: len(each.pieces) for number, each in enumerate(encoded) if len(each.pieces) <= MAX_PIECES}
    for batch in batches(lengths):
        out, at = model.run([encoded[number] for number in batch]), 1
        for number, analysis in zip(batch, model.decoder.analyses([chosen[n].words for n in batch], out), strict=True):
            sentence = chosen[number]
            words = [p.word for p in sentence.predicates or ()]
            told = with_tags(analysis, sentence.lemmas or (), sentence.upos or (), words)
            yield sentence, told, out.of(at, at + len(sentence.words))
            at += len(sentence.words)


def fit(found: Examples, least: int, penalty: float, iterations: int, log: object = None) -> Table:
    """The weights (0 for features that fewer than `least` participants have)."""
    count = len(found.roles)
    taking_part = np.repeat(found.gold < count, count)
    often = np.asarray(found.features[taking_part].sum(0)).ravel() >= least
    columns = np.flatnonzero(often)
    features = found.features[:, columns]
    transposed, each = features.T.tocsr(), np.arange(len(found.gold))
    losses: list[float] = []

    def loss(weights: Table) -> tuple[float, Table]:
        chances = log_chances(found.start + (features @ weights).reshape(found.start.shape))
        value = -chances[each, found.gold].sum() + penalty / 2 * (weights @ weights)
        gradient = np.exp(chances)
        gradient[each, found.gold] -= 1
        losses.append(float(value))
        return value, transposed @ gradient[:, :count].ravel() + penalty * weights

    options = {"maxiter": iterations}
    fitted = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options=options)
    if log is not None:
        for number, value in enumerate(losses):
            if number % 10 == 0 or number == len(losses) - 1:
                print(json.dumps({"evaluation": number, "loss": round(value, 1), "features": len(columns)}), file=log)
    weights = np.zeros(found.features.shape[1])
    weights[columns] = fitted.x
    return weights


def log_chances(scores: Table) -> Table:
    """Logarithms of the chances of each role and, last, of none of them."""
    whole = np.concatenate([scores, np.zeros((len(scores), 1))], 1)
    return whole - np.logaddexp.reduce(whole, 1, keepdims=True)


def score(found: Examples, weights: Table) -> float:
    """F1 of ARG0-2: every word's best role, one word per role (the likeliest)."""
    chances = log_chances(found.start + (found.features @ weights).reshape(found.start.shape))
    likeliest: dict[tuple[int, int], tuple[float, int]] = {}
    for (noun, word), column, values in zip(found.places, chances.argmax(1).tolist(), chances, strict=True):
        if column < len(found.roles) and found.roles[column] in MEASURED:
            odds = float(values[column] - values[-1])
            likeliest[noun, column] = max(likeliest.get((noun, column), (-np.inf, -1)), (odds, word))
    right = sum((word, found.roles[column]) in found.annotated[n] for (n, column), (_, word) in likeliest.items())
    return round(f_score(right, len(likeliest), sum(map(len, found.annotated))), 2)
