"""Open statements: what sentences say of two entities that no frame knows, kept apart and never asserted.

The articles are of Wednesday 20 July 2022.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.facts import AssertionRule, assemble
from kg.model import Extraction
from kg.propositions import relation_name
from kg.query import Rows, run_query
from kg.rdf import graph_triples
from kg.resources import Resources
from kg.store import open_store
from tests.conftest import line

Extract = Callable[..., Extraction]


def open_lines(found: Extraction) -> list[str]:
    """The open statements as lines."""
    return sorted({line(s, found) for s in found.statements if s.family == "OTHER"})


OPEN = [
    ("Poland outbid Hungary.", ["Poland outbid Hungary"]),
    ("Erdogan travelled through Greece in June.", ["Erdogan travelThrough Greece; time 2022-06-01..2022-06-30"]),
    ("The minister tried to woo Japan.", ["minister woo Japan; desired"]),
    # Passives: the agent does it; phrases go with the participle.
    ("Google was outsmarted by Microsoft.", ["Microsoft outsmart Google"]),
    ("Raisi was born in Mashhad.", ["Raisi bornIn Mashhad"]),
    # What a copula says.
    ("Europe is dependent on Russia.", ["Europe dependentOn Russia"]),
    ("Malta is a magnet for Syrians.", ["Malta magnetFor Syrians"]),
    ("Putin is in Tehran.", ["Putin beIn Tehran"]),
    # Coordination, relative clauses, participles.
    ("Scholz and Merkel overshadowed Macron.", ["Merkel overshadow Macron", "Scholz overshadow Macron"]),
    ("Scholz, who grew up in Hamburg, slept.", ["Scholz growUpIn Hamburg"]),
    # Polarity, modality, speaker, as with any statement.
    ("Lavrov did not outfox Blinken.", ["Lavrov outfox Blinken; negative"]),
    ("Merkel may overshadow Scholz.", ["Merkel overshadow Scholz; possible"]),
    ("Merkel overshadows Scholz, Macron said.", ["Merkel overshadow Scholz; by Macron"]),
    # A capital that does something is its government.
    ("Moscow outbid Berlin.", ["Russia outbid Berlin"]),
]  # fmt: skip

NONE = [
    # A frame knows it, or lends its verb to a noun that one knows.
    "Putin met Raisi in Tehran on Tuesday.",
    "Turkey launched an attack on Syria.",
    "Turkey took part in talks with Syria.",
    "Turkey is a member of NATO.",
    # No two entities: things, times, descriptions alone.
    "Prices rose in July.",
    "Prices rose in Germany in July.",
    "Germany lost a bottle.",
    "The man loved a woman.",
    "It was a long way to Tipperary.",
    # Of whom it is not said.
    "According to Burns, the weather changed.",
    "Iran, like Russia, slept.",
    "Russia wants Iran to sleep.",
    "",
]


@pytest.mark.parametrize("text, expected", [*OPEN, *((text, []) for text in NONE)])
def test_open_statements(text: str, expected: list[str], extract: Extract) -> None:
    assert open_lines(extract(text)) == expected


def test_open_statements_say_which_words_they_come_from(extract: Extract) -> None:
    text = "Lavrov did not outfox Blinken in Geneva."
    statement = next(s for s in extract(text).statements if s.family == "OTHER")
    assert statement.frame == "open"
    assert {s.name: text[s.start : s.end] for s in statement.slots} == {
        "trigger": "outfox", "subject": "Lavrov", "object": "Blinken", "place": "Geneva", "negation": "not",
    }  # fmt: skip


@pytest.mark.parametrize(
    "words, name",
    [
        (("travel", "through"), "travelThrough"),
        (("pull", "out", "of"), "pullOutOf"),
        (("re-open",), "reOpen"),
        (("émigrer", "to"), "emigrerTo"),
        (("a>b", "\\"), "aB"),
        (("習", "to"), ""),
        (("<script>",), "script"),
        (("3d-print",), ""),
    ],
)
def test_names_of_relations_are_safe_in_an_iri(words: tuple[str, ...], name: str) -> None:
    assert relation_name(*words) == name
    assert re.fullmatch(r"[a-z][A-Za-z0-9]*|", name)


def test_they_are_never_asserted_whoever_tells_them(extract: Extract, resources: Resources) -> None:
    texts = ["Poland outbid Hungary.", "Poland outbid Hungary, Macron said.", "Merkel said Poland outbid Hungary."]
    found = [extract(text, id_=f"d{number}") for number, text in enumerate(texts)]
    graph = assemble(found, resources.ontology, resources.gazetteer, AssertionRule(speakers=1))
    facts = [f for f in graph.facts if f.statement.family == "OTHER"]
    assert len(facts) == 3
    assert len({f.group for f in facts}) == 1
    assert not any(f.asserted for f in facts)
    triples = graph_triples(graph, resources.ontology)
    relations = [t for t in triples if "/open/outbid" in t.object.value or "/open/outbid" in t.predicate.value]
    assert {t.predicate.value.rpartition("#")[2] for t in relations} == {"predicate"}


def test_the_store_keeps_them_under_relations_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Poland outbid Hungary in Brussels. Putin met Raisi in Tehran.\n")
    result = CliRunner().invoke(main, ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    query = "SELECT ?r ?o { ?s a kg:Other ; rdf:predicate ?r ; rdf:object/skos:prefLabel ?o ; kg:asserted false }"
    found = run_query(open_store(tmp_path / "out"), query)
    assert isinstance(found, Rows)
    assert [[term.value for term in row if term is not None and hasattr(term, "value")] for row in found.rows] == [
        ["https://w3id.org/newskg/open/outbid", "Hungary"]
    ]
