"""Legal BIO sequences out of per-word label scores."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def allowed_transitions(tags: Sequence[str]) -> NDArray[np.float32]:
    """0 where tag j may follow tag i, a large penalty where it may not (I-X only after B-X or I-X)."""
    table = np.zeros((len(tags), len(tags)), dtype=np.float32)
    for j, tag in enumerate(tags):
        if tag.startswith("I-"):
            for i, previous in enumerate(tags):
                if previous not in (f"B-{tag[2:]}", tag):
                    table[i, j] = -1e4
    return table


def best_tags(scores: NDArray[np.float32], transitions: NDArray[np.float32], tags: Sequence[str]) -> list[str]:
    """The best legal tag sequence (Viterbi) for scores of shape (words, tags)."""
    if not len(scores):
        return []
    start = np.array([-1e4 if tag.startswith("I-") else 0.0 for tag in tags], dtype=np.float32)
    total = scores[0] + start
    back = []
    for row in scores[1:]:
        paths = total[:, None] + transitions
        back.append(paths.argmax(0))
        total = paths.max(0) + row
    best = [int(total.argmax())]
    for pointers in reversed(back):
        best.append(int(pointers[best[-1]]))
    return [tags[index] for index in reversed(best)]


def spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end exclusive, label) of each entity in a legal BIO sequence."""
    found: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append((index, index + 1, tag[2:]))
        elif tag.startswith("I-"):
            start, _, label = found.pop()
            found.append((start, index + 1, label))
    return found
