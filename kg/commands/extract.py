"""`kg extract`: the record of each article."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.commands.common import OVERLAY, STRICT, report, reports_errors


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["jsonl"]),
    default="jsonl",
    show_default=True,
    expose_value=False,
    help="Form of the records.",
)
@click.option("--raw", is_flag=True, help="Don't clean the texts: offsets then fit the input.")
@OVERLAY
@STRICT
@reports_errors
def extract(sources: tuple[Path, ...], raw: bool, overlay: Path | None, strict: bool) -> None:
    """Print the extraction of each article of SOURCES as one line of JSON."""
    from kg.extract import extract_document
    from kg.parse import load_parser
    from kg.pipeline import read_documents
    from kg.records import public_record
    from kg.resources import load_resources

    resources = load_resources(overlay)
    documents, problems = read_documents(sources, resources.boilerplate, raw)
    parser = load_parser(resources.lexicon)
    for document in documents:
        click.echo(json.dumps(public_record(extract_document(document, parser, resources)), ensure_ascii=False))
    report(problems, bool(documents), strict)
