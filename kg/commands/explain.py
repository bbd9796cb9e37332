"""`kg explain`: what stands behind a statement, an entity, an article; what a sentence gives and why not more."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from kg.commands.common import OUTPUT, OVERLAY, printable, problem, reports_errors
from kg.errors import InputError, KgError, StoreError

# A text of at most so many words may be a misspelt name.
NAME_WORDS = 4


@click.command()
@click.argument("what", metavar="STATEMENT|ENTITY|ARTICLE|TEXT")
@OUTPUT
@OVERLAY
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day a text was published.")
@reports_errors
def explain(what: str, output: Path, overlay: Path | None, day: datetime | None) -> None:
    """Tell why: the words, frame and speaker behind a STATEMENT; the names, mentions and merges of an ENTITY; what an
    ARTICLE says sentence by sentence; what a TEXT in quotation marks (or - for stdin) gives, and why its other verbs
    give nothing."""
    if not what.strip():
        raise click.BadParameter(
            "give the id or name of something, or a text", param_hint="STATEMENT|ENTITY|ARTICLE|TEXT"
        )
    # Bytes of an argument that are no UTF-8 come as surrogates.
    _decoded(what.encode("utf8", "surrogateescape"), "the argument")
    lines = None if what == "-" else _of_graph(what, output)
    if lines is None:
        lines = _of_text(_stdin() if what == "-" else what, overlay, day)
    for line in lines:
        click.echo(printable(line))


def _stdin() -> str:
    return _decoded(sys.stdin.buffer.read(), "stdin")


def _decoded(raw: bytes, source: str) -> str:
    try:
        return raw.decode("utf8")
    except UnicodeDecodeError as error:
        raise InputError(source, "not UTF-8") from error


def _of_graph(what: str, output: Path) -> list[str] | None:
    """What the graph tells of a name; None where it has no such thing and the name may be a text."""
    from kg.explain import explain as run
    from kg.explain import find_target, load_corpus, nearest
    from kg.saved import NOTE

    may_be_text = len(what.split()) > 1
    try:
        corpus = load_corpus(output)
    except StoreError as error:
        if not may_be_text:
            raise
        if (output / NOTE).exists():
            problem(f"{error}; taken as a text")
        return None
    target = find_target(what, corpus.graph, corpus.base)
    if target is not None:
        return run(target, corpus)
    near = nearest(what, corpus.graph)
    if may_be_text:
        if near and len(what.split()) <= NAME_WORDS:
            problem(f"taken as a text; nearest in the graph: {', '.join(near)}")
        return None
    hint = f"did you mean {', '.join(near)}?" if near else "a text has several words: put it in quotation marks"
    raise KgError(f"nothing is called {what!r}: no statement, entity or article ({hint})")


def _of_text(text: str, overlay: Path | None, day: datetime | None) -> list[str]:
    from kg.datafiles import default_folder
    from kg.explain import explain_text, text_document
    from kg.parse import load_parser
    from kg.resources import load_resources

    if not text.strip():
        raise InputError("text", "is empty")
    resources = load_resources(overlay)
    folders = (default_folder(), *([overlay] if overlay else []))
    document = text_document(text, day.date() if day else None)
    return explain_text(document, load_parser(resources.lexicon), resources, folders)
