"""`kg push`: into a server made for the test, and into real ones where they are installed (Oxigraph, Virtuoso)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.errors import KgError, PushError
from kg.push import Credentials, PushOptions, push
from kg.push.chunks import insert_data
from kg.push.client import Client
from kg.push.options import credentials

GRAPH = "https://example.org/news"
TURTLE = """
<https://example.org/data/run> a <http://www.w3.org/ns/prov#Activity> .
<https://example.org/data/entity/a> <http://www.w3.org/2004/02/skos/core#prefLabel> "Ann \\"A\\" \\\\u0022 \\\\\\\\U00000041 \\n é 𐍈"@en .
<https://example.org/data/entity/b> <http://www.w3.org/2004/02/skos/core#prefLabel> "} } ; DROP ALL #"@en .
<https://example.org/data/entity/c> <http://www.w3.org/2004/02/skos/core#prefLabel> "C" .
<https://example.org/data/entity/d> <http://www.w3.org/2004/02/skos/core#prefLabel> "D" .
"""


NOBODY = Credentials()


class Server:
    """A server made for a test: a store behind the two protocols at /store and /update, with what it was asked."""

    def __init__(self, **ways: Any) -> None:
        self.store = ox.Store()
        self.seen: list[str] = []
        self.status_of: dict[str, int] = ways.get("status_of", {})
        self.fail_at: int | None = ways.get("fail_at")
        self.needs: str | None = ways.get("needs")

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.seen.append(f"{request.method} {request.url.path}")
        if self.needs and request.headers.get("authorization") != self.needs:
            return httpx.Response(401, headers={"WWW-Authenticate": "Basic realm=x"})
        if self.fail_at == len(self.seen):
            raise httpx.ConnectError("gone")
        status = self.status_of.get(self.seen[-1])
        if status is not None:
            return httpx.Response(
                status, headers={"Location": "https://elsewhere.example/"}, text="no\x1b[31m way\nsecret"
            )
        if request.url.path == "/update":
            self.store.update(request.content.decode())
            return httpx.Response(204)
        if request.url.path == "/query":
            return httpx.Response(200, content=self.store.query(request.url.params["query"]).serialize(format=JSON))
        return self.graphs(request, ox.NamedNode(request.url.params["graph"]))

    def graphs(self, request: httpx.Request, graph: ox.NamedNode) -> httpx.Response:
        if request.method == "HEAD":
            return httpx.Response(200 if self.store.contains_named_graph(graph) else 404)
        if request.method == "PUT":
            self.store.remove_graph(graph)
        self.store.load(request.content, format=ox.RdfFormat.TURTLE, to_graph=graph)
        return httpx.Response(204)

    def labels(self, graph: str = GRAPH) -> set[str]:
        found = self.store.quads_for_pattern(None, None, None, ox.NamedNode(graph))
        return {q.object.value for q in found if isinstance(q.object, ox.Literal)}

    def client(self, known: Credentials = NOBODY) -> Client:
        return Client(known, transport=httpx.MockTransport(self), sleep=lambda _: None)


JSON = ox.QueryResultsFormat.JSON
URL = "https://server.example"
LABELS = {'Ann "A" \\u0022 \\\\U00000041 \n é 𐍈', "} } ; DROP ALL #", "C", "D"}
PIECES = PushOptions(GRAPH, update=f"{URL}/update", chunk=2)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "graph.ttl").write_text(TURTLE, encoding="utf8")
    return tmp_path


@pytest.mark.parametrize(
    "path, options, seen",
    [
        ("/store", PushOptions(GRAPH), ["PUT /store"]),
        ("/store", PIECES, ["POST /update", *["POST /store"] * 3, "POST /update"]),
        ("/update", PushOptions(GRAPH, "update", chunk=3), ["POST /update"] * 4),
        ("/store", replace(PIECES, query=f"{URL}/query"), None),
    ],
)
def test_the_graph_arrives_as_it_is_and_replaces_the_old_one(
    output: Path, path: str, options: PushOptions, seen: list[str] | None
) -> None:
    server = Server()
    server.store.update(
        f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:x> <urn:p> "old" }} GRAPH <urn:other> {{ <urn:x> <urn:p> "kept" }} }}'
    )
    done = push(output, URL + path, options, client=server.client())
    assert (done.graph, done.triples, done.resumed) == (GRAPH, 5, 0)
    assert server.labels() == LABELS
    assert {g.value for g in server.store.named_graphs()} == {GRAPH, "urn:other"}
    assert seen is None or server.seen == seen
    assert not (output / "push.json").exists()


def test_an_address_that_takes_no_graphs_is_tried_with_updates(output: Path) -> None:
    server = Server(status_of={"PUT /update": 405})
    told: list[str] = []
    push(output, f"{URL}/update", PushOptions(GRAPH), tell=told.append, client=server.client())
    assert server.labels() == LABELS
    assert "trying SPARQL Update" in told[0]


def test_what_was_interrupted_goes_on_where_it_stopped(output: Path) -> None:
    server = Server()
    server.store.update(f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <urn:x> <urn:p> "old" }} }}')
    server.status_of = {"POST /store": 500}
    with pytest.raises(PushError):
        push(output, f"{URL}/store", PIECES, client=server.client())
    assert server.labels() == {"old"}
    server.status_of = {}
    server.fail_at = None
    push_until(server, output, fail_after=2)
    assert server.labels() == {"old"}
    server.seen.clear()
    done = push(output, f"{URL}/store", PIECES, client=server.client())
    assert done.resumed == 4
    assert server.seen == ["HEAD /store", "POST /store", "POST /update"]
    assert server.labels() == LABELS


def push_until(server: Server, output: Path, fail_after: int) -> None:
    """Push with a server that stops taking pieces after some."""
    real = server.graphs

    def failing(request: httpx.Request, graph: ox.NamedNode) -> httpx.Response:
        if sum(s == "POST /store" for s in server.seen) > fail_after:
            return httpx.Response(500, text="disk full")
        return real(request, graph)

    server.seen.clear()
    server.graphs = failing  # type: ignore[method-assign]
    with pytest.raises(PushError, match="disk full"):
        push(output, f"{URL}/store", PIECES, client=server.client())
    server.graphs = real  # type: ignore[method-assign]


@pytest.mark.parametrize(
    "change",
    [
        lambda server, _: server.store.clear(),  # it lost everything
        lambda _, output: (output / "graph.ttl").write_text(TURTLE.replace('"D"', '"E"'), encoding="utf8"),
        lambda _, output: (output / "push.json").write_text("{"),
    ],
    ids=["the server forgot", "another graph", "damaged"],
)
def test_progress_counts_only_for_the_very_same_push(output: Path, change: Callable[[Server, Path], Any]) -> None:
    server = Server()
    push_until(server, output, fail_after=2)
    change(server, output)
    done = push(output, f"{URL}/store", PIECES, client=server.client())
    assert done.resumed == 0
    assert server.labels() in (LABELS, LABELS - {"D"} | {"E"})


def test_a_passing_failure_is_tried_again(output: Path) -> None:
    server = Server(fail_at=2)
    push(output, f"{URL}/store", PIECES, client=server.client())
    assert server.labels() == LABELS


@pytest.mark.parametrize(
    "url, options, status_of, message",
    [
        (f"{URL}/store", PushOptions(GRAPH), {"PUT /store": 403}, "answers 403 Forbidden: no?[31m way"),
        (f"{URL}/store", PushOptions(GRAPH), {"PUT /store": 307}, "sends us on to https://elsewhere.example/"),
        (f"{URL}/update", PushOptions(GRAPH), {"PUT /update": 404, "POST /update": 404}, "takes neither graphs"),
        (f"{URL}/store", PushOptions(GRAPH, "graph-store"), {"PUT /store": 404}, "answers 404"),
        (f"{URL}/store", PushOptions("no iri"), {}, "no absolute IRI"),
        ("file:///etc/passwd", PushOptions(GRAPH), {}, "no http(s) address"),
        ("https://me:secret@server.example/", PushOptions(GRAPH), {}, "leave the user out"),
    ],
)
def test_refusals_are_told_in_one_line(
    output: Path, url: str, options: PushOptions, status_of: dict[str, int], message: str
) -> None:
    with pytest.raises(PushError) as raised:
        push(output, url, options, client=Server(status_of=status_of).client())
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert "secret" not in str(raised.value)


def test_what_arrived_is_counted_if_asked(output: Path) -> None:
    options = PushOptions(GRAPH, query=f"{URL}/query")
    server = Server()
    push(output, f"{URL}/store", options, client=server.client())
    server.graphs = lambda *_: httpx.Response(204)  # type: ignore[method-assign]
    (output / "graph.ttl").write_text(TURTLE + "<urn:a> <urn:b> <urn:c> .", encoding="utf8")
    with pytest.raises(PushError, match="has 5 of 6 triples"):
        push(output, f"{URL}/store", options, client=server.client())


@pytest.mark.parametrize(
    "environment, needs",
    [
        ({"KG_PUSH_USER": "me", "KG_PUSH_PASSWORD": "pw"}, "Basic bWU6cHc="),
        ({"KG_PUSH_TOKEN": "t0k"}, "Bearer t0k"),
    ],
)
def test_credentials_come_from_the_environment(output: Path, environment: dict[str, str], needs: str) -> None:
    server = Server(needs=needs)
    push(output, f"{URL}/store", PIECES, client=server.client(credentials(environment)))
    assert server.labels() == LABELS
    with pytest.raises(PushError, match="asks for credentials"):
        push(output, f"{URL}/store", PIECES, client=server.client(credentials({})))


@pytest.mark.parametrize(
    "environment", [{"KG_PUSH_USER": "me"}, {"KG_PUSH_USER": "a", "KG_PUSH_PASSWORD": "b", "KG_PUSH_TOKEN": "c"}]
)
def test_half_or_double_credentials_are_refused(environment: dict[str, str]) -> None:
    with pytest.raises(KgError):
        credentials(environment)


def test_credentials_show_nowhere() -> None:
    assert "pw" not in repr(Credentials("me", "pw", "pw"))


@pytest.mark.parametrize("text", ["\\u0022", "\\\\u0022", "\\U00000022", "\\\\\\u0022", "\x07\\u0041", 'a"\\u', "\\\\"])
def test_no_text_becomes_syntax_even_where_escapes_are_undone_first(text: str) -> None:
    """An engine that undoes \\uXXXX in the whole update before it reads it must find the same literal."""
    import re

    triple = ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(text))
    update = insert_data("urn:g", ox.serialize([triple], format=ox.RdfFormat.N_TRIPLES) or b"")
    undone = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: chr(int(m[1], 16)), update) if "\x07" not in text else update
    for version in (update, undone):
        store = ox.Store()
        store.update(version)
        assert [q.object.value for q in store] == [text]


def test_missing_graph_and_unreachable_server_by_command(tmp_path: Path, output: Path) -> None:
    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, ["push", *map(str, arguments)])

    assert "no graph here" in run("http://127.0.0.1:9/", "-o", tmp_path / "none").stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.push.client.WAITS", ())
        result = run(f"http://127.0.0.1:{port}/", "-o", output)
    assert result.exit_code == 1
    assert "can't be reached" in result.stderr


# --- Real servers ------------------------------------------------------------------------------------


class Real(NamedTuple):
    """The addresses of a running server."""

    store: str
    update: str
    query: str
    known: Credentials = Credentials()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(url, timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"no server at {url}")


def oxigraph(folder: Path) -> Iterator[Real]:
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if program is None:
        pytest.skip("oxigraph is not installed (pip install oxigraph)")
    at = f"127.0.0.1:{free_port()}"
    with subprocess.Popen(
        [program, "serve", "--location", str(folder / "db"), "--bind", at], stderr=subprocess.DEVNULL
    ) as process:
        wait_for(f"http://{at}/", process)
        yield Real(f"http://{at}/store", f"http://{at}/update", f"http://{at}/query")
        process.terminate()


INI = """[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = v-temp.db
TransactionFile = v-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
"""
SETUP = "user_create('writer','pw'); user_grant_role('writer','SPARQL_UPDATE'); DB.DBA.RDF_DEFAULT_USER_PERMS_SET('writer',7);"


def virtuoso(folder: Path) -> Iterator[Real]:
    if shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("Virtuoso is not installed (apt-get install virtuoso-opensource-7-bin)")
    sql, http = free_port(), free_port()
    (folder / "v.ini").write_text(INI.format(sql=sql, http=http))
    command = ["virtuoso-t", "+foreground", "+configfile", "v.ini"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        at = f"http://127.0.0.1:{http}"
        wait_for(f"{at}/sparql", process)
        subprocess.run(["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={SETUP}"], check=True, capture_output=True)
        yield Real(f"{at}/sparql-graph-crud-auth", f"{at}/sparql-auth", f"{at}/sparql", Credentials("writer", "pw"))
        process.terminate()


@pytest.fixture(scope="module", params=[oxigraph, virtuoso], ids=["oxigraph", "virtuoso"])
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    yield from request.param(tmp_path_factory.mktemp("server"))


@pytest.mark.parametrize("way", ["put", "pieces by graph store", "pieces by update"])
def test_a_real_server_takes_it(real: Real, way: str, output: Path) -> None:
    options = {
        "put": PushOptions(GRAPH, query=real.query),
        "pieces by graph store": PushOptions(GRAPH, update=real.update, query=real.query, chunk=2),
        "pieces by update": PushOptions(GRAPH, "update", query=real.query, chunk=2),
    }[way]
    url = real.update if way == "pieces by update" else real.store
    (output / "graph.ttl").write_text(TURTLE.replace('"D"', f'"{way}"'), encoding="utf8")
    assert push(output, url, options, real.known).triples == 5
    query = f"SELECT ?o {{ GRAPH <{GRAPH}> {{ ?s ?p ?o FILTER(isLiteral(?o)) }} }}"
    found = httpx.get(real.query, params={"query": query}, headers={"Accept": "application/sparql-results+json"}).json()
    assert {row["o"]["value"] for row in found["results"]["bindings"]} == LABELS - {"D"} | {way}
