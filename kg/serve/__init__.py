"""`kg serve`: the graph over HTTP: a read-only SPARQL 1.1 endpoint, a query editor, pages for what the graph speaks of.

No query can stop another or the server: each runs in a process of its own that is killed when it takes too long or too
much (kg.serve.pool), cut off from the network (kg.serve.limits). Starlette and uvicorn do HTTP, Oxigraph SPARQL. Only a
scratch copy takes updates, and only if asked for (kg.serve.scratch).
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ServeError
from kg.serve.options import ServeOptions

if TYPE_CHECKING:
    from kg.serve.scratch import Scratch

DEFAULT = ServeOptions()


def serve(output: Path, options: ServeOptions = DEFAULT, started: Callable[[str], None] | None = None) -> None:
    """Serve an output folder's graph until interrupted (Ctrl-C); a rebuilt graph is picked up.

    `started` is called with the server's address once it can be reached. Raises StoreError when there is no graph,
    ServeError when the port can't be had.
    """
    import uvicorn

    from kg.query import base_of
    from kg.serve.app import close, make_app
    from kg.store import open_store

    base = base_of(open_store(output))
    listener = listen(options.host, options.port)
    app = make_app(output, options, base, _scratch(output, base, options, listener) if options.scratch else None)
    if started is not None:
        started(address(listener, options.host))
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        # Seconds that queries have to end when the server is told to.
        timeout_graceful_shutdown=2,
        timeout_keep_alive=15,
        limit_concurrency=512,
        # Long queries come by GET, too.
        h11_max_incomplete_event_size=256 * 1024,
        http="h11",
        ws="none",
    )

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # First, or uvicorn would wait for running queries, then cut them off with a traceback.
            await close(app)
            await super().shutdown(sockets)

    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run(sockets=[listener])


def _scratch(output: Path, base: str, options: ServeOptions, listener: socket.socket) -> Scratch:
    from kg.serve.scratch import Scratch, require_loopback

    require_loopback(listener, options)
    return Scratch(output, base, options)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at an address. Raises ServeError."""
    try:
        family, _, _, _, where = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(where[:2], family=family, backlog=256)
    except socket.gaierror:
        raise ServeError(f"--host {host}: no such address") from None
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ServeError(
            f"can't listen at {host}, port {port}: {reason.lower()} (choose another with --port)"
        ) from None


def address(listener: socket.socket, host: str) -> str:
    """The address of a listening socket as a browser takes it."""
    name = "127.0.0.1" if host in ("", "0.0.0.0") else "[::1]" if host == "::" else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{name}:{listener.getsockname()[1]}/"
