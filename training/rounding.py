"""Training on the weights that will be shipped: rounded, as the export rounds them.

The gradient is taken at the rounded weights and applied to the exact ones (the straight-through estimator: Bengio,
Leonard & Courville 2013; for integer networks Jacob et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from torch import nn

from training.network import Network

# What `export.quantise` leaves of 8 bits, on each side of 0.
LEVELS = 64


@contextmanager
def rounded(network: Network) -> Iterator[None]:
    """Every product's weights rounded to LEVELS steps a row, and the exact ones back afterwards.

    The roleset rows stay: they are shipped in half precision.
    """
    layers = [m for name, m in network.named_modules() if isinstance(m, nn.Linear) and name != "roleset"]
    exact = [layer.weight.data for layer in layers]
    for layer in layers:
        scale = layer.weight.data.abs().amax(1, keepdim=True).clamp(min=1e-8) / LEVELS
        layer.weight.data = (layer.weight.data / scale).round() * scale
    try:
        yield
    finally:
        for layer, weight in zip(layers, exact, strict=True):
            layer.weight.data = weight
