"""Sizes behind places in one cell: ``t.me/riga_food 12,5K``, ``vk.com/club7 (4 300)``, ``Riga Life (48K)``."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.likes.tables.amounts import AMOUNT, COUNTED, FOLD
from outreach.likes.tables.cells import is_tidy_address
from outreach.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Head, Record, Shape, Tally
    from outreach.messages import Message

__all__ = ["Sized", "sized_head"]

BEHIND: Final = pattern(rf"(\S+)\s+(?:[-–—:]\s*)?\(?\s*{AMOUNT}\s*(?:{COUNTED})?\s*\)?", FOLD)
A_YEAR: Final = pattern(r"\d{1,4}")
OF_PICTURES: Final = pattern(r"(?:1?[0-9])\s?[KkКк]")
"""``4K`` may be the size of a picture."""
LONGEST: Final = 300


IN_BRACKETS: Final = rf"[(\[]\s*{AMOUNT}\s*(?P<people>{COUNTED})?\s*[)\]]"


@cache
def _behind_name() -> re.Pattern[str]:
    """Return the expression of a name with a size in brackets; few tables need it."""
    return re.compile(rf"(?P<name>\S.*?)\s*{IN_BRACKETS}", FOLD)


@cache
def _before_address() -> re.Pattern[str]:
    """Return the expression of a size in brackets between a name and an address."""
    return re.compile(rf"(?P<name>[^\s(\[].*?)\s*{IN_BRACKETS}(?P<rest>\s*[-–—:]?\s*(?P<address>\S+))", FOLD)


def _amount(found: re.Match[str]) -> str:
    """Return the size that stands in brackets; empty where it is rather a year or a version."""
    amount = found["amount"].strip()
    return "" if A_YEAR.fullmatch(amount) and not found["people"] else amount


def parted(cell: str, *, names: bool = False) -> tuple[str, str] | None:
    """Return the address of a cell and the size behind it; None where it is something else.

    Args:
        cell: Its text.
        names: Whether a size may stand in brackets behind a name, too; a year or a version is none.

    Example:
        >>> parted("t.me/riga_food (12,5K)"), parted("t.me/riga_food"), parted("Route 66")
        (('t.me/riga_food', '12,5K'), None, None)
        >>> parted("Riga Life (48K)", names=True), parted("Riga Life (2026)", names=True), parted("Riga Life (48K)")
        (('Riga Life', '48K'), None, None)

    """
    if len(cell) > LONGEST or " " not in cell or not any(map(str.isdecimal, cell)):
        return None
    found = BEHIND.fullmatch(cell.strip())
    if found and is_tidy_address(found[1]):
        return found[1], found["amount"].strip()
    found = _behind_name().fullmatch(cell.strip()) if names else None
    return (found["name"], amount) if found and (amount := _amount(found)) else None


def before_address(cell: str) -> tuple[str, str, str] | None:
    """Return a cell without a size before its address, the address and the size; None where there is none.

    Example:
        >>> before_address("Riga Run (48K) t.me/rigarun"), before_address("Riga Run (2026) t.me/rigarun")
        (('Riga Run t.me/rigarun', 't.me/rigarun', '48K'), None)

    """
    if len(cell) > LONGEST or ("(" not in cell and "[" not in cell) or not any(map(str.isdecimal, cell)):
        return None
    found = _before_address().fullmatch(cell.strip())
    if found is None or not is_tidy_address(found["address"]) or not (amount := _amount(found)):
        return None
    return f"{found['name']}{found['rest']}", found["address"], amount


def sized_head(head: Head) -> tuple[Head, bool] | None:
    """Return the beginning of a table with places alone, and whether some are names; None where no size stands behind.

    One name with ``(4K)`` behind it may be called so: of those there are several, and they differ.
    """
    cells = [cell for _, cells in head.rows for cell in cells if cell[-1:] in {")", "]"} or " " in cell]
    addresses = any(map(parted, cells)) or any(map(before_address, cells))
    sizes = {found[1] for cell in cells if cell.rstrip()[-1:] in {")", "]"} and (found := parted(cell, names=True))}
    names = len(sizes) > 1 or any(OF_PICTURES.fullmatch(size) is None for size in sizes)
    if not (addresses or names):
        return None
    return replace(head, rows=list(_alone(head.rows, {}, names=names))), names


def _alone(rows: Iterable[Row], sizes: dict[tuple[int, str], str], *, names: bool) -> Iterator[Row]:
    """Yield rows with places alone, and note their sizes by line and text."""
    for line, cells in rows:
        alone = list(cells)
        for at, cell in enumerate(cells):
            if found := parted(cell, names=names):
                alone[at], sizes[line, found[0]] = found
            elif between := before_address(cell):
                alone[at] = between[0]
                sizes[line, between[0]] = sizes[line, between[1]] = between[2]
        yield line, alone


@dataclass(frozen=True, slots=True)
class Sized:
    """A table in any shape, with sizes behind places.

    Args:
        shape: What the table is without them.
        names: Whether some stand behind names.

    """

    shape: Shape
    names: bool = False

    @property
    def kind(self) -> Message:
        """What the remark calls it."""
        return self.shape.kind

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are."""
        return self.shape.roles if "subscribers" in self.shape.roles else [*self.shape.roles, "subscribers"]

    def describe(self) -> str:
        """Return how it was understood."""
        return f"{self.shape.describe()}, subscribers after the {'places' if self.names else 'addresses'}"

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what the rows say, with the sizes."""
        roles = list(self.shape.roles)
        places = [roles.index(role) for role in ("url", "handle", "resource", "name") if role in roles]
        at = roles.index("subscribers") if "subscribers" in roles else len(roles)
        top = getattr(self.shape, "header_line", 0)  # above a matrix stand the places of all rows
        sizes: dict[tuple[int, str], str] = {}
        for line, values in self.shape.records(_alone(rows, sizes, names=self.names), tally):
            found = [sizes.get((row, values[place] or "")) for place in places for row in (line, top)]
            size = next(filter(None, found), None)
            yield line, [*values[:at], size or (values[at] if at < len(values) else None), *values[at + 1 :]]
