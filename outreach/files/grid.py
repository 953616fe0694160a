"""Rows and cells, as every reader of tables hands them on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

__all__ = ["HEADER_WITHIN", "DateCell", "FractionCell", "Grid", "Row", "marked"]

HEADER_WITHIN: Final = 20
"""So many rows are looked through for the header: a title may stand above it."""

Row: TypeAlias = tuple[int, Sequence[str]]
"""The line of a text or the row of a sheet, from 1, and its cells; an empty cell is an empty text."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it lies in a file: a tab of a workbook, or a delimited text.

    Args:
        tab: Name of the tab, empty for a text.
        rows: Number of the row (of a text: line on which it begins), from 1, and its cells as text.

    """

    tab: str
    rows: tuple[Row, ...]


class DateCell(str):
    """A cell that holds a date, as ISO text; in a column of numbers Excel made it of something else."""

    __slots__ = ()


class FractionCell(str):
    """A cell that holds a number with a fraction, in plain notation; a text such as ``12.5`` is none."""

    __slots__ = ()


def marked(cell: str) -> str:
    """Return the cell of a size with a word for what kind it was: Excel makes dates and fractions of sizes.

    Example:
        >>> marked(DateCell("2026-05-12")), marked(FractionCell("12.5")), marked("12.5K")
        ('date 2026-05-12', 'number 12.5', '12.5K')

    """
    if isinstance(cell, DateCell):
        return f"date {cell}"
    return f"number {cell}" if isinstance(cell, FractionCell) else cell
