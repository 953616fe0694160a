"""How a post gets into a place: what marketers write into such a cell, in the languages of our users."""

from __future__ import annotations

from typing import Final

from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

__all__ = ["WAYS", "WRITE", "way_of"]

WAYS: Final = ("post", "submit", "write", "buy", "exchange")
"""How a post gets into a place: one posts it oneself, submits it, writes to the owner, buys it there or elsewhere."""

WRITE: Final = "write"
"""The way in for which acquaintance and letters are."""


def way_of(text: str) -> str:
    """Return the way in that a text means; empty for one that is not known.

    Example:
        >>> way_of("Post myself"), way_of("через биржу"), way_of("ask Tom")
        ('post', 'exchange', '')

    """
    return meanings_of("ways_in").get(fold_header(text), "")
