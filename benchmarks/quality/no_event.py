"""Events out of nothing: the share of sentences without an event that yield an asserted one.

    python -m benchmarks.quality.no_event

A sentence counts if a statement of an event family (the 16 PLOVER types or TRADE) comes out of it that is positive,
actual and in the article's own voice. States and reports don't count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from benchmarks.quality.measures import Counts, Row, share_of
from benchmarks.quality.parsing import Bench, open_bench, options
from benchmarks.quality.plover import STATES
from benchmarks.quality.table import print_rows
from kg.model import Extraction, Statement

SENTENCES = Path(__file__).with_name("no_event.txt")
PUBLISHED = date(2022, 7, 20)


def read_sentences(path: Path = SENTENCES) -> list[str]:
    """The sentences of a file, one a line; lines with `#` are comments."""
    return [line for line in path.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]


def asserted_events(extraction: Extraction) -> Iterator[Statement]:
    """The statements that tell an event as a fact in the article's own voice."""
    for statement in extraction.statements:
        sure = statement.polarity == "positive" and statement.modality == "actual"
        if sure and statement.attributed_to is None and statement.family not in STATES:
            yield statement


def described(statement: Statement, extraction: Extraction) -> str:
    """Subject, relation and object of a statement in words."""
    label = {entity.id: entity.label for entity in extraction.entities}
    return " ".join(filter(None, (label[statement.subject], statement.relation, label.get(statement.object or ""))))


def events_in(bench: Bench) -> dict[str, list[str]]:
    """The asserted events of each sentence, in words."""
    found = {}
    for text in read_sentences():
        extraction = bench.extract(text, PUBLISHED)
        found[text] = sorted({described(statement, extraction) for statement in asserted_events(extraction)})
    return found


def row_of_events(events: Mapping[str, list[str]]) -> Row:
    """The share of sentences with an event."""
    counts = [Counts(bool(found), 1, 0) for found in events.values()]
    return share_of("no event: sentences that yield one", counts, falling=True)


def measure(bench: Bench) -> Iterator[Row]:
    """The one row."""
    yield row_of_events(events_in(bench))


def main() -> None:
    """Print the sentences that yield an event, and their share with its interval."""
    events = events_in(open_bench(options(__doc__, corpora=False).parse_args()))
    for text, found in events.items():
        if found:
            print(f"{text}\n    {'; '.join(found)}")
    print_rows([row_of_events(events)])


if __name__ == "__main__":
    main()
