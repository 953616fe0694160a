"""Short links that the ledger holds, so that no service is asked for them again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from outreach.teasers.shorteners.cache import ShortLink

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ShortLinks"]

HOSTS: Final = {"bitly": "bit.ly", "clck.ru": "clck.ru", "vk.cc": "vk.cc", "dub": "dub.sh"}
_UNKNOWN: Final = datetime.min.replace(tzinfo=UTC)


class ShortLinks:
    """A cache of short links that begins with those of a ledger.

    The ledger does not say who made a link; its host does.

    Args:
        known: Final link and short link.
        asked: Domain that the user wants; empty is the service's usual one.

    Example:
        >>> known = ShortLinks([("https://a.example/?utm_source=vk", "https://clck.ru/3A")])
        >>> known.get("https://a.example/?utm_source=vk", "clck.ru", "").short_url
        'https://clck.ru/3A'
        >>> known.get("https://a.example/?utm_source=vk", "bitly", "") is None
        True

    """

    def __init__(self, known: Iterable[tuple[str, str]], asked: str = "") -> None:
        self._asked: Final = asked.lower()
        self._known: Final = {(url, _host(short)): short for url, short in known}
        self._made: Final[dict[tuple[str, str, str], ShortLink]] = {}

    def get(self, url: str, provider: str, domain: str) -> ShortLink | None:
        """Return a link that was kept, None where there is none."""
        if made := self._made.get((url, provider, domain)):
            return made
        for host in [self._asked] if self._asked else [HOSTS.get(provider, ""), domain]:
            if short := self._known.get((url, host)):
                return ShortLink(url, provider, domain, short, _UNKNOWN)
        return None

    def put(self, link: ShortLink) -> None:
        """Keep a link."""
        self._made[link.url, link.provider, link.domain] = link


def _host(link: str) -> str:
    try:
        return urlsplit(link).netloc.lower()
    except ValueError:
        return ""
