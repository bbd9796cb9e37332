"""The records that travel between the stages. Frozen, plain, and free of every other module of ours.

Offsets are code points into `Document.text`, end exclusive. Entities and statements of an `Extraction` are
local to its article; `KnowledgeGraph` holds them resolved across articles.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

EntityType = Literal["Person", "Organization", "Country", "Place", "Group", "Item", "Event", "Agreement"]
Subtype = Literal[
    "GovernmentBody", "IntergovernmentalOrganization", "Company", "NewsAgency", "ArmedGroup", "Party", "NGO"
]
MentionKind = Literal["name", "nominal", "pronoun", "adjective"]
Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "possible", "future", "desired"]
Manner = Literal["quote", "paraphrase"]


class Span(NamedTuple):
    """A stretch of a document's text: [start, end) in code points."""

    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A cleaned article. Its `text` is final: every offset of every later record points into it.

    `source` is where it came from: its URL if known, else its path below the folder that was read. `published`
    is the day of publication, None if nothing states it. `sha256` is the hash of `text` in UTF-8. `reference`
    says which original the text reports after (publisher, title, date), None for an original.
    """

    id: str
    source: str
    text: str
    sha256: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    url: str | None = None
    language: str = "en"
    reference: str | None = None


class Mention(NamedTuple):
    """A stretch of text that names or describes an entity of the same extraction."""

    start: int
    end: int
    text: str
    type: EntityType
    kind: MentionKind
    entity: str


@dataclass(frozen=True)
class Entity:
    """What the mentions of one article talk about.

    `country` is the ISO 3166-1 alpha-3 code of the state the entity belongs to, None if it belongs to none or it is
    not said. `link` is an IRI (Wikidata where the gazetteer knows it), None if nothing in the gazetteer fits.
    `gazetteer` is the local name of the gazetteer entry, None likewise. `named` is False for entities that only
    descriptions mention ("Iranian officials"). `why` explains the link.
    """

    id: str
    label: str
    type: EntityType
    subtype: Subtype | None = None
    aliases: tuple[str, ...] = ()
    country: str | None = None
    link: str | None = None
    gazetteer: str | None = None
    named: bool = True
    why: str | None = None


@dataclass(frozen=True)
class Time:
    """When something happened: the words, and the earliest and latest day they allow (None: unbounded)."""

    text: str
    earliest: date | None
    latest: date | None


class Slot(NamedTuple):
    """The words that filled a slot of a statement ("subject", "object", "theme", "place", "time",
    "speaker", "trigger", "negation", "modality")."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """Who did what to whom, as one sentence says it.

    `subject`, `object`, `theme`, `place`, `attributed_to` are entity ids. `object` is the counterpart actor where one
    is expressed, else the thing; `theme` is the thing given, sold, asked for or discussed. `family` is the relation's
    family (PLOVER event type or state). `attributed_to` is the speaker, None in the article's own voice; `chain`
    holds the further speakers of a nested attribution, innermost first. `cue` is the word that reports. `frame` names
    the rule that fired.
    """

    id: str
    subject: str
    relation: str
    family: str
    object: str | None
    theme: str | None
    place: str | None
    time: Time | None
    polarity: Polarity
    modality: Modality
    attributed_to: str | None
    manner: Manner | None
    cue: str | None
    sentence: Span
    trigger: Span
    frame: str
    chain: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Extraction:
    """All that was read from one article: a pure function of the document, the data files and the model."""

    document: Document
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]


class Origin(NamedTuple):
    """An entity of one article."""

    document: str
    entity: str


@dataclass(frozen=True)
class Node:
    """An entity across articles. `id` is the local name of its IRI; `origins` are the article entities that were
    merged into it, each pair of names in `reasons` saying why."""

    id: str
    label: str
    type: EntityType
    subtype: Subtype | None
    aliases: tuple[str, ...]
    country: str | None
    link: str | None
    named: bool
    origins: tuple[Origin, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A resolved statement: entity ids are node ids. `id` is a hash of what it says and where; `group` is the same
    for statements that say the same (subject, relation, object, theme, day, polarity aside). `asserted` holds if the
    fact is positive, actual and in an article's own voice or claimed by two independent speakers."""

    id: str
    group: str
    document: str
    statement: Statement
    asserted: bool


@dataclass(frozen=True)
class KnowledgeGraph:
    """The whole corpus, resolved. `origin_of` maps a document to the first of its near-duplicates (itself if it
    has none); sources are counted by that."""

    documents: tuple[Document, ...]
    nodes: tuple[Node, ...]
    facts: tuple[Fact, ...]
    origin_of: dict[str, str] = field(default_factory=dict)
