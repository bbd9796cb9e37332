"""The web application: its addresses, its errors, its beginning and end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from kg.ready import ready_queries
from kg.serve import endpoint, pages
from kg.serve.headers import LOCAL, Guard
from kg.serve.negotiate import PAGE, choose
from kg.serve.options import ServeOptions
from kg.serve.pool import Pool, RefusedError
from kg.serve.scratch import Scratch
from kg.serve.state import State
from kg.vocabulary import DATA

STATIC = Path(__file__).parent / "static"
ANY_HOST = ("", "0.0.0.0", "::")  # noqa: S104  compared with, not listened at


def make_app(output: Path, options: ServeOptions, base: str = DATA, scratch: Scratch | None = None) -> Starlette:
    """The application over an output folder's graph, or over its scratch copy. `base` is the base IRI of its data."""
    templates = Environment(
        loader=PackageLoader("kg.serve"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    read = scratch.folder if scratch is not None else output
    queries, own = Pool(read, base, options, options.workers), Pool(read, base, options, 2)
    state = State(output, options, queries, own, ready_queries(), templates, scratch, base)

    app = Starlette(
        routes=_routes(),
        middleware=[Middleware(Guard, names=_names(options), own_forms_only=scratch is not None)],
        exception_handlers={RefusedError: refuse, HTTPException: refuse},
    )
    app.state.kg = state
    return app


async def close(app: Starlette) -> None:
    """End all queries, so that who waits for one gets an answer, and no process is left."""
    await app.state.kg.queries.close()
    await app.state.kg.pages.close()
    if app.state.kg.scratch is not None:
        await app.state.kg.scratch.close()


def _routes() -> list[BaseRoute]:
    def get(path: str, function: Callable[[Request], Any], name: str | None = None) -> Route:
        return Route(path, function, methods=["GET"], name=name)

    return [
        get("/", pages.home, "home"),
        *(Route(path, endpoint.sparql, methods=["GET", "POST"]) for path in ("/sparql", "/sparql/")),
        get("/store", endpoint.store),
        get("/store/{name:path}", endpoint.store),
        get("/ready.json", pages.ready),
        get("/graph", pages.graph),
        get("/search", pages.search),
        get("/health", pages.health),
        get("/entity/{id:path}", pages.entity),
        get("/article/{id:path}", pages.article),
        get("/statement/{id:path}", pages.thing),
        get("/fact/{id:path}", pages.thing),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _names(options: ServeOptions) -> tuple[str, ...]:
    """The host names that the server answers to; empty for any."""
    if options.host in ANY_HOST and not options.names:
        return ()
    host = f"[{options.host}]" if ":" in options.host else options.host
    return (*LOCAL, host.lower(), *(name.lower() for name in options.names))


async def refuse(request: Request, error: Exception) -> Response:
    """Tell why there is no answer: a page for a browser that looks at pages, a line of text for anyone else."""
    status, reason, headers = _said(request, error)
    path = request.url.path
    wants_page = choose(request.headers.get("accept"), PAGE) and "text/html" in request.headers.get("accept", "")
    if wants_page and not path.startswith(("/sparql", "/store")):
        response = pages.html(request, "error", status, title=reason)
        response.headers.update(headers)
        return response
    return PlainTextResponse(f"{reason}\n", status, headers | {"Vary": "Accept"})


def _said(request: Request, error: Exception) -> tuple[int, str, dict[str, str]]:
    if isinstance(error, RefusedError):
        return error.status, error.reason, {"Retry-After": "10"} if error.status == 503 else {}
    assert isinstance(error, HTTPException)
    if error.status_code == 405 and request.url.path.startswith(("/sparql", "/store")):
        allowed = "GET or POST" if request.url.path.startswith("/sparql") else "GET"
        return 405, f"this server is read-only: ask with {allowed}", dict(error.headers or {})
    return error.status_code, error.detail.lower(), dict(error.headers or {})
