"""Whole numbers as tables hold them."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["UNKNOWN_SIZES", "whole"]

UNKNOWN_SIZES: Final = frozenset({"", "?", "-", "–", "—", "n/a", "na", "н/д", "нет данных", "none", "null", "nan"})
"""What people write where they do not know the size; folded to lower case."""

GROUPED: Final = re.compile(r"\d{1,3}(?:([ ,])\d{3})(?:\1\d{3})*")
LARGEST: Final = 10**11  # more people than there are: not a size


def whole(text: str) -> int | None:
    """Return a whole number above zero, or None where the text is no such number.

    Thousands may be set apart by commas or by any white space.

    Example:
        >>> whole("5000"), whole("5 000"), whole("5,000,000"), whole("5000.0")
        (5000, 5000, 5000000, 5000)
        >>> whole("0"), whole("5,00"), whole("12,5K")
        (None, None, None)

    """
    plain = " ".join(text.split())
    if GROUPED.fullmatch(plain):
        plain = plain.replace(",", "").replace(" ", "")
    plain = re.sub(r"\.00?$", "", plain)  # how pandas writes whole numbers in a column with gaps; 5.000 may be 5000
    number = int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 15 else 0
    return number if 0 < number < LARGEST else None
