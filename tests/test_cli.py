"""The command line as users meet it: builds, queries, extracts; bad input in one line each; exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner, Result

from kg.cli import main

Run = Callable[..., Result]
WIRE = "Title: A meeting\nPublisher: Demo\nDate: 2022-07-20\n\nPutin met Raisi in Tehran on Tuesday. Iran supplies Russia with drones.\n"
NOTE = "---\ntitle: A note\ndate: 2022-07-21\n---\n\nRussia may buy drones, the White House said.\n"


@pytest.fixture(scope="module")
def run() -> Run:
    def call(*arguments: object, **options: object) -> Result:
        return CliRunner().invoke(main, [str(a) for a in arguments], **options)  # type: ignore[arg-type]

    return call


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    folder = tmp_path_factory.mktemp("with space")
    (folder / "in").mkdir()
    (folder / "in" / "wire.txt").write_text(WIRE)
    (folder / "in" / "note.md").write_text(NOTE)
    result = run("build", folder / "in", "-o", folder / "out")
    assert result.exit_code == 0, result.output
    return folder


def test_build_writes_everything_and_sums_up(built: Path, run: Run) -> None:
    out = built / "out"
    assert {p.name for p in out.iterdir()} == {"graph.ttl", "graph.html", "store", "records"}
    again = run("build", built / "in", "-o", out)
    assert "2 articles (2 independent, 2 from the cache), 0 skipped" in again.stdout
    assert again.stderr == ""


def test_two_builds_of_the_same_files_are_the_same_bytes(built: Path, run: Run, tmp_path: Path) -> None:
    files = sorted((built / "in").iterdir())
    assert run("build", *files[::-1], "-o", tmp_path / "other").exit_code == 0
    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / "other" / name).read_bytes() == (built / "out" / name).read_bytes()


def test_forgetting_an_article_leaves_no_trace(built: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", built / "in", "-o", out)
    run("build", built / "in" / "wire.txt", "-o", out)
    run("build", built / "in" / "wire.txt", "-o", tmp_path / "fresh")
    assert (out / "graph.ttl").read_bytes() == (tmp_path / "fresh" / "graph.ttl").read_bytes()
    assert len(list((out / "records").glob("*.json"))) == 1


# --- Bad input ---------------------------------------------------------------------------------------


def write_bad(folder: Path) -> dict[str, str]:
    """Bad files, and a piece of the line that each gets."""
    files: dict[str, tuple[bytes, str]] = {
        "empty.txt": (b"", "empty"),
        "binary.txt": (b"\x00\x01\x02" * 100, "no text"),
        "german.txt": (
            "Der russische Präsident traf am Dienstag den iranischen Präsidenten in Teheran. Sie sprachen über den Krieg in "
            "Syrien und über die Zusammenarbeit der beiden Länder in den kommenden Jahren.".encode(),
            "not an English article",
        ),
        "latin.txt": ("Putin traf Erdo\u011fan. ".encode("utf-16-le") + b"\xff\xfe\xff", "UTF-8"),
        "matter.md": (b"---\ntitle: [unclosed\n---\n\nPutin met Raisi.\n", "front matter"),
        "huge.txt": (b"Putin met Raisi. " * 320_000, "characters"),
    }
    for name, (content, _) in files.items():
        (folder / name).write_bytes(content)
    return {name: piece for name, (_, piece) in files.items()}


def test_bad_files_get_a_line_each_and_the_rest_is_built(run: Run, tmp_path: Path) -> None:
    expected = write_bad(tmp_path)
    (tmp_path / "good.txt").write_text(WIRE)
    result = run("build", tmp_path, "-o", tmp_path / "out")
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert len(lines) == len(expected), result.stderr
    for name in expected:
        about = [line for line in lines if name in line]
        assert len(about) == 1, (name, result.stderr)
        assert about[0].startswith("kg: ")
    assert f"1 articles (1 independent, 0 from the cache), {len(expected)} skipped" in result.stdout
    assert run("build", tmp_path, "-o", tmp_path / "out", "--strict").exit_code == 1


@pytest.mark.parametrize("name", ["empty", "missing"])
def test_nothing_to_build_is_status_1_and_keeps_the_old_graph(built: Path, run: Run, tmp_path: Path, name: str) -> None:
    before = (built / "out" / "graph.ttl").read_bytes()
    if name == "empty":
        (tmp_path / name).mkdir()
    result = run("build", tmp_path / name, "-o", built / "out")
    assert result.exit_code == 1
    assert str(tmp_path / name) in result.stderr
    assert "Traceback" not in result.output
    assert (built / "out" / "graph.ttl").read_bytes() == before


def test_an_output_that_cannot_be_written(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    result = run("build", built / "in", "-o", tmp_path / "file" / "out")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "--nonsense"),
        ("nonsense",),
        ("query",),
        ("query", "ASK {}", "--format", "dog"),
        ("build", "--base", "file:///x"),
        ("extract",),
    ],
)
def test_wrong_usage_is_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


# --- Queries -----------------------------------------------------------------------------------------

SELECT = "SELECT ?s ?o WHERE { ?x rdf:predicate rel:supplies ; rdf:subject/skos:prefLabel ?s ; rdf:object/skos:prefLabel ?o }"


def test_select_as_table_json_csv_xml(built: Path, run: Run) -> None:
    out = built / "out"
    assert run("query", SELECT, "-o", out).stdout == "s\to\nIran\tRussia\n"
    rows = json.loads(run("query", SELECT, "-o", out, "--format", "json").stdout)["results"]["bindings"]
    assert [(r["s"]["value"], r["o"]["value"]) for r in rows] == [("Iran", "Russia")]
    assert list(csv.reader(io.StringIO(run("query", SELECT, "-o", out, "--format", "csv").stdout))) == [
        ["s", "o"],
        ["Iran", "Russia"],
    ]
    document = ET.fromstring(run("query", SELECT, "-o", out, "--format", "xml").stdout)
    assert document.tag == "{http://www.w3.org/2005/sparql-results#}sparql"


def test_ask_and_construct(built: Path, run: Run) -> None:
    out = built / "out"
    assert run("query", "ASK { ?s rel:supplies ?o }", "-o", out).stdout == "yes\n"
    assert run("query", "ASK { ?s rel:buys ?o }", "-o", out).stdout == "no\n"
    turtle = run(
        "query", "CONSTRUCT { ?s rel:supplies ?o } WHERE { ?s rel:supplies ?o }", "-o", out, "--format", "ttl"
    ).stdout
    assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 1


def test_query_from_file_and_stdin(built: Path, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(SELECT)
    assert run("query", path, "-o", built / "out").stdout == "s\to\nIran\tRussia\n"
    assert run("query", "-", "-o", built / "out", input=SELECT).stdout == "s\to\nIran\tRussia\n"


@pytest.mark.parametrize(
    "query, message",
    [
        ("SELEKT * {}", "not a valid SPARQL query"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is off"),
        ("SELECT * { service silent ?x { ?s ?p ?o } }", "SERVICE is off"),
        ("DROP ALL", "not a valid SPARQL query"),
        ("missing.rq", "can't be read"),
    ],
)
def test_bad_queries_are_one_line(built: Path, run: Run, query: str, message: str) -> None:
    result = run("query", query, "-o", built / "out")
    assert result.exit_code == 1
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_word_service_is_allowed_where_it_is_no_keyword(built: Path, run: Run) -> None:
    query = (
        'SELECT ?service WHERE { ?service skos:prefLabel "SERVICE" . FILTER(?service != <http://a/SERVICE>) } # SERVICE'
    )
    assert run("query", query, "-o", built / "out").exit_code == 0


def test_formats_must_fit_the_query(built: Path, run: Run) -> None:
    result = run("query", SELECT, "-o", built / "out", "--format", "ttl")
    assert result.exit_code == 1
    assert "gives rows" in result.stderr


def test_no_graph_yet(run: Run, tmp_path: Path) -> None:
    result = run("query", SELECT, "-o", tmp_path)
    assert result.exit_code == 1
    assert "run `kg build` first" in result.stderr


def test_a_lost_store_is_no_loss(built: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes((built / "out" / "graph.ttl").read_bytes())
    assert run("query", SELECT, "-o", tmp_path).stdout == "s\to\nIran\tRussia\n"


# --- Extract -----------------------------------------------------------------------------------------


def test_extract_prints_a_record_a_line(built: Path, run: Run) -> None:
    result = run("extract", built / "in", "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert {r["title"] for r in records} == {"A meeting", "A note"}
    relations = {s["relation"] for r in records for s in r["statements"]}
    assert {"met", "supplies", "buys"} <= relations


def test_raw_keeps_the_offsets_of_the_input(run: Run, tmp_path: Path) -> None:
    text = "  Iran supplies\tRussia with drones.  See also: nothing "
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": "one", "text": text, "published": "2022-07-20"}) + "\n")
    record = json.loads(run("extract", tmp_path / "in.jsonl", "--raw").stdout)
    assert record["id"] == "one"
    assert record["text"] == text
    assert record["published"] == "2022-07-20"
    assert all(text[m["start"] : m["end"]] == m["text"] for m in record["mentions"])


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help").stdout
    assert all(name in shown for name in main.commands)
    assert run("--version").stdout.startswith("kg, version")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(WIRE)
    path.chmod(0)
    assert "secret.txt" in run("build", path, "-o", tmp_path / "out").stderr
