"""`kg export`: the graph in the formats of other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.common import OUTPUT, reports_errors
from kg.commands.selecting import selects_part
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.export import ExportFormat, Part

# As kg.export.FORMATS, which would import RDF and networkx to print a help text.
FORMATS = ("ttl", "nt", "trig", "jsonld", "rdfxml", "ttl12", "owl", "graphml", "gexf", "csv", "jsonl")


@click.command()
@click.option("--to", "format_", type=click.Choice(FORMATS), required=True, help="Format.")
@OUTPUT
@click.option(
    "-f",
    "--file",
    "target",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    default="-",
    show_default="stdout",
    help="File to write.",
)
@selects_part
@reports_errors
def export(format_: ExportFormat, output: Path, target: Path, part: Part) -> None:
    """Write the graph, or a part of it, for other tools: RDF (ttl, nt, trig, jsonld, rdfxml, ttl12, owl), networks (graphml,
    gexf) or tables with a row for each statement (csv, jsonl). Conditions combine; --about and --relation may be given more
    than once."""
    from kg.export import Material
    from kg.export import export as run
    from kg.saved import saved_build

    saved = saved_build(output)
    write(run(Material(saved.graph, saved.resources.ontology, saved.base), format_, part), target)


def write(content: bytes, target: Path) -> None:
    """Write to a file, whole or not at all, or to stdout for `-`. Raises StoreError if the file can't be written."""
    if str(target) == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    temporary = target.with_name(f".{target.name}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(target)
    except OSError as error:
        raise StoreError(f"{target}: can't be written: {error.strerror}") from error
