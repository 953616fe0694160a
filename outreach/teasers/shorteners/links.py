"""Which links can be shortened, and which short links are to be believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import SplitResult, parse_qsl, quote, urlsplit

from outreach.teasers.shorteners.base import Refused

if TYPE_CHECKING:
    from outreach.teasers.shorteners.base import Made

__all__ = ["ascii_host", "believed", "in_ascii", "unfit"]

SHORT: Final = frozenset(
    {"t.me", "bit.ly", "bitly.com", "j.mp", "clck.ru", "vk.cc", "dub.sh", "dub.link", "tinyurl.com", "is.gd", "goo.su"}
)
LONGEST: Final = 255
_SHORT_LINK: Final = re.compile(r"https?://[^\s/@?#]+/\S+", re.IGNORECASE).fullmatch
_HOST: Final = re.compile(r"[a-z0-9._:-]+").fullmatch  # the colon is IPv6's
_BESIDE: Final = re.compile(r"[^\x21-\x7e]+")


def unfit(url: str) -> str:
    """Return why a link cannot be shortened, nothing where it can.

    Example:
        >>> unfit("https://example.com/?utm_source=vk"), unfit("https://example.com/")
        ('', 'has no utm parameters: tag it first (outreach link), then shorten it')

    """
    if not url.isprintable() or " " in url:
        return "has spaces or control characters"
    try:
        parts = urlsplit(url)
        host = ascii_host(parts.hostname or "")
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return "is not the address of a page"
    reasons = {
        "is not an http(s) address": parts.scheme not in {"http", "https"} or not host,
        "has a user name or a password": "@" in parts.netloc,
        "is not the address of a page": not _HOST(host),
        "is short already": host in SHORT,
        "has no utm parameters: tag it first (outreach link), then shorten it": not any(
            value for _, value in _utm(parts)
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def in_ascii(url: str) -> str:
    """Return a link as every service takes it: the host in Punycode, other letters percent-encoded, the rest as it is.

    Example:
        >>> in_ascii("https://пример.рф/о нас?utm_source=vk".replace(" ", "-"))
        'https://xn--e1afmkfd.xn--p1ai/%D0%BE-%D0%BD%D0%B0%D1%81?utm_source=vk'

    """
    parts = urlsplit(url)
    if not parts.netloc.isascii():
        host = parts.hostname or ""
        where = ascii_host(host) + (f":{parts.port}" if parts.port else "")
        url = url.replace(parts.netloc, where, 1)
    return _BESIDE.sub(lambda found: quote(found[0]), url)


def ascii_host(host: str) -> str:
    """Return a host in lower case and ASCII.

    Raises:
        ValueError: It cannot be one.

    Example:
        >>> ascii_host("Пример.рф"), ascii_host("Go.Example.COM")
        ('xn--e1afmkfd.xn--p1ai', 'go.example.com')

    """
    if host.isascii():
        return host.lower().removesuffix(".")
    import idna

    return idna.encode(host, uts46=True).decode("ascii").removesuffix(".")  # an IDNAError is a ValueError


def believed(made: Made, url: str, domain: str) -> str:
    """Return a short link that leads where it should, as far as its service tells.

    Args:
        made: What the service says that it made.
        url: What it was asked to shorten.
        domain: The domain that was asked for, if any.

    Raises:
        Refused: It is no link, has another domain, or its target lost the utm or the site.

    """
    short = made.short_url.strip()
    if not _SHORT_LINK(short) or not short.isprintable() or len(short) > LONGEST:
        raise Refused("gives an answer without a link")
    try:
        host = ascii_host(urlsplit(short).hostname or "")
        same = made.target is None or _essence(made.target) == _essence(url)
    except ValueError:
        raise Refused("gives an answer without a link") from None
    if domain and host != domain:
        raise Refused(f"made the link on another domain than {domain}")
    if not same:
        raise Refused("made a link that opens another page, or loses the utm parameters")
    return short


def _essence(url: str) -> tuple[str, list[tuple[str, str]]]:
    """Return the site and the utm of a link: services rewrite the rest, like an empty path."""
    parts = urlsplit(url)
    return ascii_host(parts.hostname or ""), sorted(_utm(parts))


def _utm(parts: SplitResult) -> list[tuple[str, str]]:
    return [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0].lower().startswith("utm_")]
