"""Days as people write them, and as Excel saves them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["UNCLEAR", "day_first", "moment"]

UNCLEAR: Final = "a date that could be read in two ways, or none: write it like 2026-05-12"

NUMBERS: Final = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:[ ,]+[0-9]{1,2}:.*)?")
DAYS_AGO: Final = {
    text.casefold(): days for name, days in (("today", 0), ("yesterday", 1)) for text in texts_of(f"days.{name}")
}


def day_first(texts: Iterable[str]) -> bool | None:
    """Return whether a column of dates with slashes has the day first; None where it does not tell.

    Example:
        >>> day_first(["05/06/2026", "13/06/2026"]), day_first(["05/06/2026", "06/13/2026"]), day_first(["05/06/2026"])
        (True, False, None)

    """
    found = [match for text in texts if (match := NUMBERS.fullmatch(text.strip())) and match[2] != "."]
    firsts, seconds = {int(match[1]) for match in found}, {int(match[3]) for match in found}
    if max(firsts, default=0) > 12:
        return True
    return False if max(seconds, default=0) > 12 else None


def moment(text: str, today: date, *, first: bool | None = None) -> str | None:
    """Return a day, or a moment in UTC, in ISO 8601; None for what is none or is not clear.

    A time without a zone is UTC. With dots the day comes first; with slashes only where ``first`` says so, or where one
    number is no month.

    Example:
        >>> today = date(2026, 5, 14)
        >>> moment("12.05.2026", today), moment("13/05/26", today), moment("yesterday", today)
        ('2026-05-12', '2026-05-13', '2026-05-13')
        >>> moment("2026-05-12T10:00+03:00", today), moment("05/06/2026", today), moment("31.02.2026", today)
        ('2026-05-12T07:00:00Z', None, None)

    """
    tidy = " ".join(text.split())
    if tidy.casefold() in DAYS_AGO:
        return (today - timedelta(days=DAYS_AGO[tidy.casefold()])).isoformat()
    if found := NUMBERS.fullmatch(tidy):
        return _by_numbers(int(found[1]), int(found[3]), found[4], first=True if found[2] == "." else first)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", tidy):
            return date.fromisoformat(tidy).isoformat()
        whole = datetime.fromisoformat(tidy)
        in_utc = whole.replace(tzinfo=UTC) if whole.tzinfo is None else whole.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    # Excel saves a day as its first second
    midnight = whole.tzinfo is None and (whole.hour, whole.minute, whole.second) == (0, 0, 0)
    return f"{whole:%Y-%m-%d}" if midnight else f"{in_utc:%Y-%m-%dT%H:%M:%SZ}"


def _by_numbers(one: int, other: int, year: str, *, first: bool | None) -> str | None:
    if first is None and one <= 12 and other <= 12 and one != other:
        return None
    day, month = (one, other) if first or (first is None and one > 12) or one == other else (other, one)
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day).isoformat()
    except ValueError:
        return None
