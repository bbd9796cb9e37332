"""Who did what to whom: the PLOVER development sentences, each with one dyad and its root type.

    python -m benchmarks.quality.plover --corpora ../shared/corpora

The corpus knows YIELD, where the families here are CONCEDE and RETREAT (PLOVER 2021). The plain rows compare the names
as they are, so that YIELD counts as missed; the rows `YIELD mapped` take either for it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.measures import Counts, Row, row_of
from benchmarks.quality.parsing import Bench, open_bench, options
from benchmarks.quality.table import print_rows
from kg.model import Extraction

STATES = frozenset({"ROLE", "MEMBERSHIP", "LOCATION", "PART", "KINSHIP", "STANCE", "STATEMENT", "OTHER"})
YIELD = frozenset({"CONCEDE", "RETREAT"})
Extent = tuple[int, int]


class Dyad(NamedTuple):
    """A sentence with its one gold event."""

    text: str
    source: Extent
    target: Extent
    root: str


class Event(NamedTuple):
    """An event that was found: its family, and where its participants are mentioned."""

    family: str
    source: frozenset[Extent]
    target: frozenset[Extent]


def read_dyads(path: Path) -> list[Dyad]:
    """The dyads of a file; rows that lost a span have none."""
    return [dyad for line in path.open(encoding="utf8") for dyad in _dyads(json.loads(line))]


def _dyads(record: dict) -> Iterator[Dyad]:
    spans = {mention["id"]: (mention["start"], mention["end"]) for mention in record["mentions"]}
    for relation in record["relations"]:
        source, target = spans[relation["subject_mention"]], spans[relation["object_mention"]]
        yield Dyad(record["text"], source, target, relation["predicate"])


def find_events(text: str, bench: Bench) -> list[Event]:
    """The events of a sentence, states and reports left out."""
    return list(events_of(bench.extract(text)))


def events_of(extraction: Extraction) -> Iterator[Event]:
    """Events with the extents of their participants' mentions."""
    mentions: dict[str | None, set[Extent]] = defaultdict(set)
    for mention in extraction.mentions:
        mentions[mention.entity].add((mention.start, mention.end))
    for statement in extraction.statements:
        if statement.family not in STATES:
            family = "COOPERATE" if statement.family == "TRADE" else statement.family
            yield Event(family, frozenset(mentions[statement.subject]), frozenset(mentions[statement.object]))


def overlaps(extents: frozenset[Extent], wanted: Extent) -> bool:
    """Whether one of the extents shares a character with another."""
    return any(start < wanted[1] and end > wanted[0] for start, end in extents)


def root_counts(_: Dyad, events: Sequence[Event], equal: frozenset[str]) -> Counts:
    """Families named in the sentence against the gold root."""
    families = {event.family for event in events}
    return Counts(bool(families & equal), len(families - equal) + bool(families & equal), 1)


def triple_counts(dyad: Dyad, events: Sequence[Event], equal: frozenset[str]) -> Counts:
    """Distinct (source, family, target) found against the gold one."""
    distinct = set(events)
    right = any(
        e.family in equal and overlaps(e.source, dyad.source) and overlaps(e.target, dyad.target) for e in distinct
    )
    return Counts(right, len(distinct), 1)


def given_dyad_counts(dyad: Dyad, events: Sequence[Event], equal: frozenset[str]) -> Counts:
    """The root of what was found between the two gold spans."""
    between = [e for e in events if overlaps(e.source, dyad.source) and overlaps(e.target, dyad.target)]
    return root_counts(dyad, between, equal)


def equals(dyad: Dyad, lenient: bool) -> frozenset[str]:
    """The families that count as a dyad's root."""
    return YIELD if lenient and dyad.root == "YIELD" else frozenset({dyad.root})


COUNTS = {"root": root_counts, "source, root, target": triple_counts, "root, given the dyad": given_dyad_counts}


def rows_of(dyads: Sequence[Dyad], found: Sequence[Sequence[Event]]) -> Iterator[Row]:
    """Each measure with the names as they are, then with YIELD taken for CONCEDE or RETREAT."""
    pairs = list(zip(dyads, found, strict=True))
    for lenient in (False, True):
        for title, count in COUNTS.items():
            name = f"plover: {title}" + " (YIELD mapped)" * lenient
            yield row_of(name, [count(dyad, events, equals(dyad, lenient)) for dyad, events in pairs])


def measure(bench: Bench) -> Iterator[Row]:
    """All rows."""
    dyads = read_dyads(bench.corpus("plover/dev.jsonl"))
    yield from rows_of(dyads, [find_events(dyad.text, bench) for dyad in dyads])


def main() -> None:
    """Print the rows, and of each root how often it was found."""
    bench = open_bench(options(__doc__).parse_args())
    dyads = read_dyads(bench.corpus("plover/dev.jsonl"))
    found = [find_events(dyad.text, bench) for dyad in dyads]
    print_rows(rows_of(dyads, found))
    for root in sorted({dyad.root for dyad in dyads}):
        pairs = [(d, e) for d, e in zip(dyads, found, strict=True) if d.root == root]
        hit = sum(root_counts(d, e, equals(d, True)).right for d, e in pairs)
        print(f"  {root:10} {len(pairs):4} sentences, root found in {100 * hit / len(pairs):.0f} %")


if __name__ == "__main__":
    main()
