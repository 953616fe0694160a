"""Pictures with a row for each place: names to the left, a scale in the middle, numbers to the right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from outreach.figures.drawing import Scale, line, text, text_width
from outreach.figures.style import SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["QUARTERS", "Layout", "PlaceRow", "Plot", "layout_of", "notes_drawn", "rows_drawn"]

ROW: Final = 34.0
HEAD: Final = 30.0
FOOT: Final = 22.0
NOTE: Final = 18.0
GAP: Final = 14.0
QUARTERS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
NAMES: Final = 0.36
"""Of the width, at most, for names."""
LEAST_PLOT: Final = 120.0
BASE_LINE: Final = 0.32
"""Of a row's height, from its middle to the line below its name."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One row.

    Args:
        name: Of the place, as others wrote it.
        below: A second line in small letters.
        numbers: Texts to the right, one for each column.
        ruled: Whether a line stands above it.
        faint: Whether what it says is not certain enough to stand out.
        stressed: Whether its second line stands out.

    """

    name: str
    below: str = ""
    numbers: tuple[str, ...] = ()
    ruled: bool = False
    faint: bool = False
    stressed: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything stands.

    Args:
        names: Width of the names.
        plot: Left and right end of the scale.
        columns: Right ends of the numbers.
        widths: Of the numbers' columns.
        width: Of the whole.
        height: Of the whole.

    """

    names: float
    plot: tuple[float, float]
    columns: tuple[float, ...]
    widths: tuple[float, ...]
    width: float
    height: float

    def middle(self, place: int) -> float:
        """Return the height of a row's middle."""
        return HEAD + ROW * (place + 0.5)


def layout_of(rows: Sequence[PlaceRow], heads: Sequence[str], width: float) -> Layout:
    """Return where names, scale and numbers stand.

    Args:
        rows: In their order.
        heads: Above the columns of numbers.
        width: Of the picture.

    """
    cap = width * NAMES
    lines = [text_width(row.name) for row in rows]
    lines += [text_width(row.below, SMALL, bold=row.stressed) for row in rows]
    names = min(cap, max([60.0, *lines]))
    widths = tuple(
        min(
            width * 0.3,
            max([text_width(head, SMALL), *(text_width(row.numbers[at]) for row in rows if at < len(row.numbers))]),
        )
        for at, head in enumerate(heads)
    )
    right = width - sum(widths) - GAP * len(widths)
    left = min(names + GAP, right - LEAST_PLOT)
    ends, end = [], right
    for one in widths:
        end += GAP + one
        ends.append(end)
    return Layout(left - GAP, (left, right - GAP / 2), tuple(ends), widths, width, HEAD + ROW * len(rows) + FOOT)


@dataclass(frozen=True, slots=True)
class Plot:
    """What the middle of the picture shows.

    Args:
        scale: From values to pixels.
        marks: Values on it with what stands below them.
        over: What it measures, above it.
        draw: Draws a row by its place and the height of its middle.

    """

    scale: Scale
    marks: Sequence[tuple[float, str]]
    over: str
    draw: Callable[[int, float], str]


def rows_drawn(rows: Sequence[PlaceRow], heads: Sequence[str], layout: Layout, plot: Plot) -> Iterator[str]:
    """Yield all elements: grid, rows, what is drawn of each, and the numbers.

    Args:
        rows: In their order.
        heads: Above the columns of numbers.
        layout: Where they stand.
        plot: Between names and numbers.

    """
    bottom = HEAD + ROW * len(rows)
    step = _every(plot)
    for place, (value, label) in enumerate(plot.marks):
        x = plot.scale(value)
        yield line(x, HEAD - 4, x, bottom, "faint" if value else "rule")
        if place % step == 0:
            yield text(x, bottom + 15, label, "small muted", anchor="middle", size=SMALL)
    left, right = layout.plot
    beside = text_width(plot.over, SMALL) > right - left  # then it begins above the names, where nothing stands
    anchor = "end" if beside else None
    yield text(right if beside else left, HEAD - 12, plot.over, "small muted", anchor=anchor, width=right, size=SMALL)
    for head, end, wide in zip(heads, layout.columns, layout.widths, strict=True):
        yield text(end, HEAD - 12, head, "small muted", anchor="end", width=wide, size=SMALL)
    for place, row in enumerate(rows):
        middle = layout.middle(place)
        if row.ruled:
            yield line(0, middle - ROW / 2, layout.width, middle - ROW / 2)
        kind = "muted" if row.faint else ""
        yield text(0, middle + (-2 if row.below else ROW * BASE_LINE / 2), row.name, kind, width=layout.names)
        if row.below:
            below = "small bold" if row.stressed else "small muted"
            yield text(0, middle + 12, row.below, below, width=layout.names, size=SMALL)
        yield plot.draw(place, middle)
        for number, end, wide in zip(row.numbers, layout.columns, layout.widths, strict=False):
            yield text(end, middle + 5, number, kind, anchor="end", width=wide)


def _every(plot: Plot) -> int:
    """Return of how many marks one is labelled, so that labels have room."""
    widest = max((text_width(label, SMALL) for _, label in plot.marks), default=0.0)
    spots = [plot.scale(value) for value, _ in plot.marks]
    gap = min((after - before for before, after in pairwise(spots)), default=widest + 1)
    return max(1, math.ceil((widest + 4) / gap)) if gap > 0 else len(spots)


def notes_drawn(notes: Sequence[str], top: float, width: float) -> tuple[str, float]:
    """Return notes below a picture, and where they end.

    Args:
        notes: One a line; empty ones are left out.
        top: Where the picture ends.
        width: Of the picture.

    """
    drawn = []
    for note in filter(None, notes):
        top += NOTE
        drawn.append(text(0, top - 4, note, "small muted", size=SMALL, width=width))
    return "".join(drawn), top
