"""Salience: how likely a pronoun speaks of what was mentioned before it (after Lappin & Leass 1994)."""

from __future__ import annotations

from spacy.tokens import Token

from kg.control import subject
from kg.coref.clusters import ACTORS, Clusters
from kg.evocation import frames_evoked, wanted_kinds
from kg.mentions import Candidate
from kg.ontology import KINDS_OF_TYPE
from kg.syntax import SUBJECTS, children, obliques, preposition

# Families of acts that answer what somebody did.
HOSTILE = frozenset({"ACCUSE", "SANCTION", "COERCE", "ASSAULT", "REJECT", "PROTEST", "THREATEN"})
# Auxiliaries of what somebody is to do.
OBLIGING = frozenset(("should", "must", "ought"))
# Words that introduce what an act answers.
ANSWERING = frozenset(("over", "for", "because", "due", "response", "retaliation", "reaction", "revenge"))


def as_named(known: Clusters, number: int) -> Candidate:
    """A candidate; for a thing's pronoun what it stands for, so that it weighs as that, for a surname its bearer."""
    candidate, entity = known.candidates[number], known.entity[number]
    if candidate.kind == "name" and candidate.type == "Place" and entity is not None:
        # A surname alone may have been read as a place's: the full name says what it is.
        return next((c for c in known.full.get(entity, ()) if c.type == "Person"), candidate)
    if candidate.kind != "pronoun" or candidate.type == "Person" or entity is None:
        return candidate
    mentions = [c for c in known.mentions(entity) if c.kind in ("name", "nominal")]
    return min(mentions, key=lambda c: c.kind != "name", default=candidate)


def salience_of(known: Clusters, other: int, number: int) -> float:
    """Nearer sentences, subjects and entities mentioned often weigh more (after Lappin & Leass 1994)."""
    earlier, candidate = known.candidates[other], known.candidates[number]
    distance = known.sentence[candidate.head] - known.sentence[earlier.head]
    head = known.doc[earlier.head]
    if head.dep_ == "nmod" and head.head.lemma_ in known.words.lexicon.counts and preposition(head) == "of":
        # *Thousands of **miners** marched*: they did.
        head = head.head
    score = 4.0 - 2.0 * distance - (1.0 if distance > 1 else 0.0)
    if head.dep_ in SUBJECTS:
        score += 2.0 if _is_main(head) else 1.2
    elif head.dep_ == "obl:agent":
        score += 1.2
    elif head.dep_ in ("obj", "iobj"):
        score += 0.6
    pronoun = known.doc[candidate.head]
    quantified = pronoun.dep_ == "nmod" and pronoun.head.lemma_ in known.words.lexicon.quantities
    role = pronoun.head.dep_ if quantified else pronoun.dep_
    if _hit_by_condition(pronoun, head):
        score += 3.0
    if _is_blamed(known, pronoun, head):
        score += 4.5
    if pronoun.dep_ in SUBJECTS and pronoun.head.lemma_ in known.words.lexicon.denials and _is_accused(known, head):
        # Whoever was accused denies it.
        score += 3.0
    advised = _advice(pronoun)
    if pronoun.dep_ in SUBJECTS and is_told_by(pronoun, head):
        # Whoever says something speaks of himself rather than of another, unless he says what one should do.
        score += 1.5 if advised is None else -2.5
    if advised is not None and head.dep_ in ("obj", "iobj") and head.head.i == advised.i:
        # Whom one tells what he should do does it.
        score += 3.0
    if pronoun.dep_ == "nmod:poss" and _subject_around(pronoun) == head:
        # Whose a thing is, the nearest subject says (*urged that Israel end **its** attacks*).
        score += 2.0
    if role in SUBJECTS and head.dep_ in SUBJECTS:
        # A pronoun that was just the subject stays the same one (*They killed two, he said, and **they** wounded ...*).
        score += 2.0 if head.lower_ == pronoun.lower_ and distance == 0 else 0.5
    elif role in ("obj", "iobj"):
        # Objects go on as objects: "officials saw drones ... Moscow may buy them".
        score += 1.5 if head.dep_ in ("obj", "nsubj:pass") else -0.5
        score += 1.0 if earlier.type == "Item" else 0.0
    if distance <= 1 and is_speaker(known, head) and is_speaker(known, known.doc[candidate.head]):
        # Who spoke last goes on speaking.
        score += 1.2
    speaks = is_speaker(known, pronoun)
    if speaks and distance <= 1 and is_source(head):
        # So does who is the source of what was told (*according to Rossi …: "…," **he** told AFP*).
        score += 2.5
    if speaks and pronoun.head.lemma_ in known.words.lexicon.continuing and is_speaker(known, head):
        # Only who spoke can *add*.
        score += 4.5
    entity = known.entity[other]
    named = as_named(known, other)
    if named.type in ACTORS:
        score += 0.7
    wanted = wanted_kinds(pronoun, known.roles.get(pronoun.head.i), known.ontology)
    if wanted and not wanted & (_kinds(known, named) | {"any"}):
        score -= 3.0
    score += 0.15 * min(5, sum(e == entity for e in known.entity[:number]))
    return score + 0.0005 * earlier.start / max(1, len(known.doc))


