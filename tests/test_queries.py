"""The ready queries of docs/queries over the demonstration corpus: each runs and answers what its first line asks."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from kg.cli import main
from kg.query import Rows, known_prefixes, run_query
from kg.store import open_store

ROOT = Path(__file__).parent.parent
QUERIES = sorted((ROOT / "docs" / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    result = CliRunner().invoke(main, ["build", str(ROOT / "sources"), "-o", str(folder)])
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def store(output: Path) -> ox.Store:
    return open_store(output)


@pytest.fixture(scope="module")
def graph(output: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(output / "graph.ttl")


EXPECTED = {
    "best-evidenced-facts": ("Vladimir Putin", "met", "Ebrahim Raisi"),
    "contradictions": ("Russia", "hasTiesWith", "Iran", "Vladimir Putin", "John Drennan", "prevents deeper ties"),
    "disputed-facts": ("Russia\thasTiesWith\tIran",),
    "claims-by-speaker": ("William Burns", "Russia", "needs", "Iran"),
    "denied-or-disputed": ("Iran", "hasTiesWith", "Soviet Union"),
    "names-of-an-entity": ("Ebrahim Raisi", "Ibrahim Raisi", "IRN"),
    "open-statements": ("West", "challenge", "BRICS", "William Burns", "speakAt", "Aspen Security Forum"),
    "plans-and-possibilities": ("Possible", "Russia", "buys"),
    "roles-at-a-date": ("Recep Tayyip Erdogan", "president", "Turkey"),
    "sources-behind-an-edge": ("Atlas Review", "Iran now supplies"),
    "timeline-of-a-dyad": ("Iran", "supplies", "Russia"),
    "what-was-said-about": ("Russia", "needs", "Iran", "Demo Wire"),
    "who-met-whom": ("Vladimir Putin", "Hassan Rouhani", "2019-10-01", "Yerevan"),
    "who-supplies-what-to-whom": ("Iran", "supplies", "drones", "Russia"),
}


def test_every_query_is_expected_to_answer_something() -> None:
    assert {path.stem for path in QUERIES} == set(EXPECTED)
    assert len(QUERIES) >= 10


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_query_answers(path: Path, store: ox.Store) -> None:
    text = path.read_text()
    assert text.startswith("# ")
    found = run_query(store, text)
    assert isinstance(found, Rows)
    rows = ["\t".join("" if term is None else getattr(term, "value", str(term)) for term in row) for row in found.rows]
    everything = "\n".join(rows)
    missing = [piece for piece in EXPECTED[path.stem] if piece not in everything]
    assert not missing, everything[:3000]


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_another_engine_gives_the_same_rows(path: Path, store: ox.Store, graph: rdflib.Graph) -> None:
    """The queries are SPARQL, not one engine's reading of it; rdflib runs our own queries here, never a foreign one."""
    # Which of equally ranked rows stand above a limit is the engine's choice.
    text = re.sub(r"\bLIMIT\s+\d+", "", path.read_text())
    ours = run_query(store, text)
    assert isinstance(ours, Rows)
    theirs = graph.query(text, initNs=dict(known_prefixes()))
    # SPARQL leaves open in which order GROUP_CONCAT joins.
    joined = lambda value: ", ".join(sorted(value.split(", ")))
    same = lambda rows: Counter(
        tuple("" if term is None else joined(str(getattr(term, "value", term))) for term in row) for row in rows
    )
    # rdflib's terms are strings themselves; a literal's `value` is a Python object.
    plain = [[None if term is None else str(term) for term in row] for row in theirs]
    assert same(ours.rows) == same(plain)
