"""The csv module and cells that are longer than it takes."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["first_cells", "long_cells"]

LINE_SIGNS: Final = 131_000  # less than the longest cell that the csv module takes
LONGEST: Final = 2**31 - 1


def first_cells(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line, for telling what a table is; of one with a cell that is too long, the first ones.

    Example:
        >>> first_cells("customer;resource", ";"), len(first_cells("x" * 10**6, ",")[0]), first_cells("", ",")
        (['customer', 'resource'], 131000, [])

    """
    for part in (line, line[:LINE_SIGNS]):
        try:
            return next(csv.reader([part], delimiter=delimiter), [])
        except csv.Error:
            continue
    return [line[:LINE_SIGNS]]


@contextmanager
def long_cells() -> Iterator[None]:
    """Let the csv module take cells of any length inside the block: one may hold a list of addresses."""
    limit = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(limit)
