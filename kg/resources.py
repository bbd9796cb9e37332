"""Everything an extraction needs besides the article: model and data files, loaded once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kg.datafiles import load_data_files
from kg.gazetteer import Gazetteer, load_gazetteer
from kg.lexicon import Lexicon, load_lexicon
from kg.mentions import Words
from kg.ontology import Ontology, load_ontology
from kg.parse import Parser, load_parser

# Raised whenever the code would extract something else from the same article, so that cached records are made anew.
EXTRACTION_VERSION = 1


@dataclass(frozen=True)
class Resources:
    """The data files of one build."""

    ontology: Ontology
    lexicon: Lexicon
    gazetteer: Gazetteer
    digest: str

    @property
    def words(self) -> Words:
        """What mentions are read with."""
        return Words(self.lexicon, self.gazetteer)


def load_resources(overlay: Path | None = None) -> Resources:
    """Load the data files, the user's `overlay` folder over ours. Raises DataError where one is wrong."""
    data = load_data_files(overlay)
    return Resources(load_ontology(data), load_lexicon(data), load_gazetteer(data), data.digest)


def extraction_key(resources: Resources, parser: Parser) -> str:
    """A hash of what an extraction depends on besides the document."""
    text = f"{EXTRACTION_VERSION} {resources.digest} {parser.model.version}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


__all__ = ["EXTRACTION_VERSION", "Parser", "Resources", "extraction_key", "load_parser", "load_resources"]
