"""`kg serve --scratch`: updates change a copy of the store, which is thrown away when the server ends. The built graph is never
touched; the server listens to this machine alone."""

from __future__ import annotations

import ipaddress
import shutil
import socket
import tempfile
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ServeError, StoreError
from kg.serve.job import Answer, Job
from kg.serve.options import MIB, ServeOptions
from kg.serve.pool import Pool, RefusedError
from kg.serve.update import copy_store
from kg.store import FOLDER, NEW, TURTLE, load_turtle, swap_in

# Bytes that the copy may grow by: a disk must not fill up with rules that feed on themselves.
MAX_GROWTH = 1024 * MIB


class Scratch:
    """A copy of an output folder's store. `folder` is what the server reads in that folder's stead."""

    def __init__(self, output: Path, base: str, options: ServeOptions) -> None:
        """Raises StoreError when there is no graph or no room for a copy."""
        self._temporary = tempfile.TemporaryDirectory(prefix="kg-scratch-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        try:
            _copy(output, self.folder)
        except OSError as error:
            raise StoreError(f"{self.folder}: can't copy the store: {error}") from error
        self._room = _size(self.folder) + MAX_GROWTH
        # One worker: an update sees what the one before it did.
        self._workers = Pool(self.folder, base, options, 1)

    async def run(self, job: Job) -> Answer:
        """Carry out an update. Raises RefusedError."""
        answer = await self._workers.run(job)
        if answer.outcome == "done":
            # Nothing is awaited between the worker's answer and here, so that no other update begins.
            self._take_over()
        return answer

    def _take_over(self) -> None:
        if _size(self.folder / NEW) > self._room:
            shutil.rmtree(self.folder / NEW, ignore_errors=True)
            raise RefusedError(507, f"the scratch copy would grow by more than {MAX_GROWTH // MIB} MiB")
        swap_in(self.folder)

    async def close(self) -> None:
        """Throw the copy away."""
        await self._workers.close()
        self._temporary.cleanup()


def require_loopback(listener: socket.socket, options: ServeOptions) -> None:
    """Raise ServeError where somebody else than this machine's users could send updates."""
    if options.names:
        raise ServeError("--scratch is for this machine alone: leave --name out")
    if not ipaddress.ip_address(listener.getsockname()[0]).is_loopback:
        raise ServeError(f"--scratch is for this machine alone: --host {options.host} is no loopback address")


def _copy(output: Path, folder: Path) -> None:
    try:
        # Whether it can be read at all; else graph.ttl is.
        ox.Store.read_only(str(output / FOLDER))
    except OSError:
        store = ox.Store(str(folder / FOLDER))
        store.bulk_extend(iter(load_turtle(output / TURTLE)))
        store.flush()
    else:
        copy_store(output / FOLDER, folder / FOLDER)


def _size(folder: Path) -> int:
    """Bytes of the files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
