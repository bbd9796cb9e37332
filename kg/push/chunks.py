"""A graph in pieces, always the same ones: graph.ttl has its triples in a fixed order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

# Left to right, so that the second backslash of `\\` is never taken for the first of an escape.
_ESCAPE = re.compile(r"(\\\\)([uU])|\\.")


def triples_of(path: Path) -> list[ox.Triple]:
    """The triples of a Turtle file, in its order. Raises StoreError."""
    try:
        return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    except FileNotFoundError:
        raise StoreError(
            f"{path.parent}: no graph here (run `kg build` first, or name the folder with --output)"
        ) from None
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{path}: not a readable graph: {str(error).splitlines()[0]}") from error


def chunks(triples: Iterable[ox.Triple], size: int) -> Iterator[bytes]:
    """Pieces of at most `size` triples as N-Triples, which is Turtle too."""
    rest = iter(triples)
    while part := list(islice(rest, size)):
        yield ox.serialize(part, format=ox.RdfFormat.N_TRIPLES) or b""


def insert_data(graph: str, ntriples: bytes) -> str:
    """An update that adds triples to a graph.

    SPARQL undoes `\\uXXXX` anywhere in its text before it reads it (SPARQL 1.1, 19.2), some engines also after an
    escaped backslash. A `u` that follows one is therefore escaped itself: text of an article stays text in all of them.
    """
    data = _ESCAPE.sub(lambda m: m[1] + ("\\u0075" if m[2] == "u" else "\\u0055") if m[1] else m[0], ntriples.decode())
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{data}}} }}"
