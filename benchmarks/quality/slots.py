"""What fills the slots: semantic roles alone, the tree alone, or both, on the PLOVER development sentences.

python -m benchmarks.quality.slots --corpora ../shared/corpora
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest import mock

from benchmarks.quality.measures import row
from benchmarks.quality.parsing import keeping_parser
from benchmarks.quality.plover import equals, find_events, read_dyads, root_counts, triple_counts


@contextmanager
def sources(which: str) -> Iterator[None]:
    """Slots filled from `both`, from semantic `roles` alone, or from the `tree` alone."""
    without = {"roles": "kg.frames._by_tree", "tree": "kg.frames.predicates"}.get(which)
    with mock.patch(without, return_value=()) if without else nullcontext():
        yield


def main() -> None:
    """Print the three settings side by side."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="folder for parses kept between runs")
    arguments = parser.parse_args()
    pipeline, resources = keeping_parser(arguments.keep)
    dyads = read_dyads(arguments.corpora / "dev" / "plover" / "dev.jsonl")
    for which in ("roles", "tree", "both"):
        with sources(which):
            found = [find_events(dyad.text, pipeline, resources) for dyad in dyads]
        pairs = list(zip(dyads, found, strict=True))
        print(row(f"{which}: root", [root_counts(d, e, equals(d, True)) for d, e in pairs]))
        print(row(f"{which}: source, root, target", [triple_counts(d, e, equals(d, True)) for d, e in pairs]))


if __name__ == "__main__":
    main()
