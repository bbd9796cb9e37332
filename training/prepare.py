"""Data preparation: public corpora, given by path, into one file of training sentences each.

A corpus is read only if its licence file says what `corpora.toml` says it says; every other one is refused.
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from training.names import CORPUS as OWN_NAMES
from training.names import read_own_names
from training.sentences import (
    Sentence,
    from_conllu,
    gum_entities,
    map_iob_label,
    predicates_of,
    read_conllu,
    read_docred,
    read_gold_skel,
    read_iob,
    read_lines,
    spans_of_tags,
    write_jsonl,
)
from training.treebank import CORPUS as OWN_TREEBANK
from training.treebank import read_own_treebank

HERE = Path(__file__).parent
# The sentences annotated for this project (names/, treebank/) were written for it: nobody else's licence is asked.
OWN = (OWN_NAMES, OWN_TREEBANK)
FACTS = HERE.parent / "ontology" / "generate"
# Auxiliary senses that PropBank marks as predicates of their own.
AUXILIARIES = {"be.03", "have.01", "do.01", "get.03"}
# Adjectives that are a people only in context; relabelling them by list would teach the model errors.
AMBIGUOUS_PEOPLES = {
    "Laos",
    "Solomon Islands",
    "Taliban",
    "Talib",
    "Talibs",
    "Houthi",
    "Houthis",
    "Conservative", "Conservatives", "Liberal", "Liberals", "Labour", "Green", "Greens", "Orthodox", "Democratic", "Socialist", "Communist",
    "Nationalist", "Roman", "Romans", "Karen", "Chin", "Shan", "Han", "Balkan", "Central African", "Kiwi", "Kiwis", "Western", "Indo",
    "Maya", "Apache", "Peul", "Lett", "Letts", "UK", "U.K.", "US", "U.S.", "UAE", "DPRK", "Arg", "Boer", "Roma", "Luo", "Moro", "Shona",
    "Jersey", "New Zealand", "Myanmar", "Kosovo", "Taiwan", "Hong Kong", "Singapore", "Solomon", "Fiji", "Liechtenstein", "Falkland",
    "Kiribati", "Eswatini", "Cook Islands", "Vatican", "Solomon Island",
}  # fmt: skip


class LicenceRefusedError(Exception):
    """A corpus whose licence could not be confirmed."""


def prepare(corpora: Path, out: Path, config: Path = HERE / "corpora.toml") -> dict[str, int]:
    """Read every corpus of the configuration found under `corpora`, write `<name>.jsonl` files to `out`.

    Returns the number of sentences by corpus. Raises LicenceRefusedError when a licence file is missing or does
    not say what the configuration claims.
    """
    out.mkdir(parents=True, exist_ok=True)
    settings = {corpus["name"]: corpus for corpus in tomllib.loads(config.read_text())["corpus"]}
    for corpus in settings.values():
        check_licence(corpora / corpus["name"], corpus)
    norp = peoples()
    counts = {
        OWN_NAMES: write_jsonl(out / f"{OWN_NAMES}.jsonl", read_own_names()),
        OWN_TREEBANK: write_jsonl(out / f"{OWN_TREEBANK}.jsonl", read_own_treebank()),
    }
    for name, corpus in settings.items():
        if corpus["reader"] == "propbank":
            continue
        sentences = list(read_corpus(corpora, corpus, settings))
        sentences = [relabel_peoples(sentence, norp) for sentence in sentences]
        counts[name] = write_jsonl(out / f"{name}.jsonl", sentences)
    (out / "counts.json").write_text(json.dumps(counts, indent=1))
    return counts


def check_licence(folder: Path, corpus: dict) -> None:
    """Raise LicenceRefusedError unless the corpus' licence file contains the configured words."""
    path = folder / corpus["licence_file"]
    if not path.is_file():
        raise LicenceRefusedError(f"{corpus['name']}: no licence file at {path}")
    text = " ".join(path.read_text(encoding="utf8", errors="replace").split())
    if corpus["licence_says"] not in text:
        raise LicenceRefusedError(f"{corpus['name']}: {path.name} does not say {corpus['licence_says']!r}")


def read_corpus(corpora: Path, corpus: dict, settings: dict[str, dict]) -> Iterator[Sentence]:
    """All sentences of one corpus."""
    folder = corpora / corpus["name"]
    for split, file in corpus["files"].items():
        if corpus["reader"] == "conllu":
            yield from read_treebank(corpora, folder / file, corpus, split, settings)
        elif corpus["reader"] == "docred":
            yield from read_docred(folder / file, corpus["name"], split, corpus["labels"])
        else:
            yield from read_names(folder / file, corpus, split)


