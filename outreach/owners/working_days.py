"""On which days people of a market work: not at weekends, not on its public holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from holidays import HolidayBase

__all__ = ["WorkingDays"]

DAY: Final = timedelta(days=1)
COUNTRIES: Final = {"UK": "GB"}
"""Markets that the calendar knows under another code."""


class WorkingDays:
    """The working days of a market; of one whose holidays nobody knows, and of none, Monday to Friday.

    Args:
        market: Code of a country, like ``LV``; empty for none.

    Example:
        >>> days = WorkingDays("LV")
        >>> days.is_working_day(date(2026, 11, 18)), days.after(date(2026, 11, 17), 1)
        (False, datetime.date(2026, 11, 19))

    """

    def __init__(self, market: str = "") -> None:
        self._market: Final = market.upper()
        self._known: Final[dict[date, bool]] = {}

    @property
    def knows_holidays(self) -> bool:
        """Whether the holidays of the market are known."""
        return bool(self._market) and _calendar(self._market) is not None

    def is_working_day(self, day: date) -> bool:
        """Whether people work on a day."""
        found = self._known.get(day)
        if found is None:
            calendar = _calendar(self._market) if self._market else None
            found = day.weekday() < 5 if calendar is None else bool(calendar.is_working_day(day))
            self._known[day] = found
        return found

    def after(self, day: date, number: int) -> date:
        """Return the working day that is so many working days after a day."""
        for _ in range(number):
            day = self.on_or_after(day + DAY)
        return day

    def on_or_after(self, day: date) -> date:
        """Return a day, or the first working day behind it."""
        while not self.is_working_day(day):
            day += DAY
        return day

    def on_or_before(self, day: date) -> date:
        """Return a day, or the last working day before it."""
        while not self.is_working_day(day):
            day -= DAY
        return day


@cache
def _calendar(market: str) -> HolidayBase | None:
    """Return the holidays of a market, None where they are not known."""
    import holidays

    code = COUNTRIES.get(market, market)
    try:
        return holidays.country_holidays(code)
    except NotImplementedError:  # EU and the like
        return None
