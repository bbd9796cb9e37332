"""The data files (ontology, frames, lexicon, gazetteer) as entries: an IRI with its values by property.

A user's own folder overlays ours: what it says of an IRI's property replaces what ours says of it, new IRIs are added.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.vocabulary import KG, RDF


@dataclass(frozen=True)
class Entry:
    """One subject of a data file. Values are strings: an IRI in full, or a literal's lexical form. `overlaid` says
    whether a user's own folder speaks of it."""

    iri: str
    values: Mapping[str, tuple[str, ...]]
    overlaid: bool = False

    @property
    def name(self) -> str:
        """The local name of the IRI."""
        return local_name(self.iri)

    def all(self, property_: str) -> tuple[str, ...]:
        """All values of a property, sorted; empty if there are none."""
        return self.values.get(property_, ())

    def one(self, property_: str) -> str | None:
        """The value of a property that has at most one; None if it has none. Raises DataError if it has several."""
        found = self.all(property_)
        if len(found) > 1:
            raise DataError(f"{self.iri}: has {len(found)} values of {local_name(property_)}, but may have one")
        return found[0] if found else None

    def words(self, property_: str) -> tuple[str, ...]:
        """The space-separated words of a property's values; an underscore in a word stands for a space."""
        return tuple(word.replace("_", " ") for value in self.all(property_) for word in value.split())


@dataclass(frozen=True)
class DataFiles:
    """All entries by class, and a hash of everything read (part of the key of cached extractions)."""

    entries: Mapping[str, Entry]
    digest: str

    def of_class(self, name: str) -> Iterator[Entry]:
        """The entries of a class of our vocabulary, by IRI."""
        wanted = KG + name
        for iri in sorted(self.entries):
            if wanted in self.entries[iri].all(RDF + "type"):
                yield self.entries[iri]


def local_name(iri: str) -> str:
    """What follows the last / or # of an IRI."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]


def default_folder() -> Path:
    """Our own data files: inside the installed package, or at the top of a checkout."""
    packaged = Path(str(resources.files("kg") / "data" / "ontology"))
    return packaged if packaged.is_dir() else Path(str(resources.files("kg"))).parent / "ontology"


def load_data_files(overlay: Path | None = None) -> DataFiles:
    """Read our data files, and those of `overlay` over them.

    Raises DataError when a folder holds no Turtle file or a file can't be parsed.
    """
    digest = hashlib.sha256()
    values = _read_folder(default_folder(), digest)
    own = _read_folder(overlay, digest) if overlay else {}
    for iri, properties in own.items():
        values.setdefault(iri, {}).update(properties)
    entries = {iri: Entry(iri, properties, iri in own) for iri, properties in values.items()}
    return DataFiles(entries, digest.hexdigest())


def _read_folder(folder: Path, digest: hashlib._Hash) -> dict[str, dict[str, tuple[str, ...]]]:
    paths = sorted(folder.glob("*.ttl")) if folder.is_dir() else []
    if not paths:
        raise DataError(f"{folder}: no .ttl file here (an ontology folder holds Turtle files)")
    found: dict[str, dict[str, set[str]]] = {}
    for path in paths:
        content = path.read_bytes()
        digest.update(content)
        for quad in _parse(path, content):
            subject = found.setdefault(_text(quad.subject), {})
            subject.setdefault(quad.predicate.value, set()).add(_text(quad.object))
    return {iri: {p: tuple(sorted(v)) for p, v in properties.items()} for iri, properties in found.items()}


def _parse(path: Path, content: bytes) -> list[ox.Quad]:
    try:
        return list(ox.parse(content, ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise DataError(f"{path}: not valid Turtle: {str(error).splitlines()[0]}") from error


def _text(term: object) -> str:
    value = getattr(term, "value", None)
    return value if isinstance(value, str) else str(term)


def require(entry: Entry, properties: Sequence[str]) -> None:
    """Raise DataError unless the entry has each property."""
    for property_ in properties:
        if not entry.all(property_):
            raise DataError(f"{entry.iri}: lacks {local_name(property_)}")
