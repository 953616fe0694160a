"""Sizes as the networks' pages write them: ``12,5 тыс. подписчиков``, ``3.4K members``."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from outreach.patterns import pattern
from outreach.words.vocabulary import texts_of

__all__ = ["size_of"]


def _pattern(words: str) -> str:
    """Return an expression for words; ``*`` is any ending."""
    return re.escape(words).replace(r"\*", r"\w*").replace(r"\ ", r"\s+")


FOLD: Final = re.IGNORECASE
AMOUNT: Final = (
    rf"(?P<amount>\d[\d\s.,'’]*(?:\s?(?:{'|'.join(map(re.escape, texts_of('page.multipliers')))})\b\.?"
    r"|\s?[KMBkmКМкм]\b)?\+?)"
)
COUNTED: Final = rf"(?:{'|'.join(map(_pattern, texts_of('page.people')))})"
COUNT: Final = pattern(rf"{AMOUNT}\s*{COUNTED}(?:\s.*)?|{COUNTED}\s*:?\s*(?P<behind>\d[\d\s.,]*\s?[KMКМkm]?)", FOLD)
LONGEST: Final = 80


@lru_cache(maxsize=8192)
def size_of(text: str) -> str | None:
    """Return the number that a text counts people with, with its suffix; None where it is no size.

    Example:
        >>> size_of("31,4 тыс. подписчиков"), size_of("Followers: 12K"), size_of("1000 ideas for members")
        ('31,4 тыс.', '12K', None)

    """
    found = COUNT.fullmatch(text) if len(text) <= LONGEST and any(map(str.isdecimal, text)) else None
    return (found["amount"] or found["behind"]).strip() if found else None
