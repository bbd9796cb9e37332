"""The network as an ONNX graph in 8-bit integers, in which no row of a product depends on another.

Activations are rounded with a scale for each row (a piece or a word), not one for the whole input: what the network
says of a sentence doesn't depend on the sentences it is read together with, and one piece's large value, as the first
layers give to a few, doesn't cost the others their precision. Dettmers et al. 2022 (LLM.int8) round so too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from training.rounding import LEVELS

# What is computed of every word beside its vector: the views that the biaffine forms compare, and the tags' scores.
VIEWS = ("arc.head", "arc.dependent", "label.head", "label.dependent", "role.head", "role.dependent")
TAGS = ("ner", "upos", "xpos", "predicate")
# Rounded activations are unsigned with a fixed zero, the form of integer products that every processor is quick at.
ZERO, ABOVE_ZERO = 128, 127
# GELU's results hardly go below zero, so nearly all of the range is given to what is above.
GELU_ZERO, GELU_ABOVE_ZERO, GELU_LEAST = 32, 223, 0.17
EMBEDDING_LEVELS = 127
Array = NDArray[Any]
Weights = Mapping[str, Array]


@dataclass(frozen=True)
class Rounded:
    """Rows rounded to 8 bits, with each row's scale and the number that stands for zero."""

    values: str
    scale: str
    zero: str


@dataclass
class Graph:
    """A graph in the making: its nodes in order and its constants. With `exact`, nothing is rounded."""

    weights: Weights
    heads: int
    exact: bool = False
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: dict[str, onnx.TensorProto] = field(default_factory=dict)

    def constant(self, name: str, value: Array | Sequence[int] | int, kind: type = np.int64) -> str:
        """A constant's name; what is stored the first time stays."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value, dtype=kind), name)
        return name

    def real(self, name: str, value: Array | float) -> str:
        """A constant of real numbers."""
        return self.constant(name, np.asarray(value), np.float32)

    def do(self, operation: str, *inputs: str, out: str | None = None, domain: str = "", **attributes: Any) -> str:
        """Add a node; returns the name of its result."""
        name = out or f"{operation}_{len(self.nodes)}"
        self.nodes.append(
            helper.make_node(operation, inputs, [name], name=f"n{len(self.nodes)}", domain=domain, **attributes)
        )
        return name


def make_graph(weights: Weights, heads: int, exact: bool = False) -> onnx.ModelProto:
    """The network with these weights, by parameter name (`Network.state_dict`).

    `pieces` and `cases` (sentences, length) are padded with 0; `first` (words) numbers the words' first pieces through
    all sentences' rows. The results have a row for the root and then one for each word.
    """
    graph = Graph(weights, heads, exact)
    width = len(weights["root"])
    layers = len({name.split(".")[2] for name in weights if name.startswith("encoder.layers.")})
    flat = graph.constant("flat", [-1, width])
    states = graph.do("Reshape", _embedded(graph), flat)
    mask = _mask(graph)
    for number in range(layers):
        name = f"encoder.layers.{number}"
        context = graph.do("Reshape", _attention(graph, states, mask, f"{name}.attention"), flat)
        if number == layers - 1:
            # Of the last layer, only what it says of the words' first pieces is read.
            context, states = graph.do("Gather", context, "first"), graph.do("Gather", states, "first")
        states = _rest_of_layer(graph, states, context, name)
    words = graph.do("Concat", graph.real("root", weights["root"][None]), states, axis=0, out="words")
    rounded = _rounded(graph, words)
    _apart(graph, graph.do("LeakyRelu", _product(graph, rounded, *VIEWS), alpha=0.1), VIEWS)
    _apart(graph, _product(graph, rounded, *TAGS), TAGS)
    return _model(graph)


def _model(graph: Graph) -> onnx.ModelProto:
    value = helper.make_tensor_value_info
    inputs = [value(name, TensorProto.INT64, ["sentences", "length"]) for name in ("pieces", "cases")]
    inputs.append(value("first", TensorProto.INT64, ["words"]))
    outputs = [value(output(name), TensorProto.FLOAT, ["rows", None]) for name in ("words", *VIEWS, *TAGS)]
    made = helper.make_graph(graph.nodes, "kg", inputs, outputs, list(graph.constants.values()))
    opsets = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(made, opset_imports=opsets, ir_version=9)
    onnx.checker.check_model(model)
    return model


def _embedded(graph: Graph) -> str:
    """Word, position and case embeddings (sentences, length, width); the words' are stored with a scale per piece."""
    weights, table = graph.weights, graph.weights["encoder.words.weight"]
    scale = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / EMBEDDING_LEVELS
    graph.constant("encoder.words.weight", np.rint(table / scale), np.int8)
    pieces = graph.do("Cast", graph.do("Gather", "encoder.words.weight", "pieces"), to=TensorProto.FLOAT)
    words = graph.do("Mul", pieces, graph.do("Gather", graph.real("encoder.words.weight.scale", scale), "pieces"))
    nothing, one = graph.constant("nothing", [0]), graph.constant("one", [1])
    length = graph.do("Slice", graph.do("Shape", "pieces"), one, graph.constant("two", [2]))
    table_of = lambda name: graph.real(name, weights[name])
    positions = graph.do("Slice", table_of("encoder.positions.weight"), nothing, length, nothing)
    cases = graph.do("Gather", table_of("encoder.cases.weight"), "cases")
    return _normal(graph, graph.do("Add", graph.do("Add", words, positions), cases), "encoder.norm")


