"""Ids that a spreadsheet rounded: it keeps fifteen digits of a number and makes zeros of the others."""

from __future__ import annotations

import re
from typing import Final

from outreach.keys.base import fullmatch, no

__all__ = ["DOUBTFUL", "ROUNDED", "is_doubtful", "is_rounded"]

ROUNDED: Final = no("an id rounded by a spreadsheet: export it again and keep the column as text")

# With an exponent, or so many zeros behind the fifteenth digit that not one id in a thousand ends like that.
_ROUNDED: Final = fullmatch(
    r"[+-]?(?:[0-9]+(?:[.,][0-9]+e\+?|e\+)[0-9]+|[1-9][0-9]{14}0{3,}(?:[.,]0+)?|[1-9][0-9]{16,}[.,]0+)", re.IGNORECASE
)
DOUBTFUL: Final = r"[+-]?[1-9][0-9]{14}0{1,2}(?:[.,]0+)?"
"""A bare number that may have lost its last digit or two: one id in ten or in a hundred ends like that by itself."""

_DOUBTFUL: Final = fullmatch(DOUBTFUL)


def is_rounded(text: str) -> bool:
    """Whether a bare number lost digits for certain, or nearly so.

    Example:
        >>> [is_rounded(text) for text in ("1.39073E+18", "139073000000000000", "139073000000000001")]
        [True, True, False]

    """
    return _ROUNDED(text) is not None


def is_doubtful(text: str) -> bool:
    """Whether a bare number may have lost its last digit or two.

    Example:
        >>> is_doubtful("1234567890123450"), is_doubtful("123456789012345")
        (True, False)

    """
    return _DOUBTFUL(text) is not None
