"""What the columns of a table hold, so that a row with a cell too many or too few is known by its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.keys import platform_named
from outreach.likes.plan import Fit, Kind
from outreach.likes.tables.cells import mostly
from outreach.likes.tables.titles import RESOURCE_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.likes.tables.profile import Column, Table
    from outreach.words.columns import Mapped

__all__ = ["fits_of"]

FEWEST: Final = 2
NEARLY_ALL: Final = 0.9
HALF: Final = 0.5


def fits_of(table: Table, mapped: Mapped, place: int) -> tuple[Fit, ...]:
    """Return what stands in the columns of a table, as far as its first rows are of one mind.

    Args:
        table: Under its header.
        mapped: Which column says what.
        place: Number of the column that tells the places.

    Example:
        >>> from outreach.likes.tables.contract import Head
        >>> from outreach.likes.tables.profile import tables_of
        >>> rows = [(1, ["customer", "page", "platform"]), (2, ["Anna", "@a", "VK"]), (3, ["Boris", "b_c_d", "VK"])]
        >>> table = next(tables_of(Head("likes.csv", [], rows)))
        >>> [(fit.kind.name, fit.at, fit.beside) for fit in fits_of(table, table.mapped, 1)]
        [('PLATFORM', 2, (1,))]

    """
    columns = table.columns[: len(table.header)] if table.line else table.columns
    if place >= len(columns):  # the places stand behind the last header
        return ()
    return tuple(fit for fit in _fits(columns, mapped, columns[place]) if fit.beside)


def _fits(columns: Sequence[Column], mapped: Mapped, place: Column) -> Iterator[Fit]:
    if place.addressed and len(place.filled) >= FEWEST:
        taken = {mapped.positions.get(role) for role in RESOURCE_ROLES if role != "name"}
        others = [one for one in columns if one.at not in taken]
        beside = [one.at for one in others if one is not place and one.share("holds") < HALF]
        yield Fit(Kind.ADDRESS, place.at, tuple(beside))
    network = mapped.positions.get("platform")
    if network is not None and network != place.at and mostly(_names_platforms(columns[network])):
        sides = {network - 1, network + 1, place.at} - {network}
        beside = [one.at for one in columns if one.at in sides and not mostly(_names_platforms(one), HALF)]
        yield Fit(Kind.PLATFORM, network, tuple(beside))
    for role in ("subscribers", "followed_at"):
        at = mapped.positions.get(role)
        if at is None or at == place.at or not _holds_numbers(columns[at]) or place.share("number") >= HALF:
            continue
        yield Fit(Kind.NUMBER, at, (place.at,))
        after = columns[at + 1 : at + 2]
        if role == "subscribers" and after and after[0] is not place and after[0].share("number") < HALF:
            yield Fit(Kind.NUMBER, at, (after[0].at,), filled=True)


def _names_platforms(column: Column) -> list[bool]:
    return [platform_named(text) is not None for text in column.texts]


def _holds_numbers(column: Column) -> bool:
    return len(column.filled) >= FEWEST and column.share("number") >= NEARLY_ALL
