"""Whether a graph keeps to its shapes: every statement with its evidence, nothing asserted without a reason.

The same constraints run in two ways: compiled into SPARQL over the store (fast, part of every build), or as SHACL
through pySHACL, which any other SHACL engine can repeat with `ontology/shapes.ttl` and `ontology/kg.ttl`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.datafiles import default_folder, local_name
from kg.errors import CheckError, StoreError
from kg.model import Document
from kg.read.quiet import silenced
from kg.records import read_record
from kg.saved import RECORDS, read_note
from kg.shapes import SH, ask, load_checks, load_schema
from kg.store import open_store
from kg.terms import Names
from kg.vocabulary import DATA, NIF

if TYPE_CHECKING:
    import rdflib

SENTENCES = """SELECT ?this ?article ?begin ?end ?value {
  ?this a kg:Sentence ; nif:referenceContext ?article ; nif:beginIndex ?begin ; nif:endIndex ?end ; rdf:value ?value }"""
QUOTE = "quote"


class Violation(NamedTuple):
    """A node that breaks a constraint: the constraint's name in shapes.ttl, what should hold, and the node's IRI; `value`
    is what is at fault, empty where something is missing."""

    check: str
    message: str
    node: str
    value: str = ""


def texts_of(documents: Iterable[Document], base: str = DATA) -> dict[str, str]:
    """The texts of articles by IRI, for comparing quotes."""
    return {Names(base).article(document.id).value: document.text for document in documents}


def check_output(output: Path, shacl: bool = False) -> tuple[list[Violation], int]:
    """What is wrong with the graph in an output folder, and how many triples it has.

    Quotes are compared with the texts in the build's records where those are there. Raises StoreError when the folder
    holds no graph.
    """
    texts, overlay = _built_from(output)
    if shacl:
        triples = read_triples(output / "graph.ttl")
        return check_shacl(triples, texts, overlay), len(triples)
    store = open_store(output)
    return check_store(store, texts, overlay), len(store)


def _built_from(output: Path) -> tuple[dict[str, str], Path | None]:
    """The texts of a graph's articles and the user's data files; nothing where only a graph.ttl is there."""
    try:
        note = read_note(output)
    except StoreError:
        return {}, None
    records = (read_record(output / RECORDS / name) for name in note.records)
    return texts_of((record.document for record in records if record is not None), note.base), note.overlay


def read_triples(path: Path) -> list[ox.Triple]:
    """The triples of a Turtle file as they stand there: a store would change the types of numbers. Raises StoreError."""
    try:
        return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
    except FileNotFoundError as error:
        raise StoreError(f"{path.parent}: no graph here (run `kg build` first, or name the folder)") from error
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{path}: not a readable graph: {str(error).splitlines()[0]}") from error


def require_valid(store: ox.Store, texts: Mapping[str, str], overlay: Path | None = None) -> None:
    """Raise CheckError, which says what is wrong, unless a graph keeps to its shapes."""
    found = check_store(store, texts, overlay)
    if found:
        raise CheckError(f"the graph breaks its own constraints and isn't written: {'; '.join(summary(found))}")


def summary(violations: Sequence[Violation]) -> list[str]:
    """A line for each broken constraint: what should hold, how many nodes break it, and the first of them."""
    nodes: dict[tuple[str, str], list[Violation]] = {}
    for violation in violations:
        nodes.setdefault((violation.check, violation.message), []).append(violation)
    return [
        f"{check}: {message} ({len(found)} not: {found[0].node}{f', {found[0].value[:80]!r}' if found[0].value else ''}"
        f"{' ...' if len(found) > 1 else ''})"
        for (check, message), found in sorted(nodes.items())
    ]


def check_store(
    store: ox.Store, texts: Mapping[str, str] | None = None, overlay: Path | None = None
) -> list[Violation]:
    """What is wrong with a graph, by SPARQL, sorted. `texts` are those of the articles by IRI: what is quoted is then
    compared with them; `overlay` is the folder of data files it was built with."""
    checks = load_checks(load_schema(overlay))
    # A set: a node may break several parts of a constraint.
    found = {
        Violation(check.name, check.message, *row)
        for check in checks
        if check.suspects is None or ask(store, f"{check.suspects} LIMIT 1")
        for row in ask(store, check.query)
    }
    message = next(check.message for check in checks if check.name == QUOTE)
    found.update(Violation(QUOTE, message, node) for node in _misquoted(store, texts or {}))
    return sorted(found)


def _misquoted(store: ox.Store, texts: Mapping[str, str]) -> Iterable[str]:
    for sentence, article, begin, end, words in ask(store, SENTENCES) if texts else []:
        known = texts.get(article)
        if known is not None and begin.isdigit() and end.isdigit() and known[int(begin) : int(end)] != words:
            yield sentence


def check_shacl(
    triples: Sequence[ox.Triple], texts: Mapping[str, str] | None = None, overlay: Path | None = None
) -> list[Violation]:
    """The same by pySHACL: for graphs of some ten thousand triples, and to repeat a check with a second engine."""
    import pyshacl
    import rdflib

    data = _rdflib(triples)
    for article, text in (texts or {}).items():
        if ((node := rdflib.URIRef(article)), None, None) in data:
            data.add((node, rdflib.URIRef(NIF + "isString"), rdflib.Literal(text)))
    # pySHACL's ont_graph would take over no more than its classes.
    data += _rdflib([quad.triple for quad in load_schema(overlay)])
    shapes = rdflib.Graph().parse(default_folder() / "shapes.ttl")
    with warnings.catch_warnings(), silenced("rdflib.term"):
        # rdflib's own, at literals that are ill-formed or can't be compared: what is wrong is in the report.
        warnings.simplefilter("ignore")
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    if not isinstance(report, rdflib.Graph):
        raise CheckError(f"pySHACL could not check the graph: {report}")
    return _results(report, shapes)


def _rdflib(triples: Sequence[ox.Triple]) -> rdflib.Graph:
    import rdflib

    content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    return rdflib.Graph().parse(data=content, format="nt")


def _results(report: rdflib.Graph, shapes: rdflib.Graph) -> list[Violation]:
    import rdflib

    sh = rdflib.Namespace(SH)
    found = set()
    for result in report.subjects(rdflib.RDF.type, sh.ValidationResult):
        asked = report.value(result, sh.sourceConstraint)
        check = asked or report.value(result, sh.sourceShape)
        value = report.value(result, sh.value)
        node = value if asked else report.value(result, sh.focusNode)
        message = shapes.value(check, sh.message) if check else None
        shown = "" if asked or value is None else str(value)
        found.add(Violation(local_name(str(check)), str(message), str(node), shown))
    return sorted(found)
