"""Extraction: one article in, its mentions, entities and statements out. A pure function of the document and the data
files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.attribution import Source, find_attributions, source_of
from kg.circumstances import place_at, place_of, time_of, times_of_document
from kg.coref import Discourse, resolve_coreference
from kg.dates import Expression
from kg.entities import government_entity, make_entity
from kg.factuality import Factuality, read_factuality
from kg.frames import Match, Miss, Reader, is_core_kind, match_frames, past_quantity
from kg.mentions import find_candidates, find_names, whole_phrase
from kg.model import (
    Document,
    Entity,
    EntityType,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    Slot,
    Span,
    Statement,
    Time,
)
from kg.ontology import KINDS_OF_TYPE
from kg.parse import Parser, Predicate, predicates
from kg.propositions import Open, claimed_words, find_open
from kg.referents import FIRST_PLURAL, Referent, Referents, is_reciprocal
from kg.repair import repair_tree
from kg.resources import Resources
from kg.states import State, find_states
from kg.syntax import SUBJECTS, sentence_of
from kg.vocabulary import OPEN_FAMILY, OPEN_FRAME

# What is done to somebody is done where he is.
BODILY = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# What only an actor is.
ACTS = frozenset({"actor"})


class Draft(NamedTuple):
    """A statement before its entities have their ids: keys of `Referents` in the slots."""

    relation: str
    family: str
    subject: Referent
    object: Referent | None
    theme: Referent | None
    place: Referent | None
    time: Time | None
    factuality: Factuality
    source: Source
    trigger: Token
    frame: str
    title: str | None = None


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
    times = times_of_document(doc, document.published, resources.lexicon)
    referents = Referents(doc, discourse, resources.words, attributions, quotations, times)
    reader = Reader(resources.ontology, resources.lexicon, referents.kinds_of)
    matches, misses = match_frames(doc, reader)
    drafting = _Drafting(doc, discourse, referents, times, resources, document.published)
    drafts = [draft for match in matches for draft in drafting.events(match)]
    states = list(find_states(doc, discourse, resources.words))
    drafts += [draft for state in states for draft in drafting.states(state)]
    claimed = claimed_words(matches, states)
    known = {r.entity for d in drafts for r in (d.subject, d.object, d.theme, d.place) if r is not None}
    found = find_open(doc, claimed, lambda token: referents.is_entity(token, known), resources.lexicon)
    drafts += [draft for open_ in found for draft in drafting.open(open_)]
    return Reading(_Assembly(document, doc, discourse, referents, resources).extraction(drafts), tuple(misses), doc)


# --- From matches to drafts --------------------------------------------------------------------------


class _Drafting:
    """Distributes slots over entities and adds time, place, factuality and speaker."""

    def __init__(
        self,
        doc: Doc,
        discourse: Discourse,
        referents: Referents,
        times: list[Expression],
        resources: Resources,
        published: date | None,
    ) -> None:
        self.doc, self.discourse, self.referents, self.times, self.resources = (
            doc,
            discourse,
            referents,
            times,
            resources,
        )
        self.published = published
        self.roles: dict[int, Predicate] = {p.word: p for p in predicates(doc)}

    def events(self, match: Match) -> Iterator[Draft]:
        """The drafts of a frame that fired: one for each combination of its participants."""
        frame, trigger = match.frame, match.trigger
        fillers = {slot: f.token for slot, f in match.fillers.items() if slot not in frame.drops}
        subjects = self.referents.of(fillers["subject"], acts=True)
        if len(subjects) == 1 and "object" not in fillers and frame.relation.symmetric:
            subjects = self.referents.parties(fillers["subject"]) or subjects
        objects = self._objects(match, fillers)
        themes: list[Referent | None] = (
            list(self.referents.of(fillers["theme"], acts=False)) if "theme" in fillers else []
        )
        taken = frozenset(past_quantity(t, self.resources.lexicon).i for t in fillers.values())
        place_token = fillers.get("place") or place_of(
            trigger, self.roles.get(trigger.i), self.discourse, taken, self.times, self.resources.lexicon
        )
        if place_token is None:
            held = taken | {f.token.i for f in match.fillers.values()}
            found = (place_at(token, self.discourse, held) for token in _placing(match, fillers))
            place_token = next(filter(None, found), None)
        places = self.referents.of(place_token, acts=False) if place_token is not None else []
        time = time_of(trigger, self.roles.get(trigger.i), self.times, self.resources.lexicon)
        factuality = self._factuality(trigger, frame.modality, frame.negative)
        denied = [f.token.i for f in match.fillers.values() if _is_denied(f.token)]
        if denied and not set(denied) & set(factuality.negators):
            factuality = _turned(factuality)
        source = source_of(trigger.i, self.referents.attributions, self.referents.quotations)
        pairs = list(self._pairs(match, subjects, objects, bool(themes)))
        if not pairs and not objects and len(subjects) == 1 and "theme" in match.fillers:
            # Nobody else takes part: what a mutual act is about stays (the rebels declared *a ceasefire*).
            pairs, themes = [(subjects[0], None)], list(self.referents.of(match.fillers["theme"].token, acts=False))
        for subject, object_ in pairs:
            for theme in themes or [None]:
                if theme is not None and object_ is not None and theme.entity == object_.entity:
                    theme = None
                yield Draft(
                    frame.relation.name, frame.relation.family, subject, object_, theme, places[0] if places else None, time,
                    factuality, source, trigger, frame.name,
                )  # fmt: skip

    def _objects(self, match: Match, fillers: dict[str, Token]) -> list[Referent]:
        token = fillers.get("object")
        if token is None or is_reciprocal(token):
            return []
        wanted = (
            match.frame.kinds.get("object")
            or match.fillers["object"].source.kind
            or ("actor" if match.frame.relation.range == "Actor" else "")
        )
        acts = is_core_kind(wanted) or match.frame.relation.family in (
            "ACCUSE",
            "THREATEN",
            "REQUEST",
            "SANCTION",
            "TRADE",
            "AID",
            "AGREE",
            "SUPPORT",
            "REJECT",
        )
        found = self.referents.of(token, acts=acts)
        if not is_core_kind(wanted) or len(found) == 1:
            return found
        # In *sent guns to Mali and trucks to Chad* no trucks get anything.
        first = KINDS_OF_TYPE[self.discourse.candidates[found[0].candidate].type] if found else frozenset()
        return [r for r in found if r is found[0] or first & ACTS & KINDS_OF_TYPE[self._type(r)] or not first & ACTS]

    def _type(self, referent: Referent) -> EntityType:
        return self.discourse.candidates[referent.candidate].type

    def _pairs(
        self, match: Match, subjects: list[Referent], objects: list[Referent], has_theme: bool
    ) -> Iterator[tuple[Referent, Referent | None]]:
        """Who with whom: subjects by objects; among the subjects where they act on *each other* or the relation is
        mutual."""
        relation = match.frame.relation
        token = match.fillers["object"].token if "object" in match.fillers else None
        between = token is not None and token.i == match.fillers["subject"].token.i
        if (
            (token is not None and is_reciprocal(token))
            or (token is None and relation.symmetric and len(subjects) > 1)
            or between
        ):
            for first, left in enumerate(subjects):
                for second, right in enumerate(subjects):
                    if first < second or (first > second and not relation.symmetric):
                        yield left, right
            return
        for subject in subjects:
            for object_ in objects:
                if object_.entity != subject.entity:
                    yield subject, object_
            if not objects and token is None and (has_theme or not relation.symmetric):
                yield subject, None

    def _factuality(self, trigger: Token, modality: str | None, negative: bool = False) -> Factuality:
        found = read_factuality(trigger, self.resources.lexicon)
        if negative:
            found = _turned(found)
        if modality is not None and found.modality == "actual":
            named: Modality = "desired" if modality == "desired" else "future" if modality == "future" else "possible"
            return found._replace(modality=named)
        return found

    def _time_of_state(self, state: State) -> Time | None:
        """When a state holds: by a date that goes with its words; of what is former, until the article's day at the
        latest."""
        if state.presupposed:
            # What stands between an apposition's noun and its closing comma dates it, however it was parsed.
            after = self.doc[state.trigger.i + 1 : state.trigger.sent.end]
            closing = next((t.idx for t in after if t.text in (",", ";", "–", "—")), -1)
            dated = state.frame.startswith("apposition")
            inside = [time for time in self.times if dated and state.trigger.idx < time.start < closing]
            found = inside[0].time if len(inside) == 1 else None
        else:
            found = time_of(state.trigger, None, self.times, self.resources.lexicon)
        if found is None and state.former is not None:
            return Time(state.former.text, None, self.published)
        return found

    def states(self, state: State) -> Iterator[Draft]:
        """The drafts of a state."""
        relation = self.resources.ontology.relations[state.relation]
        subjects = self.referents.of(state.subject, acts=relation.domain == "Actor" and state.relation != "locatedIn")
        objects: list[Referent | None] = (
            list(self.referents.of(state.object, acts=self._is_state_office(state, relation.family)))
            if state.object is not None
            else [None]
        )
        factuality = (
            Factuality("positive", "actual", (), ()) if state.presupposed else self._factuality(state.trigger, None)
        )
        source = (
            Source((), None)
            if state.presupposed
            else source_of(state.trigger.i, self.referents.attributions, self.referents.quotations)
        )
        time = self._time_of_state(state)
        pairs: list[tuple[Referent, Referent | None]]
        if objects == [None] and relation.symmetric:
            pairs = list(combinations(subjects, 2))
        else:
            holders = subjects[:1] if relation.family == "ROLE" else subjects
            pairs = [(s, o) for s in holders for o in objects if o is None or o.entity != s.entity]
        for subject, object_ in pairs:
            yield Draft(
                relation.name, relation.family, subject, object_, None, None, time, factuality, source, state.trigger,
                state.frame, state.title,
            )  # fmt: skip

    def open(self, open_: Open) -> Iterator[Draft]:
        """The drafts of an open statement, of which one side at least has a name."""
        trigger, predicate = open_.trigger, self.roles.get(open_.trigger.i)
        subjects = self.referents.of(open_.subject, acts=open_.acts)
        objects = self.referents.of(open_.object, acts=False)
        taken = frozenset((open_.subject.i, open_.object.i))
        place = place_of(trigger, predicate, self.discourse, taken, self.times, self.resources.lexicon)
        places = self.referents.of(place, acts=False) if place is not None else []
        time = time_of(trigger, predicate, self.times, self.resources.lexicon)
        factuality = self._factuality(trigger, None)
        source = source_of(trigger.i, self.referents.attributions, self.referents.quotations)
        for subject in subjects:
            for object_ in objects:
                if subject.entity != object_.entity and (self._is_named(subject) or self._is_named(object_)):
                    yield Draft(
                        open_.relation, OPEN_FAMILY, subject, object_, None, places[0] if places else None, time,
                        factuality, source, trigger, OPEN_FRAME,
                    )  # fmt: skip

    def _is_named(self, referent: Referent) -> bool:
        return self.referents.is_named(referent.entity)

    def _is_state_office(self, state: State, family: str) -> bool:
        """Whether what an office is of acts: the president of Kyiv is Ukraine's, its mayor is its own."""
        return family == "ROLE" and (state.title or "") not in self.resources.lexicon.city_offices


