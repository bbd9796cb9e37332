"""Is it so, and when: the events and time expressions of MEANTIME's articles.

    python -m benchmarks.quality.events --corpora ../shared/corpora

An event is negated or not certain as the corpus says (polarity NEG; certainty POSSIBLE, PROBABLE or UNDERSPECIFIED;
what is certainly to come counts as certain). The first table reads the factuality of every gold event's word, whether
or not a relation is known for it; the second only that of events on which kg has a statement. Events that several
statements tell are negated, or not certain, if one of them says so. A time expression is right if both ends of its
interval lie in the gold value (a day, month, year or decade); of those with other values only the extent counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from benchmarks.quality.measures import Counts, Row, row_of
from benchmarks.quality.parsing import Read, open_bench, options, read_corpus
from benchmarks.quality.table import print_rows
from kg.circumstances import times_of_document
from kg.factuality import read_factuality
from kg.model import Modality, Polarity, Time
from kg.resources import Resources

Extent = tuple[int, int]
# What is wished for is not certain; what will be is, as the corpus has it.
UNCERTAIN: frozenset[Modality] = frozenset({"possible", "desired"})


class Judged(NamedTuple):
    """Whether an event is negated, not certain, to come."""

    negated: bool
    uncertain: bool
    future: bool


class Article(NamedTuple):
    """An article as it was read, with its gold events by extent and its time expressions with their values."""

    read: Read
    events: Mapping[Extent, Judged]
    times: Mapping[Extent, str]


def article_of(read: Read) -> Article:
    """An article's annotation. Time expressions are annotated up to some offset only."""
    events = {
        (e["start"], e["end"]): Judged(e["polarity"] == "NEG", e["certainty"] != "CERTAIN", e["time"] == "FUTURE")
        for e in read.gold["events"]
        if e["polarity"] is not None
    }
    until = read.gold["annotated_until"]
    times = {
        (t["start"], t["end"]): t["value"]
        for t in read.gold["timex"]
        if t["type"] in ("DATE", "TIME") and t["end"] <= until
    }
    return Article(read, events, times)


def judge(polarity: Polarity, modality: Modality) -> Judged:
    """A reading of ours in the corpus' terms."""
    return Judged(polarity == "negative", modality in UNCERTAIN, modality == "future")


def of_gold_words(article: Article, resources: Resources) -> dict[Extent, Judged]:
    """How the word that heads each gold event reads."""
    found, doc = {}, article.read.doc
    for start, end in article.events:
        words = [t for t in doc if t.idx < end and t.idx + len(t) > start]
        heads = [t for t in words if t.head not in words or t.head.i == t.i]
        if heads:
            read = read_factuality(heads[0], resources.lexicon)
            found[start, end] = judge(read.polarity, read.modality)
    return found


def of_statements(article: Article) -> dict[Extent, Judged]:
    """How the statements on each gold event read it."""
    told: dict[Extent, list[Judged]] = defaultdict(list)
    for s in article.read.extraction.statements:
        for start, end in article.events:
            if start <= s.trigger.start < end:
                told[start, end].append(judge(s.polarity, s.modality))
    return {extent: Judged(*(any(values) for values in zip(*all_, strict=True))) for extent, all_ in told.items()}


def counts(gold: Mapping[Extent, Judged], found: Mapping[Extent, Judged], what: str) -> Counts:
    """Among the events found: how many are said to be so, are so, and both."""
    pairs = [(getattr(gold[e], what), getattr(judged, what)) for e, judged in found.items()]
    return Counts(sum(a and b for a, b in pairs), sum(b for _, b in pairs), sum(a for a, _ in pairs))


def time_counts(article: Article) -> Counts:
    """Time expressions with a calendar value: extent overlaps, days lie in the value."""
    gold = {e: v for e, v in article.times.items() if _calendar(v)}
    other = [e for e, v in article.times.items() if not _calendar(v)]
    doc, until = article.read.doc, article.read.gold["annotated_until"]
    found = {
        (e.start, e.end): e.time
        for e in times_of_document(doc, article.read.extraction.document.published)
        if e.end <= until and not any(_overlap((e.start, e.end), o) for o in other)
    }
    right = sum(any(_overlap(g, f) and _lies_in(time, value) for f, time in found.items()) for g, value in gold.items())
    return Counts(right, len(found), len(gold))


def _overlap(a: Extent, b: Extent) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _calendar(value: str) -> bool:
    return value[:3].isdigit() and "Q" not in value


def _lies_in(time: Time, value: str) -> bool:
    """Whether an interval lies in a TIMEX3 value: 2010-07-16TMO, 2006-W14, 2009-06-XX, 200 (a decade)."""
    if time.earliest is None or time.latest is None:
        return False
    year, _, week = value.partition("-W")
    if week:
        monday = date.fromisocalendar(int(year), int(week), 1)
        return monday <= time.earliest and time.latest <= monday + timedelta(6)
    start = value.split("T")[0].removesuffix("-XX")
    return time.earliest.isoformat().startswith(start) and time.latest.isoformat().startswith(start)


def rows_of(reads: Sequence[Read], resources: Resources) -> Iterator[Row]:
    """Factuality at the gold events' words and on statements, and times."""
    articles = [article_of(read) for read in reads]
    by_word = [of_gold_words(article, resources) for article in articles]
    by_statement = [of_statements(article) for article in articles]
    for title, found in (("at events' words", by_word), ("on statements", by_statement)):
        for what in Judged._fields:
            per_article = [counts(a.events, f, what) for a, f in zip(articles, found, strict=True)]
            yield row_of(f"meantime: {what}, {title}", per_article)
    yield row_of("meantime: times, normalised", [time_counts(article) for article in articles])


def _show(articles: Sequence[Article], found: Sequence[Mapping[Extent, Judged]], what: str) -> None:
    """The events on which kg and the corpus differ."""
    for article, ours in zip(articles, found, strict=True):
        for (start, end), judged in sorted(ours.items()):
            gold = article.events[start, end]
            if getattr(gold, what) != getattr(judged, what):
                text = article.read.gold["text"]
                kind = "missed" if getattr(gold, what) else "wrong"
                around = f"{text[max(0, start - 70) : start]}[{text[start:end]}]{text[end : end + 40]}"
                print(f"  {what} {kind}: {' '.join(around.split())}")


def main() -> None:
    """Score the development part."""
    parser = options(__doc__)
    parser.add_argument("--show", action="store_true", help="also list the events judged differently")
    arguments = parser.parse_args()
    bench = open_bench(arguments)
    reads = read_corpus(bench.corpus("meantime/dev.jsonl"), bench)
    print_rows(rows_of(reads, bench.resources))
    articles = [article_of(read) for read in reads]
    by_statement = sum(len(of_statements(article)) for article in articles)
    print(f"statements on {by_statement} of {sum(len(a.events) for a in articles)} events")
    if arguments.show:
        for what in Judged._fields:
            _show(articles, [of_gold_words(article, bench.resources) for article in articles], what)


if __name__ == "__main__":
    main()
