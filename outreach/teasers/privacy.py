"""Private data in links, which no analytics tool may be sent: e-mail addresses and phone numbers.

Google forbids both in addresses: https://support.google.com/analytics/answer/6366371.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.private import is_mail, private
from outreach.teasers.slugs import ALPHABET

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["made", "private_names", "refuse_private"]

_MADE: Final = re.compile(rf"[a-z0-9_-]+?(?:--|__)[a-z0-9_-]+[-_][{ALPHABET}]{{5}}").fullmatch
_LONGEST_MADE: Final = 100


def made(content: str) -> bool:
    """Whether this is a utm_content as we make it: a resource, two separators, a variant, a mark.

    Example:
        >>> made("smm-riga--a-f871v"), made("smm-riga-a")
        (True, False)

    """
    return len(content) <= _LONGEST_MADE and _MADE(content) is not None


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
    return [name for name, value in given if (is_mail(value) if name in public else private(value))]


def refuse_private(given: Sequence[tuple[str, str]]) -> None:
    """Refuse values that look private.

    Raises:
        InputError: One does.

    """
    if names := private_names(given):
        raise InputError(
            f"{names[0]} looks like an e-mail address or a phone number",
            hint="analytics tools forbid those in links: use another word",
        )
