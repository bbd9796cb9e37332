"""Weights from an exported model, so that a run can go on from what is shipped instead of from the bare encoder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.network import Network


def load_exported(network: Network, folder: Path) -> None:
    """Copy the weights of `folder` (model.onnx, scorers.npz, as `export` writes them) into the network.

    The int8 weights come back with their scale, so they are exact to a 64th of their column's largest; training
    washes that out. Raises RuntimeError when the sizes differ or a weight is missing.
    """
    network.load_state_dict(exported_weights(folder))


def exported_weights(folder: Path) -> dict[str, Tensor]:
    """The network's state by parameter name."""
    graph = onnx.load(str(folder / "model.onnx")).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    found = {name: array for name, array in stored.items() if name.endswith((".weight", ".bias"))}
    for name in found:
        if (scale := stored.get(f"{name}.scale")) is not None:
            found[name] = found[name] * scale
        if name.endswith(".bias"):
            found[name] = found[name].reshape(-1)
    # A product's weights are stored as (inputs, outputs).
    tables = [f"encoder.{name}.weight" for name in ("words", "positions", "cases")]
    found = {name: array.T if array.ndim == 2 and name not in tables else array for name, array in found.items()}
    found["root"] = stored["root"][0]
    with np.load(folder / "scorers.npz") as scorers:
        for name in ("arc", "label", "role"):
            found[f"{name}_weight"] = scorers[name]
        found["role_distance"] = scorers["role_distance"]
        found["roleset.weight"], found["roleset.bias"] = scorers["roleset_weight"], scorers["roleset_bias"]
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in found.items()}
