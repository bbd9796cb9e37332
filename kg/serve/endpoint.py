"""The endpoint: queries by the SPARQL 1.1 Protocol, and whole graphs by the reading half of the Graph Store Protocol."""

from __future__ import annotations

import asyncio

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.query import GRAPH_FORMATS
from kg.serve.description import SD, describe
from kg.serve.job import Answer, Job
from kg.serve.negotiate import PAGE, ROWS, TRIPLES, choose, content_type, types
from kg.serve.pool import Pool, RefusedError
from kg.serve.protocol import read_request
from kg.serve.scratch import Scratch
from kg.serve.state import State, state_of

VARY = {"Vary": "Accept", "Cache-Control": "no-cache"}
WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


async def sparql(request: Request) -> Response:
    """Answer a query, or describe the service to who asks nothing (a browser is sent to the editor)."""
    state, accept = state_of(request), request.headers.get("accept")
    asked = await read_request(request, updates=state.scratch is not None)
    if asked is None:
        if choose(accept, {**PAGE, **TRIPLES}) == "html" and "text/html" in (accept or ""):
            return RedirectResponse(request.app.url_path_for("home"), status_code=303, headers=VARY)
        return description(request)
    if asked.update and state.scratch is not None:
        return result(await run(request, state.scratch, asked.job()), state)
    rows, triples = choose(accept, ROWS), choose(accept, TRIPLES)
    if rows is None and triples is None:
        raise RefusedError(406, f"the result can be had as {types(ROWS, TRIPLES)}")
    job = asked.job()._replace(rows=rows, triples=triples, max_rows=state.options.max_rows)
    return result(await run(request, state.queries, job), state)


async def run(request: Request, pool: Pool | Scratch, job: Job) -> Answer:
    """The answer to a job; when the client goes away, the job is stopped. Raises RefusedError."""
    work = asyncio.create_task(pool.run(job))
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            raise RefusedError(499, "the client went away")
        return work.result()
    finally:
        for task in (work, gone):
            task.cancel()
        await asyncio.gather(work, gone, return_exceptions=True)


async def _gone(request: Request) -> None:
    """Returns when the client has closed the connection. The body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def result(answer: Answer, state: State) -> Response:
    """An answer as a response. Raises RefusedError where there is none."""
    match answer.outcome:
        case "done" if not answer.format:
            return Response(status_code=204)
        case "done":
            forms = TRIPLES if answer.reason == "triples" else ROWS
            return Response(answer.body, headers=VARY | {"Content-Type": content_type(answer.format, forms)})
        case "too many rows":
            advice = "add LIMIT to the query, or start the server with a higher --max-rows"
            raise RefusedError(413, f"the result has more than {state.options.max_rows:,} rows ({advice})")
        case "too large":
            raise RefusedError(413, "the result is too large to be sent in one piece (ask for less, or add LIMIT)")
        case "wrong kind":
            forms = TRIPLES if answer.reason == "triples" else ROWS
            raise RefusedError(406, f"the result of this query can be had as {types(forms)}")
        case "missing":
            raise RefusedError(503, f"no graph to query at the moment: {answer.reason}")
        case "invalid":
            raise RefusedError(400, answer.reason)
        case "failed":
            raise RefusedError(500, answer.reason)


def description(request: Request) -> Response:
    """The service description in the form that the request likes. Raises RefusedError."""
    form = choose(request.headers.get("accept"), TRIPLES)
    if form is None:
        raise RefusedError(406, f"the service description can be had as {types(TRIPLES)}")
    endpoint = str(request.url.replace(query="", fragment=""))
    prefixes = {"sd": SD} if form in ("ttl", "xml") else None
    triples = describe(endpoint, updates=state_of(request).scratch is not None)
    body = ox.serialize(triples, format=GRAPH_FORMATS[form], prefixes=prefixes) or b""
    return Response(body, headers=VARY | {"Content-Type": content_type(form, TRIPLES)})


async def store(request: Request) -> Response:
    """A whole graph (SPARQL 1.1 Graph Store Protocol, 5.2): `?default`, `?graph=IRI`, or by the request's own address."""
    state, accept = state_of(request), request.headers.get("accept")
    form = choose(accept, TRIPLES)
    if form is None:
        raise RefusedError(406, f"a graph can be had as {types(TRIPLES)}")
    named = _graph_of(request)
    if named is None:
        job = Job(WHOLE, triples=form, max_rows=state.options.max_rows)
        return result(await run(request, state.queries, job), state)
    here = await run(request, state.queries, Job(f"ASK {{ GRAPH {named} {{ ?s ?p ?o }} }}", rows="csv"))
    if here.outcome == "done" and here.body == b"false":
        raise RefusedError(404, f"there is no graph {named} here")
    job = Job(WHOLE, triples=form, default=(named.value,), named=(), max_rows=state.options.max_rows)
    return result(await run(request, state.queries, job), state)


def _graph_of(request: Request) -> ox.NamedNode | None:
    """The graph that a request names, None for the default graph. Raises RefusedError."""
    if request.path_params.get("name"):
        return _node(str(request.url.replace(query="", fragment="")))
    names, default = request.query_params.getlist("graph"), "default" in request.query_params
    if len(names) + default != 1:
        raise RefusedError(400, "name one graph: ?default or ?graph=IRI")
    return None if default else _node(names[0])


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise RefusedError(400, f"{iri!r} is no absolute IRI") from None
