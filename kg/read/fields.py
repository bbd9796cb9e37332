"""What people write into headers: `Title: …` lines and YAML front matter, to metadata."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from kg.clean import tidy
from kg.errors import InputError
from kg.read.article import Metadata, web_address
from kg.read.published import parse_date

# A value as YAML's BaseLoader gives it: it makes no dates, numbers or booleans, so that "No" and "2022-13-45"
# stay what somebody wrote, and, like safe_load, no objects.
Value = object

_TITLE = ("title", "headline")
_PUBLISHER = ("publisher", "outlet", "newspaper", "site", "sitename")
_PUBLISHED = (
    "published",
    "date",
    "datepublished",
    "pubdate",
    "publicationdate",
    "publishedon",
    "publicationtime",
)
_URL = ("url", "link", "canonicalurl", "canonical")
_LANGUAGE = ("language", "lang")
_REFERENCE = ("reference", "references", "original", "basedon")
_KNOWN = frozenset((*_TITLE, *_PUBLISHER, *_PUBLISHED, *_URL, *_LANGUAGE, *_REFERENCE))

_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n")
_CLOSING_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t\r]*$", re.MULTILINE)
_HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,24}):(?:[ \t]+(.*))?")
_LONGEST_VALUE = 1000


def metadata_from(fields: Mapping[str, Value]) -> Metadata:
    """Metadata from named values; names are compared without case, spaces, hyphens and underscores. Values
    that are empty, "null", or no text are as good as missing."""
    known = {_key(name): value for name, value in fields.items()}
    published = _first(known, _PUBLISHED)
    return Metadata(
        title=_first(known, _TITLE),
        publisher=_first(known, _PUBLISHER),
        published=parse_date(published) if published else None,
        url=web_address(_first(known, _URL)),
        language=_first(known, _LANGUAGE),
        reference=_first(known, _REFERENCE),
    )


def _key(name: str) -> str:
    return re.sub(r"[\s_-]", "", str(name)).lower()


def _first(fields: Mapping[str, Value], names: tuple[str, ...]) -> str | None:
    return next((text for name in names if (text := as_text(fields.get(name)))), None)


def as_text(value: Value, depth: int = 2) -> str | None:
    """One line of text from a YAML or JSON value: items of a list are joined by semicolons; a mapping is read
    as the publisher, title and date of an original."""
    if isinstance(value, str):
        line = re.sub(r"\s+", " ", tidy(value[:_LONGEST_VALUE])).strip()
        return None if line.lower() in ("", "null", "none", "~") else line
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list) and depth:
        return "; ".join(text for item in value[:10] if (text := as_text(item, depth - 1))) or None
    if isinstance(value, Mapping) and depth:
        return _citation(value, depth - 1)
    return None


def _citation(value: Mapping[str, Value], depth: int) -> str | None:
    """Publisher, "title", date: what the mapping says of them, or its name."""
    known = {_key(name): as_text(item, depth) for name, item in value.items()}
    title = next((text for name in (*_TITLE, "name") if (text := known.get(name))), None)
    publisher = next((text for name in _PUBLISHER if (text := known.get(name))), None)
    published = next((text for name in _PUBLISHED if (text := known.get(name))), None)
    if title and not (publisher or published):
        return title
    parts = (publisher, f'"{title}"' if title else None, published)
    return ", ".join(part for part in parts if part) or None


def split_front_matter(text: str, source: str) -> tuple[Metadata, str]:
    """The metadata of a YAML block between lines of `---` at the top, and the text below; the text alone if
    there is no such block. Raises InputError for a block that doesn't end or isn't YAML with a name before
    each value."""
    opening = _FENCE.match(text)
    if opening is None:
        return Metadata(), text
    closing = _CLOSING_FENCE.search(text, opening.end())
    if closing is None:
        raise InputError(source, "its front matter has no end", "put a line of --- below it")
    fields = _parse_yaml(text[opening.end() : closing.start()], source)
    return metadata_from(fields), text[closing.end() :]


def _parse_yaml(block: str, source: str) -> Mapping[str, Value]:
    advice = "write lines such as 'title: …' between the lines of ---"
    try:
        # Not safe_load but its smaller sibling: it makes texts, lists and mappings, and nothing else at all.
        fields: Value = yaml.BaseLoader(block).get_single_data()
    except yaml.MarkedYAMLError as error:
        where = f" in line {error.problem_mark.line + 2}" if error.problem_mark else ""
        problem = f"its front matter is no YAML: {error.problem or 'wrong'}{where}"
        raise InputError(source, problem.replace("\n", " "), advice) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(source, "its front matter is no YAML", advice) from error
    if fields is None or fields == "":
        return {}
    if not isinstance(fields, dict):
        raise InputError(source, "its front matter is no YAML with a name before each value", advice)
    return {str(name): value for name, value in fields.items()}


def split_header(text: str) -> tuple[Metadata, str]:
    """The metadata of a block of `Title: …` lines at the top of a plain text, and the text below the empty
    line after it. The text alone, if a line of its first block is no such line or none has a known name."""
    lines = text.lstrip("\ufeff \t\r\n").splitlines()
    end = next((index for index, line in enumerate(lines) if not line.strip()), len(lines))
    matches = [_HEADER_LINE.fullmatch(line.strip()) for line in lines[:end]]
    fields = {_key(match.group(1)): match.group(2) for match in matches if match}
    if None in matches or not fields.keys() & _KNOWN:
        return Metadata(), text
    return metadata_from(fields), "\n".join(lines[end + 1 :])
