"""Parsed texts kept between runs: while frames are worked on, the same corpora are parsed hundreds of times."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from kg.parse import Parser, load_parser
from kg.resources import Resources, load_resources


@dataclass(frozen=True)
class KeepingParser(Parser):
    """A parser that keeps its results in a folder. They go by the text, the model and the code of `kg/parse`."""

    folder: Path

    def parse(self, text: str) -> Doc:
        """The parsed text, from the folder if it is there. Every call gives a Doc of its own."""
        path = self.folder / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.bin"
        if path.exists():
            # Our own files: nothing else writes here.
            content, data = pickle.loads(path.read_bytes())
            doc = Doc(self.language.vocab).from_bytes(content)
            doc.user_data.update(data)
            return doc
        doc = super().parse(text)
        part = path.with_suffix(".part")
        part.write_bytes(pickle.dumps((doc.to_bytes(exclude=["user_data"]), dict(doc.user_data))))
        part.replace(path)
        return doc


def keeping_parser(folder: Path | None) -> tuple[Parser, Resources]:
    """A parser with the resources of an extraction; results are kept in `folder` if one is given."""
    resources = load_resources()
    parser = load_parser(resources.lexicon)
    if folder is None:
        return parser, resources
    code = hashlib.sha256(parser.model.version.encode())
    for path in sorted(Path(load_parser.__code__.co_filename).parent.glob("*.py")):
        code.update(path.read_bytes())
    code.update(repr(sorted(resources.lexicon.abbreviations | resources.lexicon.final_abbreviations)).encode())
    own = folder / code.hexdigest()[:12]
    own.mkdir(parents=True, exist_ok=True)
    return KeepingParser(parser.language, parser.model, parser.lexicon, own), resources
