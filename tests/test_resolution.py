"""Entities across articles: pairs of names that are one thing or two, and what follows from judging pairs."""

from __future__ import annotations

import random

import pytest

from benchmarks.quality.name_pairs import article, entity, merged, nodes_of, read_pairs, row_of_pairs
from kg.model import Entity, EntityType
from kg.resolve import resolve
from kg.resources import Resources


def test_pairs_of_names(resources: Resources) -> None:
    """F1 of at least .95, and no false merge."""
    found = merged(resources)
    assert [pair for pair, one in found.items() if one and not pair.same] == []
    missed = [pair for pair, one in found.items() if pair.same and not one]
    row = row_of_pairs(found)
    assert row.f1 is not None
    assert row.f1.value >= 95, missed


# --- What follows from pairs -------------------------------------------------------------------------


def named(label: str, *aliases: str, type_: EntityType = "Organization", country: str | None = None) -> Entity:
    return Entity("e1", label, type_, aliases=aliases, country=country)


@pytest.mark.parametrize(
    "entities, nodes",
    [
        # Initials that fit two bodies are neither's; those that fit one are its.
        ([named("NPSC"), named("North Pole Science Council"), named("New Port Shipping Company")], 3),
        ([named("NPSC"), named("North Pole Science Council")], 1),
        # Two bodies that each have the same initials for a short name stay two.
        ([named("Hosei University", "HU"), named("Humboldt University", "HU")], 2),
        # A first name's initial that fits two persons is neither's.
        ([named(n, type_="Person", country="USA") for n in ("D. Webb", "Dora Webb", "Derek Webb")], 3),
        ([named(n, type_="Person", country="USA") for n in ("D. Webb", "Dora Webb")], 1),
        # A name without a country doesn't join two namesakes of two countries.
        ([named("Anna Berg", type_="Person", country=c) for c in ("DEU", "SWE", None)], 3),
        ([named("Anna Berg", type_="Person", country=c) for c in ("DEU", "DEU", None)], 1),
        # What any state may have is one only with its country.
        ([named("Ministry of Justice"), named("Ministry of Justice")], 2),
        ([named("Ministry of Justice", country="KEN"), named("Justice Ministry", country="KEN")], 1),
    ],
)
def test_what_joins_several(entities: list[Entity], nodes: int, resources: Resources) -> None:
    found = nodes_of(*entities, resources=resources)
    assert len(found) == nodes
    assert all(node.reasons for node in found if len(node.origins) > 1)


def test_the_order_of_articles_makes_no_difference(resources: Resources) -> None:
    texts = [(pair.kind, name) for pair in read_pairs() for name in pair[1:3]]
    articles = [article(n, entity(kind, name, resources)) for n, (kind, name) in enumerate(texts)]
    expected = resolve(articles, resources.gazetteer)
    for seed in range(3):
        shuffled = random.Random(seed).sample(articles, len(articles))
        assert resolve(shuffled, resources.gazetteer) == expected


def test_a_node_tells_why_it_is_one(resources: Resources) -> None:
    (node,) = nodes_of(
        named("Ebrahim Raisi", type_="Person"), named("Ibrahim Raisi", type_="Person"), resources=resources
    )
    assert node.reasons == ("the names 'Ebrahim Raisi' and 'Ibrahim Raisi' agree",)
