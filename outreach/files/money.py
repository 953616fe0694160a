"""Sums of money as people write them: ``1 500 ₽``, ``€20``, ``12,50 EUR``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from outreach.words.vocabulary import meanings_of

__all__ = ["Money", "currency_of", "money"]

CURRENCIES: Final = {text.casefold(): code for text, code in meanings_of("currencies").items()}
CODE: Final = re.compile(r"[A-Z]{3}")
SUM: Final = re.compile(r"([^\d\s.,+-]*(?:\.(?=\s|\d))?)\s*([0-9][0-9\s.,'’]*)\s*([^\d]*)")
GROUPED: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Money:
    """A sum; the currency is None where none was named."""

    amount: float
    currency: str | None


def currency_of(text: str) -> str | None:
    """Return the code of a currency, None for what is none.

    Example:
        >>> currency_of("руб."), currency_of("€"), currency_of("SEK"), currency_of("posts")
        ('RUB', 'EUR', 'SEK', None)

    """
    word = text.strip().rstrip(".").casefold()
    return CURRENCIES.get(word) or (text.strip() if CODE.fullmatch(text.strip()) else None)


def money(text: str) -> Money | None:
    """Return the sum that a text says, None for what is none.

    Three digits behind a single sign are thousands: prices have no thousandths.

    Example:
        >>> money("1 500 руб."), money("€20"), money("12,50"), money("1,500.00 USD")
        (Money(amount=1500.0, currency='RUB'), Money(amount=20.0, currency='EUR'), Money(amount=12.5, currency=None), \
Money(amount=1500.0, currency='USD'))
        >>> money("a post"), money("20 posts")
        (None, None)

    """
    found = SUM.fullmatch(text.strip())
    if found is None:
        return None
    named = [word for word in (found[1].strip(), found[3].strip()) if word]
    currency = currency_of(named[0]) if named else None
    if len(named) > 1 or (named and currency is None):
        return None
    amount = _amount(re.sub(r"[\s'’]", "", found[2]))
    return None if amount is None else Money(amount, currency)


def _amount(digits: str) -> float | None:
    """Return a number with either decimal sign, None for what is none."""
    last = max(digits.rfind("."), digits.rfind(","))
    signs = set(digits) & {".", ","}
    if len(signs) < 2 and GROUPED.fullmatch(digits):
        digits = re.sub("[.,]", "", digits)
    elif last >= 0:
        whole, fraction = re.sub("[.,]", "", digits[:last]), digits[last + 1 :]
        if len(signs) < 2 and re.search("[.,]", digits[:last]):
            return None
        digits = f"{whole}.{fraction}"
    try:
        return float(digits)
    except ValueError:
        return None
