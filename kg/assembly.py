"""From drafts to the record: entities and statements get their ids, mentions their entities."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.completion import complete_drafts
from kg.coref import Discourse
from kg.drafting import Draft
from kg.entities import government_entity, make_entity, office_entity
from kg.mentions import Candidate, whole_phrase
from kg.model import (
    Document,
    Entity,
    EntityType,
    Extraction,
    Mention,
    MentionKind,
    Slot,
    Span,
    Statement,
)
from kg.referents import FIRST_PLURAL, Referent, Referents
from kg.resources import Resources
from kg.syntax import SUBJECTS, sentence_of


class Assembly:
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
        self.brought: dict[str, list[Token]] = defaultdict(list)

    def extraction(self, drafts: list[Draft]) -> Extraction:
        drafts = complete_drafts(drafts, self.discourse, self.resources, self.document.published)
        for draft in drafts:
            if draft.title is not None:
                self.titles[f"t{draft.title}"].append(draft.trigger)
            if draft.family == "MEMBERSHIP" and draft.object is not None:
                self.brought[draft.object.entity].append(draft.trigger)
        said_by = {a.speaker for d in drafts for a in d.source.attributions}
        speakers = {i: found for i in sorted(said_by) if (found := self.referents.of(self.doc[i], acts=True))}
        used = {r.entity for d in drafts for r in (d.subject, d.object, d.theme, d.place) if r is not None}
        used |= {r.entity for found in speakers.values() for r in found} | set(self.titles)
        mentions = self._mentions(used)
        ids = _numbered(mentions)
        entities = tuple(self._entity(key, ids[key], drafts) for key in sorted(ids, key=lambda k: int(ids[k][1:])))
        statements = self._statements(drafts, ids, speakers)
        records = tuple(
            Mention(m.start, m.end, m.text, _type_in(entities, ids[key]), m.kind, ids[key]) for key, m in mentions
        )
        return Extraction(self.document, records, entities, statements)

    # -- mentions and entities --

    def _mentions(self, used: set[str]) -> list[tuple[str, Mention]]:
        """(entity key, mention) of every name, description and pronoun that speaks of something. Descriptions have
        their whole phrase: *the coast of Aceh*."""
        found = []
        for number, candidate in enumerate(self.discourse.candidates):
            entity = self.discourse.entity_of[number]
            key = self.referents.acting.get(number) or self.referents.homes.get(number)
            key = key or (f"c{entity}" if entity is not None else None)
            if key is not None:
                start, end = candidate.start, candidate.end
                if candidate.kind == "nominal":
                    start, end = whole_phrase(self.doc[candidate.head], start, end)
                found.append((key, self._mention(start, end, candidate.kind)))
        for key, tokens in self.titles.items():
            found += [(key, self._mention(t.i, t.i + 1, "nominal")) for t in dict.fromkeys(tokens)]
        named = used | {key for key, _ in found}
        for key, number in self.referents.spoken():
            if key in named:
                found.append((key, self._mention(*self.discourse.candidates[number][:2], "pronoun")))
        present = {key for key, _ in found}
        missing = sorted((used | set(self.referents.governments)) - present)
        found += [(key, m) for key in missing if key in used for m in self._borrowed(key)]
        return sorted(dict.fromkeys(found), key=lambda pair: (pair[1].start, pair[1].end, pair[0]))

    def _borrowed(self, key: str) -> list[Mention]:
        """Mentions of an entity whose own words all went elsewhere: a country that only a speaker's *we* brings in has
        the pronouns, a place all of whose mentions act for its government has these."""
        if key.startswith("c"):
            own = self.discourse.mentions_of(int(key[1:])) or self._described_with_others(int(key[1:]))
            return [self._mention(c.start, c.end, c.kind) for c in own]
        # Tokyo renewed *its* pledge to help: the government acts, its seat is only named.
        heads = [self.doc[c.head] for c in self.discourse.candidates if c.kind == "pronoun"]
        spoken = [t for t in heads if any(r.entity == key for r in self.referents.of(t, acts=True))]
        tokens = [t for t in spoken if t.lower_ in FIRST_PLURAL] or spoken
        if not tokens:
            # An *MEP* brings in the parliament.
            return [self._mention(t.i, t.i + 1, "nominal") for t in dict.fromkeys(self.brought[key])]
        return [self._mention(t.i, t.i + 1, "pronoun") for t in tokens]

    def _described_with_others(self, entity: int) -> list[Candidate]:
        """The plurals that stand for an entity among others (*the Russian and Turkish presidents*)."""
        return [self.discourse.candidates[n] for n, members in self.discourse.members.items() if entity in members]

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
        if number in self.discourse.offices:
            entry = gazetteer.entries[self.discourse.offices[number]]
            described = mentions or self._described_with_others(number)
            return office_entity(id_, entry, described, self.document.published)
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
        self, drafts: list[Draft], ids: dict[str, str], speakers: dict[int, list[Referent]]
    ) -> tuple[Statement, ...]:
        made = []
        for draft in drafts:
            said_by = [speakers[a.speaker] for a in draft.source.attributions if a.speaker in speakers]
            # What several say together each of them says; of what he does himself each says it of himself.
            voices: Iterable[int] = range(len(said_by[0]) if said_by else 1)
            inherited = not any(c.dep_ in SUBJECTS for c in draft.trigger.children)
            own = [n for n in voices if said_by and said_by[0][n].entity == draft.subject.entity]
            voices = own if own and inherited else voices
            made += [self._statement(draft, ids, speakers, voice) for voice in voices]
        unique = {statement.id: statement for statement in made}
        return tuple(sorted(unique.values(), key=lambda s: (s.sentence, s.trigger, s.relation, s.id)))

    def _statement(
        self, draft: Draft, ids: dict[str, str], speakers: dict[int, list[Referent]], voice: int
    ) -> Statement:
        object_, theme = draft.object, draft.theme
        if object_ is None and theme is not None and self.resources.ontology.relations[draft.relation].promotes_theme:
            object_, theme = theme, None
        start, end = sentence_of(self.doc, draft.trigger.i)
        trigger = Span(draft.trigger.idx, draft.trigger.idx + len(draft.trigger))
        spoken = [(a, speakers[a.speaker][0]) for a in draft.source.attributions if a.speaker in speakers]
        if voice:
            spoken[0] = (spoken[0][0], speakers[spoken[0][0].speaker][voice])
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
        return replace(
            statement, id=statement_id(self.document.id, statement, statement.attributed_to if voice else "")
        )

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


def statement_id(document: str, statement: Statement, speaker: str | None = "") -> str:
    """A hash of what a statement says and where: the same words at the same place give the same id; who says it counts
    only for the second and third of several speakers."""
    parts = (
        document, statement.sentence.start, statement.trigger.start, statement.relation, statement.subject, statement.object,
        statement.theme, statement.polarity, statement.modality, *([speaker] if speaker else []),
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]


def _numbered(mentions: list[tuple[str, Mention]]) -> dict[str, str]:
    """Ids e1, e2 ... by first mention."""
    ids: dict[str, str] = {}
    for key, _ in mentions:
        ids.setdefault(key, f"e{len(ids) + 1}")
    return ids


def _type_in(entities: tuple[Entity, ...], id_: str) -> EntityType:
    return entities[int(id_[1:]) - 1].type
