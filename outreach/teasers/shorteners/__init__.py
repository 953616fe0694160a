"""Services that shorten links, asked only where the user says so.

A link is tagged first and shortened after. What fails keeps its long link, and says why. One file a service; a new one
is a ``Shortener`` in ``settings.SHORTENERS``.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from outreach.remote.exchange import Exchange
from outreach.teasers.shorteners.advice import advice
from outreach.teasers.shorteners.base import Kind, Refused, Shortener, Wish
from outreach.teasers.shorteners.cache import Cache, Memory, ShortLink
from outreach.teasers.shorteners.links import believed, in_ascii, unfit
from outreach.teasers.shorteners.settings import SHORTENERS, base_of, domain_of, shortener_named, token_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    import requests

    from outreach.teasers.shorteners.base import Send

__all__ = [
    "SHORTENERS",
    "Cache",
    "Memory",
    "Short",
    "ShortLink",
    "Shortener",
    "advice",
    "shorten",
    "shortener_named",
    "unfit",
]

PAUSES_SECONDS: Final = (1.0, 2.0, 4.0)
LONGEST_PAUSE_SECONDS: Final = 60.0
FAILURES_IN_A_ROW: Final = 2  # one may be that link's own; two are the service's


@dataclass(frozen=True, slots=True)
class Short:
    """The link to use: short, or the long one with the reason why."""

    url: str
    error: str = ""


def shorten(
    urls: Iterable[str],
    name: str,
    *,
    session: requests.Session,
    env: Mapping[str, str],
    cache: Cache,
    domain: str = "",
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, Short]:
    """Shorten tagged links.

    Args:
        urls: Final, tagged; each different one is asked for once.
        name: Of the service, a key of ``SHORTENERS``.
        session: Sends the requests.
        env: Holds the token (``OUTREACH_BITLY_TOKEN``) and, where it is not the usual one, the address of the service
            (``OUTREACH_BITLY_URL``).
        cache: Holds what was shortened before; what is new is put there at once.
        domain: Of the short links, where the service gives a choice.
        sleep: Waits before a repeat.

    Returns:
        One entry for every different link, in their order. Where the error is not empty, the link is the long one.

    Raises:
        OptionError: There is no such service, or it cannot give that domain.
        InputError: The token or the server's address is missing or cannot be one.

    Example:
        >>> import requests
        >>> shorten(["mailto:anna@example.com"], "clck.ru", session=requests.Session(), env={}, cache=Memory())
        {'mailto:anna@example.com': Short(url='mailto:anna@example.com', error='is not an http(s) address')}

    """
    service = shortener_named(name)
    wanted = domain_of(service, domain)
    base = base_of(service, env)
    kept_as = wanted or (urlsplit(base).netloc if base != service.base else "")
    done: dict[str, Short | None] = {}
    for url in urls:
        if url not in done:
            done[url] = _without_asking(url, service, kept_as, cache)
    left = [url for url, short in done.items() if short is None]
    if left:
        token = token_of(service, env)
        desk = _Desk(service, Exchange(session, base), sleep)
        for url in left:
            done[url] = short = desk.shorten(Wish(in_ascii(url), wanted, token), url)
            if not short.error:
                cache.put(ShortLink(url, service.name, kept_as, short.url, datetime.now(UTC)))
    return {url: short for url, short in done.items() if short is not None}


def _without_asking(url: str, service: Shortener, kept_as: str, cache: Cache) -> Short | None:
    """Return what is known of a link without the service, None where it is to be asked."""
    if reason := unfit(url):
        return Short(url, reason)
    kept = cache.get(url, service.name, kept_as)
    return Short(kept.short_url) if kept else None


@dataclass(slots=True)
class _Desk:
    """Asks one service for one link after another, and stops where it is of no use."""

    service: Shortener
    send: Send
    sleep: Callable[[float], None]
    failures: int = 0
    closed: str = ""

    def shorten(self, wish: Wish, url: str) -> Short:
        """Return the short link, or the long one and why."""
        if self.closed:
            return Short(url, f"not tried, because {self.closed}")
        try:
            short = self._patiently(wish)
        except Refused as refused:
            reason = f"{self.service.title} {refused.reason}"
            if (refused.wait_seconds or 0) > LONGEST_PAUSE_SECONDS:
                reason += f" and asks you to wait {refused.wait_seconds:.0f} seconds"
            self.failures = self.failures + 1 if refused.kind is Kind.UNSURE else 0
            if refused.kind in {Kind.ALL, Kind.BUSY} or self.failures >= FAILURES_IN_A_ROW:
                self.closed = reason
            return Short(url, reason)
        self.failures = 0
        return Short(short)

    def _patiently(self, wish: Wish) -> str:
        """Ask, and ask again where that may help and does no harm."""
        for pause in PAUSES_SECONDS:
            try:
                return self._ask(wish)
            except Refused as refused:
                if not self._worth_repeating(refused):
                    raise
                self.sleep(pause if refused.wait_seconds is None else max(pause, refused.wait_seconds))
        return self._ask(wish)

    def _ask(self, wish: Wish) -> str:
        return believed(self.service.shorten(wish, self.send), wish.url, wish.domain)

    def _worth_repeating(self, refused: Refused) -> bool:
        safe = refused.kind is Kind.BUSY or (refused.kind is Kind.UNSURE and self.service.repeatable)
        return safe and (refused.wait_seconds or 0) <= LONGEST_PAUSE_SECONDS
