"""What a server may be told: where it listens, and how much a query may take."""

from __future__ import annotations

from dataclasses import dataclass

HOST = "127.0.0.1"
PORT = 8000
MIB = 1 << 20
# Bytes of a request's body; a query longer than this was not written by a person.
MAX_BODY = 1 * MIB
# Bytes of a result: the server holds the results of all queries that run at a time in its own memory.
MAX_RESULT = 128 * MIB


@dataclass(frozen=True)
class ServeOptions:
    """Limits hold for each query by itself."""

    host: str = HOST
    port: int = PORT
    """0 lets the system choose."""
    timeout: float = 30.0
    """Seconds that a query may run, and that it may wait for its turn."""
    max_rows: int = 100_000
    """Rows, or triples of CONSTRUCT and DESCRIBE."""
    memory: int = 1024
    """MiB that a query's process may use, the process itself included."""
    workers: int = 4
    """Queries that may run at a time."""
    names: tuple[str, ...] = ()
    """Host names, besides localhost and `host`, under which browsers may reach the server."""
    scratch: bool = False
    """Whether updates are carried out, on a copy."""
