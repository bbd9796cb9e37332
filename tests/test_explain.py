"""`kg explain`: what stands behind statements, entities and articles; what a text gives, and why its other words don't."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import main
from kg.explain import Corpus, explain, explain_text, find_target, load_corpus, nearest, text_document
from kg.explain.statements import marked
from kg.model import Fact, Slot, Span
from kg.parse import Parser
from kg.resources import Resources

Lines = Callable[[str], list[str]]
WIRE = """Title: A meeting in Tehran
Publisher: Demo
Date: 2022-07-20

Russian President Vladimir Putin met Iranian President Ebrahim Raisi in Tehran on Tuesday. Iran supplies Russia with drones.
The Kremlin denied that Russia had attacked Georgia. Poland outbid Hungary.
"""
NOTE = """---
title: A note
publisher: Other
date: 2022-07-21
---

Putin may not buy drones, William Burns said. CIA Director William Burns said Russia needs Iran. Vladimir Putin slept.
"""


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explain")
    (folder / "in").mkdir()
    (folder / "in" / "wire.txt").write_text(WIRE)
    (folder / "in" / "note.md").write_text(NOTE)
    result = CliRunner().invoke(main, ["build", str(folder / "in"), "-o", str(folder / "out")])
    assert result.exit_code == 0, result.output
    return folder / "out"


@pytest.fixture(scope="module")
def corpus(output: Path) -> Corpus:
    return load_corpus(output)


def call(*arguments: object, **options: object) -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, arguments)], **options)  # type: ignore[arg-type]


def fact(corpus: Corpus, relation: str) -> Fact:
    return next(f for f in corpus.graph.facts if f.statement.relation == relation)


# --- Sentences ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "slots, expected",
    [
        ([], "Putin met Raisi."),
        ([("subject", 0, 5), ("trigger", 6, 9)], "[Putin]subject [met]trigger Raisi."),
        ([("subject", 0, 5), ("speaker", 0, 5)], "[Putin]subject+speaker met Raisi."),
        ([("theme", 0, 15), ("subject", 0, 5), ("object", 10, 15)], "[[Putin]subject met [Raisi]object]theme."),
        # What stands in another sentence can't be marked in this one.
        ([("subject", 40, 45)], "Putin met Raisi."),
    ],
)
def test_the_words_of_slots_are_marked(slots: list[tuple[str, int, int]], expected: str) -> None:
    text = "Putin met Raisi. He left, and then there was more."
    assert marked(text, Span(0, 16), [Slot(*slot) for slot in slots]) == expected


# --- Statements --------------------------------------------------------------------------------------


def test_a_statement_shows_words_frame_and_why_it_is_asserted(corpus: Corpus) -> None:
    lines = "\n".join(explain(fact(corpus, "met"), corpus))
    for piece in (
        "Vladimir Putin met Ebrahim Raisi; place Tehran; time 2022-07-19",
        "[Vladimir Putin]subject [met]trigger",
        "[Ebrahim Raisi]object in [Tehran]place on [Tuesday]time.",
        "A meeting in Tehran, Demo, 2022-07-20",
        "evokes met (CONSULT)",
        "frames.ttl:",
        "kg:evokes rel:met",
        "positive: nothing negates it",
        "actual: nothing weakens it",
        "the article's own",
        "yes: positive, actual, in the article's own voice",
    ):
        assert piece in lines, lines


@pytest.mark.parametrize(
    "relation, pieces",
    [
        ("attacked", ["negative: 'denied'", "Kremlin", "no: it is negative"]),
        ("needs", ["William Burns", "'said', paraphrase", "no: claimed by 1 independent speaker (USA), and 2 are needed"]),
        ("buys", ["negative: 'not'", "possible: 'may'", "no: it is negative"]),
        ("outbid", ["none knows 'outbid'", "no: open statements never are"]),
        ("leads", ["a title before a name", "lexicon.ttl:", "director"]),
    ],
)  # fmt: skip
def test_what_decides_a_statement_is_told(relation: str, pieces: list[str], corpus: Corpus) -> None:
    lines = "\n".join(explain(fact(corpus, relation), corpus))
    assert not [piece for piece in pieces if piece not in lines], lines


def test_statements_are_found_by_id_prefixed_name_and_iri(output: Path, corpus: Corpus) -> None:
    id_ = fact(corpus, "met").id
    told = {call(name, "-o", output).stdout for name in (id_, f"st:{id_}", f"{corpus.base}statement/{id_}")}
    assert len(told) == 1
    assert told.pop().startswith(f"statement {id_}: ")


# --- Entities and articles ---------------------------------------------------------------------------


def test_an_entity_shows_names_mentions_merges_offices_and_counts(output: Path) -> None:
    result = call("vladimir putin", "-o", output)
    assert result.exit_code == 0, result.stderr
    for piece in (
        "Person, RUS",
        "'Vladimir Putin' 2",
        "A note, Other, 2022-07-21",
        "A meeting in Tehran, Demo, 2022-07-20",
        "merged     ",
        "gazetteer",
        "office     Vladimir Putin holdsOffice Russia; theme president",
        "as subject ",
    ):
        assert piece in result.stdout, result.stdout


def test_an_article_is_told_sentence_by_sentence(output: Path) -> None:
    result = call("A meeting in Tehran", "-o", output)
    assert result.exit_code == 0, result.stderr
    assert "publisher  Demo" in result.stdout
    told = re.findall(r"(\w+) (\w+) Russia; theme drones \[asserted\]", result.stdout)
    assert told == [("Iran", "supplies")]
    sentences = [line for line in result.stdout.splitlines() if re.match(r"  +\d+ \S", line)]
    # The title is the first of them.
    assert len(sentences) == 5
    assert sentences[-1].endswith("Poland outbid Hungary.")


# --- What is meant -----------------------------------------------------------------------------------


def test_an_unknown_name_is_one_line_with_the_nearest(output: Path) -> None:
    result = call("Rasi", "-o", output)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "did you mean" in result.stderr
    assert "Raisi" in result.stderr


def test_a_misspelt_name_of_two_words_is_a_text_with_a_hint(output: Path) -> None:
    result = call("Vladimir Putni", "-o", output)
    assert result.exit_code == 0
    assert "taken as a text; nearest in the graph: Vladimir Putin" in result.stderr


@pytest.mark.parametrize("arguments, raw", [(["-"], b"\xff\xfe abc"), (["-"], b""), (["a\udcff b"], b"")])
def test_bad_text_is_told_in_one_line(arguments: list[str], raw: bytes, tmp_path: Path) -> None:
    result = call(*arguments, "-o", tmp_path, input=raw)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_a_name_of_several_things_is_one_line_that_lists_them(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title: Iran\n\nIran attacked Iraq.\n")
    CliRunner().invoke(main, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")])
    result = call("Iran", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "2 things" in result.stderr
    assert "(article)" in result.stderr
    assert "(Country)" in result.stderr


def test_no_graph_is_told_in_one_line(tmp_path: Path) -> None:
    result = call("Putin", "-o", tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "kg build" in result.stderr


@pytest.mark.parametrize("empty", ["", "  "])
def test_nothing_asked_is_wrong_usage(empty: str) -> None:
    assert call(empty).exit_code == 2


def test_find_target_and_nearest(corpus: Corpus) -> None:
    assert find_target("Ebrahim Raisi", corpus.graph, corpus.base) in corpus.graph.nodes
    assert find_target("wire.txt", corpus.graph, corpus.base) in corpus.graph.documents
    assert find_target("Russia will buy drones.", corpus.graph, corpus.base) is None
    assert nearest("Hungry", corpus.graph)[0] == "Hungary"
    assert nearest("xqzzy", corpus.graph) == []


# --- Texts -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lines(parser: Parser, resources: Resources) -> Lines:
    return lambda text: explain_text(text_document(text), parser, resources, ())


@pytest.mark.parametrize(
    "text, word, reason",
    [
        ("The children sang.", "sang", "no frame knows it"),
        ("The talks zigzagged.", "zigzagged", "no frame knows it"),
        (
            "Prices attacked Iraq.",
            "attacked",
            "knows it, but: no subject that can act (subject 'Prices', object 'Iraq')",
        ),
        ("Russia plans to buy drones.", "plans", "decides the modality of 'buy'"),
        ("Germany failed to sell tanks to Poland.", "failed", "negates 'sell'"),
        ("Turkey took part in talks with Syria.", "took", "lends its subject to 'talks'"),
        ("Germany painted a bottle.", "painted", "'Germany' and 'bottle' are no two entities"),
        ("The invasion ended.", "invasion", "knows it, but: no"),
    ],
)
def test_each_verb_that_gives_nothing_says_why(text: str, word: str, reason: str, lines: Lines) -> None:
    told = next(line for line in lines(text) if line.strip().startswith(f"{word} "))
    assert reason in told


@pytest.mark.parametrize(
    "text", ["Iran supplies Russia with drones.", "Putin met Raisi.", "Tehran.", "Yerevan, Armenia"]
)
def test_words_that_give_something_are_not_among_the_silent(text: str, lines: Lines) -> None:
    assert not any(line.startswith("gave nothing") for line in lines(text))


def test_a_text_needs_no_graph(tmp_path: Path) -> None:
    result = call("Iran does not supply Russia with drones.", "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert "Iran supplies Russia; theme drones; negative" in result.stdout
    assert "negative: 'not'" in result.stdout
    assert "evokes supplies (TRADE)" in result.stdout
    assert call("-", "-o", tmp_path, input="Iran does not supply Russia with drones.\n").stdout == result.stdout


def test_a_text_s_relative_days_need_its_date() -> None:
    result = call("Putin met Raisi on Tuesday.", "--date", "2022-07-20")
    assert "time 2022-07-19" in result.stdout


def test_a_user_s_own_frame_is_shown_where_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> .\n"
        "@prefix rel: <https://w3id.org/newskg/relation/> .\n"
        "@prefix frame: <https://w3id.org/newskg/frame/> .\n\n"
        'frame:outbid a kg:Frame ; kg:evokes rel:attacked ;\n  kg:on "outbid.v" ; kg:object "ARG1" .\n'
    )
    result = call("Poland outbid Hungary.", "--ontology", tmp_path)
    assert "Poland attacked Hungary" in result.stdout
    assert "mine.ttl:5" in result.stdout
    assert 'kg:on "outbid.v"' in result.stdout


def test_no_control_character_of_a_text_reaches_the_terminal(tmp_path: Path) -> None:
    hostile = "Putin\x1b[31m met \u202eRaisi [bold]now[/bold]."
    result = call(hostile, "-o", tmp_path)
    assert result.exit_code == 0, result.stderr
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert call("x\x1b]0;y\x07", "-o", tmp_path).stderr.isprintable() is False  # only the line's end
    assert "\x1b" not in call("x\x1b]0;y\x07", "-o", tmp_path).stderr
