"""Texts, and tables of one column: pasted pages, blocks below names, one address a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.likes.tables.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes.tables.contract import Head

__all__ = ["MOST", "text_points", "text_readings"]

MOST: Final = 3.0
"""The most points that a way to read a text has beside those for being one."""


def text_points(head: Head) -> float:
    """Return the points for being a text; where all rows have one cell it is a text rather than a table."""
    if all(sum(bool(cell.strip()) for cell in cells) < 2 for _, cells in head.rows):
        return 6.0
    widths = {len([cell for cell in cells if cell.strip()]) for _, cells in head.rows} - {0}
    several = len([1 for _, cells in head.rows if any(cells)]) == 1 or len(widths) > 1
    return 1.5 if several else 0.0


def text_readings(head: Head, points: float) -> Iterator[Reading]:
    """Yield how a text can be read.

    Args:
        head: Its beginning.
        points: For being a text.

    """
    from outreach.likes.tables.blocks import recognise_addresses, recognise_blocks
    from outreach.likes.tables.pasted import recognise_dialog

    for recognise, more, reason in (
        (recognise_dialog, MOST, "buttons-between-entries"),
        (recognise_blocks, 2.0, "names-above-addresses"),
        (recognise_addresses, 1.0, "lines-of-one-customer"),
    ):
        reasons = ((points, "lines-of-one-cell"), (more, reason))
        try:
            shape = recognise(head)
        except InputError as err:
            yield Reading(err, reasons)
        else:
            if shape is not None:
                yield Reading(shape, reasons)
