"""What commands share: options, how problems are told, what is safe to print."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from kg.errors import InputError, KgError

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
CORRECTIONS = click.option(
    "--corrections",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("corrections.txt"),
    show_default=True,
    help="File of your corrections.",
)
STRICT = click.option("--strict", is_flag=True, help="Exit with status 1 if any source gave no article.")


def problem(message: object) -> None:
    """Tell the user what went wrong, on stderr. Control characters of a file's name don't reach the terminal."""
    click.echo(f"kg: {printable(str(message))}", err=True)


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


def report(problems: Sequence[InputError], any_done: bool, strict: bool) -> None:
    """Tell of sources that gave no article, and end with status 1 if none did, or any didn't and `strict` is set."""
    for error in problems:
        problem(error)
    if not any_done or (strict and problems):
        sys.exit(1)


def printable(text: str) -> str:
    """A text without control characters, for the terminal."""
    return "".join(c if c.isprintable() else "?" for c in text)


def checked_base(base: str) -> str:
    """A base IRI that data can be named below. Raises click.BadParameter for anything else."""
    from kg.rdf import safe_url

    if safe_url(base) != base or base[-1] not in "/#":
        raise click.BadParameter(f"{base!r} is no http(s) IRI that ends in / or #", param_hint="--base")
    return base
