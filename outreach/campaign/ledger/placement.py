"""One teaser for one resource, with its own link: what the ledger keeps of it, and what it refuses."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from outreach.errors import InputError
from outreach.keys import identify, platform_of
from outreach.tables import DEALS, PLACEMENTS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["FIELDS", "Natural", "Placement", "all_readable", "checked", "readable"]

NEEDED: Final = ("campaign", "resource", "variant", "final_url", "status", "deal")
NUMBERS: Final = frozenset(column.name for column in PLACEMENTS.columns if column.type != "varchar")
OPTIONAL: Final = tuple(
    column.name
    for column in PLACEMENTS.columns
    if column.name not in NUMBERS and (column.missing or column.name == "created_at")
)
"""Texts that may be missing; when it was made is filled in."""

LARGEST: Final = 10**12  # no post costs so much: an id got into the column
MOST_ROUNDS: Final = 10**6
MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
UNWRITABLE: Final = re.compile("[\0\ud800-\udfff]")  # no database takes these


@dataclass(frozen=True, slots=True)
class Natural:
    """What makes two placements one; it has the same link on every machine."""

    campaign: str
    resource: str
    variant: str
    round: int


class Placement(NamedTuple):
    """One teaser for one resource.

    Args:
        id: Its number in the ledger; None before it is there.
        campaign: Slug of the campaign; no placement is kept without it, a key and a link.
        resource: Key.
        variant: Which text of several.
        final_url: The address with its tags.
        url: The address without them.
        platform: Of the key; filled in where it is empty.
        round: How many times this text went there, from 1.
        language: Of the text.
        short_url: What a shortener made of ``final_url``.
        utm_source: As in ``final_url``, and so the other three.
        text: The teaser.
        comment: The first comment below it.
        deal: One of :data:`outreach.tables.DEALS`.
        cost: In ``currency``.
        status: One of :data:`outreach.tables.STATUSES`.
        created_at: UTC, ISO 8601 to the second; filled in where it is missing.
        published_at: So, or a day.
        post_url: Where the post stands.
        name: What the resource is called.
        promo: The promotion code that belongs to this placement alone.

    Example:
        >>> placement = Placement(campaign="spring", resource="telegram:smm_riga", final_url="https://x.example/?u=1")
        >>> placement.natural
        Natural(campaign='spring', resource='telegram:smm_riga', variant='a', round=1)

    """

    id: int | None = None
    campaign: str = ""
    resource: str = ""
    platform: str = ""
    variant: str = "a"
    round: int = 1
    language: str = ""
    url: str = ""
    final_url: str = ""
    short_url: str | None = None
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    text: str = ""
    comment: str | None = None
    deal: str = "free"
    cost: float | None = None
    currency: str | None = None
    status: str = "drafted"
    created_at: str | None = None
    published_at: str | None = None
    post_url: str | None = None
    name: str | None = None
    promo: str | None = None

    @property
    def natural(self) -> Natural:
        """What makes it the same placement as another."""
        return Natural(self.campaign, self.resource, self.variant, self.round)

    @property
    def values(self) -> dict[str, Any]:
        """Its values by column, without its number."""
        return {name: value for name, value in self._asdict().items() if name != "id"}


FIELDS: Final = Placement._fields
_NEEDED: Final = attrgetter(*NEEDED)
_JUDGED: Final = attrgetter("status", "deal", "round", "cost", "created_at", "published_at")


def checked(placement: Placement) -> Placement:
    """Return a placement as the ledger keeps it: with its platform, an empty optional text as missing.

    Raises:
        InputError: A value is none of those that it may have.

    Example:
        >>> kept = checked(Placement(campaign="s", resource="vk:smm_riga", final_url="https://x.example", comment=""))
        >>> kept.platform, kept.comment
        ('vk', None)

    """
    if fault := _fault(placement):
        raise InputError(fault, where="a placement cannot be kept")
    filled: dict[str, Any] = {name: getattr(placement, name) or None for name in OPTIONAL}
    cost = None if placement.cost is None else float(placement.cost)
    return placement._replace(platform=platform_of(placement.resource), cost=cost, **filled)


def readable(placement: Placement) -> bool:
    """Tell whether a placement that was kept is still one: texts are texts, and a status is one of ours.

    Example:
        >>> kept = Placement(campaign="s", resource="vk:smm_riga", final_url="https://x.example")
        >>> readable(kept), readable(kept._replace(status="lost")), readable(kept._replace(text=5))
        (True, False, False)

    """
    texts = [getattr(placement, name) for name in FIELDS if name not in NUMBERS]
    if not all(isinstance(value, str) or value is None for value in texts):
        return False
    if not isinstance(placement.round, int) or not isinstance(placement.cost, (float, int, type(None))):
        return False
    return all(getattr(placement, name) for name in NEEDED) and not _odd_value(placement)


def all_readable(placements: Collection[Placement]) -> bool:
    """Tell of placements whose texts are texts whether all are :func:`readable`."""
    unlike = {_JUDGED(one): one for one in placements}
    return all(map(readable, unlike.values())) and all(all(_NEEDED(one)) for one in placements)


def _fault(placement: Placement) -> str:
    """Return why a placement cannot be kept, in words without its text; nothing where it can."""
    for name in FIELDS:
        value = getattr(placement, name)
        if isinstance(value, str) and UNWRITABLE.search(value):
            return f"{name} holds a damaged sign"
    missing = [name for name in NEEDED if not getattr(placement, name)]
    if missing:
        return f"{missing[0]} is empty"
    if identify(placement.resource).key != placement.resource:
        return "resource is no key; outreach key ADDRESS makes one"
    if placement.platform not in ("", platform_of(placement.resource)):
        return "platform is another one than the key's"
    return _odd_value(placement)


def _odd_value(placement: Placement) -> str:
    cost, started, published = placement.cost, placement.created_at, placement.published_at
    if placement.status not in STATUSES:
        return f"status is none of {', '.join(STATUSES)}"
    if placement.deal not in DEALS:
        return f"deal is none of {', '.join(DEALS)}"
    if not 1 <= placement.round <= MOST_ROUNDS:
        return "round is no number from 1"
    if cost is not None and not (math.isfinite(cost) and 0 <= cost <= LARGEST):
        return "cost is no sum of money"
    if any(moment and not MOMENT.fullmatch(moment) for moment in (started, published)):
        return "a time is not written like 2026-05-12 or 2026-05-12T09:00:00Z"
    return ""
