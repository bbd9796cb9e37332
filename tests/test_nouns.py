"""What corrects the roles of nouns: paths in the tree, hashed features, weights that move a role."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from kg.parse.nouns import CHANCE, NounRoles, Reading, candidates
from kg.parse.scoring import Decoder

# "Chad 's attack on Mali angered Togo greatly", by hand.
READING = Reading(
    lemmas=["Chad", "'s", "attack", "on", "Mali", "anger", "Togo", "greatly"],
    upos=["PROPN", "PART", "NOUN", "ADP", "PROPN", "VERB", "PROPN", "ADV"],
    heads=[2, 0, 5, 4, 2, 5, 5, 5],
    deprels=["nmod:poss", "case", "nsubj", "case", "nmod", "root", "obj", "advmod"],
    entities=[(0, 1, "LOC"), (4, 5, "LOC"), (6, 7, "LOC")],
)
ROLES = ("none", "ARG1", "ARG0", "ARG2", "ARGM-LOC")
FUNCTIONS = {"attack.01": "0PAG 1PPT 2PRD"}


def test_paths_lead_up_and_down_no_further_than_three_arcs() -> None:
    found = {word: (path, length) for word, path, length in READING.near(2)}
    assert found == {
        0: ("|nmod:poss", 1),
        1: ("|nmod:poss/case", 2),
        3: ("|nmod/case", 2),
        4: ("|nmod", 1),
        5: ("nsubj|", 1),
        6: ("nsubj|obj", 2),
        7: ("nsubj|advmod", 2),
    }
    assert {path: length for word, path, length in READING.near(1) if word == 6} == {}
    assert (5, "case^nmod:poss^nsubj|", 3) in set(READING.near(1))


def test_prepositions_and_kinds() -> None:
    assert [READING.link(word) for word in (0, 4, 6)] == ["'s", "on", ""]
    assert READING.kinds == ["LOC", "PART", "NOUN", "ADP", "LOC", "VERB", "LOC", "ADV"]


def test_distant_words_need_a_chance() -> None:
    scores = [CHANCE - 1] * 8
    scores[6] = CHANCE + 1
    found = dict(candidates(2, READING, scores))
    assert sorted(found) == [0, 4, 5, 6]
    assert found[4] == ("", "|nmod", "|nmod on", "|nmod :LOC")


def test_a_weight_gives_the_role_to_the_word_of_its_path_and_no_other() -> None:
    weights = np.zeros(4096, dtype=np.float32)
    nouns = NounRoles(weights, FUNCTIONS)
    row = nouns.features(["|nmod on"], nouns.descriptions("attack.01", "attack", "ARG1"))[0]
    weights[row] = 2.5
    scores = np.zeros((8, len(ROLES)), dtype=np.float32)
    scores[:, 3] = -np.inf
    found = nouns.corrected(scores, 2, "attack.01", READING, ROLES)
    assert [(int(w), int(r)) for w, r in zip(*np.nonzero(found != scores), strict=True)] == [(4, 1)]
    assert found[4, 1] == pytest.approx(2.5)


@pytest.mark.parametrize("second, wanted", [(False, ((1, "ARG1"),)), (True, ((0, "ARG0"), (1, "ARG1")))])
def test_a_word_whose_role_went_to_a_clearer_one_has_its_second(
    second: bool, wanted: tuple[tuple[int, str], ...]
) -> None:
    inventory = SimpleNamespace(roles=ROLES, core_columns=[1, 2, 3])
    scores = np.array([[0, 2, 1, -1, 0.5], [0, 3, 2, 1, 0.5], [9, 9, 9, 9, 9]], dtype=np.float32)
    found = Decoder._roles(SimpleNamespace(inventory=inventory), scores, 2, second)  # type: ignore[arg-type]
    assert found == wanted


def test_a_role_is_described_by_number_function_frame_roleset_and_noun() -> None:
    nouns = NounRoles(np.zeros(8, dtype=np.float32), FUNCTIONS)
    frame = b"1 0PAG 1PPT 2PRD"
    assert nouns.descriptions("attack.01", "Attack", "ARG1") == (b"1", b"1PPT", frame, b"1 attack.01", b"1 attack")
    assert nouns.descriptions("new.01", "new", "ARG3") == (b"3", b"3", b"3 ", b"3 new.01", b"3 new")


def test_the_fit_learns_what_the_annotation_says_and_the_penalty_holds_it() -> None:
    sparse = pytest.importorskip("scipy.sparse", reason="the training extra is not installed")
    from training.nouns import Examples, fit, score

    # Two roles and two features of each word: the first feature's words have the first role, though the network has the second.
    start = np.tile([-1.0, 1.0], (6, 1))
    gold = np.array([0, 0, 0, 1, 1, 2])
    rows = [[0], [2], [0], [2], [0], [2], [1], [3], [1], [3], [1], [3]]
    features = sparse.csr_matrix((np.ones(12), np.array(rows).ravel(), np.arange(13)), shape=(12, 5))
    annotated = [{(1, ("ARG0", "ARG1")[role])} if role < 2 else set() for role in gold]
    found = Examples(start, gold, features, [(noun, 1) for noun in range(6)], annotated, ("ARG0", "ARG1"))
    free, held = fit(found, 1, 0.1, 50), fit(found, 1, 10.0, 50)
    assert free[0] > 1 > held[0] > 0 > free[2]
    assert free[4] == 0
    assert score(found, np.zeros(5)) < score(found, free) == pytest.approx(90.91)
    assert fit(found, 4, 0.1, 50).tolist() == [0.0] * 5


def test_functions_come_from_the_lexicon_with_their_numbers(tmp_path: Path) -> None:
    from training.inventory import Inventory, with_core_roles

    lexicon = tmp_path / "rolesets.jsonl"
    rows = (
        {"roleset": "attack.01", "roles": [{"n": "1", "f": "PPT"}, {"n": "0", "f": "PAG"}]},
        {"roleset": "other.01", "roles": []},
    )
    lexicon.write_text("\n".join(map(json.dumps, rows)))
    empty: tuple[str, ...] = ()
    bare = Inventory(empty, empty, empty, empty, empty, ("attack.01",), {}, {})
    wanted = replace(bare, core_roles={"attack.01": "01"}, functions={"attack.01": "0PAG 1PPT"})
    assert with_core_roles(bare, lexicon) == wanted
