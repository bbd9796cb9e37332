"""Relations and frames, read from the ontology's Turtle.

A frame's slot says where its filler is found, as a list of sources of which the first hit wins: a semantic role
(`ARG0`), a preposition (`with`), or for nouns `poss`, `amod`, `compound`; `obj`, `nsubj` are the parse's own.
A source may be narrowed to a kind: `ARG1:actor`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from kg.datafiles import DataFiles, Entry, local_name, require
from kg.errors import DataError
from kg.model import EntityType
from kg.vocabulary import KG, OWL, RDF, RDFS, REL, SKOS

KINDS = frozenset(
    ("actor", "person", "organization", "organization-or-country", "place", "actor-or-place", "target", "thing", "thing-or-place", "inanimate", "event", "any")
)  # fmt: skip
# The kinds that something of an entity type may be.
KINDS_OF_TYPE: dict[EntityType, frozenset[str]] = {
    "Person": frozenset({"actor", "person", "actor-or-place", "target", "any"}),
    "Group": frozenset({"actor", "person", "actor-or-place", "target", "any", "organization"}),
    "Organization": frozenset({"actor", "organization", "organization-or-country", "actor-or-place", "target", "any"}),
    "Country": frozenset(
        {"actor", "place", "organization-or-country", "actor-or-place", "target", "thing-or-place", "any"}
    ),
    "Place": frozenset({"place", "actor-or-place", "target", "thing-or-place", "any"}),
    "Item": frozenset({"thing", "thing-or-place", "any"}),
    "Event": frozenset({"thing", "event", "any"}),
    "Agreement": frozenset({"thing", "any"}),
}
TRIGGER = re.compile(r"\s*([a-z][a-z' -]*?)\.(\d+|[vnj])(?=\s|$)", re.IGNORECASE)


class Relation(NamedTuple):
    """A relation of the ontology. `family` is its PLOVER event type or state (CONSULT, ROLE ...); `takes_thing` says
    whether its object may be something else than an actor; `keeps_theme` that a theme stays one where no object is told
    (*withdrew its troops*)."""

    name: str
    family: str
    label: str
    symmetric: bool
    domain: str
    range: str
    keeps_theme: bool

    @property
    def takes_thing(self) -> bool:
        """Whether the object may be a thing."""
        return self.range == "Entity"

    @property
    def promotes_theme(self) -> bool:
        """Whether a theme is the object where no other is told."""
        return self.takes_thing and not self.keeps_theme


class Source(NamedTuple):
    """Where a slot's filler may be found, and of what kind it then has to be."""

    where: str
    kind: str | None


@dataclass(frozen=True)
class Frame:
    """Words that evoke a relation, and where its slots are found.

    `sources`, `heads` (lemmas one of which a filler's head must be), `not_heads` and `kinds` go by slot; `requires`
    names slots without which nothing is said, `requires_one` those of which one suffices ("content" is a clause or
    quotation that the trigger reports, "alone" a verb without object or phrase), `drops` slots that only select the frame; `companions` are lemmas one
    of which must stand in the trigger's clause; `negative` words say that it is not so (*distrust*); `only` restricts the trigger to parts of speech (v, n, j);
    `overlaid` frames are a user's own, and tried before ours."""

    name: str
    relation: Relation
    rolesets: frozenset[str]
    lemmas: frozenset[str]
    sources: Mapping[str, tuple[Source, ...]]
    heads: Mapping[str, frozenset[str]]
    not_heads: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]
    requires: frozenset[str]
    requires_one: frozenset[str]
    drops: frozenset[str]
    modality: str | None
    negative: bool
    companions: frozenset[str]
    complements: frozenset[str]
    only: frozenset[str]
    overlaid: bool


@dataclass(frozen=True)
class Ontology:
    """All relations by name, and frames by what triggers them ("meet.03", or lemma and part of speech "sanction.n")."""

    relations: Mapping[str, Relation]
    frames: tuple[Frame, ...]
    by_trigger: Mapping[str, tuple[Frame, ...]]

    def is_symmetric(self, relation: str) -> bool:
        """Whether a relation says the same both ways; open relations, which the ontology doesn't know, never do."""
        known = self.relations.get(relation)
        return known is not None and known.symmetric

    def frames_for(self, roleset: str | None, lemma: str) -> Iterator[Frame]:
        """Frames that a word evokes by its roleset or its lemma ("meet.v"), each once, those keyed on the sense
        first."""
        seen = set()
        for trigger in (roleset, lemma):
            for frame in self.by_trigger.get(trigger or "", ()):
                if frame.name not in seen:
                    seen.add(frame.name)
                    yield frame


SLOTS = ("subject", "object", "theme", "place")


