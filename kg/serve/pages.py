"""The pages: the query editor, search, and a page for each entity, statement and article at the path of its IRI, where
programs get Turtle or JSON-LD instead."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from kg.ready import vocabulary
from kg.serve.endpoint import VARY, result, run
from kg.serve.evidence import Link, by_subject, named, show, value, words
from kg.serve.headers import page_policy
from kg.serve.job import Job
from kg.serve.lookup import PAGE_ROWS, Row, filled, iris, select
from kg.serve.negotiate import PAGE, TRIPLES, choose, types
from kg.serve.pool import RefusedError
from kg.serve.state import State, state_of
from kg.terms import Names, prefixes
from kg.view.safe import label, web_link
from kg.vocabulary import DCT, KG, OWL, RDF, SCHEMA, SKOS

# Statements on a page, and entities that a search gives.
PER_PAGE = 50
MOST_FOUND = 50
LONGEST_SEARCH = 200


def html(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page from one of our templates."""
    state = state_of(request)
    text = state.templates.get_template(f"{template}.html.jinja").render(path=local_path(state), **values)
    return Response(text, status, media_type="text/html", headers=VARY)


def local_path(state: State) -> Any:
    """A function that gives the path of an IRI of our data on this server, None for any other IRI."""
    return lambda iri: "/" + iri[len(state.base) :].split("#")[0] if iri and iri.startswith(state.base) else None


async def home(request: Request) -> Response:
    """The query editor."""
    state = state_of(request)
    return html(request, "home", ready=state.ready, scratch=state.scratch is not None)


async def ready(request: Request) -> Response:
    """What the editor offers: prefixes, and the ready queries with theirs written out."""
    state = state_of(request)
    known = prefixes(state.base)
    queries = [{"name": q.name, "title": q.title, "query": q.complete(known)} for q in state.ready]
    classes, properties = await asyncio.to_thread(vocabulary)
    return JSONResponse({"prefixes": known, "queries": queries, "classes": classes, "properties": properties})


async def graph(request: Request) -> Response:
    """The graph page that the build wrote, under the policy that it names itself."""
    path = state_of(request).output / "graph.html"
    if not path.is_file():
        raise RefusedError(404, "there is no graph.html in the output folder (run `kg build`)")
    policy = await asyncio.to_thread(page_policy, path)
    return FileResponse(
        path, media_type="text/html", headers={"Content-Security-Policy": policy, "Cache-Control": "no-cache"}
    )


async def health(request: Request) -> Response:
    """Whether queries are answered, for whatever watches the server."""
    answer = await state_of(request).pages.run(Job("ASK { ?s ?p ?o }", rows="csv"))
    if answer.outcome != "done":
        raise RefusedError(503, answer.reason)
    return JSONResponse({"status": "ok", "empty": answer.body != b"true"}, headers={"Cache-Control": "no-store"})


class Found(NamedTuple):
    """An entity that a search gives."""

    iri: str
    label: str
    type: str


async def search(request: Request) -> Response:
    """Entities by name: a page, or JSON for who asks for it."""
    state, words_ = state_of(request), request.query_params.get("q", "").strip()
    form = choose(request.headers.get("accept"), {**PAGE, "json": ("application/json",)})
    if request.query_params.get("format") == "json":
        form = "json"
    if form is None:
        raise RefusedError(406, "a search can be had as text/html, application/json")
    if len(words_) > LONGEST_SEARCH:
        raise RefusedError(400, f"a search is at most {LONGEST_SEARCH} characters long")
    found = await _found(state, words_) if words_ else []
    more = len(found) == MOST_FOUND
    if form == "json":
        return JSONResponse({"query": words_, "results": [f._asdict() for f in found], "more": more}, headers=VARY)
    links = [(Link(label(f.label), f.iri), f.type) for f in found]
    return html(request, "search", words=words_, found=links, more=more)


async def _found(state: State, words_: str) -> list[Found]:
    """Entities one of whose names holds the words: whole names first, then beginnings, then shorter before longer."""
    wanted = words_.lower()
    rows = await select(state.pages, "search", words=ox.Literal(wanted), limit=PAGE_ROWS)
    ranks: dict[str, tuple[int, int]] = {}
    for row in rows:
        iri, name = row["entity"].value, row["name"].value.lower()
        if iri.startswith(f"{state.base}entity/"):
            rank = (0 if name == wanted else 1 if name.startswith(wanted) else 2, len(name))
            ranks[iri] = min(rank, ranks.get(iri, rank))
    best = sorted(ranks, key=lambda iri: (ranks[iri], iri))[:MOST_FOUND]
    if not best:
        return []
    kinds = await select(state.pages, "kinds", entities=[ox.NamedNode(iri) for iri in best])
    of = {row["entity"].value: row for row in reversed(kinds)}
    return [
        Found(iri, of[iri]["label"].value, words(of[iri]["class"].value)) for iri in best if "label" in of.get(iri, ())
    ]


