"""Sizes behind addresses in one cell: ``t.me/riga_food 12,5K``, ``vk.com/club7 (4 300)``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.likes.tables.amounts import AMOUNT, COUNTED, FOLD
from outreach.likes.tables.cells import is_tidy_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Shape, Tally

__all__ = ["Sized", "sized_head"]

BEHIND: Final = re.compile(rf"(\S+)\s+(?:[-–—:]\s*)?\(?\s*{AMOUNT}\s*(?:{COUNTED})?\s*\)?", FOLD)
LONGEST: Final = 300


def parted(cell: str) -> tuple[str, str] | None:
    """Return the address of a cell and the size behind it; None where it is something else.

    Example:
        >>> parted("t.me/riga_food (12,5K)"), parted("t.me/riga_food"), parted("Route 66")
        (('t.me/riga_food', '12,5K'), None, None)

    """
    if len(cell) > LONGEST or " " not in cell or not any(map(str.isdecimal, cell)):
        return None
    found = BEHIND.fullmatch(cell.strip())
    return (found[1], found["amount"].strip()) if found and is_tidy_address(found[1]) else None


def sized_head(head: Head) -> Head | None:
    """Return the beginning of a table with addresses alone; None where no size stands behind one."""
    if not any(parted(cell) for _, cells in head.rows for cell in cells):
        return None
    return replace(head, rows=list(_alone(head.rows, {})))


def _alone(rows: Iterable[Row], sizes: dict[tuple[int, str], str]) -> Iterator[Row]:
    """Yield rows with addresses alone, and note their sizes by line and address."""
    for line, cells in rows:
        found = [parted(cell) for cell in cells]
        sizes.update({(line, one[0]): one[1] for one in found if one})
        yield line, [one[0] if one else cell for one, cell in zip(found, cells, strict=True)]


@dataclass(frozen=True, slots=True)
class Sized:
    """A table in any shape, with sizes behind addresses.

    Args:
        shape: What the table is without them.

    """

    shape: Shape

    @property
    def kind(self) -> str:
        """What the remark calls it."""
        return self.shape.kind

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are."""
        return self.shape.roles if "subscribers" in self.shape.roles else [*self.shape.roles, "subscribers"]

    def describe(self) -> str:
        """Return how it was understood."""
        return f"{self.shape.describe()}, subscribers behind the addresses"

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what the rows say, with the sizes."""
        roles = list(self.shape.roles)
        places = [roles.index(role) for role in ("url", "handle", "resource") if role in roles]
        at = roles.index("subscribers") if "subscribers" in roles else len(roles)
        sizes: dict[tuple[int, str], str] = {}
        for line, values in self.shape.records(_alone(rows, sizes), tally):
            found = [sizes.get((line, values[place] or "")) for place in places]
            size = next(filter(None, found), None)
            yield line, [*values[:at], size or (values[at] if at < len(values) else None), *values[at + 1 :]]
