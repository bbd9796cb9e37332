"""Extraction records as JSON: the public format of `kg extract`, and the cache from which graphs are assembled.

The public record has exactly the keys of DESIGN.md section 3. The cache holds more (slots, gazetteer entries,
chains), one file per article, named by a hash of all that the extraction depends on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from kg.model import Document, Entity, Extraction, Mention, Slot, Span, Statement, Time

Json = dict[str, Any]


def public_record(extraction: Extraction) -> Json:
    """The extraction as `kg extract --format jsonl` prints it."""
    document = extraction.document
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "publisher": document.publisher,
        "published": _day(document.published),
        "language": document.language,
        "text": document.text,
        "sha256": document.sha256,
        "mentions": [m._asdict() for m in extraction.mentions],
        "entities": [_public_entity(e) for e in extraction.entities],
        "statements": [_public_statement(s) for s in extraction.statements],
    }


def _public_entity(entity: Entity) -> Json:
    keys = ("id", "label", "type", "subtype", "aliases", "country", "link")
    return {key: list(value) if isinstance(value := getattr(entity, key), tuple) else value for key in keys}


def _public_statement(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "subject": statement.subject,
        "relation": statement.relation,
        "family": statement.family,
        "object": statement.object,
        "theme": statement.theme,
        "place": statement.place,
        "time": _time(statement.time),
        "polarity": statement.polarity,
        "modality": statement.modality,
        "attributed_to": statement.attributed_to,
        "manner": statement.manner,
        "cue": statement.cue,
        "sentence": statement.sentence._asdict(),
        "trigger": statement.trigger._asdict(),
        "frame": statement.frame,
    }


def _time(time: Time | None) -> Json | None:
    return None if time is None else {"text": time.text, "earliest": _day(time.earliest), "latest": _day(time.latest)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


# --- The cache ---------------------------------------------------------------------------------------


def dump(extraction: Extraction) -> str:
    """An extraction as one line of JSON that `load` reads back."""
    raw = asdict(extraction)
    raw["document"]["published"] = _day(extraction.document.published)
    raw["mentions"] = [list(m) for m in extraction.mentions]
    raw["statements"] = [_stored_statement(s) for s in extraction.statements]
    return json.dumps(raw, ensure_ascii=False, sort_keys=True)


def _stored_statement(statement: Statement) -> Json:
    return asdict(statement) | {
        "time": _time(statement.time),
        "slots": [list(s) for s in statement.slots],
        "sentence": list(statement.sentence),
        "trigger": list(statement.trigger),
    }


def load(line: str) -> Extraction:
    """Read what `dump` wrote. Raises ValueError, KeyError or TypeError on anything else."""
    raw = json.loads(line)
    document = raw["document"]
    published = date.fromisoformat(document["published"]) if document["published"] else None
    return Extraction(
        document=Document(**{**document, "published": published}),
        mentions=tuple(Mention(*m) for m in raw["mentions"]),
        entities=tuple(Entity(**{**e, "aliases": tuple(e["aliases"])}) for e in raw["entities"]),
        statements=tuple(_statement(s) for s in raw["statements"]),
    )


def _statement(raw: Mapping[str, Any]) -> Statement:
    time = raw["time"]

    def read(text: str | None) -> date | None:
        return date.fromisoformat(text) if text else None

    return Statement(
        **{
            **raw,
            "time": Time(time["text"], read(time["earliest"]), read(time["latest"])) if time else None,
            "sentence": Span(*raw["sentence"]),
            "trigger": Span(*raw["trigger"]),
            "chain": tuple(raw["chain"]),
            "slots": tuple(Slot(*s) for s in raw["slots"]),
        }
    )


def record_path(folder: Path, document: Document, key: str) -> Path:
    """Where an article's record lies: named by the article and by all that its extraction depends on (`key`)."""
    identity = json.dumps(
        [
            document.id,
            document.source,
            document.title,
            document.publisher,
            _day(document.published),
            document.url,
            document.reference,
            document.sha256,
        ]
    )
    return folder / f"{hashlib.sha256((key + identity).encode()).hexdigest()[:32]}.json"


def read_record(path: Path) -> Extraction | None:
    """A cached extraction, None if there is none or the file is damaged (it is then made anew)."""
    try:
        return load(path.read_text(encoding="utf8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(path: Path, extraction: Extraction) -> None:
    """Store an extraction; an interrupted write leaves no half record."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(dump(extraction), encoding="utf8")
    temporary.replace(path)


def remove_stale(folder: Path, current: Iterable[Path]) -> None:
    """Delete the records that the last build did not use, so that a forgotten article leaves no trace."""
    keep = {path.name for path in current}
    for path in folder.glob("*.json"):
        if path.name not in keep:
            path.unlink()
