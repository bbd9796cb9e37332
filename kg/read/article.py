"""What the readers of the file formats hand over: a text as it was found, and what is said about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from kg.read.sources import Source

# What an IRI can't hold; a URL with any of it is no URL.
_URL = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x1f\x7f]+", re.IGNORECASE)


@dataclass(frozen=True)
class Metadata:
    """What a source says about its article; None where it says nothing.

    `language` is as declared, not as found. `reference` names the original that the article reports after.
    """

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str | None = None
    reference: str | None = None


@dataclass(frozen=True)
class Article:
    """An article before cleaning.

    `name` is what an id is made from if it was given none. `text` is what will be cleaned; `exact` is the
    text that the offsets of a raw reading point into: the file's own for plain text and JSON lines, the
    extracted text for HTML and PDF."""

    origin: Source
    name: str
    text: str
    exact: str
    metadata: Metadata = Metadata()
    id: str | None = None


def web_address(value: str | None) -> str | None:
    """A usable http(s) URL, None for everything else ("javascript:…", relative links)."""
    url = (value or "").strip()
    if not _URL.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.hostname else None
