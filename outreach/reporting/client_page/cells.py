"""The cells of a table as texts in the reader's language, with the value behind each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.messages import number_in
from outreach.reporting.people_sheet import Link
from outreach.reporting.words import plain, safe_address

if TYPE_CHECKING:
    from outreach.reporting.people_sheet import Field

__all__ = ["NUMBERS", "Cell", "cell"]

NUMBERS: Final = frozenset({"number", "decimal", "percent", "fine percent", "middle"})
"""Looks of columns that hold numbers."""
LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, the number behind it, where it leads."""

    text: str
    number: float | int | None = None
    address: str | None = None


def cell(field: Field, value: Any, language: str) -> Cell:
    r"""Return the cell of a value.

    Example:
        >>> from outreach.reporting.people_sheet import Field
        >>> cell(Field("Share", "", "percent"), 0.25, "en").text, cell(Field("Cost", "", "decimal"), 1200.5, "ru").text
        ('25 %', '1\xa0200,50')

    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return Cell("")
    if isinstance(value, Link):
        return Cell(_short(value.text), None, safe_address(value.address))
    if isinstance(value, str):
        return Cell(_short(value))
    if field.look in ("percent", "fine percent"):
        decimals = 1 if field.look == "fine percent" else 0
        return Cell(f"{number_in(100 * value, language, decimals)} %", value)
    whole = field.look != "decimal" or value == int(value)
    return Cell(number_in(value, language, 0 if whole else 2), value)


def _short(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"
