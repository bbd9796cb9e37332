"""How soon the page can be used, against stock pyvis and against an empty vis-network page, in one run on one machine."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import networkx as nx
from browser import launch
from playwright.sync_api import sync_playwright
from pyvis.network import Network
from view_samples import sample_graph

from kg.view import ViewOptions, render_page

PATIENCE = 300
ROUNDS = 3
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# pyvis shows a picture when it has arranged it: after 1,000 steps or when nothing moves any more.
SETTLED = """typeof network !== "undefined" && network.physics && (network.physics.stabilized || network.physics.stabilizationIterations >= 1000)"""
TIMED = """async (value) => {
  const start = performance.now();
  %s;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return (performance.now() - start) / 1000;
}"""
GO = """const gone = new Promise((done) => addEventListener("popstate", done, { once: true }));
  location.hash = %s;
  await gone"""
TICK = """document.querySelector(`input[data-value="${value}"]`).click()"""
# The address leads to a state as the page's own controls do, without their delay for typing.
WORDS = GO % "`words=${value}`"
ENTITY = GO % "`node=${encodeURIComponent(kgPage.nodes()[value].key)}`"
PRESS = """document.getElementById(value).click()"""
TURTLE = "kgPage.turtle()"


def stock(nodes: int, physics: bool = True) -> str:
    """A page of pyvis as it comes, of a random graph with three edges for each node."""
    graph = nx.barabasi_albert_graph(nodes, 3, seed=1) if nodes else nx.Graph()
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(graph)
    network.toggle_physics(physics)
    return str(network.generate_html())


def seconds_to_load(browser: Any, path: Path, ready: str = "true") -> float:
    """Until the page is loaded, drawn and answers; `ready` is a condition that must hold besides."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    start = time.perf_counter()
    page.goto(path.as_uri())
    while not page.evaluate(ready):
        if time.perf_counter() - start > PATIENCE:
            break
        page.wait_for_timeout(20)
    page.evaluate(DRAWN)
    taken = time.perf_counter() - start
    context.close()
    return taken


def seconds_to_use(browser: Any, path: Path) -> dict[str, float]:
    """From a reader's doing to the picture that follows it: the median of some, each the best of three."""
    context = browser.new_context(viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto(path.as_uri())
    page.evaluate(DRAWN)

    def median(action: str, values: Sequence[str]) -> float:
        rounds = [[float(page.evaluate(TIMED % action, value)) for value in values] for _ in range(ROUNDS)]
        return statistics.median(min(each) for each in zip(*rounds, strict=True))

    found = {
        "a filter": median(TICK, [f"family:{name}" for name in ("TRADE", "CONSULT", "ACCUSE", "TRADE", "AID")]),
        "words in the sentence": median(WORDS, ["drones", "wheat", "loans"]),
        "an entity": median(ENTITY, ["0", "5", "20"]),
        "the table, or back": median(PRESS, ["view-table", "view-graph"]),
        "a zoom": median(PRESS, ["zoom-in", "zoom-in", "zoom-out"]),
        "Turtle of all": median(TURTLE, [""]),
    }
    context.close()
    return found


def main() -> None:
    """Prints the measures and their ratios."""
    large = sample_graph(7000, 2000, 400)
    start = time.perf_counter()
    pages = {"2,000 entities": render_page(large)}
    built = time.perf_counter() - start
    pages |= {
        "2,000 entities, all shown": render_page(large, options=ViewOptions(first=2000)),
        "3,000 entities, 10,000 statements": render_page(sample_graph(10_000, 3000, 600)),
        "300 entities": render_page(sample_graph(900, 330, 100)),
        "empty vis-network": stock(0, physics=False),
        "stock pyvis, 500 nodes": stock(500),
    }
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        seconds = {}
        for name, html in pages.items():
            path = Path(folder) / "page.html"
            path.write_text(html, encoding="utf-8")
            settled = SETTLED if name.startswith("stock") else "true"
            rounds = 1 if name.startswith("stock") else ROUNDS
            seconds[name] = min(seconds_to_load(browser, path, settled) for _ in range(rounds))
            print(f"{seconds[name]:8.2f} s  {name}")
            if name.startswith(("2,000", "3,000")):
                for what, taken in seconds_to_use(browser, path).items():
                    print(f"{taken:8.2f} s  {name}: {what}")
        browser.close()
    print(f"{os.getloadavg()[0]:8.1f}    processes wanted one of {os.cpu_count()} processors")
    print(f"{built:8.2f} s  building the page of 2,000 entities and 7,000 statements")
    print(
        f"{seconds['stock pyvis, 500 nodes'] / seconds['300 entities']:8.1f} x  faster with 300 entities than stock pyvis with 500"
    )
    for name in ("2,000 entities", "2,000 entities, all shown"):
        print(f"{seconds[name] / seconds['empty vis-network']:8.1f} x  the load of an empty vis-network page: {name}")


if __name__ == "__main__":
    main()
