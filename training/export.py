"""Export: trained weights into the files that `kg/parse` loads (int8 ONNX encoder, scorers, inventory, lemmas)."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnx

from training.graph import make_graph
from training.inventory import Inventory
from training.manifest import write_manifest
from training.network import Network
from training.restart import exported_weights
from training.train import load_network


def export(run: Path, tokenizer: Path, lemmas: Path, out: Path, start: Path | None = None, share: float = 1.0) -> None:
    """Write model.onnx, scorers.npz, inventory.json, tokenizer.json, lemmas.tsv and manifest.json to `out`.

    With `start`, the exported model that the run began with, the weights are averaged: `share` of the run's, the rest
    the start's (Wortsman et al. 2022, Robust fine-tuning of zero-shot models).
    """
    out.mkdir(parents=True, exist_ok=True)
    network = load_network(run)
    if start is not None:
        mix(network, start, share)
    onnx.save(make_graph(weights_of(network), network.sizes.attention_heads), out / "model.onnx")
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


def weights_of(network: Network) -> dict[str, np.ndarray]:
    """The network's weights by parameter name."""
    return {name: tensor.numpy() for name, tensor in network.state_dict().items()}


def export_scorers(network: Network, path: Path) -> None:
    """The biaffine forms and the roleset rows, in half precision, uncompressed; `nouns.py` sets what corrects nouns' roles
    afterwards."""
    half = lambda tensor: tensor.detach().numpy().astype(np.float16)
    np.savez(
        path,
        arc=half(network.arc_weight),
        label=half(network.label_weight),
        role=half(network.role_weight),
        role_distance=half(network.role_distance),
        roleset_weight=half(network.roleset.weight),
        roleset_bias=half(network.roleset.bias),
        noun_roles=np.zeros(1, dtype=np.float16),
    )
