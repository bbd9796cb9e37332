"""The shapes of `ontology/shapes.ttl` as SPARQL, so that a store of any size is checked by its own engine.

The part of SHACL that is compiled is named at the top of the file; for each constraint there is one query that finds the
nodes that break it. What a query's lines marked `# ontology` ask is answered here once and put in as VALUES.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.datafiles import default_folder, local_name
from kg.errors import DataError
from kg.vocabulary import OWL, PREFIXES, RDF, RDFS, XSD

SH = "http://www.w3.org/ns/shacl#"
KNOWN = PREFIXES | {"sh": SH}
FOR_STORES = "https://w3id.org/newskg/shape/storeSelect"
LEXICAL = {
    f"{XSD}nonNegativeInteger": r"^[+]?[0-9]+$",
    f"{XSD}boolean": "^(true|false|0|1)$",
    f"{XSD}date": r"^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?$",
}
ABOUT_ONTOLOGY = re.compile(r"^(.*)# ontology[ \t]*$", re.MULTILINE)
# What the ontology says that shapes ask for.
SCHEMA = (
    f"{RDFS}subClassOf", f"{RDFS}domain", f"{RDFS}range", f"{RDF}type", f"{OWL}disjointWith",
    "https://w3id.org/newskg/ontology#family",
)  # fmt: skip


class Check(NamedTuple):
    """A constraint: its name in shapes.ttl, what holds, and the query whose rows are the nodes that break it, with the
    value at fault where there is one. Where `suspects` finds nothing, neither would `query`; it takes a fraction of the time,
    since it doesn't ask which nodes the constraint is for."""

    name: str
    message: str
    query: str
    suspects: str | None = None


def load_schema(overlay: Path | None = None) -> ox.Store:
    """What kg.ttl, and a user's own files, say of classes and relations."""
    schema = ox.Store()
    paths = [default_folder() / "kg.ttl", *(sorted(overlay.glob("*.ttl")) if overlay else [])]
    for path in paths:
        quads = ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        schema.extend(quad for quad in quads if quad.predicate.value in SCHEMA)
    return schema


def load_checks(schema: ox.Store, path: Path | None = None) -> tuple[Check, ...]:
    """The constraints of a file of shapes (default: ours) as queries. Raises DataError when it is no Turtle."""
    path = path or default_folder() / "shapes.ttl"
    shapes = ox.Store()
    try:
        shapes.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        raise DataError(f"{path}: not readable as Turtle: {str(error).splitlines()[0]}") from error
    return tuple(_checks(shapes, schema))


def ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT as strings; empty for what is unbound."""
    found = store.query(query, prefixes=KNOWN)
    assert isinstance(found, ox.QuerySolutions)
    names = found.variables
    return [tuple(getattr(row[name], "value", "") or "" for name in names) for row in found]


def _checks(shapes: ox.Store, schema: ox.Store) -> Iterator[Check]:
    rows = ask(shapes, "SELECT ?shape ?class { ?shape a sh:NodeShape ; sh:targetClass ?class } ORDER BY ?shape")
    for shape, class_ in rows:
        target = f"{_one_of('?targetClass', _below(class_, schema))} ?this a ?targetClass ."
        for property_, path, message in ask(shapes, _properties(shape)):
            values = dict[str, str](ask(shapes, f"SELECT ?p ?v {{ <{property_}> ?p ?v }}"))  # type: ignore[arg-type]
            for body, suspects in _constraints(path, values, shapes, schema, property_):
                query = f"SELECT DISTINCT ?this ?value {{ {target} {body} }}"
                yield Check(local_name(property_), message, query, suspects)
        for constraint, message, query, for_stores in ask(shapes, _queries(shape)):
            # The same here, since the variables in common are always bound; but SHACL forbids it, and Oxigraph joins it at
            # once where it would otherwise search for each solution anew.
            found = for_stores or query.replace("FILTER NOT EXISTS {", "MINUS {")
            yield Check(local_name(constraint), message, _targeted(found, target, schema))


def _properties(shape: str) -> str:
    return (
        f"SELECT ?p ?path ?message {{ <{shape}> sh:property ?p . ?p sh:path ?path ; sh:message ?message }} ORDER BY ?p"
    )


def _queries(shape: str) -> str:
    return (
        f"SELECT ?c ?m ?query ?other {{ <{shape}> sh:sparql ?c . ?c sh:select ?query ; sh:message ?m"
        f" OPTIONAL {{ ?c <{FOR_STORES}> ?other }} }} ORDER BY ?c"
    )


def _below(class_: str, schema: ox.Store) -> list[str]:
    """A class and all below it."""
    found = ask(schema, f"SELECT DISTINCT ?c {{ ?c rdfs:subClassOf* <{class_}> FILTER(isIRI(?c)) }} ORDER BY ?c")
    return sorted({class_, *(row[0] for row in found)})


def _one_of(variable: str, iris: list[str]) -> str:
    return f"VALUES {variable} {{ {' '.join(f'<{iri}>' for iri in iris)} }}"


def _constraints(
    path: str, values: Mapping[str, str], shapes: ox.Store, schema: ox.Store, property_: str
) -> Iterator[tuple[str, str | None]]:
    """The bodies of the queries for a property shape, each with a query that finds all suspects."""
    has = f"?this <{path}> ?value ."
    if f"{SH}minCount" in values:
        yield f"MINUS {{ ?this <{path}> ?any }}", None
    if f"{SH}maxCount" in values:
        body = f"?this <{path}> ?value , ?other . FILTER(!sameTerm(?value, ?other))"
        yield body, f"SELECT ?this {{ {has} }} GROUP BY ?this HAVING(COUNT(*) > 1)"
    if (class_ := values.get(f"{SH}class")) is not None:
        others = f"MINUS {{ {_one_of('?class', _below(class_, schema))} ?value a ?class }}"
        yield f"{has} {others}", f"SELECT ?value {{ {{ SELECT DISTINCT ?value {{ {has} }} }} {others} }}"
    for wrong in _wrong_values(values, shapes, property_):
        body = f"{has} FILTER({wrong})"
        yield body, f"SELECT ?this {{ {body} }}"
    # What can't be compared breaks the constraint; a value that is ill-formed breaks that of its datatype.
    for name, sign in ((f"{SH}lessThan", "<"), (f"{SH}lessThanOrEquals", "<=")):
        if (other := values.get(name)) is not None:
            body = f"{has} ?this <{other}> ?other . FILTER(COALESCE(!(?value {sign} ?other), DATATYPE(?value) != DATATYPE(?other)))"
            yield body, f"SELECT ?this {{ {body} }}"


def _wrong_values(values: Mapping[str, str], shapes: ox.Store, property_: str) -> Iterator[str]:
    """What is true of a ?value that a property shape doesn't allow, whatever else the node has."""
    if (datatype := values.get(f"{SH}datatype")) is not None:
        yield _not_of(datatype)
    if f"{SH}in" in values:
        yield f"?value NOT IN ({', '.join(_members(shapes, property_))})"
    if (kind := values.get(f"{SH}nodeKind")) is not None:
        yield f"!{'isIRI' if kind == f'{SH}IRI' else 'isLiteral'}(?value)"
    if (pattern := values.get(f"{SH}pattern")) is not None:
        yield f"!REGEX(STR(?value), {ox.Literal(pattern)})"


def _not_of(datatype: str) -> str:
    """What is true of a value that is no well-formed literal of a datatype."""
    # The store keeps all whole numbers as xsd:integer.
    stored = f"<{datatype}> , xsd:integer" if datatype == f"{XSD}nonNegativeInteger" else f"<{datatype}>"
    wrong = f"!isLiteral(?value) || DATATYPE(?value) NOT IN ({stored})"
    if (pattern := LEXICAL.get(datatype)) is not None:
        wrong += f" || !REGEX(STR(?value), {ox.Literal(pattern)})"
    if datatype == f"{XSD}date":
        # The pattern lets the 31st of February through; the comparison doesn't.
        wrong += " || COALESCE(xsd:date(STR(?value)) != xsd:date(STR(?value)), true)"
    return wrong


def _members(shapes: ox.Store, property_: str) -> list[str]:
    rows = ask(shapes, f"SELECT ?v {{ <{property_}> sh:in/rdf:rest*/rdf:first ?v }}")
    return [f"<{row[0]}>" for row in rows]


def _targeted(query: str, target: str, schema: ox.Store) -> str:
    """A SHACL-SPARQL query that is asked of the graph as a whole; its values are the nodes at fault."""
    found = ABOUT_ONTOLOGY.sub(lambda match: _answered(match.group(1), schema), query.replace("$this", "?this"))
    found = re.sub(r"WHERE\s*\{", lambda _: f"WHERE {{ {target}", found, count=1)
    return re.sub(r"SELECT .*?WHERE", "SELECT DISTINCT ?value WHERE", found, count=1)


def _answered(pattern: str, schema: ox.Store) -> str:
    """A pattern over the ontology as the VALUES that it has there."""
    variables = sorted(set(re.findall(r"\?\w+", pattern)))
    rows = ask(schema, f"SELECT DISTINCT {' '.join(variables)} {{ {pattern} }} ORDER BY {' '.join(variables)}")
    lines = " ".join(f"({' '.join(f'<{value}>' for value in row)})" for row in rows)
    return f"VALUES ({' '.join(variables)}) {{ {lines} }}"
