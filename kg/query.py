"""SPARQL over a built graph: SELECT, ASK, CONSTRUCT and DESCRIBE; results as records, tables, JSON, CSV, XML or
Turtle."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from kg.errors import QueryError
from kg.vocabulary import DATA, XSD

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
# The shape of a SERVICE clause: the keyword, a variable, IRI or prefixed name, a brace; comments anywhere between. It is
# looked for in the raw text, in strings and comments too: whether `<` begins an IRI or compares depends on the grammar,
# so that whoever blanks out strings and comments first can be led to blank out a clause (`?a<'>' ... '`).
SERVICE = re.compile(
    r"(?<![?$:])SERVICE GAP (?:SILENT GAP)? (?: <[^>]*> | [?$]\w+ | [^\s{}:]*:[^\s{}]* ) GAP \{".replace(
        "GAP", r"(?:\s|\#[^\n\r]*(?=[\n\r]))*"
    ),
    re.IGNORECASE | re.VERBOSE,
)
# IRIs, strings, escapes and comments, in which nothing is syntax.
PASSED_OVER = (
    r"""<[^<>"{}|^`\s]*> | \"\"\".*?\"\"\" | '''.*?''' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | \\. | \#[^\n]*"""
)
# Where a graph is named as the query's dataset, and what relative names of it are below.
FROM = re.compile(
    rf"""\bBASE\s*<(?P<base>[^<>\s]*)> | \bFROM\s+(?:NAMED\s+)?(?:<(?P<iri>[^<>\s]*)>|(?P<prefix>[\w.-]*):(?P<local>[^\s{{}}<>]*)) | {PASSED_OVER}""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
PREFIX = re.compile(r"PREFIX\s+(?P<prefix>[\w.-]*):\s*<(?P<iri>[^<>\s]*)>", re.IGNORECASE)


PythonValue = str | bool | int | float | date | None
PYTHON_TYPES: dict[str, Callable[[str], PythonValue]] = {
    f"{XSD}boolean": lambda text: text in ("true", "1"),
    f"{XSD}integer": int,
    f"{XSD}nonNegativeInteger": int,
    f"{XSD}decimal": float,
    f"{XSD}double": float,
    f"{XSD}date": date.fromisoformat,
}


def python_value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> PythonValue:
    """A term as a Python value; the text of an IRI, or of a literal of another datatype.

    >>> python_value(ox.Literal(3)), python_value(ox.NamedNode("http://example.org/")), python_value(None)
    (3, 'http://example.org/', None)
    """
    if term is None:
        return None
    if not isinstance(term, ox.Literal):
        return str(getattr(term, "value", term))
    try:
        return PYTHON_TYPES.get(term.datatype.value, str)(term.value)
    except ValueError:
        # Ill-formed, or with a time zone.
        return term.value


@dataclass(frozen=True)
class Rows:
    """The result of a SELECT: variables, and a tuple of terms for each row (None: unbound)."""

    variables: tuple[str, ...]
    rows: tuple[tuple[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None, ...], ...]

    def records(self) -> list[dict[str, PythonValue]]:
        """The rows as dictionaries of Python values, for `pandas.DataFrame` and the like; IRIs are strings."""
        return [dict(zip(self.variables, map(python_value, row), strict=True)) for row in self.rows]


Result = Rows | bool | tuple[ox.Triple, ...]
Found = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


class Dataset(NamedTuple):
    """The graphs that a query sees instead of those it names itself (SPARQL 1.1 Protocol, 2.1.4), by their IRIs."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def run_query(store: ox.Store, text: str, base: str = DATA) -> Result:
    """Run a query with our prefixes predefined.

    Raises QueryError when it is no valid query, calls another server (SERVICE) or names a graph that isn't here.
    """
    found = evaluate(store, text, base)
    if isinstance(found, ox.QuerySolutions):
        variables = tuple(v.value for v in found.variables)
        return Rows(variables, tuple(map(tuple, found)))
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return tuple(found)


def serialise_query(store: ox.Store, text: str, format_: str, base: str = DATA) -> bytes:
    """Run a query and serialise its result in a W3C format.

    Raises QueryError also when the format doesn't fit the kind of query (Turtle for SELECT, CSV for CONSTRUCT).
    """
    found = evaluate(store, text, base)
    if isinstance(found, ox.QueryTriples):
        if format_ not in GRAPH_FORMATS:
            raise QueryError(
                f"a CONSTRUCT or DESCRIBE query gives triples: choose one of {', '.join(GRAPH_FORMATS)}, not {format_}"
            )
        from kg.terms import prefixes

        known = prefixes(base) if format_ == "ttl" else None
        ordered = sorted(found, key=lambda t: (str(t.subject), str(t.predicate), str(t.object)))
        return ox.serialize(ordered, format=GRAPH_FORMATS[format_], prefixes=known) or b""
    if format_ not in RESULT_FORMATS:
        raise QueryError(
            f"a SELECT or ASK query gives rows: choose one of table, {', '.join(RESULT_FORMATS)}, not {format_}"
        )
    return found.serialize(format=RESULT_FORMATS[format_]) or b""


def evaluate(store: ox.Store, text: str, base: str = DATA, dataset: Dataset | None = None) -> Found:
    """Run a query with our prefixes predefined; what it finds is evaluated while it is read.

    `dataset` replaces whatever dataset the query names. Raises QueryError when it is no valid query, calls another
    server (SERVICE) or names a graph that isn't here (FROM): nothing is ever fetched.
    """
    from kg.terms import prefixes

    known = prefixes(base)
    if SERVICE.search(text):
        raise QueryError("SERVICE is off: queries don't call other servers")
    if dataset is None:
        _refuse_outside(store, text, base, known)
    default: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named: list[ox.NamedNode | ox.BlankNode] | None = None
    if dataset is not None:
        default, named = [*_nodes(dataset.default)], [*_nodes(dataset.named)]
    try:
        return store.query(text, prefixes=known, base_iri=base, default_graph=default, named_graphs=named)
    except SyntaxError as error:
        raise QueryError(f"not a valid SPARQL query: {str(error).splitlines()[0]}") from error
    except (OSError, ValueError) as error:
        raise QueryError(f"the query failed: {str(error).splitlines()[0]}") from error


def base_of(store: ox.Store) -> str:
    """The base IRI under which a graph was built: that of its run. The usual one for a graph without."""
    found = run_query(store, "SELECT ?run { ?run a prov:Activity FILTER(STRENDS(STR(?run), '/run')) } LIMIT 1")
    iri = getattr(found.rows[0][0], "value", "") if isinstance(found, Rows) and found.rows else ""
    return str(iri).removesuffix("run") or DATA


def _nodes(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"not the IRI of a graph: {str(error).splitlines()[0]}") from error


def _refuse_outside(store: ox.Store, text: str, base: str, known: Mapping[str, str]) -> None:
    """Raise QueryError for a graph after FROM that the store lacks: an empty answer would look like a finding."""
    for iri in _named_in_from(text, base, known):
        try:
            here = store.contains_named_graph(ox.NamedNode(iri))
        except ValueError:
            continue  # no IRI: the engine has the better message
        if not here:
            raise QueryError(f"FROM <{iri}>: no such graph here, and none is fetched from outside (leave FROM out)")


def _named_in_from(text: str, base: str, known: Mapping[str, str]) -> list[str]:
    """The IRIs of the graphs in a query's FROM clauses."""
    declared = dict(known) | {m["prefix"]: m["iri"] for m in PREFIX.finditer(text)}
    found = []
    for match in FROM.finditer(text):
        if match["base"] is not None:
            base = urljoin(base, match["base"])
        elif match["iri"] is not None:
            found.append(urljoin(base, match["iri"]))
        elif match["prefix"] is not None and match["prefix"] in declared:
            found.append(declared[match["prefix"]] + match["local"])
    return found


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
    from kg.terms import prefixes

    return sorted(prefixes(base).items(), key=lambda pair: -len(pair[1]))
