"""Our own queries: files of kg/serve/queries, with terms put in where they have `$names`; rows as dicts of terms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import pyoxigraph as ox

from kg.serve.job import Job
from kg.serve.pool import Pool, RefusedError

# Rows that a page of ours may take; it shows a part of anything longer.
PAGE_ROWS = 50_000


class Term(NamedTuple):
    """An IRI, or a literal's text."""

    value: str
    is_iri: bool


Row = Mapping[str, Term]


async def select(pool: Pool, name: str, **terms: ox.NamedNode | ox.Literal | int | Sequence[ox.NamedNode]) -> list[Row]:
    """The rows of one of our queries; a variable that is unbound is missing. Raises RefusedError."""
    found = await pool.run(Job(filled(name, **terms), max_rows=PAGE_ROWS))
    if found.outcome != "done":
        raise RefusedError(503 if found.outcome == "missing" else 500, found.reason or f"the page has {found.outcome}")
    return [
        {variable: Term(term["value"], term["type"] == "uri") for variable, term in binding.items()}
        for binding in json.loads(found.body)["results"]["bindings"]
    ]


def filled(name: str, **terms: ox.NamedNode | ox.Literal | int | Sequence[ox.NamedNode]) -> str:
    """The text of a query, terms put in. Their own serialisation keeps whatever they hold from becoming syntax."""
    written = {variable: _written(term) for variable, term in terms.items()}
    return re.sub(r"\$(\w+)", lambda match: written[match[1]], _text(name))


def _written(term: ox.NamedNode | ox.Literal | int | Sequence[ox.NamedNode]) -> str:
    return str(term) if isinstance(term, ox.NamedNode | ox.Literal | int) else " ".join(map(str, term))


@cache
def _text(name: str) -> str:
    return (resources.files("kg.serve") / "queries" / f"{name}.rq").read_text(encoding="utf8")


def iris(rows: Iterable[Row], variable: str) -> list[ox.NamedNode]:
    """The IRIs of a variable, each once, in their order."""
    return [ox.NamedNode(value) for value in dict.fromkeys(row[variable].value for row in rows if variable in row)]
