"""Whether a place accepts posts: what marketers write into such a cell, in the languages of our users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NOTHING", "SIGNS", "WORDS", "meaning_of"]

NOTHING: Final = frozenset("-–—−")
WORDS: Final[Mapping[str, frozenset[str]]] = {
    meaning: words_of(f"accepting.{meaning.replace(' ', '_')}") for meaning in ("yes", "no", "paid", "ask", "no reply")
}
SIGNS: Final = meanings_of("accepting_signs")


def meaning_of(text: str) -> str:
    """Return yes, no, paid, ask or no reply, or the marketer's own words in lower case.

    Example:
        >>> meaning_of("Да"), meaning_of("платно"), meaning_of("0"), meaning_of("–"), meaning_of("On Fridays")
        ('yes', 'paid', 'no', 'no', 'on fridays')
        >>> meaning_of("Нет ответа")
        'no reply'

    """
    lower = text.strip().casefold()
    if lower in SIGNS or lower in NOTHING:
        return SIGNS.get(lower, "no")
    return next((meaning for meaning, words in WORDS.items() if fold_header(lower) in words), text.strip().lower())
