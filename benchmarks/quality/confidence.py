"""Can a statement's confidence be calibrated? A study (docs/decisions/0006-confidence.md), not a part of kg.

    python -m benchmarks.quality.confidence --corpora ../shared/corpora [--keep FOLDER]

A logistic regression over what a record shows of a statement estimates whether the statement is right; it is fitted on
one half of a corpus' documents and judged on the other, over several splits, and then on three corpora and judged on the
fourth.
What *right* means is all that each corpus can say:

- plover: between the gold source and target, the family is the gold root (there is one a sentence, so others count as
  wrong; CONCEDE and RETREAT count as YIELD);
- re3d: the annotators related the pair (`re3d.py`; they did so sparsely);
- carb: some gold tuple with the trigger in its relation has the subject and the object as its parts;
- meantime: on a gold event's word, polarity, certainty and future are as annotated.

Judged by: expected calibration error over ten bins of equal size (Naeini et al. 2015) beside the one that true estimates
would show by chance, the Brier score beside that of the mean alone (Brier 1950), and the area under the ROC curve (0.5:
no better than a coin at telling right from wrong).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality import events, openie, plover, re3d
from benchmarks.quality.parsing import Bench, open_bench, options, read_corpus
from benchmarks.quality.slots import sources
from kg.model import Extraction, Statement

SPLITS = 20
BINS = 10
DRAWS = 100
# What a corpus' scheme decides rather than our reading: a refusal's content, which is negative, is never an annotated root.
SCHEME = ("family", "manner", "positive", "negative", "actual", "possible", "future", "desired")
# Weight of the squared coefficients: few statements, many features. Of 1 and 10 the better on held-out halves.
RIDGE = 10.0
Array = NDArray[np.float64]
Key = tuple[int, str, int, int]


class Item(NamedTuple):
    """A statement that a corpus can judge: the document it is from, what its record shows, whether it is right."""

    document: str
    features: frozenset[str]
    right: bool


class Judgement(NamedTuple):
    """How estimates and what came true agree."""

    items: int
    base: float
    ece: float
    noise: float
    brier: float
    brier_of_mean: float
    auc: float


# --- What a record shows -----------------------------------------------------------------------------


class Seen(NamedTuple):
    """A text's record, with the statements that semantic roles alone and the tree alone give."""

    extraction: Extraction
    roles: frozenset[Key]
    tree: frozenset[Key]


def see(text: str, bench: Bench) -> Seen:
    """Extract with both sources of slots, and with either."""
    found = []
    for which in ("roles", "tree"):
        with sources(which):
            found.append(frozenset(map(key, bench.extract(text).statements)))
    return Seen(bench.extract(text), *found)


def key(statement: Statement) -> Key:
    """A statement by its words: entities are numbered anew in each extraction."""
    at = {slot.name: slot.start for slot in statement.slots}
    return statement.trigger.start, statement.relation, at["subject"], at.get("object", -1)


def features_of(statement: Statement, seen: Seen) -> frozenset[str]:
    """What a record shows of a statement, as names of what holds."""
    return frozenset(_features(statement, seen))


def _features(s: Statement, seen: Seen) -> Iterator[str]:
    extraction = seen.extraction
    yield f"family {s.family}"
    yield f"source {'roles' * (key(s) in seen.roles)}{'tree' * (key(s) in seen.tree)}"
    yield f"{s.polarity}"
    yield f"{s.modality}"
    yield f"manner {s.manner}"
    yield from (f"has {slot}" for slot in ("object", "theme", "place", "time") if getattr(s, slot) is not None)
    kinds = {(m.start, m.end): m.kind for m in extraction.mentions}
    entities = {e.id: e for e in extraction.entities}
    for slot in s.slots:
        if slot.name in ("subject", "object"):
            yield f"{slot.name} {kinds.get((slot.start, slot.end), 'words')}"
            yield f"{slot.name} {entities[getattr(s, slot.name)].type}"
            yield f"{slot.name} {_far(abs(slot.start - s.trigger.start))}"
            yield f"{slot.name} {'before' if slot.start < s.trigger.start else 'after'}"
    start, end = s.sentence
    yield f"sentence {_far(end - start)}"
    yield f"headline {start == 0 and extraction.document.text[:end].rstrip()[-1:] not in '.!?'}"
    same = sum(other.trigger == s.trigger for other in extraction.statements)
    yield f"of the word {min(same, 3)}"
    rivals = sum({o.subject, o.object} == {s.subject, s.object} for o in extraction.statements)
    yield f"of the pair {min(rivals, 3)}"


def _far(characters: int) -> str:
    """A length in powers of two."""
    return f"length {int(math.log2(max(characters, 1)))}"


# --- What a corpus can judge -------------------------------------------------------------------------