# --- From drafts to the record -----------------------------------------------------------------------


class _Assembly:
    """Gives entities their records and ids, and statements theirs."""

    def __init__(
        self, document: Document, doc: Doc, discourse: Discourse, referents: Referents, resources: Resources
    ) -> None:
        self.document, self.doc, self.discourse, self.referents, self.resources = (
            document,
            doc,
            discourse,
            referents,
            resources,
        )
        self.titles: dict[str, list[Token]] = defaultdict(list)

    def extraction(self, drafts: list[Draft]) -> Extraction:
        drafts = self._completed(drafts)
        for draft in drafts:
            if draft.title is not None:
                self.titles[f"t{draft.title}"].append(draft.trigger)
        speakers = {a.speaker: r for d in drafts for a in d.source.attributions for r in self._speaker(a.speaker)}
        used = {r.entity for d in drafts for r in (d.subject, d.object, d.theme, d.place) if r is not None}
        used |= {r.entity for r in speakers.values()} | set(self.titles)
        mentions = self._mentions(used)
        ids = _numbered(mentions)
        entities = tuple(self._entity(key, ids[key], drafts) for key in sorted(ids, key=lambda k: int(ids[k][1:])))
        statements = self._statements(drafts, ids, speakers)
        records = tuple(
            Mention(m.start, m.end, m.text, _type_in(entities, ids[key]), m.kind, ids[key]) for key, m in mentions
        )
        return Extraction(self.document, records, entities, statements)

    def _completed(self, drafts: list[Draft]) -> list[Draft]:
        """Offices without a body (*President Putin*) get the one the article gives the person elsewhere; those that
        stay without, and repetitions within a sentence, go."""
        bodies: dict[tuple[str, str], Referent] = {}
        for draft in drafts:
            if draft.family == "ROLE" and draft.object is not None:
                bodies.setdefault((draft.subject.entity, draft.relation), draft.object)
        kept: dict[tuple[object, ...], Draft] = {}
        for draft in drafts:
            if draft.family == "ROLE" and draft.object is None:
                body = bodies.get((draft.subject.entity, draft.relation))
                if body is None:
                    continue
                draft = draft._replace(object=body)
            key = (
                draft.relation,
                draft.subject.entity,
                _key(draft.object),
                _key(draft.theme),
                draft.title,
                draft.trigger.sent.start,
                draft.factuality.polarity,
                draft.factuality.modality,
                draft.time and draft.time.text,
            )
            kept.setdefault(key, draft)
        return list(kept.values())

    def _speaker(self, token: int) -> list[Referent]:
        return self.referents.of(self.doc[token], acts=True)[:1]

    # -- mentions and entities --

    def _mentions(self, used: set[str]) -> list[tuple[str, Mention]]:
        """(entity key, mention) of every name, description and pronoun that speaks of something. Descriptions have
        their whole phrase: *the coast of Aceh*."""
        found = []
        for number, candidate in enumerate(self.discourse.candidates):
            entity = self.discourse.entity_of[number]
            key = self.referents.acting.get(number) or (f"c{entity}" if entity is not None else None)
            if key is not None:
                start, end = candidate.start, candidate.end
                if candidate.kind == "nominal":
                    start, end = whole_phrase(self.doc[candidate.head], start, end)
                found.append((key, self._mention(start, end, candidate.kind)))
        for key, tokens in self.titles.items():
            found += [(key, self._mention(t.i, t.i + 1, "nominal")) for t in dict.fromkeys(tokens)]
        present = {key for key, _ in found}
        missing = sorted((used | set(self.referents.governments)) - present)
        found += [(key, m) for key in missing if key in used for m in self._borrowed(key)]
        return sorted(dict.fromkeys(found), key=lambda pair: (pair[1].start, pair[1].end, pair[0]))

    def _borrowed(self, key: str) -> list[Mention]:
        """Mentions of an entity whose own words all went elsewhere: a country that only a speaker's *we* brings in has
        the pronouns, a place all of whose mentions act for its government has these."""
        if key.startswith("c"):
            own = self.discourse.mentions_of(int(key[1:]))
            return [self._mention(c.start, c.end, c.kind) for c in own]
        tokens = [
            t
            for t in self.doc
            if t.lower_ in FIRST_PLURAL and any(r.entity == key for r in self.referents.of(t, acts=True))
        ]
        return [self._mention(t.i, t.i + 1, "pronoun") for t in tokens]

    def _mention(self, start: int, end: int, kind: MentionKind) -> Mention:
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        return Mention(first, last, self.document.text[first:last], "Item", kind, "")

    def _entity(self, key: str, id_: str, drafts: list[Draft]) -> Entity:
        gazetteer = self.resources.gazetteer
        acting = [self.discourse.candidates[n].name for n, k in self.referents.acting.items() if k == key]
        if key.startswith("t"):
            return Entity(id_, key[1:], "Item", named=False)
        if key.startswith("g"):
            return government_entity(id_, gazetteer.entries[key[1:]], acting)
        number = int(key[1:])
        mentions = [
            c
            for n, (c, e) in enumerate(zip(self.discourse.candidates, self.discourse.entity_of, strict=True))
            if e == number and n not in self.referents.acting
        ]
        if not mentions:
            mentions = self.discourse.mentions_of(number)
        entity = make_entity(id_, mentions, gazetteer, self.document.published, self._countries(key, drafts))
        return replace(entity, aliases=tuple(sorted({*entity.aliases, *acting} - {entity.label})))

    def _countries(self, key: str, drafts: list[Draft]) -> Iterator[str]:
        """The countries that an entity's offices give it: of the state, or of the body it serves."""
        for draft in drafts:
            if draft.family == "ROLE" and draft.subject.entity == key and draft.object is not None:
                candidate = self.discourse.candidates[draft.object.candidate]
                entry = self.resources.gazetteer.entries.get(candidate.gazetteer or "")
                if candidate.country or (entry and entry.country):
                    yield candidate.country or (entry.country if entry else None) or ""

    # -- statements --

    def _statements(
        self, drafts: list[Draft], ids: dict[str, str], speakers: dict[int, Referent]
    ) -> tuple[Statement, ...]:
        made = [self._statement(draft, ids, speakers) for draft in drafts]
        unique = {statement.id: statement for statement in made}
        return tuple(sorted(unique.values(), key=lambda s: (s.sentence, s.trigger, s.relation, s.id)))

    def _statement(self, draft: Draft, ids: dict[str, str], speakers: dict[int, Referent]) -> Statement:
        object_, theme = draft.object, draft.theme
        if object_ is None and theme is not None and self.resources.ontology.relations[draft.relation].takes_thing:
            object_, theme = theme, None
        start, end = sentence_of(self.doc, draft.trigger.i)
        trigger = Span(draft.trigger.idx, draft.trigger.idx + len(draft.trigger))
        spoken = [(a, speakers[a.speaker]) for a in draft.source.attributions if a.speaker in speakers]
        # Whoever considers doing something doesn't claim it of himself.
        own = any(c.dep_ in SUBJECTS for c in draft.trigger.children)
        if draft.relation == "said" or not own:
            spoken = [(a, r) for a, r in spoken if not (a.is_belief and r.entity == draft.subject.entity)]
        # Somebody says it whom the article doesn't name (*many say*): a claim all the same.
        unnamed = [a for a in draft.source.attributions if a.speaker not in speakers] if not spoken else []
        told = [a for a, _ in spoken] or unnamed
        cue = self.doc[told[0].cue].text if told and told[0].cue is not None else None
        theme_key = ids[theme.entity] if theme is not None else ids[f"t{draft.title}"] if draft.title else None
        statement = Statement(
            id="",
            subject=ids[draft.subject.entity],
            relation=draft.relation,
            family=draft.family,
            object=ids[object_.entity] if object_ else None,
            theme=theme_key,
            place=ids[draft.place.entity] if draft.place else None,
            time=draft.time,
            polarity=draft.factuality.polarity,
            modality=draft.factuality.modality,
            attributed_to=ids[spoken[0][1].entity] if spoken else None,
            manner=draft.source.manner if told else None,
            cue=cue,
            sentence=Span(start, end),
            trigger=trigger,
            frame=draft.frame,
            chain=tuple(ids[r.entity] for _, r in spoken[1:]),
            slots=self._slots(draft, object_, theme, trigger, spoken[0][0].speaker if spoken else None),
        )
        return replace(statement, id=statement_id(self.document.id, statement))

    def _slots(
        self, draft: Draft, object_: Referent | None, theme: Referent | None, trigger: Span, speaker: int | None
    ) -> tuple[Slot, ...]:
        slots = [Slot("trigger", trigger.start, trigger.end)]
        for name, referent in (
            ("subject", draft.subject),
            ("object", object_),
            ("theme", theme),
            ("place", draft.place),
        ):
            if referent is not None:
                candidate = self.discourse.candidates[referent.candidate]
                slots.append(
                    Slot(
                        name,
                        self.doc[candidate.start].idx,
                        self.doc[candidate.end - 1].idx + len(self.doc[candidate.end - 1]),
                    )
                )
        if speaker is not None:
            slots.append(Slot("speaker", self.doc[speaker].idx, self.doc[speaker].idx + len(self.doc[speaker])))
        for name, tokens in (("negation", draft.factuality.negators), ("modality", draft.factuality.modals)):
            slots += [Slot(name, self.doc[i].idx, self.doc[i].idx + len(self.doc[i])) for i in tokens]
        return tuple(slots)


