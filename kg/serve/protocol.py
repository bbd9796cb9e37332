"""What a request to the endpoint asks (SPARQL 1.1 Protocol, 2.1). Nothing of Starlette's but the request is used here."""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.job import Job
from kg.serve.options import MAX_BODY
from kg.serve.pool import RefusedError

READ_ONLY = (
    "this server is read-only: it takes no updates (build the graph anew with `kg build`, or try them with --scratch)"
)
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# Seconds for a body to arrive.
PATIENCE = 30.0
_QUERYING = ("query", "default-graph-uri", "named-graph-uri")
_UPDATING = ("update", "using-graph-uri", "using-named-graph-uri")
Fields = list[tuple[str, str]]


class Asked(NamedTuple):
    """A query or update, and the dataset that the request names for it: None where it names none."""

    text: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None
    update: bool = False

    def job(self) -> Job:
        """What a worker is to do, in the usual forms."""
        return Job(self.text, default=self.default, named=self.named, update=self.update)


async def read_request(request: Request, updates: bool = False) -> Asked | None:
    """What a request asks; None for one without parameters, which asks for the service description.

    `updates` are allowed or not. Raises RefusedError.
    """
    fields = _fields(request.url.query)
    if not updates and _is_update(fields):
        raise RefusedError(403, READ_ONLY)
    if request.method == "POST":
        sent = await _from_body(request, updates)
        if any(name == "update" for name, _ in fields):
            raise RefusedError(400, "an update is the body of a POST, or a parameter in it")
        fields += sent
    elif not request.url.query:
        return None
    if not _is_update(fields):
        return _asked(fields, _QUERYING)
    if not updates:
        raise RefusedError(403, READ_ONLY)
    if request.method != "POST":
        raise RefusedError(400, "an update is sent by POST")
    if any(name in _QUERYING for name, _ in fields):
        raise RefusedError(400, "a request is a query or an update, not both")
    return _asked(fields, _UPDATING)._replace(update=True)


def _is_update(fields: Fields) -> bool:
    return any(name in _UPDATING for name, _ in fields)


def _asked(fields: Fields, names: tuple[str, str, str]) -> Asked:
    texts, default, named = (tuple(value for name, value in fields if name == wanted) for wanted in names)
    if len(texts) != 1:
        raise RefusedError(400, f"{len(texts)} parameters `{names[0]}`, there must be one")
    for iri in (*default, *named):
        if not iri.startswith(("http://", "https://", "urn:")):
            raise RefusedError(400, f"{iri!r} names no graph: give the full IRI of one that is here")
    # A dataset consists of just what the request names: with either parameter, the other's absence means empty.
    return Asked(texts[0], *((default, named) if default or named else (None, None)))


async def _from_body(request: Request, updates: bool) -> Fields:
    """The parameters in a request's body. Raises RefusedError."""
    type_, _, parameters = request.headers.get("content-type", "").partition(";")
    type_ = type_.strip().lower()
    if type_ == UPDATE and not updates:
        raise RefusedError(403, READ_ONLY)
    if type_ not in (FORM, QUERY, UPDATE):
        raise RefusedError(
            415, f"a POST is {FORM} or {QUERY}" + (f", not {type_}" if type_ else "; the request names neither")
        )
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise RefusedError(415, "a request is encoded in UTF-8")
    try:
        text = (await read_body(request)).decode()
    except UnicodeDecodeError:
        raise RefusedError(400, "a request is encoded in UTF-8") from None
    return _fields(text) if type_ == FORM else [("query" if type_ == QUERY else "update", text)]


async def read_body(request: Request) -> bytes:
    """A request's body. Raises RefusedError when it is too long or too slow."""
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(PATIENCE):
            async for part in request.stream():
                size += len(part)
                if size > MAX_BODY:
                    raise RefusedError(413, f"the body is longer than {MAX_BODY >> 20} MiB")
                parts.append(part)
    except TimeoutError:
        raise RefusedError(408, "the body took too long to arrive") from None
    except ClientDisconnect:
        raise RefusedError(400, "the body is incomplete") from None
    return b"".join(parts)


def _fields(text: str) -> Fields:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise RefusedError(400, "the parameters are not URL-encoded UTF-8") from None
