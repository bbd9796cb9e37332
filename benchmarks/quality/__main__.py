"""All measures of quality in one table.

    python -m benchmarks.quality --corpora ../shared/corpora [--only plover,carb] [--keep FOLDER] [--json FILE]
    python -m benchmarks.quality --corpora ../shared/corpora --page benchmarks/README.md
    python -m benchmarks.quality --corpora ../shared/corpora --check
    python -m benchmarks.quality --corpora ../shared/corpora --pin [--lower MEASURE]

Without `--corpora` only the measures on sentences and names of our own are taken. Intervals are 95 % bootstrap intervals
over documents (sentences, pairs), in percent. `--check` compares with the pinned floors and fails if one isn't held or
a corpus isn't the one that was pinned.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks.quality import attribution, entities, events, name_pairs, no_event, openie, plover, re3d, suite
from benchmarks.quality.coreference import load_scorer
from benchmarks.quality.floors import (
    FLOORS,
    Measured,
    check,
    corpus_of,
    digest,
    load_floors,
    pin,
    save_floors,
    unpinned,
)  # fmt: skip
from benchmarks.quality.measures import Row
from benchmarks.quality.parsing import Bench, open_bench, read_corpus
from benchmarks.quality.table import as_json, load_aims, print_rows, write_page

ROOT = Path(__file__).parent.parent.parent


class Benchmark(NamedTuple):
    """Measures that are taken together, on files of the corpora's development parts or, `own`, of this repository."""

    name: str
    measure: Callable[[Bench], Iterable[Row]]
    files: tuple[str, ...]
    own: bool = False

    def paths(self, corpora: Path | None) -> dict[str, Path]:
        """The files by the name under which their hash is pinned."""
        folder = ROOT if self.own else (corpora or Path()) / "dev"
        return {file: folder / file for file in self.files}


def measure_meantime(bench: Bench) -> Iterator[Row]:
    """Events, times and coreference of the same articles, read once."""
    reads = read_corpus(bench.corpus("meantime/dev.jsonl"), bench)
    yield from events.rows_of(reads, bench.resources)
    yield from entities.phrase_rows("meantime", load_scorer(bench.corpora), reads)


# The suite's files have no pinned hash: rows are added all the time, and its tests say which may fail.
BENCHMARKS = (
    Benchmark("no_event", no_event.measure, ("benchmarks/quality/no_event.txt",), own=True),
    Benchmark("name_pairs", name_pairs.measure, (name_pairs.FILE,), own=True),
    Benchmark("suite", suite.measure, (), own=True),
    Benchmark("plover", plover.measure, ("plover/dev.jsonl",)),
    Benchmark("polnear", attribution.measure, ("polnear/dev.jsonl",)),
    Benchmark("meantime", measure_meantime, ("meantime/dev.jsonl",)),
    Benchmark("re3d", re3d.measure, ("re3d/dev.jsonl",)),
    Benchmark("carb", openie.measure, ("carb/dev.tsv",)),
    Benchmark("dwie", entities.measure_dwie, ("dwie/dev.jsonl",)),
    Benchmark("gum_news", entities.measure_gum_news, ("gum_news/dev.jsonl",)),
    Benchmark("enww", entities.measure_enww, ("enww/dev.jsonl",)),
)


def chosen(only: str | None, corpora: Path | None) -> list[Benchmark]:
    """The benchmarks to run. Raises ValueError for names that there aren't and for files that are missing."""
    if only is None:
        found = [b for b in BENCHMARKS if b.own or corpora is not None]
    else:
        names = only.split(",")
        unknown = sorted(set(names) - {b.name for b in BENCHMARKS})
        if unknown:
            raise ValueError(
                f"no such benchmark: {', '.join(unknown)}; there are {', '.join(b.name for b in BENCHMARKS)}"
            )
        found = [b for b in BENCHMARKS if b.name in names]
    if corpora is None and not all(b.own for b in found):
        raise ValueError("--corpora FOLDER is needed for " + ", ".join(b.name for b in found if not b.own))
    missing = [str(path) for b in found for path in b.paths(corpora).values() if not path.exists()]
    if missing:
        raise ValueError("not found: " + ", ".join(missing))
    return found


def run(benchmarks: Sequence[Benchmark], bench: Bench) -> Measured:
    """Take the measures; progress goes to standard error. One that breaks is told and doesn't stop the others."""
    rows: list[Row] = []
    files: dict[str, str] = {}
    broken: list[str] = []
    for benchmark in benchmarks:
        start, cpu = time.perf_counter(), time.process_time()
        try:
            rows += list(benchmark.measure(bench))
        except Exception:  # whatever it is, the hour that the others took is not to be lost
            traceback.print_exc()
            broken.append(benchmark.name)
            continue
        files |= {name: digest(path) for name, path in benchmark.paths(bench.corpora).items()}
        seconds = f"{time.perf_counter() - start:.0f} s ({time.process_time() - cpu:.0f} s of CPU)"
        print(f"{benchmark.name}: {seconds}", file=sys.stderr, flush=True)
    return Measured(rows, files, frozenset(corpus_of(row.name) for row in rows), tuple(broken))


def write_json(path: Path, measured: Measured, bench: Bench) -> None:
    """Rows, hashes of the corpora and the model's version."""
    content = {"model": bench.parser.model.version, "files": dict(measured.files), "rows": as_json(measured.rows)}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf8")


def compare(measured: Measured, path: Path = FLOORS) -> int:
    """Check the floors: 1 and a line for each that isn't held, else 0."""
    floors = load_floors(path)
    problems = list(check(measured, floors))
    for line in problems:
        print(line, file=sys.stderr)
    for name in unpinned(measured, floors):
        print(f"{name}: has no floor yet", file=sys.stderr)
    if not problems:
        print("all floors hold", file=sys.stderr)
    return 1 if problems else 0


def parse_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpora", type=Path, help="folder of the corpora")
    parser.add_argument("--only", help="benchmarks, separated by commas: " + ", ".join(b.name for b in BENCHMARKS))
    parser.add_argument("--keep", type=Path, help="folder for parses kept between runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the rows as JSON")
    parser.add_argument("--page", type=Path, metavar="FILE", help="also bring the table of a page up to date")
    parser.add_argument("--check", action="store_true", help="fail if a measure is under its floor")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured now")
    parser.add_argument(
        "--lower", action="append", default=[], metavar="MEASURE", help="with --pin: may lower its floor"
    )
    return parser.parse_args()


def main() -> int:
    """Take the measures, print them, check or pin the floors."""
    arguments = parse_arguments()
    try:
        benchmarks = chosen(arguments.only, arguments.corpora)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    bench = open_bench(arguments)
    measured = run(benchmarks, bench)
    print_rows(measured.rows)
    if arguments.json:
        write_json(arguments.json, measured, bench)
    if arguments.page:
        write_page(arguments.page, measured.rows, load_aims(), date.today())
    unknown = sorted(set(arguments.lower) - {row.name for row in measured.rows} - set(load_floors().bounds))
    if unknown:
        print(f"no such measure: {', '.join(unknown)}", file=sys.stderr)
        return 2
    status = 1 if measured.broken else 0
    if arguments.check:
        status = compare(measured)
    if arguments.pin:
        save_floors(pin(measured, load_floors(), load_aims(), frozenset(arguments.lower)))
    return status


if __name__ == "__main__":
    sys.exit(main())
