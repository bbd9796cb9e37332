"""Two names in two articles: one thing or two? Pairs written for this project (`tests/data/name_pairs.tsv`).

    python -m benchmarks.quality.name_pairs

Each pair is resolved alone, as two articles that say nothing but the names. A pair that is one counts as right if the
names come to one node; precision under 100 % means a false merge.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality.measures import Counts, Row, row_of
from benchmarks.quality.parsing import Bench, open_bench, options
from benchmarks.quality.table import print_rows
from kg.entities import make_entity
from kg.mentions import Candidate, gazetted
from kg.model import Document, Entity, EntityType, Extraction, Mention, Node
from kg.resolve import resolve
from kg.resources import Resources

FILE = "tests/data/name_pairs.tsv"
PAIRS = Path(__file__).parent.parent.parent / FILE
KINDS: dict[str, tuple[EntityType, str]] = {
    "P": ("Person", "PERSON"),
    "O": ("Organization", "ORG"),
    "C": ("Country", "LOC"),
    "L": ("Place", "LOC"),
}


class Pair(NamedTuple):
    """Two names, each with the country that its article gives, and whether they are one."""

    kind: str
    left: str
    right: str
    same: bool


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """The table."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    return [Pair(kind, left, right, same == "1") for kind, left, right, same in lines]


def entity(kind: str, text: str, resources: Resources) -> Entity:
    """The entity of an article that has nothing but this name."""
    name, _, country = (part.strip() for part in text.partition("@"))
    type_, label = KINDS[kind]
    entry = gazetted(name, label, resources.words)
    candidate = Candidate(
        0, 1, 0, "name", entry.type if entry else type_, entry.subtype if entry else None, name, country or None,
        entry.id if entry else None, False, True, None, None,
    )  # fmt: skip
    return make_entity("e1", [candidate], resources.gazetteer, None, [])


def article(number: int, *entities: Entity) -> Extraction:
    """An article in which each entity is mentioned once."""
    numbered = [replace(e, id=f"e{n}") for n, e in enumerate(entities, 1)]
    mentions = tuple(Mention(n, n + 1, e.label, e.type, "name", e.id) for n, e in enumerate(numbered))
    return Extraction(Document(f"d{number:06}", "", "", ""), mentions, tuple(numbered), ())


def nodes_of(*entities: Entity, resources: Resources) -> tuple[Node, ...]:
    """The nodes of as many articles."""
    return resolve([article(n, e) for n, e in enumerate(entities)], resources.gazetteer)


def merged(resources: Resources) -> dict[Pair, bool]:
    """Whether each pair comes to one node."""
    found = {}
    for pair in read_pairs():
        both = (entity(pair.kind, name, resources) for name in (pair.left, pair.right))
        found[pair] = len(nodes_of(*both, resources=resources)) == 1
    return found


def row_of_pairs(found: Mapping[Pair, bool]) -> Row:
    """Pairs that are one against pairs that were merged."""
    return row_of("name pairs", [Counts(one and pair.same, one, pair.same) for pair, one in found.items()])


def measure(bench: Bench) -> Iterator[Row]:
    """The one row."""
    yield row_of_pairs(merged(bench.resources))


def main() -> None:
    """Print the pairs that were judged wrongly, and the row."""
    found = merged(open_bench(options(__doc__, corpora=False).parse_args()).resources)
    for pair, one in found.items():
        if one != pair.same:
            print(f"{'wrongly merged' if one else 'kept apart':14}  {pair.left}  |  {pair.right}")
    print_rows([row_of_pairs(found)])


if __name__ == "__main__":
    main()
