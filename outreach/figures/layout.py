"""Where the places of a map stand: tied ones near each other, no dot on another, labels where there is room."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.figures.drawing import shorten, text_width
from outreach.figures.style import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from outreach.figures.drawing import Box

__all__ = ["Label", "labels_of", "positions", "widest_label"]

SEED: Final = 7
ITERATIONS: Final = 120
ROUNDS: Final = 150
BETWEEN: Final = 6.0
"""Pixels between two dots at least."""
SPREAD: Final = 0.75
"""How much room dots and their labels get, as a multiple of what they fill."""
EVEN: Final = 0.75
"""How far dots are spread evenly: drawn by ties alone they crowd in the middle, where no label has room."""
LABEL: Final = 130.0
SHORT_LABEL: Final = 92.0
"""The same on maps of many places, which would be too high otherwise."""
MANY: Final = 120
LINE: Final = 13.0
CELL: Final = 8.0
"""Pixels of the grid on which connected parts are packed."""
EDGE: Final = 7.0
"""Pixels around what a part takes."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its dot.

    Args:
        x: Of its beginning, middle or end.
        y: Of its base line.
        anchor: ``end``, ``middle``, or None for the beginning.
        text: As much of the name as there is room for.

    """

    x: float
    y: float
    anchor: str | None
    text: str


def widest_label(count: int) -> float:
    """Return how wide a label may be on a map of so many places.

    Example:
        >>> widest_label(60), widest_label(300)
        (130.0, 92.0)

    """
    return LABEL if count <= MANY else SHORT_LABEL


def positions(
    radii: Mapping[int, float], ties: Iterable[tuple[int, int, float]], width: float, labels: Mapping[int, float]
) -> tuple[dict[int, tuple[float, float]], float]:
    """Return the middle of each dot, and the height that all take.

    Each connected part is laid out by itself (Fruchterman and Reingold, by networkx, with a fixed seed), with room for
    a label to the right of each dot; then each part, the largest first, is put as high as it has room.

    Args:
        radii: Of the dots, by their number.
        ties: Two numbers and a weight.
        width: In pixels.
        labels: Widths of their labels.

    """
    import networkx as nx

    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(radii))
    graph.add_weighted_edges_from(sorted(ties))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    return _packed([_block(graph, part, radii, labels, width) for part in parts], width)


@dataclass(frozen=True, slots=True)
class _Block:
    """A connected part: its dots, and what it takes of the grid, from (0, 0) to the right and down."""

    spots: dict[int, tuple[float, float]]
    taken: NDArray[Any]
    height: float


def _block(
    graph: Any, part: Sequence[int], radii: Mapping[int, float], labels: Mapping[int, float], widest: float
) -> _Block:
    import networkx as nx
    import numpy as np

    inner = graph.subgraph(part)
    count = len(part)
    sizes = np.array([radii[one] for one in part])
    rights = sizes + 3 + np.array([labels[one] for one in part])
    if count == 1:
        spots = np.zeros((1, 2))
    else:
        found = nx.spring_layout(inner, seed=SEED, iterations=ITERATIONS, weight="weight", k=1.6 / math.sqrt(count))
        spots = np.array([found[one] for one in part])
    across = sizes + rights + BETWEEN
    filled = float((across * (2 * sizes + BETWEEN)).sum()) * SPREAD
    wide = min(max(math.sqrt(filled * 1.5), float(across.max()) * 1.5), widest - float(across.max()))
    spots = _fitted(spots, wide, max(filled / (wide + float(across.mean())), 4 * float(sizes.max())))
    spots = _labelled_apart(spots, sizes, rights, widest)
    spots = _apart(spots, sizes)
    low = (spots - sizes[:, None]).min(axis=0)
    spots -= low
    if float((spots[:, 0] + sizes).max()) > widest:  # pushed out of the width: drawn together again sideways
        spots[:, 0] *= (widest - 2 * float(sizes.max())) / float(spots[:, 0].max())
        spots = _apart(spots, sizes)
        spots -= (spots - sizes[:, None]).min(axis=0)
    spots = np.round(spots, 1)
    ends = {one: at for at, one in enumerate(part)}
    ties = [(ends[one], ends[other]) for one, other in sorted(inner.edges())]
    return _Block(
        {one: (float(x), float(y)) for one, (x, y) in zip(part, spots, strict=True)},
        _taken(spots, sizes, rights, ties, widest),
        float((spots[:, 1] + sizes).max()),
    )


def _fitted(spots: NDArray[Any], width: float, height: float) -> NDArray[Any]:
    """Return the dots within a rectangle, in part where their ties draw them, in part spread evenly."""
    import numpy as np

    low, high = spots.min(axis=0), spots.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    ranks = np.argsort(np.argsort(spots, axis=0, kind="stable"), axis=0, kind="stable") / max(len(spots) - 1, 1)
    found: NDArray[Any] = ((1 - EVEN) * (spots - low) / span + EVEN * ranks) * np.array([width, height])
    return found


def _labelled_apart(spots: NDArray[Any], sizes: NDArray[Any], rights: NDArray[Any], widest: float) -> NDArray[Any]:
    """Push dots apart that have no room for a label to their right, without leaving the width."""
    import numpy as np

    x, y = spots[:, 0] + sizes.max(), spots[:, 1].copy()
    count = len(x)
    first, second = np.triu_indices(count, 1)
    reach = np.maximum(widest - rights, sizes)
    high = sizes[first] + sizes[second] + BETWEEN
    for _ in range(ROUNDS):
        x = np.clip(x, sizes, reach)
        dx, dy = x[second] - x[first], y[second] - y[first]
        wide = np.where(dx >= 0, rights[first] + sizes[second], rights[second] + sizes[first]) + BETWEEN
        over, down = wide - np.abs(dx), high - np.abs(dy)
        close = np.flatnonzero((over > 0.5) & (down > 0.5))
        if not len(close):
            break
        one, other = first[close], second[close]
        # Along the way that is shorter, a little less than all of it: many are pushed at once.
        sideways = over[close] < down[close]
        push_x = np.where(sideways, over[close] * np.where(dx[close] >= 0, 0.4, -0.4), 0.0)
        push_y = np.where(sideways, 0.0, down[close] * np.where(dy[close] >= 0, 0.4, -0.4))
        x += np.bincount(other, push_x, count) - np.bincount(one, push_x, count)
        y += np.bincount(other, push_y, count) - np.bincount(one, push_y, count)
    return np.column_stack((np.clip(x, sizes, reach), y))


def _taken(
    spots: NDArray[Any], sizes: NDArray[Any], rights: NDArray[Any], ties: Sequence[tuple[int, int]], widest: float
) -> NDArray[Any]:
    """Return the cells of the grid that dots, their labels and ties take, with an edge around them."""
    import numpy as np

    most = math.ceil(widest / CELL)
    rows = math.ceil((float((spots[:, 1] + sizes).max()) + EDGE) / CELL) + 2
    taken = np.zeros((rows, most), dtype=bool)
    for (x, y), size, right in zip(spots, sizes, rights, strict=True):
        top, bottom = max(0, int((y - size - EDGE) / CELL)), int((y + size + EDGE) / CELL) + 1
        taken[top:bottom, max(0, int((x - size - EDGE) / CELL)) : int((x + right + EDGE) / CELL) + 1] = True
    for one, other in ties:
        steps = np.linspace(0, 1, int(np.abs(spots[one] - spots[other]).max() / CELL) + 2)[:, None]
        cells = ((spots[one] * (1 - steps) + spots[other] * steps) / CELL).astype(int)
        taken[cells[:, 1], np.minimum(cells[:, 0], most - 1)] = True
    return taken[: int(np.flatnonzero(taken.any(axis=1))[-1]) + 1, : int(np.flatnonzero(taken.any(axis=0))[-1]) + 1]


def _apart(spots: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Push dots apart that overlap or nearly touch, each by half of what is missing."""
    import numpy as np

    x, y = spots[:, 0].copy(), spots[:, 1].copy()
    count = len(x)
    first, second = np.triu_indices(count, 1)
    least = sizes[first] + sizes[second] + BETWEEN
    angle = np.arange(count) * 2.399963  # the golden angle: dots on one spot go different ways
    for _ in range(ROUNDS):
        dx, dy = x[first] - x[second], y[first] - y[second]
        close = np.flatnonzero(dx * dx + dy * dy < least * least - 1e-6)
        if not len(close):
            break
        one, other = first[close], second[close]
        dx, dy = dx[close], dy[close]
        same = dx * dx + dy * dy < 1e-9
        dx = np.where(same, np.cos(angle[one]) - np.cos(angle[other]), dx)
        dy = np.where(same, np.sin(angle[one]) - np.sin(angle[other]), dy)
        long = np.maximum(np.hypot(dx, dy), 1e-9)
        push = np.where(same, least[close], least[close] - long) / (2 * long)
        for at, by in ((one, push), (other, -push)):
            x += np.bincount(at, by * dx, count)
            y += np.bincount(at, by * dy, count)
    return np.column_stack((x, y))


