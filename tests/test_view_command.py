"""`kg view`: the page of a part, with one clear line for what can't be."""

from __future__ import annotations

import json
import re
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from view_samples import sample_graph, small_graph

from kg.cli import main
from kg.errors import KgError
from kg.resources import Resources
from kg.view import overflow, page_options, select
from kg.view.options import ViewOptions

ARTICLES = {
    "wire.txt": "Date: 2022-07-20\n\nPutin met Raisi in Tehran on Tuesday. Iran supplies Russia with drones.\n",
    "note.txt": "Date: 2022-09-02\n\nTurkey may buy grain from Ukraine, the White House said. Officials met in Kyiv.\n",
}
View = Callable[..., Result]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("view command")
    (folder / "in").mkdir()
    for name, text in ARTICLES.items():
        (folder / "in" / name).write_text(text)
    result = CliRunner().invoke(
        main, ["build", str(folder / "in"), "-o", str(folder / "out"), "--base", "https://x.example/"]
    )
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture
def view(built: Path) -> View:
    return lambda *arguments: CliRunner().invoke(main, ["view", "-o", str(built), *map(str, arguments)])


def data_of(page: Path) -> dict[str, Any]:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', page.read_text(encoding="utf8"), re.DOTALL
    )
    assert found
    return dict(json.loads(found[1]))


def labels(page: Path) -> set[str]:
    return {node["label"] for node in data_of(page)["nodes"]}


@pytest.mark.parametrize(
    ("conditions", "there", "not_there"),
    [
        ([], {"Iran", "Ukraine"}, set()),
        (["--about", "iran"], {"Iran", "Russia"}, {"Ukraine"}),
        (["--about", "Iran", "--about", "Ukraine"], {"Iran", "Ukraine"}, set()),
        (["--since", "2022-09-01"], {"Ukraine"}, {"Iran"}),
        (["--until", "2022-09-01"], {"Iran"}, {"Ukraine"}),
        (["--relation", "supplies"], {"Iran", "Russia"}, {"Ukraine"}),
        (["--relation", "consult"], {"Putin"}, {"Ukraine"}),
        (["--asserted-only"], {"Iran"}, {"Turkey"}),
        (["--top", "4"], {"Iran"}, {"Turkey"}),
    ],
)
def test_conditions(view: View, tmp_path: Path, conditions: list[str], there: set[str], not_there: set[str]) -> None:
    result = view(*conditions, "--file", tmp_path / "part.html")
    assert result.exit_code == 0, result.output
    assert "statements" in result.stdout
    shown = labels(tmp_path / "part.html")
    assert there <= shown
    assert shown.isdisjoint(not_there)


def test_the_page_has_base_title_and_names_of_the_build(view: View, built: Path) -> None:
    assert view("--about", "Iran", "--since", "2022-01-01").exit_code == 0
    data = data_of(built / "view.html")
    assert data["base"] == "https://x.example/"
    assert data["title"] == "Iran since 2022-01-01"


@pytest.mark.parametrize(
    ("conditions", "status", "says"),
    [
        (["--about", "Iram"], 1, "no entity is called 'Iram' (did you mean Iran"),
        (["--relation", "supplys"], 1, "no relation or family is called 'supplys' (did you mean supplies"),
        (["--since", "2099-01-01"], 1, "no statement is left"),
        (["--since", "yesterday"], 2, "does not match the format"),
        (["--since", "2022-02-01", "--until", "2022-01-01"], 2, "2022-01-01 is before 2022-02-01"),
        (["--file", "/dev/null/x.html"], 1, "can't be written"),
        (["-o", "/nonexistent"], 1, "no graph here (run `kg build` first"),
    ],
)
def test_what_can_not_be_is_one_clear_line(view: View, conditions: list[str], status: int, says: str) -> None:
    result = view(*conditions)
    assert result.exit_code == status
    assert says in result.stderr
    if status == 1:
        assert len(result.stderr.splitlines()) == 1
    assert not isinstance(result.exception, (OSError, KgError))


@pytest.mark.parametrize(("starts", "says"), [(True, ""), (False, "open ")])
def test_the_browser_is_opened_on_request(
    view: View, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, starts: bool, says: str
) -> None:
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or starts)
    page = tmp_path / "a b.html"
    result = view("--open", "--file", page)
    assert opened == [page.as_uri()]
    assert result.exit_code == 0
    assert result.stderr == (f"kg: no browser could be started: open {page} yourself\n" if says else "")


def test_a_name_that_several_have_is_refused_with_their_ids() -> None:
    graph = sample_graph(400, 200)
    names = [node.label for node in graph.nodes]
    twice = next(name for name in names if names.count(name) > 1)
    with pytest.raises(KgError, match=r"entities are called .*give the id of one of them: ") as caught:
        select(graph, about=twice)
    ids = [node.id for node in graph.nodes if node.label == twice]
    assert all(id_ in str(caught.value) for id_ in ids[:6])
    assert select(graph, about=ids[0]).nodes


def test_too_much_for_a_page_is_said_with_what_to_do() -> None:
    assert overflow(small_graph()) is None
    line = overflow(small_graph(), ViewOptions(max_statements=4), "part.html")
    assert line is not None
    assert "part.html carries the 4 best-evidenced of 9 statements" in line
    assert all(way in line for way in ("--about", "--top", "gexf"))


def test_relations_are_named_as_the_ontology_names_them(resources: Resources) -> None:
    options = page_options(resources.ontology)
    assert "met" in options.symmetric
    assert "supplies" not in options.symmetric
    assert options.labels["met"] == resources.ontology.relations["met"].label


def test_the_build_says_what_its_page_leaves_out(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.view.overflow", lambda graph: overflow(graph, ViewOptions(max_statements=1)))
    result = CliRunner().invoke(main, ["build", str(built.parent / "in"), "-o", str(built)])
    assert result.exit_code == 0
    assert "kg: graph.html carries the 1 best-evidenced of" in result.stderr
    assert "--about" in result.stderr