async def entity(request: Request) -> Response:
    """An entity with its names and statements."""
    state = state_of(request)
    node = Names(state.base).entity(request.path_params["id"])
    if (form := _form(request)) != "html":
        return await _triples(request, filled("entity-graph", entity=node), form)
    properties = await _properties(state, node)
    page = _page(request)
    rows = await select(state.pages, "statements", entity=node, limit=PAGE_ROWS)
    latest_first = sorted(sorted(iris(rows, "statement"), key=str), key=_days(rows), reverse=True)
    return html(
        request,
        "entity",
        iri=node.value,
        title=label(value(properties, SKOS + "prefLabel")) or words(node.value),
        kinds=[words(r["value"].value) for r in properties.get(RDF + "type", ()) if r["value"].value.startswith(KG)],
        aliases=[label(r["value"].value) for r in properties.get(SKOS + "altLabel", ())],
        country=[named(row) for row in properties.get(KG + "country", ())],
        same=[link for r in properties.get(OWL + "sameAs", ()) if (link := web_link(r["value"].value))],
        merged=[label(r["value"].value, 500) for r in properties.get(KG + "mergedBecause", ())],
        **await _part(state, latest_first, page),
    )


def _days(rows: Sequence[Row]) -> Callable[[ox.NamedNode], str]:
    """Gives the day of a statement; one without is older than any."""
    days = {row["statement"].value: row["day"].value for row in rows if "day" in row}
    return lambda node: days.get(node.value, "")


async def _part(state: State, statements: Sequence[ox.NamedNode], page: int) -> dict[str, Any]:
    """What a page shows of many statements."""
    shown = await show(state.pages, statements[page * PER_PAGE : (page + 1) * PER_PAGE])
    return {"statements": shown, "page": page, "more": len(statements) > (page + 1) * PER_PAGE}


async def article(request: Request) -> Response:
    """An article with the statements taken from it."""
    state = state_of(request)
    node = Names(state.base).article(request.path_params["id"])
    if (form := _form(request)) != "html":
        return await _triples(request, filled("thing-graph", thing=node), form)
    properties = await _properties(state, node)
    page = _page(request)
    rows = await select(state.pages, "article-statements", article=node, limit=PAGE_ROWS)
    in_order = iris(sorted(rows, key=lambda r: (int(r["begin"].value), r["statement"].value)), "statement")
    return html(
        request,
        "article",
        iri=node.value,
        title=label(value(properties, DCT + "title")) or words(node.value),
        facts=_facts(
            properties, {"Publisher": DCT + "publisher", "Published": DCT + "issued", "Language": DCT + "language"}
        ),
        link=web_link(value(properties, SCHEMA + "url")),
        **await _part(state, in_order, page),
    )


async def thing(request: Request) -> Response:
    """A statement or a fact: its properties, and the sentences behind it."""
    state, kind = state_of(request), request.url.path.split("/")[1]
    try:
        node = ox.NamedNode(f"{state.base}{kind}/{request.path_params['id']}")
    except ValueError:
        raise RefusedError(404, f"there is no such {kind} here") from None
    if (form := _form(request)) != "html":
        return await _triples(request, filled("thing-graph", thing=node), form)
    properties = await _properties(state, node)
    is_statement = KG + "Statement" in {row["value"].value for row in properties.get(RDF + "type", ())}
    return html(
        request,
        "thing",
        iri=node.value,
        title=kind.capitalize(),
        statements=await show(state.pages, [node]) if is_statement else (),
        properties=[(words(name), [named(row) for row in rows]) for name, rows in properties.items()],
    )


def _facts(properties: Mapping[str, Sequence[Row]], wanted: Mapping[str, str]) -> list[tuple[str, Link]]:
    return [(name, named(row)) for name, property_ in wanted.items() for row in properties.get(property_, ())]


async def _properties(state: State, node: ox.NamedNode) -> Mapping[str, Sequence[Row]]:
    """What is said of a node, by property. Raises RefusedError when nothing is."""
    found = by_subject(await select(state.pages, "properties", subjects=[node])).get(node.value)
    if not found:
        raise RefusedError(404, f"there is nothing about {node.value} here")
    return found


def _form(request: Request) -> str:
    """The form in which a thing is wanted: html or one of TRIPLES; `?format=` says it where a link can't. Raises RefusedError."""
    forms = {**PAGE, **TRIPLES}
    form = request.query_params.get("format") or choose(request.headers.get("accept"), forms)
    if form == "jsonld":
        form = "json"
    if form not in forms:
        raise RefusedError(406, f"this can be had as {types(PAGE, TRIPLES)}")
    return form


async def _triples(request: Request, query: str, form: str) -> Response:
    state = state_of(request)
    answer = await run(request, state.pages, Job(query, triples=form, max_rows=state.options.max_rows))
    if answer.outcome == "done" and not _says_anything(answer.body, form):
        raise RefusedError(404, "there is nothing about this here")
    return result(answer, state)


def _says_anything(body: bytes, form: str) -> bool:
    """Whether a serialised graph holds a triple."""
    if form == "json":
        return bool(json.loads(body))
    types_ = {"ttl": ox.RdfFormat.TURTLE, "nt": ox.RdfFormat.N_TRIPLES, "xml": ox.RdfFormat.RDF_XML}
    return next(iter(ox.parse(body, types_[form])), None) is not None


def _page(request: Request) -> int:
    """The number of the page, from 0. Raises RefusedError."""
    text = request.query_params.get("page", "0")
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise RefusedError(400, f"page={text!r} is no number")
    return int(text)
