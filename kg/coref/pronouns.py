"""Coreference of pronouns: by agreement, by what their verb takes, and by salience."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.coref.clusters import ACTORS, REACH, Clusters
from kg.coref.pointers import resolve_ordinal, resolve_there, resolve_two
from kg.frames import triggers_of, wanted_kinds
from kg.mentions import ORDINALS, Candidate
from kg.ontology import KINDS_OF_TYPE
from kg.selection import antecedent
from kg.syntax import RELATIVES, SUBJECTS, children, conjuncts, obliques, subject

# Families of acts that answer what somebody did.
HOSTILE = frozenset({"ACCUSE", "SANCTION", "COERCE", "ASSAULT", "REJECT", "PROTEST", "THREATEN"})
# Words that introduce what an act answers.
ANSWERING = frozenset(("over", "for", "because", "due", "response", "retaliation", "reaction", "revenge"))
QUOTES = frozenset('"“”«»„')


def resolve_pronoun(known: Clusters, number: int) -> None:
    candidate = known.candidates[number]
    token = known.doc[candidate.head]
    lower = token.lower_
    if lower in ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours"):
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
    if own is not None:
        known.assign(number, own)
        return
    if candidate.plural:
        _resolve_they(known, number)
        return
    if candidate.type == "Person":
        found = _most_salient(
            known, number, lambda c: c.type == "Person" and not c.plural and _gender_fits(known, c, candidate)
        )
    else:
        speaks = _speaks(known, token)
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
    fits = _gender_fits(known, named, candidate) if person else named.type in ("Country", "Organization")
    return known.entity[at] if fits and person == (named.type == "Person") else None


def _reflected(known: Clusters, pronoun: Token) -> int | None:
    """The subject's entity for *himself*, *themselves*; None where nothing alone is the subject."""
    if not pronoun.lower_.endswith(("self", "selves")) or pronoun.head.pos_ != "VERB":
        return None
    own = subject(pronoun.head)
    return known.entity_at(antecedent(own)) if own is not None and not children(own, "conj") else None


def _may_be_it(known: Clusters, earlier: Candidate, speaks: bool) -> bool:
    """*it* is a country, body or thing; what *it* says, a body or a place that stands for one."""
    if earlier.plural or earlier.kind == "adjective":
        return False
    if earlier.type in ("Country", "Organization"):
        return True
    if earlier.type == "Place" and known.doc[earlier.head].dep_ in SUBJECTS:
        return _stands_for_government(known, earlier)
    return not speaks and earlier.type in ("Item", "Event", "Agreement")


def _resolve_they(known: Clusters, number: int) -> None:
    """*they* is a plural mention, or a coordination, of the sentences before."""
    best: tuple[float, int] | None = None
    for other, earlier in enumerate(known.candidates[:number]):
        entity = known.entity[other]
        if entity is None or earlier.kind == "adjective" or not _may_precede(known, earlier, number):
            continue
        group = _coordinated(known, other)
        plural = group or (earlier.plural and earlier.type in ACTORS | {"Item"}) or other in known.members
        force = known.doc[earlier.head].lemma_.lower() in known.words.lexicon.state_servants
        body = earlier.type in ("Organization", "Country", "Group") and (earlier.kind == "name" or force)
        body = body and known.doc[earlier.head].dep_ not in ("compound", "nmod:poss", "nmod:desc", "amod", "appos")
        if not (plural or body):
            continue
        score = _salience(known, other, number) + (0.5 if earlier.type in ACTORS else 0.0)
        # A body is *they* where nothing plural is near (*the team lost their lead*).
        score -= 0.0 if plural else 2.5
        if best is None or score >= best[0]:
            best = (score, other)
    if best is None:
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
        if entity is None or not _may_precede(known, earlier, number) or not fits(_named(known, other)):
            continue
        score = _salience(known, other, number)
        if best is None or score >= best[0]:
            best = (score, entity)
    return best[1] if best else None


