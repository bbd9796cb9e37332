"""Entities across articles: which articles' entities are one node.

A blocking key brings together entities that could be the same (a surname's skeleton, an organisation's canonical
name), pairs within a block are judged, and judged-same entities are joined. The judgement is symmetric and looks at
nothing but the two entities, so the result doesn't depend on the order of articles. Every node keeps the reasons for
its merges.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple, TypeVar

from kg.coref import is_acronym, same_person, skeleton
from kg.gazetteer import Gazetteer
from kg.model import Entity, EntityType, Extraction, Node, Origin
from kg.naming import initials, name_key, slug

T = TypeVar("T", bound=str)

# Things that are one kind of thing wherever they are spoken of: drones are drones.
CONCEPTS: frozenset[EntityType] = frozenset(("Item", "Event", "Agreement"))


class Item(NamedTuple):
    """An article's entity with where it comes from and how often it is mentioned there."""

    origin: Origin
    entity: Entity
    mentions: int


class Judgement(NamedTuple):
    """Two entities are the same, and why."""

    left: Origin
    right: Origin
    reason: str


def resolve(extractions: Sequence[Extraction], gazetteer: Gazetteer) -> tuple[Node, ...]:
    """The nodes of a corpus, sorted by id."""
    items = sorted(_items(extractions), key=lambda item: item.origin)
    judgements = list(_judgements(items, gazetteer))
    clusters = _joined(items, judgements)
    reasons: dict[Origin, set[str]] = defaultdict(set)
    for judgement in judgements:
        reasons[judgement.left].add(judgement.reason)
    nodes = [_node(cluster, reasons) for cluster in clusters]
    return tuple(sorted(_with_ids(nodes), key=lambda node: node.id))


def _items(extractions: Sequence[Extraction]) -> Iterator[Item]:
    for extraction in extractions:
        counts = Counter(m.entity for m in extraction.mentions)
        for entity in extraction.entities:
            yield Item(Origin(extraction.document.id, entity.id), entity, counts[entity.id])


# --- Judging pairs -----------------------------------------------------------------------------------


def _judgements(items: Sequence[Item], gazetteer: Gazetteer) -> Iterator[Judgement]:
    blocks: dict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in items:
        for key in set(blocking_keys(item.entity, gazetteer)):
            blocks[key].append(item)
    for key in sorted(blocks):
        yield from _within(blocks[key], gazetteer)


def _within(block: list[Item], gazetteer: Gazetteer) -> Iterator[Judgement]:
    """Judgements in a block. Entities that look alike in all that is judged are compared once, so that a name in a
    thousand articles costs a thousand steps, not a million."""
    alike: dict[Entity, list[Item]] = defaultdict(list)
    for item in block:
        alike[_appearance(item.entity)].append(item)
    groups = list(alike.items())
    for number, (left, members) in enumerate(groups):
        same = judge(left, left, gazetteer)
        if same:
            yield from (Judgement(members[0].origin, other.origin, same) for other in members[1:])
        for right, others in groups[number + 1 :]:
            reason = judge(left, right, gazetteer)
            if reason:
                yield from (Judgement(member.origin, others[0].origin, reason) for member in members)
                yield from (Judgement(members[0].origin, other.origin, reason) for other in others[1:])


def _appearance(entity: Entity) -> Entity:
    return Entity(
        "",
        entity.label,
        entity.type,
        entity.subtype,
        entity.aliases,
        entity.country,
        entity.link,
        entity.gazetteer,
        entity.named,
    )


def blocking_keys(entity: Entity, gazetteer: Gazetteer) -> Iterator[tuple[str, ...]]:
    """Keys of which two entities must share one to be compared."""
    if entity.gazetteer:
        yield ("gazetteer", entity.gazetteer)
    if not entity.named:
        # A description is the same across articles only as a kind of thing, or as a group of a known country.
        if entity.type in CONCEPTS:
            yield ("concept", name_key(entity.label))
        elif entity.type in ("Group", "Organization") and entity.country:
            yield ("description", entity.country, name_key(entity.label))
        return
    if entity.type == "Person":
        for word in {name_key(entity.label).split()[-1], name_key(entity.label).split()[0]}:
            yield ("person", skeleton(word))
        return
    for name in (entity.label, *entity.aliases):
        yield ("name", canonical(name, gazetteer))
    if entity.type == "Organization":
        yield from (("acronym", a) for a in _acronyms(entity))


