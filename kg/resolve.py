"""Entities across articles: which articles' entities are one node.

Entities that look alike in all that is judged are taken together first; a blocking key then brings together those that
could be the same, pairs within a block are judged (`kg.matching`), and what is judged the same is joined. Neither
depends on the order of articles. Every node keeps the reasons for its merges.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from kg.corrections import NO_CORRECTIONS, Corrections
from kg.gazetteer import Gazetteer
from kg.matching import ONE_SHORT, blocking_keys, is_short, judge
from kg.model import Entity, Extraction, Node, Origin
from kg.nodes import Item, local_name_of, make_node, with_ids
from kg.spelling import person_words

# The id of an entity that the user takes out of all comparison.
TAKEN_OUT = "taken out"


class Kind(NamedTuple):
    """Entities of several articles that look alike in all that is judged. `together` says why they are one; None if
    each stays its own."""

    entity: Entity
    items: tuple[Item, ...]
    together: str | None


class Judgement(NamedTuple):
    """Two kinds, by number, are the same, and why."""

    left: int
    right: int
    reason: str


def resolve(
    extractions: Sequence[Extraction], gazetteer: Gazetteer, corrections: Corrections = NO_CORRECTIONS
) -> tuple[Node, ...]:
    """The nodes of a corpus, sorted by id. Raises DataError if a correction can't be obeyed."""
    items = sorted(_items(extractions), key=lambda item: item.origin)
    kinds = _kinds(items, gazetteer, corrections)
    judgements = sorted(_judgements(kinds, gazetteer))
    nodes = [make_node(cluster, reasons) for cluster, reasons in _joined(kinds, judgements, corrections)]
    found = _corrected(list(with_ids(nodes)), items, corrections) if corrections else with_ids(nodes)
    return tuple(sorted(found, key=lambda node: node.id))


def _items(extractions: Sequence[Extraction]) -> Iterator[Item]:
    for extraction in extractions:
        counts = Counter(m.entity for m in extraction.mentions)
        for entity in extraction.entities:
            yield Item(Origin(extraction.document.id, entity.id), entity, counts[entity.id])


# --- What is compared with what ----------------------------------------------------------------------


def _kinds(items: Sequence[Item], gazetteer: Gazetteer, corrections: Corrections) -> list[Kind]:
    """The items by appearance, so that a name in a thousand articles costs a thousand steps, not a million."""
    alike: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    apart: list[Item] = []
    for item in items:
        if corrections and corrections.is_taken_out(item.entity, item.origin.document):
            apart.append(item)
        else:
            alike[_appearance(item.entity)].append(item)
    kinds = [Kind(replace(item.entity, id=TAKEN_OUT), (item,), None) for item in apart]
    for found in alike.values():
        entity = found[0].entity
        comparable = len(found) > 1 and any(True for _ in blocking_keys(entity, gazetteer))
        reason = judge(entity, entity, gazetteer) if comparable else None
        if reason or len(found) == 1:
            kinds.append(Kind(entity, tuple(found), reason))
        else:
            kinds.extend(Kind(entity, (item,), None) for item in found)
    return kinds


def _appearance(entity: Entity) -> tuple[object, ...]:
    """All of an entity that is judged."""
    return (
        entity.label, entity.type, entity.subtype, entity.aliases, entity.country, entity.link, entity.gazetteer,
        entity.named,
    )  # fmt: skip


def _judgements(kinds: Sequence[Kind], gazetteer: Gazetteer) -> Iterator[Judgement]:
    seen: set[tuple[int, int]] = set()
    for block, by_initials in _blocks(kinds, gazetteer):
        for left, right in _pairs(block, kinds, by_initials):
            if (left, right) in seen:
                continue
            seen.add((left, right))
            reason = judge(kinds[left].entity, kinds[right].entity, gazetteer)
            if reason:
                yield Judgement(left, right, reason)


def _pairs(block: Sequence[int], kinds: Sequence[Kind], by_initials: bool) -> Iterator[tuple[int, int]]:
    if by_initials:
        short = [number for number in block if is_short(kinds[number].entity)]
        yield from ((min(a, b), max(a, b)) for a in short for b in block if a != b)
        return
    for position, left in enumerate(block):
        yield from ((left, right) for right in block[position + 1 :])


def _blocks(kinds: Sequence[Kind], gazetteer: Gazetteer) -> Iterator[tuple[list[int], bool]]:
    """Numbers of the kinds that share a key, ascending, and whether the key is one of initials.

    Keys are kept as hashes in flat arrays (a dictionary of lists takes gigabytes for a million names): two keys of one
    hash only mean that more is compared.
    """
    keys = {by_initials: (array("q"), array("l")) for by_initials in (False, True)}
    for number, kind in enumerate(kinds):
        if kind.entity.id != TAKEN_OUT:
            for key in set(blocking_keys(kind.entity, gazetteer)):
                hashes, owners = keys[key[0] in ONE_SHORT]
                hashes.append(hash(key))
                owners.append(number)
    for by_initials, (hashes, owners) in keys.items():
        yield from ((block, by_initials) for block in _equal_runs(hashes, owners))


