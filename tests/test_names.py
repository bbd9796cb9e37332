"""Names: which are spellings of one, within an article and across."""

from __future__ import annotations

import pytest

from kg.model import Document, Entity, Extraction, Mention
from kg.naming import name_key
from kg.resolve import resolve
from kg.resources import Resources
from kg.spelling import is_acronym, same_person


@pytest.mark.parametrize(
    "a, b, same",
    [
        ("Putin", "Vladimir Putin", True),
        ("Ibrahim Raisi", "Ebrahim Raisi", True),
        ("V. Putin", "Vladimir Putin", True),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", True),
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", True),
        ("Muammar Gaddafi", "Moammar Qaddafi", True),
        ("Xi", "Xi Jinping", True),
        ("Bill Clinton", "Hillary Clinton", False),
        ("Vladimir Putin", "Lyudmila Putina", False),
        ("Hassan Rouhani", "Hassan Nasrallah", False),
        ("John Kerry", "John Kirby", False),
    ],
)
def test_persons_of_one_article(a: str, b: str, same: bool) -> None:
    assert same_person(a, b) is same
    assert same_person(b, a) is same


@pytest.mark.parametrize(
    "short, long, expected",
    [
        ("SCO", "Shanghai Cooperation Organisation", True),
        ("USIP", "United States Institute of Peace", True),
        ("UN", "United Nations", True),
        ("CIA", "Cairo Art Institute", False),
        ("IRAN", "Institute of Rare Antique Nails", True),
        ("Iran", "Institute of Rare Antique Nails", False),
    ],
)
def test_acronyms(short: str, long: str, expected: bool) -> None:
    assert is_acronym(short, long) is expected


def test_keys_forget_case_accents_and_marks() -> None:
    assert name_key("Côte d’Ivoire") == name_key("cote d'ivoire")
    assert name_key("U.S.") == name_key("US")
    assert name_key("The Hague") == name_key("the hague")
    assert name_key("Erdoğan") == "erdogan"


def article(id_: str, *entities: Entity) -> Extraction:
    text = " ".join(e.label for e in entities)
    mentions = tuple(Mention(0, 1, e.label, e.type, "name", e.id) for e in entities)
    return Extraction(Document(id_, id_, text, "0"), mentions, entities, ())


def person(id_: str, label: str, country: str | None = None, gazetteer: str | None = None) -> Entity:
    return Entity(id_, label, "Person", country=country, gazetteer=gazetteer)


def organization(id_: str, label: str, *aliases: str, country: str | None = None) -> Entity:
    return Entity(id_, label, "Organization", aliases=aliases, country=country)


@pytest.mark.parametrize(
    "left, right, merged",
    [
        (person("e1", "Ebrahim Raisi", "IRN"), person("e1", "Ibrahim Raisi", "IRN"), True),
        (person("e1", "Ebrahim Raisi"), person("e1", "Ibrahim Raisi", "IRN"), True),
        # A surname alone needs an anchor: here the country.
        (person("e1", "Raisi", "IRN"), person("e1", "Ebrahim Raisi", "IRN"), True),
        (person("e1", "Schmidt"), person("e1", "Helmut Schmidt", "DEU"), False),
        (person("e1", "Anna Schmidt", "DEU"), person("e1", "Anna Schmidt", "AUT"), False),
        (
            person("e1", "George Bush", "USA", "george-h-w-bush"),
            person("e1", "George Bush", "USA", "george-w-bush"),
            False,
        ),
        (organization("e1", "US Institute of Peace"), organization("e1", "American Institute of Peace"), True),
        (organization("e1", "United States Institute of Peace"), organization("e1", "USIP"), True),
        (
            organization("e1", "Ministry of Defence", country="FRA"),
            organization("e1", "Ministry of Defence", country="GBR"),
            False,
        ),
        (organization("e1", "Bank of China"), organization("e1", "Bank of Japan"), False),
        (organization("e1", "Paris"), Entity("e1", "Paris", "Person"), False),
        (Entity("e1", "drones", "Item", named=False), Entity("e1", "drones", "Item", named=False), True),
        # Officials of a country are one group; officials of none are each article's own.
        (
            Entity("e1", "Russian officials", "Group", country="RUS", named=False),
            Entity("e1", "Russian officials", "Group", country="RUS", named=False),
            True,
        ),
        (Entity("e1", "officials", "Group", named=False), Entity("e1", "officials", "Group", named=False), False),
    ],
)
def test_entities_of_two_articles(left: Entity, right: Entity, merged: bool, resources: Resources) -> None:
    nodes = resolve([article("a", left), article("b", right)], resources.gazetteer)
    assert (len(nodes) == 1) is merged
    assert len({n.id for n in nodes}) == len(nodes)
    if merged:
        assert nodes[0].reasons


def test_the_order_of_articles_does_not_matter(resources: Resources) -> None:
    articles = [
        article("a", person("e1", "Raisi", "IRN"), organization("e2", "USIP")),
        article("b", person("e1", "Ebrahim Raisi", "IRN"), organization("e2", "US Institute of Peace")),
        article("c", person("e1", "Ibrahim Raisi"), organization("e2", "United States Institute of Peace")),
    ]
    assert resolve(articles, resources.gazetteer) == resolve(articles[::-1], resources.gazetteer)


def test_a_surname_that_fits_two_people_stays_apart(resources: Resources) -> None:
    articles = [
        article("a", person("e1", "Clinton", "USA")),
        article("b", person("e1", "Bill Clinton", "USA")),
        article("c", person("e1", "Hillary Clinton", "USA")),
    ]
    assert sorted(n.label for n in resolve(articles, resources.gazetteer)) == [
        "Bill Clinton",
        "Clinton",
        "Hillary Clinton",
    ]
