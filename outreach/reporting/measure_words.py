"""What visits, conversions and verdicts are called on sheets for people, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.messages import describe, message
from outreach.reporting.people_sheet import Field, field_of
from outreach.reporting.words import plain
from outreach.tracking.base import KINDS
from outreach.tracking.verdict import AHEAD, BEHIND, BELOW, CANNOT_TELL, NO_VISITS, NOT_BY_VISITS, SAME

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["count_header", "kind_header", "kind_in", "kind_inside", "verdict_in"]

UNITS: Final = ("visit", "session", "visitor", "pageview", "click")
VERDICTS: Final[Mapping[str, str]] = {
    AHEAD: "book-verdict-ahead",
    BEHIND: "book-verdict-behind",
    BELOW: "book-verdict-below",
    SAME: "book-verdict-no-difference",
    CANNOT_TELL: "book-verdict-unknown",
    NOT_BY_VISITS: "book-verdict-by-visits",
    NO_VISITS: "book-verdict-no-visits",
}


def count_header(unit: str, language: str) -> Field:
    """Return the column of visits, or of what else was counted.

    Example:
        >>> count_header("click", "lv").header
        'Klikšķi'

    """
    return field_of(unit if unit in UNITS else UNITS[0], language, "number", about="visits")


def kind_in(kind: str, goal: str, language: str) -> str:
    """Return what several conversions of a kind are called.

    Example:
        >>> kind_in("signup", "", "ru"), kind_in("conversion", "/thanks", "en")
        ('Регистрации', 'Conversions (/thanks)')

    """
    called = describe(message(f"book-column-{kind if kind in KINDS else 'conversion'}"), language)
    return f"{called} ({plain(goal)})" if goal else called


def kind_inside(kind: str, language: str) -> str:
    """Return what several conversions of a kind are called inside of a sentence.

    Example:
        >>> kind_inside("sale", "el")
        'πωλήσεις'

    """
    called = kind_in(kind, "", language)
    return called[:1].lower() + called[1:]


def kind_header(kind: str, goal: str, language: str) -> Field:
    """Return the column of a kind of conversions."""
    return Field(kind_in(kind, goal, language), describe(message("book-about-conversions"), language), "number")


def verdict_in(
    verdict: str | None, language: str, more: int | None = None, unit: str = "", against: str = ""
) -> str | None:
    """Return what can be said of a place, or of a text against another one; None where nothing can.

    Args:
        verdict: One of the words of ``tracking.verdict``.
        language: Of the reader.
        more: How many visits are missing.
        unit: What they are.
        against: The other text.

    Example:
        >>> verdict_in("can't tell yet", "ru", 120, "visit")
        'пока неизвестно: нужно ещё примерно 120 визитов'

    """
    code = VERDICTS.get(verdict or "")
    if code is None:
        return verdict or None
    said = message(code)
    if against:
        said = message("book-verdict-against", verdict=said, text=plain(against))
    elif verdict == NOT_BY_VISITS:
        return describe(message("book-verdict-ask", verdict=said), language)
    if more is None:
        return describe(said, language)
    missing = message(f"count-{unit if unit in UNITS else UNITS[0]}", count=more)
    more_of = "book-verdict-more-each" if against else "book-verdict-more"
    return describe(message(more_of, verdict=said, visits=missing), language)
