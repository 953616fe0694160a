"""How a post gets into a place: only some owners are written a letter."""

from __future__ import annotations

from typing import Final

from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

__all__ = ["WITHOUT_LETTER", "way_in_of"]

WITHOUT_LETTER: Final = ("post", "submit", "buy", "exchange")
"""Ways in that need no letter; where none is known, the owner is written to."""


def way_in_of(cell: str) -> str:
    """Return what a cell of the sheet says: ``post``, ``submit``, ``write``, ``buy``, ``exchange``, or nothing.

    Example:
        >>> way_in_of("post myself"), way_in_of("Написать"), way_in_of("Αγορά"), way_in_of("by pigeon")
        ('post', 'write', 'buy', '')

    """
    return meanings_of("ways_in").get(fold_header(cell), "")
