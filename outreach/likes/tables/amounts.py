"""Sizes as the networks' pages write them: ``12,5 тыс. подписчиков``, ``3.4K members``."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["size_of"]

FOLD: Final = re.IGNORECASE
AMOUNT: Final = (
    r"(?P<amount>\d[\d\s.,'’]*(?:\s?(?:тыс|тис|млн|млрд|χιλ|εκατ|εκ|tūkst|milj|mlj|mln|հազ|հզր|մլն)\b\.?"
    r"|\s?[KMBkmКМкм]\b)?\+?)"
)
COUNTED: Final = (
    r"(?:followers?|subscribers?|members?|fans|likes?|people\s+(?:like|follow)"
    r"|подписчик\w*|участник\w*|читател\w*|абонент\w*|фоловер\w*|фолловер\w*"
    r"|підписник\w*|учасник\w*|читач\w*|стежить|стежать"
    r"|ακ[όο]λουθ\w*|συνδρομητ\w*|μ[έε]λ(?:η|ος|ών)\w*"
    r"|sekotāj\w*|abonent\w*|dalībniek\w*|biedr\w*|cilvēk\w*"
    r"|հետ(?:և|եւ)որդ\w*|բաժանորդ\w*|անդամ\w*)"
)
COUNT: Final = re.compile(rf"{AMOUNT}\s*{COUNTED}(?:\s.*)?|{COUNTED}\s*:?\s*(?P<behind>\d[\d\s.,]*\s?[KMКМkm]?)", FOLD)
LONGEST: Final = 80


def size_of(text: str) -> str | None:
    """Return the number that a text counts people with, with its suffix; None where it is no size.

    Example:
        >>> size_of("31,4 тыс. подписчиков"), size_of("Followers: 12K"), size_of("1000 ideas for members")
        ('31,4 тыс.', '12K', None)

    """
    found = COUNT.fullmatch(text) if len(text) <= LONGEST and any(map(str.isdecimal, text)) else None
    return (found["amount"] or found["behind"]).strip() if found else None
