"""`kg serve` as its clients meet it: the protocol, limits that hold, pages that run nothing of anyone's, a clean end."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from serve_samples import BASE, GRAPH, GREEDY, HOSTILE, LONG, SOME, Server, put_graph

from kg.ready import ready_queries
from kg.serve.evidence import occurrences, pieces, words
from kg.serve.negotiate import ROWS, TRIPLES, choose
from kg.serve.sink import Sink, TooManyRowsError


def triples(response: httpx.Response) -> set[ox.Quad]:
    """The graph in a response, by its Content-Type."""
    format_ = ox.RdfFormat.from_media_type(response.headers["content-type"])
    assert response.status_code == 200, response.text
    assert format_ is not None
    return set(ox.parse(response.content, format_))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    output = tmp_path_factory.mktemp("with space")
    put_graph(output)
    page = '<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; script-src \'nonce-abc\'">'
    (output / "graph.html").write_text(page)
    running = Server(output, "--timeout", "2", "--memory", "200", "--max-rows", "60", "--workers", "2")
    yield running
    assert running.stop() == ""
    assert running.process.returncode == 0


# --- The protocol ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query, accept, type_",
    [
        (SOME, None, "application/sparql-results+json"),
        (SOME, "*/*", "application/sparql-results+json"),
        (SOME, "application/json", "application/sparql-results+json"),
        (SOME, "text/csv;q=0.3, application/sparql-results+xml;q=0.8", "application/sparql-results+xml"),
        (SOME, "text/csv", "text/csv; charset=utf-8"),
        (SOME, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (SOME, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("DESCRIBE ent:iran", None, "text/turtle; charset=utf-8"),
        ("DESCRIBE ent:iran", "application/rdf+xml", "application/rdf+xml"),
        ("DESCRIBE ent:iran", "application/ld+json", "application/ld+json"),
        ("CONSTRUCT WHERE { ent:iran ?p ?o }", "application/n-triples,*/*;q=0.9", "application/n-triples"),
        ("CONSTRUCT WHERE { ent:iran ?p ?o }", "text/csv", None),
        (SOME, "text/turtle", None),
        (SOME, "image/png", None),
    ],
)
def test_results_come_in_the_form_that_is_asked_for(
    server: Server, query: str, accept: str | None, type_: str | None
) -> None:
    response = server.ask(query + " LIMIT 5" if query == SOME else query, accept)
    if type_ is None:
        assert response.status_code == 406
        assert "can be had as" in response.text
        return
    assert (response.status_code, response.headers["content-type"]) == (200, type_)
    assert "accept" in response.headers["vary"].lower()
    if query.startswith(("DESCRIBE", "CONSTRUCT")):
        assert ox.Literal("Iran", language="en") in {quad.object for quad in triples(response)}


@pytest.mark.parametrize(
    "method, query_string, type_, body, status",
    [
        ("POST", "", "application/sparql-query", b"ASK {}", 200),
        ("POST", "", "application/sparql-query; charset=UTF-8", b"ASK {}", 200),
        ("POST", "", "application/x-www-form-urlencoded", b"query=ASK%20%7B%7D", 200),
        ("POST", "?default-graph-uri=http%3A%2F%2Fexample.org%2Fg", "application/sparql-query", b"ASK {}", 200),
        ("GET", "?query=ASK%20%7B%7D", None, None, 200),
        ("HEAD", "?query=ASK%20%7B%7D", None, None, 200),
        ("GET", "?query=ASK%20%7B%7D&query=ASK%20%7B%7D", None, None, 400),
        ("GET", "?query=", None, None, 400),
        ("GET", "?query=%FF", None, None, 400),
        ("GET", "?other=1", None, None, 400),
        ("GET", "?query=ASK%20%7B%7D&default-graph-uri=file%3A%2F%2F%2Fetc%2Fpasswd", None, None, 400),
        ("PUT", "?query=ASK%20%7B%7D", None, None, 405),
        ("DELETE", "", None, None, 405),
        ("POST", "", "text/plain", b"ASK {}", 415),
        ("POST", "", None, b"ASK {}", 415),
        ("POST", "", "application/sparql-query; charset=UTF-16", "ASK {}".encode("utf-16"), 415),
        ("POST", "", "application/sparql-query", b"ASK {} # \xff", 400),
        ("POST", "", "application/sparql-query", b"ASK {} #" + b"x" * (1 << 20), 413),
        ("POST", "", "application/sparql-update", b"CLEAR ALL", 403),
        ("POST", "", "application/x-www-form-urlencoded", b"update=CLEAR+ALL", 403),
        ("GET", "?update=CLEAR%20ALL", None, None, 403),
    ],
)
def test_requests_are_answered_as_the_protocol_says(
    server: Server, method: str, query_string: str, type_: str | None, body: bytes | None, status: int
) -> None:
    headers = {"Content-Type": type_} if type_ else {}
    response = httpx.request(
        method, f"{server.address}/sparql{query_string}", content=body, headers=headers, timeout=30
    )
    assert response.status_code == status
    if status != 200:
        assert response.headers["content-type"] == "text/plain; charset=utf-8"
        assert response.text.count("\n") == 1


@pytest.mark.parametrize(
    "query, reason",
    [
        ("SELECT * {", "not a valid SPARQL query"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is off"),
        ("SELECT * { ?s ?p ?o . service silent ?s # {\n { ?s ?p ?o } }", "SERVICE is off"),
        ("SELECT * { <http://a/\\u0041#b> ?p ?o . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is off"),
        ("SELECT * { ?s ?p rel:a\\#b . SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is off"),
        ("SELECT * { FILTER(?a<'>') SERVICE <http://127.0.0.1:1/> { ?s ?p 'x' } }", "SERVICE is off"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "no such graph here"),
        ("SELECT * FROM NAMED <http://127.0.0.1:1/x> { GRAPH ?g { ?s ?p ?o } }", "no such graph here"),
        ("PREFIX x: <http://x/> ASK FROM x:y {}", "no such graph here"),
        ("BASE <file:///etc/> ASK FROM <passwd> {}", "FROM <file:///etc/passwd>: no such graph here"),
        ("LOAD <http://127.0.0.1:1/>", "not a valid SPARQL query"),
        ("SELECT * { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }", "nested too deeply"),
    ],
)
def test_what_is_not_allowed_is_refused_with_its_reason(server: Server, query: str, reason: str) -> None:
    response = httpx.post(
        f"{server.address}/sparql", content=query, headers={"Content-Type": "application/sparql-query"}, timeout=30
    )
    assert response.status_code == 400
    assert reason in response.text


@pytest.mark.parametrize(
    "query",
    [
        'SELECT ?service { ?service ?p "SERVICE <x> " FILTER(?service != <http://a/SERVICE>) } LIMIT 1 # a SERVICE',
        'SELECT ("FROM <http://x/>" AS ?x) {} # FROM <http://y/>',
    ],
)
def test_words_that_only_look_forbidden_are_no_reason(server: Server, query: str) -> None:
    assert server.ask(query).status_code == 200


def test_the_service_describes_itself(server: Server) -> None:
    endpoint = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
    for accept in (None, "application/rdf+xml", "application/ld+json", "application/n-triples"):
        found = triples(server.get("/sparql", accept))
        assert [q.object for q in found if q.predicate == endpoint] == [ox.NamedNode(f"{server.address}/sparql")]
    assert server.get("/sparql", "text/html").status_code == 303


def test_whole_graphs_can_be_read(server: Server) -> None:
    assert server.get("/store?graph=http%3A%2F%2Fexample.org%2Fnone").status_code == 404
    assert server.get("/store").status_code == 400
    assert triples(server.get("/store?default", "application/n-triples")) == set(ox.parse(GRAPH, ox.RdfFormat.TURTLE))
    assert httpx.put(f"{server.address}/store?default", content=b"").status_code == 405


# --- Limits ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query, status, reason",
    [
        (LONG, 504, "took longer than 2 s"),
        (GREEDY, 507, "more memory"),
        ("SELECT * { ?s ?p ?o . ?a ?b ?c }", 413, "more than 60 rows"),
        ("CONSTRUCT { ?s ?p ?c } WHERE { ?s ?p ?o . ?a ?b ?c }", 413, "more than 60 rows"),
    ],
)
def test_limits_hold_and_say_so(server: Server, query: str, status: int, reason: str) -> None:
    response = server.ask(query)
    assert (response.status_code, reason in response.text) == (status, True), response.text
    assert server.ask("ASK {}").json()["boolean"] is True


def test_queries_that_hang_stop_neither_pages_nor_each_other(server: Server) -> None:
    statuses: list[int] = []
    threads = [threading.Thread(target=lambda: statuses.append(server.ask(LONG).status_code)) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert server.get("/entity/iran").status_code == 200
    assert server.get("/health").json() == {"status": "ok", "empty": False}
    assert server.ask("ASK {}").status_code in (200, 503)
    for thread in threads:
        thread.join()
    assert statuses == [504, 504]
    assert server.ask("ASK {}").status_code == 200


def write(sink: Sink, parts: list[bytes]) -> None:
    for part in parts:
        sink.write(part)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_rows_are_counted_whatever_they_hold(form: str, step: int) -> None:
    store = ox.Store()
    texts = ['}},{"a":{"type":', "<result>", "a\r\nb", '"', '""\n"', "x,y", "\\", "&lt;result>"]
    store.extend(ox.Quad(ox.NamedNode(f"urn:{i}"), ox.NamedNode("urn:p"), ox.Literal(t)) for i, t in enumerate(texts))
    from kg.query import RESULT_FORMATS

    found = store.query("SELECT ?a ?o { ?a ?p ?o }").serialize(format=RESULT_FORMATS[form])
    assert found is not None
    for allowed in (len(texts), len(texts) - 1):
        sink = Sink(form, allowed, 10_000)
        parts = [found[i : i + step] for i in range(0, len(found), step)]
        if allowed == len(texts):
            write(sink, parts)
            assert sink.content() == found
        else:
            with pytest.raises(TooManyRowsError):
                write(sink, parts)


# --- Pages -------------------------------------------------------------------------------------------


def test_pages_show_evidence_and_run_nothing_of_an_article(server: Server) -> None:
    for path in (
        "/entity/iran",
        "/entity/dr.-no",
        "/entity/dr%2E-no",
        "/article/a1",
        "/statement/s1",
        "/fact/f1",
        "/search?q=script",
    ):
        response = server.get(path, "text/html")
        assert response.status_code == 200, path
        assert "<script" not in response.text
        assert "<b>denied" not in response.text
        assert "49" not in re.sub(r"\d{4}", "", response.text)
        assert 'href="javascript' not in response.text
    page = server.get("/entity/iran").text
    assert '<mark class="trigger" title="trigger">&lt;b&gt;de' not in page
    assert '<mark class="object" title="object">Tehran</mark>' in page
    assert '<span class="badge denied">denied</span>' in page
    assert 'href="/entity/dr%2E-no"' in page
    assert 'href="http://www.wikidata.org/entity/Q794"' in page
    assert 'href="/article/a1"' in page
    assert "met with" in page


@pytest.mark.parametrize(
    "path", ["/", "/entity/iran", "/sparql", "/sparql?query=x", "/search?q=x", "/none", "/health", "/static/editor.js"]
)
def test_every_response_forbids_what_pages_dont_need(server: Server, path: str) -> None:
    headers = server.get(path, "*/*").headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_the_graph_page_comes_under_its_own_policy(server: Server) -> None:
    policy = server.get("/graph").headers["content-security-policy"]
    assert policy == "default-src 'none'; script-src 'nonce-abc'; frame-ancestors 'none'"


@pytest.mark.parametrize(
    "path, accept, type_",
    [
        ("/entity/iran", "text/turtle", "text/turtle; charset=utf-8"),
        ("/entity/iran", "application/ld+json", "application/ld+json"),
        ("/entity/dr%2E-no", "application/rdf+xml;q=0.9, text/html;q=0.1", "application/rdf+xml"),
        ("/statement/s1", "text/turtle", "text/turtle; charset=utf-8"),
        ("/article/a1", "application/n-triples", "application/n-triples"),
        ("/fact/f1?format=jsonld", "text/html", "application/ld+json"),
        ("/entity/iran?format=ttl", "text/html", "text/turtle; charset=utf-8"),
    ],
)
def test_an_iri_gives_data_to_programs(server: Server, path: str, accept: str, type_: str) -> None:
    response = server.get(path, accept)
    assert response.headers["content-type"] == type_
    found = triples(response)
    assert found <= set(ox.parse(GRAPH, ox.RdfFormat.TURTLE))
    assert ox.NamedNode(BASE + path.partition("?")[0][1:]) in {quad.subject for quad in found}


@pytest.mark.parametrize(
    "path",
    ["/entity/none", "/statement/none", "/statement/%20%22", "/article/..%2F..%2Fetc", "/fact/x", "/static/../app.py"],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle"])
def test_what_is_not_there_is_404(server: Server, path: str, accept: str) -> None:
    assert server.get(path, accept).status_code == 404


@pytest.mark.parametrize(
    "words_, found",
    [
        ("iran", ["Iran"]),
        ("TEHR", ["Iran"]),
        ("alert(1)", [HOSTILE]),
        ('" || true || "', []),
        ("\\", []),
        ("", []),
    ],
)
def test_search_finds_entities_by_any_name(server: Server, words_: str, found: list[str]) -> None:
    results = server.get("/search", "application/json", q=words_).json()["results"]
    assert [r["label"] for r in results] == found
    assert server.get("/search", "text/html", q=words_).status_code == 200
    assert server.get("/search", q="x" * 300).status_code == 400


def test_the_editor_has_our_prefixes_and_ready_queries(server: Server) -> None:
    offered = server.get("/ready.json").json()
    assert offered["prefixes"]["ent"] == f"{BASE}entity/"
    assert "https://w3id.org/newskg/relation/met" in offered["properties"]
    assert len(offered["queries"]) == len(ready_queries()) >= 10
    for query in offered["queries"]:
        assert query["query"].startswith("# ")
        ox.Store().query(query["query"])  # complete: any endpoint takes it
    page = server.get("/", "text/html").text
    for source in re.findall(r'(?:src|href)="([^"]+)"', page):
        assert source.startswith(("/", "data:,"))
        assert source == "data:," or server.get(source).status_code in (200, 422), source


# --- Beginning, rebuilding, ending -------------------------------------------------------------------


def test_names_of_other_hosts_are_refused(server: Server) -> None:
    for host, status in (("localhost:8000", 200), ("evil.example", 421), ("[::1]:80", 200), ("127.0.0.1", 200)):
        response = httpx.get(f"{server.address}/health", headers={"Host": host}, timeout=30)
        assert response.status_code == status, host


@pytest.mark.parametrize("mode, status", [("no-cors", 403), ("cors", 403), ("navigate", 200)])
def test_pages_of_other_sites_may_link_but_not_ask(server: Server, mode: str, status: int) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": mode}
    response = httpx.get(f"{server.address}/sparql?query=ASK%20%7B%7D", headers=headers, timeout=30)
    assert response.status_code == status


def test_a_rebuilt_graph_is_picked_up(tmp_path: Path) -> None:
    put_graph(tmp_path)
    running = Server(tmp_path)
    query = 'SELECT (COUNT(*) AS ?n) { ?s skos:prefLabel "Iraq"@en }'
    try:
        assert running.ask(query, "text/csv").text.split() == ["n", "0"]
        put_graph(tmp_path, GRAPH.replace('"Iran"@en', '"Iraq"@en'))
        assert running.ask(query, "text/csv").text.split() == ["n", "1"]
        shutil.rmtree(tmp_path / "store")
        assert running.ask(query, "text/csv").text.split() == ["n", "1"]
        (tmp_path / "graph.ttl").unlink()
        assert running.ask(query).status_code == 503
    finally:
        assert running.stop() == ""


def test_interrupting_ends_queries_and_leaves_no_process(tmp_path: Path) -> None:
    put_graph(tmp_path)
    running = Server(tmp_path)

    told: list[str] = []
    client = threading.Thread(target=lambda: told.append(running.ask(LONG).text))
    client.start()
    assert running.get("/health").status_code == 200
    assert running.stop() == ""
    assert running.process.returncode == 0
    client.join()
    assert told == ["the server is being stopped\n"]
    marker = str(tmp_path).encode()
    left = [
        p.name
        for p in Path("/proc").glob("[0-9]*")
        if p.name != str(os.getpid()) and marker in ((p / "cmdline").read_bytes() if (p / "cmdline").exists() else b"")
    ]
    assert left == []


def test_what_keeps_it_from_starting_is_told_in_one_line(tmp_path: Path) -> None:
    def fails(*options: str) -> str:
        command = [sys.executable, "-m", "kg", "serve", *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        return done.stderr

    assert "no graph here" in fails("-o", str(tmp_path))
    put_graph(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "already in use" in fails("-o", str(tmp_path), "--port", str(taken.getsockname()[1]))
    assert "no such address" in fails("-o", str(tmp_path), "--host", "no.such.host.invalid")


# --- Parts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "accept, form",
    [
        (None, "json"),
        ("", "json"),
        ("text/*", "csv"),
        ("text/csv;q=0, */*;q=0.1", "json"),
        ("application/sparql-results+json;q=0, */*", "xml"),
        ("application/xml", "xml"),
        ("text/csv, application/json", "csv"),
        ("application/json;q=0.5, text/csv;q=bogus", "csv"),
        ("image/*", None),
    ],
)
def test_accept_headers(accept: str | None, form: str | None) -> None:
    assert choose(accept, ROWS) == form


def test_accept_of_graphs() -> None:
    assert choose("application/n-triples,*/*;q=0.9", TRIPLES) == "nt"


def test_names_are_found_as_whole_words_and_the_longer_wins() -> None:
    text = "Iran's president met the Iranian team in Iran City, Iran."
    assert [text[s:e] for s, e in occurrences(text, ["Iran", "Iran City"])] == ["Iran", "Iran City", "Iran"]
    assert occurrences(text, ["", "I"]) == []


def test_sentences_are_cut_without_loss() -> None:
    text = "Putin met Raisi."
    cut = pieces(text, [(6, 9, "trigger"), (0, 5, "subject"), (4, 7, "overlaps"), (10, 99, "outside")])
    assert "".join(p.text for p in cut) == text
    assert [(p.text, p.slot) for p in cut if p.slot] == [("Putin", "subject"), ("met", "trigger")]


def test_iris_read_as_words() -> None:
    assert [words(i) for i in ("http://x/relation/tradesWith", "http://x#Person", "http://x/a_b")] == [
        "trades with",
        "person",
        "a b",
    ]


# --- In a browser ------------------------------------------------------------------------------------


def test_the_editor_works_in_a_browser_and_asks_nobody_else(server: Server) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    chromium = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    if chromium is None:
        pytest.skip("no chromium, chromium-browser or google-chrome on PATH")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(server.address)
        page.wait_for_selector("html[data-editor=ready]")
        page.get_by_role("button", name="Under which names does an entity go").click()
        page.wait_for_selector(".yasr_results tbody tr, .yasr_results .dataTables_empty, .yasr_results .dt-empty")
        assert "PREFIX skos:" in page.locator(".tabPanel.active .CodeMirror-code").inner_text()
        page.locator(".tabPanel.active .CodeMirror").click()
        page.keyboard.press("Control+A")
        page.keyboard.type("SELECT ?name WHERE { ent:iran skos:prefLabel|skos:altLabel ?name }")
        page.locator(".tabPanel.active .yasqe_queryButton").click()
        page.locator(".tabPanel.active .yasr_results td", has_text="Tehran").wait_for()
        browser.close()
    assert complaints == []
    assert {httpx.URL(url).copy_with(path="/", query=None) for url in asked} == {httpx.URL(server.address + "/")}
