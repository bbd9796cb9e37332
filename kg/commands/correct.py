"""`kg merge`, `split`, `rename`, `type`, `link`, `reject`, `forget`: add a line to the file of corrections."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.common import CORRECTIONS, printable, reports_errors


def _add(path: Path, command: str, words: list[str], article: str | None = None) -> None:
    from kg.corrections import append_correction

    line = append_correction(path, command, words, article)
    click.echo(f"{printable(str(path))}: {printable(line)} (the next `kg build` obeys it)")


@click.command()
@click.argument("name")
@click.argument("same_as")
@CORRECTIONS
@reports_errors
def merge(name: str, same_as: str, corrections: Path) -> None:
    """NAME and SAME_AS are one thing, called as the second."""
    _add(corrections, "merge", [name, same_as])


@click.command()
@click.argument("name")
@click.argument("other", required=False)
@click.option("--in", "article", help="Take the entity of this article (id, source or URL) out instead.")
@CORRECTIONS
@reports_errors
def split(name: str, other: str | None, article: str | None, corrections: Path) -> None:
    """NAME and OTHER are never one thing; or, with --in, the NAME of an article is a thing of its own."""
    if (other is None) == (article is None):
        raise click.UsageError("give a second name, or an article with --in")
    _add(corrections, "split", [name] if other is None else [name, other], article)


@click.command()
@click.argument("name")
@click.argument("new_name")
@CORRECTIONS
@reports_errors
def rename(name: str, new_name: str, corrections: Path) -> None:
    """Call NAME by NEW_NAME."""
    _add(corrections, "rename", [name, new_name])


@click.command("type")
@click.argument("name")
@click.argument("type_", metavar="TYPE")
@CORRECTIONS
@reports_errors
def set_type(name: str, type_: str, corrections: Path) -> None:
    """Say what NAME is: Person, Organization, Organization/Company, Country, Place, Group, Item, Event, Agreement."""
    _add(corrections, "type", [name, type_])


@click.command()
@click.argument("name")
@click.argument("iri")
@CORRECTIONS
@reports_errors
def link(name: str, iri: str, corrections: Path) -> None:
    """Link NAME to an IRI (of Wikidata, say), or to none."""
    _add(corrections, "link", [name, iri])


@click.command()
@click.argument("statement")
@CORRECTIONS
@reports_errors
def reject(statement: str, corrections: Path) -> None:
    """Leave a STATEMENT (its id or IRI) out of the graph."""
    _add(corrections, "reject", [statement])


@click.command()
@click.argument("article")
@CORRECTIONS
@reports_errors
def forget(article: str, corrections: Path) -> None:
    """Leave an ARTICLE (its id, source or URL) out, with all that it says."""
    _add(corrections, "forget", [article])


COMMANDS = (merge, split, rename, set_type, link, reject, forget)
