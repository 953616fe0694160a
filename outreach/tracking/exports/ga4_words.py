"""What the columns of Google Analytics 4 are called, in its interface in seven languages and in its API.

Metrics are known by their whole names: ``Engaged sessions`` are no sessions. Dimensions are known by the stems in their
names, because the words around them change (``Session source``, ``Sitzung – Quelle``, ``Fuente de la sesión``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from outreach.files.money import currency_of
from outreach.tracking.exports.breakdown import Column
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of, words_of

__all__ = ["EVENT", "LAST", "column_of", "is_total", "starts"]

LAST: Final = "last non-direct click"
FIRST: Final = "first user"
EVENT: Final = "reporting model of the property"


NAMED: Final = re.compile(
    r"(?P<base>[^(:]+?)(?:\s*\((?P<in>.+)\)|\s*:\s*(?P<after>[^:]+)|\s+for\s+(?P<for>[A-Za-z]\w*))\s*"
)


def is_total(text: str) -> bool:
    """Tell whether a cell marks the row or the column of totals.

    Example:
        >>> is_total("Grand total"), is_total("Общий итог"), is_total("")
        (True, True, False)

    """
    return fold_header(text) in words_of("ga4.totals")


def column_of(header: str, at: int) -> Column:
    """Return what a column of that header says; ``group`` where it does not matter or is not known.

    Example:
        >>> column_of("Session source / medium", 0).role, column_of("sessionManualAdContent", 1).role
        ('source_medium', 'content')
        >>> column_of("Fuente/medio de la sesión", 0).scope, column_of("Erste Nutzerinteraktion – Quelle", 0).scope
        ('last non-direct click', 'first user')
        >>> column_of("Engaged sessions", 2).role, column_of("keyEvents:generate_lead", 3).goal
        ('group', 'generate_lead')

    """
    return _metric(header, at) or _dimension(header, at)


def _metric(header: str, at: int) -> Column | None:
    """Return what a metric counts; behind its name may stand the event that it counts, or a currency."""
    plain = _plain(fold_header(header), at)
    found = NAMED.fullmatch(header.strip())
    if plain or not found or not (base := _plain(fold_header(found["base"]), at)):
        return plain
    goal = (found["in"] or found["after"] or found["for"]).strip()
    if base.role == "revenue":
        return replace(base, currency=currency_of(goal) or "")
    if base.role == "denominator":  # sessions of something: no total
        return None
    return replace(base, role="numerator" if base.role == "events" else base.role, goal=goal)


def _plain(text: str, at: int) -> Column | None:
    """Return the metric of a folded name."""
    if unit := meanings_of("ga4.units").get(text):
        return Column(at, "denominator", unit=unit)
    if text in words_of("ga4.key_events"):
        return Column(at, "numerator", kind="event")
    if text in words_of("ga4.events"):
        return Column(at, "events", kind="event")
    if text in words_of("ga4.session_rate") or text in words_of("ga4.user_rate"):
        return Column(at, "rate", unit="session" if text in words_of("ga4.session_rate") else "visitor")
    return Column(at, "revenue") if text in words_of("ga4.revenue") else None


def _dimension(header: str, at: int) -> Column:
    text = fold_header(header)
    if role := meanings_of("ga4.dimensions").get(text, ""):
        return Column(at, role)
    tokens = text.split()
    if starts(tokens, "group"):
        return Column(at, "group")
    if starts(tokens, "landing"):
        return Column(at, "landing", scope="landing page")
    role = next((one for one in ("content", "campaign") if starts(tokens, one)), "")
    if not role and starts(tokens, "source"):
        role = "source_medium" if starts(tokens, "medium") else "source"
    if not role and starts(tokens, "medium"):
        role = "medium"
    scope = FIRST if starts(tokens, "first") else LAST if starts(tokens, "session") else EVENT
    return Column(at, role or "group", scope=scope if role else "")


def starts(tokens: list[str], role: str) -> bool:
    """Tell whether one of the words in a header is of a stem."""
    stems = words_of(f"ga4.stems.{role}")
    return any(token == stem or (len(stem) > 3 and token.startswith(stem)) for token in tokens for stem in stems)
