"""What time it is: the moment as ledger and address book write it, the day as the user's calendar has it."""

from __future__ import annotations

from datetime import UTC, date, datetime

__all__ = ["this_day", "this_moment"]


def this_moment() -> str:
    """Return the moment in UTC, ISO 8601 to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def this_day() -> date:
    """Return the day in the time zone of this computer."""
    return datetime.now(UTC).astimezone().date()
