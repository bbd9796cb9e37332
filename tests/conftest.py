"""What several test files share: the model and data files, loaded once, and statements as short lines."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.extract import extract_document
from kg.model import Document, Extraction, Statement
from kg.parse import Parser, load_parser
from kg.resources import Resources, load_resources

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def parser(resources: Resources) -> Parser:
    return load_parser(resources.lexicon)


@pytest.fixture(scope="session")
def resources() -> Resources:
    return load_resources()


def document(text: str, published: str | None = "2022-07-20", id_: str = "d", **fields: str) -> Document:
    """A document with a text, as `read` would make it."""
    day = date.fromisoformat(published) if published else None
    return Document(id_, f"{id_}.txt", text, hashlib.sha256(text.encode()).hexdigest(), published=day, **fields)


@pytest.fixture(scope="session")
def make_document() -> Callable[..., Document]:
    return document


@pytest.fixture(scope="session")
def extract(parser: Parser, resources: Resources) -> Callable[..., Extraction]:
    def run(text: str, published: str | None = "2022-07-20", id_: str = "d", **fields: str) -> Extraction:
        return extract_document(document(text, published, id_, **fields), parser, resources)

    return run


@pytest.fixture(scope="session")
def statements(extract: Callable[..., Extraction]) -> Callable[..., list[str]]:
    """The statements of a text as lines, sorted; open ones left out, `said` too unless asked for."""

    def run(text: str, published: str | None = "2022-07-20", said: bool = False) -> list[str]:
        found = extract(text, published)
        told = [s for s in found.statements if s.family != "OTHER"]
        return sorted({line(s, found) for s in told if said or s.relation != "said"})

    return run


def line(statement: Statement, extraction: Extraction) -> str:
    """A statement as tests write it: `Iran supplies Russia; theme drones; possible; by Burns (quote)`."""
    label = {e.id: e.label for e in extraction.entities}
    parts = [" ".join(filter(None, (label[statement.subject], statement.relation, label.get(statement.object or ""))))]
    for name in ("theme", "place"):
        value = getattr(statement, name)
        if value is not None:
            parts.append(f"{name} {label[value]}")
    if statement.time is not None:
        parts.append(f"time {days(statement)}")
    if statement.polarity == "negative":
        parts.append("negative")
    if statement.modality != "actual":
        parts.append(statement.modality)
    if statement.attributed_to is not None:
        parts.append(f"by {label[statement.attributed_to]}" + (" (quote)" if statement.manner == "quote" else ""))
    return "; ".join(parts)


def days(statement: Statement) -> str:
    """The interval of a statement's time: one day, or first..last with nothing for open ends."""
    time = statement.time
    assert time is not None
    if time.earliest is not None and time.earliest == time.latest:
        return time.earliest.isoformat()
    return f"{time.earliest or ''}..{time.latest or ''}"
