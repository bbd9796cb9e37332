"""Coreference within an article: which words speak of whom. Each row lists entities with some of their mentions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Extraction

Extract = Callable[..., Extraction]


def mentions(found: Extraction, label: str) -> list[str]:
    """The words that speak of the entity with a label."""
    ids = {e.id for e in found.entities if e.label == label}
    return [m.text for m in found.mentions if m.entity in ids]


NAMES = [
    # A company with and without what its name ends in, also where it stands alone first.
    (
        "Halvorsen Motors will close a plant in Norway. Halvorsen employs 900 people.",
        {"Halvorsen Motors": ["Halvorsen Motors", "Halvorsen"]},
    ),
    # A surname at the start of a sentence that is a common word.
    (
        "Claire Woods runs the agency. Analysts were surprised. Woods resigned on Monday.",
        {"Claire Woods": ["Claire Woods", "Woods"]},
    ),
    # People's fronts and workers' parties own nothing: it is one name.
    (
        "The Tigray People's Liberation Front left the talks. The TPLF did not say why.",
        {"Tigray People's Liberation Front": ["Tigray People's Liberation Front", "TPLF"]},
    ),
    # A title that belongs to the name stays, one that doesn't goes.
    ("Bangladesh's Sheikh Hasina met Modi.", {"Sheikh Hasina": ["Sheikh Hasina"]}),
    ("Hungarian PM Viktor Orban thanked Serbia.", {"Viktor Orbán": ["Viktor Orban"]}),
    # An office that the model takes for a body.
    ("John Kerry, the Secretary of State, met Lavrov.", {"John Kerry": ["John Kerry", "the Secretary of State"]}),
]


SPEAKERS = [
    ('"I trust the generals," Ruto told reporters.', {"Ruto": ["I", "Ruto"]}),
    (
        '"We will help you and your army," Putin told Raisi in Tehran.',
        {"Putin": ["We", "Putin"], "Raisi": ["you", "your", "Raisi"]},
    ),
]


# The article is of 20 July 2022 unless a day is given.
OFFICES = [
    ("The Iranian president visited Moscow.", None, {"Ebrahim Raisi": ["The Iranian president"]}),
    ("The Iranian president visited Moscow.", "2019-07-20", {"Hassan Rouhani": ["The Iranian president"]}),
    ("Iran's president visited Moscow.", None, {"Ebrahim Raisi": ["Iran's president"]}),
    ("The CIA director warned Iran.", None, {"William Burns": ["The CIA director"]}),
    ("The Russian defence minister flew to Tehran.", None, {"Sergei Shoigu": ["The Russian defence minister"]}),
    # Somebody whom the article names.
    (
        "Putin met Raisi. The Russian president praised his Iranian counterpart.",
        None,
        {"Vladimir Putin": ["Putin", "The Russian president"], "Raisi": ["Raisi", "his Iranian counterpart"]},
    ),
    (
        "The Russian and Turkish presidents met in Sochi.",
        None,
        {"Vladimir Putin": ["The Russian and Turkish presidents"], "Recep Tayyip Erdogan": ["The Russian and Turkish presidents"]},
    ),
]  # fmt: skip

# Titles before surnames: who it is if one head of state or government of that office has the name.
LINKED = [
    ("President Petro rejected the truce.", "2023-03-16", "Gustavo Petro"),
    ("Prime Minister Modi thanked Japan.", "2022-07-20", "Narendra Modi"),
    # Nobody of that name is in office then.
    ("President Petro rejected the truce.", "2015-03-16", None),
    ("Professor Petro rejected the truce.", "2023-03-16", None),
]

# Nobody may be read into these.
NO_HOLDER = [
    "The ousted Sri Lankan president fled to Singapore.",
    "An Iranian president can't sign that.",
    "In 2015 the Iranian president visited Moscow.",
    "The Russian vice president met Modi.",
    # Several lead these states.
    "The leaders of Iran and France met.",
]


@pytest.mark.parametrize("text, expected", NAMES + SPEAKERS)
def test_names_and_speakers(text: str, expected: dict[str, list[str]], extract: Extract) -> None:
    found = extract(text)
    for label, words in expected.items():
        assert set(words) <= set(mentions(found, label))


@pytest.mark.parametrize("text, day, expected", OFFICES)
def test_who_an_office_describes(text: str, day: str | None, expected: dict[str, list[str]], extract: Extract) -> None:
    found = extract(text, day or "2022-07-20")
    for label, words in expected.items():
        assert set(words) <= set(mentions(found, label))


@pytest.mark.parametrize("text, day, label", LINKED)
def test_titles_before_surnames(text: str, day: str, label: str | None, extract: Extract) -> None:
    people = [e for e in extract(text, day).entities if e.type == "Person"]
    assert [e.label for e in people if e.gazetteer] == ([label] if label else [])


@pytest.mark.parametrize("text", NO_HOLDER)
def test_offices_that_tell_of_nobody(text: str, extract: Extract) -> None:
    named = {"Modi"}
    found = extract(text)
    assert [e.label for e in found.entities if e.type == "Person" and e.gazetteer and e.label not in named] == []


def test_an_article_without_a_date_names_no_holder(extract: Extract) -> None:
    found = extract("The Iranian president visited Moscow.", None)
    assert [e.label for e in found.entities if e.type == "Person"] == ["Iranian president"]


def test_an_office_tells_why_it_is_that_person(extract: Extract) -> None:
    (raisi,) = [e for e in extract("The Iranian president left.").entities if e.type == "Person"]
    assert raisi.gazetteer == "ebrahim-raisi"
    assert raisi.why == "'Iranian president' on 2022-07-20: Ebrahim Raisi was president"


def test_mentions_end_before_a_possessive_and_start_after_an_adverb(extract: Extract) -> None:
    texts = [m.text for m in extract("The company's owner is also a minister's friend.").mentions]
    assert "The company" in texts
    assert not any(text.endswith("'s") or text.startswith("also") for text in texts)
