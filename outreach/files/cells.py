"""Cells with counts and sums as analytics tools and office programs write them."""

from __future__ import annotations

import re
from typing import Final

from outreach.files.grid import FractionCell
from outreach.messages import describe, message
from outreach.words.fold import fold_size
from outreach.words.sizes import MULTIPLIERS
from outreach.words.vocabulary import words_of

__all__ = ["BLANK", "Unreadable", "amount", "blank", "rounded", "whole"]

MOST: Final = 10**12  # no site has so many visits: an id got into the column
LONGEST: Final = 100  # letters; Python makes no numbers of thousands of digits
SPACES: Final = re.compile(r"[\s'’]")  # \s knows the no-break ones
GROUPED: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}([.,])[0-9]{3}(?:\1[0-9]{3})*(?:(?!\1)[.,]0{1,2})?")
PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:[.,]0*)?")
SHORTENED: Final = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s?([^\W\d_]+\.?)")
FRACTION: Final = re.compile(r"[+-]?[0-9]*[.,][0-9]+(?:[eE][+-]?[0-9]+)?")
MINUS: Final = str.maketrans({"\u2212": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-"})

BLANK: Final = words_of("values.blank") | {""}
"""What stands in a cell that says nothing, folded in case."""


class Unreadable(Exception):  # noqa: N818 - a reason, not an error
    """Why a cell cannot be used.

    Args:
        code: Of the reason, which does not hold the cell's text.

    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.reason = message(code)

    def __str__(self) -> str:
        return describe(self.reason)


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
        raise Unreadable("count-with-fraction")
    tidy = SPACES.sub("", text.translate(MINUS))
    if len(tidy) > LONGEST:
        raise Unreadable("count-too-large" if tidy.isdecimal() else "count-no-number")
    if GROUPED.fullmatch(tidy):
        number = int(re.sub("[.,]", "", re.sub("(?<=[0-9]{3})[.,]0{1,2}$", "", tidy)))
    elif PLAIN.fullmatch(tidy):
        number = int(re.split("[.,]", tidy)[0])
    elif FRACTION.fullmatch(tidy):
        raise Unreadable("count-with-fraction")
    else:
        raise Unreadable("count-no-number")
    if number < 0:
        raise Unreadable("count-negative")
    if number > MOST:
        raise Unreadable("count-too-large")
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
        raise Unreadable("no-sum")
    if found.amount > MOST:
        raise Unreadable("sum-too-large")
    return (-found.amount if negative else found.amount), found.currency or ""