def _acronyms(entity: Entity) -> Iterator[str]:
    for name in (entity.label, *entity.aliases):
        compact = name.replace(".", "")
        if compact.isupper() and 2 <= len(compact) <= 8 and " " not in compact:
            yield compact
        elif " " in name:
            yield initials(name)


def canonical(name: str, gazetteer: Gazetteer) -> str:
    """A name's key with countries' names and adjectives as their codes, so that *American* and *US Institute of
    Peace* agree."""
    words = [word for word in name_key(name).split() if word not in ("the", "and", "&")]
    if len(words) < 2:
        return " ".join(words)
    joined = " ".join(words)
    for phrase, code in (("united states", "USA"), ("united kingdom", "GBR")):
        joined = joined.replace(phrase, code)
    return " ".join(_code(word, gazetteer) for word in joined.split())


def _code(word: str, gazetteer: Gazetteer) -> str:
    for entry in [*gazetteer.described(word), *gazetteer.named(word)]:
        if entry.type == "Country" and entry.country:
            return entry.country
    return word


def judge(left: Entity, right: Entity, gazetteer: Gazetteer) -> str | None:
    """Why two entities of different articles are the same; None if they are not, or nothing shows it."""
    if left.gazetteer and left.gazetteer == right.gazetteer and left.type == right.type:
        return "same entry of the gazetteer"
    if (left.gazetteer and right.gazetteer) or left.named != right.named:
        return None
    if not left.named:
        return (
            f"both are {left.label!r}"
            if left.type == right.type and name_key(left.label) == name_key(right.label)
            else None
        )
    if left.country and right.country and left.country != right.country:
        return None
    if {left.type, right.type} == {"Person"}:
        return _judge_persons(left, right)
    if left.type != right.type and "Person" in (left.type, right.type):
        return None
    return _judge_names(left, right, gazetteer)


def _judge_persons(left: Entity, right: Entity) -> str | None:
    """Full names that agree; a lone surname only with a country in common."""
    lengths = (len(name_key(left.label).split()), len(name_key(right.label).split()))
    if not same_person(left.label, right.label):
        return None
    if min(lengths) >= 2:
        return f"the names {_pair(left.label, right.label)} agree"
    if left.country and left.country == right.country:
        return f"the names {_pair(left.label, right.label)} and the country {left.country} agree"
    return None


def _judge_names(left: Entity, right: Entity, gazetteer: Gazetteer) -> str | None:
    compatible = left.type == right.type or {left.type, right.type} <= {"Organization", "Place"}
    if not compatible:
        return None
    ours = {canonical(n, gazetteer): n for n in (left.label, *left.aliases)}
    theirs = {canonical(n, gazetteer): n for n in (right.label, *right.aliases)}
    shared = sorted(set(ours) & set(theirs), key=lambda k: (-len(k), k))
    if shared:
        return f"the names {_pair(ours[shared[0]], theirs[shared[0]])} agree"
    if left.type == right.type == "Organization":
        for a in ours.values():
            for b in theirs.values():
                if is_acronym(a, b) or is_acronym(b, a):
                    return f"{min(a, b, key=len)!r} are the initials of {max(a, b, key=len)!r}"
    return None


def _pair(a: str, b: str) -> str:
    first, second = sorted((a, b))
    return repr(first) if first == second else f"{first!r} and {second!r}"


# --- Joining -----------------------------------------------------------------------------------------


