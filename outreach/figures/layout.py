"""Where the places of a map stand: tied ones near each other, no dot on another, labels where there is room."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.figures.drawing import Box, shorten, text_width
from outreach.figures.style import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

__all__ = ["Label", "labels_of", "positions"]

SEED: Final = 7
ITERATIONS: Final = 120
ROUNDS: Final = 80
BETWEEN: Final = 6.0
"""Pixels between two dots at least."""
SPREAD: Final = 2.1
"""How much room dots get, as a multiple of what they would fill."""
LABEL: Final = 130.0
LINE: Final = 13.0


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


def positions(
    radii: Mapping[int, float], ties: Iterable[tuple[int, int, float]], width: float, room: float = 0.0
) -> tuple[dict[int, tuple[float, float]], float]:
    """Return the middle of each dot, and the height that all take.

    Each connected part is laid out by itself (Fruchterman and Reingold, by networkx, with a fixed seed), then the parts
    stand beside each other in rows, the largest first.

    Args:
        radii: Of the dots, by their number.
        ties: Two numbers and a weight.
        width: In pixels.
        room: What labels need to the right and the left of a dot.

    """
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(sorted(radii))
    graph.add_weighted_edges_from(sorted(ties))
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part))
    blocks = [_block(graph, part, radii, width - 2 * room) for part in parts]
    return _packed(blocks, width, room)


@dataclass(frozen=True, slots=True)
class _Block:
    """A connected part: its dots from (0, 0) to its width and height."""

    spots: dict[int, tuple[float, float]]
    width: float
    height: float


def _block(graph: Any, part: Sequence[int], radii: Mapping[int, float], widest: float) -> _Block:
    import networkx as nx
    import numpy as np

    inner = graph.subgraph(part)
    count = len(part)
    sizes = np.array([radii[one] for one in part])
    if count == 1:
        spots = np.zeros((1, 2))
    else:
        found = nx.spring_layout(inner, seed=SEED, iterations=ITERATIONS, weight="weight", k=1.6 / math.sqrt(count))
        spots = np.array([found[one] for one in part])
    filled = float((4 * (sizes + BETWEEN) ** 2).sum())
    side = max(math.sqrt(filled) * SPREAD, 4 * float(sizes.max()))
    wide = min(side * 1.35, widest)
    spots = _fitted(spots, wide, side * side / wide)
    spots = _apart(spots, sizes)
    low = (spots - sizes[:, None]).min(axis=0)
    high = (spots + sizes[:, None]).max(axis=0)
    if high[0] - low[0] > widest:  # pushed out of the width: drawn together again sideways
        spots[:, 0] = (spots[:, 0] - low[0]) * (widest / (high[0] - low[0]))
        spots = _apart(spots, sizes)
        low = (spots - sizes[:, None]).min(axis=0)
        high = (spots + sizes[:, None]).max(axis=0)
    spots = np.round(spots - low, 1)
    size = high - low
    return _Block(
        {one: (float(x), float(y)) for one, (x, y) in zip(part, spots, strict=True)}, float(size[0]), float(size[1])
    )


def _fitted(spots: NDArray[Any], width: float, height: float) -> NDArray[Any]:
    import numpy as np

    low, high = spots.min(axis=0), spots.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    found: NDArray[Any] = (spots - low) / span * np.array([width, height])
    return found


def _apart(spots: NDArray[Any], sizes: NDArray[Any]) -> NDArray[Any]:
    """Push dots apart that overlap or nearly touch, each by half of what is missing."""
    import numpy as np

    spots = spots.copy()
    least = sizes[:, None] + sizes[None, :] + BETWEEN
    np.fill_diagonal(least, 0.0)
    for _ in range(ROUNDS):
        apart = spots[:, None, :] - spots[None, :, :]
        distance = np.sqrt((apart**2).sum(axis=2))
        missing = np.maximum(least - distance, 0.0)
        if not missing.any():
            break
        same = distance < 1e-6
        angle = np.arange(len(spots)) * 2.399963  # the golden angle: dots on one spot go different ways
        apart[..., 0] = np.where(same, np.cos(angle)[:, None] - np.cos(angle)[None, :], apart[..., 0])
        apart[..., 1] = np.where(same, np.sin(angle)[:, None] - np.sin(angle)[None, :], apart[..., 1])
        long = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        spots += (apart / long[..., None] * (missing / 2)[..., None]).sum(axis=1)
    return spots


def _packed(blocks: Sequence[_Block], width: float, room: float) -> tuple[dict[int, tuple[float, float]], float]:
    """Return all dots with the blocks in rows."""
    found: dict[int, tuple[float, float]] = {}
    left, top, high = room, 0.0, 0.0
    for block in blocks:
        if left > room and left + block.width + room > width:
            left, top, high = room, top + high + 3 * LINE, 0.0
        for one, (x, y) in block.spots.items():
            found[one] = (round(left + x, 1), round(top + y, 1))
        left += block.width + 2 * room
        high = max(high, block.height)
    return found, top + high


def labels_of(
    names: Mapping[int, str],
    spots: Mapping[int, tuple[float, float]],
    radii: Mapping[int, float],
    order: Sequence[int],
    area: Box,
) -> dict[int, Label]:
    """Return a label for as many dots as there is room for: none covers a dot or another label.

    Args:
        names: Of the dots.
        spots: Their middles.
        radii: Their radii.
        order: Whose label goes first.
        area: Within which labels stand.

    """
    taken = [Box(x - radii[one], y - radii[one], x + radii[one], y + radii[one]) for one, (x, y) in spots.items()]
    found: dict[int, Label] = {}
    for one in order:
        x, y = spots[one]
        shown = shorten(names[one], LABEL, SMALL)
        wide, away = text_width(shown, SMALL), radii[one] + 3
        for at, base, anchor, left in (
            (x + away, y + 4, None, x + away),
            (x - away, y + 4, "end", x - away - wide),
            (x, y + radii[one] + LINE, "middle", x - wide / 2),
            (x, y - radii[one] - 4, "middle", x - wide / 2),
        ):
            box = Box(left - 1, base - 0.8 * SMALL, left + wide + 1, base + 0.25 * SMALL)
            inside = (
                box.left >= area.left and box.right <= area.right and box.top >= area.top and box.bottom <= area.bottom
            )
            if inside and not any(box.meets(other) for other in taken):
                taken.append(box)
                found[one] = Label(at, base, anchor, shown)
                break
    return found
