"""Where entities stand: an evenly filled core, the rest around it, the unconnected below.

The best-evidenced entities (the core) are laid out by networkx, community by community and then all together, and spread evenly so that
names have room everywhere. Every further entity gets the free place nearest to its best-connected neighbour that has one, so that a page
can show more without moving anything. The same graph gives the same places: fixed seeds, numbers for nodes, whole units.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import cos, pi, sin, sqrt

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.structure import SEED, components

Points = NDArray[np.float64]
Place = tuple[int, int]

# Units of the picture. At scale 1 a unit is a pixel; the first view is scaled to fit.
CELL_WIDTH, CELL_HEIGHT = 84, 66
# Between unconnected parts. Names are wider than high.
GAP = (150.0, 105.0)
# How much wider than high the picture had better be.
SCREEN = 1.2
# How much longer than the largest part shelves of parts may be.
SHELVES = (1.0, 1.5, 2.0, 3.0, 4.5, 7.0)
# How much less an edge between two communities pulls than one within.
ACROSS = 0.04
# Sample points per entity and rounds of Lloyd's algorithm when spreading.
SAMPLES, ROUNDS = 36, 24
# How near two may stand, as a part of the usual distance.
NEAREST = 0.75
# How much more room an important entity gets: this times its importance, in squared distances between neighbours.
WEIGHT = 0.55


def place_all(pairs: nx.Graph, core: int, importance: Mapping[int, float], home: Mapping[int, int]) -> dict[int, Place]:
    """A place for every node of a graph whose nodes are numbered by rank, best first; the first `core` of the connected are the core.
    `home` is the community of every connected node."""
    connected = [node for node in sorted(pairs) if pairs.degree(node)]
    chosen = pairs.subgraph(connected[:core]).copy()
    # A handful get more room, so that the lines between them can be told apart.
    room = 1 + 3 / sqrt(max(len(chosen), 1))
    places = _packed([_component(chosen.subgraph(part).copy(), importance, home, room) for part in components(chosen)])
    grid = _Grid(places)
    for node, near in _by_nearness(pairs, connected, places):
        places[node] = grid.take(places[near] if near is not None else grid.outskirts())
    for node, place in zip((n for n in sorted(pairs) if not pairs.degree(n)), _rows(places), strict=False):
        places[node] = place
    return places


def _component(
    part: nx.Graph, importance: Mapping[int, float], home: Mapping[int, int], room: float
) -> dict[int, tuple[float, float]]:
    """Places of one connected part, around (0, 0)."""
    nodes = sorted(part)
    start = _by_community(part, home)
    steps = 90 if len(nodes) <= 400 else 50
    found = nx.spring_layout(
        part, k=1.6 / sqrt(len(nodes)), pos=start, iterations=steps, weight="pull", seed=SEED, method="force"
    )
    points = np.array([found[node] for node in nodes], dtype=np.float64)
    weights = np.array([importance.get(node, 0.0) for node in nodes])
    points = _apart(_turned(_spread(_evened(points), weights)))
    # An ellipse with a cell for each.
    scale = sqrt(len(nodes) / pi) * room
    return {
        node: (float(x) * scale * CELL_WIDTH, float(y) * scale * CELL_HEIGHT)
        for node, (x, y) in zip(nodes, points, strict=True)
    }


def _evened(points: Points) -> Points:
    """Moved along their radii so that the unit disc is filled evenly from its middle to its rim."""
    centred = points - np.median(points, axis=0)
    distance = np.hypot(centred[:, 0], centred[:, 1])
    order = np.argsort(distance, kind="stable")
    wanted = np.empty(len(points))
    wanted[order] = np.sqrt((np.arange(len(points)) + 0.5) / len(points))
    return np.asarray(centred * (wanted / np.maximum(distance, 1e-9))[:, None])


def _spread(points: Points, weights: Points) -> Points:
    """Lloyd's algorithm on the unit disc: each point moves to the middle of what is nearest to it, until all have like room; heavier
    points get more (a power diagram)."""
    count = len(points)
    if count < 3:
        return points
    samples = np.array([_spiral(turn, count * SAMPLES) for turn in range(count * SAMPLES)])
    bonus = weights * WEIGHT * pi / count
    moved = points.copy()
    for _ in range(ROUNDS):
        gaps = (
            (samples**2).sum(axis=1)[:, None] - 2 * samples @ moved.T + (moved**2).sum(axis=1)[None, :] - bonus[None, :]
        )
        owner = gaps.argmin(axis=1)
        size = np.bincount(owner, minlength=count)
        middle = np.stack([np.bincount(owner, weights=samples[:, axis], minlength=count) for axis in (0, 1)], axis=1)
        moved = np.where(size[:, None] > 0, middle / np.maximum(size, 1)[:, None], moved)
    return moved


def _apart(points: Points) -> Points:
    """Pushed apart where two stand closer than a part of the usual distance: what has little weight may get no room of its own beside
    the heaviest."""
    least = NEAREST * sqrt(pi / len(points))
    moved = points + 1e-6 * np.array([_spiral(turn, len(points)) for turn in range(len(points))])
    for _ in range(ROUNDS):
        gaps = moved[:, None, :] - moved[None, :, :]
        distance = np.hypot(gaps[..., 0], gaps[..., 1])
        np.fill_diagonal(distance, np.inf)
        lack = np.maximum(least - distance, 0.0)
        if not lack.any():
            break
        moved = moved + (gaps * (lack / np.maximum(distance, 1e-9) / 2)[..., None]).sum(axis=1)
    return moved


def _turned(points: Points) -> Points:
    """Turned so that the longer extent is horizontal, since screens and names are wide."""
    if len(points) < 2:
        return points * 0.0
    _, axes = np.linalg.eigh(np.cov(points.T))
    turned = points @ axes[:, ::-1]
    # The axes' signs are arbitrary: the best-evidenced stand to the left and above.
    return np.asarray(turned * np.where(turned[0] > 0, -1.0, 1.0))


def _by_community(part: nx.Graph, home: Mapping[int, int]) -> dict[int, tuple[float, float]]:
    """Start places: communities where their connections pull them, members in a disc around. Sets `pull` on the edges, which is
    stronger within a community than between two."""
    groups = sorted({home[node] for node in part})
    members = {group: [node for node in sorted(part) if home[node] == group] for group in groups}
    quotient = nx.Graph()
    quotient.add_nodes_from(groups)
    for a, b, weight in part.edges(data="weight", default=1):
        together = home[a] == home[b]
        part.edges[a, b]["pull"] = sqrt(weight) * (1.0 if together else ACROSS)
        if not together:
            before = quotient.get_edge_data(home[a], home[b], {"weight": 0.0})["weight"]
            quotient.add_edge(home[a], home[b], weight=before + sqrt(weight))
    centres = (
        nx.spring_layout(quotient, seed=SEED, iterations=80, k=2.2 / sqrt(max(len(groups), 1)), method="force")
        if len(groups) > 1
        else {groups[0]: (0.0, 0.0)}
    )
    size = sqrt(len(part))
    start = {}
    for group in groups:
        radius = 0.75 * sqrt(len(members[group])) / size
        for turn, node in enumerate(members[group]):
            x, y = _spiral(turn, len(members[group]))
            start[node] = (float(centres[group][0]) + radius * x, float(centres[group][1]) + radius * y)
    return start


def _spiral(turn: int, count: int) -> tuple[float, float]:
    """The turn-th of `count` points spread evenly over the unit disc (Vogel's sunflower)."""
    distance, angle = sqrt((turn + 0.5) / count), turn * pi * (3 - sqrt(5))
    return distance * cos(angle), distance * sin(angle)


def _packed(parts: Sequence[Mapping[int, tuple[float, float]]]) -> dict[int, Place]:
    """The largest part first, the others on shelves below or beside it, as long as fits a screen best."""

    def smallness(places: Mapping[int, Place]) -> float:
        xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
        return max((max(xs) - min(xs)) / SCREEN, float(max(ys) - min(ys)))

    if not parts:
        return {}
    return min((_shelved(parts, along, longer) for along in (0, 1) for longer in SHELVES), key=smallness)


def _shelved(parts: Sequence[Mapping[int, tuple[float, float]]], along: int, longer: float) -> dict[int, Place]:
    """Parts on shelves, rows (`along` 0, the axis x) or columns (1, the axis y), that are so much longer than the first part."""
    across, places, corner, edge = 1 - along, dict[int, Place](), [0.0, 0.0], 0.0
    limit = 6 * GAP[along]
    for number, part in enumerate(parts):
        low = [min(point[axis] for point in part.values()) for axis in (0, 1)]
        size = [max(point[axis] for point in part.values()) - low[axis] for axis in (0, 1)]
        if number == 0:
            limit = longer * max(size[along], limit)
        elif corner[along] + size[along] > limit:
            corner[along], corner[across] = 0.0, edge + GAP[across]
        for node, (x, y) in part.items():
            places[node] = (round(corner[0] + x - low[0]), round(corner[1] + y - low[1]))
        edge = max(edge, corner[across] + size[across])
        corner[along] += size[along] + GAP[along]
    return places


class _Grid:
    """Cells of the plane that are taken."""

    def __init__(self, places: Mapping[int, Place]) -> None:
        self._taken = {self._cell(place) for place in places.values()}
        self._tried: dict[Place, int] = {}

    @staticmethod
    def _cell(place: Place) -> Place:
        return round(place[0] / CELL_WIDTH), round(place[1] / CELL_HEIGHT)

    def take(self, near: Place) -> Place:
        """The middle of the free cell nearest to a place; the cell is then taken."""
        start = self._cell(near)
        first = self._tried.get(start, 1)
        for ring in range(first, first + len(self._taken) + 2):
            for dx, dy in _ring(ring):
                cell = (start[0] + dx, start[1] + dy)
                if cell not in self._taken:
                    self._taken.add(cell)
                    self._tried[start] = ring
                    return cell[0] * CELL_WIDTH, cell[1] * CELL_HEIGHT
        raise AssertionError("more rings than cells were taken")

    def outskirts(self) -> Place:
        """A place below everything, for parts that are connected to nothing placed so far."""
        lowest = max((y for _, y in self._taken), default=0)
        return 0, (lowest + 3) * CELL_HEIGHT


def _ring(radius: int) -> Iterator[Place]:
    """Cells at a distance of `radius` cells, those nearest to the middle of a side first."""
    cells = [(dx, dy) for dx in range(-radius, radius + 1) for dy in (-radius, radius)]
    cells += [(dx, dy) for dy in range(1 - radius, radius) for dx in (-radius, radius)]
    yield from sorted(cells, key=lambda cell: (cell[0] ** 2 + cell[1] ** 2, cell))


def _by_nearness(
    pairs: nx.Graph, connected: Sequence[int], places: Mapping[int, Place]
) -> Iterator[tuple[int, int | None]]:
    """Nodes without a place, each after the neighbour beside which it is to stand; None starts a part that has no place yet."""
    seen = set(places)
    queue = sorted(seen)
    waiting = iter([node for node in connected if node not in seen])
    while True:
        for node in queue:
            fresh = sorted(other for other in pairs[node] if other not in seen)
            seen.update(fresh)
            queue.extend(fresh)
            yield from ((other, node) for other in fresh)
        start = next((node for node in waiting if node not in seen), None)
        if start is None:
            return
        seen.add(start)
        queue = [start]
        yield start, None


def _rows(places: Mapping[int, Place]) -> Iterator[Place]:
    """Places in rows below everything, without end."""
    xs, ys = [x for x, _ in places.values()] or [0], [y for _, y in places.values()] or [0]
    columns = max(6, round((max(xs) - min(xs)) / (1.8 * CELL_WIDTH)))
    number = 0
    while True:
        row, column = divmod(number, columns)
        yield round(min(xs) + column * 1.8 * CELL_WIDTH), round(max(ys) + (2.2 + row) * CELL_HEIGHT)
        number += 1
