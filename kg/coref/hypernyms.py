"""Descriptions by a more general noun: *the diplomat* after an envoy, *the company* after a miner, *the militants* after
al-Shabab's fighters, *the alliance* after NATO (cf. the noun-phrase hypernymy of Vieira & Poesio 2000)."""

from __future__ import annotations

from spacy.tokens import Token

from kg.control import subject
from kg.coref.clusters import Clusters
from kg.coref.salience import salience_of
from kg.lexicon import Hypernym
from kg.mentions import Candidate
from kg.syntax import SUBJECTS, children, conjuncts, first_conjunct

# How many sentences back such a description reaches.
NEAR = 3
# Dependents that say which of a kind is meant.
RESTRICTING = ("acl", "acl:relcl", "nmod", "nmod:poss", "nummod")


def taken_up(known: Clusters, number: int) -> int | None:
    """The entity that a definite description takes up by a more general noun, None if there is none or it isn't clear.

    What was called by a noun of that kind comes first, by salience; then the only one in the last sentences of whom
    nothing is known that speaks against it.
    """
    candidate = known.candidates[number]
    head = known.doc[candidate.head]
    kind = _kind(known, candidate)
    if kind is None or not candidate.definite or children(head, *RESTRICTING):
        return None
    called: list[tuple[float, int]] = []
    open_: dict[int, int] = {}
    for other, earlier in enumerate(known.candidates[:number]):
        entity = known.entity[other]
        distance = known.sentence[candidate.head] - known.sentence[earlier.head]
        if entity is None or distance > NEAR or not _may_be(known, earlier, number):
            continue
        nouns = _nouns_of(known, entity)
        if nouns & kind.words or (earlier.kind == "name" and earlier.subtype in kind.subtypes):
            same_country = candidate.country is not None and candidate.country == earlier.country
            called.append((salience_of(known, other, number) + (3.0 if same_country else 0.0), entity))
        elif _is_open(earlier, nouns, kind) and distance > 0 and not _is_host(known, earlier, number):
            open_[entity] = distance
    if called:
        return max(called)[1]
    nearest = min(open_.values(), default=None)
    near = [entity for entity, distance in open_.items() if distance == nearest]
    return near[0] if len(near) == 1 else None


def _is_open(earlier: Candidate, nouns: frozenset[str], kind: Hypernym) -> bool:
    """Whether a name of which nothing of the kind was said may be meant all the same."""
    named = earlier.kind == "name" and earlier.subtype is None and earlier.gazetteer is None
    return named and (kind.anybody or (kind.identifies and not nouns))


def _is_host(known: Clusters, earlier: Candidate, number: int) -> bool:
    """Whether a description may rather speak of somebody where a person went or is (*landed in Lome. The Togolese minister
    met her*)."""
    country = known.candidates[number].country
    near = [c for c in known.candidates[:number] if known.sentence[c.head] >= known.sentence[earlier.head]]
    there = any(c.type in ("Country", "Place") and c.kind == "name" and c.country == country for c in near)
    return country is not None and earlier.country is None and there


def _kind(known: Clusters, candidate: Candidate) -> Hypernym | None:
    head = known.doc[candidate.head]
    lexicon = known.words.lexicon
    if candidate.type == "Person" and (head.lower_ == "old" or _is_aged(head)):
        # *The 54-year-old*, *the 54-year-old soldier*.
        return Hypernym(frozenset(), frozenset(), identifies=True, anybody=True)
    lemma = head.lemma_.lower()
    told = candidate.country is not None or any(c.lower_ in lexicon.former for c in head.children)
    if lexicon.roles.get(lemma) == "holdsOffice" and told:
        # *The former president*, *the Guinean minister*: nobody is called so whose office is told otherwise.
        return Hypernym(frozenset({lemma}), frozenset(), identifies=True, anybody=False)
    return lexicon.hypernyms.get(lemma)


def _is_one_of_bodies(known: Clusters, head: Token) -> bool:
    numbers = [known.at.get(t.i) for t in conjuncts(first_conjunct(head))]
    return sum(n is not None and known.candidates[n].type == "Organization" for n in numbers) > 1


def _is_aged(head: Token) -> bool:
    """Whether somebody is told by his age (*the 54-year-old soldier*)."""
    return any(c.lower_ == "old" and any(y.lemma_ == "year" for y in c.children) for c in children(head, "amod"))


def _may_be(known: Clusters, earlier: Candidate, number: int) -> bool:
    """Whether a description may speak of an earlier mention: the same number and gender, no other country, other
    modifiers said of it before, and no fellow participant of its clause."""
    candidate = known.candidates[number]
    head, other = known.doc[candidate.head], known.doc[earlier.head]
    if earlier.kind not in ("name", "nominal"):
        return False
    band = candidate.plural and earlier.kind == "name" and earlier.type in ("Organization", "Group")
    band = band and earlier.subtype != "Company"
    several = candidate.plural != earlier.plural and not band
    persons = (candidate.type == "Person") == (earlier.type == "Person")
    if several or not persons or earlier.type not in ("Person", "Organization", "Group"):
        return False
    if candidate.country and earlier.country and candidate.country != earlier.country:
        return False
    if earlier.type == "Organization" and not candidate.plural and _is_one_of_bodies(known, other):
        # After *the Front and the League* it isn't clear which *the group* is.
        return False
    if candidate.gender and earlier.gender and candidate.gender != earlier.gender:
        return False
    if _share_clause(head, other) or (head.sent == other.sent and earlier.kind == "nominal"):
        return False
    entity = known.entity_at(other)
    mentions = known.mentions(entity) if entity is not None else []
    told = {t.lemma_.lower() for c in mentions for t in known.doc[c.start : c.end]}
    plain = known.words.lexicon.former | {"same", "said"}

    def told_or_plain(modifier: Token) -> bool:
        at = known.at.get(modifier.i)
        national = at is not None and known.candidates[at].type == "Country" and modifier.dep_ == "amod"
        return modifier.lemma_.lower() in told | plain or (national and earlier.country in (None, candidate.country))

    return _is_aged(head) or all(told_or_plain(c) for c in children(head, "amod", "compound"))


def _share_clause(one: Token, other: Token) -> bool:
    """Whether two words are participants of one verb, or one stands inside the other's phrase."""
    if one.is_ancestor(other) or other.is_ancestor(one):
        return True
    doer = subject(one.head) if one.dep_ not in SUBJECTS else None
    return one.head.i == conjuncts(other)[0].head.i or (doer is not None and other.i in {t.i for t in conjuncts(doer)})


def _nouns_of(known: Clusters, entity: int) -> frozenset[str]:
    """The nouns that an article calls an entity by: heads of its descriptions, of appositions and of what stands before
    its name."""
    found: set[str] = set()
    for mention in known.mentions(entity):
        head = known.doc[mention.head]
        if mention.kind == "nominal":
            found.add(head.lemma_.lower())
        elif mention.kind == "name":
            near = [
                *children(head, "nmod:desc", "compound", "appos"),
                *([head.head] if head.dep_ in ("appos", "nmod:desc") else []),
            ]
            near += [c for t in near for c in children(t, "conj")]
            found |= {t.lemma_.lower() for t in near if t.pos_ in ("NOUN", "ADJ")}
            if mention.title:
                found |= {mention.title, mention.title.split()[-1]}
    return frozenset(found)
