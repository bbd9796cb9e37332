"""A SPARQL update, carried out on a copy of a store: what a worker of `kg serve --scratch` does.

The copy is made beside the store and left there for the server to put in its place: a worker that is killed, or an update that
fails, has changed nothing.
"""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.query import PASSED_OVER, SERVICE, Dataset
from kg.store import FOLDER, NEW
from kg.terms import prefixes
from kg.vocabulary import DATA

# LOAD where an operation begins: at the start, or after what ends a prologue's declaration or the operation before. Like
# SERVICE it is looked for in the raw text, strings included.
LOAD = re.compile(
    r"(?: \A | [;>\"'] ) GAP LOAD (?=[\s\#<]) GAP (?: SILENT (?=[\s\#<]) GAP )? (?: < | [^\s{}<>;]*: )".replace(
        "GAP", r"(?:\s|\#[^\n\r]*(?=[\n\r]))*"
    ),
    re.IGNORECASE | re.VERBOSE,
)
# Words and braces that are syntax; names, variables, strings and comments are passed over.
_SYNTAX = re.compile(
    rf"(?P<brace>[{{}}]) | [?$]\w+ | [\w.-]*:[^\s{{}}<>;]* | (?P<word>\b(?:DELETE|WHERE|USING|WITH)\b) | {PASSED_OVER}",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def carry_out(output: Path, text: str, base: str = DATA, dataset: Dataset | None = None) -> None:
    """Carry out an update on a copy of an output folder's store, and leave the copy beside it.

    Raises QueryError when it is no valid update or would fetch anything, OSError when there is no room for the copy.
    """
    new = output / NEW
    shutil.rmtree(new, ignore_errors=True)
    copy_store(output / FOLDER, new)
    store = ox.Store(str(new))
    update(store, text, base, dataset)
    store.flush()
    # Oxigraph has no close(): the files are whole when the object is gone.
    del store
    gc.collect()


def copy_store(source: Path, target: Path) -> None:
    """Copy a store that nobody has opened for writing. Its tables, which are never written again, are shared where the file
    system allows it, so that a copy costs next to nothing. Raises OSError."""

    def link_tables(from_: str, to: str) -> None:
        if from_.endswith(".sst"):
            try:
                os.link(from_, to)
            except OSError:
                pass
            else:
                return
        shutil.copyfile(from_, to)

    shutil.copytree(source, target, copy_function=link_tables)


def update(store: ox.Store, text: str, base: str = DATA, dataset: Dataset | None = None) -> None:
    """Carry out an update with our prefixes predefined, wholly or not at all.

    `dataset` are the graphs that its WHERE clauses see (using-graph-uri, using-named-graph-uri). Raises QueryError.
    """
    if SERVICE.search(text):
        raise QueryError("SERVICE is off: updates don't call other servers")
    if LOAD.search(text):
        raise QueryError("LOAD is off: updates fetch nothing (send the triples with INSERT DATA)")
    if dataset is not None:
        text = with_dataset(text, dataset)
    try:
        store.update(text, prefixes=prefixes(base), base_iri=base)
    except SyntaxError as error:
        raise QueryError(f"not a valid SPARQL update: {str(error).splitlines()[0]}") from error
    except (OSError, ValueError) as error:
        raise QueryError(f"the update failed: {str(error).splitlines()[0]}") from error


def with_dataset(text: str, dataset: Dataset) -> str:
    """An update with USING clauses before each WHERE. Raises QueryError where it has some of its own, or can have none.

    >>> with_dataset("DELETE { ?a ?b 1 } WHERE { ?a ?b ?c }", Dataset(("http://x/",)))
    'DELETE { ?a ?b 1 } USING <http://x/> WHERE { ?a ?b ?c }'
    """
    clauses = " ".join(_clauses("USING", dataset.default) + _clauses("USING NAMED", dataset.named))
    parts, at = [], 0
    for place in _wheres(text):
        parts += [text[at:place], clauses, " "]
        at = place
    return "".join([*parts, text[at:]])


def _clauses(keyword: str, iris: Sequence[str]) -> list[str]:
    try:
        return [f"{keyword} {ox.NamedNode(iri)}" for iri in iris]
    except ValueError as error:
        raise QueryError(f"not the IRI of a graph: {str(error).splitlines()[0]}") from error


def _wheres(text: str) -> Iterator[int]:
    """Where the WHERE of each operation begins. Raises QueryError for USING, WITH and DELETE WHERE."""
    depth, before = 0, ""
    for match in _SYNTAX.finditer(text):
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
        elif match["word"] and depth == 0:
            word = match["word"].upper()
            if word in ("USING", "WITH"):
                raise QueryError(
                    f"{word} and using-graph-uri exclude each other: name the graphs in one of the two ways"
                )
            if (before, word) == ("DELETE", "WHERE"):
                raise QueryError("DELETE WHERE takes no using-graph-uri: write DELETE { ... } WHERE { ... }")
            if word == "WHERE":
                yield match.start()
            before = word
            continue
        if match["brace"] or match["word"]:
            before = ""
