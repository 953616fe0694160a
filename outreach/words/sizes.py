"""The words around sizes, in the languages of our users."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from outreach.words.fold import fold_header
from outreach.words.vocabulary import keys_of, words_of

__all__ = ["ABOUT", "BELOW", "MULTIPLIERS", "PEOPLE", "UNKNOWN_SIZES", "is_size_header", "unit_of"]

UNKNOWN_SIZES: Final = words_of("values.unknown_size") | {""}
"""What people write where they do not know the size, in lower case."""


MULTIPLIERS: Final = {
    word: times
    for name, times in (("thousands", 10**3), ("millions", 10**6), ("milliards", 10**9))
    for word in words_of(f"sizes.{name}")
}
PEOPLE: Final = tuple(sorted(words_of("sizes.people")))
ABOUT: Final = words_of("sizes.at_least")
BELOW: Final = words_of("sizes.at_most")

HEADERS: Final = words_of("headers.likes.subscribers")
MOST_WORDS: Final = 8


@cache
def _around() -> frozenset[str]:
    """Return what may stand around the word for sizes, read from the languages where a header has several words."""
    about = (words.split() for words in ABOUT)
    return words_of("headers.around_sizes").union(*(words_of(f"months.{month}") for month in keys_of("months")), *about)


@lru_cache(maxsize=8192)
def _parted(header: str) -> tuple[str, ...] | None:
    """Return the words around that of sizes in a header, None where it is another header."""
    words = fold_header(header).split()
    if " ".join(words) in HEADERS:
        return ()
    if not 1 < len(words) <= MOST_WORDS:
        return None
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            rest = (*words[:at], *words[at + size :])
            if " ".join(words[at : at + size]) in HEADERS and all(map(_may_stand_around, rest)):
                return rest
    return None


def _may_stand_around(word: str) -> bool:
    return word.isdecimal() or word in _around() or word in MULTIPLIERS or word.startswith(PEOPLE)


def is_size_header(header: str) -> bool:
    """Return whether a column holds sizes by its header, with a unit, a date or "about" beside the word or not.

    Example:
        >>> [is_size_header(text) for text in ("Subscribers as of 01.03.2026", "Участников, чел.", "Members Club")]
        [True, True, False]

    """
    return _parted(header) is not None


def unit_of(header: str) -> str:
    """Return ``K`` or ``M`` where a header says that the sizes below are in thousands or millions, else nothing.

    Example:
        >>> unit_of("Подписчиков, тыс."), unit_of("Members (millions)"), unit_of("Subscribers")
        ('K', 'M', '')

    """
    times = {MULTIPLIERS.get(word) for word in _parted(header) or ()}
    return "K" if 10**3 in times else "M" if 10**6 in times else ""
