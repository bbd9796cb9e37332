"""What every measure reads articles with. Parsed texts can be kept between runs: while frames are worked on, the same
corpora are parsed hundreds of times."""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from spacy.tokens import Doc

from kg.extract import Reading, read_document
from kg.model import Document, Extraction
from kg.parse import Parser, load_parser
from kg.resources import Resources, load_resources

Json = dict[str, Any]


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


@dataclass(frozen=True)
class Bench:
    """What a measure needs. `corpora` is the folder of the corpora; measures on sentences of our own need none."""

    parser: Parser
    resources: Resources
    corpora: Path | None = None

    def corpus(self, path: str) -> Path:
        """A file of the corpora's development parts: `plover/dev.jsonl`."""
        if self.corpora is None:
            raise ValueError("this measure needs the folder of the corpora")
        return self.corpora / "dev" / path

    def read(self, text: str, published: date | None = None, id_: str = "x") -> Reading:
        """kg's reading of a text."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        return read_document(Document(id_, id_, text, digest, published=published), self.parser, self.resources)

    def extract(self, text: str, published: date | None = None) -> Extraction:
        """kg's record of a text."""
        return self.read(text, published).extraction


class Read(NamedTuple):
    """An article of a corpus with what was read from it."""

    gold: Json
    extraction: Extraction
    doc: Doc


def read_corpus(path: Path, bench: Bench, each_region: int | None = None) -> list[Read]:
    """All articles of a corpus, or the first few of each region."""
    seen: Counter[str] = Counter()
    found = []
    for gold in map(json.loads, path.open(encoding="utf8")):
        seen[gold.get("region", "")] += 1
        if each_region is None or seen[gold.get("region", "")] <= each_region:
            published = date.fromisoformat(gold["date"]) if gold.get("date") else None
            reading = bench.read(gold["text"], published, gold["id"])
            found.append(Read(gold, reading.extraction, reading.doc))
    return found


def options(doc: str | None, corpora: bool = True) -> argparse.ArgumentParser:
    """A command's parser with what all measures take."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    if corpora:
        parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--keep", type=Path, help="folder for parses kept between runs")
    return parser


def open_bench(arguments: argparse.Namespace) -> Bench:
    """The model and the data files, loaded."""
    parser, resources = keeping_parser(arguments.keep)
    return Bench(parser, resources, getattr(arguments, "corpora", None))
