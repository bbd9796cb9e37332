"""Content negotiation (RFC 9110, 12.5.1): which of the forms that we have a client likes best."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

# Keys are those of kg.query's tables of formats; the first media type of each is the one that is sent.
ROWS: Mapping[str, Sequence[str]] = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
TRIPLES: Mapping[str, Sequence[str]] = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "xml": ("application/rdf+xml", "application/xml", "text/xml"),
    "json": ("application/ld+json", "application/json"),
}
PAGE: Mapping[str, Sequence[str]] = {"html": ("text/html", "application/xhtml+xml")}
_QUALITY = re.compile(r"q\s*=\s*(\d(?:\.\d{0,3})?)\s*", re.IGNORECASE)


class Range(NamedTuple):
    """One part of an Accept header."""

    type: str
    quality: float

    def specificity(self, media_type: str) -> int | None:
        """How closely the range fits a media type: 2 by name, 1 by `text/*`, 0 by `*/*`; None if it doesn't."""
        if self.type == media_type:
            return 2
        if self.type == f"{media_type.split('/')[0]}/*":
            return 1
        return 0 if self.type == "*/*" else None


def ranges(accept: str | None) -> list[Range]:
    """The parts of an Accept header; no header accepts everything."""
    found = []
    for part in (accept or "*/*").split(","):
        name, *parameters = (p.strip() for p in part.split(";"))
        quality = next((m[1] for m in map(_QUALITY.fullmatch, parameters) if m), "1")
        if name:
            found.append(Range(name.lower(), min(float(quality), 1.0)))
    return found or [Range("*/*", 1.0)]


def choose(accept: str | None, forms: Mapping[str, Sequence[str]]) -> str | None:
    """The form that an Accept header likes best: by quality, then named before `*/*`, then the order of the header, then
    ours. None if it takes none."""
    wanted = ranges(accept)
    best: tuple[float, int, int] | None = None
    chosen = None
    for form, types in forms.items():
        for type_ in types:
            rank = _rank(wanted, type_, by_name=type_ != types[0])
            if rank is not None and (best is None or rank > best):
                best, chosen = rank, form
    return chosen


def _rank(wanted: Sequence[Range], media_type: str, by_name: bool) -> tuple[float, int, int] | None:
    """Quality, specificity and (negated) position of the range that fits a media type most closely; None for none, or
    none that names it where it must."""
    fits = [(s, -i) for i, r in enumerate(wanted) if (s := r.specificity(media_type)) is not None]
    specificity, position = max(fits, default=(0, 1))
    if not fits or (by_name and specificity < 2):
        return None
    quality = wanted[-position].quality
    return (quality, specificity, position) if quality > 0 else None


def content_type(form: str, forms: Mapping[str, Sequence[str]]) -> str:
    """The Content-Type of a form, with its charset where it is text."""
    type_ = forms[form][0]
    return f"{type_}; charset=utf-8" if type_.startswith("text/") else type_


def types(*tables: Mapping[str, Sequence[str]]) -> str:
    """The media types that we can send, for a message."""
    return ", ".join(types[0] for table in tables for types in table.values())
