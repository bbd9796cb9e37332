"""The network: a MiniLM encoder with a learned case embedding, and heads for names, parts of speech, trees and roles.

Encoder: BERT (Devlin et al. 2019) in the size of MiniLM-L6 (Wang et al. 2020), initialised from
all-MiniLM-L6-v2 (Apache-2.0). Trees: deep biaffine attention (Dozat & Manning 2017). Roles: a biaffine
classifier from each predicate to every word (Cai et al. 2018), with a bias for their distance.
Every head reads the last layer at a word's first piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

MAX_PIECES = 512
CASE_CLASSES = 8
DISTANCE_CLIP = 12


@dataclass(frozen=True)
class Sizes:
    """Sizes of the encoder and of the heads."""

    vocabulary: int = 30522
    hidden: int = 384
    inner: int = 1536
    layers: int = 6
    attention_heads: int = 12
    arc: int = 192
    label: int = 96
    role: int = 160
    ner: int = 11
    upos: int = 17
    xpos: int = 50
    deprels: int = 50
    rolesets: int = 1000
    roles: int = 33


class Attention(nn.Module):
    """Multi-head self-attention."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.heads = sizes.attention_heads
        self.query = nn.Linear(sizes.hidden, sizes.hidden)
        self.key = nn.Linear(sizes.hidden, sizes.hidden)
        self.value = nn.Linear(sizes.hidden, sizes.hidden)
        self.output = nn.Linear(sizes.hidden, sizes.hidden)
        self.dropout = dropout

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = states.shape
        split = lambda x: x.view(batch, length, self.heads, width // self.heads).transpose(1, 2)
        query, key, value = split(self.query(states)), split(self.key(states)), split(self.value(states))
        if torch.onnx.is_in_onnx_export():
            scores = query @ key.transpose(-1, -2) / (width // self.heads) ** 0.5 + mask
            context = torch.softmax(scores, -1) @ value
        else:
            rate = self.dropout if self.training else 0.0
            context = F.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=rate)
        return self.output(context.transpose(1, 2).reshape(batch, length, width))


class Layer(nn.Module):
    """A transformer layer with normalisation after each block (as BERT has it)."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.attention = Attention(sizes, dropout)
        self.attention_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.inner = nn.Linear(sizes.hidden, sizes.inner)
        self.outer = nn.Linear(sizes.inner, sizes.hidden)
        self.outer_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        states = self.attention_norm(states + self.dropout(self.attention(states, mask)))
        return self.outer_norm(states + self.dropout(self.outer(F.gelu(self.inner(states)))))


class Encoder(nn.Module):
    """Word pieces and their case classes -> contextual vectors."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.positions = nn.Embedding(MAX_PIECES, sizes.hidden)
        self.cases = nn.Embedding(CASE_CLASSES, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.cases.weight)

    def forward(self, pieces: Tensor, cases: Tensor) -> Tensor:
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.norm(self.words(pieces) + self.positions(positions) + self.cases(cases))
        states = self.dropout(states)
        # Piece 0 is padding; it must not be attended to.
        mask = ((pieces == 0).to(states.dtype) * -1e9)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, mask)
        return states


class Projection(nn.Module):
    """Two views of each word, as head (or predicate) and as dependent (or argument)."""

    def __init__(self, hidden: int, size: int, dropout: float) -> None:
        super().__init__()
        self.head = nn.Linear(hidden, size)
        self.dependent = nn.Linear(hidden, size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor) -> tuple[Tensor, Tensor]:
        return (
            self.dropout(F.leaky_relu(self.head(states), 0.1)),
            self.dropout(F.leaky_relu(self.dependent(states), 0.1)),
        )


