"""Short words for links: lower case, Latin letters and digits, one separator between them.

Reports count ``Vesna``, ``vesna`` and ``%D0%B2%D0%B5%D1%81%D0%BD%D0%B0`` as three things, so what stands in a link
is spelled in one way only.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha256
from typing import Final

__all__ = ["digest", "slug"]

ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
"""Thirty-two characters without those that look like another: no i, l, o, u."""

_BETWEEN: Final = re.compile("[^a-z0-9]+")
_INSIDE_WORDS: Final = str.maketrans("", "", "'`\"’‘ʼ")
_TWO_FOR_ONE: Final = re.compile("ու|եւ|և|ο[υύ]|[αε][υύ](?P<hard>(?=[θκξπστφχψς]|\\b))?")
FALLBACK: Final = 8


@lru_cache(maxsize=4096)
def slug(text: str, longest: int = 100, separator: str = "-") -> str:
    """Return a text as one word for a link.

    Letters of other scripts are written with Latin ones; emoji and punctuation are borders between words. The same
    text gives the same slug on every machine, and a slug is its own slug.

    Args:
        text: Anything; where nothing of it can be written (only emoji, only dashes) the slug is made from its hash.
        longest: Most characters, at least 1; a longer one is cut between two words, where that leaves half of it.
        separator: What stands between words: ``-`` or ``_``.

    Returns:
        At least one character.

    Example:
        >>> slug("Весна 2026: большой объём!"), slug("Παράδειγμα"), slug("Հայերեն"), slug("Latviešu šķūņi")
        ('vesna-2026-bolshoy-obem', 'paradeigma', 'hayeren', 'latviesu-skuni')
        >>> slug("Երևանում"), slug("ευχάριστο Ναύπλιο")
        ('erevanum', 'efcharisto-nafplio')
        >>> slug("one_two three", 9), slug("🎉")
        ('one-two', 'xc532k76')

    """
    spelled = (text.lower() if text.isascii() else _latin(text)).translate(_INSIDE_WORDS)
    word = _BETWEEN.sub(separator, spelled).strip(separator) or "x" + digest(text, FALLBACK - 1)
    return word if len(word) <= longest else _cut(word, longest, separator)


def digest(text: str, length: int) -> str:
    """Return the first characters of a text's SHA-256, five bits each.

    Example:
        >>> digest("a", 5)
        'sabr2'

    """
    number = int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])
    return "".join(ALPHABET[number >> shift & 31] for shift in range(59, 59 - 5 * length, -5))


def _latin(text: str) -> str:
    """Write a text with small ASCII characters; composed first, because a Mac takes й for two characters."""
    from unicodedata import normalize

    text = _TWO_FOR_ONE.sub(_sound, normalize("NFC", text.lower()))
    return "".join(char if char.isascii() else _spelled(char) for char in text).lower()


def _sound(found: re.Match[str]) -> str:
    """Write two letters that are one sound, which a table of single letters cannot: Երևանում is no "erewanowm"."""
    letters = found[0]
    if letters[0] in "αε":
        return ("a" if letters[0] == "α" else "e") + ("f" if found["hard"] is not None else "v")
    return {"ο": "ou", "ո": "u"}.get(letters[0], "ev")


@lru_cache(maxsize=4096)
def _spelled(char: str) -> str:
    from anyascii import anyascii  # holds its tables, 0.6 MB; read on first use

    letters = anyascii(char)
    return " " if len(letters) > 2 and letters[0] == ":" else letters  # emoji are spelled :tada:


def _cut(word: str, longest: int, separator: str) -> str:
    """Return the beginning of a slug, without a part of a word where that is possible."""
    whole = word[: longest + 1].rpartition(separator)[0]
    return whole if len(whole) * 2 >= longest else word[:longest].rstrip(separator)
