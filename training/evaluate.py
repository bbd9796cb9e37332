"""Scores of an exported model on held-out corpora, with the reference values beside them."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from spacy.tokens import Doc

from kg.parse.network import LanguageModel
from kg.parse.scoring import Analysis
from kg.parse.tokens import make_language, tokenise
from training.sentences import NER_LABELS, Predicate, Sentence, read_jsonl
from training.treebank import CORPUS as OWN_TREEBANK

CORE = ("ARG0", "ARG1", "ARG2")
ENWW_LABELS = {
    "Person": "PERSON",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "LOC",
    "NORP": "NORP",
    "Misc": "MISC",
    "Product": "MISC",
}


def f_score(correct: int, predicted: int, gold: int) -> float:
    """F1 in percent."""
    return 200 * correct / (predicted + gold) if predicted + gold else 0.0


def tree_scores(pairs: Iterable[tuple[Sentence, Analysis]]) -> dict[str, float]:
    """UAS, LAS (subtypes included, punctuation included), UPOS, XPOS and lemma accuracy in percent, on gold tokens."""
    counts: Counter = Counter()
    for gold, found in pairs:
        for i in range(len(gold.words)):
            head = found.heads[i] if found.deprels[i] != "root" else -1
            counts["words"] += 1
            counts["uas"] += head == gold.heads[i]
            counts["las"] += head == gold.heads[i] and found.deprels[i] == gold.deprels[i]
            counts["upos"] += found.upos[i] == gold.upos[i]
            counts["xpos"] += found.xpos[i] == gold.xpos[i]
            if gold.upos[i] in ("VERB", "NOUN"):
                counts["lemmas"] += 1
                counts["lemma"] += found.lemmas[i].lower() == gold.lemmas[i].lower()
    scores = {name: 100 * counts[name] / counts["words"] for name in ("uas", "las", "upos", "xpos")}
    return scores | {"lemma (verbs, nouns)": 100 * counts["lemma"] / counts["lemmas"]}


def name_scores(pairs: Iterable[tuple[Sentence, Analysis]], labels: tuple[str, ...]) -> dict[str, float]:
    """Exact-span F1 over the given labels, and for each."""
    correct, predicted, gold_counts = Counter(), Counter(), Counter()
    for gold, found in pairs:
        theirs = {span for span in gold.entities or () if span[2] in labels}
        ours = {span for span in found.entities if span[2] in labels}
        for counter, spans in ((correct, theirs & ours), (predicted, ours), (gold_counts, theirs)):
            counter.update(label for _, _, label in spans)
    total = f_score(sum(correct.values()), sum(predicted.values()), sum(gold_counts.values()))
    return {"F": total} | {label: f_score(correct[label], predicted[label], gold_counts[label]) for label in labels}


def role_scores(pairs: Iterable[tuple[Sentence, Analysis]]) -> dict[str, float]:
    """F1 of ARG0-2 heads of verbs and of nouns (on predicates that both have), predicates found, rolesets right."""
    counts: Counter = Counter()
    for gold, found in pairs:
        ours = {p.word: p for p in found.predicates}
        theirs = {p.word: p for p in gold.predicates or ()}
        counts["p"] += len(ours)
        counts["g"] += len(theirs)
        counts["both"] += len(set(ours) & set(theirs))
        for word, predicate in theirs.items():
            kind = "nouns" if gold.upos[word] in ("NOUN", "PROPN") else "verbs"
            _count_roles(counts, kind, predicate, ours.get(word))
    return {
        "predicates F": f_score(counts["both"], counts["p"], counts["g"]),
        "rolesets (of found)": 100 * counts["roleset"] / max(1, counts["both"]),
        "verbs ARG0-2": f_score(counts["verbs", "ok"], counts["verbs", "p"], counts["verbs", "g"]),
        "nouns ARG0-2": f_score(counts["nouns", "ok"], counts["nouns", "p"], counts["nouns", "g"]),
        "negation": f_score(counts["neg", "ok"], counts["neg", "p"], counts["neg", "g"]),
    }


def _count_roles(counts: Counter, kind: str, gold: Predicate, ours: object) -> None:
    theirs = {(i, role) for i, role in gold.args if role in CORE}
    counts[kind, "g"] += len(theirs)
    if ours is None:
        return
    found = {(i, role) for i, role in ours.args if role in CORE}
    counts[kind, "p"] += len(found)
    counts[kind, "ok"] += len(found & theirs)
    counts["roleset"] += ours.roleset == gold.roleset
    negation = {i for i, role in gold.args if role == "ARGM-NEG"}
    found_negation = {i for i, role in ours.args if role == "ARGM-NEG"}
    counts["neg", "g"] += len(negation)
    counts["neg", "p"] += len(found_negation)
    counts["neg", "ok"] += len(negation & found_negation)


def with_gold_predicates(model: LanguageModel, sentences: list[Sentence]) -> list[tuple[Sentence, Analysis]]:
    """Analyses in which exactly the gold predicates are predicates (the literature's setting)."""
    results = []
    for sentence in sentences:
        forced = {p.word for p in sentence.predicates or ()}
        results.append(
            (sentence, model.analyse_with_predicates(sentence.words, sentence.lemmas, sentence.upos, forced))
        )
    return results


def enww_sentences(path: Path) -> list[Sentence]:
    """The newswire corpus as sentences of our tokens; a name whose ends are no token's is lost to us (and counts as
    gold)."""
    language = make_language()
    found = []
    for line in path.open(encoding="utf8"):
        document = json.loads(line)
        for start, end in document["sentences"]:
            found.append(_enww_sentence(document, start, tokenise(document["text"][start:end], language)))
    return found


def _enww_sentence(document: dict, offset: int, doc: Doc) -> Sentence:
    tokens = [token for token in doc if not token.is_space]
    starts = {offset + token.idx: i for i, token in enumerate(tokens)}
    ends = {offset + token.idx + len(token): i + 1 for i, token in enumerate(tokens)}
    spans = []
    for mention in document["mentions"]:
        label = ENWW_LABELS.get(mention["type"])
        if label and offset <= mention["start"] < offset + len(doc.text):
            # -1: no token begins or ends there, so nothing can match it.
            spans.append((starts.get(mention["start"], -1), ends.get(mention["end"], -1), label))
    words = tuple(token.text for token in tokens)
    return Sentence("enww", "dev", document["id"], words, entities=tuple(sorted(set(spans))))


# What was measured before ours, on the same test parts: `None` where nothing was.
REFERENCE = {
    ("UD_English-EWT", "las"): 88.9,
    ("UD_English-EWT", "upos"): 96.0,
    ("UD_English-PUD", "las"): 86.5,
    ("UD_English-PUD", "upos"): 96.5,
    ("PropBank-EWT, gold predicates", "verbs ARG0-2"): 85.8,
    ("PropBank-EWT, gold predicates", "nouns ARG0-2"): 65.5,
    ("PropBank-EWT, gold predicates", "rolesets (of found)"): 91.8,
    ("UNER-PUD", "F"): 78.5,
    ("enww dev", "F"): 75.1,
}


def print_table(scores: dict[str, dict[str, float]]) -> None:
    """The scores, with the reference value beside those that have one."""
    for corpus, values in scores.items():
        print(corpus)
        for name, value in values.items():
            known = REFERENCE.get((corpus, name))
            print(f"  {name:28} {value:8.2f}" + (f"   reference {known}" if known is not None else ""))


def evaluate(
    model: LanguageModel, data: Path, measures: Path | None, part: str = "test"
) -> dict[str, dict[str, float]]:
    """All scores. `part` chooses the treebanks' dev or test sentences (PUD has one part)."""
    table: dict[str, dict[str, float]] = {}
    run = lambda sentences: list(zip(sentences, model.analyse([s.words for s in sentences]), strict=True))
    for name in ("UD_English-EWT", "UD_English-GUM", "UD_English-PUD"):
        sentences = [
            s for s in read_jsonl(data / f"{name}.jsonl") if s.split == (part if name != "UD_English-PUD" else "test")
        ]
        started = time.process_time()
        pairs = run(sentences)
        seconds = time.process_time() - started
        table[name] = tree_scores(pairs) | {"words per CPU-second": sum(len(s.words) for s in sentences) / seconds}
        if name == "UD_English-EWT":
            table["PropBank-EWT, gold predicates"] = role_scores(
                with_gold_predicates(model, [s for s in sentences if s.predicates is not None])
            )
            table["PropBank-EWT, end to end"] = role_scores(pairs)
    own = [s for s in read_jsonl(data / f"{OWN_TREEBANK}.jsonl") if s.split == "test"]
    table["kg-news test"] = (
        tree_scores(run(own)) | role_scores(run(own)) | {"names F": name_scores(run(own), NER_LABELS)["F"]}
    )
    pud = read_jsonl(data / "UNER_English-PUD.jsonl")
    table["UNER-PUD"] = name_scores(run(pud), ("PERSON", "ORG", "LOC"))
    enww = measures / "enww" / "dev.jsonl" if measures else None
    if enww and enww.is_file():
        table["enww dev"] = name_scores(run(enww_sentences(enww)), ("PERSON", "ORG", "LOC", "NORP", "MISC"))
    return table
