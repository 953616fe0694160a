"""The tags in an address, as analytics tools and web servers hand them on."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import unquote_plus

from outreach.tracking.base import Tags

__all__ = ["EMPTY_VALUES", "decode_tag", "is_mended", "is_rest", "tags_in", "without_signs"]

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
_NAMES: Final = r"(?:utm|mtm|pk|matomo)_[a-z]"
BETWEEN: Final = re.compile(
    rf"[?&#]|%3[Ff](?={_NAMES})|%26(?={_NAMES})|(?:;|%3[Bb]|\||%7[Cc])+(?={_NAMES})|\s+(?={_NAMES})", re.IGNORECASE
)
ESCAPED_AND: Final = re.compile(r"&amp;|&amp%3B|%26amp%3B|(?:\\|%5C)+u0026|&#0*38;|&#x26;", re.IGNORECASE)
"""How programs write ``&`` for others, and forget it there."""

BEHIND: Final = ").,;:!?\"'`>]}»”’*\\"
OPENED: Final = {")": "(", "]": "[", "}": "{"}
INVISIBLE: Final = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def tags_in(url: str) -> Tags:
    """Return the tags in an address or in its query alone; the first of several values counts.

    Tags behind ``#``, in the path by mistake (``%3Futm_source``), and with what programs make of ``&`` are found too: a
    visitor came by that link whatever it looks like.

    Example:
        >>> tags_in("/guide?x=1&utm_source=vk&utm_content=smm-riga--a-f871v#top").content
        'smm-riga--a-f871v'
        >>> tags_in("https://example.com/?utm_source=caf%C3%A9&amp;utm_medium=x+y")
        Tags(source='café', medium='x y', campaign='', content='', promo='', start='', short_url='', resource='', \
rest=False)

    """
    found: dict[str, Any] = {}
    for piece in BETWEEN.split(ESCAPED_AND.sub("&", url)):
        name, sign, value = piece.partition("=")
        field = NAMES.get(unquote_plus(name).strip().lower().removeprefix("amp;")) if sign else None
        if field and field not in found:
            found[field] = decode_tag(unquote_plus(value))
    return Tags(**found)


def is_mended(url: str) -> bool:
    """Tell whether an address with tags was damaged on its way, and is read all the same.

    Example:
        >>> is_mended("/?utm_source=vk&amp%3Butm_content=a-1"), is_mended("/?utm_source=vk&utm_content=a-1).")
        (True, True)
        >>> is_mended("/?utm_source=vk&utm_content=a-1")
        False

    """
    if ESCAPED_AND.search(url):
        return True
    pieces = BETWEEN.split(url)
    last = unquote_plus(pieces[-1].partition("=")[2])
    return without_signs(last) != last.strip() or len(pieces) != len(re.split("[?&#]", url))


def without_signs(value: str) -> str:
    """Return a value without the signs that came behind its link: a bracket, the end of a sentence, what nobody sees.

    Example:
        >>> without_signs("smm--a-f871v)."), without_signs("spring (sale)"), without_signs("a\u200b-1")
        ('smm--a-f871v', 'spring (sale)', 'a-1')

    """
    tidy = INVISIBLE.sub("", value).strip()
    while tidy and tidy[-1] in BEHIND and not (tidy[-1] in OPENED and OPENED[tidy[-1]] in tidy):
        tidy = tidy[:-1].rstrip()
    return tidy


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
