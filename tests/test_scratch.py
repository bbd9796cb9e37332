"""`kg serve --scratch`: updates change a copy, within the limits, and leave the built graph as it was."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from serve_samples import BASE, GRAPH, Server, put_graph

from kg.errors import QueryError
from kg.query import Dataset
from kg.serve.update import LOAD, with_dataset
from kg.store import open_store

HERE = "ent:iran skos:prefLabel ?name"
FOREVER = "INSERT { ?a <urn:p> ?o } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    output = tmp_path_factory.mktemp("scratch")
    put_graph(output)
    before = {path: path.read_bytes() for path in output.rglob("*") if path.is_file()}
    running = Server(output, "--scratch", "--timeout", "3", "--memory", "300")
    copies = set(Path(tempfile.gettempdir()).glob("kg-scratch-*"))
    yield running
    assert running.stop() == ""
    assert running.process.returncode == 0
    assert {path: path.read_bytes() for path in output.rglob("*") if path.is_file()} == before
    assert copies & set(Path(tempfile.gettempdir()).glob("kg-scratch-*")) < copies


def update(server: Server, text: str, **parameters: str) -> httpx.Response:
    headers = {"Content-Type": "application/sparql-update"}
    return httpx.post(f"{server.address}/sparql", content=text, params=parameters, headers=headers, timeout=60)


def holds(server: Server, pattern: str) -> bool:
    return bool(server.ask(f"ASK {{ {pattern} }}").json()["boolean"])


def test_a_rule_can_be_tried_out(server: Server) -> None:
    rule = "INSERT { ?b rel:isMetBy ?a } WHERE { ?s rdf:predicate rel:metWith ; rdf:subject ?a ; rdf:object ?b }"
    assert not holds(server, "ent:iran rel:isMetBy ?who")
    assert (update(server, rule).status_code, holds(server, "ent:iran rel:isMetBy ?who")) == (204, True)
    # The pages read the copy too; the folder holds what was built.
    assert "isMetBy" in server.get("/entity/iran", "application/n-triples").text
    undone = httpx.post(f"{server.address}/sparql", data={"update": "DELETE WHERE { ?b rel:isMetBy ?a }"}, timeout=60)
    assert (undone.status_code, holds(server, "ent:iran rel:isMetBy ?who")) == (204, False)
    assert len(open_store(server.output)) == len(set(ox.parse(GRAPH, ox.RdfFormat.TURTLE)))


@pytest.mark.parametrize(
    "text, status, reason",
    [
        ("INSERT DATA { ent:iran", 400, "not a valid SPARQL update"),
        ("LOAD <http://127.0.0.1:1/>", 400, "LOAD is off"),
        ("CLEAR ALL; # now\nload silent <http://127.0.0.1:1/> INTO GRAPH <urn:g>", 400, "LOAD is off"),
        ("PREFIX x: <http://127.0.0.1:1/> LOAD x:y", 400, "LOAD is off"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "SERVICE is off"),
        (FOREVER, 504, "took longer than 3 s"),
        ("CLEAR ALL #" + "x" * (1 << 20), 413, "longer than 1 MiB"),
    ],
)
def test_what_is_refused_or_stopped_changes_nothing(server: Server, text: str, status: int, reason: str) -> None:
    response = update(server, text)
    assert (response.status_code, reason in response.text) == (status, True), response.text
    assert response.text.count("\n") == 1
    assert holds(server, HERE)
    assert not holds(server, "?s <urn:p> ?o")


@pytest.mark.parametrize(
    "method, path, headers, body, status",
    [
        ("GET", "?update=CLEAR+ALL", {}, None, 400),
        ("POST", "?update=CLEAR+ALL", {"Content-Type": "application/x-www-form-urlencoded"}, b"", 400),
        ("POST", "?query=ASK+%7B%7D", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 400),
        ("POST", "?using-graph-uri=file%3A%2F%2F%2Fx", {"Content-Type": "application/sparql-update"}, b"CLEAR ALL", 400),
        # What another page of this machine's browser may send.
        ("POST", "", {"Content-Type": "application/sparql-update", "Origin": "http://localhost:3000"}, b"CLEAR ALL", 403),
        ("POST", "", {"Content-Type": "application/sparql-update", "Origin": "null"}, b"CLEAR ALL", 403),
        (
            "POST", "", {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
            b"update=CLEAR+ALL", 403,
        ),
    ],
)  # fmt: skip
def test_only_a_post_of_ones_own_is_an_update(
    server: Server, method: str, path: str, headers: dict[str, str], body: bytes | None, status: int
) -> None:
    response = httpx.request(method, f"{server.address}/sparql{path}", headers=headers, content=body, timeout=60)
    assert response.status_code == status
    assert holds(server, HERE)


def test_the_editor_and_the_description_say_that_updates_are_taken(server: Server) -> None:
    assert "SPARQL11Update" in server.get("/sparql", "text/turtle").text
    assert "thrown away when the server ends" in server.get("/", "text/html").text
    own = {"Origin": server.address, "Content-Type": "application/sparql-update"}
    response = httpx.post(f"{server.address}/sparql", headers=own, content="CLEAR SILENT GRAPH <urn:g>", timeout=60)
    assert response.status_code == 204


def test_an_update_sees_the_graphs_that_the_request_names(server: Server) -> None:
    graphs = "INSERT DATA { GRAPH <urn:a> { <urn:x> <urn:in> 1 } GRAPH <urn:b> { <urn:x> <urn:in> 2 } }"
    assert update(server, graphs).status_code == 204
    copy = "INSERT { ?s <urn:saw> ?o } WHERE { ?s <urn:in> ?o }"
    assert update(server, copy, **{"using-graph-uri": "urn:b"}).status_code == 204
    assert (holds(server, "<urn:x> <urn:saw> 2"), holds(server, "<urn:x> <urn:saw> 1")) == (True, False)
    assert update(server, f"WITH <urn:a> {copy}", **{"using-graph-uri": "urn:b"}).status_code == 400


@pytest.mark.parametrize(
    "text, expected",
    [
        ("INSERT { } WHERE { { SELECT * WHERE {} } }", "INSERT { } USING <urn:g> WHERE { { SELECT * WHERE {} } }"),
        ("PREFIX where: <urn:WHERE/> INSERT DATA { where:a where:b ' WHERE ' }", None),
        ("# WHERE\nDELETE{}WHERE{}; DELETE {} INSERT {} where {}", "# WHERE\nDELETE{}USING <urn:g> WHERE{}; DELETE {} INSERT {} USING <urn:g> where {}"),
    ],
)  # fmt: skip
def test_the_dataset_goes_before_each_where(text: str, expected: str | None) -> None:
    assert with_dataset(text, Dataset(("urn:g",))) == (expected or text)
    with pytest.raises(QueryError, match="write DELETE"):
        with_dataset("CLEAR ALL; DELETE # all\nWHERE { ?s ?p ?o }", Dataset(("urn:g",)))


@pytest.mark.parametrize("text", ["INSERT DATA { <urn:a> <urn:b> 'download this; load: 3 t' }", "CLEAR GRAPH x:load"])
def test_words_that_only_look_like_loading_are_no_reason(text: str) -> None:
    assert LOAD.search(text) is None


@pytest.mark.parametrize(
    "options, reason", [(("--host", "0.0.0.0"), "no loopback address"), (("--name", "x.example"), "leave --name out")]
)
def test_nobody_else_can_be_let_in(tmp_path: Path, options: tuple[str, ...], reason: str) -> None:
    put_graph(tmp_path)
    command = [sys.executable, "-m", "kg", "serve", "-o", str(tmp_path), "--scratch", "--port", "0", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr.count("\n"), reason in done.stderr) == (1, 1, True)


def test_a_folder_with_turtle_alone_will_do(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(GRAPH, encoding="utf8")
    running = Server(tmp_path, "--scratch")
    try:
        assert update(running, f"DELETE WHERE {{ <{BASE}entity/iran> ?p ?o }}").status_code == 204
        assert not holds(running, HERE)
    finally:
        assert running.stop() == ""
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
