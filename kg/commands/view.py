"""`kg view`: the page of a part of the graph."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.common import OUTPUT, printable, problem, reports_errors
from kg.commands.selecting import selects_part
from kg.errors import KgError, StoreError

if TYPE_CHECKING:
    from kg.export import Part
    from kg.model import KnowledgeGraph


@click.command()
@selects_part
@click.option("--top", type=click.IntRange(1), help="Only that many of the best-evidenced entities.")
@click.option("--open", "open_", is_flag=True, help="Open the page in the browser.")
@OUTPUT
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The page [default: view.html in the folder].",
)
@reports_errors
def view(part: Part, top: int | None, open_: bool, output: Path, file: Path | None) -> None:
    """Make the page of a part of the graph that `kg build` has written. Conditions combine; --about and --relation may be
    given more than once."""
    from kg.export import Material, chosen
    from kg.saved import saved_build
    from kg.view import overflow, page_options, render_page

    saved = saved_build(output)
    shown = chosen(Material(saved.graph, saved.resources.ontology, saved.base), part, top)
    if not shown.facts:
        raise KgError("no statement is left: ask for less (fewer conditions, more --hops)")
    page, options = file or output / "view.html", page_options(saved.resources.ontology, saved.base)
    write_page(page, render_page(shown, title(part), options))
    summary(shown, page)
    if left_out := overflow(shown, options, page.name):
        problem(left_out)
    if open_ and not webbrowser.open(page.resolve().as_uri()):
        problem(f"no browser could be started: open {page} yourself")


def title(part: Part) -> str:
    """What stands above the page: whom it is about and when."""
    days = [f"since {part.since}" if part.since else "", f"until {part.until}" if part.until else ""]
    return " ".join([", ".join(part.about) or "Knowledge graph", *filter(None, days)])


def write_page(path: Path, html: str) -> None:
    """Write a page, in place of the old one when complete. Raises StoreError when it can't be written."""
    temporary = path.with_name(f"{path.name}.tmp")
    try:
        temporary.write_text(html, encoding="utf8")
        temporary.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: can't be written: {error.strerror}") from error


def summary(part: KnowledgeGraph, page: Path) -> None:
    """What the page holds."""
    counts = f"{len(part.nodes)} entities, {len(part.facts)} statements, {len(part.documents)} articles"
    click.echo(f"{printable(str(page))}: {counts}")