def _hit_by_condition(pronoun: Token, head: Token) -> bool:
    """Will punish *them* unless they give way: what is asked is asked of whom the threat hits."""
    condition = pronoun.head
    bound = condition.dep_ == "advcl" and any(m.lower_ in ("unless", "until") for m in children(condition, "mark"))
    threat = head.head.head if head.head.dep_ == "xcomp" else head.head
    return bound and head.dep_ == "obj" and condition.head.i in (head.head.i, threat.i) and head.i < condition.i


def is_told_by(pronoun: Token, head: Token) -> bool:
    """Whether a subject says what a pronoun does (*the prosecutor announced **she** would go*)."""
    clause = pronoun.head
    while clause.dep_ == "xcomp":
        clause = clause.head
    return clause.dep_ == "ccomp" and head.dep_ in SUBJECTS and head.head.i == clause.head.i


def _advice(pronoun: Token) -> Token | None:
    """The verb of saying over a clause that tells what a pronoun should do, None if none does."""
    clause = pronoun.head
    bound = clause.dep_ == "ccomp" and pronoun.dep_ in SUBJECTS
    return clause.head if bound and any(c.lower_ in OBLIGING for c in children(clause, "aux")) else None


def _is_blamed(known: Clusters, pronoun: Token, head: Token) -> bool:
    """*Punished Iraq for **its** invasion*: whose the deed is that a hostile act answers, whom the act hits says."""
    if pronoun.dep_ != "nmod:poss" or head.i > pronoun.i:
        return False
    part, marks = pronoun.head, set()
    while part.pos_ != "VERB" or part.dep_ == "advcl":
        marks |= {c.lower_ for c in children(part, "case", "mark")} | {part.lemma_.lower()}
        if part.head.i == part.i or part.i < head.i:
            return False
        part = part.head
    hit = children(part, "obj", "nsubj:pass")
    hit += [n for p in [part, *children(part, "obj")] for mark, n in obliques(p) if mark in ("on", "against", "with")]
    if not marks & ANSWERING or head.i not in {t.i for t in hit}:
        return False
    frames = frames_evoked(part, known.roles.get(part.i), known.ontology)
    return any(frame.relation.family in HOSTILE for frame in frames)


def _is_accused(known: Clusters, head: Token) -> bool:
    """Whether a word is the object of a verb of accusing, or its passive subject."""
    verb = head.head
    if head.dep_ not in ("obj", "nsubj:pass") or verb.pos_ != "VERB":
        return False
    frames = frames_evoked(verb, known.roles.get(verb.i), known.ontology)
    return any(frame.relation.family == "ACCUSE" for frame in frames)


def _subject_around(pronoun: Token) -> Token | None:
    """The subject of the clause that a possessive stands in, if it comes before; None where the possessive is part of
    the subject."""
    for verb in pronoun.ancestors:
        if verb.pos_ in ("VERB", "AUX"):
            found = subject(verb)
            return found if found is not None and found.i < pronoun.i and pronoun not in found.subtree else None
    return None


def _kinds(known: Clusters, candidate: Candidate) -> frozenset[str]:
    kinds = KINDS_OF_TYPE[candidate.type]
    return kinds | KINDS_OF_TYPE["Country"] if stands_for_government(known, candidate) else kinds


def stands_for_government(known: Clusters, candidate: Candidate) -> bool:
    """Whether a place's name may stand for a government: a capital's, or a seat's."""
    if candidate.type != "Place" or candidate.gazetteer is None:
        return False
    entry = known.words.gazetteer.entries[candidate.gazetteer]
    return entry.is_seat or entry.governs_itself or entry.capital_of is not None


def is_speaker(known: Clusters, head: Token) -> bool:
    return head.dep_ in SUBJECTS and head.head.lemma_ in known.words.lexicon.speech


def is_source(head: Token) -> bool:
    """Whether somebody is named as the source of what is told (*according to Rossi*)."""
    return any(c.lower_ == "according" for c in children(head, "case"))


def _is_main(head: Token) -> bool:
    return head.head.dep_ == "ROOT" or head.head.dep_ == "conj"


def gender_fits(known: Clusters, earlier: Candidate, pronoun: Candidate) -> bool:
    """Whether a pronoun's gender is that of what is mentioned, or of what else it is called (*Lakatos*: Eszter)."""
    entity = known.entity_at(known.doc[earlier.head]) if earlier.gender is None else None
    named = [c.gender for c in known.mentions(entity)] if entity is not None else []
    gender = earlier.gender or next(filter(None, named), None)
    return gender is None or pronoun.gender is None or gender == pronoun.gender
