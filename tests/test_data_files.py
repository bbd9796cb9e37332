"""Ontology, frames and lexicon as data: ours are sound, a user's own lie over them, mistakes are told clearly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import rdflib

from kg.datafiles import default_folder, load_data_files
from kg.errors import DataError
from kg.extract import extract_document
from kg.lexicon import load_lexicon
from kg.model import Document
from kg.ontology import load_ontology
from kg.parse import Parser
from kg.resources import Resources, load_resources

PREFIXES = """
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix rel: <https://w3id.org/newskg/relation/> .
@prefix frame: <https://w3id.org/newskg/frame/> .
@prefix lex: <https://w3id.org/newskg/lexicon/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
FAMILIES = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "TRADE", "STATEMENT", "ROLE", "MEMBERSHIP", "LOCATION",
    "PART", "KINSHIP", "STANCE",
}  # fmt: skip


def test_every_family_has_relations(resources: Resources) -> None:
    assert {relation.family for relation in resources.ontology.relations.values()} == FAMILIES


def test_every_word_relation_has_a_frame_or_a_state(resources: Resources) -> None:
    evoked = {frame.relation.name for frame in resources.ontology.frames}
    assert set(resources.ontology.relations) - evoked == {"holdsOffice"}


@pytest.mark.parametrize("path", sorted(default_folder().glob("*.ttl")), ids=lambda p: p.name)
def test_rdflib_reads_our_files_too(path: Path) -> None:
    assert len(rdflib.Graph().parse(path)) > 20


def test_a_relation_of_ones_own_needs_no_python(
    tmp_path: Path, parser: Parser, make_document: Callable[..., Document]
) -> None:
    (tmp_path / "mine.ttl").write_text(
        PREFIXES
        + """
        rel:awarded a owl:ObjectProperty ; kg:family kg:Support ; rdfs:label "awarded"@en ;
          rdfs:domain kg:Actor ; rdfs:range kg:Entity ; skos:definition "Subject gave object a prize, the theme."@en .
        frame:award a kg:Frame ; kg:evokes rel:awarded ; kg:on "award.01 award.v" ; kg:object "ARG2:actor ARG1:actor" ; kg:theme "ARG1:thing" .
        """
    )
    mine = load_resources(tmp_path)
    text = "France awarded Angela Merkel a medal."
    found = [s.relation for s in extract_document(make_document(text), parser, mine).statements]
    assert found == ["awarded"]
    assert "awarded" not in [
        s.relation for s in extract_document(make_document(text), parser, load_resources()).statements
    ]


def test_a_word_class_is_all_its_words_and_may_be_overlaid(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        PREFIXES
        + """
        frame:toys a kg:WordClass ; kg:words "doll teddy_bear" .
        frame:envoys kg:words "herald" .
        frame:give-toys a kg:Frame ; kg:evokes rel:met ; kg:on "toy.v" ; kg:themeIs "@toys ball" ; kg:objectIsNot "@toys" .
        """
    )
    frames = {frame.name: frame for frame in load_ontology(load_data_files(tmp_path)).frames}
    assert frames["give-toys"].heads["theme"] == {"doll", "teddy bear", "ball"}
    assert frames["give-toys"].not_heads["object"] == {"doll", "teddy bear"}
    summon = frames["summon-envoy"].heads["object"]
    assert "herald" in summon
    assert "ambassador" not in summon


def test_an_overlay_replaces_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(PREFIXES + 'lex:denial-verbs kg:words "pooh-pooh" .')
    ours, mine = load_lexicon(load_data_files()), load_lexicon(load_data_files(tmp_path))
    assert "deny" in ours.denials
    assert "deny" not in mine.denials
    assert "pooh-pooh" in mine.denials
    assert mine.speech == ours.speech


@pytest.mark.parametrize(
    "turtle, message",
    [
        ('frame:x a kg:Frame ; kg:evokes rel:nothing ; kg:on "meet.01" .', "is no relation of the ontology"),
        ("frame:x a kg:Frame ; kg:evokes rel:met .", "lacks on"),
        ('frame:x a kg:Frame ; kg:evokes rel:met ; kg:on "meet" .', "can't read the trigger"),
        ('frame:x a kg:Frame ; kg:evokes rel:met ; kg:on "meet.v" ; kg:objectKind "dog" .', "is no kind"),
        ('frame:x a kg:Frame ; kg:evokes rel:met ; kg:on "meet.v" ; kg:object "with:dog" .', "is no kind"),
        (
            'frame:x a kg:Frame ; kg:evokes rel:met ; kg:on "meet.v" ; kg:themeIs "@toys" .',
            "word class @toys, which is not defined",
        ),
        ("rel:x kg:family kg:Nonsense .", "is not defined"),
        ("rel:x kg:family kg:Consult .", "lacks label"),
        ("this is no turtle", "not valid Turtle"),
    ],
)
def test_mistakes_are_one_clear_line(tmp_path: Path, turtle: str, message: str) -> None:
    (tmp_path / "mine.ttl").write_text(PREFIXES + turtle)
    with pytest.raises(DataError, match=message) as caught:
        load_ontology(load_data_files(tmp_path))
    assert "\n" not in str(caught.value)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no \.ttl file here"):
        load_data_files(tmp_path)
