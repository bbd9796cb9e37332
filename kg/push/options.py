"""What a push may be told, and the credentials that it finds in the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.errors import PushError

Protocol = Literal["auto", "graph-store", "update"]


@dataclass(frozen=True)
class Credentials:
    """A user with a password, or a token; all None: the server is open."""

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class PushOptions:
    """`graph` None is the graph `graph` below the data's base IRI."""

    graph: str | None = None
    protocol: Protocol = "auto"
    """What the server's address takes: the Graph Store Protocol, SPARQL Update, or whichever it turns out to be."""
    update: str | None = None
    """Address of the server's SPARQL Update, where its address takes the Graph Store Protocol."""
    query: str | None = None
    """Address of the server's SPARQL queries: what arrived is then counted."""
    chunk: int = 2000
    """Triples in a request. Virtuoso's compiler runs out of memory at about 5000."""
    timeout: float = 300.0
    """Seconds that a request may take."""


def credentials(environment: Mapping[str, str]) -> Credentials:
    """The credentials in KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN. Raises PushError for half of them."""
    user, password = environment.get("KG_PUSH_USER"), environment.get("KG_PUSH_PASSWORD")
    token = environment.get("KG_PUSH_TOKEN")
    if bool(user) != bool(password):
        raise PushError("KG_PUSH_USER and KG_PUSH_PASSWORD go together: one of them is missing")
    if user and token:
        raise PushError("KG_PUSH_USER and KG_PUSH_TOKEN are both set: leave one out")
    return Credentials(user or None, password or None, token or None)