class Network(nn.Module):
    """Encoder and heads. `forward` gives per-word scores and projections; the biaffine scorers are applied
    afterwards (`arc_scores`, `label_scores`, `role_scores`), since labels are scored for chosen arcs only."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.3) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        self.dropout = nn.Dropout(head_dropout)
        self.ner = nn.Linear(sizes.hidden, sizes.ner)
        self.upos = nn.Linear(sizes.hidden, sizes.upos)
        self.xpos = nn.Linear(sizes.hidden, sizes.xpos)
        self.predicate = nn.Linear(sizes.hidden, 2)
        self.roleset = nn.Linear(sizes.hidden, sizes.rolesets)
        self.arc = Projection(sizes.hidden, sizes.arc, head_dropout)
        self.label = Projection(sizes.hidden, sizes.label, head_dropout)
        self.role = Projection(sizes.hidden, sizes.role, head_dropout)
        self.root = nn.Parameter(torch.zeros(sizes.hidden))
        self.arc_weight = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.label_weight = nn.Parameter(torch.zeros(sizes.label + 1, sizes.deprels, sizes.label + 1))
        self.role_weight = nn.Parameter(torch.zeros(sizes.role + 1, sizes.roles, sizes.role + 1))
        self.role_distance = nn.Parameter(torch.zeros(2 * DISTANCE_CLIP + 1, sizes.roles))
        for weight in (self.label_weight, self.role_weight):
            nn.init.normal_(weight, std=0.01)
        nn.init.orthogonal_(self.arc_weight.data[:-1])

    def words(self, pieces: Tensor, cases: Tensor, first: Tensor) -> Tensor:
        """Word vectors (batch, 1 + words, hidden); position 0 is the root. `first` holds each word's first piece."""
        states = self.encoder(pieces, cases)
        index = first.unsqueeze(-1).expand(-1, -1, states.shape[-1])
        words = torch.gather(states, 1, index)
        root = self.root.expand(words.shape[0], 1, -1)
        return torch.cat([root, words], 1)

    def forward(self, pieces: Tensor, cases: Tensor, first: Tensor) -> dict[str, Tensor]:
        words = self.dropout(self.words(pieces, cases, first))
        arc_head, arc_dependent = self.arc(words)
        label_head, label_dependent = self.label(words)
        role_head, role_dependent = self.role(words)
        return {
            "ner": self.ner(words),
            "upos": self.upos(words),
            "xpos": self.xpos(words),
            "predicate": self.predicate(words),
            "roleset": self.roleset(words),
            "arc_head": arc_head,
            "arc_dependent": arc_dependent,
            "label_head": label_head,
            "label_dependent": label_dependent,
            "role_head": role_head,
            "role_dependent": role_dependent,
        }

    def arc_scores(self, out: dict[str, Tensor]) -> Tensor:
        """Scores (batch, dependent, head) over the root and the words."""
        dependent = with_one(out["arc_dependent"])
        return dependent @ self.arc_weight @ out["arc_head"].transpose(1, 2)

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Scores (n, labels) for n pairs of vectors."""
        return pair_scores(with_one(dependent), self.label_weight, with_one(head))

    def role_scores(self, predicate: Tensor, arguments: Tensor, distance: Tensor) -> Tensor:
        """Scores (n, words, roles) of every word's role for n predicates; distance = word - predicate."""
        left = torch.einsum("ni,iro->nro", with_one(predicate), self.role_weight)
        scores = torch.einsum("nro,nwo->nwr", left, with_one(arguments))
        return scores + self.role_distance[distance.clamp(-DISTANCE_CLIP, DISTANCE_CLIP) + DISTANCE_CLIP]


def with_one(vectors: Tensor) -> Tensor:
    """Vectors with a constant 1 appended (the bias terms of a biaffine form)."""
    return F.pad(vectors, (0, 1), value=1.0)


def pair_scores(left: Tensor, weight: Tensor, right: Tensor) -> Tensor:
    """left^T weight right for each row and label."""
    projected = (left @ weight.flatten(1)).view(left.shape[0], weight.shape[1], weight.shape[2])
    return (projected @ right.unsqueeze(-1)).squeeze(-1)


def load_encoder(network: Network, weights: Path) -> None:
    """Copy all-MiniLM-L6-v2's weights (a safetensors file) into the network's encoder."""
    from safetensors.torch import load_file

    theirs = load_file(weights)
    encoder = network.encoder
    with torch.no_grad():
        encoder.words.weight.copy_(theirs["embeddings.word_embeddings.weight"])
        encoder.positions.weight.copy_(
            theirs["embeddings.position_embeddings.weight"] + theirs["embeddings.token_type_embeddings.weight"][0]
        )
        _copy(encoder.norm, theirs, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            prefix = f"encoder.layer.{number}."
            _copy(layer.attention.query, theirs, prefix + "attention.self.query")
            _copy(layer.attention.key, theirs, prefix + "attention.self.key")
            _copy(layer.attention.value, theirs, prefix + "attention.self.value")
            _copy(layer.attention.output, theirs, prefix + "attention.output.dense")
            _copy(layer.attention_norm, theirs, prefix + "attention.output.LayerNorm")
            _copy(layer.inner, theirs, prefix + "intermediate.dense")
            _copy(layer.outer, theirs, prefix + "output.dense")
            _copy(layer.outer_norm, theirs, prefix + "output.LayerNorm")


def _copy(module: nn.Module, theirs: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(theirs[f"{name}.weight"])
    module.bias.copy_(theirs[f"{name}.bias"])