def _named(known: Clusters, number: int) -> Candidate:
    """A candidate; for a thing's pronoun what it stands for, so that it weighs as that."""
    candidate, entity = known.candidates[number], known.entity[number]
    if candidate.kind != "pronoun" or candidate.type == "Person" or entity is None:
        return candidate
    return next((c for c in known.mentions(entity) if c.kind == "name"), candidate)


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
    verb = pronoun.head
    if verb.dep_ == "acl:relcl" and verb.head.i == other.i and any(c.lower_ in RELATIVES for c in verb.children):
        # In "Washington, which it accuses" somebody else does.
        return False
    if _speaks(known, pronoun) and any(
        c.dep_ == "ccomp" and c.i < pronoun.i and other.i in {t.i for t in c.subtree} for c in verb.children
    ):
        # In "Moscow may buy them, it added" somebody else than Moscow adds it.
        return False
    apart = any(t.text in (";", ":") for t in known.doc[other.i : pronoun.i]) if other.i < pronoun.i else False
    if _speaks(known, pronoun) and _is_quoted(other) and not _is_quoted(pronoun) and distance == 0:
        # In "The minister," he added, "has met them" somebody else than the minister speaks.
        return False
    spoken = _speaks(known, pronoun)
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


def _is_quoted(token: Token) -> bool:
    """Whether a quotation that opened in its sentence is still open at a token."""
    before = [t.text for t in token.doc[token.sent.start : token.i] if t.text in QUOTES]
    return len(before) % 2 == 1


def _salience(known: Clusters, other: int, number: int) -> float:
    """Nearer sentences, subjects and entities mentioned often weigh more (after Lappin & Leass 1994)."""
    earlier, candidate = known.candidates[other], known.candidates[number]
    distance = known.sentence[candidate.head] - known.sentence[earlier.head]
    head = known.doc[earlier.head]
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
    if pronoun.dep_ in SUBJECTS and _is_told_by(pronoun, head):
        # Whoever says something speaks of himself rather than of another.
        score += 1.5
    if pronoun.dep_ == "nmod:poss" and _subject_around(pronoun) == head:
        # Whose a thing is, the nearest subject says (*urged that Israel end **its** attacks*).
        score += 2.0
    if role in SUBJECTS and head.dep_ in SUBJECTS:
        score += 0.5
    elif role in ("obj", "iobj"):
        # Objects go on as objects: "officials saw drones ... Moscow may buy them".
        score += 1.5 if head.dep_ in ("obj", "nsubj:pass") else -0.5
        score += 1.0 if earlier.type == "Item" else 0.0
    if distance <= 1 and _speaks(known, head) and _speaks(known, known.doc[candidate.head]):
        # Who spoke last goes on speaking.
        score += 1.2
    entity = known.entity[other]
    named = _named(known, other)
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
    return bound and head.dep_ == "obj" and head.head.i == condition.head.i < condition.i


def _is_told_by(pronoun: Token, head: Token) -> bool:
    """Whether a subject says what a pronoun does (*the prosecutor announced **she** would go*)."""
    clause = pronoun.head
    while clause.dep_ == "xcomp":
        clause = clause.head
    return clause.dep_ == "ccomp" and head.dep_ in SUBJECTS and head.head.i == clause.head.i


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
    roleset = known.roles[part.i].roleset if part.i in known.roles else None
    return any(
        frame.relation.family in HOSTILE
        for key in triggers_of(part)
        for frame in known.ontology.frames_for(roleset, key)
    )


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
    return kinds | KINDS_OF_TYPE["Country"] if _stands_for_government(known, candidate) else kinds


def _stands_for_government(known: Clusters, candidate: Candidate) -> bool:
    """Whether a place's name may stand for a government: a capital's, or a seat's."""
    if candidate.type != "Place" or candidate.gazetteer is None:
        return False
    entry = known.words.gazetteer.entries[candidate.gazetteer]
    return entry.is_seat or entry.capital_of is not None


def _speaks(known: Clusters, head: Token) -> bool:
    return head.dep_ in SUBJECTS and head.head.lemma_ in known.words.lexicon.speech


def _is_main(head: Token) -> bool:
    return head.head.dep_ == "ROOT" or head.head.dep_ == "conj"


def _gender_fits(known: Clusters, earlier: Candidate, pronoun: Candidate) -> bool:
    """Whether a pronoun's gender is that of what is mentioned, or of what else it is called (*Lakatos*: Eszter)."""
    entity = known.entity_at(known.doc[earlier.head]) if earlier.gender is None else None
    named = [c.gender for c in known.mentions(entity) if c.kind != "pronoun"] if entity is not None else []
    gender = earlier.gender or next(filter(None, named), None)
    return gender is None or pronoun.gender is None or gender == pronoun.gender
