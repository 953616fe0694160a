"""How texts are compared that people write differently."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["fold", "fold_answer", "fold_header", "fold_letters", "fold_size"]

_SAME: Final = str.maketrans({"\u2019": "'", "\ufe0e": "", "\ufe0f": ""})  # the last two choose how a sign looks
_CAMEL_CASE: Final = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")
_SIGNS: Final = {sign: " " for sign in range(128) if not chr(sign).isalnum()}
_SHORT: Final = 100
_GAPS: Final = re.compile(r"[\W_]+")


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


def fold_header(header: str) -> str:
    """Return a header without punctuation too, and with camelCase as words.

    Example:
        >>> fold_header("queryUsername"), fold_header("Page_URL "), fold_header("Συνδρομητές"), fold_header("Sekotāji")
        ('query username', 'page url', 'συνδρομητεσ', 'sekotaji')

    """
    return _folded(header) if len(header) < _SHORT else _folded_again(header)


def _folded_header(header: str) -> str:
    return _GAPS.sub(" ", fold(_CAMEL_CASE.sub(" ", header))).strip()


_folded: Final = lru_cache(maxsize=1 << 15)(_folded_header)
_folded_again: Final = lru_cache(maxsize=8)(_folded_header)  # for a text of one long line, compared with many


def fold_size(words: str) -> str:
    """Return the words around a number without a dot or colon at their ends too.

    Example:
        >>> fold_size("Tūkst."), fold_size("около")
        ('tukst', 'около')

    """
    return fold(words).strip(".: ")


def fold_answer(text: str) -> str:
    """Return an answer without outer punctuation too.

    Example:
        >>> fold_answer(" Καμία! "), fold_answer("Don’t know.")
        ('καμια', "don't know")

    """
    bare = fold(text)
    return bare.strip(".,!;:()[]\"' ") or bare


def fold_letters(text: str) -> str:
    """Return the letters and digits of a text alone, as words.

    Example:
        >>> fold_letters("You've liked · this ✓")
        'you ve liked this'

    """
    bare = fold(text)
    if bare.isascii():
        return " ".join(bare.translate(_SIGNS).split())
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())
