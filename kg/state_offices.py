"""Whose offices are whose: the states and bodies of what somebody is called by a noun of office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.coref import Discourse
from kg.implied import body_called, land_of_owner
from kg.mentions import Candidate, Words, title_in
from kg.standing import State
from kg.syntax import children, is_passive, preposition
from kg.title_words import spelled_title
from kg.titles import (
    PERSONAL,
    Office,
    candidate_at,
    complements,
    may_employ,
    office_of,
)


class Said(NamedTuple):
    """A noun said of somebody, with who that is and whether it is over."""

    holder: Token
    noun: Token
    way: str
    candidate: Candidate
    former: Token | None

    def state(self, relation: str, object_: Token | None, title: str | None = None) -> State:
        presupposed = self.way != "copula"
        frame = f"{self.way}-{relation}"
        return State(relation, self.holder, object_, self.noun, title, self.former, presupposed, frame)


def roles_of(said: Said, title: str, discourse: Discourse, words: Words) -> Iterator[State]:
    noun = said.noun
    if title in words.lexicon.role_bodies:
        spelled = spelled_title(noun, title, discourse, words.lexicon)
        yield said.state(words.lexicon.roles[title], None, spelled)._replace(body=words.lexicon.role_bodies[title])
        return
    relation, bodies = office_of(noun, title, discourse, words)
    if said.way == "title" and _is_anothers(noun, bodies, discourse, words):
        return
    if not bodies:
        relation, bodies = _shared(noun, relation, discourse, words)
    if not bodies:
        bodies = _behind(noun, said.holder, relation, title, discourse, words)
    if not bodies and said.way == "copula":
        found = _appointing(noun, discourse, words) if relation == "holdsOffice" else []
        # *Chad's Deby sworn in as president*.
        found += children(said.holder, "nmod:poss")
        bodies = [c for c in found if may_employ(c, noun, relation, title, discourse, words)]
    if not bodies and title.split()[-1] in words.lexicon.ministers:
        bodies = land_of_owner(noun, discourse)
    if not bodies and relation == "holdsOffice":
        bodies = _removing(said, discourse, words)
    spelled = spelled_title(noun, title, discourse, words.lexicon)
    spelled = words.gazetteer.spellings.get(spelled, spelled)
    if not bodies:
        relation, bodies = body_called(noun, title, relation, discourse, words)
    if not bodies and relation != "memberOf":
        yield said.state(relation, None, spelled)
    for body in bodies[:2]:
        yield said.state(relation, body, spelled)


def _behind(noun: Token, holder: Token, relation: str, title: str, discourse: Discourse, words: Words) -> list[Token]:
    """What stands behind a name with a title before it: *Justice Minister Isaias Tesfay of **Eritrea***, *the justice
    minister, Isaias Tesfay of **Eritrea***."""
    before = noun.dep_ in ("compound", "nmod:desc") or (holder.dep_ == "appos" and holder.head.i == noun.i)
    if not before or relation not in PERSONAL:
        return []
    found = [c for c in children(holder, "nmod") if preposition(c) == "of" and c.i > holder.i]
    return [c for c in found if may_employ(c, noun, relation, title, discourse, words)]


def _is_anothers(noun: Token, bodies: list[Token], discourse: Discourse, words: Words) -> bool:
    """*US president and Chinese premier Li Keqiang*: of two states' offices the nearer one is his."""
    later = [(c, title) for c in children(noun, "conj") if (title := title_in(c, words)) is not None]
    others = [b for c, title in later for b in office_of(c, title, discourse, words).bodies]
    own, theirs = (
        {c.country for b in found if (c := candidate_at(b, discourse)) is not None and c.type == "Country"}
        for found in (bodies, others)
    )
    return bool(own and theirs) and not own & theirs


def _shared(noun: Token, relation: str, discourse: Discourse, words: Words) -> Office:
    """Of what a role is that shares its complement with the one that is coordinated with it (*founder and chief executive
    of Repsol*, *Pirelli chairman and chief executive*)."""
    beside = children(noun, "conj") or ([noun.head] if noun.dep_ == "conj" else [])
    titled = [(c, title) for c in beside if (title := title_in(c, words)) is not None]
    for other, title in titled:
        office = office_of(other, title, discourse, words)
        if office.bodies and {office.relation, relation} <= {"leads", "holdsOffice"}:
            return Office(relation, office.bodies)
    return Office(relation, [])


def _appointing(office: Token, discourse: Discourse, words: Words) -> list[Token]:
    """Who appoints somebody to an office: *Spain* named her ambassador, *Bulgarian* lawmakers swore her in; the state of
    the president who does."""
    verb = office.head
    if verb.lemma_ not in words.lexicon.installing:
        return []
    found = children(verb, *(("obl:agent",) if is_passive(verb) else ("nsubj",)))
    return [
        *found,
        *(nation for noun in found for nation in children(noun, "amod", "nmod:poss", "compound")),
        *(state for noun in found for state in _governed_by(noun, discourse, words)),
    ]


def _removing(said: Said, discourse: Discourse, words: Words) -> list[Token]:
    """The state of which he is president who removes somebody from its offices (*The Tunisian president sacked Prime
    Minister Mechichi*)."""
    for part in (said.holder, said.noun):
        verb = part.head
        if part.dep_ in ("obj", "nsubj:pass") and verb.lemma_ in words.lexicon.dismissing:
            doers = children(verb, *(("obl:agent",) if is_passive(verb) else ("nsubj",)))
            found = [state for doer in doers for state in _governed_by(doer, discourse, words)]
            return [c for c in found if (at := candidate_at(c, discourse)) is not None and at.type == "Country"][:1]
    return []


def _governed_by(holder: Token, discourse: Discourse, words: Words) -> Iterator[Token]:
    """The states and bodies of which the article calls somebody an office holder."""
    number = discourse.covering(holder.i)
    entity = discourse.entity_of[number] if number is not None else None
    for mention in discourse.mentions_of(entity) if entity is not None else ():
        if mention.type != "Person":
            continue
        head = holder.doc[mention.head]
        for noun in (head, *children(head, "nmod:desc", "compound", "appos")):
            title = title_in(noun, words)
            if title is not None and words.lexicon.roles[title] in ("holdsOffice", "leads"):
                bodies = office_of(noun, title, discourse, words).bodies
                bodies = bodies or _behind(noun, head, "holdsOffice", title, discourse, words)
                yield from (
                    b for b in bodies if (c := candidate_at(b, discourse)) and c.type in ("Country", "Organization")
                )


def counterpart_of(said: Said, discourse: Discourse, words: Words) -> Iterator[State]:
    """*his Uzbek counterpart, Aziz Tursunov*: who holds for one state the office that somebody holds for another."""
    owners = [c for c in children(said.noun, "nmod:poss") if c.i in discourse.at]
    entities = [discourse.entity_of[discourse.at[c.i]] for c in owners]
    titles = [c.title for e in entities if e is not None for c in discourse.mentions_of(e) if c.title]
    offices = [title for title in titles if words.lexicon.roles.get(title) == "holdsOffice"]
    for nation in complements(said.noun, "holdsOffice") if offices else ():
        candidate = candidate_at(nation, discourse)
        if candidate is not None and candidate.type == "Country" and nation not in owners:
            yield said.state("holdsOffice", nation, offices[0])
