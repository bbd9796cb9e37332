"""Entities: mentions, coreference, links, states and resolution across articles, on the development corpora.

    python -m benchmarks.quality.entities --corpora ../shared/corpora [--keep FOLDER] [--only dwie,gum_news]

Scored by the corpora's own `score.py`, loaded from their folder. How records are turned into each corpus' conventions:
`conventions.py`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from benchmarks.quality import dwie
from benchmarks.quality.conventions import ENWW_TYPES, named_view, phrase_view, plain_view
from benchmarks.quality.coreference import coreference, coreference_row, load_scorer, mention_counts, spans
from benchmarks.quality.measures import Counts, Row, f1, row_of
from benchmarks.quality.parsing import Bench, Json, Read, open_bench, options, read_corpus
from benchmarks.quality.table import print_rows

# Which part of the world the regions of enww lie in.
AREAS = Path(__file__).parent / "enww_areas.json"
EACH_REGION = 2


def phrase_rows(name: str, scorer: ModuleType, reads: Sequence[Read]) -> Iterator[Row]:
    """Mentions and coreference with nominals and pronouns: with names grown to their phrases as the corpora mark them,
    and with the mentions just as they stand in the record."""
    wiki = name == "meantime"
    left_out = frozenset({"Event"}) if wiki else frozenset()
    views = [phrase_view(r.doc, r.extraction, left_out, not wiki, not wiki) for r in reads]
    yield row_of(f"{name}: mentions, whole phrases", phrase_counts(reads, views))
    yield coreference_row(f"{name}: coreference", scorer, coreference(scorer, reads, views, None))
    plain = [plain_view(read.extraction) for read in reads]
    yield coreference_row(f"{name}: coreference, mentions as kept", scorer, coreference(scorer, reads, plain, None))


def phrase_counts(reads: Sequence[Read], views: Sequence[Json]) -> list[Counts]:
    """Mentions by extent, as far as each article is annotated."""
    counts = []
    for read, view in zip(reads, views, strict=True):
        until = read.gold.get("annotated_until")
        gold, ours = spans(read.gold, False, None, until), spans(view, False, None, until)
        counts.append(Counts(len(gold & ours), len(ours), len(gold)))
    return counts


class _Regions:
    """Names found in enww's articles."""

    def __init__(self, reads: Sequence[Read]) -> None:
        types = set(ENWW_TYPES.values())
        views = [named_view(read.extraction, ENWW_TYPES) for read in reads]
        self.untyped, self.typed = (mention_counts(reads, views, typed, types) for typed in (False, True))
        self.regions = [str(read.gold["region"]) for read in reads]


def region_rows(reads: Sequence[Read]) -> Iterator[Row]:
    """Names over all regions, and typed ones by part of the world."""
    found = _Regions(reads)
    yield row_of("enww: names, untyped", found.untyped)
    yield row_of("enww: names, typed", found.typed)
    areas: dict[str, list[str]] = json.loads(AREAS.read_text(encoding="utf8"))
    for area, regions in areas.items():
        chosen = [c for region, c in zip(found.regions, found.typed, strict=True) if region in regions]
        if chosen:
            yield row_of(f"enww: names, typed, {area}", chosen)


def region_lines(reads: Sequence[Read]) -> Iterator[str]:
    """A line for each region, worst first."""
    found = _Regions(reads)
    by_region: dict[str, list[int]] = defaultdict(list)
    for number, region in enumerate(found.regions):
        by_region[region].append(number)
    for region, numbers in sorted(by_region.items(), key=lambda p: f1([found.typed[n] for n in p[1]])):
        plain, full = ([c[n] for n in numbers] for c in (found.untyped, found.typed))
        yield f"    {region:12} {len(numbers):3} articles  untyped {f1(plain):5.1f}  typed {f1(full):5.1f}"


def measure_dwie(bench: Bench) -> Iterator[Row]:
    """dwie's rows."""
    reads = read_corpus(bench.corpus("dwie/dev.jsonl"), bench)
    return dwie.rows_of(reads, load_scorer(bench.corpora), bench.resources.gazetteer)


def measure_gum_news(bench: Bench) -> Iterator[Row]:
    """gum_news' rows."""
    reads = read_corpus(bench.corpus("gum_news/dev.jsonl"), bench)
    return phrase_rows("gum_news", load_scorer(bench.corpora), reads)


def measure_enww(bench: Bench) -> Iterator[Row]:
    """enww's rows, on the first articles of each region."""
    return region_rows(read_corpus(bench.corpus("enww/dev.jsonl"), bench, EACH_REGION))


def main() -> None:
    """Print the rows."""
    parser = options(__doc__)
    parser.add_argument("--only", default="dwie,gum_news,meantime,enww", help="corpora, separated by commas")
    parser.add_argument("--each-region", type=int, default=EACH_REGION, help="articles of each region; 0 for all")
    parser.add_argument("--details", action="store_true", help="relations by predicate, names by region")
    arguments = parser.parse_args()
    bench = open_bench(arguments)
    scorer = load_scorer(bench.corpora)
    for name in arguments.only.split(","):
        limit = (arguments.each_region or None) if name == "enww" else None
        reads = read_corpus(bench.corpus(f"{name}/dev.jsonl"), bench, limit)
        details: Iterator[str] = iter(())
        if name == "dwie":
            print_rows(dwie.rows_of(reads, scorer, bench.resources.gazetteer))
            details = dwie.predicates(reads, scorer)
        elif name == "enww":
            print_rows(region_rows(reads))
            details = region_lines(reads)
        else:
            print_rows(phrase_rows(name, scorer, reads))
        if arguments.details:
            print("\n".join(details))


if __name__ == "__main__":
    main()
