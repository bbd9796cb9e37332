"""What the server's pages and endpoints share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment
from starlette.requests import Request

from kg.ready import ReadyQuery
from kg.serve.options import ServeOptions
from kg.serve.pool import Pool
from kg.serve.scratch import Scratch
from kg.vocabulary import DATA


@dataclass(frozen=True)
class State:
    """`queries` runs what others ask; `pages` what our own pages ask, so that no query of anyone's keeps them waiting.
    `scratch` carries out updates; None refuses them."""

    output: Path
    options: ServeOptions
    queries: Pool
    pages: Pool
    ready: tuple[ReadyQuery, ...]
    templates: Environment
    scratch: Scratch | None
    base: str = DATA


def state_of(request: Request) -> State:
    """The state of the server that a request reached."""
    state = request.app.state.kg
    assert isinstance(state, State)
    return state
