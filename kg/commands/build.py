"""`kg build`: articles in, a graph out."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from kg.commands.common import CORRECTIONS, OUTPUT, OVERLAY, STRICT, checked_base, printable, problem, reports_errors
from kg.model import KnowledgeGraph
from kg.vocabulary import DATA


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@OUTPUT
@OVERLAY
@click.option("--base", default=DATA, show_default=True, help="Base IRI of the data.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that extract.")
@click.option(
    "--speakers",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Independent speakers who make a claim a fact.",
)
@CORRECTIONS
@STRICT
@reports_errors
def build(
    sources: tuple[Path, ...],
    output: Path,
    overlay: Path | None,
    base: str,
    jobs: int,
    speakers: int,
    corrections: Path,
    strict: bool,
) -> None:
    """Build the graph of SOURCES (files and folders of articles; default: sources/)."""
    from kg.facts import AssertionRule
    from kg.pipeline import BuildOptions
    from kg.pipeline import build as run
    from kg.view import overflow

    options = BuildOptions(overlay, checked_base(base), jobs, AssertionRule(speakers=speakers), corrections=corrections)
    with _progress() as bar:
        task = bar.add_task("reading", total=None)

        def advance(done: int, total: int, source: str) -> None:
            bar.update(task, completed=done, total=total, description=printable(source)[-40:] or "extracting")

        result = run(list(sources) or [Path("sources")], output, options, advance)
    for error in result.problems:
        problem(error)
    for line in result.unused:
        problem(line)
    if not result.graph.documents:
        problem("nothing to build: no article could be read")
        sys.exit(1)
    summary(result.graph, result.cached, len(result.problems), output)
    if left_out := overflow(result.graph):
        problem(left_out)
    if strict and result.problems:
        sys.exit(1)


def _progress() -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


def summary(graph: KnowledgeGraph, cached: int, skipped: int, output: Path) -> None:
    """What was read, found and skipped."""
    facts = graph.facts
    asserted = sum(f.asserted for f in facts)
    claims = sum(f.statement.attributed_to is not None for f in facts)
    kinds = Counter(n.type for n in graph.nodes)
    origins = len(set(graph.origin_of.values()))
    click.echo(f"{len(graph.documents)} articles ({origins} independent, {cached} from the cache), {skipped} skipped")
    click.echo(
        f"{len(graph.nodes)} entities: "
        + ", ".join(f"{n} {kind}" for kind, n in sorted(kinds.items(), key=lambda p: (-p[1], p[0])))
    )
    click.echo(f"{len(facts)} statements: {asserted} asserted, {claims} somebody's claim")
    click.echo(f"written to {output}/: graph.html (open it), graph.ttl, store/ (kg query)")
