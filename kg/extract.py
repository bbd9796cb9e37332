"""Extraction: one article in, its mentions, entities and statements out. A pure function of the document and the data
files."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc

from kg.assembly import Assembly
from kg.attribution import find_attributions, reporting_words
from kg.circumstances import times_of_document
from kg.coref import resolve_coreference
from kg.drafting import Drafting
from kg.fillers import Reader
from kg.frames import Miss, match_frames
from kg.mentions import find_candidates, find_names
from kg.model import (
    Document,
    Extraction,
)
from kg.parse import Parser
from kg.propositions import claimed_words, find_open
from kg.referents import Referents
from kg.repair import repair_tree
from kg.resources import Resources
from kg.states import find_states


class Reading(NamedTuple):
    """An extraction with what `kg explain` tells beyond it: triggers that gave nothing, and why."""

    extraction: Extraction
    misses: tuple[Miss, ...]
    doc: Doc


def extract_document(document: Document, parser: Parser, resources: Resources) -> Extraction:
    """All that kg reads from an article."""
    return read_document(document, parser, resources).extraction


def read_document(document: Document, parser: Parser, resources: Resources) -> Reading:
    """Parse and extract, keeping what explains the result."""
    doc = parser.parse(document.text)
    repair_tree(doc, list(find_names(doc, resources.words)), resources.words)
    candidates = find_candidates(doc, resources.words)
    discourse = resolve_coreference(doc, candidates, resources.words, resources.ontology, document.published)
    attributions, quotations = find_attributions(doc, discourse, resources.lexicon)
    times = times_of_document(doc, document.published, resources.lexicon, quotations)
    referents = Referents(doc, discourse, resources.words, attributions, quotations, times)
    reader = Reader(
        resources.ontology, resources.lexicon, referents.kinds_of, referents.stands_for, reporting_words(attributions)
    )
    matches, misses = match_frames(doc, reader)
    drafting = Drafting(doc, discourse, referents, times, resources, document.published)
    drafts = [draft for match in matches for draft in drafting.events(match)]
    states = list(find_states(doc, discourse, resources.words))
    drafts += [draft for state in states for draft in drafting.states(state)]
    claimed = claimed_words(matches, states)
    known = {r.entity for d in drafts for r in (d.subject, d.object, d.theme, d.place) if r is not None}
    found = find_open(doc, claimed, lambda token: referents.is_entity(token, known), resources.lexicon)
    drafts += [draft for open_ in found for draft in drafting.open(open_)]
    return Reading(Assembly(document, doc, discourse, referents, resources).extraction(drafts), tuple(misses), doc)
