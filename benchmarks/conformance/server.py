"""`kg serve` over a graph made for a test, started as users start it."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox

from kg.store import FOLDER


@contextmanager
def serving(make: Callable[[str], Iterable[ox.Quad]], *options: str) -> Iterator[str]:
    """The address (without a slash at its end) of a server, started with options, over the quads that `make` gives for that
    address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with TemporaryDirectory() as folder:
        store = ox.Store(str(Path(folder) / FOLDER))
        store.bulk_extend(make(address))
        store.flush()
        del store
        command = [sys.executable, "-m", "kg", "serve", "-o", folder, "--port", str(port), *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            try:
                process.stdout.readline()
                yield address
            finally:
                process.terminate()


def quads_of(path: Path, graph: ox.NamedNode | None = None) -> list[ox.Quad]:
    """The triples of a file as quads of a graph, the default graph if None."""
    base = path.absolute().as_uri()
    named = graph or ox.DefaultGraph()
    return [ox.Quad(q.subject, q.predicate, q.object, named) for q in ox.parse(path=str(path), base_iri=base)]
