"""The command line: each command is a library call of the same name. Results go to stdout, problems to stderr.

Exit status: 0 all well, 1 nothing could be done or a check failed, 2 wrong usage.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from kg import __version__
from kg.errors import InputError, KgError
from kg.vocabulary import DATA

OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    show_default=True,
    help="Folder of the graph.",
)
OVERLAY = click.option(
    "--ontology",
    "overlay",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with Turtle files of your own, laid over ours.",
)
STRICT = click.option("--strict", is_flag=True, help="Exit with status 1 if any source gave no article.")


def problem(message: object) -> None:
    """Tell the user what went wrong, on stderr. Control characters of a file's name don't reach the terminal."""
    text = "".join(c if c.isprintable() else "?" for c in str(message))
    click.echo(f"kg: {text}", err=True)


def reports_errors(command: Callable[..., None]) -> Callable[..., None]:
    """A command that ends with one clear line and status 1 where the input or the environment is at fault."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except KgError as error:
            problem(error)
            sys.exit(1)
        except KeyboardInterrupt:
            problem("stopped; what was extracted so far is kept, run the same command to go on")
            sys.exit(1)
        except BrokenPipeError:
            # The reader of a pipe (head) has seen enough.
            sys.stderr.close()
            sys.exit(0)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="kg")
def main() -> None:
    """News articles in, an evidenced knowledge graph out."""


@main.command()
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
@STRICT
@reports_errors
def build(
    sources: tuple[Path, ...], output: Path, overlay: Path | None, base: str, jobs: int, speakers: int, strict: bool
) -> None:
    """Build the graph of SOURCES (files and folders of articles; default: sources/)."""
    from kg.facts import AssertionRule
    from kg.pipeline import BuildOptions
    from kg.pipeline import build as run

    options = BuildOptions(overlay, checked_base(base), jobs, AssertionRule(speakers=speakers))
    with _progress() as bar:
        task = bar.add_task("reading", total=None)

        def advance(done: int, total: int, source: str) -> None:
            bar.update(task, completed=done, total=total, description=printable(source)[-40:] or "extracting")

        result = run(list(sources) or [Path("sources")], output, options, advance)
    for error in result.problems:
        problem(error)
    if not result.graph.documents:
        problem("nothing to build: no article could be read")
        sys.exit(1)
    summary(result.graph, result.cached, len(result.problems), output)
    if strict and result.problems:
        sys.exit(1)


def checked_base(base: str) -> str:
    """A base IRI that data can be named below. Raises click.BadParameter for anything else."""
    from kg.rdf import safe_url

    if safe_url(base) != base or base[-1] not in "/#":
        raise click.BadParameter(f"{base!r} is no http(s) IRI that ends in / or #", param_hint="--base")
    return base


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


def printable(text: str) -> str:
    """A text without control characters, for the terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def summary(graph: Any, cached: int, skipped: int, output: Path) -> None:
    """What was read, found and skipped."""
    from collections import Counter

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


@main.command()
@click.argument("query")
@OUTPUT
@click.option(
    "--format",
    "format_",
    type=click.Choice(["table", "json", "csv", "tsv", "xml", "ttl", "nt"]),
    default="table",
    show_default=True,
    help="Form of the result.",
)
@click.option("--base", default=DATA, show_default=True, help="Base IRI of the data, as given to kg build.")
@reports_errors
def query(query: str, output: Path, format_: str, base: str) -> None:
    """Run a SPARQL QUERY (text, a .rq file, or - for stdin) over the graph. Prefixes kg:, rel:, ent:, skos: ... are
    known."""
    from kg.query import Rows, run_query, serialise_query
    from kg.store import open_store

    text = query_text(query)
    store = open_store(output)
    if format_ != "table":
        sys.stdout.buffer.write(serialise_query(store, text, format_, checked_base(base)))
        return
    result = run_query(store, text, checked_base(base))
    if isinstance(result, Rows):
        print_rows(result)
    elif isinstance(result, bool):
        click.echo("yes" if result else "no")
    else:
        sys.stdout.buffer.write(serialise_query(store, text, "ttl", base))


def query_text(argument: str) -> str:
    """The query that an argument gives: itself, a file's content, or stdin's."""
    if argument == "-":
        return sys.stdin.read()
    if argument.endswith((".rq", ".sparql")):
        try:
            return Path(argument).read_text(encoding="utf8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(argument, f"can't be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    return argument


def print_rows(result: Any) -> None:
    """Rows as a table; plain tab-separated lines where stdout is no terminal."""
    from kg.query import known_prefixes, short

    known = known_prefixes()
    console = Console()
    if not console.is_terminal:
        click.echo("\t".join(result.variables))
        for row in result.rows:
            click.echo("\t".join(printable(short(term, known)) for term in row))
        return
    table = Table(*result.variables, caption=f"{len(result.rows)} rows", header_style="bold")
    for row in result.rows:
        from rich.text import Text

        table.add_row(*(Text(printable(short(term, known))) for term in row))
    console.print(table)


@main.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    expose_value=False,
    help="Form of the records.",
)
@click.option("--raw", is_flag=True, help="Don't clean the texts: offsets then fit the input.")
@OVERLAY
@STRICT
@reports_errors
def extract(sources: tuple[Path, ...], raw: bool, overlay: Path | None, strict: bool) -> None:
    """Print the extraction of each article of SOURCES as one line of JSON."""
    from kg.extract import extract_document
    from kg.parse import load_parser
    from kg.pipeline import read_documents
    from kg.records import public_record
    from kg.resources import load_resources

    documents, problems = read_documents(sources, overlay, raw)
    resources = load_resources(overlay)
    parser = load_parser(resources.lexicon)
    for document in documents:
        click.echo(json.dumps(public_record(extract_document(document, parser, resources)), ensure_ascii=False))
    report(problems, bool(documents), strict)


def report(problems: Sequence[InputError], any_done: bool, strict: bool) -> None:
    """Tell of sources that gave no article, and end with status 1 if none did, or any didn't and `strict` is set."""
    for error in problems:
        problem(error)
    if not any_done or (strict and problems):
        sys.exit(1)