def read_names(path: Path, corpus: dict, split: str) -> Iterator[Sentence]:
    """Sentences of an IOB corpus with its labels mapped to ours."""
    for doc, rows in read_iob(path, *corpus["columns"]):
        words = tuple(word for word, _ in rows)
        spans = []
        for start, end, label in spans_of_tags([tag for _, tag in rows]):
            ours = map_iob_label(label, words[start], corpus["labels"])
            if ours:
                spans.append((start, end, ours))
        yield Sentence(corpus["name"], split, doc, words, entities=tuple(spans), unlabelled=tuple(corpus["unlabelled"]))


def read_treebank(corpora: Path, path: Path, corpus: dict, split: str, settings: dict) -> Iterator[Sentence]:
    """Sentences of a treebank, with GUM's entities and PropBank's predicates where they exist."""
    genres = corpus.get("genres")
    parsed = list(read_conllu(path))
    for item in parsed:
        if genres and item.doc.split("_")[1] not in genres:
            raise LicenceRefusedError(f"{corpus['name']}: document {item.doc} is of a genre whose texts are not open")
    sentences = [from_conllu(item, corpus["name"], split) for item in parsed]
    if genres:
        sentences = [
            replace(sentence, entities=gum_entities(sentence, item.rows))
            for sentence, item in zip(sentences, parsed, strict=True)
        ]
    if corpus["name"] == "UD_English-EWT":
        sentences = with_predicates(sentences, corpora / settings["PropBank-EWT"]["name"])
    yield from sentences


def with_predicates(sentences: list[Sentence], propbank: Path) -> list[Sentence]:
    """EWT sentences with PropBank predicates, aligned by document, sentence and number of tokens."""
    skeletons = {}
    for path in sorted(propbank.rglob("*.gold_skel")):
        genre = path.parent.parent.name
        name = path.name.removesuffix(".gold_skel").removesuffix(".xml")
        skeletons[f"{genre}-{name}"] = read_gold_skel(path)
    documents: dict[str, list[int]] = {}
    for index, sentence in enumerate(sentences):
        documents.setdefault(sentence.doc, []).append(index)
    result = list(sentences)
    for doc, indices in documents.items():
        rows = skeletons.get(doc, [])
        for index, skeleton in aligned([len(sentences[i].words) for i in indices], [len(r) for r in rows]):
            sentence = sentences[indices[index]]
            result[indices[index]] = replace(sentence, predicates=predicates_of(rows[skeleton], sentence, AUXILIARIES))
    return result


def aligned(left: list[int], right: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of sentence numbers of two splittings of a document, given their lengths in words: sentences that
    start at the same token and are equally long, and elsewhere the longest runs of equal lengths."""
    for block in difflib.SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        # Where one side misses tokens, a run of one sentence is as likely chance as alignment.
        if sum(left) == sum(right) or block.size > 1:
            yield from ((block.a + i, block.b + i) for i in range(block.size))


def peoples() -> frozenset[str]:
    """Adjectives and demonyms that are labelled NORP wherever they stand alone."""
    names = set()
    for row in read_lines(FACTS / "countries.tsv"):
        names |= set(split_forms(row[3])) | set(plural_forms(row[4]))
    for row in read_lines(FACTS / "peoples.tsv"):
        names |= set(split_forms(row[1])) | set(plural_forms(row[2]))
    return frozenset(name for name in names if name[:1].isupper()) - AMBIGUOUS_PEOPLES


def split_forms(cell: str) -> list[str]:
    """The ;-separated forms of a cell."""
    return [form.strip() for form in cell.split(";") if form.strip()]


def plural_forms(cell: str) -> list[str]:
    """Singular and plural of each noun of a cell: "Thai" -> Thai, Thais; "Turk/Turks" as written."""
    forms = []
    for form in split_forms(cell):
        singular, _, plural = form.partition("/")
        forms += [singular, plural or f"{singular}s"]
    return forms


def relabel_peoples(sentence: Sentence, norp: frozenset[str]) -> Sentence:
    """NORP on words that are a demonym and in no longer name (corpora without the label call them O, LOC or MISC)."""
    if sentence.entities is None:
        return sentence
    kept = [span for span in sentence.entities if " ".join(sentence.words[span[0] : span[1]]) not in norp]
    taken = {index for start, end, _ in kept for index in range(start, end)}
    found = []
    for length in (2, 1):
        for start in range(len(sentence.words) - length + 1):
            indices = set(range(start, start + length))
            if " ".join(sentence.words[start : start + length]) in norp and not indices & taken:
                taken |= indices
                found.append((start, start + length, "NORP"))
    unlabelled = tuple(label for label in sentence.unlabelled if label != "NORP")
    return replace(sentence, entities=tuple(sorted([*kept, *found])), unlabelled=unlabelled)


def report(sentences: list[Sentence]) -> Counter:
    """How many words each annotation covers, for the log."""
    counts: Counter = Counter()
    for sentence in sentences:
        counts["words"] += len(sentence.words)
        for name in ("heads", "entities", "predicates"):
            if getattr(sentence, name) is not None:
                counts[name] += len(sentence.words)
    return counts
