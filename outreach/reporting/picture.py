"""A table of results as a picture for people: places to the left, numbers to the right, a verdict in words."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.text import Text

__all__ = ["PLACE", "Picture", "Row", "show"]

WIDE: Final = 120
ENOUGH_PLACE: Final = 30
LEAST_WIDTH: Final = 60
LEAST_PLACE: Final = 14
GAP: Final = "  "
PLACE: Final = "place"
"""The cell of what a row is about, whatever its header says."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells by column, what can be said of it, whether it is a place of ours, how it is shown."""

    cells: Mapping[str, str]
    verdict: str
    ours: bool
    style: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A table to show.

    Args:
        title: Line above it.
        called: Header of the first column.
        columns: Headers of the others.
        rows: In their order; what belongs to no place stands below a rule.
        spared: Groups of columns that give way where there is no room, the first first.

    """

    title: str
    called: str
    columns: Sequence[str]
    rows: Sequence[Row]
    spared: Sequence[Sequence[str]]


def show(picture: Picture, width: int | None = None) -> list[str]:
    """Print a table: on a terminal in its width and in colour; elsewhere as plain text.

    What can be said of a place stands behind its numbers, on a narrow terminal below them. Returns the columns that
    there was no room for.
    """
    from rich.console import Console

    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    console.width = max(LEAST_WIDTH, width or (console.width if sys.stdout.isatty() else WIDE))
    columns = _with_room(picture, console.width)
    for line in _drawn(picture, columns, console.width):
        console.print(line, soft_wrap=True)
    return [name for name in picture.columns if name not in columns]


def _with_room(picture: Picture, width: int) -> list[str]:
    """Return the columns that fit beside a place's name."""
    kept = list(picture.columns)
    place = min(ENOUGH_PLACE, max((_cell_width(row.cells[PLACE]) for row in picture.rows), default=0))
    for group in picture.spared:
        if place + sum(len(GAP) + size for size in _widths(kept, picture.rows).values()) < width:
            break
        kept = [name for name in kept if name not in group]
    return kept


def _widths(columns: Sequence[str], rows: Sequence[Row]) -> dict[str, int]:
    return {name: max(len(name), *(len(row.cells.get(name, "")) for row in rows)) for name in columns} if rows else {}


def _drawn(picture: Picture, columns: Sequence[str], width: int) -> Iterator[Text]:
    """Yield the picture line by line."""
    from rich.text import Text

    rows = picture.rows
    widths = _widths(columns, rows)
    words = max((len(row.verdict) for row in rows), default=0)
    numbers = sum(size + len(GAP) for size in widths.values())
    wanted = max((_cell_width(row.cells[PLACE]) for row in rows), default=len(picture.called))
    below = width - 1 < wanted + numbers + (words and len(GAP) + words)
    place = max(LEAST_PLACE, min(wanted, width - 1 - numbers))
    if picture.title:
        yield Text(picture.title, style="bold")
    yield Text(_joined(picture.called, place, {name: name for name in columns}, widths).rstrip(), style="dim")
    ours = True
    for row in rows:
        if ours and not row.ours:
            yield Text("-" * min(width - 1, place + numbers), style="dim")
        ours = row.ours
        yield from _row(row, place, widths, below=width if below else 0)


def _row(row: Row, place: int, widths: Mapping[str, int], *, below: int) -> Iterator[Text]:
    """Yield the lines of a row; ``below`` is the width in which its words stand below the numbers, 0 beside them."""
    import textwrap

    from rich.text import Text

    numbers = _joined(row.cells[PLACE], place, row.cells, widths)
    if below or not row.verdict:
        yield Text(numbers.rstrip(), row.style)
        for line in textwrap.wrap(row.verdict, max(LEAST_WIDTH, below - len(GAP) - 1), break_long_words=False):
            yield Text(f"{GAP}{line}", row.style)
    else:
        yield Text(f"{numbers}{GAP}{row.verdict}", row.style)


def _joined(place: str, width: int, cells: Mapping[str, str], widths: Mapping[str, int]) -> str:
    """Return one line of the picture: the place to the left, numbers to the right."""
    from rich.text import Text

    name = Text(place)
    name.truncate(width, overflow="ellipsis", pad=True)
    return name.plain + "".join(f"{GAP}{cells.get(column, ''):>{size}}" for column, size in widths.items())


def _cell_width(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)
