"""What the user says of columns whose headers do not tell, and how sums are written in a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.files.cells import amount
from outreach.tracking.exports.breakdown import Column, exact_sum
from outreach.words.columns import find_column, no_column

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from outreach.tracking.exports.breakdown import Breakdown

__all__ = ["ROLES", "check_named", "forced", "money_of"]

ROLES: Final = {
    "source": "source",
    "medium": "medium",
    "campaign": "campaign",
    "content": "content",
    "landing": "landing",
    "date": "day",
    "sessions": "denominator",
    "visits": "denominator",
    "denominator": "denominator",
    "conversions": "numerator",
    "numerator": "numerator",
    "revenue": "revenue",
}
POINT: Final = re.compile(r"-?[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})(?:[eE]-?[0-9]+)?")
DECIMAL_POINT: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+(?:[eE][+-]?[0-9]+)?)?")


def forced(
    columns: tuple[Column, ...], headers: Sequence[str], named: Mapping[str, str], *, unit: str, kind: str
) -> tuple[Column, ...]:
    """Return the columns of a table with what the user says of them; as they were where it has not all of those.

    Args:
        columns: What the headers tell.
        headers: Of the table.
        named: Role to header or number.
        unit: Of denominators whose header does not tell.
        kind: Of numerators whose header does not tell.

    """
    places = {ROLES[role]: find_column(headers, column) for role, column in named.items() if role in ROLES}
    if not places or None in places.values():
        return columns
    known = {column.at: column for column in columns}
    made = [_forced(role, at, known.get(at), unit, kind) for role, at in places.items() if at is not None]
    taken = {column.at for column in made} | {column.at for column in columns if column.role in places}
    return tuple(sorted((*made, *(c for c in columns if c.at not in taken)), key=lambda column: column.at))


def _forced(role: str, at: int, known: Column | None, unit: str, kind: str) -> Column:
    if known and known.role == role:
        return known
    if role == "denominator":
        return Column(at, role, unit=unit)
    return Column(at, role, kind=kind) if role == "numerator" else Column(at, role)


def check_named(label: str, headers: Sequence[Sequence[str]], named: Mapping[str, str]) -> None:
    """Refuse a column that the user named and no table has.

    Raises:
        InputError: There is none of that name.

    """
    wanted = {role: column for role, column in named.items() if role in ROLES}
    lacks = [[role for role, column in wanted.items() if find_column(cells, column) is None] for cells in headers]
    if not wanted or [] in lacks:
        return
    role = min(lacks, key=len, default=list(wanted))[0]
    raise no_column(label, role)


def money_of(table: Breakdown) -> Callable[[str], tuple[float, str] | None]:
    """Return how the sums of a table are read: ``1.234`` is a thousand only where no sum shows that it is not.

    Programs write as many decimals as a sum has, so that among them are sums with three.

    """
    revenue = table.of("revenue")
    if revenue is None:
        return amount
    texts = [*table.texts(revenue)]
    if any(POINT.fullmatch(text) for text in texts) and all(DECIMAL_POINT.fullmatch(t) for t in texts if t):
        return exact_sum
    return amount
