"""What a person types about a placement: dates, sums, addresses, as the ledger keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.errors import OptionError
from outreach.files.dates import UNCLEAR, moment
from outreach.files.money import currency_of, money
from outreach.messages import describe

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from outreach.campaign.ledger.placement import Placement

__all__ = ["BEFORE_OUT", "OUT", "typed_day", "typed_number", "typed_sum", "typed_values", "with_day"]

OUT: Final = ("published", "removed")
"""Statuses of what was public ..."""
BEFORE_OUT: Final = ("drafted", "sent", "quoted", "booked")
"""... and those that come before: going back to them is a slip, or is meant."""

DAYS: Final = {"published": "published_at", "removed": "removed_at"}
"""Statuses whose day is a column of the placement, too."""

EMPTIED: Final = "-"  # what a person types for: there is none
OPTIONS: Final = {
    "day": "--date",
    "cost": "--cost",
    "currency": "--currency",
    "post_url": "--url",
    "short_url": "--short",
    "must_stay_until": "--stay-until",
    "views_24h": "--views",
    "repost_of": "--repost-of",
}


def typed_values(given: Mapping[str, str | None], today: date, called: Mapping[str, str] = OPTIONS) -> dict[str, Any]:
    """Return the columns of a placement that are to change; a dash empties one.

    Args:
        given: Column, or ``day``, to what was typed; None was not.
        today: For words such as yesterday.
        called: What messages call each of them.

    Raises:
        OptionError: Something typed cannot be used.

    Example:
        >>> from datetime import date
        >>> typed_values({"cost": "20 EUR", "day": "yesterday"}, date(2026, 5, 13))
        {'cost': 20.0, 'published_at': '2026-05-12', 'currency': 'EUR'}

    """
    typed = {name: value.strip() for name, value in given.items() if value is not None}
    values: dict[str, Any] = {name: None if value == EMPTIED else value for name, value in typed.items()}
    values |= {"cost": None} if values.get("cost") == "" else {}
    if "day" in values:
        day = values.pop("day")
        values["published_at"] = typed_day(called["day"], day, today) if day else None
    if until := values.get("must_stay_until"):
        values["must_stay_until"] = typed_day(called["must_stay_until"], until, today)[:10]
    counts = [column for column in ("views_24h", "repost_of") if values.get(column)]
    values |= {column: typed_number(called[column], values[column]) for column in counts}
    if values.get("cost"):
        values["cost"], currency = typed_sum(called["cost"], values["cost"])
        if currency:
            values.setdefault("currency", currency)
    if values.get("currency"):
        if (code := currency_of(values["currency"].upper())) is None:
            raise OptionError(f"{called['currency']} {values['currency']}: not a currency", hint="write it like EUR")
        values["currency"] = code
    for column in ("post_url", "short_url"):
        if values.get(column) and not values[column].lower().startswith(("http://", "https://")):
            raise OptionError(f"{called[column]}: write http:// or https:// at the beginning of the address")
    return values


def typed_day(called: str, text: str, today: date) -> str:
    """Return a day, or a moment, as the ledger keeps it.

    Args:
        called: What messages call it.
        text: As typed.
        today: For words such as yesterday.

    Raises:
        OptionError: It is none.

    """
    if (found := moment(text, today)) is None:
        raise OptionError(f"{called} {text}: {describe(UNCLEAR)}")
    return found


def typed_number(called: str, text: str) -> int:
    """Return a whole number.

    Raises:
        OptionError: It is none.

    Example:
        >>> typed_number("--views", "1 200")
        1200

    """
    found = money(text)
    if found is None or found.currency or not found.amount.is_integer():
        raise OptionError(f"{called} {text}: not a whole number")
    return int(found.amount)


def typed_sum(called: str, text: str) -> tuple[float, str]:
    """Return a sum of money and its currency, which is empty where none was typed.

    Raises:
        OptionError: It is none.

    Example:
        >>> typed_sum("--cost", "20 EUR"), typed_sum("--cost", "12.50")
        ((20.0, 'EUR'), (12.5, ''))

    """
    if (found := money(text)) is None:
        raise OptionError(f"{called} {text}: not a sum of money", hint='write it like 12.50 or "1500 RUB"')
    return found.amount, found.currency or ""


def with_day(one: Placement, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return values with the day of a new status that has one: today where nothing else is known."""
    column = DAYS.get(values.get("status") or "")
    if not column or getattr(one, column):
        return dict(values)
    return {**values, column: values.get(column, today.isoformat())}