def load_ontology(data: DataFiles) -> Ontology:
    """Relations and frames of the data files. Raises DataError where a definition is incomplete or contradicts
    itself."""
    families = {
        entry.iri: entry.one(RDFS + "label") or entry.name for entry in data.entries.values() if _is_family(entry)
    }
    relations = {relation.name: relation for relation in _relations(data, families)}
    classes = {entry.name: entry.words(KG + "words") for entry in data.of_class("WordClass")}
    frames = tuple(_frame(entry, relations, classes) for entry in data.of_class("Frame"))
    by_trigger: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        for trigger in sorted(frame.rolesets | frame.lemmas):
            by_trigger[trigger].append(frame)
    return Ontology(relations, frames, {trigger: tuple(found) for trigger, found in by_trigger.items()})


def _is_family(entry: Entry) -> bool:
    parents = entry.all(RDFS + "subClassOf")
    return KG + "Family" in parents or KG + "Cooperate" in parents


def _relations(data: DataFiles, families: Mapping[str, str]) -> Iterator[Relation]:
    for entry in data.entries.values():
        family = entry.one(KG + "family")
        if not entry.iri.startswith(REL) or family is None:
            continue
        if family not in families:
            raise DataError(f"{entry.iri}: its family {local_name(family)} is not defined")
        require(entry, (RDFS + "label", SKOS + "definition", RDFS + "domain", RDFS + "range"))
        yield Relation(
            name=entry.name,
            family=families[family],
            label=entry.one(RDFS + "label") or entry.name,
            symmetric=OWL + "SymmetricProperty" in entry.all(RDF + "type"),
            domain=local_name(entry.one(RDFS + "domain") or ""),
            range=local_name(entry.one(RDFS + "range") or ""),
            keeps_theme=entry.one(KG + "keepsTheme") == "true",
        )


def _frame(entry: Entry, relations: Mapping[str, Relation], classes: Mapping[str, tuple[str, ...]]) -> Frame:
    require(entry, (KG + "evokes", KG + "on"))
    relation = relations.get(local_name(entry.one(KG + "evokes") or ""))
    if relation is None:
        raise DataError(f"{entry.iri}: evokes {entry.one(KG + 'evokes')}, which is no relation of the ontology")
    triggers = [trigger for value in entry.all(KG + "on") for trigger in read_triggers(entry, value)]
    sources = {slot: tuple(_sources(entry, slot)) for slot in SLOTS}
    if not sources["subject"]:
        sources["subject"] = (Source("ARG0", None),)
    return Frame(
        name=entry.name,
        relation=relation,
        rolesets=frozenset(t for t in triggers if t[-1].isdigit()),
        lemmas=frozenset(t for t in triggers if not t[-1].isdigit()),
        sources=sources,
        heads={slot: frozenset(_class_words(entry, f"{slot}Is", classes)) for slot in SLOTS},
        not_heads={slot: frozenset(_class_words(entry, f"{slot}IsNot", classes)) for slot in SLOTS},
        kinds={slot: kind for slot in SLOTS if (kind := _kind(entry, slot)) is not None},
        requires=frozenset(entry.words(KG + "requires")),
        requires_one=frozenset(entry.words(KG + "requiresOne")),
        drops=frozenset(entry.words(KG + "drop")),
        modality=entry.one(KG + "modality"),
        negative=entry.one(KG + "polarity") == "negative",
        companions=frozenset(_class_words(entry, "with", classes)),
        complements=frozenset(_class_words(entry, "complement", classes)),
        only=frozenset(entry.words(KG + "only")),
        overlaid=entry.overlaid,
    )


def _class_words(entry: Entry, condition: str, classes: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The words of a condition, those of the word classes it names (`@weapons`) among them. Raises DataError at a
    class that isn't defined."""
    for word in entry.words(KG + condition):
        if not word.startswith("@"):
            yield word
        elif word[1:] in classes:
            yield from classes[word[1:]]
        else:
            raise DataError(f"{entry.iri}: {condition} names the word class {word}, which is not defined")


def read_triggers(entry: Entry, value: str) -> Iterator[str]:
    """The triggers of a `kg:on` value. Raises DataError at what is neither a roleset nor lemma.v, .n or .j."""
    position = 0
    for match in TRIGGER.finditer(value):
        if value[position : match.start()].strip():
            break
        position = match.end()
        yield f"{match.group(1).strip()}.{match.group(2)}"
    if value[position:].strip():
        raise DataError(
            f"{entry.iri}: can't read the trigger at {value[position:].strip()[:30]!r} (want meet.03 or meet.v)"
        )


def _sources(entry: Entry, slot: str) -> Iterator[Source]:
    for word in (entry.one(KG + slot) or "").split():
        where, _, kind = word.partition(":")
        if kind and kind not in KINDS:
            raise DataError(f"{entry.iri}: {kind!r} in {slot} is no kind (one of {', '.join(sorted(KINDS))})")
        yield Source(where, kind or None)


def _kind(entry: Entry, slot: str) -> str | None:
    kind = entry.one(f"{KG}{slot}Kind")
    if kind is not None and kind not in KINDS:
        raise DataError(f"{entry.iri}: {slot}Kind {kind!r} is no kind (one of {', '.join(sorted(KINDS))})")
    return kind
