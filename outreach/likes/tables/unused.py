"""Which columns of a table hold something and are not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.likes.tables.columns import People
from outreach.likes.tables.fullname import FullName
from outreach.likes.tables.hits import Hits
from outreach.likes.tables.long import Long
from outreach.likes.tables.matrix import Matrix, Transposed
from outreach.likes.tables.rows import Rows
from outreach.likes.tables.sized import Sized, sized_head
from outreach.likes.tables.survey import Survey
from outreach.likes.tables.titles import cell_at

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from outreach.likes.tables.contract import Head, Shape

__all__ = ["bare", "unused_columns"]


def unused_columns(head: Head, shape: Shape) -> tuple[tuple[int, str], ...]:
    """Return the columns that hold something and are not read: position and header, empty where there is none.

    Example:
        >>> from outreach.likes.tables import recognise
        >>> from outreach.likes.tables.contract import Head
        >>> rows = [(1, ["client", "Shoe size", "page"]), (2, ["Anna", "39", "t.me/smm_riga"])]
        >>> head = Head("likes.csv", [], rows)
        >>> unused_columns(head, recognise(head))
        ((1, 'Shoe size'),)

    """
    joined = shape.names.last if isinstance(shape, FullName) else -1
    head, shape = bare(head, shape)
    used, header, skip = _read_columns(shape)
    if used is None:
        return ()
    known = {*used, joined}
    found: set[int] = set()
    for line, cells in head.rows:
        if line > skip:
            found.update(at for at, cell in enumerate(cells) if at not in known and at not in found and cell.strip())
    texts: Sequence[str] = next((cells for line, cells in head.rows if line == header), ())
    return tuple((at, cell_at(texts, at)) for at in sorted(found))


def bare(head: Head, shape: Shape) -> tuple[Head, Shape]:
    """Return a shape without what is put around it, and the rows as it sees them."""
    while True:
        if isinstance(shape, Sized):
            found = sized_head(head)
            head, shape = found[0] if found else head, shape.shape
        elif isinstance(shape, FullName):
            head, shape = shape.names.head(head), shape.shape
        else:
            return head, shape


def _read_columns(shape: Shape) -> tuple[Collection[int] | None, int, int]:  # noqa: PLR0911 - one for each shape
    """Return the positions that a shape reads, None for all; the line of its header, and the last above the data."""
    if isinstance(shape, Long):
        return shape.mapped.positions.values(), shape.header_line, shape.skip
    if isinstance(shape, Matrix):
        return [shape.label_at, *(at for at, _ in shape.columns)], shape.header_line, shape.header_line
    if isinstance(shape, Transposed):
        used = [*shape.mapped.positions.values(), *(at for at, _ in shape.columns)]
        return used, shape.header_line, shape.header_line
    if isinstance(shape, People):
        return [at for at, _, _ in shape.columns], shape.header_line, shape.header_line
    if isinstance(shape, Rows):
        used = [shape.customer, *shape.listed, *range(shape.beyond, shape.beyond + 1000)]
        return [*used, -1 if shape.platform_at is None else shape.platform_at], shape.header_line, shape.skip
    if isinstance(shape, Survey):
        return [*shape.labels, *(asked.position for asked in shape.asked)], shape.line, shape.line
    if isinstance(shape, Hits):
        table = shape.table
        return [table.hits, *table.mapped.positions.values()], table.header_line, table.header_line
    return None, 0, 0