def _equal_runs(hashes: array[int], owners: array[int]) -> Iterator[list[int]]:
    """The owners of equal hashes, where there are two or more."""
    if not hashes:
        return
    values = np.frombuffer(hashes, dtype=np.int64)
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    changes = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    for start, end in pairwise([0, *changes.tolist(), len(ordered)]):
        if end - start > 1:
            yield [owners[i] for i in order[start:end].tolist()]


# --- Joining -----------------------------------------------------------------------------------------


class _Forest:
    """Disjoint sets of kinds (union-find, Tarjan 1975) that never hold two entries of the gazetteer, two countries, or
    two names that the user splits."""

    def __init__(self, kinds: Sequence[Kind], corrections: Corrections) -> None:
        self.parent = list(range(len(kinds)))
        self.sides = [corrections.sides(kind.entity) if corrections else frozenset() for kind in kinds]
        self.entries = [{k.entity.gazetteer} - {None} for k in kinds]
        self.countries = [{k.entity.country} - {None} for k in kinds]
        self.reasons: dict[int, set[str]] = defaultdict(set)

    def find(self, number: int) -> int:
        """The set's representative: its smallest member."""
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def join(self, a: int, b: int, reason: str) -> None:
        """Make two sets one unless that would make one thing of two."""
        first, second = sorted((self.find(a), self.find(b)))
        if first == second:
            self.reasons[first].add(reason)
        elif self._may_be_one(first, second):
            self.parent[second] = first
            self.entries[first] |= self.entries[second]
            self.countries[first] |= self.countries[second]
            self.sides[first] |= self.sides[second]
            self.reasons[first] |= self.reasons.pop(second, set()) | {reason}

    def _may_be_one(self, first: int, second: int) -> bool:
        if len(self.entries[first] | self.entries[second]) > 1:
            return False
        if any((line, 1 - side) in self.sides[second] for line, side in self.sides[first]):
            return False
        ours, theirs = self.countries[first], self.countries[second]
        same_entry = self.entries[first] and self.entries[first] == self.entries[second]
        return not ours or not theirs or bool(ours & theirs) or bool(same_entry)


def _joined(
    kinds: Sequence[Kind], judgements: Sequence[Judgement], corrections: Corrections
) -> Iterator[tuple[list[Item], set[str]]]:
    """Clusters of items with their reasons: judged pairs and what follows from them. Entities of which less is known (no
    country, an initial, a surname alone) join those of which more is known last, and only where they fit one."""
    forest = _Forest(kinds, corrections)
    ranks = [_rank(kind.entity) for kind in kinds]
    for judgement in judgements:
        if ranks[judgement.left] == ranks[judgement.right]:
            forest.join(*judgement)
    for rank in range(1, 4):
        _join_vague(rank, ranks, forest, judgements)
    clusters: dict[int, list[Item]] = defaultdict(list)
    for number, kind in enumerate(kinds):
        root = forest.find(number)
        clusters[root].extend(kind.items)
        if kind.together and len(kind.items) > 1:
            forest.reasons[root].add(kind.together)
    for root, items in clusters.items():
        yield sorted(items), forest.reasons.get(root, set())


def _join_vague(rank: int, ranks: Sequence[int], forest: _Forest, judgements: Sequence[Judgement]) -> None:
    """Join sets of one rank to the sets of surer ranks that they fit, if it is one."""
    options: dict[int, dict[int, Judgement]] = defaultdict(dict)
    for judgement in judgements:
        for vague, sure in ((judgement.left, judgement.right), (judgement.right, judgement.left)):
            if ranks[vague] == rank and ranks[sure] < rank and forest.find(vague) != forest.find(sure):
                options[forest.find(vague)].setdefault(forest.find(sure), judgement)
    for _, fitting in sorted(options.items(), key=lambda pair: pair[0]):
        if len({forest.find(sure) for sure in fitting}) == 1:
            forest.join(*next(iter(fitting.values())))


def _rank(entity: Entity) -> int:
    """0 for what is known best; 1 without a country, 2 with initials for a name, 3 for a surname alone."""
    if entity.gazetteer:
        return 0
    if entity.type == "Person" and entity.named and len(person_words(entity.label)) == 1:
        return 3
    if entity.named and is_short(entity):
        return 2
    return 0 if entity.country or not entity.named else 1


def _corrected(nodes: list[Node], items: Sequence[Item], corrections: Corrections) -> Iterator[Node]:
    """The nodes with the user's merges, then renamings, types and links."""
    by_origin = {item.origin: item for item in items}

    def merged(parts: Sequence[Node], why: str) -> Node:
        cluster = sorted(by_origin[origin] for part in parts for origin in part.origins)
        return make_node(cluster, {why, *(r for part in parts for r in part.reasons)})

    changed = corrections.applied(nodes, merged)
    return with_ids([replace(node, id=local_name_of(node.label)) for node in changed])
