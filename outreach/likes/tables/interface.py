"""Words of the networks' own pages: buttons and labels that come along when a list is copied from the screen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.patterns import pattern
from outreach.words.fold import fold_letters
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.likes.tables.profile import Cell

__all__ = ["are_pasted", "is_button", "is_interface_word"]


SEPARATORS: Final = pattern("[·•‧∙⋅・|]")


BUTTON_WORDS: Final = words_of("interface.buttons")
WORDS: Final = BUTTON_WORDS | words_of("interface.labels")
LONGEST: Final = 12 + max(map(len, WORDS))  # punctuation and ticks come on top


@lru_cache(maxsize=8192)
def is_button(text: str) -> bool:
    """Return whether a text is what a button says, before or after it was pressed.

    Example:
        >>> [is_button(text) for text in ("Following", "Вы подписаны", "Μου αρέσει!", "Verified", "Baltic SMM")]
        [True, True, True, False, False]

    """
    return len(text) <= LONGEST and text[:1] != "@" and fold_letters(text) in BUTTON_WORDS


def are_pasted(cells: Sequence[Cell]) -> bool:
    """Return whether buttons stand among the places of a column, as they do where a list was copied from a page.

    A single such word among names may be the name of a place.
    """
    buttons = sum(is_button(cell.text) for cell in cells)
    addresses = sum(cell.holds for cell in cells)
    inside = any(is_button(part.strip()) for cell in cells if "\n" in cell.text for part in cell.text.split("\n"))
    return (
        inside
        or (buttons > 0 and addresses * 2 >= len(cells) - buttons > 0)
        or (buttons > 1 and buttons * 3 >= len(cells))
    )


@lru_cache(maxsize=8192)
def is_interface_word(text: str) -> bool:
    """Return whether a text is a word of a network's page and no resource.

    Case, accents, punctuation and kinds of space do not matter; of several words with dots between all must be such.

    Example:
        >>> [is_interface_word(text) for text in ("Verified", "ПОДПИСАТЬСЯ", "Sekošana ✓", "Page · Follow", " · ")]
        [True, True, True, True, True]
        >>> [is_interface_word(text) for text in ("Follow the Money", "Подписаться на жизнь", "Like Magazine", "")]
        [False, False, False, False]

    """
    if len(text) > LONGEST or text[:1] == "@":
        return False
    if fold_letters(text) in WORDS:
        return True
    parts = [part for part in SEPARATORS.split(text) if part.strip()]
    return SEPARATORS.search(text) is not None and all(fold_letters(part) in WORDS for part in parts)
