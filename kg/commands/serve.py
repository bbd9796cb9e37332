"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.common import OUTPUT, reports_errors


@click.command()
@OUTPUT
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at; 0.0.0.0 for every one.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 for any free one."
)
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(0, min_open=True, max=86400),
    help="Seconds that a query may run.",
)
@click.option(
    "--max-rows", default=100_000, show_default=True, type=click.IntRange(1), help="Rows that a query may give."
)
@click.option("--memory", default=1024, show_default=True, type=click.IntRange(128), help="MiB that a query may use.")
@click.option("--workers", default=4, show_default=True, type=click.IntRange(1, 64), help="Queries that run at a time.")
@click.option(
    "--name", "names", multiple=True, help="Host name under which browsers reach the server (may be repeated)."
)
@click.option("--scratch", is_flag=True, help="Carry out updates on a copy that is thrown away at the end.")
@reports_errors
def serve(
    output: Path,
    host: str,
    port: int,
    timeout: float,
    max_rows: int,
    memory: int,
    workers: int,
    names: tuple[str, ...],
    scratch: bool,
) -> None:
    """Serve the graph: SPARQL at /sparql, a query editor, pages for entities, and the graph page. Read-only, but for a
    scratch copy."""
    from kg.serve import serve as run
    from kg.serve.options import ServeOptions

    options = ServeOptions(host, port, timeout, max_rows, memory, workers, names, scratch)
    what = f"a scratch copy of {output}" if scratch else str(output)
    run(output, options, lambda address: click.echo(f"Serving {what} at {address} (Ctrl-C stops it)"))
