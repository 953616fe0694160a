"""What stands in pictures: words in the reader's language, numbers as it writes them, names as others wrote them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from outreach.figures.drawing import clean
from outreach.messages import describe, full_sentence, message, number_in
from outreach.sheet.facts import own_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from outreach.messages import Value

__all__ = ["known", "named", "numeral", "percent", "rest", "sentence", "sum_in", "whole", "word"]


def word(code: str, language: str, /, **values: Value) -> str:
    """Return a text of ours.

    Example:
        >>> word("figure-of", "en", count=7, of=9)
        '7 of 9'

    """
    return describe(message(code, **values), language)


def sentence(code: str, language: str, /, **values: Value) -> str:
    """Return a sentence of ours with what ends it.

    Example:
        >>> sentence("figure-nothing", "en")
        'Nothing to show.'

    """
    told = full_sentence(message(code, **values), language)
    return told[:-1] if told.endswith("..") else told  # Latvian days end in a point themselves


def known(value: Any) -> float | None:
    """Return a number, None for what is missing or none.

    Example:
        >>> known(3), known(None), known(float("nan")), known(float("inf"))
        (3.0, None, None, None)

    """
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if math.isfinite(found) else None


def whole(value: Any) -> int:
    """Return a count; what is missing is 0.

    Example:
        >>> whole(7.0), whole(None)
        (7, 0)

    """
    return int(known(value) or 0)


def numeral(value: Any, language: str, decimals: int = 0) -> str:
    """Return a number, an empty text for none.

    Example:
        >>> numeral(12400, "en"), numeral(None, "en")
        ('12,400', '')

    """
    found = known(value)
    return "" if found is None else number_in(found, language, decimals)


def sum_in(value: Any, currency: str, language: str) -> str:
    """Return a sum with its currency, cents only where there are any.

    Example:
        >>> sum_in(31, "EUR", "en"), sum_in(2.5, "EUR", "el"), sum_in(None, "EUR", "en")
        ('31 EUR', '2,50 EUR', '')

    """
    found = known(value)
    if found is None:
        return ""
    return f"{number_in(found, language, 0 if found == int(found) else 2)} {clean(currency, 10)}".strip()


def percent(value: Any, language: str) -> str:
    """Return a share in percent, with a decimal below ten percent where it has one.

    Example:
        >>> percent(0.25, "en"), percent(0.025, "ru"), percent(0, "en")
        ('25 %', '2,5 %', '0 %')

    """
    found = known(value)
    if found is None:
        return ""
    tenths = round(found * 1000)
    return f"{number_in(found * 100, language, 1 if 0 < tenths < 100 and tenths % 10 else 0)} %"


def rest(count: int, language: str) -> str:
    """Return how many places are not shown, an empty text for none.

    Example:
        >>> rest(3, "en"), rest(0, "en")
        ('3 more places are not shown', '')

    """
    return word("figure-more", language, count=count) if count > 0 else ""


def named(row: Mapping[str, Any]) -> str:
    """Return what a place is called: its name, or what its key says.

    Example:
        >>> named({"name": "SMM Riga", "resource": "telegram:smm_riga"}), named({"name": None, "resource": "vk:club7"})
        ('SMM Riga', 'club7')

    """
    name = row.get("name")
    return clean(name) if isinstance(name, str) and name.strip() else clean(own_words(str(row["resource"])))
