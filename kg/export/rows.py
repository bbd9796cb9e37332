"""A statement as one flat row: what spreadsheets, data frames and line-by-line tools want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from kg.export.material import Material
from kg.model import Document, Fact, Node
from kg.terms import Names


class StatementRow(NamedTuple):
    """A statement with all its slots. Entities go by label and IRI (`*_iri`); countries are ISO 3166-1 alpha-3 codes.

    `object` is the counterpart, else the thing; `theme` the thing given, asked for or discussed. `earliest` and `latest`
    are the days between which it happened, `time` the words that say so. `asserted` says whether the graph holds it as a
    plain triple. `speaker` is None in the article's own voice; `via` are further speakers, nearest first. Offsets are code
    points in the article's text, end exclusive. `fact` is shared by statements that say the same or its opposite.
    """

    subject: str
    relation: str
    object: str | None
    theme: str | None
    place: str | None
    earliest: date | None
    latest: date | None
    time: str | None
    polarity: str
    modality: str
    asserted: bool
    speaker: str | None
    via: tuple[str, ...]
    manner: str | None
    cue: str | None
    sentence: str
    trigger: str
    title: str | None
    publisher: str | None
    published: date | None
    url: str | None
    source: str
    family: str
    frame: str
    subject_type: str
    subject_country: str | None
    object_type: str | None
    object_country: str | None
    speaker_country: str | None
    sentence_start: int
    sentence_end: int
    trigger_start: int
    trigger_end: int
    statement_iri: str
    fact_iri: str
    subject_iri: str
    object_iri: str | None
    theme_iri: str | None
    place_iri: str | None
    speaker_iri: str | None
    article_iri: str
    origin_iri: str


def statement_rows(material: Material) -> Iterator[StatementRow]:
    """The statements of a graph as rows, in order of article and sentence."""
    nodes = {node.id: node for node in material.graph.nodes}
    documents = {document.id: document for document in material.graph.documents}
    origin_of = material.graph.origin_of
    for fact in material.graph.facts:
        document = documents[fact.document]
        origin = origin_of.get(document.id, document.id)
        yield _row(fact, document, nodes, Names(material.base), origin)


def _row(fact: Fact, document: Document, nodes: Mapping[str, Node], names: Names, origin: str) -> StatementRow:
    s, time = fact.statement, fact.statement.time
    object_ = nodes[s.object] if s.object is not None else None

    def label(id_: str | None) -> str | None:
        return None if id_ is None else nodes[id_].label

    def iri(id_: str | None) -> str | None:
        return None if id_ is None else names.entity(id_).value

    return StatementRow(
        subject=nodes[s.subject].label,
        relation=s.relation,
        object=label(s.object),
        theme=label(s.theme),
        place=label(s.place),
        earliest=time.earliest if time else None,
        latest=time.latest if time else None,
        time=time.text if time else None,
        polarity=s.polarity,
        modality=s.modality,
        asserted=fact.asserted,
        speaker=label(s.attributed_to),
        via=tuple(nodes[id_].label for id_ in s.chain),
        manner=s.manner,
        cue=s.cue,
        sentence=document.text[s.sentence.start : s.sentence.end],
        trigger=document.text[s.trigger.start : s.trigger.end],
        title=document.title,
        publisher=document.publisher,
        published=document.published,
        url=document.url,
        source=document.source,
        family=s.family,
        frame=s.frame,
        subject_type=nodes[s.subject].type,
        subject_country=nodes[s.subject].country,
        object_type=object_.type if object_ else None,
        object_country=object_.country if object_ else None,
        speaker_country=nodes[s.attributed_to].country if s.attributed_to is not None else None,
        sentence_start=s.sentence.start,
        sentence_end=s.sentence.end,
        trigger_start=s.trigger.start,
        trigger_end=s.trigger.end,
        statement_iri=names.statement(fact.id).value,
        fact_iri=names.fact(fact.group).value,
        subject_iri=names.entity(s.subject).value,
        object_iri=iri(s.object),
        theme_iri=iri(s.theme),
        place_iri=iri(s.place),
        speaker_iri=iri(s.attributed_to),
        article_iri=names.article(document.id).value,
        origin_iri=names.article(origin).value,
    )
