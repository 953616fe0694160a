"""What looks like somebody's e-mail address or phone number.

What looks like a phone number is a matter of judgement: a plus and 8 to 15 digits, the numbers of the countries that
our users write from, and three groups of digits as people write them. Dates, times and most ids are none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["is_mail", "private", "private_code"]

_PHONE: Final = re.compile(
    r"""
    (?:\+|(?<![0-9A-Za-z])00)[ ]?[1-9](?:[ .()-]{0,2}[0-9]){7,14}(?![0-9])  # +371 29 123 456
    | (?<![0-9A-Za-z])(?:                                                   # the same without a plus
        [78][3489][0-9]{9} | 371[26][0-9]{7} | 374[0-9]{8} | 30[26][0-9]{9} | 1[2-9][0-9]{2}[2-9][0-9]{6}
        | (?:375|380|998)[0-9]{9} | 447[0-9]{9}
      )(?![0-9A-Za-z])
    | (?<![0-9])(?<![0-9]-)(?:[78][ -]?)?\(?[0-9]{3}\)?[ -]?[0-9]{3}[ -][0-9]{2}[ -]?[0-9]{2}(?![0-9]|-[0-9])
    """,
    re.VERBOSE,
).search
_LOCAL: Final = re.compile(r"[ .()-]*(?:[0-9][ .()-]*){7,15}").fullmatch


@lru_cache(maxsize=1024)
def private(value: str) -> bool:
    """Whether a decoded value looks like an e-mail address or a phone number.

    Example:
        >>> [private(value) for value in ("a@b.lv", "tel-79160001122", "+371 20 000 000", "2026-11-23", "id10000000")]
        [True, True, True, False, False]

    """
    return is_mail(value) or _PHONE(value) is not None


def private_code(code: str) -> bool:
    """Whether a promotion code looks like an e-mail address or a phone number, one without its country's code too.

    Example:
        >>> [private_code(code) for code in ("RIGA10", "a@b.lv", "29111111", "2026")]
        [False, True, True, False]

    """
    return private(code) or _LOCAL(code) is not None


def is_mail(value: str) -> bool:
    """Whether a value holds the sign of e-mail addresses."""
    return "@" in value or "%40" in value
