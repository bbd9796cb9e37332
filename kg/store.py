"""The Oxigraph store on disk: a cache of the graph for fast queries. Turtle and records are the canonical form.

It is written beside the old one and swapped in when complete, so that a failed build leaves the old graph usable.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

FOLDER = "store"
# Where the next one is made.
NEW = f"{FOLDER}.new"
TURTLE = "graph.ttl"
Stamp = tuple[tuple[int, int, int] | None, ...]


def write_store(
    output: Path, triples: Iterable[ox.Triple], accept: Callable[[ox.Store], None] = lambda _: None
) -> None:
    """Replace the store in an output folder. `accept` sees the new store before it takes the old one's place; if it
    raises, the old one stays. Raises StoreError when the folder can't be written."""
    new, current = output / NEW, output / FOLDER
    try:
        shutil.rmtree(new, ignore_errors=True)
        store = ox.Store(str(new))
        store.bulk_extend(ox.Quad(t.subject, t.predicate, t.object) for t in triples)
        store.flush()
        accept(store)
        # Oxigraph has no close(): the lock goes with the object.
        del store
        gc.collect()
        swap_in(output)
    except OSError as error:
        raise StoreError(f"{current}: can't write the store: {error}") from error
    finally:
        # Gone already when all went well.
        shutil.rmtree(new, ignore_errors=True)


def swap_in(output: Path) -> None:
    """Put the store that was made beside the current one in its place. Raises OSError."""
    old, current = output / f"{FOLDER}.old", output / FOLDER
    shutil.rmtree(old, ignore_errors=True)
    if current.exists():
        current.rename(old)
    (output / NEW).rename(current)
    shutil.rmtree(old, ignore_errors=True)


def open_store(output: Path) -> ox.Store:
    """The store of an output folder, as a snapshot for reading; from graph.ttl where the store is missing or damaged.

    Raises StoreError when the folder holds no graph.
    """
    try:
        return ox.Store.read_only(str(output / FOLDER))
    except OSError:
        return load_turtle(output / TURTLE)


def load_turtle(path: Path) -> ox.Store:
    """A store in memory with a Turtle file. Raises StoreError when it is missing or no Turtle."""
    if not path.is_file():
        raise StoreError(f"{path.parent}: no graph here (run `kg build` first, or name the folder with --output)")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except (OSError, SyntaxError) as error:
        raise StoreError(f"{path}: not a readable graph: {str(error).splitlines()[0]}") from error
    return store


class Snapshot:
    """The store of an output folder as it was when last looked at: opened once, and anew when a build replaced it."""

    def __init__(self, output: Path, in_memory: bool = False) -> None:
        """`in_memory` reads graph.ttl instead: it takes a while, and queries are then a few times as fast."""
        self.output, self.in_memory = output, in_memory
        self._stamp: Stamp = ()
        self._store: ox.Store | None = None

    def store(self) -> ox.Store:
        """The store as it is now. Raises StoreError when there is none."""
        now = stamp(self.output)
        if self._store is None or now != self._stamp:
            # Let go of the old one first: two in memory might be one too many.
            self._store = None
            self._store = load_turtle(self.output / TURTLE) if self.in_memory else open_store(self.output)
            self._stamp = now
        return self._store


def stamp(output: Path) -> Stamp:
    """What changes when a build replaces the graph of a folder."""
    return tuple(_file_stamp(output / name) for name in (FOLDER, TURTLE))


def _file_stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
