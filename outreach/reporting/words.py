"""Small texts that people read: a name without tricks, a number with spaces, a range in percent."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit

from outreach.patterns import pattern

__all__ = ["percent_range", "plain", "safe_address", "thousands"]

# ESC or its one-sign twins: a string (OSC, DCS, SOS, PM, APC) up to its end, a control sequence, a short escape.
_ESCAPES: Final = pattern(
    r"(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?"
)
_SPACES: Final = pattern(r"[\s\u2028\u2029]+")
_JOINERS: Final = "\u200c\u200d"  # Persian and Indic words and emoji families need them
_UNSEEN: Final = ("Cc", "Cf", "Cs")
_MARKS: Final = ("Mn", "Me")
_MOST_MARKS: Final = 4  # on one letter; more is a tower that covers the lines above
_SAFE_SIGNS: Final = "!#$%&'()*+,/:;=?@-._~"


def plain(text: str) -> str:
    r"""Return a text that shows itself and changes nothing around it.

    Escape sequences, control characters, bidi overrides and other invisible format characters go (the two joiners
    stay), runs of white space become one space, towers of accents are cut.

    Example:
        >>> plain("SMM \x1b[31mRiga\x1b[0m\n\u202eagiR")
        'SMM Riga agiR'

    """
    if text.isascii() and text.isprintable():  # the usual case, and a fast one
        return " ".join(text.split())
    import unicodedata

    kept: list[str] = []
    marks = 0
    for sign in _SPACES.sub(" ", _ESCAPES.sub("", text)):
        category = unicodedata.category(sign)
        marks = marks + 1 if category in _MARKS else 0
        if marks <= _MOST_MARKS and (category not in _UNSEEN or sign in _JOINERS):
            kept.append(sign)
    return _SPACES.sub(" ", "".join(kept)).strip()


def thousands(number: int) -> str:
    """Return a number with a space between thousands.

    Example:
        >>> thousands(48200)
        '48 200'

    """
    return f"{number:,}".replace(",", " ")


def percent_range(low: float | None, high: float | None) -> str:
    """Return two shares of 1 as a range in whole percent, rounded half up.

    Ends that round to the same number are given once, and ``<1 %`` where that number would be 0. A missing end gives
    an empty text.

    Example:
        >>> percent_range(0.4526, 0.9368), percent_range(0.118, 0.121), percent_range(0.001, 0.004)
        ('45-94 %', '12 %', '<1 %')

    """
    if low is None or high is None:
        return ""
    first, last = _whole_percent(low), _whole_percent(high)
    if first != last:
        return f"{first}-{last} %"
    return f"{first} %" if first else "<1 %"


def safe_address(url: str | None) -> str | None:
    """Return an http(s) address in printable ASCII that may be made clickable, else None.

    An address with a user name in it (``https://bank.example@evil.example``) is not safe: it reads like another.

    Example:
        >>> safe_address("https://vk.com/имя"), safe_address("javascript:alert(1)")
        ('https://vk.com/%D0%B8%D0%BC%D1%8F', None)

    """
    if url is None or plain(url) != url or re.search(r"[\s\\]", url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or set("@[") & set(parts.netloc):
        return None
    return quote(url, safe=_SAFE_SIGNS)


def _whole_percent(share: float) -> int:
    return int(share * 100 + 0.5)
