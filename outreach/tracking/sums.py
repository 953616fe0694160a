"""Rows of reports put together, and the counts, days and periods in them, with the place of what cannot be used."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import Unreadable, amount, whole
from outreach.files.dates import day
from outreach.tracking.base import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.tracking.base import Row

__all__ = ["AGAIN", "by_link", "cell", "count", "day_of", "money_of", "period_in", "period_of", "totals"]

AGAIN: Final = "export it again: a report without this line would not add up"
ISO: Final = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-?([01][0-9])-?([0-3][0-9])(?![0-9])")


def cell(cells: Sequence[str], place: int | None) -> str:
    """Return the text of a cell, empty where the row has none."""
    return cells[place].strip() if place is not None and place < len(cells) else ""


def count(where: str, text: str) -> int | None:
    """Return the count in a cell; None where it says nothing.

    Args:
        where: File and line, as in ``report.csv, line 3``.
        text: The cell.

    Raises:
        InputError: It is no count.

    """
    try:
        return whole(text)
    except Unreadable as err:
        raise InputError(f"{where}: {err}", hint=AGAIN) from err


def day_of(where: str, text: str) -> date:
    """Return the day in a cell.

    Raises:
        InputError: It is no day, or says nothing.

    """
    try:
        found = day(text)
    except Unreadable as err:
        raise InputError(f"{where}: {err}", hint=AGAIN) from err
    if found is None:
        raise InputError(f"{where}: no day", hint=AGAIN)
    return found


def money_of(where: str, text: str, currency: str) -> tuple[float | None, str]:
    """Return the sum in a cell and its currency, the one given where it names none.

    Raises:
        InputError: It is no sum.

    """
    try:
        found = amount(text)
    except Unreadable as err:
        raise InputError(f"{where}: {err}", hint=AGAIN) from err
    return (None, "") if found is None else (found[0], found[1] or currency)


def by_link(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return one row for each link and day: exports have a row for each referrer or keyword too.

    Only for counts that may be added, like visits. What is unknown in one row is unknown in the sum.

    Example:
        >>> from outreach.tracking.base import Row, Tags
        >>> [row.denominator for row in by_link([Row(Tags("vk"), denominator=2), Row(Tags("vk"), denominator=3)])]
        [5]

    """
    found: dict[object, Row] = {}
    for row in rows:
        key = row.tags, row.day, row.currency
        found[key] = _added(found[key], row) if key in found else row
    return tuple(found.values())


def _added(one: Row, other: Row) -> Row:
    return one._replace(
        denominator=_sum(one.denominator, other.denominator),
        numerator=_sum(one.numerator, other.numerator),
        revenue=None if one.revenue is None or other.revenue is None else one.revenue + other.revenue,
    )


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


def totals(rows: Sequence[Row]) -> tuple[int | None, int | None]:
    """Return what the denominators and the numerators add up to, None where no row has any."""
    denominators = [row.denominator for row in rows if row.denominator is not None]
    numerators = [row.numerator for row in rows if row.numerator is not None]
    return (sum(denominators) if denominators else None), (sum(numerators) if numerators else None)


def period_of(where: str, start: date, end: date) -> Period:
    """Return a period.

    Raises:
        InputError: It ends before it begins.

    """
    if end < start:
        raise InputError(f"{where}: the period ends before it begins", hint="check the two dates")
    return Period(start, end)


def period_in(label: str, name: str) -> Period | None:
    """Return the period that a name tells: of two days, or of one; None for all other names.

    Args:
        label: What messages call the file.
        name: Of the file, or of the archive that it was in.

    Raises:
        InputError: The second day is before the first.

    Example:
        >>> period_in("x.zip", "Plausible export example.com 2026-05-01  to 2026-05-31 .zip").end
        datetime.date(2026, 5, 31)
        >>> period_in("x.csv", "imported_sources_20260501_20260502.csv").start
        datetime.date(2026, 5, 1)

    """
    days = []
    for year, month, number in ISO.findall(name):
        try:
            days.append(date(int(year), int(month), int(number)))
        except ValueError:
            return None
    return period_of(label, days[0], days[-1]) if len(days) in (1, 2) else None
