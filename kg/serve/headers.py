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

    def __init__(self, app: ASGIApp, names: tuple[str, ...], own_forms_only: bool = False) -> None:
        """`names`: host names without port; empty for any. `own_forms_only` refuses what pages of any other origin post, those
        of other ports of this machine, too."""
        self.app, self.names, self.own_forms_only = app, names, own_forms_only

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
        navigates = headers.get("sec-fetch-mode") == "navigate" and scope["method"] in ("GET", "HEAD")
        if headers.get("sec-fetch-site") == "cross-site" and not navigates:
            app = OTHER_SITE
        if self.own_forms_only and scope["method"] not in ("GET", "HEAD") and _is_foreign(headers):
            app = OTHER_SITE
        await app(scope, receive, guarded)

    def _knows(self, host: str) -> bool:
        match = _HOST.fullmatch(host.strip().lower())
        return not self.names or (match is not None and match[1] in self.names)


def _is_foreign(headers: Headers) -> bool:
    """Whether a page of another origin sent a request; programs name no origin."""
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2] != headers.get("host")


# Its script could not read the answer, but could keep the server busy with any visitor's browser.
OTHER_SITE = PlainTextResponse("pages of other sites may link here, but not ask\n", 403)
WRONG_HOST = PlainTextResponse("this server isn't known by that name (start it with --name to add one)\n", 421)
