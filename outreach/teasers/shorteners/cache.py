"""Short links that were made before: another run asks nobody again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Cache", "Memory", "ShortLink"]


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A short link and how it came about; the first three fields are its key."""

    url: str
    """The final, tagged URL as it was given."""
    provider: str
    domain: str
    """As asked for; where it was not, empty, or the host of a server that is not the provider's usual one."""
    short_url: str
    created_at: datetime
    """Of our record, in UTC; the provider may have had the link before."""


class Cache(Protocol):
    """Keeps short links."""

    def get(self, url: str, provider: str, domain: str) -> ShortLink | None:
        """Return a link that was kept, None where there is none."""

    def put(self, link: ShortLink) -> None:
        """Keep a link, at once: the next one may fail."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Keeps short links as long as the program runs.

    Example:
        >>> Memory().get("https://example.com/?utm_source=vk", "bitly", "") is None
        True

    """

    links: dict[tuple[str, str, str], ShortLink] = field(default_factory=dict)

    def get(self, url: str, provider: str, domain: str) -> ShortLink | None:
        """Return a link that was kept, None where there is none."""
        return self.links.get((url, provider, domain))

    def put(self, link: ShortLink) -> None:
        """Keep a link."""
        self.links[link.url, link.provider, link.domain] = link
