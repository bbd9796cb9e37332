"""CaRB's measure as the benchmark computes it (Bhardwaj et al. 2019), by examples small enough to check by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.quality.openie import Sums, Tuple, compare, f1, find_tuples, precision, read_gold, recall, sums_of
from kg.parse import Parser


def tuple_of(line: str) -> Tuple:
    """A tuple written *subject | relation | arguments*."""
    subject, relation, arguments = (tuple(part.split()) for part in line.split("|"))
    return Tuple(subject, relation, arguments)


@pytest.mark.parametrize(
    "gold, found, expected",
    [
        ("Ann | met | Bob", "Ann | met | Bob", (1, 1)),
        ("Ann | met | Bob", "Ann | met | old Bob", (3 / 4, 1)),
        ("Ann | met | Bob in May", "Ann | met | Bob", (1, 3 / 5)),
        # Without a word of the relation there is no match, nor without the arguments that gold has.
        ("Ann | met | Bob", "Ann | saw | Bob", (0, 0)),
        ("Ann | met | Bob", "Ann | met |", (0, 0)),
        ("Ann | met |", "Ann | met | Bob", (1, 1)),
        # A word counts as often as it stands on both sides; forms of be are one word for a found be.
        ("the cat | saw | the dog", "the the cat | saw | dog", (4 / 5, 4 / 5)),
        ("Ann | was | tall", "Ann | be | tall", (1, 1)),
        # In reports speaker and content may change places.
        ("Ann | said | it rains", "it rains | said | Ann", (1, 1)),
    ],
)
def test_tuples_are_compared_part_by_part(gold: str, found: str, expected: tuple[float, float]) -> None:
    assert compare(tuple_of(gold), tuple_of(found)) == pytest.approx(expected)


def test_precision_matches_one_to_one_and_recall_takes_the_best() -> None:
    gold = [tuple_of("Ann | met | Bob"), tuple_of("Ann | met | Cid")]
    found = [tuple_of("Ann | met | Bob"), tuple_of("Ann | met | Bob"), tuple_of("Dan | slept | well")]
    sums = sums_of(gold, found)
    assert sums == pytest.approx(Sums(1 + 2 / 3, 3, 1 + 2 / 3, 2))
    assert (precision([sums]), recall([sums])) == pytest.approx((500 / 9, 500 / 6))
    assert f1([sums, Sums(0, 0, 0, 2)]) == pytest.approx(2 * 500 / 9 * 500 / 12 / (500 / 9 + 500 / 12))
    assert f1([Sums(0, 0, 0, 2)]) == 0


def test_gold_is_read_without_contexts(tmp_path: Path) -> None:
    (tmp_path / "dev.tsv").write_text("Ann met Bob . \tmet\tAnn\tBob\tC: so they say\tin May\n")
    assert read_gold(tmp_path / "dev.tsv") == {"Ann met Bob .": [tuple_of("Ann | met | Bob in May")]}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Putin met Raisi in Tehran .", ["Putin | met | Raisi in Tehran"]),
        ("She did not travel to Rome .", ["She | did not travel to | Rome"]),
        ("Scholz , the chancellor , slept .", ["Scholz | is | the chancellor"]),
        ("Ann slept .", []),
    ],
)
def test_tuples_of_a_sentence(text: str, expected: list[str], parser: Parser) -> None:
    assert find_tuples(parser.parse(text)) == [tuple_of(line) for line in expected]
