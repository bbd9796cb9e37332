"""Corrections: a plain file that every build replays; wrong lines told; commands that write it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.correction_lines import format_line, parse_line
from kg.corrections import Corrections, append_correction, read_corrections
from kg.errors import DataError
from kg.model import Document, Entity, Extraction, Mention, Node
from kg.resolve import resolve
from kg.resources import Resources


def corrections(*lines: str) -> Corrections:
    return Corrections(tuple(c for n, line in enumerate(lines, 1) if (c := parse_line(line, n))))


def article(id_: str, *entities: Entity) -> Extraction:
    numbered = tuple(replace(e, id=f"e{n}") for n, e in enumerate(entities))
    mentions = tuple(Mention(0, 1, e.label, e.type, "name", e.id) for e in numbered)
    return Extraction(Document(id_, f"{id_}.md", "", "0"), mentions, numbered, ())


def person(label: str, country: str | None = None) -> Entity:
    return Entity("e", label, "Person", country=country)


def organization(label: str) -> Entity:
    return Entity("e", label, "Organization")


def nodes(resources: Resources, articles: list[Extraction], *lines: str) -> dict[str, Node]:
    documents = [a.document for a in articles]
    found = resolve(articles, resources.gazetteer, corrections(*lines).with_ids(documents))
    assert len({node.id for node in found}) == len(found)
    assert sorted(o for node in found for o in node.origins) == sorted(
        (a.document.id, e.id) for a in articles for e in a.entities
    )
    return {node.label: node for node in found}


def test_merge_makes_one_called_as_the_second(resources: Resources) -> None:
    articles = [article("a", person("Lena Weiss")), article("b", person("Lena Weiss-Okafor"))]
    assert set(nodes(resources, articles)) == {"Lena Weiss", "Lena Weiss-Okafor"}
    merged = nodes(resources, articles, 'merge "Lena Weiss" "Lena Weiss-Okafor"')
    node = merged["Lena Weiss-Okafor"]
    assert list(merged) == ["Lena Weiss-Okafor"]
    assert node.aliases == ("Lena Weiss",)
    assert node.id == "lena-weiss-okafor"
    assert any("corrections.txt, line 1" in reason for reason in node.reasons)


def test_split_keeps_two_names_apart_also_through_a_third(resources: Resources) -> None:
    both = replace(organization("NWA"), aliases=("Northwind Aerospace", "National Water Authority"))
    articles = [
        article("a", organization("Northwind Aerospace")),
        article("b", organization("National Water Authority")),
        article("c", both),
    ]
    assert len(nodes(resources, articles)) == 1
    apart = nodes(resources, articles, 'split "Northwind Aerospace" "National Water Authority"')
    assert len(apart) == 2


def test_split_takes_the_entity_of_one_article_out(resources: Resources) -> None:
    articles = [article(name, person("Anna Berg")) for name in "abc"]
    (one,) = nodes(resources, articles).values()
    assert len(one.origins) == 3
    found = resolve(articles, resources.gazetteer, corrections("split 'Anna Berg' --in b.md".replace("'", '"')).with_ids(
        [a.document for a in articles]
    ))  # fmt: skip
    assert sorted(len(node.origins) for node in found) == [1, 2]


def test_rename_type_and_link(resources: Resources) -> None:
    articles = [article("a", organization("Wagner"))]
    found = nodes(
        resources, articles,
        'rename Wagner "Wagner Group"', "type wagner Organization/ArmedGroup", "link Wagner http://example.org/w",
    )["Wagner Group"]  # fmt: skip
    assert (found.id, found.subtype, found.link) == ("wagner-group", "ArmedGroup", "http://example.org/w")
    assert found.aliases == ("Wagner",)
    assert nodes(resources, articles, "link Wagner none")["Wagner"].link is None


def test_a_node_of_two_is_named_by_its_id_too(resources: Resources) -> None:
    articles = [article("a", organization("Mercury")), article("b", person("Mercury"))]
    plain = {n.id: n.type for n in resolve(articles, resources.gazetteer)}
    second = next(id_ for id_ in plain if id_ != "mercury")
    found = resolve(articles, resources.gazetteer, corrections(f'rename {second} "Mercury the second"'))
    assert {n.label for n in found} == {"Mercury", "Mercury the second"}


@pytest.mark.parametrize(
    "line, problem",
    [
        ("unite A B", "unknown command 'unite'"),
        ("merge A", "expected merge NAME NAME"),
        ("merge A B C", "expected merge NAME NAME"),
        ("merge A A", "'A' twice"),
        ('merge "A B', "quotation marks"),
        ('merge A ""', "expected merge"),
        ("split A", "expected split NAME NAME, or"),
        ("split A --in", "expected split"),
        ("type A Robot", "'Robot' is no type"),
        ("type A Person/Company", "'Company' is no subtype of Person"),
        ("type A Organization/Club", "'Club' is no subtype"),
        ("link A Q42", "'Q42' is no http(s) IRI"),
        ("link A javascript:alert(1)", "no http(s) IRI"),
        ("reject 12", "no id of a statement"),
        ("forget", "expected forget ARTICLE"),
    ],
)
def test_a_wrong_line_is_told_with_its_number(line: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "corrections.txt"
    path.write_text(f"# what we know better\n\nmerge A B\n{line}\n")
    with pytest.raises(DataError) as told:
        read_corrections(path)
    assert f"{path}: line 4: " in str(told.value)
    assert problem in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("path", ["nothing", "folder", "binary"])
def test_files_that_are_no_corrections(path: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    if path == "nothing":
        assert not read_corrections(tmp_path / path)
    else:
        with pytest.raises(DataError, match="can't be read"):
            read_corrections(tmp_path / path)


@pytest.mark.parametrize(
    "words",
    [
        ("A", "B"),
        ("O'Neill", "O’Neill & Sons"),
        ('the "Wolf"', "Wolf"),
        ("#1 Group", "One Group"),
        ("back\\slash", "x y"),
    ],
)
def test_what_is_written_is_read_back(words: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "corrections.txt"
    path.write_text("rename X Y  # without an end of line")
    append_correction(path, "merge", words)
    assert [line.words for line in read_corrections(path).lines] == [("X", "Y"), words]


def test_no_line_can_bring_in_another() -> None:
    with pytest.raises(ValueError, match="can't be printed"):
        format_line("merge", ["A\nforget everything", "B"])


# --- The command line --------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "a.txt").write_text("Title: A\nDate: 2022-07-20\n\nLena Weiss met Omar Haddad in Berlin.\n")
    (tmp_path / "sources" / "b.txt").write_text("Title: B\nDate: 2022-07-21\n\nTurkey sanctioned Syria on Monday.\n")

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return call


def test_corrections_are_replayed_by_every_build(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("build").exit_code == 0
    graph = tmp_path / "output" / "graph.ttl"
    first = graph.read_text()
    assert "Syria" in first
    assert "Haddad" in first

    for words in (("rename", "Lena Weiss", "Magdalena Weiss"), ("forget", "sources/b.txt")):
        assert run(*words).exit_code == 0
    assert (tmp_path / "corrections.txt").read_text() == (
        'rename "Lena Weiss" "Magdalena Weiss"\nforget sources/b.txt\n'
    )
    built = run("build")
    assert (built.exit_code, built.stderr) == (0, "")
    second = graph.read_text()
    assert "Syria" not in second
    assert "magdalena-weiss" in second
    assert len(list((tmp_path / "output" / "records").glob("*.json"))) == 1
    # Building again gives the same, without the file the first graph comes back.
    assert run("build").exit_code == 0
    assert graph.read_text() == second
    (tmp_path / "corrections.txt").unlink()
    assert run("build").exit_code == 0
    assert graph.read_text() == first


def test_a_rejected_statement_is_gone(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    run("build")
    rows = run("query", "SELECT ?s WHERE { ?s rdf:predicate rel:met }", "--format", "csv").stdout.split()
    id_ = rows[1].rpartition("/")[2]
    assert run("reject", id_).exit_code == 0
    assert run("build").exit_code == 0
    left = run("query", "SELECT ?s WHERE { ?s rdf:predicate rel:met }", "--format", "csv").stdout.split()
    assert len(left) == len(rows) - 1
    assert "rel:met" not in (tmp_path / "output" / "graph.ttl").read_text().replace("@prefix", "")


def test_lines_that_fit_nothing_are_told_and_the_rest_is_built(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "corrections.txt").write_text(
        'merge "Nobody" "Lena Weiss"\nforget sources/z.txt\nreject 0123456789abcdef\nsplit Haddad --in c.txt\n'
    )
    built = run("build")
    assert built.exit_code == 0
    for told in (
        "line 1: no entity 'Nobody'",
        "line 2: no article",
        "line 3: no statement",
        "line 4: no article 'c.txt'",
    ):
        assert told in built.stderr


def test_a_wrong_file_stops_the_build_with_one_line(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "corrections.txt").write_text("merge A\n")
    for arguments in (("build",), ("merge", "A", "B")):
        result = run(*arguments)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
        assert "line 1: expected merge" in result.stderr
    assert run("split", "A").exit_code == 2
