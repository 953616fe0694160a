"""Texts, and tables of one column: pasted pages, blocks below names, one address a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.likes.tables.blocks import recognise_addresses, recognise_blocks
from outreach.likes.tables.pasted import recognise_dialog
from outreach.likes.tables.readings import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes.tables.contract import Head

__all__ = ["text_readings"]

WAYS: Final = (
    (recognise_dialog, 3.0, "buttons or counts stand between the entries"),
    (recognise_blocks, 2.0, "names stand above or before addresses"),
    (recognise_addresses, 1.0, "one customer's lines"),
)


def text_readings(head: Head, *, single: bool) -> Iterator[Reading]:
    """Yield how a text can be read; where all rows have one cell it is a text rather than a table."""
    widths = {len([cell for cell in cells if cell.strip()]) for _, cells in head.rows} - {0}
    several = len([1 for _, cells in head.rows if any(cells)]) == 1 or len(widths) > 1
    base = 6.0 if single else 1.5 if several else 0.0
    for recognise, points, reason in WAYS:
        try:
            shape = recognise(head)
        except InputError as err:
            yield Reading(err, ((base, "a text"), (points, reason)))
        else:
            if shape is not None:
                yield Reading(shape, ((base, "a text"), (points, reason)))
