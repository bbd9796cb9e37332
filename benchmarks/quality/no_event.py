"""Events out of nothing: the share of sentences without an event that yield an asserted one.

    python -m benchmarks.quality.no_event

A sentence counts if a statement of an event family (the 16 PLOVER types or TRADE) comes out of it that is positive,
actual and in the article's own voice. States and reports don't count.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.quality.measures import Counts, bootstrap, precision
from benchmarks.quality.parsing import keeping_parser
from benchmarks.quality.plover import STATES
from kg.extract import extract_document
from kg.model import Document, Extraction, Statement

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


def main() -> None:
    """Print the sentences that yield an event, and their share with its interval."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--keep", type=Path, help="folder for parses kept between runs")
    pipeline, resources = keeping_parser(parser.parse_args().keep)
    hits: list[Counts] = []
    for text in read_sentences():
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        found = extract_document(Document("x", "x", text, sha256, published=PUBLISHED), pipeline, resources)
        events = sorted({described(statement, found) for statement in asserted_events(found)})
        hits.append(Counts(bool(events), 1, 0))
        if events:
            print(f"{text}\n    {'; '.join(events)}")
    print(f"share of {len(hits)} sentences without an event that yield one: {bootstrap(hits, precision)} %")


if __name__ == "__main__":
    main()
