"""Counts, sums and days as analytics tools and office programs write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

from outreach.files.grid import FractionCell
from outreach.words.fold import fold_size
from outreach.words.sizes import MULTIPLIERS
from outreach.words.vocabulary import words_of

__all__ = ["BLANK", "Unreadable", "amount", "blank", "day", "rounded", "whole"]

MOST: Final = 10**12  # no site has so many visits: an id got into the column
LONGEST: Final = 100  # letters; Python makes no numbers of thousands of digits
SPACES: Final = re.compile(r"[\s'’]")  # \s knows the no-break ones
GROUPED: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,]0{1,2})?")
PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:[.,]0*)?")
SHORTENED: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s?([^\W\d_]+\.?)")
FRACTION: Final = re.compile(r"[+-]?[0-9]*[.,][0-9]+(?:[eE][+-]?[0-9]+)?")
MINUS: Final = str.maketrans({"\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-"})
FIRST_YEAR: Final = 1995
EXCEL_DAYS: Final = range(25569, 73051)  # 1970 to 2099
EXCEL_EPOCH: Final = date(1899, 12, 30)

BLANK: Final = words_of("values.blank") | {""}
"""What stands in a cell that says nothing, folded in case."""


class Unreadable(Exception):  # noqa: N818 - a reason, not an error
    """Why a cell cannot be used, in words without its text."""


def blank(text: str) -> bool:
    """Tell whether a cell says nothing."""
    return text.strip().casefold() in BLANK


def whole(text: str) -> int | None:
    """Return a count; None where the cell says nothing.

    Three digits behind a sign are thousands: counts have no fractions.

    Raises:
        Unreadable: It is no count: negative, with a fraction, beyond every site, no number.

    Example:
        >>> whole("1 234"), whole("1,234"), whole("1,234.00"), whole("12.0"), whole(""), whole("7")
        (1234, 1234, 1234, 12, None, 7)

    """
    if blank(text):
        return None
    if isinstance(text, FractionCell):  # of a workbook: a number, whatever its digits look like
        raise Unreadable("a count with a fraction")
    tidy = SPACES.sub("", text.translate(MINUS))
    if len(tidy) > LONGEST:
        raise Unreadable(
            "a count larger than any site has" if tidy.isdecimal() else "no number where a count should be"
        )
    if GROUPED.fullmatch(tidy):
        number = int(re.sub("[.,]", "", re.sub("(?<=[0-9]{3})[.,]0{1,2}$", "", tidy)))
    elif PLAIN.fullmatch(tidy):
        number = int(re.split("[.,]", tidy)[0])
    elif FRACTION.fullmatch(tidy):
        raise Unreadable("a count with a fraction")
    else:
        raise Unreadable("no number where a count should be")
    if number < 0:
        raise Unreadable("a negative count")
    if number > MOST:
        raise Unreadable("a count larger than any site has")
    return number


def rounded(text: str) -> int | None:
    """Return a count as networks show it below a post, ``6.4K`` or ``12 тыс.``, or any other count.

    Raises:
        Unreadable: It is no count.

    Example:
        >>> rounded("6.4K"), rounded("12 тыс."), rounded("1,2 млн"), rounded("1 234")
        (6400, 12000, 1200000, 1234)

    """
    found = SHORTENED.fullmatch(SPACES.sub(" ", text.strip()))
    times = MULTIPLIERS.get(fold_size(found[2])) if found else None
    if found is None or times is None:
        return whole(text)
    return whole(str(round(float(found[1].replace(",", ".")) * times)))


def amount(text: str) -> tuple[float, str] | None:
    """Return a sum of money and its currency (empty where none is named); None where the cell says nothing.

    Raises:
        Unreadable: It is no sum.

    Example:
        >>> amount("1 500,50 €"), amount("-12.50"), amount("")
        ((1500.5, 'EUR'), (-12.5, ''), None)

    """
    from outreach.files.money import money

    if blank(text):
        return None
    if isinstance(text, FractionCell):  # of a workbook: 12.345 is no thousands
        return float(text), ""
    tidy = text.translate(MINUS).strip()
    negative = tidy.startswith("-") or (tidy.startswith("(") and tidy.endswith(")"))
    found = money(tidy.strip("()").removeprefix("-").strip())
    if found is None:
        raise Unreadable("no sum of money")
    if found.amount > MOST:
        raise Unreadable("a sum larger than any order")
    return (-found.amount if negative else found.amount), found.currency or ""


def day(text: str, *, first: bool | None = None, today: date | None = None) -> date | None:
    """Return a day; None where the cell says nothing.

    Reads 20260512, 2026-05-12 with or without a time, 12.05.2026, and with ``first`` (or where it is clear) 12/05/2026;
    a number as which Excel stores a day; with a zone the day is that of the zone itself.

    Raises:
        Unreadable: It is no day, or one that can be read in two ways.

    Example:
        >>> day("20260512"), day("2026-05-12 10:00:00"), day("13/05/2026")
        (datetime.date(2026, 5, 12), datetime.date(2026, 5, 12), datetime.date(2026, 5, 13))

    """
    from outreach.files.dates import moment

    if blank(text):
        return None
    tidy = " ".join(text.split())
    if re.fullmatch(r"(?:19|20)[0-9]{6}(?:[0-9]{2})?", tidy):  # GA4 writes hours so, with two more digits
        return _checked(_date(tidy[:8]))
    if re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", tidy) and int(float(tidy)) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(float(tidy)))
    if found := re.match(r"([0-9]{4})[-/.]([0-9]{2})[-/.]([0-9]{2})(?![0-9])", tidy):
        return _checked(_date("".join(found.groups())))
    told = moment(tidy, today or date.min, first=first) if today or not tidy.isalpha() else None
    if told is None:
        raise Unreadable("a date that could be read in two ways, or none: write it like 2026-05-12")
    return _checked(datetime.fromisoformat(told).date())


def _date(digits: str) -> date:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError as err:
        raise Unreadable("no day of the calendar") from err


def _checked(found: date) -> date:
    if not FIRST_YEAR <= found.year <= 2100:
        raise Unreadable("a day of another century")
    return found
