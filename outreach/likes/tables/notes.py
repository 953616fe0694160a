"""What hand-made tables have above and below: a header in two rows, words written once for several cells, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.keys import platform_named
from outreach.likes.tables.answers import is_prose
from outreach.messages import message
from outreach.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["A_NOTE", "is_note", "platforms_above", "rightwards"]

A_NOTE: Final = message("a-note")
NOTE: Final = pattern(r"[*†‡¹²³(#]|.*(?:[:=]|\s[-–—])\s")


def rightwards(cells: Sequence[str], width: int) -> list[str]:
    """Return the texts of a row, each repeated over the empty cells on its right: merged cells.

    Example:
        >>> rightwards(["", "Telegram", "", "VK"], 5)
        ['', 'Telegram', 'Telegram', 'VK', 'VK']

    """
    text = ""
    filled = []
    for at in range(width):
        text = (cells[at].strip() if at < len(cells) else "") or text
        filled.append(text)
    return filled


def platforms_above(cells: Sequence[str], columns: Sequence[int]) -> Mapping[int, str]:
    """Return the platform of each column, by the row above the header; nothing where it says anything else.

    Example:
        >>> platforms_above(["Customers", "Telegram", "", "ВК"], [1, 2, 3])
        {1: 'telegram', 2: 'telegram', 3: 'vk'}
        >>> platforms_above(["", "Telegram", "2026"], [1, 2]), platforms_above([], [1])
        ({}, {})

    """
    filled = rightwards(cells, max(columns, default=-1) + 1)
    found = {at: platform for at in columns if (platform := platform_named(filled[at])) is not None}
    own = columns and columns[0] < len(cells) and cells[columns[0]].strip()
    return found if own and len(found) == len(columns) else {}


def is_note(text: str, *, apart: bool = False) -> bool:
    """Return whether the text of a row with nothing else on it is a footnote rather than a name.

    Args:
        text: The text.
        apart: Whether a blank row stands above it.

    Example:
        >>> [is_note(text) for text in ("* x: reads it", "x — подписан", "Source: interviews", "Anna K.", "Анна-Мария")]
        [True, True, True, False, False]
        >>> is_note("Collected in May", apart=True), is_note("Anna Maria", apart=True)
        (True, False)

    """
    return bool(text) and (NOTE.match(text) is not None or is_prose(text) or (apart and len(text.split()) > 2))
