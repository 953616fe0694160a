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

__all__ = ["BEFORE_OUT", "OUT", "typed_values", "with_day"]

OUT: Final = ("published", "removed")
"""Statuses of what was public ..."""
BEFORE_OUT: Final = ("drafted", "sent", "quoted", "booked")
"""... and those that come before: going back to them is a slip, or is meant."""

EMPTIED: Final = "-"  # what a person types for: there is none
OPTIONS: Final = {
    "day": "--date",
    "cost": "--cost",
    "currency": "--currency",
    "post_url": "--url",
    "short_url": "--short",
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
        values["published_at"] = moment(day, today) if day else None
        if day and values["published_at"] is None:
            raise OptionError(f"{called['day']} {day}: {describe(UNCLEAR)}")
    if values.get("cost"):
        if (found := money(values["cost"])) is None:
            raise OptionError(
                f"{called['cost']} {values['cost']}: not a sum of money", hint='write it like 12.50 or "1500 RUB"'
            )
        values["cost"] = found.amount
        if found.currency:
            values.setdefault("currency", found.currency)
    if values.get("currency"):
        if (code := currency_of(values["currency"].upper())) is None:
            raise OptionError(f"{called['currency']} {values['currency']}: not a currency", hint="write it like EUR")
        values["currency"] = code
    for column in ("post_url", "short_url"):
        if values.get(column) and not values[column].lower().startswith(("http://", "https://")):
            raise OptionError(f"{called[column]}: an address begins with http:// or https://")
    return values


def with_day(one: Placement, values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return values with the day of publication: today where nothing else is known of what is published now."""
    published = values.get("status") == "published" and not one.published_at
    return {**values, "published_at": values.get("published_at", today.isoformat())} if published else dict(values)
