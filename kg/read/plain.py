"""Plain text, Markdown and JSON lines to articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from kg.clean import tidy
from kg.errors import InputError
from kg.read.article import Article, Metadata
from kg.read.decode import decode, refuse_too_long
from kg.read.fields import as_text, metadata_from, split_front_matter, split_header
from kg.read.markdown import plain_text
from kg.read.published import stated_date
from kg.read.sources import Source

_LINE_FORM = 'write one article a line: {"id": …, "text": …}'


def read_text(data: bytes, origin: Source) -> Article:
    """An article of plain text: front matter or a block of `Title: …` lines, then the text."""
    exact = decode(data, origin.shown)
    refuse_too_long(exact, origin.shown)
    metadata, text = split_front_matter(exact, origin.shown)
    if metadata == Metadata():
        metadata, text = split_header(text)
    return Article(origin, origin.name, text, exact, _dated(metadata, text))


def read_markdown(data: bytes, origin: Source) -> Article:
    """An article in Markdown with YAML front matter."""
    exact = decode(data, origin.shown)
    refuse_too_long(exact, origin.shown)
    metadata, markdown = split_front_matter(exact, origin.shown)
    text = plain_text(markdown.lstrip("\ufeff"))
    return Article(origin, origin.name, text, exact, _dated(metadata, text))


def read_json_lines(lines: Iterable[bytes], origin: Source) -> Iterator[Article | InputError]:
    """An article for each line that isn't empty. A bad line costs that article only."""
    for number, line in enumerate(lines, start=1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            try:
                yield _read_json_line(line, origin, number)
            except InputError as error:
                yield error


def _read_json_line(line: bytes, origin: Source, number: int) -> Article:
    """The article of one line. Its source is the file with the article's id, or else the number of the
    line."""
    shown = f"{origin.shown}:{number}"
    try:
        fields = json.loads(decode(line, shown).lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(shown, "not JSON", _LINE_FORM) from error
    if not isinstance(fields, dict):
        raise InputError(shown, "not a JSON object", _LINE_FORM)
    text = fields.get("text")
    if not isinstance(text, str):
        raise InputError(shown, "has no text", _LINE_FORM)
    refuse_too_long(text, shown)
    given_id = as_text(fields.get("id"))
    metadata = _dated(metadata_from(fields), text)
    line_origin = origin._replace(source=f"{origin.source}#{given_id or number}", shown=shown)
    return Article(line_origin, metadata.title or origin.name, text, text, metadata, given_id)


def _dated(metadata: Metadata, text: str) -> Metadata:
    """With the date that the text states, if the header states none."""
    if metadata.published:
        return metadata
    lines = [line for line in islice(tidy(text[:4000]).split("\n"), 40) if line]
    return replace(metadata, published=stated_date(lines))
