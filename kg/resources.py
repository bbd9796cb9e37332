"""Everything an extraction needs besides the article: model and data files, loaded once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.clean import BoilerplateRules, load_rules
from kg.datafiles import load_data_files
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.lexicon import Lexicon, load_lexicon
from kg.mentions import Words
from kg.ontology import Ontology, load_ontology
from kg.parse import Parser, load_parser

# Stages whose code makes no difference to an extraction: a change there leaves the cached records good.
AFTER_EXTRACTION = frozenset(
    {
        "check",
        "cli",
        "commands",
        "corrections",
        "disputes",
        "duplicates",
        "explain",
        "export",
        "facts",
        "fitting",
        "library",
        "nodes",
        "pipeline",
        "push",
        "query",
        "rdf",
        "ready",
        "replay",
        "resolve",
        "saved",
        "serve",
        "shapes",
        "store",
        "terms",
        "view",
    }
)


@dataclass(frozen=True)
class Resources:
    """The data files of one build."""

    ontology: Ontology
    lexicon: Lexicon
    gazetteer: Gazetteer
    boilerplate: BoilerplateRules
    digest: str

    @property
    def words(self) -> Words:
        """What mentions are read with."""
        return Words(self.lexicon, self.gazetteer)


def load_resources(overlay: Path | None = None) -> Resources:
    """Load the data files, the user's `overlay` folder over ours. Ours alone are read once in a process. Raises DataError
    where one is wrong."""
    return _load(overlay) if overlay is not None else _shipped()


@cache
def _shipped() -> Resources:
    return _load(None)


def _load(overlay: Path | None) -> Resources:
    data = load_data_files(overlay)
    return Resources(load_ontology(data), load_lexicon(data), load_gazetteer(data), load_rules(data), data.digest)


def extraction_key(resources: Resources, parser: Parser) -> str:
    """A hash of what an extraction depends on besides the document: the code, the data files and the model."""
    text = f"{code_digest()} {resources.digest} {parser.model.version}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def code_digest() -> str:
    """A hash of the source files an extraction runs, so that no cached record outlives a change of the code."""
    package = Path(__file__).parent
    found = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if name.parts[0].removesuffix(".py") not in AFTER_EXTRACTION:
            found.update(f"{name.as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


__all__ = ["Parser", "Resources", "extraction_key", "load_parser", "load_resources"]
