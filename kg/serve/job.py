"""What the server asks of a worker, what it answers, and how both travel: a line of JSON, then the body's bytes."""

from __future__ import annotations

import json
from typing import Literal, NamedTuple

Outcome = Literal["done", "invalid", "too many rows", "too large", "wrong kind", "missing", "failed"]


class Job(NamedTuple):
    """A query, or an update, with the form of its answer. Formats are keys of kg.query's tables, None: none that was asked for."""

    text: str
    rows: str | None = "json"
    triples: str | None = "ttl"
    default: tuple[str, ...] | None = None
    """Graphs that the protocol names; None leaves it to the query."""
    named: tuple[str, ...] | None = None
    max_rows: int = 100_000
    update: bool = False


class Answer(NamedTuple):
    """`body` is the serialised result of a job that is done, empty otherwise; `format` says how it was serialised."""

    outcome: Outcome
    reason: str = ""
    format: str = ""
    body: bytes = b""


def pack_job(job: Job) -> bytes:
    """A job as one line."""
    return json.dumps(job._asdict()).encode() + b"\n"


def unpack_job(line: bytes) -> Job:
    """The job of a line."""
    fields = json.loads(line)
    for name in ("default", "named"):
        fields[name] = None if fields[name] is None else tuple(fields[name])
    return Job(**fields)


def pack_answer(answer: Answer) -> bytes:
    """An answer as a line, with its body behind."""
    head = {"outcome": answer.outcome, "reason": answer.reason, "format": answer.format, "size": len(answer.body)}
    return json.dumps(head).encode() + b"\n" + answer.body


def unpack_answer(line: bytes) -> tuple[Answer, int]:
    """The answer of a line, still without its body, and how many bytes that has."""
    head = json.loads(line)
    return Answer(head["outcome"], head["reason"], head["format"]), head["size"]
