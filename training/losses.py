"""What training minimises: each head's loss on what a corpus annotates, and on what teachers say of every sentence.

Distillation: Hinton, Vinyals & Dean 2015, "Distilling the Knowledge in a Neural Network", at temperature 1; the
teachers are runs of the same network with other seeds, and their mean probabilities are the target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from training.batches import IGNORE, Batch
from training.network import Network

Out = dict[str, Tensor]
WORD_HEADS = ("ner", "upos", "xpos", "predicate")


@dataclass(frozen=True)
class Soft:
    """The teachers' mean probabilities for a batch.

    `words` holds (batch, 1 + words, labels) for each of WORD_HEADS, `arcs` (batch, 1 + words, heads); `labels` is for
    the words `label_at` (row, word) under `heads`, `roles` (predicates, 1 + words, roles) for the predicates
    `predicate_at` (row, word).
    """

    words: dict[str, Tensor]
    arcs: Tensor
    heads: Tensor
    label_at: Tensor
    labels: Tensor
    predicate_at: Tensor
    roles: Tensor


def losses(network: Network, out: Out, batch: Batch) -> dict[str, Tensor]:
    """Mean loss of each head over what the batch annotates; `out` is the network's."""
    found = {
        "ner": _cross_entropy(_without_unknown(out["ner"], batch), batch.ner),
        "upos": _cross_entropy(out["upos"], batch.upos),
        "xpos": _cross_entropy(out["xpos"], batch.xpos),
        "predicate": _cross_entropy(out["predicate"], batch.predicate),
    }
    found["arc"] = _cross_entropy(arc_scores(network, out, batch), batch.heads)
    known = ((batch.heads != IGNORE) & (batch.deprels != IGNORE)).nonzero()
    if len(known):
        scores = label_scores(network, out, known, batch.heads)
        found["label"] = F.cross_entropy(scores, batch.deprels[known[:, 0], known[:, 1]])
    if len(batch.predicate_at):
        rows, words = batch.predicate_at.unbind(1)
        rolesets = out["roleset"][rows, words] + batch.roleset_allowed
        found["roleset"] = _cross_entropy(rolesets, batch.roleset)
        roles = role_scores(network, out, batch.predicate_at) + batch.roles_allowed[:, None, :]
        found["role"] = _cross_entropy(roles, batch.roles)
    return found


def arc_scores(network: Network, out: Out, batch: Batch) -> Tensor:
    """Scores of every head for every word, with padding ruled out."""
    return network.arc_scores(out).masked_fill(~batch.word_mask[:, None, :], -1e9)


def label_scores(network: Network, out: Out, at: Tensor, heads: Tensor) -> Tensor:
    """Scores (n, labels) of the arcs from the words `at` (n, 2: row, word) to their heads."""
    rows, words = at.unbind(1)
    return network.label_scores(out["label_dependent"][rows, words], out["label_head"][rows, heads[rows, words]])


def role_scores(network: Network, out: Out, at: Tensor) -> Tensor:
    """Scores (n, 1 + words, roles) of every word for the predicates `at` (n, 2: row, word)."""
    rows, words = at.unbind(1)
    places = torch.arange(out["role_dependent"].shape[1], device=at.device)
    distance = places[None, :] - words[:, None]
    return network.role_scores(out["role_head"][rows, words], out["role_dependent"][rows], distance)


def _cross_entropy(scores: Tensor, target: Tensor) -> Tensor:
    total = F.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=IGNORE, reduction="sum")
    return total / (target != IGNORE).sum().clamp(min=1)


def _without_unknown(scores: Tensor, batch: Batch) -> Tensor:
    """Take labels that a corpus doesn't know out of the softmax wherever it says O, so that O stays silent on them."""
    outside = (batch.ner == 0)[:, :, None] & batch.ner_unknown[:, None, :]
    return scores.masked_fill(outside, -1e4)


@torch.no_grad()
def taught(teachers: Sequence[Network], batch: Batch) -> Soft:
    """What the teachers (in evaluation mode) say of a batch, on the average."""
    outs = [teacher(batch.pieces, batch.cases, batch.first) for teacher in teachers]
    mean = lambda scores: torch.stack([s.float().softmax(-1) for s in scores]).mean(0)
    pairs = list(zip(teachers, outs, strict=True))
    words = {name: mean([out[name] for out in outs]) for name in WORD_HEADS}
    arcs = mean([arc_scores(teacher, out, batch) for teacher, out in pairs])
    heads = torch.where(batch.heads == IGNORE, arcs.argmax(-1), batch.heads)
    label_at = _words(batch).nonzero()
    labels = mean([label_scores(teacher, out, label_at, heads) for teacher, out in pairs])
    annotated = (batch.predicate != IGNORE).any(1, keepdim=True)
    guessed = (words["predicate"][:, :, 1] > 0.5) & _words(batch)
    predicate_at = torch.where(annotated, batch.predicate == 1, guessed).nonzero()
    roles = mean([role_scores(teacher, out, predicate_at) for teacher, out in pairs])
    return Soft(words, arcs, heads, label_at, labels, predicate_at, roles)


def soft_losses(network: Network, out: Out, batch: Batch, soft: Soft) -> dict[str, Tensor]:
    """Mean cross-entropy of each head with the teachers; rolesets are left to the annotated sentences."""
    mask = _words(batch)
    found = {name: _soft(out[name], soft.words[name], mask) for name in WORD_HEADS}
    found["arc"] = _soft(arc_scores(network, out, batch), soft.arcs, mask)
    labels = label_scores(network, out, soft.label_at, soft.heads)
    found["label"] = _soft(labels, soft.labels, torch.ones_like(labels[:, 0], dtype=torch.bool))
    if len(soft.predicate_at):
        words = mask[soft.predicate_at[:, 0]]
        found["role"] = _soft(role_scores(network, out, soft.predicate_at), soft.roles, words)
    return found


def _words(batch: Batch) -> Tensor:
    """The words that teachers are asked about: all but the root, padding and sentences that others are measured on."""
    mask = batch.word_mask & batch.teachable[:, None]
    return mask & (torch.arange(mask.shape[1], device=mask.device) > 0)


def _soft(scores: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    each = -(target * scores.float().log_softmax(-1)).sum(-1)
    return (each * mask).sum() / mask.sum().clamp(min=1)
