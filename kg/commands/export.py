"""`kg export`: the graph in the formats of other tools."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.common import OUTPUT, reports_errors
from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.export import ExportFormat

# As kg.export.FORMATS, which would import RDF and networkx to print a help text.
FORMATS = ("ttl", "nt", "trig", "jsonld", "rdfxml", "ttl12", "graphml", "gexf", "csv", "jsonl")
DAY = click.DateTime(["%Y-%m-%d"])


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
@click.option("--about", multiple=True, metavar="ENTITY", help="Only what is near this entity (several: any of them).")
@click.option("--hops", type=click.IntRange(0), default=1, show_default=True, help="How near.")
@click.option("--since", type=DAY, help="Only what happened, or else was published, on this day or later.")
@click.option("--until", type=DAY, help="Only what happened, or else was published, on this day or earlier.")
@click.option("--relation", "relations", multiple=True, help="Only this relation or family (several: any of them).")
@click.option("--asserted-only", is_flag=True, help="Only what the graph holds as a fact.")
@reports_errors
def export(
    format_: ExportFormat,
    output: Path,
    target: Path,
    about: tuple[str, ...],
    hops: int,
    since: datetime | None,
    until: datetime | None,
    relations: tuple[str, ...],
    asserted_only: bool,
) -> None:
    """Write the graph, or a part of it, for other tools: RDF (ttl, nt, trig, jsonld, rdfxml, ttl12), networks (graphml,
    gexf) or tables with a row for each statement (csv, jsonl)."""
    from kg.export import Material, Part
    from kg.export import export as run
    from kg.saved import saved_build

    saved = saved_build(output)
    first, last = since.date() if since else None, until.date() if until else None
    part = Part(about, hops, first, last, relations, asserted_only)
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
