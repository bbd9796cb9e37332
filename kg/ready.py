"""The ready queries (docs/queries): SPARQL that answers common questions, each with its question as first line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.datafiles import default_folder
from kg.vocabulary import RDF


class ReadyQuery(NamedTuple):
    """A query as its file has it: without PREFIX lines, which `kg` adds itself."""

    name: str
    title: str
    text: str

    def complete(self, prefixes: Mapping[str, str]) -> str:
        """The query with a PREFIX line for each prefix that it uses, so that any other endpoint takes it too."""
        used = [name for name in sorted(prefixes) if re.search(rf"(?<![\w-]){re.escape(name)}:", self.text)]
        lines = "".join(f"PREFIX {name}: <{prefixes[name]}>\n" for name in used)
        comment, _, query = self.text.partition("\n")
        return f"{comment}\n{lines}{query}" if comment.startswith("#") else lines + self.text


def queries_folder() -> Path:
    """The folder of the ready queries: inside the installed package, or in a checkout."""
    packaged = Path(str(resources.files("kg") / "data" / "queries"))
    return packaged if packaged.is_dir() else Path(str(resources.files("kg"))).parent / "docs" / "queries"


def ready_queries() -> tuple[ReadyQuery, ...]:
    """All ready queries, by name."""
    return tuple(_read(path) for path in sorted(queries_folder().glob("*.rq")))


def vocabulary() -> tuple[list[str], list[str]]:
    """The IRIs of our ontology's classes and properties, sorted: what an editor may complete."""
    classes, properties = set(), set()
    for quad in ox.parse(path=str(default_folder() / "kg.ttl"), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == RDF + "type" and isinstance(quad.subject, ox.NamedNode):
            kind = getattr(quad.object, "value", "")
            if kind.endswith("Class"):
                classes.add(quad.subject.value)
            elif kind.endswith(("Property", "Relation")):
                properties.add(quad.subject.value)
    return sorted(classes), sorted(properties)


def _read(path: Path) -> ReadyQuery:
    text = path.read_text(encoding="utf8")
    first = text.partition("\n")[0]
    return ReadyQuery(path.stem, first.lstrip("# ").strip() if first.startswith("#") else path.stem, text)
