"""The benchmarks' own logic: rows, floors and their gate, aims, and how statements are judged against annotated pairs."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.quality import name_pairs, no_event
from benchmarks.quality.__main__ import BENCHMARKS, Benchmark, chosen, compare, run
from benchmarks.quality.floors import (
    TOLERANCE,
    Floors,
    Measured,
    check,
    digest,
    floor_of,
    load_floors,
    pin,
    save_floors,
    unpinned,
)
from benchmarks.quality.measures import Counts, Interval, Row, row_of, share_of
from benchmarks.quality.parsing import Bench
from benchmarks.quality.plover import YIELD, Dyad, Event, given_dyad_counts, root_counts, triple_counts
from benchmarks.quality.re3d import gold_of, in_document, in_sentence
from benchmarks.quality.table import BEGIN, END, Aim, lines_of, load_aims, write_page
from kg.model import Extraction
from kg.parse import Parser
from kg.resources import Resources


def at(value: float) -> Interval:
    return Interval(value, value - 5, value + 5)


def f1_row(value: float, name: str = "corpus: x") -> Row:
    return Row(name, 10, at(value + 2), at(value - 2), at(value))


def share_row(value: float) -> Row:
    return Row("ours: wrong", 10, share=at(value), falling=True)


def measured(*rows: Row, **files: str) -> Measured:
    return Measured(rows, files, frozenset(row.name.partition(":")[0] for row in rows))


# --- Floors ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row, floors, problems",
    [
        (f1_row(50), Floors({"corpus: x": {"f1": 49}}, {}), []),
        (f1_row(50), Floors({"corpus: x": {"f1": 50}}, {}), []),
        (f1_row(50), Floors({"corpus: x": {"f1": 50.5}}, {}), ["corpus: x: F1 50.00 is under 50.50"]),
        (
            f1_row(50),
            Floors({"corpus: x": {"precision": 53, "recall": 49}}, {}),
            ["corpus: x: P 52.00 is under 53.00", "corpus: x: R 48.00 is under 49.00"],
        ),
        # Of what should fall the floor is a ceiling.
        (share_row(4), Floors({"ours: wrong": {"share": 5}}, {}), []),
        (share_row(6), Floors({"ours: wrong": {"share": 5}}, {}), ["ours: wrong: share 6.00 is over 5.00"]),
        # A measure can't escape its floor by going; those of corpora that weren't run may.
        (f1_row(50), Floors({"corpus: y": {"f1": 1}}, {}), ["corpus: y: has a floor and is no longer measured"]),
        (f1_row(50), Floors({"other: y": {"f1": 1}}, {}), []),
        (
            f1_row(50)._replace(f1=None),
            Floors({"corpus: x": {"f1": 1}}, {}),
            ["corpus: x: has a floor for F1, which is no longer measured"],
        ),
    ],
)
def test_the_gate_has_a_line_for_each_floor_that_is_not_held(row: Row, floors: Floors, problems: list[str]) -> None:
    assert list(check(measured(row), floors)) == problems


def test_the_gate_notices_another_corpus() -> None:
    floors = Floors({}, {"plover/dev.jsonl": "a" * 64, "re3d/dev.jsonl": "b" * 64})
    (line,) = check(Measured([], {"plover/dev.jsonl": "c" * 64, "new/dev.jsonl": "d" * 64}, frozenset()), floors)
    assert line.startswith("plover/dev.jsonl: not the file on which the floors were pinned")


def test_what_something_simpler_reaches_has_no_floor() -> None:
    row = f1_row(50)._replace(baseline=True)
    assert unpinned(measured(row), Floors({}, {})) == []
    assert pin(measured(row), Floors({}, {}), {}).bounds == {}


def test_a_measure_without_a_floor_is_named() -> None:
    assert unpinned(measured(f1_row(50), share_row(1)), Floors({"corpus: x": {"f1": 1}}, {})) == ["ours: wrong"]


@pytest.mark.parametrize(
    "row, aim, bounds",
    [
        (f1_row(50), None, {"f1": 50 - TOLERANCE}),
        (f1_row(50), Aim({"f1": 60}, ""), {"f1": 50 - TOLERANCE}),
        # What meets its aim must go on meeting it.
        (f1_row(60.5), Aim({"f1": 60}, ""), {"f1": 60}),
        (f1_row(70), Aim({"f1": 60}, ""), {"f1": 70 - TOLERANCE}),
        (f1_row(70), Aim({"precision": 60, "recall": 60}, ""), {"precision": 72 - TOLERANCE, "recall": 68 - TOLERANCE}),
        (share_row(8), Aim({"share": 5}, ""), {"share": 8 + TOLERANCE}),
        (share_row(4.5), Aim({"share": 5}, ""), {"share": 5}),
        # Neither F1 nor share: what there is.
        (Row("corpus: x", 3, at(40), at(10)), None, {"precision": 40 - TOLERANCE, "recall": 10 - TOLERANCE}),
    ],
)
def test_pinning_leaves_some_room_but_none_under_an_aim(row: Row, aim: Aim | None, bounds: dict[str, float]) -> None:
    aims = {row.name: aim} if aim else {}
    pinned = pin(measured(row), Floors({}, {}), aims)
    assert pinned.bounds == {row.name: bounds}
    assert list(check(measured(row), pinned)) == []


@pytest.mark.parametrize(
    "old, lowered, new",
    [
        (40.0, (), 49.0),
        (60.0, (), 60.0),
        (60.0, ("corpus: x",), 49.0),
        (60.0, ("ours: wrong",), 60.0),
    ],
)
def test_floors_rise_and_only_fall_by_name(old: float, lowered: tuple[str, ...], new: float) -> None:
    before = Floors({"corpus: x": {"f1": old}, "other: y": {"f1": 7}}, {"a": "1", "b": "2"})
    after = pin(measured(f1_row(50), b="3"), before, {}, frozenset(lowered))
    assert after == Floors({"corpus: x": {"f1": new}, "other: y": {"f1": 7}}, {"a": "1", "b": "3"})


def test_ceilings_fall_and_only_rise_by_name() -> None:
    before = Floors({"ours: wrong": {"share": 4}}, {})
    assert pin(measured(share_row(2)), before, {}).bounds == {"ours: wrong": {"share": 2 + TOLERANCE}}
    assert pin(measured(share_row(8)), before, {}) == before
    assert pin(measured(share_row(8)), before, {}, frozenset({"ours: wrong"})).bounds["ours: wrong"] == {"share": 9}


def test_a_pinned_floor_accepts_the_value_it_came_from() -> None:
    for value in (1 / 3, 200 / 3, 99.994, 64.996):
        assert not list(check(measured(f1_row(value)), Floors({"corpus: x": {"f1": round(value, 2)}}, {})))
        assert floor_of(f1_row(value), "f1", None) <= value


def test_floors_are_kept_and_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "floors.json"
    assert load_floors(path) == Floors({}, {})
    save_floors(pin(measured(f1_row(50), x="1"), Floors({}, {}), {}), path)
    assert load_floors(path) == Floors({"corpus: x": {"f1": 49.0}}, {"x": "1"})
    assert compare(measured(f1_row(50), x="1"), path) == 0
    assert compare(measured(f1_row(40), x="2"), path) == 1
    assert capsys.readouterr().err.splitlines()[1:] == [
        "x: not the file on which the floors were pinned (SHA-256 2…)",
        "corpus: x: F1 40.00 is under 49.00",
    ]


# --- The table and what is run -----------------------------------------------------------------------


def test_the_table_shows_aims_and_what_is_met() -> None:
    rows = [f1_row(50), share_row(4), Row("corpus: y", 3, share=at(20))]
    aims = {"corpus: x": Aim({"f1": 60}, "somebody 30"), "ours: wrong": Aim({"share": 5}, "")}
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines_of(rows, aims)]
    assert cells[2:] == [
        ["corpus: x", "10", "52.0 [47.0, 57.0]", "48.0 [43.0, 53.0]", "50.0 [45.0, 55.0]", "F1 >= 60", "no", "somebody 30"],
        ["ours: wrong", "10", "", "", "4.0 [-1.0, 9.0]", "share <= 5", "yes", ""],
        ["corpus: y", "3", "", "", "20.0 [15.0, 25.0]", "", "", ""],
    ]  # fmt: skip


def test_a_page_keeps_the_rows_that_were_not_measured(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n\n{BEGIN}\n{END}\n\nAfter.\n")
    write_page(page, [f1_row(50), share_row(4)], {}, date(2022, 7, 1))
    write_page(page, [share_row(3), f1_row(20, "corpus: y")], {}, date(2022, 7, 2))
    text = page.read_text()
    assert text.startswith(f"Before.\n\n{BEGIN}\n\n| measure ")
    assert text.endswith(f" |\n\n{END}\n\nAfter.\n")
    cells = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.startswith("| ")]
    assert [(c[1], c[5], c[-2]) for c in cells[1:]] == [
        ("corpus: x", "50.0 [45.0, 55.0]", "2022-07-01"),
        ("ours: wrong", "3.0 [-2.0, 8.0]", "2022-07-02"),
        ("corpus: y", "20.0 [15.0, 25.0]", "2022-07-02"),
    ]
    page.write_text("Nothing to fill.")
    with pytest.raises(ValueError, match="no <!-- table -->"):
        write_page(page, [], {}, date(2022, 7, 1))


def test_rows_have_intervals_around_their_values() -> None:
    row = row_of("x: y", [Counts(1, 2, 2), Counts(2, 2, 4), Counts(0, 1, 0)])
    assert [round(value.value, 1) for _, value in row.scores()] == [60.0, 50.0, 54.5]
    assert all(value.low <= value.value <= value.high for _, value in row.scores())
    assert row.units == 3
    assert [score for score, _ in share_of("x: z", [Counts(1, 2, 0)]).scores()] == ["share"]


def test_what_can_be_run(tmp_path: Path) -> None:
    assert {b.name for b in chosen(None, None)} == {b.name for b in BENCHMARKS if b.own}
    assert [b.name for b in chosen("name_pairs", None)] == ["name_pairs"]
    with pytest.raises(ValueError, match="no such benchmark: plovr; there are no_event"):
        chosen("plovr,carb", tmp_path)
    with pytest.raises(ValueError, match="--corpora FOLDER is needed for carb"):
        chosen("carb", None)
    with pytest.raises(ValueError, match=r"not found: .*dev/carb/dev\.tsv"):
        chosen("carb", tmp_path)
    (tmp_path / "dev" / "carb").mkdir(parents=True)
    (tmp_path / "dev" / "carb" / "dev.tsv").touch()
    assert [b.name for b in chosen("carb", tmp_path)] == ["carb"]


def test_a_run_hashes_the_files_it_measures_on(tmp_path: Path, parser: Parser, resources: Resources) -> None:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "x.txt").write_text("abc")
    found = run(
        [Benchmark("x", lambda _: [f1_row(1)], ("x.txt",))], Bench(parser, resources, tmp_path)
    )  # fmt: skip
    assert found == Measured(
        [f1_row(1)], {"x.txt": digest(tmp_path / "dev" / "x.txt")}, frozenset({"corpus"})
    )  # fmt: skip


def test_what_breaks_does_not_stop_the_others(
    parser: Parser, resources: Resources, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Bench) -> list[Row]:
        raise OSError("unreadable")

    found = run(
        [Benchmark("x", broken, (), own=True), Benchmark("y", lambda _: [f1_row(1)], (), own=True)], Bench(parser, resources)
    )  # fmt: skip
    assert found.rows == [f1_row(1)]
    assert compare(found, tmp_path / "floors.json") == 1
    told = capsys.readouterr().err
    assert "OSError: unreadable" in told
    assert "x: could not be measured" in told


def test_aims_are_of_measures_that_have_floors() -> None:
    assert load_aims().keys() <= load_floors().bounds.keys()


@pytest.mark.parametrize("module", [no_event, name_pairs], ids=["no_event", "name_pairs"])
def test_measures_on_sentences_of_our_own_hold_their_floors(module, parser: Parser, resources: Resources) -> None:
    benchmark = next(b for b in BENCHMARKS if b.measure is module.measure)
    assert list(check(run([benchmark], Bench(parser, resources)), load_floors())) == []


# --- plover ------------------------------------------------------------------------------------------


def test_two_families_that_both_count_as_the_root_are_one_found() -> None:
    dyad = Dyad("x", (0, 2), (5, 7), "YIELD")
    source, target = frozenset({(0, 3)}), frozenset({(4, 6)})
    events = [Event(family, source, target) for family in ("CONCEDE", "RETREAT", "CONSULT")]
    for count in (root_counts, given_dyad_counts):
        assert count(dyad, events, YIELD) == Counts(True, 2, 1)
        assert count(dyad, events, frozenset({"YIELD"})) == Counts(False, 3, 1)
    elsewhere = [Event("CONCEDE", source, frozenset({(8, 9)}))]
    assert root_counts(dyad, elsewhere, YIELD) == Counts(True, 1, 1)
    assert given_dyad_counts(dyad, elsewhere, YIELD) == Counts(False, 0, 1)
    assert triple_counts(dyad, elsewhere, YIELD) == Counts(False, 1, 1)


# --- re3d --------------------------------------------------------------------------------------------

TEXT = "Iran met Russia. Iran sued Iraq in May."


def annotated(*pairs: tuple[int, int], unsure: tuple[int, ...] = ()) -> dict:
    """`TEXT` annotated: Iran, Russia, Iran, Iraq, May; pairs are numbers of mentions."""
    words = [("Iran", 0), ("Russia", 9), ("Iran", 17), ("Iraq", 27), ("May", 35)]
    mentions = [
        {"id": f"m{n}", "entity_id": f"e{n}", "start": start, "end": start + len(word), "confidence": float(n not in unsure)}
        | {"type": "Temporal" if word == "May" else "Organisation"}
        for n, (word, start) in enumerate(words)
    ]  # fmt: skip
    relations = [{"subject_mention": f"m{a}", "object_mention": f"m{b}", "predicate": "Likes"} for a, b in pairs]
    return json.loads(json.dumps({"text": TEXT, "mentions": mentions, "relations": relations}))


@pytest.mark.parametrize(
    "pairs, unsure, sentence, document",
    [
        ([(0, 1)], (), [True, False], [True, False]),
        # Either direction.
        ([(3, 2)], (), [False, True], [False, True]),
        # Related elsewhere in the document.
        ([(0, 3)], (), [False, False], [False, True]),
        # Values and times stand for nothing, nor do mentions in which nobody had confidence, unless they are related.
        ([(2, 4)], (), [False, False], [False, False]),
        ([], (1,), [False], [False]),
        ([(0, 1)], (1,), [True, False], [True, False]),
    ],
)
def test_statements_are_judged_by_annotated_pairs(
    pairs: list, unsure: tuple, sentence: list[bool], document: list[bool], extract: Callable[..., Extraction]
) -> None:
    extraction = extract(TEXT)
    told = [s for s in extraction.statements if s.object is not None]
    assert [s.trigger for s in told] == [(5, 8), (22, 26)], "the sentences must give one statement each"
    gold = gold_of(annotated(*pairs, unsure=unsure))
    extraction = replace(extraction, statements=tuple(told))
    assert [j.right for j in in_sentence(extraction, gold)] == sentence
    assert [j.right for j in in_document(extraction, gold)] == document
