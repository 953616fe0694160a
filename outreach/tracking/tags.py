"""The tags in an address, as analytics tools and web servers hand them on."""

from __future__ import annotations

import html
import re
from typing import Any, Final
from urllib.parse import unquote_plus

from outreach.tracking.base import Tags

__all__ = ["EMPTY_VALUES", "decode_tag", "is_rest", "tags_in"]

EMPTY_VALUES: Final = frozenset(
    {
        "", "(not set)", "(direct)", "(none)", "(data not available)", "(not provided)", "not set", "direct / none",
        "(no value)", "(нет данных)", "не определено", "не определен", "не указано", "not specified",
        "null", "undefined", "none", "-",
    }
)  # fmt: skip
"""What tools write where there is no value, folded in case."""

REST_VALUES: Final = frozenset({"(other)", "(другое)", "(others)"})
NAMES: Final = {
    "utm_source": "source", "mtm_source": "source",
    "utm_medium": "medium", "mtm_medium": "medium",
    "utm_campaign": "campaign", "mtm_campaign": "campaign", "matomo_campaign": "campaign", "pk_campaign": "campaign",
    "utm_content": "content", "mtm_content": "content",
    "promo": "promo", "coupon": "promo", "promocode": "promo",
    "start": "start", "startapp": "start",
}  # fmt: skip
IN_PATH: Final = re.compile(r"[?&#]|%3[Ff](?=utm_)")


def tags_in(url: str) -> Tags:
    """Return the tags in an address or in its query alone; the first of several values counts.

    Tags behind ``#``, in the path by mistake (``%3Futm_source``) and with HTML's ``&amp;`` are found too: a visitor
    came by that link whatever it looks like.

    Example:
        >>> tags_in("/guide?x=1&utm_source=vk&utm_content=smm-riga--a-f871v#top").content
        'smm-riga--a-f871v'
        >>> tags_in("https://example.com/?utm_source=caf%C3%A9&amp;utm_medium=x+y")
        Tags(source='café', medium='x y', campaign='', content='', promo='', start='', short_url='', resource='', \
rest=False)

    """
    found: dict[str, Any] = {}
    text = html.unescape(url) if "&amp;" in url else url
    for piece in IN_PATH.split(text):
        name, sign, value = piece.partition("=")
        field = NAMES.get(unquote_plus(name).strip().lower()) if sign else None
        if field and field not in found:
            found[field] = decode_tag(unquote_plus(value))
    return Tags(**found)


def decode_tag(value: str) -> str:
    """Return a value of a tag, empty where the tool says that there is none.

    Example:
        >>> decode_tag(" (not set) "), decode_tag("Spring")
        ('', 'Spring')

    """
    tidy = " ".join(value.split())
    return "" if tidy.casefold() in EMPTY_VALUES else tidy


def is_rest(value: str) -> bool:
    """Tell whether a value stands for everything that the tool no longer tells apart.

    Example:
        >>> is_rest("(other)"), is_rest("other")
        (True, False)

    """
    return value.strip().casefold() in REST_VALUES
