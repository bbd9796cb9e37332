"""The graph of an earlier build comes back from its folder, or one line says why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.facts import AssertionRule
from kg.pipeline import BuildOptions, BuildResult, build
from kg.rdf import graph_triples, serialise
from kg.saved import read_note, saved_build, saved_graph

WIRE = "Iran supplies Russia with drones. Putin met Ebrahim Raisi in Tehran on July 19, 2022.\n"
CLAIM = "CIA Director William Burns said Iran trusts Russia.\n"
BASE = "https://example.org/graph/"
LAYER = """@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/note> rdfs:comment "ours" .
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult]:
    folder = tmp_path_factory.mktemp("saved")
    (folder / "in").mkdir()
    (folder / "in" / "wire.txt").write_text(WIRE)
    (folder / "in" / "claim.txt").write_text(CLAIM)
    (folder / "own").mkdir()
    (folder / "own" / "own.ttl").write_text(LAYER)
    options = BuildOptions(folder / "own", BASE, rule=AssertionRule(speakers=1))
    return folder, build([folder / "in"], folder / "out", options)


@pytest.fixture
def copy(built: tuple[Path, BuildResult], tmp_path: Path) -> Path:
    shutil.copytree(built[0], tmp_path / "all")
    return tmp_path / "all"


def test_the_graph_comes_back_as_it_was_built(built: tuple[Path, BuildResult]) -> None:
    folder, result = built
    assert saved_graph(folder / "out") == result.graph
    saved = saved_build(folder / "out")
    again = serialise(graph_triples(saved.graph, saved.resources.ontology, saved.base), base=saved.base)
    assert again == (folder / "out" / "graph.ttl").read_bytes()


def test_options_of_the_build_are_kept(built: tuple[Path, BuildResult]) -> None:
    folder, _ = built
    note = read_note(folder / "out")
    assert (note.base, note.rule.speakers) == (BASE, 1)
    assert any(f.asserted and f.statement.attributed_to for f in saved_graph(folder / "out").facts)


def test_a_moved_folder_still_gives_its_graph(copy: Path, built: tuple[Path, BuildResult]) -> None:
    assert saved_graph(copy / "out") == built[1].graph


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("no folder", "no graph here (run `kg build` first"),
        ("no note", "no graph here (run `kg build` again)"),
        ("broken note", "build.note: can't be read (run `kg build` again)"),
        ("no record", "missing or damaged (run `kg build` again)"),
        ("broken record", "missing or damaged (run `kg build` again)"),
        ("other data files", "data files that have changed since"),
        ("no data files", "isn't there"),
    ],
)
def test_what_is_missing_is_one_clear_line(copy: Path, damage: str, says: str) -> None:
    out = copy / "out"
    record = sorted((out / "records").glob("*.json"))[0]
    match damage:
        case "no folder":
            shutil.rmtree(out)
        case "no note":
            (out / "records" / "build.note").unlink()
        case "broken note":
            (out / "records" / "build.note").write_text('{"base": 1')
        case "no record":
            record.unlink()
        case "broken record":
            record.write_text(record.read_text()[:50])
        case "other data files":
            (copy / "own" / "own.ttl").write_text(LAYER.replace("ours", "changed"))
        case _:
            shutil.rmtree(copy / "own")
    with pytest.raises(StoreError) as caught:
        saved_graph(out)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_note_leads_to_no_other_folder(copy: Path) -> None:
    note = copy / "out" / "records" / "build.note"
    record = sorted((copy / "out" / "records").glob("*.json"))[0]
    shutil.copy(record, copy / "elsewhere.json")
    note.write_text(note.read_text().replace(record.name, "../../elsewhere.json"))
    with pytest.raises(StoreError, match="missing"):
        saved_graph(copy / "out")
