"""`kg check`: whether the graph keeps to its shapes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.commands.common import OUTPUT, printable, reports_errors


@click.command()
@OUTPUT
@click.option("--shacl", is_flag=True, help="By pySHACL instead of SPARQL: for small graphs, or a second opinion.")
@reports_errors
def check(output: Path, shacl: bool) -> None:
    """Check the graph against its shapes (ontology/shapes.ttl): every statement has its sentence and offsets, nothing is
    asserted without a reason, nothing is named that isn't there. Exit status 1 if anything is wrong."""
    from kg.check import check_output, summary

    found, triples = check_output(output, shacl)
    for line in summary(found):
        click.echo(printable(line))
    if found:
        sys.exit(1)
    click.echo(f"{triples} triples: every constraint holds")
