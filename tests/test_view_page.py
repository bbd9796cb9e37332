"""The page as text: deterministic, self-contained, and whole."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from view_hostile import PWN, hostile_graph
from view_samples import sample_graph, small_graph

from kg.model import KnowledgeGraph
from kg.view import ViewOptions, overflow, render_page


def data_of(page: str) -> dict[str, Any]:
    block = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert block
    found: dict[str, Any] = json.loads(block.group(1))
    found["statements"] = [
        dict(zip(found["statements"]["columns"], row, strict=True)) for row in found["statements"]["rows"]
    ]
    return found


def test_the_same_graph_gives_the_same_page_whatever_its_order() -> None:
    graph = sample_graph(200, 60)
    shuffled = {
        name: random.Random(3).sample(getattr(graph, name), len(getattr(graph, name)))
        for name in ("documents", "nodes", "facts")
    }
    other = KnowledgeGraph(
        *(tuple(shuffled[name]) for name in ("documents", "nodes", "facts")), dict(reversed(graph.origin_of.items()))
    )
    assert render_page(other) == render_page(graph)


HASHED = """
import hashlib
from view_samples import sample_graph
from kg.view import render_page
print(hashlib.sha256(render_page(sample_graph(300, 90)).encode()).hexdigest())
"""


def hash_in_another_process(seed: str) -> str:
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    return subprocess.run(
        [sys.executable, "-c", HASHED], env=environment, capture_output=True, text=True, check=True
    ).stdout


def test_the_same_page_in_every_process() -> None:
    """Python's hashes of strings differ from process to process; the page must not."""
    assert hash_in_another_process("1") == hash_in_another_process("2")


def test_a_different_graph_has_a_different_nonce() -> None:
    nonces = {
        re.search(r"nonce-([\w-]+)", render_page(graph)).group(1) for graph in (small_graph(), sample_graph(20, 10))
    }  # type: ignore[union-attr]
    assert len(nonces) == 2


@pytest.mark.parametrize("graph", [small_graph(), hostile_graph()], ids=["small", "hostile"])
def test_the_page_needs_nothing_from_outside(graph: KnowledgeGraph) -> None:
    page = render_page(graph)
    markup = re.sub(r"(<(script|style)[^>]*>).*?(</\2>)", r"\1\3", page, flags=re.DOTALL)
    assert not re.search(r"(src|href)\s*=\s*\"(?!#|data:,)", markup)
    assert "unsafe-inline" not in page
    assert "unsafe-eval" not in markup
    assert "default-src 'none'" in markup
    nonce = re.search(r"script-src 'nonce-([\w-]{20,})'", markup)
    assert nonce
    tags = re.findall(r"<(?:script|style)[^>]*>", markup)
    assert len(tags) > 10
    assert all(f'nonce="{nonce.group(1)}"' in tag or "application/json" in tag for tag in tags)
    assert "sourceMappingURL" not in page


def test_the_licence_of_vis_network_is_kept() -> None:
    assert re.search(r"@license.{0,400}Apache 2\.0", render_page(small_graph()), re.DOTALL)


def test_hostile_text_is_only_in_the_data() -> None:
    page = render_page(hostile_graph(), title=f"</title><script>{PWN}</script>")
    outside = re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.DOTALL)
    assert "<script" not in outside
    assert "onerror=" not in outside
    assert "<iframe" not in outside
    assert "&lt;/title&gt;&lt;script&gt;" in outside
    assert "javascript:" not in json.dumps(
        [[n.get("link") for n in data_of(page)["nodes"]], [d.get("url") for d in data_of(page)["documents"]]]
    )
    assert len(page) < 3_000_000, "labels of 100 kB are cut"
    page.encode("utf-8")


def test_statements_keep_what_they_say() -> None:
    data = data_of(render_page(small_graph()))
    denial = next(s for s in data["statements"] if s["id"] == "st000005")
    label = {node["id"]: node["label"] for node in data["nodes"]}
    assert (label[denial["subject"]], denial["relation"], label[denial["object"]], label[denial["theme"]]) == (
        "Iran",
        "supplies",
        "Russia",
        "drones",
    )
    assert (label[denial["speaker"]], denial["manner"], denial["cue"], denial["status"]) == (
        "Ebrahim Raisi",
        "paraphrase",
        "said",
        "negated",
    )
    assert data["sentences"][denial["sentence"]] == "Raisi said that Iran does not supply Russia with drones."
    article = data["documents"][denial["document"]]
    assert (article["publisher"], article["published"], article["url"]) == (
        "Lantern",
        "2022-07-20",
        "https://news.example/daily",
    )
    words = data["sentences"][denial["sentence"]]
    assert {(name, words[start:end]) for name, start, end in denial["slots"]} >= {
        ("subject", "Iran"),
        ("trigger", "supply"),
        ("speaker", "Raisi"),
    }


def test_names_for_people() -> None:
    data = data_of(
        render_page(small_graph(), options=ViewOptions(labels={"needs": "is in need of", "TRADE": "Commerce"}))
    )
    assert {r["name"]: r["label"] for r in data["relations"]} == {
        "buys": "buys", "holdsOffice": "holds office", "met": "met", "needs": "is in need of", "said": "said", "supplies": "supplies",
    }  # fmt: skip
    assert {f["name"]: f["label"] for f in data["families"]}["TRADE"] == "Commerce"


def test_symmetric_relations_have_no_direction() -> None:
    graph = small_graph()
    meeting = graph.facts[0]
    turned = replace(
        meeting, id="turned", statement=replace(meeting.statement, subject="ebrahim-raisi", object="vladimir-putin")
    )
    both = replace(graph, facts=(*graph.facts, turned))
    count = lambda options: sum(
        edge["relation"] == "met" for edge in data_of(render_page(both, options=options))["edges"]
    )
    assert count(ViewOptions()) == 2
    assert count(ViewOptions(symmetric=frozenset({"met"}))) == 1


def test_a_graph_too_large_for_a_page_says_so() -> None:
    graph, options = sample_graph(300, 80), ViewOptions(max_statements=100)
    data = data_of(render_page(graph, options=options))
    assert len(data["statements"]) == 100
    assert data["omitted"]["statements"] == 200
    message = overflow(graph, options)
    assert message
    assert "100" in message
    assert "300" in message
    assert "--about" in message
    assert "--top" in message
    assert "gexf" in message
    assert overflow(graph) is None


@pytest.mark.parametrize(
    "graph",
    [
        KnowledgeGraph((), (), ()),
        replace(small_graph(), facts=()),
        replace(small_graph(), nodes=()),
        replace(small_graph(), documents=small_graph().documents),
    ],
    ids=["empty", "no statements", "no entities", "as it is"],
)
def test_graphs_with_little_in_them(graph: KnowledgeGraph) -> None:
    assert render_page(graph).startswith("<!DOCTYPE html>")
