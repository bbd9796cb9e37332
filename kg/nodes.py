"""Nodes: what clusters of articles' entities are called, of what type they are, and their ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple, TypeVar

from kg.model import Entity, EntityType, Node, Origin
from kg.naming import name_key, slug

T = TypeVar("T", bound=str)


class Item(NamedTuple):
    """An article's entity with where it comes from and how often it is mentioned there."""

    origin: Origin
    entity: Entity
    mentions: int


def make_node(cluster: Sequence[Item], reasons: Iterable[str]) -> Node:
    """The node of a cluster of entities, with why they are one; its id is that of its label alone."""
    entities = [item.entity for item in cluster]
    linked = [e for e in entities if e.gazetteer] or entities
    types = {e.type: 0 for e in linked}
    labels = dict.fromkeys((e.label for e in entities), 0)
    for item in cluster:
        if not linked[0].gazetteer or item.entity.gazetteer:
            types[item.entity.type] += item.mentions
        labels[item.entity.label] += item.mentions
    type_ = min(types, key=lambda t: (-types[t], t))
    label = _best_label(labels, type_)
    names = {n for e in entities for n in (e.label, *e.aliases)} - {label}
    links = sorted({e.link for e in entities if e.link})
    origins = tuple(sorted(item.origin for item in cluster))
    told = sorted({*reasons, *(f"linked: {e.why}" for e in entities if e.why)})
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
        reasons=tuple(told),
    )


def _commonest(values: Iterable[T | None]) -> T | None:
    """The most frequent value that is not None, the first by order among equals; None if there is none."""
    found = [value for value in values if value is not None]
    if len(found) < 2:
        return found[0] if found else None
    counts = Counter(found)
    return min(counts, key=lambda value: (-counts[value], value))


def _best_label(labels: Mapping[str, int], type_: EntityType) -> str:
    """The most mentioned label; for persons among the fullest names."""
    if len(labels) == 1:
        return next(iter(labels))
    if type_ == "Person":
        longest = max(min(len(label.split()), 2) for label in labels)
        labels = {k: v for k, v in labels.items() if min(len(k.split()), 2) == longest}
    return min(labels, key=lambda label: (-labels[label], -len(label), label))


def with_ids(nodes: Sequence[Node]) -> Iterator[Node]:
    """Distinct ids: where labels collide, by type, country and a hash of the origins."""
    by_slug: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        by_slug[node.id].append(node)
    for name, sharing in by_slug.items():
        if len(sharing) == 1:
            yield sharing[0]
            continue
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