def _placing(match: Match, fillers: dict[str, Token]) -> Iterator[Token]:
    """The words whose place is the event's too, where the parser hung it on them: a treaty is signed where it was made,
    somebody is attacked, met or arrested where he is."""
    if "theme" in match.fillers and match.frame.heads["theme"]:
        yield match.fillers["theme"].token
    if "object" in fillers and (match.frame.relation.family in BODILY or match.frame.relation.name == "met"):
        yield fillers["object"]


def _turned(factuality: Factuality) -> Factuality:
    return factuality._replace(polarity="negative" if factuality.polarity == "positive" else "positive")


def _is_denied(token: Token) -> bool:
    """Whether a slot's words say that it is none (*no drones*, *neither Japan nor Korea*)."""
    return any(
        c.lower_ in ("no", "neither") and c.dep_ in ("det", "cc:preconj", "cc", "advmod") for c in token.children
    )


def statement_id(document: str, statement: Statement) -> str:
    """A hash of what a statement says and where: the same words at the same place give the same id."""
    parts = (
        document, statement.sentence.start, statement.trigger.start, statement.relation, statement.subject, statement.object,
        statement.theme, statement.polarity, statement.modality,
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def _key(referent: Referent | None) -> str | None:
    return referent.entity if referent is not None else None


def _numbered(mentions: list[tuple[str, Mention]]) -> dict[str, str]:
    """Ids e1, e2 ... by first mention."""
    ids: dict[str, str] = {}
    for key, _ in mentions:
        ids.setdefault(key, f"e{len(ids) + 1}")
    return ids


def _type_in(entities: tuple[Entity, ...], id_: str) -> EntityType:
    return entities[int(id_[1:]) - 1].type
