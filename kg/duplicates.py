"""Near-duplicates: a wire story that ten outlets print is one source.

Two articles are near-duplicates if one holds most of the other's shingles (runs of five words; Broder 1997). Candidates
come from shared rare shingles, so that not all pairs are compared.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from kg.model import Document
from kg.naming import name_key

SHINGLE = 5
# Share of the smaller article's shingles that the larger must hold.
CONTAINMENT = 0.6
# Hashes of an article by which others find it.
SKETCH = 40


def find_origins(documents: Sequence[Document]) -> dict[str, str]:
    """For each document's id the id of its near-duplicates' first: the earliest published, then the longest, then the
    first by id."""
    shingles = {d.id: _shingles(d.text) for d in documents}
    order = {
        d.id: (d.published is None, d.published.isoformat() if d.published else "", -len(d.text), d.id)
        for d in documents
    }
    sharing: dict[int, list[str]] = defaultdict(list)
    for id_ in sorted(shingles):
        for value in sorted(shingles[id_])[:SKETCH]:
            sharing[value].append(id_)
    parent = {id_: id_ for id_ in shingles}

    def find(id_: str) -> str:
        while parent[id_] != id_:
            id_ = parent[id_]
        return id_

    for ids in sharing.values():
        for first, left in enumerate(ids):
            for right in ids[first + 1 :]:
                if find(left) != find(right) and _contained(shingles[left], shingles[right]):
                    keep, drop = sorted((find(left), find(right)), key=lambda i: order[i])
                    parent[drop] = keep
    return {id_: find(id_) for id_ in sorted(shingles)}


def _shingles(text: str) -> frozenset[int]:
    words = name_key(text).split()
    runs = (" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)


def _contained(a: frozenset[int], b: frozenset[int]) -> bool:
    small, large = sorted((a, b), key=len)
    return bool(small) and len(small & large) / len(small) >= CONTAINMENT
