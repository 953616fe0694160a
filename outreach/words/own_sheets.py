"""The sheets for people in workbooks of ours: what they are called, and how they are known again."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from outreach.words.vocabulary import languages_of, text_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["is_own_sheet", "own_tab", "own_tabs", "own_title"]

TABLE: Final = "own_sheets"
KINDS: Final = ("ranking", "plan", "report", "today", "owners", "columns")
BEGINS: Final = "outreach: "
"""How every title begins, in every language."""


def own_tab(kind: str, language: str) -> str:
    """Return what the tab of a sheet is called.

    Args:
        kind: ``ranking``, ``plan``, ``report``, ``today``, ``owners``, or ``columns``, which explains them.
        language: Of the reader.

    Example:
        >>> own_tab("report", "ru")
        'отчёт'

    """
    return text_in(language, f"{TABLE}.{kind}")


def own_title(kind: str, language: str) -> str:
    """Return the first cell of a sheet.

    Example:
        >>> own_title("report", "en")
        'outreach: what each place brought'

    """
    return text_in(language, f"{TABLE}.{kind}_title")


def own_tabs() -> frozenset[str]:
    """Return the names of all tabs for people, in every language."""
    return frozenset(own_tab(kind, language) for kind in KINDS for language in languages_of(TABLE))


@cache
def _titles() -> frozenset[str]:
    return frozenset(own_title(kind, language) for kind in KINDS for language in languages_of(TABLE))


def is_own_sheet(rows: Iterable[tuple[int, Sequence[str]]]) -> bool:
    """Tell whether a tab is one of ours for people, so that it repeats what another tab holds.

    Args:
        rows: The first ones with their numbers.

    Example:
        >>> is_own_sheet([(1, ["outreach: что принесла каждая площадка"])]), is_own_sheet([(1, ["Anna"])])
        (True, False)

    """
    first = next((cell for _, row in rows for cell in row if cell.strip()), "").strip()
    return first.startswith(BEGINS) and first in _titles()
