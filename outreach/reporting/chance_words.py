"""A rough chance in words: in steps of ten percent, since the estimate is no finer."""

from __future__ import annotations

from typing import Final

from outreach.messages import describe, message

__all__ = ["chance_in"]

STEP: Final = 10
ENDS: Final = 0.05


def chance_in(chance: float | None, language: str = "en") -> str:
    """Return a chance in words, nothing where it is not known.

    Example:
        >>> chance_in(0.57), chance_in(0.04), chance_in(1.0, "ru"), chance_in(None)
        ('about 60 %', 'under 5 %', 'более 95 %', '')

    """
    if chance is None or chance != chance:  # noqa: PLR0124 - NaN
        return ""
    if chance < ENDS:
        return describe(message("book-top-five-under"), language)
    if chance > 1 - ENDS:
        return describe(message("book-top-five-over"), language)
    percent = min(100 - STEP, max(STEP, int(100 * chance / STEP + 0.5) * STEP))
    return describe(message("book-top-five-about", percent=percent), language)
