"""`kg push`: the graph into another SPARQL server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.common import OUTPUT, problem, reports_errors

if TYPE_CHECKING:
    from kg.push.options import Protocol


@click.command()
@click.argument("url")
@OUTPUT
@click.option(
    "--graph", metavar="IRI", help="Named graph to replace on the server.  [default: `graph` below the data's base]"
)
@click.option(
    "--protocol",
    type=click.Choice(["auto", "graph-store", "update"]),
    default="auto",
    show_default=True,
    help="What URL takes: whole graphs (Graph Store Protocol) or SPARQL updates.",
)
@click.option("--update", metavar="URL", help="Address for SPARQL updates, if URL is a graph store: loads in pieces.")
@click.option("--query", metavar="URL", help="Address for SPARQL queries: to count what arrived.")
@click.option("--chunk", default=2000, show_default=True, type=click.IntRange(1), help="Triples in a request.")
@click.option(
    "--timeout",
    default=300.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True),
    help="Seconds that a request may take.",
)
@reports_errors
def push(
    url: str,
    output: Path,
    graph: str | None,
    protocol: Protocol,
    update: str | None,
    query: str | None,
    chunk: int,
    timeout: float,
) -> None:
    """Load the graph into the SPARQL 1.1 server at URL, in place of what its named graph held.

    Credentials come from KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN.
    """
    from kg.push import PushOptions
    from kg.push import push as run
    from kg.push.options import credentials

    options = PushOptions(graph, protocol, update, query, chunk, timeout)
    done = run(output, url, options, credentials(os.environ), tell=problem)
    resumed = f", {done.resumed:,} of them sent before" if done.resumed else ""
    click.echo(f"{done.triples:,} triples in <{done.graph}> ({done.how}{resumed})")