def plover_items(bench: Bench) -> Iterator[Item]:
    """Statements between the gold source and target."""
    for dyad in plover.read_dyads(bench.corpus("plover/dev.jsonl")):
        seen = see(dyad.text, bench)
        root = plover.equals(dyad, lenient=True)
        for s in seen.extraction.statements:
            # One statement at a time, with the participants' mentions.
            for event in plover.events_of(_only(seen.extraction, s)):
                if plover.overlaps(event.source, dyad.source) and plover.overlaps(event.target, dyad.target):
                    yield Item(dyad.text, features_of(s, seen), event.family in root)


def _only(extraction: Extraction, statement: Statement) -> Extraction:
    return Extraction(extraction.document, extraction.mentions, extraction.entities, (statement,))


def re3d_items(bench: Bench) -> Iterator[Item]:
    """Statements between annotated entities."""
    for read in read_corpus(bench.corpus("re3d/dev.jsonl"), bench):
        seen = see(read.gold["text"], bench)
        for judged in re3d.in_sentence(seen.extraction, re3d.gold_of(read.gold)):
            yield Item(read.gold["id"], features_of(judged.statement, seen), judged.right)


def carb_items(bench: Bench) -> Iterator[Item]:
    """Statements whose trigger is in the relation of a gold tuple."""
    for sentence, tuples in openie.read_gold(bench.corpus("carb/dev.tsv")).items():
        seen = see(sentence, bench)
        for s in seen.extraction.statements:
            words = {slot.name: set(sentence[slot.start : slot.end].split()) for slot in s.slots}
            of_trigger = [t for t in tuples if words["trigger"] & set(t.relation)]
            if of_trigger and "object" in words:
                right = any(_told(words["subject"], words["object"], t) for t in of_trigger)
                yield Item(sentence, features_of(s, seen), right)


def _told(subject: set[str], object_: set[str], gold: openie.Tuple) -> bool:
    """Whether a gold tuple joins two phrases, in either order: gold keeps the passive as it stands."""
    left, right = set(gold.subject), set(gold.arguments)
    return bool((subject & left and object_ & right) or (subject & right and object_ & left))


def meantime_items(bench: Bench) -> Iterator[Item]:
    """Statements on gold events: whether it is so."""
    for read in read_corpus(bench.corpus("meantime/dev.jsonl"), bench):
        seen = see(read.gold["text"], bench)
        for s in seen.extraction.statements:
            for (start, end), gold in events.article_of(read).events.items():
                if start <= s.trigger.start < end:
                    yield Item(read.gold["id"], features_of(s, seen), events.judge(s.polarity, s.modality) == gold)


CORPORA: dict[str, Callable[[Bench], Iterator[Item]]] = {
    "plover": plover_items,
    "re3d": re3d_items,
    "carb": carb_items,
    "meantime": meantime_items,
}


# --- Fitting and judging -----------------------------------------------------------------------------


class Model(NamedTuple):
    """A logistic regression: the features it knows in order, and their weights, the constant last."""

    names: tuple[str, ...]
    weights: Array

    def estimates(self, items: Sequence[Item]) -> Array:
        """The probability that each item is right."""
        return _logistic(_matrix(items, self.names) @ self.weights)


def _logistic(x: Array) -> Array:
    result: Array = 1 / (1 + np.exp(-x))
    return result


def _matrix(items: Sequence[Item], names: Sequence[str]) -> Array:
    return np.array([[*(name in item.features for name in names), True] for item in items], dtype=np.float64)


def fit(items: Sequence[Item]) -> Model:
    """Ridge logistic regression by Newton's method; features seen fewer than five times are left out."""
    counted: dict[str, int] = {}
    for item in items:
        for name in item.features:
            counted[name] = counted.get(name, 0) + 1
    names = tuple(sorted(name for name, count in counted.items() if count >= 5))
    x, y = _matrix(items, names), np.array([item.right for item in items], dtype=np.float64)
    penalty = RIDGE * np.eye(x.shape[1])
    # The constant is free.
    penalty[-1, -1] = 1e-6
    weights = np.zeros(x.shape[1])
    for _ in range(25):
        p = _logistic(x @ weights)
        gradient = x.T @ (p - y) + penalty @ weights
        weights -= np.linalg.solve((x.T * (p * (1 - p))) @ x + penalty, gradient)
    return Model(names, weights)


class Bin(NamedTuple):
    """Items of similar estimates: how many, the mean estimate, the share that is right."""

    items: int
    estimate: float
    right: float


def reliability(estimates: Array, right: Array, bins: int = BINS) -> list[Bin]:
    """Bins of equal size by estimate."""
    order = np.argsort(estimates, kind="stable")
    return [
        Bin(len(part), float(estimates[part].mean()), float(right[part].mean()))
        for part in np.array_split(order, bins)
        if len(part)
    ]