def _packed(blocks: Sequence[_Block], width: float) -> tuple[dict[int, tuple[float, float]], float]:
    """Return all dots, each part where it ends highest, then furthest to the left."""
    import numpy as np

    found: dict[int, tuple[float, float]] = {}
    across = math.ceil(width / CELL)
    grid = np.zeros((sum(len(block.taken) for block in blocks), across), dtype=bool)
    used, bottom = 0, 0.0
    for block in blocks:
        high, wide = block.taken.shape
        free = np.ones((used + 1, across - wide + 1), dtype=bool)
        for row, column in np.argwhere(block.taken) if used else ():
            free &= ~grid[row : row + used + 1, column : column + across - wide + 1]
        top, left = (int(one) for one in np.argwhere(free)[0])
        grid[top : top + high, left : left + wide] |= block.taken
        used = max(used, top + high)
        bottom = max(bottom, top * CELL + block.height)
        for one, (x, y) in block.spots.items():
            found[one] = (round(left * CELL + x, 1), round(top * CELL + y, 1))
    return found, bottom


def labels_of(  # noqa: PLR0917 - what stands around a label
    names: Mapping[int, str],
    spots: Mapping[int, tuple[float, float]],
    radii: Mapping[int, float],
    order: Sequence[int],
    area: Box,
    ties: Iterable[tuple[int, int]] = (),
) -> dict[int, Label]:
    """Return a label for as many dots as there is room for: none covers a dot or another label.

    Of the sides of a dot the one is taken where the fewest ties go through its label.

    Args:
        names: Of the dots.
        spots: Their middles.
        radii: Their radii.
        order: Whose label goes first.
        area: Within which labels stand.
        ties: Two numbers of dots.

    """
    import numpy as np

    taken = np.zeros((len(spots) + len(names), 4))
    for used, (one, (x, y)) in enumerate(spots.items()):
        taken[used] = (x - radii[one], y - radii[one], x + radii[one], y + radii[one])
    used = len(spots)
    lines = np.array([(*spots[one], *spots[other]) for one, other in ties]).reshape(-1, 4)
    found: dict[int, Label] = {}
    for one in order:
        best: tuple[int, Label, tuple[float, ...]] | None = None
        for label, box in _places(shorten(names[one], widest_label(len(spots)), SMALL), *spots[one], radii[one]):
            inside = box[0] >= area.left and box[2] <= area.right and box[1] >= area.top and box[3] <= area.bottom
            if not inside or _meets(taken[:used], box):
                continue
            crossed = _crossing(lines, box)
            if best is None or crossed < best[0]:
                best = (crossed, label, box)
            if not crossed:
                break
        if best is not None:
            _, found[one], taken[used] = best
            used += 1
    return found


