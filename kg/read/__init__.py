"""Files to documents.

    find_sources     paths -> files to read, and what is wrong with the others
    read_articles    paths -> articles before cleaning
    to_document      an article -> its document
    read_sources     all of it

Errors are data: a source that gives no article gives an InputError in its place, and the batch goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from kg.clean import BoilerplateRules
from kg.errors import InputError
from kg.model import Document
from kg.read import html, pdf
from kg.read.article import Article, Metadata
from kg.read.decode import MAX_CHARACTERS
from kg.read.documents import to_document, with_own_ids
from kg.read.plain import read_json_lines, read_markdown, read_text
from kg.read.published import parse_date
from kg.read.sources import SUFFIXES, Kind, Source, find_sources, opened, read_bytes

__all__ = [
    "MAX_CHARACTERS",
    "SUFFIXES",
    "Article",
    "Metadata",
    "Source",
    "find_sources",
    "parse_date",
    "read_articles",
    "read_source",
    "read_sources",
    "to_document",
]

# The most bytes that so many characters can have in UTF-8.
_MAX_TEXT_BYTES = 4 * MAX_CHARACTERS
_MAX_BYTES: dict[Kind, int] = {
    "text": _MAX_TEXT_BYTES,
    "markdown": _MAX_TEXT_BYTES,
    "html": html.MAX_BYTES,
    "pdf": pdf.MAX_BYTES,
}


def read_sources(paths: Sequence[Path], rules: BoilerplateRules, raw: bool = False) -> Iterator[Document | InputError]:
    """The documents of files and folders, sorted by source, and an InputError for each source that gives
    none.

    With `raw`, texts are not cleaned: offsets then fit the text of the input. No two documents share an id.
    """
    return with_own_ids(_document(item, rules, raw) for item in read_articles(paths, rules))


def _document(item: Article | InputError, rules: BoilerplateRules, raw: bool) -> Document | InputError:
    if isinstance(item, InputError):
        return item
    try:
        return to_document(item, rules, raw)
    except InputError as error:
        return error


def read_articles(paths: Sequence[Path], rules: BoilerplateRules) -> Iterator[Article | InputError]:
    """The articles of files and folders before cleaning, and an InputError for each source that gives
    none."""
    for source in find_sources(paths):
        if isinstance(source, InputError):
            yield source
        else:
            yield from read_source(source, rules)


def read_source(source: Source, rules: BoilerplateRules) -> Iterator[Article | InputError]:
    """The articles of one file: several for JSON lines, else one."""
    try:
        if source.path is None:
            yield from _read_standard_input(source, rules)
        elif source.kind == "jsonl":
            with opened(source) as lines:
                yield from read_json_lines(lines, source)
        else:
            yield _read_data(read_bytes(source, _MAX_BYTES[source.kind]), source, rules)
    except InputError as error:
        yield error


def _read_data(data: bytes, source: Source, rules: BoilerplateRules) -> Article:
    if source.kind == "html":
        return html.read_html(data, source, rules)
    if source.kind == "pdf":
        return pdf.read_pdf(data, source)
    return read_markdown(data, source) if source.kind == "markdown" else read_text(data, source)


def _read_standard_input(source: Source, rules: BoilerplateRules) -> Iterator[Article | InputError]:
    """It has no suffix: what it is, is told by how it starts."""
    data = read_bytes(source, pdf.MAX_BYTES)
    start = data.lstrip()[:5].lower()
    if start.startswith(b"{"):
        yield from read_json_lines(BytesIO(data), source)
        return
    kind: Kind = "pdf" if start == b"%pdf-" else "html" if start.startswith(b"<") else "text"
    yield _read_data(data, source._replace(kind=kind), rules)
