"""The exported graph: the network's own results before rounding, near them after, and weights that come back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the training extra is not installed")
onnx = pytest.importorskip("onnx", reason="the training extra is not installed")

import onnxruntime  # noqa: E402

from training.export import export_scorers, weights_of  # noqa: E402
from training.graph import make_graph  # noqa: E402
from training.network import Network, Sizes  # noqa: E402
from training.restart import exported_weights  # noqa: E402

SIZES = Sizes(
    vocabulary=60, hidden=32, inner=64, layers=2, attention_heads=4, arc=12, label=8, role=10, ner=3, upos=4, xpos=5,
    deprels=6, rolesets=7, roles=4,
)  # fmt: skip
PIECES = np.array([[1, 5, 9, 7, 2, 0, 0, 0], [1, 8, 4, 3, 6, 11, 12, 2]])
CASES = (PIECES % 7) * (PIECES > 0)
FIRST = np.array([[1, 3, 0], [1, 2, 5]])
# The same words' pieces, numbered through both sentences.
FLAT = np.array([1, 3, 9, 10, 13])
ROWS = [(0, 1), (0, 2), (1, 1), (1, 2), (1, 3)]


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(5)
    made = Network(SIZES).eval()
    torch.nn.init.normal_(made.root)
    torch.nn.init.normal_(made.encoder.cases.weight)
    # What the export rounds to 8 bits before anything else.
    table = made.encoder.words.weight.data
    scale = table.abs().amax(1, keepdim=True) / 127
    made.encoder.words.weight.data = (table / scale).round() * scale
    return made


def run(graph: onnx.ModelProto) -> dict[str, np.ndarray]:
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [item.name for item in session.get_outputs()]
    return dict(zip(names, session.run(names, {"pieces": PIECES, "cases": CASES, "first": FLAT}), strict=True))


def expected(network: Network) -> dict[str, np.ndarray]:
    inputs = [torch.from_numpy(array) for array in (PIECES, CASES, FIRST)]
    with torch.no_grad():
        found = network(*inputs) | {"words": network.words(*inputs)}
    found.pop("roleset")
    rows = lambda value: np.stack([value[0, 0], *(value[sentence, word] for sentence, word in ROWS)])
    return {name: rows(value.numpy()) for name, value in found.items()}


def test_the_exact_graph_is_the_network(network: Network) -> None:
    found = run(make_graph(weights_of(network), SIZES.attention_heads, exact=True))
    wanted = expected(network)
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        np.testing.assert_allclose(found[name], value, atol=2e-5, err_msg=name)


def test_rounding_changes_little(network: Network) -> None:
    found = run(make_graph(weights_of(network), SIZES.attention_heads))
    for name, value in expected(network).items():
        assert np.abs(found[name] - value).mean() < 0.03 * np.abs(value).mean() + 0.01, name


def test_weights_come_back_from_the_exported_files(network: Network, tmp_path: Path) -> None:
    onnx.save(make_graph(weights_of(network), SIZES.attention_heads), tmp_path / "model.onnx")
    export_scorers(network, tmp_path / "scorers.npz")
    found = exported_weights(tmp_path)
    wanted = weights_of(network)
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        assert np.abs(found[name].numpy() - value).max() <= np.abs(value).max() / 100, name