def _mask(graph: Graph) -> str:
    """What is added to the attention that padding gets, (sentences, 1, 1, length)."""
    padding = graph.do("Cast", graph.do("Equal", "pieces", graph.constant("padding", 0)), to=TensorProto.FLOAT)
    large = graph.do("Mul", padding, graph.real("never", -1e9))
    return graph.do("Unsqueeze", large, graph.constant("middle", [1, 2]))


def _attention(graph: Graph, states: str, mask: str, name: str) -> str:
    """What each piece takes from the pieces of its sentence, before the output product."""
    width = len(graph.weights["root"])
    rounded = _rounded(graph, states)
    if "by_head" not in {node.output[0] for node in graph.nodes}:
        split = graph.constant("split", [graph.heads, width // graph.heads])
        graph.do("Concat", graph.do("Shape", "pieces"), split, axis=0, out="by_head")
    by_head = lambda part, axes: graph.do(
        "Transpose", graph.do("Reshape", _product(graph, rounded, f"{name}.{part}"), "by_head"), perm=axes
    )
    query, key, value = by_head("query", [0, 2, 1, 3]), by_head("key", [0, 2, 3, 1]), by_head("value", [0, 2, 1, 3])
    root_of_size = graph.real("root_of_size", (width // graph.heads) ** -0.5)
    scores = graph.do("Add", graph.do("Mul", graph.do("MatMul", query, key), root_of_size), mask)
    context = graph.do("MatMul", graph.do("Softmax", scores, axis=-1), value)
    return graph.do("Transpose", context, perm=[0, 2, 1, 3])


def _rest_of_layer(graph: Graph, states: str, context: str, name: str) -> str:
    """A layer after its attention: two blocks, each added to what it read and normalised."""
    attended = _product(graph, _rounded(graph, context), f"{name}.attention.output")
    states = _normal(graph, graph.do("Add", states, attended), f"{name}.attention_norm")
    inner = graph.do("Gelu", _product(graph, _rounded(graph, states), f"{name}.inner"))
    outer = _product(graph, _rounded(graph, inner, gelu=True), f"{name}.outer")
    return _normal(graph, graph.do("Add", states, outer), f"{name}.outer_norm")


def _normal(graph: Graph, states: str, name: str) -> str:
    weight = graph.real(f"{name}.weight", graph.weights[f"{name}.weight"])
    bias = graph.real(f"{name}.bias", graph.weights[f"{name}.bias"])
    return graph.do("LayerNormalization", states, weight, bias, axis=-1, epsilon=1e-12)


def _rounded(graph: Graph, rows: str, gelu: bool = False) -> Rounded:
    """Rows as 8-bit integers, each by its own largest number."""
    if graph.exact:
        return Rounded(rows, "", "")
    zero, above, least = (GELU_ZERO, GELU_ABOVE_ZERO, GELU_LEAST / GELU_ZERO) if gelu else (ZERO, ABOVE_ZERO, 1e-8)
    sizes = rows if gelu else graph.do("Abs", rows)
    largest = graph.do("ReduceMax", sizes, graph.constant("one", [1]), keepdims=1)
    scale = graph.do("Mul", largest, graph.real(f"step_{above}", 1 / above))
    scale = graph.do("Max", scale, graph.real(f"least_{above}", least))
    by_row = graph.do("Reshape", scale, graph.constant("all", [-1]))
    zeros = numpy_helper.from_array(np.array([zero], dtype=np.uint8))
    zeros_by_row = graph.do("ConstantOfShape", graph.do("Shape", by_row), value=zeros)
    values = graph.do("QuantizeLinear", rows, by_row, zeros_by_row, axis=0)
    return Rounded(values, scale, graph.constant(f"zero_{zero}", zero, np.uint8))


def _product(graph: Graph, rows: Rounded, *names: str) -> str:
    """The products with these parameters' weights, side by side, with their biases."""
    weights = {name: graph.weights[f"{name}.weight"].T for name in names}
    # A bias of two dimensions: one of one would be fused with GELU to something slower.
    bias = _side_by_side(graph, [graph.real(f"{name}.bias", graph.weights[f"{name}.bias"][None]) for name in names])
    if graph.exact:
        exact = _side_by_side(graph, [graph.real(f"{name}.weight", weight) for name, weight in weights.items()])
        return graph.do("Add", graph.do("MatMul", rows.values, exact), bias)
    values, scales = [], []
    for name, weight in weights.items():
        value, scale = rounded_weight(weight)
        values.append(graph.constant(f"{name}.weight", value, np.int8))
        scales.append(graph.real(f"{name}.weight.scale", scale[None]))
    value, scale = _side_by_side(graph, values), _side_by_side(graph, scales)
    scale = graph.do("Reshape", scale, graph.constant("all", [-1]))
    unit = graph.real("unit", 1.0)
    whole = graph.do("MatMulIntegerToFloat", rows.values, value, unit, scale, rows.zero, domain="com.microsoft")
    return graph.do("Add", graph.do("Mul", whole, rows.scale), bias)


def output(name: str) -> str:
    """The graph's result that a parameter's product gives: "arc.head" -> "arc_head"."""
    return name.replace(".", "_")


def _apart(graph: Graph, joined: str, names: Sequence[str]) -> None:
    """The results of products that were made side by side, one by one."""
    sizes = graph.constant(f"{'+'.join(names)}.sizes", [len(graph.weights[f"{name}.bias"]) for name in names])
    inputs, outputs = [joined, sizes], [output(name) for name in names]
    graph.nodes.append(helper.make_node("Split", inputs, outputs, name=f"n{len(graph.nodes)}", axis=1))


def _side_by_side(graph: Graph, constants: Sequence[str]) -> str:
    """Constants joined along their columns; the run time does so once, as it loads the graph."""
    return graph.do("Concat", *constants, axis=1) if len(constants) > 1 else constants[0]


def rounded_weight(weight: Array) -> tuple[Array, Array]:
    """A product's weights (inputs, outputs) as integers with a scale for each output, as in training (`rounding`).

    They keep 7 bits of 8: processors without VNNI add pairs of products in 16 bits, which 8-bit weights overflow, and
    then the same file would give other results elsewhere.
    """
    scale = np.maximum(np.abs(weight).max(0), 1e-8) / LEVELS
    return np.rint(weight / scale).astype(np.int8), scale.astype(np.float32)
