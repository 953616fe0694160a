"""Dates where sizes should be: which number Excel made a date of.

Where a dot is the date sign, Excel reads ``12.5`` as 12 May of the running year and ``5.13`` as May 2013. A workbook
holds the date, a CSV file shows ``12.май`` or ``May-13``.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.messages import message
from outreach.patterns import pattern
from outreach.words.fold import fold_size
from outreach.words.vocabulary import keys_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.messages import Message

__all__ = ["about_date", "is_date"]

A_DATE: Final = message("date-not-size")
MONTHS: Final = keys_of("months")
NAMES: Final = tuple(map(str.capitalize, MONTHS))

DATED: Final = pattern(r"(?:date )?([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[ T].*)?")
DOTTED: Final = pattern(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
DAY_MONTH: Final = pattern(r"([0-9]{1,2})[-. /]*([^\W\d_]{3,})\.?")
MONTH_YEAR: Final = pattern(r"([^\W\d_]{3,})[-. /]*([0-9]{2}|[0-9]{4})")
FIRST_DAY: Final = date(1899, 12, 30)  # Excel's day 0


def is_date(tidy: str) -> bool:
    """Whether a text is a date that Excel may have made of a number.

    Example:
        >>> is_date("date 2026-05-12"), is_date("12.май"), is_date("May-13"), is_date("12 мемов"), is_date("12.5")
        (True, True, True, False, False)

    """
    return bool(tidy.startswith("date ") or DATED.fullmatch(tidy) or DOTTED.fullmatch(tidy)) or (
        _day_month(tidy) is not None
    )


@cache
def _months() -> Mapping[str, int]:
    """Return every beginning of a month's name; 0 where two months begin so."""
    months: dict[str, int] = {}
    for month, english in enumerate(MONTHS, start=1):
        for name in words_of(f"months.{english}"):
            for end in range(3, len(name) + 1):
                months[name[:end]] = month if months.get(name[:end], month) == month else 0
    return months


def _day_month(tidy: str) -> tuple[int, int, bool] | None:
    """Return the number and the month of ``12.май`` or ``May-12``, and whether the month is said first."""
    if shape := DAY_MONTH.fullmatch(tidy):
        number, word, first = shape[1], shape[2], False
    elif shape := MONTH_YEAR.fullmatch(tidy):
        number, word, first = shape[2], shape[1], True
    else:
        return None
    month = _months().get(fold_size(word))
    return None if month is None else (int(number), month, first)


def about_date(tidy: str) -> Message:
    """Return which number Excel made a date of.

    Example:
        >>> print(about_date("date 2026-05-12"))
        Excel turned 12.5 into 12 May: type 12500
        >>> print(about_date("date 1934-03-22"))
        Excel shows the number 12500 as a date: type 12500

    """
    if named := _day_month(tidy):
        number, month, first = named
        if month == 0 or not 0 < number < (100 if first else 32):
            return A_DATE
        return _either(month, number) if first else _made(f"{number} {NAMES[month - 1]}", number, month)
    iso, dotted = DATED.fullmatch(tidy), DOTTED.fullmatch(tidy)
    year, month, day = map(int, iso.groups() if iso else reversed(dotted.groups()) if dotted else (0, 0, 0))
    try:
        serial = (date(year, month, day) - FIRST_DAY).days
    except ValueError:
        return A_DATE
    if not 2000 <= year <= 2035 and serial > 0:  # nobody typed a day there: a number in a cell of dates
        return message("date-is-number", number=serial)
    if day == 1 and year % 100 > 12:
        return _either(month, year % 100)
    return _made(f"{day} {NAMES[month - 1]}", day, month)


def _made(day: str, whole: int, fraction: int) -> Message:
    return message("date-of-number", date=day, typed=f"{whole}.{fraction}", size=_times_1000(whole, fraction))


def _either(month: int, number: int) -> Message:
    """Return that a month and a number can come from two ways of typing."""
    if number > 31:
        return message("date-of-one-number", typed=f"{month}.{number}", size=_times_1000(month, number))
    day = 1 if number > 12 else number
    return message(
        "date-of-two-numbers",
        typed=f"{day}.{month}",
        size=_times_1000(day, month),
        other=f"{month}.{number}",
        other_size=_times_1000(month, number),
    )


def _times_1000(whole: int, fraction: int) -> int:
    return int(f"{whole}{fraction:<03}")
