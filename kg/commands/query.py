"""`kg query`: SPARQL over the graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kg.commands.common import OUTPUT, checked_base, printable, reports_errors
from kg.errors import InputError
from kg.vocabulary import DATA

if TYPE_CHECKING:
    from kg.query import Rows


@click.command()
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


def print_rows(result: Rows) -> None:
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
        table.add_row(*(Text(printable(short(term, known))) for term in row))
    console.print(table)
