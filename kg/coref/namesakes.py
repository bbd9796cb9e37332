"""Who is meant by a surname that several persons of an article bear: relatives, spouses, namesakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.content import CHARGES
from kg.coref.clusters import Clusters
from kg.mentions import Candidate
from kg.syntax import SUBJECTS, children


def namesake_meant(known: Clusters, number: int, bearers: Sequence[int]) -> int:
    """Which of several entities a short name stands for.

    Those whose gender or title speaks against it are out. Somebody whom the article brings in as another bearer's
    relative goes by the first name or the full one, so that the surname alone stays the other's (*Weller spoke. His wife,
    Marta **Weller**, … **Weller** left*), until the article has turned to the relative. Else it is the one named last
    before, else the one named most.
    """
    candidate = known.candidates[number]
    found = [e for e in bearers if not _is_other(candidate, known.full[e])] or list(bearers)
    told = [e for e in found if candidate.title in _titles(known, e)] if candidate.title else []
    found = told or found
    if candidate.name not in _full_names(known, found):
        found = [e for e in found if not any(_is_relative(known, e, other, number) for other in found)] or found
    before = {e: [c.start for c in known.full[e] if c.start < candidate.start] for e in found}
    named = [e for e in found if before[e]]
    if named:
        return max(named, key=lambda e: max(before[e]))
    return max(found, key=lambda e: (len(known.full[e]), -e))


def _full_names(known: Clusters, entities: Sequence[int]) -> set[str]:
    return {c.name for e in entities for c in known.full[e] if " " in c.name}


def _is_other(candidate: Candidate, names: Sequence[Candidate]) -> bool:
    """Whether a name tells another gender than an entity's names (*Mr Clinton* and *Hillary Clinton*)."""
    genders = {c.gender for c in names if c.gender}
    return candidate.gender is not None and bool(genders) and candidate.gender not in genders


def _titles(known: Clusters, entity: int) -> set[str]:
    return {c.title for c in known.full[entity] if c.title}


def _is_relative(known: Clusters, entity: int, other: int, number: int) -> bool:
    """Whether an entity comes in beside another that was named first, as its relative, or as the one whose relative that
    is, and hasn't taken over since. Who has an office of his own is more than a relative."""
    if entity == other:
        return False
    mentions, others = sorted(known.full[entity]), sorted(known.full[other])
    if others[0].start > mentions[0].start:
        return False
    described = any(_kin_of(known, c, others) for c in mentions) and not _titles(known, entity)
    if not described and not any(_kin_of(known, c, mentions, named=True) for c in others):
        return False
    candidate = known.candidates[number]
    here = known.sentence[candidate.head]
    since = max((known.sentence[c.head] for c in others if c.start < candidate.start), default=0)
    told = [c for c in mentions if since < known.sentence[c.head] < here]
    spoke = any(here - known.sentence[c.head] == 1 and _speaks(known, c) for c in told)
    return len({known.sentence[c.head] for c in told}) < 2 and not (spoke and _speaks(known, candidate))


def _speaks(known: Clusters, mention: Candidate) -> bool:
    head = known.doc[mention.head]
    return head.dep_ in SUBJECTS and head.head.lemma_ in known.words.lexicon.speech | CHARGES


def _kin_of(known: Clusters, mention: Candidate, others: Sequence[Candidate], named: bool = False) -> bool:
    """Whether a name stands with a noun of kinship whose owner is one of the others, or may be unless it has to be named
    (*his wife, …*, *Weller's wife …*)."""
    for noun in _nouns_with(known.doc[mention.head]):
        if noun.lemma_.lower() not in known.words.lexicon.kinship:
            continue
        owners = children(noun, "nmod:poss", "nmod")
        if any((o.pos_ == "PRON" and not named) or any(c.head == o.i for c in others) for o in owners):
            return True
    return False


def _nouns_with(head: Token) -> Iterator[Token]:
    """The nouns that describe a name: before it, behind it, and what it is in apposition to."""
    yield from children(head, "nmod:desc", "appos", "compound", "flat")
    if head.dep_ in ("appos", "flat", "nmod:desc"):
        yield head.head