def _joined(items: Sequence[Item], judgements: Sequence[Judgement]) -> list[list[Item]]:
    """Clusters of items: judged pairs and what follows from them, but never two entries of the gazetteer in one.
    Surnames alone join last, and only where they fit one cluster."""
    parent: dict[Origin, Origin] = {item.origin: item.origin for item in items}
    entries: dict[Origin, set[str]] = {i.origin: {i.entity.gazetteer} if i.entity.gazetteer else set() for i in items}
    short = {
        i.origin
        for i in items
        if i.entity.type == "Person" and len(name_key(i.entity.label).split()) == 1 and not i.entity.gazetteer
    }

    def find(origin: Origin) -> Origin:
        while parent[origin] != origin:
            parent[origin] = parent[parent[origin]]
            origin = parent[origin]
        return origin

    def join(a: Origin, b: Origin) -> None:
        first, second = sorted((find(a), find(b)))
        if first != second and len(entries[first] | entries[second]) <= 1:
            parent[second] = first
            entries[first] |= entries[second]

    certain = [j for j in judgements if (j.left in short) == (j.right in short)]
    for judgement in sorted(certain):
        join(judgement.left, judgement.right)
    options: dict[Origin, set[Origin]] = defaultdict(set)
    for judgement in judgements:
        if judgement.left in short and judgement.right not in short:
            options[find(judgement.left)].add(find(judgement.right))
        elif judgement.right in short and judgement.left not in short:
            options[find(judgement.right)].add(find(judgement.left))
    for surname, fulls in sorted(options.items()):
        if len({find(full) for full in fulls}) == 1:
            join(surname, next(iter(fulls)))
    clusters: dict[Origin, list[Item]] = defaultdict(list)
    for item in items:
        clusters[find(item.origin)].append(item)
    return list(clusters.values())


def _node(cluster: list[Item], reasons: dict[Origin, set[str]]) -> Node:
    entities = [item.entity for item in cluster]
    linked = [e for e in entities if e.gazetteer] or entities
    types = Counter({e.type: 0 for e in linked})
    labels: Counter[str] = Counter()
    for item in cluster:
        if item.entity in linked:
            types[item.entity.type] += item.mentions
        labels[item.entity.label] += item.mentions
    type_ = min(types, key=lambda t: (-types[t], t))
    label = _best_label(labels, type_)
    names = {n for e in entities for n in (e.label, *e.aliases)} - {label}
    links = sorted({e.link for e in entities if e.link})
    origins = tuple(sorted(item.origin for item in cluster))
    return Node(
        id=local_name_of(label),
        label=label,
        type=type_,
        subtype=_commonest(e.subtype for e in entities if e.type == type_),
        aliases=tuple(sorted(names)),
        country=_commonest(e.country for e in entities),
        link=links[0] if links else None,
        named=any(e.named for e in entities),
        origins=origins,
        reasons=tuple(sorted({r for o in origins for r in reasons.get(o, ())})) if len(origins) > 1 else (),
    )


def _commonest(values: Iterable[T | None]) -> T | None:
    """The most frequent value that is not None, the first by order among equals; None if there is none."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _best_label(labels: Counter[str], type_: EntityType) -> str:
    """The most mentioned label; for persons among the fullest names."""
    if type_ == "Person":
        longest = max(min(len(label.split()), 2) for label in labels)
        labels = Counter({k: v for k, v in labels.items() if min(len(k.split()), 2) == longest})
    return min(labels, key=lambda label: (-labels[label], -len(label), label))


def _with_ids(nodes: list[Node]) -> Iterator[Node]:
    """Distinct ids: where labels collide, by type, country and a hash of the origins."""
    by_slug: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        by_slug[node.id].append(node)
    for name, sharing in by_slug.items():
        # A named entity keeps the plain name before a description; a linked one before others.
        ranked = sorted(
            sharing, key=lambda n: (n.link is None, not n.named, -len(n.origins), n.type, n.country or "", n.origins)
        )
        taken: set[str] = set()
        for node in ranked:
            options = [name, f"{name}-{node.type.lower()}", f"{name}-{(node.country or 'x').lower()}"]
            digest = sha256(repr(node.origins).encode()).hexdigest()[:8]
            chosen = next(
                (o for o in options if o not in taken and (o == name or o not in by_slug)), f"{name}-{digest}"
            )
            taken.add(chosen)
            yield replace(node, id=chosen)


def local_name_of(label: str) -> str:
    """A label as the local name of an IRI, at most 60 characters; a hash where it has no Latin letters.

    >>> local_name_of("Côte d’Ivoire"), local_name_of("习近平")[:2]
    ('cote-d-ivoire', 'e-')
    """
    return slug(name_key(label), 60) or "e-" + sha256(label.encode()).hexdigest()[:8]
