"""What training minimises: teachers are learnt from, but not on sentences that others are measured on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the training extra is not installed")

from kg.parse.encode import WordEncoder  # noqa: E402
from training.batches import Batch, Collator, encode  # noqa: E402
from training.inventory import Inventory  # noqa: E402
from training.losses import losses, soft_losses, taught  # noqa: E402
from training.network import Network, Sizes  # noqa: E402
from training.rounding import LEVELS, rounded  # noqa: E402
from training.sentences import Predicate, Sentence  # noqa: E402

MODEL = Path(__file__).parent.parent / "kg" / "data" / "model"
INVENTORY = Inventory(
    ner=("O", *(f"{prefix}-{label}" for label in ("PERSON", "ORG", "LOC", "NORP", "MISC") for prefix in "BI")),
    upos=("PROPN", "VERB", "NOUN"),
    xpos=("NNP", "VBD", "NNS"),
    deprels=("root", "nsubj", "obj"),
    roles=("none", "ARG0", "ARG1", "ARG2"),
    rolesets=("sell.01", "sleep.01"),
    candidates={"sell|v": ("sell.01",)},
    unseen={},
    core_roles={"sell.01": "01"},
)
ANNOTATED = Sentence(
    "kg-news",
    "train",
    "d",
    ("Chad", "sold", "drones"),
    lemmas=("Chad", "sell", "drone"),
    upos=("PROPN", "VERB", "NOUN"),
    xpos=("NNP", "VBD", "NNS"),
    heads=(1, -1, 1),
    deprels=("nsubj", "root", "obj"),
    entities=((0, 1, "LOC"),),
    predicates=(Predicate(1, "sell.01", ((0, "ARG0"), (2, "ARG1"))),),
)
NAMES_ONLY = Sentence("wikigold", "train", "e", ("Ghana", "slept"), entities=((0, 1, "LOC"),))


def network(seed: int) -> Network:
    torch.manual_seed(seed)
    sizes = Sizes(
        hidden=16, inner=32, layers=1, attention_heads=2, arc=8, label=8, role=8, upos=3, xpos=3, deprels=3, rolesets=2, roles=4
    )  # fmt: skip
    return Network(sizes).eval()


def batch(*sentences: Sentence) -> Batch:
    encoder = WordEncoder.from_file(MODEL / "tokenizer.json")
    return Collator(INVENTORY)([encode(sentence, encoder) for sentence in sentences])


def taught_by(teacher: Network, student: Network, given: Batch) -> dict[str, float]:
    with torch.no_grad():
        out = student(given.pieces, given.cases, given.first)
        found = soft_losses(student, out, given, taught([teacher], given))
    return {name: float(loss) for name, loss in found.items()}


def test_the_teacher_itself_learns_least_from_the_teacher() -> None:
    given = batch(ANNOTATED, NAMES_ONLY)
    teacher, other = network(1), network(2)
    own, others = taught_by(teacher, teacher, given), taught_by(teacher, other, given)
    assert set(own) == {"ner", "upos", "xpos", "predicate", "arc", "label", "role"}
    assert all(own[name] < others[name] for name in own)


def test_nothing_is_taught_on_sentences_that_others_are_measured_on() -> None:
    given = batch(replace(NAMES_ONLY, corpus="UNER_English-EWT"))
    assert set(taught_by(network(1), network(2), given).values()) <= {0.0}


def test_padding_teaches_nothing() -> None:
    alone, beside = batch(NAMES_ONLY), batch(NAMES_ONLY, ANNOTATED)
    student, teacher = network(1), network(2)
    short = replace(beside, teachable=torch.tensor([True, False]))
    for name, loss in taught_by(teacher, student, alone).items():
        if name != "role":  # with the annotated sentence's predicate there is one more, which is masked
            assert loss == pytest.approx(taught_by(teacher, student, short)[name], rel=1e-4)


def test_a_role_that_the_roleset_does_not_have_takes_no_part() -> None:
    given, student = batch(ANNOTATED), network(1)
    with torch.no_grad():
        before = losses(student, student(given.pieces, given.cases, given.first), given)["role"]
        student.role_distance[:, INVENTORY.roles.index("ARG2")] += 5.0
        after = losses(student, student(given.pieces, given.cases, given.first), given)["role"]
        student.role_distance[:, INVENTORY.roles.index("ARG1")] += 5.0
        changed = losses(student, student(given.pieces, given.cases, given.first), given)["role"]
    assert float(after) == pytest.approx(float(before))
    assert float(changed) != pytest.approx(float(before))


def test_weights_are_rounded_for_the_gradient_and_exact_afterwards() -> None:
    student = network(1)
    exact = student.ner.weight.detach().clone()
    with rounded(student):
        steps = student.ner.weight / student.ner.weight.abs().amax(1, keepdim=True) * LEVELS
        assert torch.allclose(steps, steps.round(), atol=1e-3)
        assert not torch.equal(student.ner.weight, exact)
    assert torch.equal(student.ner.weight, exact)
