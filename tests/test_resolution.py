"""Entities across articles: pairs of names that are one thing or two, and what follows from judging pairs."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from kg.entities import make_entity
from kg.mentions import Candidate, gazetted
from kg.model import Document, Entity, EntityType, Extraction, Mention, Node
from kg.resolve import resolve
from kg.resources import Resources

PAIRS = Path(__file__).parent / "data" / "name_pairs.tsv"
KINDS: dict[str, tuple[EntityType, str]] = {
    "P": ("Person", "PERSON"),
    "O": ("Organization", "ORG"),
    "C": ("Country", "LOC"),
    "L": ("Place", "LOC"),
}


class Pair(NamedTuple):
    """Two names, each with the country that its article gives, and whether they are one."""

    kind: str
    left: str
    right: str
    same: bool


def read_pairs() -> list[Pair]:
    """The table."""
    lines = [line.split("\t") for line in PAIRS.read_text(encoding="utf8").splitlines() if not line.startswith("#")]
    return [Pair(kind, left, right, same == "1") for kind, left, right, same in lines]


def entity(kind: str, text: str, resources: Resources) -> Entity:
    """The entity of an article that has nothing but this name."""
    name, _, country = (part.strip() for part in text.partition("@"))
    type_, label = KINDS[kind]
    entry = gazetted(name, label, resources.words)
    candidate = Candidate(
        0, 1, 0, "name", entry.type if entry else type_, entry.subtype if entry else None, name, country or None,
        entry.id if entry else None, False, True, None, None,
    )  # fmt: skip
    return make_entity("e1", [candidate], resources.gazetteer, None, [])


def article(number: int, *entities: Entity) -> Extraction:
    """An article in which each entity is mentioned once."""
    numbered = [replace(e, id=f"e{n}") for n, e in enumerate(entities, 1)]
    mentions = tuple(Mention(n, n + 1, e.label, e.type, "name", e.id) for n, e in enumerate(numbered))
    return Extraction(Document(f"d{number:06}", "", "", ""), mentions, tuple(numbered), ())


def nodes_of(*entities: Entity, resources: Resources) -> tuple[Node, ...]:
    """The nodes of as many articles."""
    return resolve([article(n, e) for n, e in enumerate(entities)], resources.gazetteer)


def test_pairs_of_names(resources: Resources) -> None:
    """F1 of at least .95, and no false merge."""
    right, wrong, missed = 0, [], []
    for pair in read_pairs():
        one = len(nodes_of(*(entity(pair.kind, t, resources) for t in pair[1:3]), resources=resources)) == 1
        right += one and pair.same
        if one != pair.same:
            (wrong if one else missed).append((pair.left, pair.right))
    assert wrong == []
    assert 2 * right / (2 * right + len(missed)) >= 0.95, missed


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
