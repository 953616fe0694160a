"""Names: what is left where an export holds neither a handle nor an address."""

from __future__ import annotations

from outreach.keys.base import escape
from outreach.patterns import pattern
from outreach.words.vocabulary import words_of

__all__ = ["clean", "fold_name", "is_placeholder"]

_INVISIBLE = pattern("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe0e\ufe0f\ufeff]+")
_CONTROL = pattern("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALF_CHARACTER = pattern("[\ud800-\udfff]")
_CLOSING = {
    '"': '"', "'": "'", "`": "`", "«": "»", "‹": "›", "“": "”", "„": "“”", "‘": "’", "‚": "‘’", "<": ">",
}  # fmt: skip
_DASHES = frozenset("-‐‑‒–—―−._?*/\\|+~ ")
_EMPTY_WORDS = words_of("values.placeholder")
_FORMULA_ERRORS = words_of("values.formula_error")


def clean(text: str) -> str:
    """Text without invisible characters, outer white space, and the quotes or angle brackets around it.

    Example:
        >>> clean("  «Маркетинг» ")
        'Маркетинг'

    """
    if not (text.isascii() and text.isprintable()):
        text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    text = text.strip()
    while len(text) > 1 and text[-1] in _CLOSING.get(text[0], ""):
        text = text[1:-1].strip()
    return text


def fold_name(name: str) -> str:
    """A name as it stands in a key; empty where nothing is left.

    NFKC, case-folded, white space collapsed, invisible characters dropped, escaped.

    Example:
        >>> fold_name(" Baltic  Marketers ")
        'baltic%20marketers'

    """
    if name.isascii():
        return escape(" ".join(clean(name.lower()).split()))
    from unicodedata import normalize

    text = _HALF_CHARACTER.sub("", name)
    for _ in range(6):  # each step can make work for another: U+00A8 becomes a space, U+FF02 a quote
        before = text
        text = " ".join(clean(normalize("NFKC", normalize("NFKC", text).casefold())).split())
        if text == before:
            break
    return escape(text)


def is_placeholder(text: str) -> bool:
    """Whether a cell says that it holds nothing.

    Example:
        >>> [is_placeholder(text) for text in ("#N/A", "—", "Нет", "__deleted__12", "Nanterre")]
        [True, True, True, True, False]

    """
    text = text.lower()
    return (
        text in _EMPTY_WORDS
        or text.startswith(("__deleted__", "@__deleted__"))
        or (text[0] == "#" and text[1 : -1 if text[-1] in "!?" else None] in _FORMULA_ERRORS)
        or _DASHES.issuperset(text)
    )
