"""The place of an event: what its own words say, what a participant's place tells, and what is a participant's alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Token

from kg.coref import Discourse
from kg.dates import Expression
from kg.frames import Match
from kg.lexicon import Lexicon
from kg.model import EntityType
from kg.parse import Predicate
from kg.quantities import past_quantity
from kg.syntax import preposition
from kg.venues import place_at, place_of

# What is done to somebody is done where he is.
BODILY = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# Families of acts that take place where whoever they are done with is.
THERE = frozenset({"CONSULT", "AGREE", "MOBILIZE"})


class Where(NamedTuple):
    """What places are looked for in."""

    discourse: Discourse
    roles: Mapping[int, Predicate]
    times: Sequence[Expression]
    lexicon: Lexicon


def place_of_event(match: Match, fillers: Mapping[str, Token], where: Where) -> Token | None:
    """The head of the words that say where an event took place; `fillers` are those that the frame doesn't drop."""
    if "place" in fillers:
        return fillers["place"]
    taken = frozenset(past_quantity(t, where.lexicon).i for t in fillers.values())
    placing = list(_placing(match, fillers, where))
    trigger = match.trigger
    found = place_of(trigger, where.roles.get(trigger.i), where.discourse, taken, where.times, where.lexicon)
    travelled = match.frame.relation.name == "visited" and "object" in fillers
    if found is not None and travelled and not trigger.is_ancestor(found):
        # *Returning from Doha, he met her in Khartoum*: that was elsewhere.
        return None
    if found is not None and not _is_apart(found, match, fillers, placing, where):
        return found
    held = taken | {f.token.i for f in match.fillers.values()}
    return next(filter(None, (place_at(token, where.discourse, held, where.lexicon) for token in placing)), None)


def _placing(match: Match, fillers: Mapping[str, Token], where: Where) -> Iterator[Token]:
    """The words whose place is the event's too, where the parser hung it on them: a treaty is signed where it was made,
    somebody is attacked, met, questioned or arrested where he is; a body may be asked from afar."""
    if "theme" in match.fillers and match.frame.heads["theme"]:
        yield match.fillers["theme"].token
    relation = match.frame.relation
    there = relation.family in BODILY or relation.name in ("met", "visited", "released", "aids", "surrenderedTo")
    object_ = fillers.get("object")
    if object_ is not None and (there or (relation.family == "CONSULT" and _type_at(object_, where) == "Person")):
        yield object_
    if relation.family in BODILY and _acts_there(fillers["subject"], where):
        yield fillers["subject"]


def _acts_there(token: Token, where: Where) -> bool:
    """*Were killed by militants in Mali*: where those who did it with their hands are is where it was done; a government
    may do it from afar."""
    servant = token.lemma_.lower() in where.lexicon.state_servants
    return token.dep_ == "obl:agent" and (servant or _type_at(token, where) in ("Person", "Group"))


def _is_apart(place: Token, match: Match, fillers: Mapping[str, Token], placing: Sequence[Token], where: Where) -> bool:
    """Whether a place is a participant's alone: *the junta in Naypyidaw* is recognised from afar."""
    actors = (t for t in fillers.values() if _type_at(t, where) in ("Person", "Organization", "Group", "Country"))
    others = {t.i for t in actors} - {t.i for t in placing}
    return _is_seat(place, match, fillers.get("object"), where.lexicon) or _hangs_on(place, others)


def _is_seat(place: Token, match: Match, object_: Token | None, lexicon: Lexicon) -> bool:
    """Whether a place right behind a government or an officer tells where he sits (*criticised **the junta in
    Niamey***), not where somebody judges him."""
    if object_ is None or match.frame.relation.family in BODILY | THERE:
        return False
    lemma = object_.lemma_.lower()
    type_ = lexicon.nouns.get(lemma)
    governs = type_ is not None and (type_.subtype == "GovernmentBody" or lemma in ("regime", "authority"))
    seated = governs or lexicon.roles.get(lemma) in ("holdsOffice", "speaksFor")
    return seated and place.left_edge.i == object_.i + 1 and preposition(place) == "in"


def _hangs_on(place: Token, others: set[int]) -> bool:
    """Whether a place's phrase is part of the phrase of one of some nouns."""
    while place.dep_ in ("nmod", "conj", "compound", "nmod:poss"):
        place = place.head
        if place.i in others:
            return True
    return False


def _type_at(token: Token, where: Where) -> EntityType | None:
    number = where.discourse.covering(token.i)
    return where.discourse.candidates[number].type if number is not None else None
