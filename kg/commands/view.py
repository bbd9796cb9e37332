"""`kg view`: the page of a part of the graph."""

from __future__ import annotations

import webbrowser
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.commands.common import OUTPUT, printable, problem, reports_errors
from kg.errors import KgError, StoreError

if TYPE_CHECKING:
    from kg.model import KnowledgeGraph
    from kg.ontology import Ontology

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--about", multiple=True, metavar="NAME", help="An entity (name, alias or id) and what is around it.")
@click.option("--hops", type=click.IntRange(0), default=1, show_default=True, help="How far around.")
@click.option("--since", type=DAY, help="First day: of the event where it is known, else of the article.")
@click.option("--until", type=DAY, help="Last day.")
@click.option("--relation", "relations", multiple=True, metavar="NAME", help="A relation or family (met, TRADE).")
@click.option("--asserted-only", is_flag=True, help="Without claims, plans, possibilities and denials.")
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
def view(
    about: tuple[str, ...],
    hops: int,
    since: datetime | None,
    until: datetime | None,
    relations: tuple[str, ...],
    asserted_only: bool,
    top: int | None,
    open_: bool,
    output: Path,
    file: Path | None,
) -> None:
    """Make the page of a part of the graph that `kg build` has written. Conditions combine; --about and --relation may be
    given more than once."""
    from kg.saved import saved_build
    from kg.view import overflow, page_options, render_page, select

    first, last = since.date() if since else None, until.date() if until else None
    if first and last and first > last:
        raise click.BadParameter(f"{last} is before {first}", param_hint="--until")
    saved = saved_build(output)
    names = [relation_name(saved.resources.ontology, name) for name in relations]
    part = select(
        saved.graph,
        about=about,
        hops=hops,
        since=first,
        until=last,
        relations=names,
        asserted_only=asserted_only,
        top=top,
    )
    if not part.facts:
        raise KgError("no statement is left: ask for less (fewer conditions, more --hops)")
    page, options = file or output / "view.html", page_options(saved.resources.ontology, saved.base)
    write_page(page, render_page(part, title(about, first, last), options))
    summary(part, page)
    if left_out := overflow(part, options, page.name):
        problem(left_out)
    if open_ and not webbrowser.open(page.resolve().as_uri()):
        problem(f"no browser could be started: open {page} yourself")


def relation_name(ontology: Ontology, name: str) -> str:
    """The relation or family that a user means: by its name or label, whatever case. Raises KgError with the nearest if there is none."""
    from difflib import get_close_matches

    from kg.vocabulary import OPEN_FAMILY

    known = {OPEN_FAMILY.casefold(): OPEN_FAMILY}
    for relation in ontology.relations.values():
        for word, meant in ((relation.family, relation.family), (relation.label, relation.name)):
            known.setdefault(word.casefold(), meant)
    known |= {relation.casefold(): relation for relation in ontology.relations}
    if (found := known.get(name.casefold())) is not None:
        return found
    close = get_close_matches(name.casefold(), known, n=3)
    nearest = (
        f"did you mean {', '.join(dict.fromkeys(known[word] for word in close))}?" if close else "see ontology/kg.ttl"
    )
    raise KgError(f"no relation or family is called {name!r} ({nearest})")


def title(about: tuple[str, ...], since: date | None, until: date | None) -> str:
    """What stands above the page: whom it is about and when."""
    days = [f"since {since}" if since else "", f"until {until}" if until else ""]
    return " ".join([", ".join(about) or "Knowledge graph", *filter(None, days)])


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
