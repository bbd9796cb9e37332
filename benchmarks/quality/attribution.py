"""Who says what: the sources and contents of PolNeAR's attributions, found in whole articles.

    python -m benchmarks.quality.attribution --corpora ../shared/corpora

A content is right if it shares at least half of its characters (Jaccard) with a gold content, one to one, best first;
with its source if the words for both speakers overlap as well, or both have none. `--sample` takes a seeded sample of
the training part instead, on which rules may be developed without looking at the development part.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from benchmarks.quality.measures import Counts, Row, row_of
from benchmarks.quality.parsing import Bench, open_bench, options
from benchmarks.quality.table import print_rows
from kg.attribution import find_attributions
from kg.coref import Discourse, resolve_coreference
from kg.mentions import find_candidates, find_names
from kg.repair import repair_tree

# A content counts as found from this share of common characters on.
ENOUGH = 0.5
SEED = 7


class Said(NamedTuple):
    """An attribution as sets of character offsets; `cue` is its words, for the table by cue."""

    source: frozenset[int]
    content: frozenset[int]
    cue: str


Articles = Sequence[tuple[str, list[Said]]]


class Pairing(NamedTuple):
    """Which gold attribution each found one is, as (gold, found) numbers."""

    pairs: tuple[tuple[int, int], ...]


def read_articles(path: Path) -> Iterator[tuple[str, list[Said]]]:
    """The text and gold attributions of each article of a file."""
    for line in path.open(encoding="utf8"):
        record = json.loads(line)
        gold = [
            Said(
                _offsets((s["start"], s["end"]) for s in a["source"]),
                _offsets((s["start"], s["end"]) for s in a["content"]),
                " ".join(s["text"] for s in a["cue"]).lower(),
            )
            for a in record["attributions"]
        ]
        yield record["text"], gold


def _offsets(spans: Iterator[tuple[int, int]]) -> frozenset[int]:
    return frozenset(i for start, end in spans for i in range(start, end))


def find_said(text: str, bench: Bench) -> list[Said]:
    """kg's own attributions of an article."""
    resources = bench.resources
    doc = bench.parser.parse(text)
    repair_tree(doc, list(find_names(doc, resources.words)), resources.words)
    candidates = find_candidates(doc, resources.words)
    discourse = resolve_coreference(doc, candidates, resources.words, resources.ontology, None)
    attributions, _ = find_attributions(doc, discourse, resources.lexicon)
    return [
        Said(
            frozenset() if a.speaker is None else _words_of(a.speaker, doc, discourse),
            _characters(doc, sorted(a.content)),
            "" if a.cue is None else doc[a.cue].lower_,
        )
        for a in attributions
    ]


def _words_of(speaker: int, doc: Doc, discourse: Discourse) -> frozenset[int]:
    """The characters of the name or description of which a token is the head."""
    number = discourse.covering(speaker)
    if number is None:
        return _characters(doc, [speaker])
    candidate = discourse.candidates[number]
    return _characters(doc, range(candidate.start, candidate.end))


def _characters(doc: Doc, tokens: Sequence[int]) -> frozenset[int]:
    """The characters of tokens, and the space between neighbours."""
    found: set[int] = set()
    for index in tokens:
        token = doc[index]
        found.update(range(token.idx, token.idx + len(token)))
        if token.whitespace_ and index + 1 in tokens:
            found.add(token.idx + len(token))
    return frozenset(found)


def pair(gold: Sequence[Said], found: Sequence[Said]) -> Pairing:
    """Gold and found attributions one to one, by the share of common characters, best first."""
    shares = sorted(
        ((share, g, f) for g, a in enumerate(gold) for f, b in enumerate(found) if (share := _share(a, b)) >= ENOUGH),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    for _, g, f in shares:
        if all(g != other and f != another for other, another in pairs):
            pairs.append((g, f))
    return Pairing(tuple(pairs))


def _share(a: Said, b: Said) -> float:
    common = len(a.content & b.content)
    return common / max(1, len(a.content) + len(b.content) - common)


def same_source(a: Said, b: Said) -> bool:
    """Whether the words for two sources overlap, or both have none."""
    return bool(a.source & b.source) or not (a.source or b.source)


def content_counts(gold: Sequence[Said], found: Sequence[Said]) -> Counts:
    """Contents alone."""
    return Counts(len(pair(gold, found).pairs), len(found), len(gold))


def source_counts(gold: Sequence[Said], found: Sequence[Said]) -> Counts:
    """Contents with their sources."""
    right = sum(same_source(gold[g], found[f]) for g, f in pair(gold, found).pairs)
    return Counts(right, len(found), len(gold))


def _print_cues(articles: Articles, found: Sequence[list[Said]]) -> None:
    """The cues of the gold attributions that were missed most, and of those that were found wrongly."""
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for (_, gold), ours in zip(articles, found, strict=True):
        pairs = pair(gold, ours).pairs
        missed.update(a.cue for n, a in enumerate(gold) if all(n != g for g, _ in pairs))
        wrong.update(a.cue for n, a in enumerate(ours) if all(n != f for _, f in pairs))
    for title, counted in (("missed", missed), ("wrong", wrong)):
        print(f"{title}: " + ", ".join(f"{cue or '-'} {n}" for cue, n in counted.most_common(40)))


def rows_of(articles: Articles, found: Sequence[list[Said]]) -> Iterator[Row]:
    """Contents, and contents with their sources."""
    for name, count in (("content", content_counts), ("content and source", source_counts)):
        yield row_of(f"polnear: {name}", [count(gold, ours) for (_, gold), ours in zip(articles, found, strict=True)])


def measure(bench: Bench) -> Iterator[Row]:
    """All rows."""
    articles = list(read_articles(bench.corpus("polnear/dev.jsonl")))
    yield from rows_of(articles, [find_said(text, bench) for text, _ in articles])


def main() -> None:
    """Score the development part, or a sample of the training part."""
    parser = options(__doc__)
    parser.add_argument("--sample", type=int, help="so many articles of the training part instead")
    parser.add_argument("--cues", action="store_true", help="also list the cues that were missed and wrong most often")
    arguments = parser.parse_args()
    bench = open_bench(arguments)
    articles = list(read_articles(bench.corpus(f"polnear/{'train' if arguments.sample else 'dev'}.jsonl")))
    if arguments.sample:
        chosen = sorted(random.Random(SEED).sample(range(len(articles)), arguments.sample))
        articles = [articles[n] for n in chosen]
    found = [find_said(text, bench) for text, _ in articles]
    print_rows(rows_of(articles, found))
    if arguments.cues:
        _print_cues(articles, found)


if __name__ == "__main__":
    main()
