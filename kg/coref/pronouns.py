"""Coreference of pronouns: by agreement, by what their verb takes, and by salience."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.almanac import MONTHS, WEEKDAYS
from kg.control import subject
from kg.coref.bargains import bargained_with, doer_of_both, helped_in
from kg.coref.clusters import ACTORS, REACH, Clusters
from kg.coref.pointers import met_before, resolve_ordinal, resolve_there, resolve_two
from kg.coref.salience import (
    as_named,
    gender_fits,
    is_source,
    is_speaker,
    is_told_by,
    salience_of,
    stands_for_government,
)
from kg.mentions import ORDINALS, Candidate
from kg.naming import name_key
from kg.selection import antecedent
from kg.syntax import OBJECTS, RELATIVES, SUBJECTS, children, conjuncts, first_conjunct, preposition

CALENDAR = frozenset((*MONTHS, *WEEKDAYS))


def resolve_pronoun(known: Clusters, number: int) -> None:
    candidate = known.candidates[number]
    token = known.doc[candidate.head]
    lower = token.lower_
    if lower in ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours"):
        return
    if lower == "one":
        # *One has to say*: anybody; *one was signed*: another of its kind.
        return
    if lower == "two":
        pair = resolve_two(known, number)
        if pair is not None:
            known.members[number] = pair
        return
    if lower in ORDINALS or candidate.type == "Place":
        pointed = (
            resolve_ordinal(known, number, lower == "latter") if lower in ORDINALS else resolve_there(known, number)
        )
        if pointed is not None:
            known.assign(number, pointed)
        return
    own = _reflected(known, token)
    own = _of_first_listed(known, candidate, token) if own is None else own
    own = bargained_with(known, number) if own is None else own
    own = helped_in(known, number) if own is None else own
    own = doer_of_both(known, number) if own is None else own
    if own is not None:
        known.assign(number, own)
        return
    if candidate.plural:
        _resolve_they(known, number)
        return
    if candidate.type == "Person":
        found = _most_salient(
            known, number, lambda c: c.type == "Person" and not c.plural and gender_fits(known, c, candidate)
        )
    else:
        speaks = is_speaker(known, token)
        found = _most_salient(known, number, lambda c: _may_be_it(known, c, speaks))
    if found is None:
        found = _ahead(known, number)
    if found is not None:
        known.assign(number, found)


def _ahead(known: Clusters, number: int) -> int | None:
    """The name that is the main clause's subject, for a pronoun in a clause before it (*before **he** left, Lopez …*)."""
    pronoun = known.doc[known.candidates[number].head]
    clause = next((t for t in pronoun.ancestors if t.dep_ == "advcl"), None)
    own = subject(clause.head) if clause is not None and clause.i < clause.head.i else None
    at = known.at.get(own.i) if own is not None and own.i > pronoun.i else None
    if at is None or known.candidates[at].kind != "name":
        return None
    named, candidate = known.candidates[at], known.candidates[number]
    person = candidate.type == "Person"
    fits = gender_fits(known, named, candidate) if person else named.type in ("Country", "Organization")
    return known.entity[at] if fits and person == (named.type == "Person") else None


def _reflected(known: Clusters, pronoun: Token) -> int | None:
    """The subject's entity for *himself*, *themselves*; None where nothing alone is the subject."""
    if not pronoun.lower_.endswith(("self", "selves")) or pronoun.head.pos_ != "VERB":
        return None
    own = subject(pronoun.head)
    return known.entity_at(antecedent(own)) if own is not None and not children(own, "conj") else None


def _of_first_listed(known: Clusters, candidate: Candidate, pronoun: Token) -> int | None:
    """The entity that a list begins with, for *its* and *his* further on in it (*the Front, **its** ally the League and
    **its** partner the Union*)."""
    noun = pronoun.head.head if pronoun.head.dep_ in ("nmod:desc", "appos") else pronoun.head
    owned = any(c.lower_ == "own" for c in pronoun.head.children)
    if pronoun.dep_ != "nmod:poss" or noun.dep_ != "conj" or candidate.plural or owned:
        return None
    first = first_conjunct(noun)
    owners = [c for c in children(first, "nmod:poss") if c.pos_ != "PRON"]
    # *Kerry's tour and **his** attempts*.
    first = owners[0] if owners else first
    at = known.at.get(first.i)
    named = known.candidates[at] if at is not None else None
    if named is None or named.kind == "pronoun" or named.plural:
        return None
    if candidate.type == "Person":
        fits = named.type == "Person" and gender_fits(known, named, candidate)
    else:
        fits = named.type in ("Country", "Organization")
    return known.entity_at(first) if fits else None


