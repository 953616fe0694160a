"""Sums of money in texts that people read."""

from __future__ import annotations

from outreach.reporting.words import thousands

__all__ = ["amount_text"]


def amount_text(amount: float, currency: str) -> str:
    """Return a sum with its currency, cents where there are any.

    Example:
        >>> amount_text(1500.0, "RUB"), amount_text(12.5, "EUR"), amount_text(20, "")
        ('1 500 RUB', '12.50 EUR', '20')

    """
    number = thousands(int(amount)) if float(amount).is_integer() else f"{amount:.2f}"
    return f"{number} {currency}".rstrip()
