"""Export: trained weights into the files that `kg/parse` loads (int8 ONNX encoder, scorers, inventory, lemmas)."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.inventory import Inventory
from training.network import Network
from training.restart import exported_weights
from training.train import load_network

OUTPUTS = (
    "words", "ner", "upos", "xpos", "predicate",
    "arc_head", "arc_dependent", "label_head", "label_dependent", "role_head", "role_dependent",
)  # fmt: skip


class Exported(nn.Module):
    """The network as it runs: word embeddings as int8 with a scale per piece, no dropout, per-word outputs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        table = network.encoder.words.weight.detach()
        scale = table.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("table", (table / scale).round().clamp(-127, 127).to(torch.int8))
        self.register_buffer("scale", scale)
        self.network = network

    def forward(self, pieces: Tensor, cases: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        encoder = self.network.encoder
        embedded = self.table[pieces].to(torch.float32) * self.scale[pieces]
        positions = encoder.positions.weight[: pieces.shape[1]]
        states = encoder.norm(embedded + positions + encoder.cases(cases))
        mask = ((pieces == 0).to(states.dtype) * -1e9)[:, None, None, :]
        for layer in encoder.layers:
            states = layer(states, mask)
        index = first.unsqueeze(-1).expand(-1, -1, states.shape[-1])
        words = torch.cat([self.network.root.expand(pieces.shape[0], 1, -1), torch.gather(states, 1, index)], 1)
        heads = self.network
        arcs, labels, roles = heads.arc(words), heads.label(words), heads.role(words)
        scores = (heads.ner(words), heads.upos(words), heads.xpos(words), heads.predicate(words))
        return (words, *scores, *arcs, *labels, *roles)


def export(run: Path, tokenizer: Path, lemmas: Path, out: Path, start: Path | None = None, share: float = 1.0) -> None:
    """Write model.onnx, scorers.npz, inventory.json, tokenizer.json, lemmas.tsv and manifest.json to `out`.

    With `start`, the exported model that the run began with, the weights are averaged: `share` of the run's, the rest
    the start's (Wortsman et al. 2022, Robust fine-tuning of zero-shot models).
    """
    out.mkdir(parents=True, exist_ok=True)
    network = load_network(run)
    if start is not None:
        mix(network, start, share)
    export_onnx(network, run / "fp32.onnx")
    quantise(run / "fp32.onnx", out / "model.onnx")
    export_scorers(network, out / "scorers.npz")
    Inventory.load(run / "inventory.json").save(out / "inventory.json")
    shutil.copy(tokenizer, out / "tokenizer.json")
    shutil.copy(lemmas, out / "lemmas.tsv")
    write_manifest(out)


def mix(network: Network, start: Path, share: float) -> None:
    """Average the network's weights with those of an exported model."""
    begun = exported_weights(start)
    state = network.state_dict()
    network.load_state_dict({name: (1 - share) * begun[name] + share * value for name, value in state.items()})


def export_onnx(network: Network, path: Path) -> None:
    """The fp32 graph, with batch, pieces and words as free dimensions."""
    pieces = torch.tensor([[101, 2000, 2001, 2002, 102, 0]])
    first = torch.tensor([[1, 2, 3]])
    free = {"pieces": {0: "batch", 1: "pieces"}, "cases": {0: "batch", 1: "pieces"}, "first": {0: "batch", 1: "words"}}
    with torch.no_grad():
        torch.onnx.export(
            Exported(network).eval(),
            (pieces, torch.zeros_like(pieces), first),
            str(path),
            input_names=["pieces", "cases", "first"],
            output_names=list(OUTPUTS),
            dynamic_axes={**free, **{name: {0: "batch", 1: "positions"} for name in OUTPUTS}},
            opset_version=17,
            dynamo=False,
        )


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8 of the matrix products. Weights keep 7 bits: processors without VNNI add pairs of products
    in 16 bits, which 8-bit weights overflow, and then the same file would give other results elsewhere."""
    quantize_dynamic(
        source, target, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, reduce_range=True,
        weight_type=QuantType.QInt8,
    )  # fmt: skip
    onnx.checker.check_model(str(target))


def export_scorers(network: Network, path: Path) -> None:
    """The biaffine forms and the roleset rows, in half precision, uncompressed."""
    half = lambda tensor: tensor.detach().numpy().astype(np.float16)
    np.savez(
        path,
        arc=half(network.arc_weight),
        label=half(network.label_weight),
        role=half(network.role_weight),
        role_distance=half(network.role_distance),
        roleset_weight=half(network.roleset.weight),
        roleset_bias=half(network.roleset.bias),
    )


def write_manifest(folder: Path) -> None:
    """Hashes of the files, by which `kg` notices a damaged installation."""
    names = ("model.onnx", "scorers.npz", "inventory.json", "tokenizer.json", "lemmas.tsv")
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}
    (folder / "manifest.json").write_text(json.dumps({"format": 1, "sha256": hashes}, indent=1) + "\n")
