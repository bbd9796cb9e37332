"""RDF terms: the IRIs of a graph's data, and literals."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.vocabulary import DATA, PREFIXES, XSD


def path_part(name: str) -> str:
    """A name as the last part of an IRI. Stops and tildes are escaped too: some Turtle readers stumble over them at the
    end of a prefixed name."""
    return quote(name, safe="-").replace(".", "%2E").replace("~", "%7E")


class Names(NamedTuple):
    """Makes the IRIs of a graph's data below a base."""

    base: str = DATA

    def entity(self, id_: str) -> ox.NamedNode:
        """The IRI of a node."""
        return ox.NamedNode(f"{self.base}entity/{path_part(id_)}")

    def statement(self, id_: str) -> ox.NamedNode:
        """The IRI of a statement."""
        return ox.NamedNode(f"{self.base}statement/{id_}")

    def fact(self, id_: str) -> ox.NamedNode:
        """The IRI of a fact."""
        return ox.NamedNode(f"{self.base}fact/{id_}")

    def article(self, id_: str) -> ox.NamedNode:
        """The IRI of an article."""
        return ox.NamedNode(f"{self.base}article/{path_part(id_)}")

    def sentence(self, article: str, start: int, end: int) -> ox.NamedNode:
        """The IRI of a sentence, by its offsets (RFC 5147)."""
        return ox.NamedNode(f"{self.base}article/{path_part(article)}#char={start},{end}")


def prefixes(base: str = DATA) -> dict[str, str]:
    """The prefixes of a serialised graph."""
    return PREFIXES | {
        "ent": f"{base}entity/",
        "st": f"{base}statement/",
        "fact": f"{base}fact/",
        "art": f"{base}article/",
    }


@lru_cache(maxsize=4096)
def iri(value: str) -> ox.NamedNode:
    """An IRI of a vocabulary: there are few, and making one checks it. Raises ValueError if it is none."""
    return ox.NamedNode(value)


def plain(value: str) -> ox.Literal:
    """A string."""
    return ox.Literal(value)


def english(value: str) -> ox.Literal:
    """A text in English."""
    return ox.Literal(value, language="en")


def number(value: int) -> ox.Literal:
    """A count or an offset."""
    return ox.Literal(str(value), datatype=iri(XSD + "nonNegativeInteger"))


def day(value: date) -> ox.Literal:
    """A day of the calendar."""
    return ox.Literal(value.isoformat(), datatype=iri(XSD + "date"))


def safe_url(url: str | None) -> str | None:
    """A web address that is a valid IRI, None for anything else."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    cleaned = quote(url, safe="%/:?#[]@!$&'()*+,;=-._~")
    try:
        return ox.NamedNode(cleaned).value
    except ValueError:
        return None
