"""What a word in a cell means: yes, no, not known, a sum."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final

from outreach.words.fold import fold
from outreach.words.vocabulary import words_of

__all__ = ["TOTAL_WORDS", "Mark", "is_total", "mark_of"]


class Mark(Enum):
    """What a cell of a matrix says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


MARKS: Final = {
    **{word: mark for mark in Mark for word in words_of(f"cells.{mark.value}")},
    "": Mark.NO,
}
TOTAL_WORDS: Final = words_of("cells.total")


@lru_cache(maxsize=8192)
def mark_of(text: str) -> Mark | None:
    """Return what a cell of a matrix says; None where it is no mark.

    Example:
        >>> [mark_of(text).value for text in ("x", "Х", "✔", "Jā", "ИСТИНА", "", "—", "ՍԽԱԼ", "н/д")]
        ['yes', 'yes', 'yes', 'yes', 'yes', 'no', 'no', 'no', 'unknown']
        >>> mark_of("7"), mark_of("t.me/smm_riga")
        (None, None)

    """
    return MARKS.get(fold(text)) if len(text) < 24 else None


@lru_cache(maxsize=8192)
def is_total(text: str) -> bool:
    """Return whether a cell names a row or a column of sums.

    Example:
        >>> [is_total(text) for text in ("Итого:", "TOTAL", "Kopā", "Σύνολο", "Ընդամենը", "Total Football")]
        [True, True, True, True, True, False]

    """
    return len(text) < 40 and fold(text).strip(" :=.") in TOTAL_WORDS
