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

    The int8 weights come back with their scale, so they are exact to a 127th of their column's largest; training
    washes that out. Raises RuntimeError when the sizes differ or a weight is missing.
    """
    network.load_state_dict(exported_weights(folder))


def exported_weights(folder: Path) -> dict[str, Tensor]:
    """The network's state by parameter name."""
    graph = onnx.load(str(folder / "model.onnx")).graph
    stored = {item.name: numpy_helper.to_array(item) for item in graph.initializer}
    found = {name.removeprefix("network."): array for name, array in stored.items() if name.startswith("network.")}
    found["encoder.words.weight"] = stored["table"].astype(np.float32) * stored["scale"]
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in stored:
            quantised = node.input[1]
            scale = stored[quantised.removesuffix("_quantized") + "_scale"]
            zero = stored[node.input[3]].astype(np.float32)
            found[f"{parameter_name(node.output[0])}.weight"] = ((stored[quantised] - zero) * scale).T
    with np.load(folder / "scorers.npz") as scorers:
        for name in ("arc", "label", "role"):
            found[f"{name}_weight"] = scorers[name]
        found["role_distance"] = scorers["role_distance"]
        found["roleset.weight"], found["roleset.bias"] = scorers["roleset_weight"], scorers["roleset_bias"]
    return {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in found.items()}


def parameter_name(output: str) -> str:
    """The module behind a product: "/layers.0/attention/query/MatMul_output_0..." -> its path in the network."""
    path = output.strip("/").rsplit("/", 1)[0].replace("/", ".")
    return f"encoder.{path}" if path.startswith("layers.") else path