def _may_be_it(known: Clusters, earlier: Candidate, speaks: bool) -> bool:
    """*it* is a country, body or thing; what *it* says, a body or a place that stands for one."""
    if earlier.plural or earlier.kind == "adjective":
        return False
    if earlier.type in ("Country", "Organization") or (earlier.type == "Group" and earlier.kind == "nominal"):
        return True
    if earlier.type == "Place" and earlier.kind == "name" and known.doc[earlier.head].dep_ in (*SUBJECTS, *OBJECTS):
        return stands_for_government(known, earlier)
    facility = earlier.type == "Place" and earlier.kind != "name"
    if earlier.name.lower() in CALENDAR:
        return False
    return not speaks and (facility or earlier.type in ("Item", "Event", "Agreement"))


def _resolve_they(known: Clusters, number: int) -> None:
    """*they* is a plural mention, or a coordination, of the sentences before."""
    best: tuple[float, int] | None = None
    pronoun = known.doc[known.candidates[number].head]
    doers = _doers(known, pronoun)
    for other, earlier in enumerate(known.candidates[:number]):
        entity = known.entity[other]
        if entity is None or earlier.kind == "adjective" or not _may_precede(known, earlier, number):
            continue
        group = _coordinated(known, other)
        if doers and doers == (group or known.members.get(other)):
            # *They stopped them*: others.
            continue
        plural = group or (earlier.plural and earlier.type in ACTORS | {"Item"}) or other in known.members
        force = known.doc[earlier.head].lemma_.lower() in known.words.lexicon.state_servants
        tells = is_told_by(pronoun, known.doc[earlier.head]) and _acts_on_others(pronoun)
        body = earlier.type in ("Organization", "Country", "Group") and (earlier.kind == "name" or force or tells)
        body = body and known.doc[earlier.head].dep_ not in ("compound", "nmod:poss", "nmod:desc", "amod", "appos")
        if not (plural or body):
            continue
        score = salience_of(known, other, number) + (0.5 if as_named(known, other).type in ACTORS else 0.0)
        # A body is *they* where nothing plural is near (*the team lost their lead*).
        score -= 0.0 if plural or tells else 2.5
        if best is None or score >= best[0]:
            best = (score, other)
    if best is None:
        together = met_before(known, number)
        if together is not None:
            known.members[number] = together
            known.assign(number, None)
        return
    chosen = best[1]
    group = _coordinated(known, chosen)
    if group and not known.candidates[chosen].plural:
        known.members[number] = group
        known.assign(number, None)
    else:
        if chosen in known.members:
            known.members[number] = known.members[chosen]
        known.assign(number, known.entity[chosen])


def _doers(known: Clusters, pronoun: Token) -> tuple[int, ...]:
    """The several for whom the subject of an object's verb stands."""
    own = subject(pronoun.head) if pronoun.dep_ in ("obj", "iobj") else None
    at = known.at.get(own.i) if own is not None else None
    return known.members.get(at, ()) if at is not None else ()


def _acts_on_others(pronoun: Token) -> bool:
    """*Staff said **they** stopped **them***: of two plurals one is who speaks."""
    return pronoun.dep_ in SUBJECTS and any(c.lower_ == "them" for c in children(pronoun.head, "obj"))


def _coordinated(known: Clusters, number: int) -> tuple[int, ...] | None:
    """The entities of a coordination of actors that a candidate begins."""
    head = known.doc[known.candidates[number].head]
    if head.dep_ == "conj":
        return None
    parts = [known.at.get(token.i) for token in conjuncts(head)]
    if len(parts) < 2 or any(p is None for p in parts):
        return None
    numbers = [p for p in parts if p is not None]
    if any(known.candidates[p].type not in ACTORS | {"Place"} for p in numbers):
        return None
    entities = [known.entity[p] for p in numbers]
    return tuple(e for e in entities if e is not None) if all(e is not None for e in entities) else None


def _most_salient(known: Clusters, number: int, fits: Callable[[Candidate], bool]) -> int | None:
    best: tuple[float, int] | None = None
    for other, earlier in enumerate(known.candidates[:number]):
        entity = known.entity[other]
        if entity is None or not _may_precede(known, earlier, number) or not fits(as_named(known, other)):
            continue
        score = salience_of(known, other, number)
        if best is None or score >= best[0]:
            best = (score, entity)
    return best[1] if best else None


