"""One way to compare what people write."""

from __future__ import annotations

import unicodedata
from typing import Final

__all__ = ["fold"]

_SAME: Final = str.maketrans({"\u2019": "'", "\ufe0e": "", "\ufe0f": ""})  # the last two choose how a sign looks


def fold(text: str) -> str:
    """Return a text without what people write differently: case, accents, widths, apostrophes, white space.

    Signs and punctuation stay; who compares headers or answers takes those away as well.

    Example:
        >>> fold(" Sekot\u0101ji  JĀ"), fold("Συνδρομητές"), fold("ԱՅԴ ԵՎ ՈՉ"), fold("Don’t")
        ('sekotaji ja', 'συνδρομητεσ', 'այդ եւ ոչ', "don't")

    """
    if text.isascii():
        return " ".join(text.casefold().split())
    letters = unicodedata.normalize("NFKD", text.translate(_SAME)).casefold()
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.replace("եվ", "եւ").split())  # ԵՎ is a capital և
