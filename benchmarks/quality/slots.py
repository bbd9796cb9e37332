"""What fills the slots: semantic roles alone, the tree alone, or both, on the PLOVER development sentences.

python -m benchmarks.quality.slots --corpora ../shared/corpora
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from unittest import mock

from benchmarks.quality.measures import row_of
from benchmarks.quality.parsing import open_bench, options
from benchmarks.quality.plover import equals, find_events, read_dyads, root_counts, triple_counts
from benchmarks.quality.table import print_rows


@contextmanager
def sources(which: str) -> Iterator[None]:
    """Slots filled from `both`, from semantic `roles` alone, or from the `tree` alone."""
    without = {"roles": "kg.frames._by_tree", "tree": "kg.frames.predicates"}.get(which)
    with mock.patch(without, return_value=()) if without else nullcontext():
        yield


def main() -> None:
    """Print the three settings side by side."""
    bench = open_bench(options(__doc__).parse_args())
    dyads = read_dyads(bench.corpus("plover/dev.jsonl"))
    rows = []
    for which in ("roles", "tree", "both"):
        with sources(which):
            found = [find_events(dyad.text, bench) for dyad in dyads]
        pairs = list(zip(dyads, found, strict=True))
        for title, count in (("root", root_counts), ("source, root, target", triple_counts)):
            rows.append(row_of(f"{which}: {title}", [count(d, e, equals(d, True)) for d, e in pairs]))
    print_rows(rows)


if __name__ == "__main__":
    main()