def _may_precede(known: Clusters, earlier: Candidate, number: int) -> bool:
    """Within reach, and not the pronoun's own clause-mate object (*he met him*)."""
    candidate = known.candidates[number]
    distance = known.sentence[candidate.head] - known.sentence[earlier.head]
    if not 0 <= distance <= REACH - 1:
        return False
    pronoun, other = known.doc[candidate.head], known.doc[earlier.head]
    if other.dep_ == "xcomp" and earlier.kind == "nominal":
        # Took her *hostage*: that is said of somebody.
        return False
    if other.lemma_ in known.words.lexicon.counts and any(preposition(c) == "of" for c in children(other, "nmod")):
        # *Thousands of miners*: the miners are spoken of.
        return False
    verb = pronoun.head
    if verb.dep_ == "acl:relcl" and verb.head.i == other.i and any(c.lower_ in RELATIVES for c in verb.children):
        # In "Washington, which it accuses" somebody else does.
        return False
    if (
        is_speaker(known, pronoun)
        and not is_source(other)
        and any(c.dep_ == "ccomp" and c.i < pronoun.i and other.i in {t.i for t in c.subtree} for c in verb.children)
    ):
        # In "Moscow may buy them, it added" somebody else than Moscow adds it.
        return False
    apart = any(t.text in (";", ":") for t in known.doc[other.i : pronoun.i]) if other.i < pronoun.i else False
    if is_speaker(known, pronoun) and other.i in known.quoted and pronoun.i not in known.quoted and distance == 0:
        # In "The minister," he added, "has met them" somebody else than the minister speaks.
        return False
    if distance == 0 and other.i in known.quoted and pronoun.i not in known.quoted and not earlier.definite:
        # "The plan was to kill people," he answered when asked if they had: not those of whom he speaks.
        return False
    if pronoun.i in known.quoted and _quotes(known, earlier, pronoun):
        # "They killed three," the residents said: somebody else did.
        return False
    spoken = is_speaker(known, pronoun)
    if spoken and pronoun.head.dep_ == "parataxis" and other.head.i == pronoun.head.head.i and not apart:
        # In "Putin, he said, wanted ..." somebody else speaks.
        return False
    reflexive = pronoun.lower_.endswith(("self", "selves"))
    if pronoun.dep_ in ("obj", "iobj") and not reflexive:
        if verb.lemma_ in known.words.lexicon.denials and pronoun.lower_ == "it":
            # What is denied is that something is so.
            return earlier.type in ("Item", "Event", "Agreement")
        own = subject(verb)
        if own is not None and known.entity_at(own) == known.entity_at(other) is not None:
            # Nobody does it to himself without saying so (*lies west of Mali and sells it fish*).
            return False
        if own is not None and other.dep_ in ("obl", "obl:agent") and own.is_ancestor(other):
            # *The army led by Sisi overthrew him*: somebody else.
            return False
    return reflexive or pronoun.dep_ == "nmod:poss" or pronoun.head.i != other.head.i or distance > 0


def _quotes(known: Clusters, earlier: Candidate, pronoun: Token) -> bool:
    """Whether whom an earlier mention names is told, in the same words or by his name, to say the pronoun's sentence; where
    nobody is told to say that, the one before, whose quotation goes on."""
    for token in _sayers(known, pronoun):
        at = known.at[token.i]
        speaker, entity = known.candidates[at], known.entity[at]
        same = entity is not None and entity == known.entity_at(known.doc[earlier.head])
        if same or (speaker.kind == "nominal" and name_key(speaker.name) == name_key(earlier.name)):
            return True
    return False


def _sayers(known: Clusters, pronoun: Token) -> list[Token]:
    """Who says a quoted sentence: the subjects of verbs of saying in it, else the last one before in its paragraph, where
    a quotation stands there too."""
    own = [t for t in pronoun.sent if _says(known, t)]
    first = next((a for a, b in known.paragraphs if a <= pronoun.i < b), pronoun.sent.start)
    if own or pronoun.sent.start <= first:
        return own
    before = next((t for t in reversed(known.doc[first : pronoun.sent.start]) if _says(known, t)), None)
    return [before] if before is not None and any(t.i in known.quoted for t in before.sent) else []


def _says(known: Clusters, token: Token) -> bool:
    return token.i in known.at and token.i not in known.quoted and is_speaker(known, token)
