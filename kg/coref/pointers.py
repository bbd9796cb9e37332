"""Words that point back by place or order: *there*, *the former*, *the latter*."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.control import subject
from kg.coref.clusters import ACTORS, Clusters
from kg.evocation import frames_evoked
from kg.mentions import Candidate
from kg.syntax import children, conjuncts, obliques, preposition

# How many sentences back they reach.
NEAR = 2
# Prepositions before the place that *there* takes up.
WHERE = frozenset({"in", "at", "to", "into", "near", "outside", "inside", "on", "around", "off", "towards", "toward"})


def resolve_there(known: Clusters, number: int) -> int | None:
    """The place last told where something is, goes or is taken."""
    sentence = known.sentence[known.candidates[number].head]
    for other in range(number - 1, -1, -1):
        earlier, entity = known.candidates[other], known.entity[other]
        if sentence - known.sentence[earlier.head] > NEAR:
            return None
        if entity is not None and _is_where(known, earlier) and not _is_beside(known, earlier, number):
            return entity
    return None


def _is_beside(known: Clusters, earlier: Candidate, number: int) -> bool:
    """Whether a place is what the verb of *there* is about (*discussed Iran there*)."""
    head = known.doc[earlier.head]
    return head.dep_ == "obj" and head.head.i == known.doc[known.candidates[number].head].head.i


def _is_where(known: Clusters, candidate: Candidate) -> bool:
    head = known.doc[candidate.head]
    if candidate.kind != "name" or candidate.type not in ("Place", "Country"):
        return False
    mark = preposition(head)
    return mark in WHERE if mark is not None else head.dep_ == "obj"


def resolve_ordinal(known: Clusters, number: int, last: bool) -> int | None:
    """The first or last of the two spoken of before."""
    pair = resolve_two(known, number)
    return pair[last] if pair is not None else None


def resolve_two(known: Clusters, number: int) -> tuple[int, int] | None:
    """The two that are coordinated before; the two persons that the sentence before is about; the two names in it."""
    sentence = known.sentence[known.candidates[number].head]
    for other in range(number - 1, -1, -1):
        earlier = known.candidates[other]
        if sentence - known.sentence[earlier.head] > NEAR:
            break
        head = known.doc[earlier.head]
        parts = [known.entity_at(t) for t in conjuncts(head)] if head.dep_ != "conj" else []
        if len(parts) == 2 and parts[0] is not None and parts[1] is not None and _is_named(earlier):
            return parts[0], parts[1]
    before = [n for n in range(number) if sentence - known.sentence[known.candidates[n].head] == 1]
    return _only_two(known, before, _is_person) or _only_two(known, before, _is_named)


def _only_two(known: Clusters, numbers: list[int], fits: Callable[[Candidate], bool]) -> tuple[int, int] | None:
    entities = (known.entity[n] for n in numbers if fits(known.candidates[n]))
    found = list(dict.fromkeys(e for e in entities if e is not None))
    return (found[0], found[1]) if len(found) == 2 else None


def _is_person(candidate: Candidate) -> bool:
    return candidate.type == "Person" and not candidate.plural and candidate.kind != "pronoun"


def _is_named(candidate: Candidate) -> bool:
    return candidate.kind == "name" and candidate.type in ACTORS


def met_before(known: Clusters, number: int) -> tuple[int, int] | None:
    """The two who met, spoke or fought in the sentence before (*Macron met Scholz. **They** discussed Iran*): the parties
    of its main verb, where that is mutual."""
    here = known.doc[known.candidates[number].head].sent.start
    if here == 0:
        return None
    verb = known.doc[here - 1].sent.root
    frames = frames_evoked(verb, known.roles.get(verb.i), known.ontology) if verb.pos_ == "VERB" else []
    if not any(frame.relation.symmetric for frame in frames):
        return None
    own = subject(verb)
    others = [*children(verb, "obj"), *(noun for mark, noun in obliques(verb) if mark == "with")]
    parties = [known.entity_at(t) for t in [own, *others[:1]] if t is not None and _is_party(known, t)]
    first, second, *_ = [*parties, None, None]
    return (first, second) if first is not None and second is not None and first != second else None


def _is_party(known: Clusters, token: Token) -> bool:
    at = known.at.get(token.i)
    return at is not None and known.candidates[at].type in ACTORS and not known.candidates[at].plural
