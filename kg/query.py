"""SPARQL over a built graph: SELECT, ASK, CONSTRUCT and DESCRIBE; results as records, tables, JSON, CSV, XML or
Turtle."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocabulary import DATA

Format = Literal["table", "json", "csv", "tsv", "xml", "ttl", "nt"]
RESULT_FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "xml": ox.QueryResultsFormat.XML,
}
GRAPH_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "json": ox.RdfFormat.JSON_LD,
    "xml": ox.RdfFormat.RDF_XML,
}
# IRIs, strings and comments, in which the word SERVICE means nothing.
OPAQUE = re.compile(
    r"<[^<>\"{}|^`\\\s]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*", re.DOTALL
)
SERVICE = re.compile(r"(?<![\w:?$@.-])SERVICE(?![\w:-])", re.IGNORECASE)


@dataclass(frozen=True)
class Rows:
    """The result of a SELECT: variables, and a tuple of terms for each row (None: unbound)."""

    variables: tuple[str, ...]
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...], ...]


Result = Rows | bool | tuple[ox.Triple, ...]


def run_query(store: ox.Store, text: str, base: str = DATA) -> Result:
    """Run a query with our prefixes predefined.

    Raises QueryError when it is no valid query, or calls another server (SERVICE).
    """
    found = _solutions(store, text, base)
    if isinstance(found, ox.QuerySolutions):
        variables = tuple(v.value for v in found.variables)
        return Rows(variables, tuple(tuple(solution[v] for v in variables) for solution in found))
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return tuple(found)


def serialise_query(store: ox.Store, text: str, format_: str, base: str = DATA) -> bytes:
    """Run a query and serialise its result in a W3C format.

    Raises QueryError also when the format doesn't fit the kind of query (Turtle for SELECT, CSV for CONSTRUCT).
    """
    found = _solutions(store, text, base)
    if isinstance(found, ox.QueryTriples):
        if format_ not in GRAPH_FORMATS:
            raise QueryError(
                f"a CONSTRUCT or DESCRIBE query gives triples: choose one of {', '.join(GRAPH_FORMATS)}, not {format_}"
            )
        from kg.rdf import prefixes

        known = prefixes(base) if format_ == "ttl" else None
        ordered = sorted(found, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        return ox.serialize(ordered, format=GRAPH_FORMATS[format_], prefixes=known) or b""
    if format_ not in RESULT_FORMATS:
        raise QueryError(
            f"a SELECT or ASK query gives rows: choose one of table, {', '.join(RESULT_FORMATS)}, not {format_}"
        )
    return found.serialize(format=RESULT_FORMATS[format_]) or b""


def _solutions(store: ox.Store, text: str, base: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    from kg.rdf import prefixes

    if SERVICE.search(OPAQUE.sub(" ", text)):
        raise QueryError("SERVICE is off: queries don't call other servers")
    try:
        return store.query(text, prefixes=prefixes(base), base_iri=base)
    except SyntaxError as error:
        raise QueryError(f"not a valid SPARQL query: {str(error).splitlines()[0]}") from error
    except (OSError, ValueError) as error:
        raise QueryError(f"the query failed: {str(error).splitlines()[0]}") from error


def short(term: object, known: Sequence[tuple[str, str]]) -> str:
    """A term as a table shows it: a literal's text, an IRI with its prefix where one fits."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    if isinstance(term, ox.NamedNode):
        for prefix, iri in known:
            if term.value.startswith(iri) and "/" not in term.value[len(iri) :] and "#" not in term.value[len(iri) :]:
                return f"{prefix}:{term.value[len(iri) :]}"
        return term.value
    return str(term)


def known_prefixes(base: str = DATA) -> list[tuple[str, str]]:
    """(prefix, IRI) pairs, longest IRI first."""
    from kg.rdf import prefixes

    return sorted(prefixes(base).items(), key=lambda pair: -len(pair[1]))
