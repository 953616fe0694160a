"""What columns, statuses and deals are called by people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger.placement import FIELDS
from outreach.words.columns import Form, map_headers
from outreach.words.fold import fold_header
from outreach.words.vocabulary import keys_of, meanings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COLUMNS", "deal_named", "map_links", "status_named"]

COLUMNS: Final = keys_of("headers.links")
LINKS: Final = Form(
    "headers.links", COLUMNS, bare=tuple(name for name in FIELDS if name not in {*COLUMNS, "id", "url"})
)
"""What a table of placements and their links says."""


def map_links(headers: Sequence[str]) -> dict[str, int]:
    """Return which column of a table of links is where, by its headers in the languages of our users.

    Our own names count first. A column ``url`` is the link with its tags where no other one is.

    Example:
        >>> map_links(["Канал", "Ссылка", "Дата", "Стоимость"])
        {'resource': 0, 'final_url': 1, 'cost': 3, 'published_at': 2}
        >>> map_links(["url", "final_url"]), map_links(["url"])
        ({'url': 0, 'final_url': 1}, {'final_url': 0})

    """
    found = dict(map_headers(headers, LINKS).positions)
    plain = [header.strip().casefold() for header in headers]
    if {"url", "final_url"} <= set(plain):
        found["url"] = plain.index("url")
    return {name: found[name] for name in FIELDS if name in found}


def status_named(text: str) -> str | None:
    """Return the status that a word means, None for a word that means none.

    Example:
        >>> status_named("Опубликовано"), status_named("PUBLISHED"), status_named("soon")
        ('published', 'published', None)

    """
    return meanings_of("statuses").get(fold_header(text))


def deal_named(text: str) -> str | None:
    """Return the deal that a word means, None for a word that means none."""
    return meanings_of("deals").get(fold_header(text))
