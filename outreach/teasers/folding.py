"""Words without what changes their look only, to find them in a text."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

__all__ = ["searchable"]

_GREEK: Final = dict(zip("άέήίόύώϊϋΐΰς", "αεηιουωιυιυσ", strict=True))
_ARMENIAN_MARKS: Final = dict.fromkeys("՚՛՜՝՞՟", "")  # stand inside a word: շտապե՛ք
_SAME: Final = str.maketrans(_GREEK | _ARMENIAN_MARKS | {"ё": "е", "’": "'", "‘": "'", "\u00a0": " ", "\u00ad": ""})


@lru_cache(maxsize=16)  # several checks ask for the same text
def searchable(text: str) -> str:
    """Return a text in small letters, without Greek accents and the marks inside Armenian words.

    Example:
        >>> searchable("Μόνο Σήμερα"), searchable("Որտե՞ղ"), searchable("Ещё")
        ('μονο σημερα', 'որտեղ', 'еще')

    """
    return text.lower().translate(_SAME)
