"""Tables without a header line: the first row is data already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.errors import InputError
from outreach.keys import platform_named
from outreach.likes.plain.shapes.cells import is_address, is_counter, mostly
from outreach.likes.plain.shapes.header import Header, cell_at, customer_of_titles, top_rows
from outreach.likes.plain.shapes.long import Long, long_below
from outreach.words.cells import is_total
from outreach.words.columns import Mapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.plain.shapes.base import Head

__all__ = ["recognise_headerless"]


def recognise_headerless(head: Head) -> Long | None:
    """Recognise rows of a label and an address, under no header.

    Raises:
        InputError: The first row is data, and nothing tells which column is the customer.

    Example:
        >>> from outreach.likes.plain.shapes.base import Head
        >>> rows = [(1, ["1", "Anna", "t.me/smm_riga"]), (2, ["2", "Anna", "vk.com/club7"])]
        >>> recognise_headerless(Head("likes.csv", [], rows)).said()
        'customer = column 2, resource = column 3'

    """
    if head.chosen:
        return None
    first = next(top_rows(head), None)
    if first is None or not any(map(is_address, first[0][1])):
        return None
    (line, cells), below = first
    rows = [cells for _, cells in (first[0], *below)]
    width = max(map(len, rows))
    columns = [[cell_at(row, at) for row in rows if not is_total(cell_at(row, 0))] for at in range(width)]
    addresses = [at for at, column in enumerate(columns) if mostly(is_address(cell) for cell in column if cell)]
    if not addresses or len([column for column in columns if any(column)]) < 2:
        return None
    labels = [at for at in range(addresses[0]) if any(columns[at]) and not is_counter("", columns[at])]
    platforms = [at for at in labels if _are_platforms(columns[at])]
    labels = [at for at in labels if at not in platforms]
    if len(addresses) == len(labels) == 1 and len(platforms) < 2:
        ambiguous = customer_of_titles(head.titles) is not None
        if ambiguous and all(len(set(columns[at])) == len(columns[at]) for at in (*labels, *addresses)):
            raise InputError(
                "nothing tells whether the names beside the addresses are customers or names of places",
                where=head.label,
                hint="write a header line: customer, url; or name, url where the file or tab bears the customer's name",
            )
        roles = zip(("customer", "resource", "platform"), (*labels, *addresses, *platforms), strict=False)
        mapped = Mapped(dict(roles), None)
        return long_below(Header(mapped, 0, line - 1, cells, [first[0], *below]), head)
    raise InputError(
        "the first line looks like data, not like column names",
        where=head.label,
        hint="say which column is which: --columns customer=1,resource=2",
    )


def _are_platforms(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell]
    return mostly((platform_named(cell) is not None for cell in told), 0.8)
