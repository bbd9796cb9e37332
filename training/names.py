"""Reader of our own annotated sentences (`training/names/`), which mark names in brackets: `[LOC Damascus]`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from spacy.lang.en import English
from spacy.tokens import Doc

from kg.parse.tokens import make_language, tokenise
from training.sentences import NER_LABELS, Sentence

FOLDER = Path(__file__).parent / "names"
CORPUS = "kg-names"
SPLITS = ("train", "test")
BRACKETED = re.compile(r"\[(?P<label>\S+) (?P<name>[^\[\]]+)\]")


def read_own_names(folder: Path = FOLDER) -> list[Sentence]:
    """Every annotated sentence of both parts; `doc` is the part and the line number, since each stands alone."""
    language = make_language()
    return [sentence for split in SPLITS for sentence in read_part(folder / f"{split}.txt", split, language)]


def read_part(path: Path, split: str, language: English) -> Iterator[Sentence]:
    """The sentences of one file; blank lines and lines that start with # are left out.

    Raises ValueError with file and line number where brackets, labels or the ends of a name are wrong.
    """
    for number, line in enumerate(path.read_text(encoding="utf8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                yield sentence_of(line, split, f"{split}-{number}", language)
            except ValueError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from None


def sentence_of(line: str, split: str, doc: str, language: English) -> Sentence:
    """One bracketed line as a Sentence in our tokens. Raises ValueError if it can't be read."""
    text, names = without_brackets(line)
    tokens = tokenise(text, language)
    words = tuple(token.text for token in tokens)
    entities = tuple(span_of(tokens, start, end, label) for start, end, label in names)
    return Sentence(CORPUS, split, doc, words, entities=entities, text=text)


def without_brackets(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The plain text and (start, end exclusive, label) of its names in code points."""
    text, names, position = "", [], 0
    for match in BRACKETED.finditer(line):
        text += line[position : match.start()]
        name, label = match["name"], match["label"]
        if label not in NER_LABELS:
            raise ValueError(f"unknown label {label!r} in {match[0]!r}")
        if name != name.strip():
            raise ValueError(f"white space at the end of {match[0]!r}")
        names.append((len(text), len(text) + len(name), label))
        text += name
        position = match.end()
    text += line[position:]
    if "[" in text or "]" in text:
        raise ValueError(f"a bracket that marks no name: {text!r}")
    return text, names


def span_of(tokens: Doc, start: int, end: int, label: str) -> tuple[int, int, str]:
    """(first token, last token exclusive, label) of a stretch of text. Raises ValueError if it cuts a token."""
    span = tokens.char_span(start, end)
    if span is None:
        name = tokens.text[start:end]
        raise ValueError(
            f"{name!r} does not begin and end with a token of {tokens.text[max(0, start - 15) : end + 15]!r}"
        )
    return span.start, span.end, label
