"""What every response carries: which scripts may run, who may frame it, whose browsers may ask."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The one style element that the editor's table makes, for the handles between its columns.
COLUMN_HANDLES = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
# Scripts and styles only from our own files, none written in a page.
POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' {COLUMN_HANDLES}; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_HOST = re.compile(r"(\[[0-9a-fA-F:.]+\]|[^:\[\]]*)(?::\d*)?")
LOCAL = ("localhost", "127.0.0.1", "[::1]")


def page_policy(path: Path) -> str:
    """The policy that an HTML file names in its head, made unframeable; ours where it names none."""
    with path.open(encoding="utf8", errors="replace") as file:
        found = _META.search(file.read(4096))
    return f"{html.unescape(found[1])}; frame-ancestors 'none'" if found else POLICY


class Guard:
    """Adds the headers, and answers only to the host's own names: a page elsewhere can point a name of its own at this
    address (DNS rebinding), and its scripts would then be of the same origin."""

    def __init__(self, app: ASGIApp, names: tuple[str, ...]) -> None:
        """`names`: host names without port; empty for any."""
        self.app, self.names = app, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, if it may pass."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        app = self.app if self._knows(headers.get("host", "")) else WRONG_HOST
        if headers.get("sec-fetch-site") == "cross-site" and headers.get("sec-fetch-mode") != "navigate":
            app = OTHER_SITE
        await app(scope, receive, guarded)

    def _knows(self, host: str) -> bool:
        match = _HOST.fullmatch(host.strip().lower())
        return not self.names or (match is not None and match[1] in self.names)


# Its script could not read the answer, but could keep the server busy with any visitor's browser.
OTHER_SITE = PlainTextResponse("pages of other sites may link here, but not ask\n", 403)
WRONG_HOST = PlainTextResponse("this server isn't known by that name (start it with --name to add one)\n", 421)
