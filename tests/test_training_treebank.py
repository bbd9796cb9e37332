"""Our own treebank: it can be read, what is malformed is told, and it holds labels that the model knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.parse.network import load_model
from training.sentences import Predicate
from training.treebank import FOLDER, HEADER, SPLITS, draft, read_own_treebank, read_treebank_file

MODEL = Path(__file__).parent.parent / "kg" / "data" / "model"
SENTENCE = """# text = Poland accused Belarus.
1	Poland	Poland	PROPN	NNP	2	nsubj	B-LOC	_	_
2	accused	accuse	VERB	VBD	0	root	_	accuse.01	ARG0=1|ARG1=3
3	Belarus	Belarus	PROPN	NNP	2	obj	B-LOC	_	_
4	.	.	PUNCT	.	2	punct	_	_	_
"""


def test_a_sentence_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.conllup"
    path.write_text(f"{HEADER}\n{SENTENCE}\n{SENTENCE.replace('.', '!')}")
    one, two = read_treebank_file(path, "train")
    assert one.words == ("Poland", "accused", "Belarus", ".")
    assert one.heads == (1, -1, 1, 1)
    assert one.entities == ((0, 1, "LOC"), (2, 3, "LOC"))
    assert one.predicates == (Predicate(1, "accuse.01", ((0, "ARG0"), (2, "ARG1"))),)
    assert (one.doc, two.doc) == ("train-1", "train-2")


@pytest.mark.parametrize(
    "old, new, told",
    [
        ("2\tobj", "3\tobj", "word 3 hangs on itself"),
        ("2\tobj", "9\tobj", "head 9 is no word"),
        ("2\tobj", "0\troot", "2 roots"),
        ("2\tobj", "2\troot", "word 3 has the relation root"),
        ("2\tobj\tB-LOC", "2\tobj\tI-LOC", "word 3: I-LOC begins no name"),
        ("2\tobj\tB-LOC", "2\tobj\tB-GPE", "unknown name tag"),
        ("ARG1=3", "ARG1=7", "'ARG1=7' names no word"),
        ("accuse.01", "_", "roles and no roleset"),
        ("3\tBelarus", "4\tBelarus", "word 3 has ID 4"),
        ("\t_\t_\n4", "\t_\n4", "has 9 columns"),
    ],
)
def test_what_is_malformed_is_told_with_its_line(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert old in SENTENCE
    path = tmp_path / "x.conllup"
    path.write_text(SENTENCE.replace(old, new))
    with pytest.raises(ValueError, match=rf"x.conllup:2: .*{told}"):
        list(read_treebank_file(path, "train"))


def test_it_has_only_labels_that_the_model_knows() -> None:
    inventory = json.loads((MODEL / "inventory.json").read_text())
    rolesets = {r for found in inventory["candidates"].values() for r in found} | set(inventory["unseen"].values())
    for sentence in read_own_treebank():
        for labels, name in ((sentence.upos, "upos"), (sentence.xpos, "xpos"), (sentence.deprels, "deprels")):
            assert set(labels or ()) <= set(inventory[name]), sentence.text
        roles = {role for p in sentence.predicates or () for _, role in p.args}
        # Roles too rare for the model to learn may stand there.
        assert {role for role in roles if role.startswith("ARG") and role[3:4].isdigit()} <= {
            *inventory["roles"],
            "ARG5",
        }
    known = [p.roleset in rolesets for s in read_own_treebank() for p in s.predicates or ()]
    assert sum(known) > 0.95 * len(known) > 1000


def test_no_sentence_trains_that_measures() -> None:
    texts = {split: {s.text for s in read_treebank_file(FOLDER / f"{split}.conllup", split)} for split in SPLITS}
    assert not texts["train"] & texts["test"]
    assert len(texts["test"]) >= 30
    phenomena = "\n".join(p.read_text() for p in (Path(__file__).parent / "phenomena").rglob("*.txt"))
    assert [text for text in texts["train"] if text and text in phenomena] == []


def test_a_draft_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "draft.conllup"
    path.write_text("\n".join(draft(["Iran has not supplied Russia with drones."], load_model(MODEL))))
    [sentence] = read_treebank_file(path, "train")
    assert sentence.text == "Iran has not supplied Russia with drones."
    assert (0, 1, "LOC") in sentence.entities
    [predicate] = sentence.predicates or ()
    assert (predicate.roleset, (0, "ARG0") in predicate.args) == ("supply.01", True)
