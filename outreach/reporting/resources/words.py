"""What the resources sheet says in the marketer's language: headers, what belongs below them, drop-downs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.messages import LANGUAGES, describe, message
from outreach.words.accepting import WORDS
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "accepts_in",
    "choices_in",
    "followed_again",
    "followed_in",
    "header_in",
    "language_of",
    "origin_in",
    "prompt_in",
]

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "subscribers_from": ("choice-hand", "choice-export", "choice-api"),
    "accepts_posts": ("accepts-yes", "accepts-no", "accepts-paid", "accepts-ask", "accepts-no-reply"),
    "exclude": ("accepts-yes", "accepts-no"),
    "link_place": ("choice-text", "choice-comment", "choice-button", "choice-bio", "choice-sticker"),
    "way_in": ("choice-post-myself", "choice-submit", "choice-write", "choice-buy", "choice-exchange"),
}
"""What the drop-downs offer; another word may be typed."""


def header_in(column: str, language: str) -> str:
    """Return the header of a column.

    Example:
        >>> header_in("fetched_at", "en"), header_in("accepts_posts", "ru")
        ('Checked on', 'Публикует чужие посты')

    """
    return describe(message(f"book-sheet-{column.replace('_', '-')}"), language)


def choices_in(column: str, language: str) -> tuple[str, ...]:
    """Return what the drop-down of a column offers, nothing where it has none.

    Example:
        >>> choices_in("exclude", "lv"), choices_in("note", "lv")
        (('jā', 'nē'), ())

    """
    return tuple(describe(message(f"book-{code}"), language) for code in CHOICES.get(column, ()))


def prompt_in(column: str, language: str) -> str:
    """Return what belongs into a column.

    Example:
        >>> prompt_in("exclude", "en")
        '“yes” takes the place out of the ranking'

    """
    yes = describe(message("book-accepts-yes"), language)
    code = f"book-say-{column.replace('_', '-')}"
    return describe(message(code, choices=choices_in(column, language), yes=yes), language)


def language_of(headers: Mapping[str, str]) -> str:
    """Return the language of a sheet by its headers, English where none of them tells.

    Args:
        headers: Column to what stands above it.

    Example:
        >>> language_of({"note": "заметка", "key": "Ключ"}), language_of({"note": "note"}), language_of({})
        ('ru', 'en', 'en')

    """

    def known(language: str) -> int:
        return sum(fold_header(text) == fold_header(header_in(column, language)) for column, text in headers.items())

    return max(LANGUAGES, key=known)


def accepts_in(text: str | None, language: str) -> str | None:
    """Return yes, no and the like in a language; a person's own words as they are.

    Example:
        >>> accepts_in("no reply", "ru"), accepts_in("on Fridays", "ru")
        ('нет ответа', 'on Fridays')

    """
    if text is None or text not in WORDS:
        return text
    return describe(message(f"book-accepts-{text.replace(' ', '-')}"), language)


def followed_in(overlap: int, listed: int, language: str) -> str:
    """Return how many customers follow a place, of how many lists.

    Example:
        >>> followed_in(7, 9, "en"), followed_in(7, 9, "el")
        ('7 of 9', '7 από 9')

    """
    return describe(message("book-of-listed", overlap=overlap, listed=listed), language)


def origin_in(language: str) -> str:
    """Return what stands beside a size that an export gave."""
    return describe(message("book-choice-export"), language)


def followed_again(text: str, language: str) -> str:
    """Return what :func:`followed_in` wrote in any language in another one; any other text stays.

    Example:
        >>> followed_again("7 of 9", "el"), followed_again("7 of them", "el")
        ('7 από 9', '7 of them')

    """
    numbers = [int(one) for one in re.findall(r"[0-9]{1,9}", text)]
    if len(numbers) != 2:
        return text
    overlap, listed = numbers
    known = text in {followed_in(overlap, listed, one) for one in LANGUAGES}
    return followed_in(overlap, listed, language) if known else text
