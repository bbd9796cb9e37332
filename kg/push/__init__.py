"""`kg push`: the graph into a SPARQL 1.1 server of the user's own.

The server's graph is replaced in one step, at the end: with one PUT (Graph Store Protocol), or by loading a graph beside
it in pieces and moving that over it (SPARQL Update). Until then its users see the old one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import PushError
from kg.push.chunks import chunks, insert_data, triples_of
from kg.push.client import Client, HttpError, checked_url, is_private
from kg.push.options import Credentials, PushOptions
from kg.push.progress import Plan, done_before, forget, remember

__all__ = ["Credentials", "PushOptions", "Pushed", "push"]

DEFAULT = PushOptions()
NOBODY = Credentials()
# What a server says at an address that isn't for graphs.
NOT_HERE = (400, 404, 405, 406, 415, 501)


class Pushed(NamedTuple):
    """What was done: `resumed` counts the triples that an interrupted push had sent before."""

    graph: str
    triples: int
    resumed: int
    how: str


class _Work(NamedTuple):
    """A push being done."""

    client: Client
    output: Path
    url: str
    graph: str
    triples: list[ox.Triple]
    turtle: bytes
    options: PushOptions
    tell: Callable[[str], None]


def push(
    output: Path,
    url: str,
    options: PushOptions = DEFAULT,
    known: Credentials = NOBODY,
    tell: Callable[[str], None] = lambda _: None,
    client: Client | None = None,
) -> Pushed:
    """Load the graph of an output folder into a server's named graph, in place of what that held.

    `tell` is called with lines on progress. Raises StoreError when there is no graph, PushError when the server doesn't
    take it; the same call then goes on where it stopped.
    """
    for address in (url, options.update, options.query):
        if address is not None and not is_private(checked_url(address)) and (known.user or known.token):
            tell(f"note: {address} isn't https, so your credentials can be read on their way")
    triples = triples_of(output / "graph.ttl")
    graph = _graph_name(options.graph, triples)
    with client or Client(known, options.timeout) as used:
        work = _Work(used, output, url, graph, triples, (output / "graph.ttl").read_bytes(), options, tell)
        done = _load(work)
        if options.query is not None and (arrived := used.count(options.query, graph)) != len(set(triples)):
            raise PushError(f"{options.query}: has {arrived:,} of {len(set(triples)):,} triples in <{graph}>")
    forget(output)
    return done


def _graph_name(wanted: str | None, triples: list[ox.Triple]) -> str:
    """The IRI of the graph on the server. Raises PushError for what is none."""
    if wanted is None:
        runs = [s.value for t in triples if isinstance(s := t.subject, ox.NamedNode) and s.value.endswith("/run")]
        wanted = f"{runs[0].removesuffix('run')}graph" if runs else "https://w3id.org/newskg/data/graph"
    try:
        name = ox.NamedNode(wanted).value
    except ValueError:
        name = ""
    if not name or "//" not in name + ("//" if name.startswith("urn:") else ""):
        raise PushError(f"--graph {wanted}: no absolute IRI")
    return name


def _load(work: _Work) -> Pushed:
    if work.options.protocol == "update":
        return _in_pieces(work, work.url)
    if work.options.update is not None:
        return _in_pieces(work, work.options.update, work.url)
    try:
        work.client.put(work.url, work.graph, work.turtle)
    except HttpError as error:
        if work.options.protocol != "auto" or error.status not in NOT_HERE:
            raise
        return _by_update_instead(work, error)
    return Pushed(work.graph, len(work.triples), 0, "replaced by one PUT")


def _by_update_instead(work: _Work, refused: HttpError) -> Pushed:
    work.tell(f"{work.url} takes no graphs (status {refused.status}); trying SPARQL Update")
    try:
        return _in_pieces(work, work.url)
    except HttpError as error:
        if error.status not in NOT_HERE:
            raise
        advice = "give the address of its graph store (often /store, /data or /rdf-graphs/service) or of its updates"
        raise PushError(
            f"{work.url}: takes neither graphs (status {refused.status}) nor updates ({error.status}); {advice}"
        ) from None


def _in_pieces(work: _Work, update: str, store: str | None = None) -> Pushed:
    """Load a graph beside the old one, by updates or by POSTs to a graph store, and move it over the old one."""
    digest = hashlib.sha256(work.turtle).hexdigest()
    beside = f"{work.graph}/loading/{digest[:16]}"
    plan = Plan(work.url, work.graph, digest, work.options.chunk)
    done = done_before(work.output, plan)
    if done and not _is_there(work, beside, store):
        done = 0
    if not done:
        work.client.update(update, f"DROP SILENT GRAPH <{beside}>")
    for number, part in enumerate(chunks(work.triples, plan.chunk)):
        if number < done:
            continue
        if store is not None:
            work.client.post(store, beside, part)
        else:
            work.client.update(update, insert_data(beside, part))
        remember(work.output, plan, number + 1)
        work.tell(f"{min((number + 1) * plan.chunk, len(work.triples)):,} of {len(work.triples):,} triples")
    work.client.update(update, f"MOVE GRAPH <{beside}> TO GRAPH <{work.graph}>")
    return Pushed(
        work.graph, len(work.triples), min(done * plan.chunk, len(work.triples)), "loaded in pieces, then moved"
    )


def _is_there(work: _Work, graph: str, store: str | None) -> bool:
    """Whether the pieces sent earlier are still there; where that can't be asked, they count as lost."""
    if store is not None:
        return work.client.has(store, graph)
    return work.options.query is not None and work.client.count(work.options.query, graph) > 0
