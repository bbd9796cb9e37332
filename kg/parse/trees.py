"""One tree with one root out of arc scores."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating[Any]]


def best_tree(scores: Scores) -> list[int]:
    """The head of each word (0 is the root, words count from 1) in the best tree with a single root.

    `scores[dependent, head]` covers root and words; row 0 is not read. First Chu-Liu/Edmonds, and where
    that gives several roots, the best of the trees with one of these as the only root (McDonald et al. 2005).
    """
    n = scores.shape[0]
    if n == 2:
        return [0]
    table = scores.astype(np.float64).copy()
    np.fill_diagonal(table, -np.inf)
    heads = _edmonds(table)
    roots = [word for word in range(1, n) if heads[word] == 0]
    if len(roots) == 1:
        return [int(h) for h in heads[1:]]
    best: tuple[float, list[int]] | None = None
    for root in roots:
        single = table.copy()
        single[1:, 0] = -np.inf
        single[root, 0] = 0.0
        single[root, 1:] = -np.inf
        candidate = _edmonds(single)
        total = float(sum(table[word, candidate[word]] for word in range(1, n)))
        if best is None or total > best[0]:
            best = (total, [int(h) for h in candidate[1:]])
    assert best is not None
    return best[1]


def _edmonds(table: NDArray[np.float64]) -> NDArray[np.int64]:
    """Maximum spanning arborescence from node 0 by Chu-Liu/Edmonds; `table[dependent, head]`."""
    n = table.shape[0]
    heads = np.zeros(n, dtype=np.int64)
    heads[1:] = np.argmax(table[1:], axis=1)
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.array(cycle)
    outside = np.array([node for node in range(n) if node not in set(cycle)])
    # Contract the cycle into one new node, solve, and open the cycle where the solution enters it.
    own = table[inside, heads[inside]]
    entering = table[np.ix_(inside, outside)] - own[:, None]
    leaving = table[np.ix_(outside, inside)]
    enter_at = np.argmax(entering, axis=0)
    leave_at = np.argmax(leaving, axis=1)
    size = len(outside) + 1
    small = np.full((size, size), -np.inf)
    small[:-1, :-1] = table[np.ix_(outside, outside)]
    small[-1, :-1] = entering[enter_at, np.arange(len(outside))]
    small[:-1, -1] = leaving[np.arange(len(outside)), leave_at]
    solved = _edmonds(small)
    result = heads.copy()
    for position, node in enumerate(outside):
        if node == 0:
            continue
        head = solved[position]
        result[node] = inside[leave_at[position]] if head == size - 1 else outside[head]
    entry_head = solved[-1]
    result[inside[enter_at[entry_head]]] = outside[entry_head]
    return result


def _cycle(heads: NDArray[np.int64]) -> list[int]:
    """The nodes of one cycle, or nothing."""
    state = [0] * len(heads)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        for visited in path:
            state[visited] = 2
    return []
