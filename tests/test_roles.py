"""Offices over time: who held one on a day, from what articles say and when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.facts import assemble
from kg.model import Extraction
from kg.query import Rows, run_query
from kg.rdf import graph_triples
from kg.resources import Resources

QUERY = (Path(__file__).parent.parent / "docs" / "queries" / "roles-at-a-date.rq").read_text()
ARTICLES = {
    "2019-10-01": "Iranian President Hassan Rouhani met Putin in Yerevan on Tuesday.",
    "2021-12-10": "Anna Berg, the president of Malta from 2001 to 2009, visited Rome.",
    "2022-07-20": "Former Iranian President Hassan Rouhani met Iranian President Ebrahim Raisi on Monday.",
    "2022-08-01": "Boris Tarasov was the president of Estonia. Clara Holm will be president of Estonia.",
}


@pytest.fixture(scope="module")
def store(extract: Callable[..., Extraction], resources: Resources) -> ox.Store:
    read = [extract(text, id_=day, published=day) for day, text in ARTICLES.items()]
    store = ox.Store()
    graph = assemble(read, resources.ontology, resources.gazetteer)
    store.bulk_extend(ox.Quad(*triple) for triple in graph_triples(graph, resources.ontology))
    return store


@pytest.mark.parametrize(
    "day, holders",
    [
        ("2005-01-01", {"Anna Berg Malta"}),
        ("2012-01-01", set()),
        ("2020-01-01", {"Hassan Rouhani Iran"}),
        # The article of 2022 says that it was over by then; the one of 2021 that it was in 2009.
        ("2022-12-31", {"Ebrahim Raisi Iran"}),
    ],
)
def test_who_held_an_office_on_a_day(day: str, holders: set[str], store: ox.Store) -> None:
    found = run_query(store, QUERY.replace("2022-12-31", day))
    assert isinstance(found, Rows)
    assert {f"{person.value} {body.value}" for person, _, body, _ in found.rows} == holders  # type: ignore[union-attr]
