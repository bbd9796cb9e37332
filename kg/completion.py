"""What drafts of one article tell each other: the body of an office, repetitions, purposes told already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.coref import Discourse
from kg.drafting import Draft
from kg.entities import find_link
from kg.referents import Referent
from kg.resources import Resources


def complete_drafts(
    drafts: Sequence[Draft], discourse: Discourse, resources: Resources, published: date | None
) -> list[Draft]:
    """Offices without a body (*President Putin*) get the one the article gives the person elsewhere, or the state of
    which the gazetteer knows that; those that stay without, and repetitions within a sentence, go. So do purposes that
    a statement tells already (*gave ventilators **to help Ethiopia***)."""
    told = [d for d in drafts if d.family == "ROLE" and d.object is not None]
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.family == "ROLE" and draft.object is None:
            body = _body_elsewhere(draft, told, discourse, resources) or _known_state(
                draft, discourse, resources, published
            )
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
    done = list(kept.values())
    return [d for d in done if not any(_tells_purpose(other, d) or _tells_what_for(other, d) for other in done)]


def _body_elsewhere(draft: Draft, told: Sequence[Draft], discourse: Discourse, resources: Resources) -> Referent | None:
    """The body that the article gives a person in the same office, else in another that may be of the same one: of a
    state, or in charge of a body. A party's leader isn't its *premier*, nor a newspaper's columnist a university's."""
    same = [d for d in told if (d.subject.entity, d.relation) == (draft.subject.entity, draft.relation)]
    alike = [d for d in same if (d.title or "").split()[-1:] == (draft.title or "").split()[-1:]]
    lexicon, last = resources.lexicon, (draft.title or "").split()[-1:]
    public = set(last) <= lexicon.leader_roles | lexicon.ministers | lexicon.envoys
    also = [d for d in same if draft.relation in ("leads", "speaksFor") or (public and _is_state(d.object, discourse))]
    return next((d.object for d in [*alike, *also]), None)


def _is_state(referent: Referent | None, discourse: Discourse) -> bool:
    if referent is None or not referent.entity.startswith("c"):
        return referent is not None
    return any(c.type == "Country" for c in discourse.mentions_of(int(referent.entity[1:])))


def _known_state(draft: Draft, discourse: Discourse, resources: Resources, published: date | None) -> Referent | None:
    """The state, named in the article, of which the gazetteer knows that somebody holds an office without a body."""
    gazetteer = resources.gazetteer
    mentions = discourse.mentions_of(int(draft.subject.entity[1:])) if draft.subject.entity[0] == "c" else []
    names = [c for c in mentions if c.kind == "name"]
    link = find_link(names, mentions, gazetteer, published, []) if names and draft.title else None
    if link is None or link.entry.type != "Person" or link.entry.country is None:
        return None
    country, title = link.entry.country, draft.title or ""
    past = published is None or draft.time is not None
    terms = [t.holder for t in gazetteer.terms.get((country, title), ()) if past]
    holders = [*terms, *(e.id for e in gazetteer.holders(country, title, published))]
    named = [n for n, c in enumerate(discourse.candidates) if c.type == "Country" and c.country == country]
    entities = [(discourse.entity_of[n], n) for n in named if discourse.candidates[n].kind == "name"]
    found = next(((e, n) for e, n in entities if e is not None), None)
    return Referent(f"c{found[0]}", found[1]) if found and link.entry.id in holders else None


def _tells_purpose(draft: Draft, purpose: Draft) -> bool:
    """Whether a statement tells already what its infinitive names as purpose: of the same two, in the same family."""
    same = (draft.family, draft.subject.entity, _key(draft.object)) == (
        purpose.family,
        purpose.subject.entity,
        _key(purpose.object),
    )
    later = purpose.factuality.modality == "future" and purpose.trigger.tag_ == "VB" and purpose.object is not None
    return same and later and draft.trigger.i != purpose.trigger.i and draft.trigger.is_ancestor(purpose.trigger)


def _tells_what_for(draft: Draft, bare: Draft) -> bool:
    """Whether a statement tells what is protested of a protest that tells only that it was one (*took to the streets **to
    protest against the law***)."""
    same = (draft.relation, draft.subject.entity) == (bare.relation, bare.subject.entity) and draft.family == "PROTEST"
    told = draft.object is not None and bare.object is None and bare.theme is None
    return same and told and bare.trigger.is_ancestor(draft.trigger)


def _key(referent: Referent | None) -> str | None:
    return referent.entity if referent is not None else None
