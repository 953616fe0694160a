"""Counts of visits and conversions as nouns of the conclusion, which every language has."""

from __future__ import annotations

from typing import Final

from outreach.messages import Message, message

__all__ = ["NEAREST", "counted_of", "hits_of", "of_units"]

NEAREST: Final = ("sale", "paid", "came", "booked", "signup", "enquiry", "conversion", "event", "join", "")
"""Of several kinds of conversion the one nearest to money."""
COUNTED: Final = (*NEAREST[:-1], "visit", "session", "visitor", "pageview", "click")
"""What there are nouns for in every language; a ledger that somebody changed may hold others."""


def counted_of(kind: str, count: int, usual: str) -> Message:
    """Return a count of a kind, or of the usual one where there is no noun for it.

    Example:
        >>> str(counted_of("signup", 2, "conversion")), str(counted_of("odd", 1, "conversion"))
        ('2 sign-ups', '1 conversion')

    """
    return message(f"count-{kind if kind in COUNTED else usual}", count=count)


def hits_of(kind: str, count: int) -> Message:
    """Return a number of conversions."""
    return counted_of(kind, count, "conversion")


def of_units(unit: str, count: int) -> Message:
    """Return a number of visits, as it stands behind "of"."""
    return message(f"of-{unit if unit in COUNTED else 'visit'}", count=count)
