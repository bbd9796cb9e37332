"""Requests to another server: its graphs by the Graph Store Protocol, updates and queries by the SPARQL Protocol.

Every failure is a PushError of one line. Requests are safe to repeat: loading triples that are there already changes
nothing, for none of ours has a blank node.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Mapping
from types import TracebackType
from urllib.parse import urlsplit

import httpx

from kg.errors import PushError
from kg.push.options import Credentials

# Seconds before the second, third ... attempt of a request that met with a passing failure.
WAITS = (1.0, 4.0, 10.0)
PASSING = (429, 502, 503, 504)
LONGEST_REASON = 200


class HttpError(PushError):
    """An answer that is no success."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class Auth(httpx.Auth):
    """A token; or a user, in the scheme that the server asks for: Basic or Digest."""

    def __init__(self, known: Credentials) -> None:
        self._token = known.token
        self._schemes: dict[str, httpx.Auth] = {}
        if known.user and known.password:
            self._schemes["digest"] = httpx.DigestAuth(known.user, known.password)
            self._schemes["basic"] = httpx.BasicAuth(known.user, known.password)
        self._chosen: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Ask without credentials first; once the scheme is known, begin with it."""
        if self._token:
            request.headers["Authorization"] = f"Bearer {self._token}"
        if self._chosen is None:
            response = yield request
            if response.status_code != 401:
                return
            challenge = response.headers.get("www-authenticate", "").lower()
            self._chosen = next((auth for name, auth in self._schemes.items() if name in challenge), None)
        if self._chosen is not None:
            yield from self._chosen.auth_flow(request)


class Client:
    """One server. To be used as a context manager."""

    def __init__(
        self,
        known: Credentials = Credentials(),  # noqa: B008  frozen
        timeout: float = 300.0,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`transport` and `sleep` stand in for the network and the clock in tests."""
        self._http = httpx.Client(auth=Auth(known), timeout=timeout, transport=transport, follow_redirects=False)
        self._sleep = sleep
        self._timeout = timeout

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def put(self, store: str, graph: str, turtle: bytes) -> None:
        """Replace a graph. Raises PushError."""
        self._send("PUT", store, params={"graph": graph}, content=turtle, headers={"Content-Type": "text/turtle"})

    def post(self, store: str, graph: str, turtle: bytes) -> None:
        """Add to a graph. Raises PushError."""
        self._send("POST", store, params={"graph": graph}, content=turtle, headers={"Content-Type": "text/turtle"})

    def delete(self, store: str, graph: str) -> None:
        """Remove a graph if it is there. Raises PushError."""
        try:
            self._send("DELETE", store, params={"graph": graph})
        except HttpError as error:
            if error.status != 404:
                raise

    def has(self, store: str, graph: str) -> bool:
        """Whether there is such a graph. Raises PushError."""
        try:
            self._send("HEAD", store, params={"graph": graph}, headers={"Accept": "text/turtle"})
        except HttpError as error:
            if error.status == 404:
                return False
            raise
        return True

    def update(self, endpoint: str, text: str) -> None:
        """Run an update. Raises PushError."""
        self._send("POST", endpoint, content=text.encode(), headers={"Content-Type": "application/sparql-update"})

    def count(self, endpoint: str, graph: str) -> int:
        """The number of triples in a graph. Raises PushError."""
        text = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        headers = {"Accept": "application/sparql-results+json"}
        response = self._send("GET", endpoint, params={"query": text}, headers=headers)
        try:
            return int(response.json()["results"]["bindings"][0]["n"]["value"])
        except (ValueError, LookupError, TypeError):
            raise PushError(f"{endpoint}: answers queries with something else than SPARQL results") from None

    def _send(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """The response of a request that succeeded, after as many attempts as it takes. Raises PushError."""
        address = httpx.URL(url).copy_merge_params(params or {})
        for wait in (*WAITS, None):
            try:
                response = self._http.request(method, address, content=content, headers=headers)
            except httpx.TimeoutException:
                raise PushError(f"{url}: no answer within {self._timeout:g} s (allow more with --timeout)") from None
            except httpx.HTTPError as error:
                if wait is None or isinstance(error, httpx.UnsupportedProtocol):
                    raise PushError(f"{url}: can't be reached: {_line(str(error)) or type(error).__name__}") from None
            else:
                if response.is_success:
                    return response
                if wait is None or response.status_code not in PASSING:
                    raise _refusal(url, response)
            self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")


def _refusal(url: str, response: httpx.Response) -> HttpError:
    status = response.status_code
    if status == 401:
        advice = (
            "asks for credentials, or refuses those it got (set KG_PUSH_USER and KG_PUSH_PASSWORD, or KG_PUSH_TOKEN)"
        )
    elif response.is_redirect:
        advice = f"sends us on to {_line(response.headers.get('location', '?'))} (give that address if you trust it)"
    else:
        reason = _line(response.text) if "html" not in response.headers.get("content-type", "") else ""
        advice = f"answers {status} {response.reason_phrase}" + (f": {reason}" if reason else "")
    return HttpError(status, f"{url}: {advice}")


def _line(text: str) -> str:
    """The first line of a text that others wrote, cut, without control characters."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return "".join(c if c.isprintable() else "?" for c in first[:LONGEST_REASON])


def checked_url(url: str) -> str:
    """An http(s) address. Raises PushError for anything else, and for one with a password in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if host is None or parts.scheme not in ("http", "https"):
        raise PushError(f"{url}: no http(s) address")
    if "@" in parts.netloc:
        raise PushError("leave the user out of the address: set KG_PUSH_USER and KG_PUSH_PASSWORD")
    return url


def is_private(url: str) -> bool:
    """Whether what is sent to an address can't be read on the way: https, or this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")
