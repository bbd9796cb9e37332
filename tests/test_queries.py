"""The ready queries of docs/queries over the demonstration corpus: each runs and answers what its first line asks."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.query import Rows, run_query
from kg.store import open_store

ROOT = Path(__file__).parent.parent
QUERIES = sorted((ROOT / "docs" / "queries").glob("*.rq"))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    output = tmp_path_factory.mktemp("out")
    result = CliRunner().invoke(main, ["build", str(ROOT / "sources"), "-o", str(output)])
    assert result.exit_code == 0, result.output
    return open_store(output)


EXPECTED = {
    "best-evidenced-facts": ("Vladimir Putin", "met", "Ebrahim Raisi"),
    "contradictions": ("Russia", "hasTiesWith", "Iran", "Vladimir Putin", "John Drennan", "prevents deeper ties"),
    "disputed-facts": ("Russia\thasTiesWith\tIran",),
    "claims-by-speaker": ("William Burns", "Russia", "needs", "Iran"),
    "denied-or-disputed": ("Iran", "hasTiesWith", "Soviet Union"),
    "names-of-an-entity": ("Ebrahim Raisi", "Ibrahim Raisi", "IRN"),
    "open-statements": ("Russia", "playerIn", "Middle East", "William Burns", "speakAt", "Aspen Security Forum"),
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
