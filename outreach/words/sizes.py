"""The words around sizes, in the languages of our users."""

from __future__ import annotations

from typing import Final

from outreach.words.vocabulary import words_of

__all__ = ["ABOUT", "BELOW", "MULTIPLIERS", "PEOPLE", "UNKNOWN_SIZES"]

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
