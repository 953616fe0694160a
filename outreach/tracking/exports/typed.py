"""What the user says of columns whose headers do not tell, and how sums are written in a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import amount
from outreach.tracking.exports.breakdown import Column, exact_sum
from outreach.words.columns import fold_header

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


def position(headers: Sequence[str], column: str) -> int | None:
    """Return where a column stands that the user named by its header or by its number from 1.

    Example:
        >>> position(["세션 소스", "세션수"], "세션수"), position(["a", "b"], "2"), position(["a"], "c")
        (1, 1, None)

    """
    texts = [header.strip() for header in headers]
    if column.strip() in texts:
        return texts.index(column.strip())
    if fold_header(column) and fold_header(column) in (found := [fold_header(text) for text in texts]):
        return found.index(fold_header(column))
    return int(column) - 1 if column.isdecimal() and 1 <= int(column) <= len(texts) else None


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
    places = {ROLES[role]: position(headers, column) for role, column in named.items() if role in ROLES}
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
    lacks = [[role for role, column in wanted.items() if position(cells, column) is None] for cells in headers]
    if not wanted or [] in lacks:
        return
    role = min(lacks, key=len, default=list(wanted))[0]
    raise InputError(
        f"{label}: --columns names a {role} column that the table does not have",
        hint="write the header as it stands in the file, or the column's number from 1",
    )


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
