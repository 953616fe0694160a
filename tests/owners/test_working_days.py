"""Working days of the market: weekends and holidays are none."""

from datetime import date, timedelta

import numpy as np
import pytest

from outreach.owners.working_days import WorkingDays

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]


@pytest.mark.parametrize(
    ("market", "day"),
    [
        ("LV", "2026-11-18"), ("LV", "2026-06-24"), ("GR", "2026-03-25"), ("GR", "2026-04-13"), ("AM", "2026-09-21"),
        ("RU", "2026-05-11"), ("UK", "2026-12-25"), ("lv", "2026-12-25"),
    ],
)  # fmt: skip
def test_public_holidays_are_no_working_days(market, day):
    """Of weekdays on which nobody works there; Easter of the East too."""
    assert date.fromisoformat(day).weekday() < 5
    assert not WorkingDays(market).is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("market", ["", "EU", "XX", "nowhere"])
def test_without_a_calendar_weekends_alone_count(market):
    """Of no market, and of one that nobody knows; against an independent implementation."""
    days = WorkingDays(market)
    assert not days.knows_holidays
    for day in DAYS:
        assert days.is_working_day(day) == bool(np.is_busday(day))
        assert days.after(day, 5) == np.busday_offset(day, 5, roll="backward").astype(object)
        assert days.on_or_after(day) == np.busday_offset(day, 0, roll="forward").astype(object)
        assert days.on_or_before(day) == np.busday_offset(day, 0, roll="backward").astype(object)


@pytest.mark.parametrize("market", ["LV", "GR", "AM"])
def test_counted_working_days(market):
    """So many working days lie between a day and the one that was counted, the last one included."""
    days = WorkingDays(market)
    for day in DAYS:
        for number in (1, 2, 5):
            found = days.after(day, number)
            between = [day + timedelta(days=one) for one in range(1, (found - day).days + 1)]
            assert sum(map(days.is_working_day, between)) == number
            assert days.is_working_day(found)