def judge(estimates: Array, right: Array) -> Judgement:
    """All measures of a set of estimates."""
    total, base = len(right), float(right.mean())
    brier = float(((estimates - right) ** 2).mean())
    ece, noise = calibration_error(estimates, right), expected_error(estimates)
    return Judgement(total, base, ece, noise, brier, base * (1 - base), _auc(estimates, right))


def calibration_error(estimates: Array, right: Array) -> float:
    """The mean distance of estimates from what came true, bin by bin."""
    return sum(b.items * abs(b.estimate - b.right) for b in reliability(estimates, right)) / len(right)


def expected_error(estimates: Array, seed: int = 7) -> float:
    """The calibration error that estimates would show if they were exactly true: bins are small, and draws differ."""
    draw = np.random.default_rng(seed)
    drawn = ((draw.random(len(estimates)) < estimates).astype(np.float64) for _ in range(DRAWS))
    return float(np.mean([calibration_error(estimates, right) for right in drawn]))


def _auc(estimates: Array, right: Array) -> float:
    """The share of pairs of a right and a wrong item in which the right one has the higher estimate."""
    good, bad = estimates[right == 1], estimates[right == 0]
    if not len(good) or not len(bad):
        return 0.5
    above = (good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean()
    return float(above)


def halves(items: Sequence[Item], seed: int) -> tuple[list[Item], list[Item]]:
    """Items of half of the documents, and of the other half."""
    documents = sorted({item.document for item in items})
    first = set(random.Random(seed).sample(documents, len(documents) // 2))
    return [i for i in items if i.document in first], [i for i in items if i.document not in first]


class Tested(NamedTuple):
    """Estimates for held-out items, and what came true."""

    estimates: Array
    right: Array


def test(train: Sequence[Item], new: Sequence[Item]) -> Tested:
    """Estimates for items that the fit hasn't seen."""
    return Tested(fit(train).estimates(new), np.array([i.right for i in new], dtype=np.float64))


def mean(judgements: Sequence[Judgement]) -> Judgement:
    """The mean of each measure."""
    items, *others = (sum(values) / len(judgements) for values in zip(*judgements, strict=True))
    return Judgement(round(items), *others)


def line(name: str, j: Judgement) -> str:
    """A line of the table."""
    gain = 100 * (1 - j.brier / j.brier_of_mean) if j.brier_of_mean else 0.0
    return (
        f"| {name:36} | {j.items:5} | {100 * j.base:5.1f} | {100 * j.ece:5.1f} | {100 * j.noise:5.1f} | {j.brier:.3f} | {j.brier_of_mean:.3f} "
        f"| {gain:6.1f} | {j.auc:.2f} |"
    )


def without_scheme(items: Sequence[Item]) -> list[Item]:
    """Items without what the corpus' scheme decides."""
    return [i._replace(features=frozenset(f for f in i.features if not f.startswith(SCHEME))) for i in items]


def held_out(items: Sequence[Item]) -> list[Tested]:
    """Several splits of a corpus into halves."""
    return [test(*halves(items, seed)) for seed in range(SPLITS)]


def report(items: Mapping[str, Sequence[Item]]) -> Iterator[str]:
    """Halves, halves without what the scheme decides, each corpus by the others; then the reliability of the halves, and
    what weighs most."""
    yield "| fitted on, judged on                 | items | right % | ECE % | noise % | Brier | of mean | gain % | AUC |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, own in items.items():
        yield line(f"{name}, halves", mean([judge(*t) for t in held_out(own)]))
    for name, own in items.items():
        yield line(f"{name}, halves, form alone", mean([judge(*t) for t in held_out(without_scheme(own))]))
    for name, own in items.items():
        others = [i for other, theirs in items.items() if other != name for i in theirs]
        yield line(f"the others, {name}", judge(*test(others, own)))
    for name, own in items.items():
        tested = held_out(own)
        estimates, right = (np.concatenate([getattr(t, side) for t in tested]) for side in ("estimates", "right"))
        told = "  ".join(f"{100 * b.estimate:.0f}:{100 * b.right:.0f}" for b in reliability(estimates, right))
        yield f"{name}, estimate : right in %, held-out halves: {told}"
    for name, own in items.items():
        model = fit(own)
        weighed = sorted(zip(model.weights, model.names, strict=False))
        yield f"{name}: " + ", ".join(f"{feature} {weight:+.1f}" for weight, feature in weighed[:5] + weighed[-5:])


def main() -> None:
    """Print the study."""
    bench = open_bench(options(__doc__).parse_args())
    for told in report({name: list(of(bench)) for name, of in CORPORA.items()}):
        print(told, flush=True)


if __name__ == "__main__":
    main()
