"""What a request to the endpoint asks (SPARQL 1.1 Protocol, 2.1). Nothing of Starlette's but the request is used here."""

from __future__ import annotations

import asyncio
from typing import NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.serve.options import MAX_BODY
from kg.serve.pool import RefusedError

READ_ONLY = "this server is read-only: it takes no updates (build the graph anew with `kg build`)"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
# Seconds for a body to arrive.
PATIENCE = 30.0
_UPDATE_ONLY = ("update", "using-graph-uri", "using-named-graph-uri")


class Asked(NamedTuple):
    """A query and the dataset that the request names for it: None where it names none."""

    query: str
    default: tuple[str, ...] | None
    named: tuple[str, ...] | None


async def read_request(request: Request) -> Asked | None:
    """What a request asks; None for one without parameters, which asks for the service description.

    Raises RefusedError.
    """
    fields = _fields(request.url.query)
    if request.method == "POST":
        fields += await _from_body(request)
    elif not request.url.query:
        return None
    if any(name in _UPDATE_ONLY for name, _ in fields):
        raise RefusedError(403, READ_ONLY)
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise RefusedError(400, f"{len(queries)} parameters `query`, there must be one")
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    named = tuple(value for name, value in fields if name == "named-graph-uri")
    for iri in (*default, *named):
        if not iri.startswith(("http://", "https://", "urn:")):
            raise RefusedError(400, f"{iri!r} names no graph: give the full IRI of one that is here")
    # A dataset consists of just what the request names: with either parameter, the other's absence means empty.
    return Asked(queries[0], *((default, named) if default or named else (None, None)))


async def _from_body(request: Request) -> list[tuple[str, str]]:
    """The parameters in a request's body. Raises RefusedError."""
    type_, _, parameters = request.headers.get("content-type", "").partition(";")
    type_ = type_.strip().lower()
    if type_ == UPDATE:
        raise RefusedError(403, READ_ONLY)
    if type_ not in (FORM, QUERY):
        raise RefusedError(
            415, f"a POST is {FORM} or {QUERY}" + (f", not {type_}" if type_ else "; the request names neither")
        )
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if charset not in ("", "utf-8", "utf8"):
        raise RefusedError(415, "a query is encoded in UTF-8")
    try:
        text = (await read_body(request)).decode()
    except UnicodeDecodeError:
        raise RefusedError(400, "a query is encoded in UTF-8") from None
    return _fields(text) if type_ == FORM else [("query", text)]


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


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=1000)
    except ValueError:
        raise RefusedError(400, "the parameters are not URL-encoded UTF-8") from None
