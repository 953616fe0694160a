"""Private data, which no analytics tool may be sent: e-mail addresses and phone numbers.

Google forbids both in addresses: https://support.google.com/analytics/answer/6366371. What looks like a phone number is
a matter of judgement: a plus and 8 to 15 digits, the numbers of the countries that our users write from, and three
groups of digits as people write them. Dates, times and most ids are none.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.teasers.slugs import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["made", "private", "private_names", "refuse_private"]

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
_MADE: Final = re.compile(rf"[a-z0-9_-]+?(?:--|__)[a-z0-9_-]+[-_][{ALPHABET}]{{5}}").fullmatch
_LONGEST_MADE: Final = 100


def made(content: str) -> bool:
    """Whether this is a utm_content as we make it: a resource, two separators, a variant, a mark.

    Example:
        >>> made("smm-riga--a-f871v"), made("smm-riga-a")
        (True, False)

    """
    return len(content) <= _LONGEST_MADE and _MADE(content) is not None


@lru_cache(maxsize=1024)
def private(value: str) -> bool:
    """Whether a decoded value looks like an e-mail address or a phone number.

    Example:
        >>> [private(value) for value in ("a@b.lv", "tel-79160001122", "+371 20 000 000", "2026-11-23", "id10000000")]
        [True, True, True, False, False]

    """
    return _mail(value) or _PHONE(value) is not None


def private_names(given: Sequence[tuple[str, str]]) -> list[str]:
    """Return the parameters whose value looks private.

    In tags that we made, the number of a public page in utm_source or utm_content is none.

    Example:
        >>> private_names([("utm_source", "74100576336"), ("utm_content", "facebook--a-f871v")])
        []
        >>> private_names([("utm_source", "74100576336"), ("utm_content", "facebook")])
        ['utm_source']

    """
    ours = any(name == "utm_content" and made(value) for name, value in given)
    public = ("utm_source", "utm_content") if ours else ()
    return [name for name, value in given if (_mail(value) if name in public else private(value))]


def refuse_private(given: Sequence[tuple[str, str]]) -> None:
    """Refuse values that look private.

    Raises:
        InputError: One does.

    """
    if names := private_names(given):
        raise InputError(
            f"{names[0]} looks like an e-mail address or a phone number",
            hint="analytics tools forbid those in links: give a word of your own",
        )


def _mail(value: str) -> bool:
    return "@" in value or "%40" in value