def _places(shown: str, x: float, y: float, radius: float) -> Iterator[tuple[Label, tuple[float, ...]]]:
    """Yield where the label of a dot may stand, the best first, with the rectangle that it takes."""
    wide, away = text_width(shown, SMALL), radius + 3
    for at, base, anchor, left in (
        (x + away, y + 4, None, x + away),
        (x - away, y + 4, "end", x - away - wide),
        (x, y + radius + LINE, "middle", x - wide / 2),
        (x, y - radius - 4, "middle", x - wide / 2),
    ):
        yield Label(at, base, anchor, shown), (left - 1, base - 0.8 * SMALL, left + wide + 1, base + 0.25 * SMALL)


def _meets(boxes: NDArray[Any], box: tuple[float, ...]) -> bool:
    left, top, right, bottom = box
    return bool(((boxes[:, 0] < right) & (left < boxes[:, 2]) & (boxes[:, 1] < bottom) & (top < boxes[:, 3])).any())


def _crossing(lines: NDArray[Any], box: tuple[float, ...]) -> int:
    """Return how many lines go through a rectangle."""
    import numpy as np

    start, step = lines[:, :2], lines[:, 2:] - lines[:, :2]
    slope = np.where(np.abs(step) < 1e-9, 1e-9, step)
    one, other = (np.array(box[:2]) - start) / slope, (np.array(box[2:]) - start) / slope
    enters = np.minimum(one, other).max(axis=1)
    leaves = np.maximum(one, other).min(axis=1)
    return int(((enters < leaves) & (leaves > 0) & (enters < 1)).sum())
