"""From frames and states to drafts: slots distributed over entities, with time, place, factuality and speaker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.attribution import Source, source_of
from kg.circumstances import in_present, time_of
from kg.coref import Discourse
from kg.dates import Expression
from kg.factuality import Factuality, read_factuality
from kg.frames import Match
from kg.members import each_apart, is_reciprocal
from kg.model import (
    EntityType,
    Modality,
    Time,
)
from kg.ontology import KINDS_OF_TYPE
from kg.parse import Predicate, predicates
from kg.placing import Where, place_of_event
from kg.propositions import Open
from kg.referents import Referent, Referents
from kg.resources import Resources
from kg.selection import is_core_kind
from kg.standing import State, told_by
from kg.venues import place_of
from kg.vocabulary import OPEN_FAMILY, OPEN_FRAME

# The modality of what may be wished, under way or done unless it is told when it took place (*its exit from the EU*).
UNDATED = "undated"
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


class Drafting:
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
        # A capital that lies somewhere is the city.
        subjects = self.referents.of(fillers["subject"], acts=frame.kinds.get("subject") != "place")
        if frame.relation.domain == "Person":
            # Who may marry *men, and abolition of polygamy*: what is coordinated with persons needn't be one.
            subjects = [s for s in subjects if s is subjects[0] or self._type(s) not in ("Item", "Event", "Agreement")]
        alone = fillers.get("object", fillers["subject"]).i == fillers["subject"].i
        if len(subjects) == 1 and ((alone and frame.relation.symmetric) or self._serve_states(fillers["subject"])):
            subjects = self.referents.parties(fillers["subject"]) or subjects
        objects = self._objects(match, fillers)
        themes: list[Referent | None] = (
            list(self.referents.of(fillers["theme"], acts=False)) if "theme" in fillers else []
        )
        where = Where(self.discourse, self.roles, self.times, self.resources.lexicon)
        place_token = place_of_event(match, fillers, where)
        places = self.referents.of(place_token, acts=False) if place_token is not None else []
        if place_token is not None and place_token.lemma_.lower() in self.resources.lexicon.capital_nouns:
            places = [p for p in places if self._is_named(p)]
        time = time_of(trigger, self.roles.get(trigger.i), self.times, self.resources.lexicon)
        modality = frame.modality
        if modality == UNDATED:
            modality = None if self._is_past(time) else "possible"
        factuality = self._ahead(trigger, time, self._factuality(trigger, modality, frame.negative))
        denied = [f.token.i for f in match.fillers.values() if _is_denied(f.token)]
        if denied and not set(denied) & set(factuality.negators):
            factuality = _turned(factuality)
        source = source_of(trigger.i, self.referents.attributions, self.referents.quotations)
        if (
            objects
            and themes
            and match.fillers["object"].source.where == "owner"
            and frame.relation.family == "CONCEDE"
        ):
            # Backed down on *its* plan: nobody else takes part.
            objects = [o for o in objects if any(o.entity != s.entity for s in subjects)]
        pairs = list(self._pairs(match, subjects, objects, bool(themes)))
        told = match.fillers if frame.relation.takes_thing else fillers
        named = "theme" in told and frame.relation.family != "ASSAULT"
        if not pairs and not objects and len(subjects) == 1 and named:
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

    def _serve_states(self, token: Token) -> bool:
        """Whether a plural is of people who act for states: *Polish and Czech ministers*, no companies."""
        lexicon = self.resources.lexicon
        lemma = token.lemma_.lower()
        return lexicon.roles.get(lemma) in ("holdsOffice", "speaksFor") or lemma in lexicon.state_servants

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
        if token is None and has_theme and each_apart(match.fillers["subject"].token):
            yield from ((subject, None) for subject in subjects)
            return
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
        apart = any(t.lower_ == "respectively" for t in match.trigger.subtree)
        if apart and len(subjects) == len(objects) > 1:
            yield from zip(subjects, objects, strict=True)
            return
        for subject in subjects:
            for object_ in objects:
                if object_.entity != subject.entity:
                    yield subject, object_
            if not objects and (token is None or has_theme) and (has_theme or not relation.symmetric):
                yield subject, None

    def _is_past(self, time: Time | None) -> bool:
        """Whether a time tells of something that it took place."""
        latest = time.latest if time is not None else None
        return latest is not None and self.published is not None and latest < self.published

    def _factuality(self, trigger: Token, modality: str | None, negative: bool = False) -> Factuality:
        found = read_factuality(trigger, self.resources.lexicon)
        if negative:
            found = _turned(found)
        if modality is not None and found.modality == "actual":
            named: Modality = "desired" if modality == "desired" else "future" if modality == "future" else "possible"
            return found._replace(modality=named)
        return found

    def _ahead(self, trigger: Token, time: Time | None, found: Factuality) -> Factuality:
        """What is told in the present of a day ahead is to come (*flies to Delhi next week*)."""
        first = time.earliest if time is not None else None
        ahead = first is not None and self.published is not None and first > self.published
        return (
            found._replace(modality="future") if ahead and found.modality == "actual" and in_present(trigger) else found
        )

    def _time_of_state(self, state: State) -> Time | None:
        """When a state holds: by a date that goes with its words; of what is former, until the article's day at the
        latest."""
        if state.presupposed:
            # What stands between an apposition's noun and its closing comma dates it, however it was parsed; what a
            # relative clause tells of its bearer doesn't.
            after = self.doc[state.trigger.i + 1 : state.trigger.sent.end]
            ends = (",", ";", "–", "—")
            closing = next((t.idx for t in after if t.text in ends or t.tag_ in ("WP", "WDT", "WP$", "WRB")), -1)
            dated = state.frame.startswith("apposition")
            inside = [time for time in self.times if dated and state.trigger.idx < time.start < closing]
            found = inside[0].time if len(inside) == 1 else None
        else:
            told = told_by(state)
            found = time_of(told, None, self.times, self.resources.lexicon)
            verb = told if told.pos_ == "VERB" else told.head
            office = self.resources.ontology.relations[state.relation].family == "ROLE"
            if office and verb.lemma_ in self.resources.lexicon.installing | {"become"}:
                # Named envoy *on Monday*: the office begins then.
                first = time_of(verb, None, self.times, self.resources.lexicon)
                found = Time(first.text, first.earliest, None) if first is not None and first.earliest else None
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
        if state.body is not None and subjects:
            objects = [self.referents.of_entry(self.resources.gazetteer.entries[state.body], subjects[0].candidate)]
        factuality = (
            Factuality("positive", "actual", (), ()) if state.presupposed else self._factuality(told_by(state), None)
        )
        source = (
            Source((), None)
            if state.presupposed
            else source_of(state.trigger.i, self.referents.attributions, self.referents.quotations)
        )
        time = self._time_of_state(state)
        factuality = factuality if state.presupposed else self._ahead(told_by(state), time, factuality)
        pairs: list[tuple[Referent, Referent | None]]
        if objects == [None] and relation.symmetric:
            pairs = list(combinations(subjects, 2))
        else:
            # What one is called by a singular noun isn't said of those coordinated with him.
            alone = relation.family == "ROLE" or state.apart or (state.presupposed and state.trigger.tag_ == "NN")
            holders = subjects[:1] if alone else subjects
            objects = self._alike(objects[:1] if state.apart else objects)
            pairs = [(s, o) for s in holders for o in objects if o is None or o.entity != s.entity]
        for subject, object_ in pairs:
            yield Draft(
                relation.name, relation.family, subject, object_, None, None, time, factuality, source, state.trigger,
                state.frame, state.title,
            )  # fmt: skip

    def _alike(self, objects: list[Referent | None]) -> list[Referent | None]:
        """What is coordinated with a state's object takes part in it only if both are persons, or none is."""
        person = [o is not None and self._type(o) == "Person" for o in objects]
        return [o for o, is_person in zip(objects, person, strict=True) if is_person == person[0]]

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
        local = {state.title or "", (state.title or "").split(" ")[-1]} & self.resources.lexicon.city_offices
        return family == "STANCE" or (family == "ROLE" and not local)


def _turned(factuality: Factuality) -> Factuality:
    return factuality._replace(polarity="negative" if factuality.polarity == "positive" else "positive")


def _is_denied(token: Token) -> bool:
    """Whether a slot's words say that it is none (*no drones*, *neither Japan nor Korea*)."""
    return any(
        c.lower_ in ("no", "neither") and c.dep_ in ("det", "cc:preconj", "cc", "advmod") for c in token.children
    )
