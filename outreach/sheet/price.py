"""What a post costs in a place, as a person wrote it: a sum, with the fee of an exchange on top, or nothing at all."""

from __future__ import annotations

import re
from typing import Final

from outreach.files.money import Money, money
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of

__all__ = ["is_unclear", "price_in"]

FEE: Final = re.compile(r"(.+?)\s*\+\s*([0-9]{1,2}(?:[.,][0-9]+)?)\s*%[^0-9]*")
COSTLESS: Final = ("free", "barter")


def is_unclear(text: str) -> bool:
    """Tell whether a price has numbers and is not one sum, so that none counts.

    Example:
        >>> is_unclear("от 30 до 50 €"), is_unclear("40 евро"), is_unclear("ask Anna")
        (True, False, False)

    """
    return any(letter.isdecimal() for letter in text) and price_in(text) is None


def price_in(text: str) -> Money | None:
    """Return what a post costs, None where no sum is named; a fee in percent is added, free and barter are 0.

    Example:
        >>> price_in("300 EUR"), price_in("300 EUR + 10 % fee").amount, price_in("бартер").amount, price_in("ask")
        (Money(amount=300.0, currency='EUR'), 330.0, 0.0, None)

    """
    if meanings_of("deals").get(fold_header(text)) in COSTLESS:
        return Money(0.0, None)
    with_fee = FEE.fullmatch(text.strip())
    found = money(with_fee[1] if with_fee else text)
    if found is None or with_fee is None:
        return found
    return Money(round(found.amount * (1 + float(with_fee[2].replace(",", ".")) / 100), 2), found.currency)
