"""One teaser for one resource, with its own link: what the ledger keeps of it, and what it refuses."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args, get_type_hints

from outreach.errors import InputError
from outreach.keys import identify, platform_of
from outreach.tables import DEALS, STATUSES, Column, Schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = [
    "FIELDS",
    "FIRST",
    "PLACEMENTS",
    "Natural",
    "Placement",
    "all_readable",
    "checked",
    "readable",
]

FILLED: Final = "filled in by the ledger"
"""Marks a column that a placement lacks only before it is kept."""
LATER: Final = "not in the first exports"
"""Marks a column that tables of older programs lack."""
STATUS_WORDS: Final = ", ".join(STATUSES)
DEAL_WORDS: Final = ", ".join(DEALS)

LARGEST: Final = 10**12  # no post costs so much: an id got into the column
MOST_ROUNDS: Final = 10**6
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")
UNWRITABLE: Final = re.compile("[\0\ud800-\udfff]")  # no database takes these


@dataclass(frozen=True, slots=True)
class Natural:
    """What makes two placements one; it has the same link on every machine."""

    campaign: str
    resource: str
    variant: str
    round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """One teaser for one resource, with what each of its values means: table and database are made from these lines.

    Example:
        >>> placement = Placement(campaign="spring", resource="telegram:smm_riga", final_url="https://x.example/?u=1")
        >>> placement.natural
        Natural(campaign='spring', resource='telegram:smm_riga', variant='a', round=1)

    """

    id: Annotated[int | None, "number in the ledger", FILLED] = None
    campaign: Annotated[str, "slug of the campaign"]
    resource: Annotated[str, "key"]
    platform: Annotated[str, "platform of the key"] = ""
    variant: Annotated[str, "which text of several"] = "a"
    round: Annotated[int, "number of the repeat of this text there, from 1"] = 1
    language: Annotated[str, "of the text; empty if unknown"] = ""
    url: Annotated[str, "address without the tags"] = ""
    final_url: Annotated[str, "address with the tags"]
    short_url: Annotated[str | None, "short link from a shortener"] = None
    utm_source: Annotated[str, "as in the address"] = ""
    utm_medium: Annotated[str, "as in the address"] = ""
    utm_campaign: Annotated[str, "as in the address"] = ""
    utm_content: Annotated[str, "as in the address"] = ""
    text: Annotated[str, "the teaser"] = ""
    comment: Annotated[str | None, "first comment below it"] = None
    deal: Annotated[str, DEAL_WORDS] = "free"
    cost: Annotated[float | None, "in the currency"] = None
    currency: Annotated[str | None, "three letters"] = None
    status: Annotated[str, STATUS_WORDS] = "drafted"
    created_at: Annotated[str | None, "UTC, ISO 8601", FILLED] = None
    published_at: Annotated[str | None, "UTC, ISO 8601; a day where the time is not known"] = None
    post_url: Annotated[str | None, "address of the published post"] = None
    name: Annotated[str | None, "name of the place"] = None
    promo: Annotated[str | None, "promotion code of this post only"] = None
    must_stay_until: Annotated[str | None, "last day on which the post has to be there", LATER] = None
    views_24h: Annotated[int | None, "views of the post in its first 24 hours", LATER] = None
    removed_at: Annotated[str | None, "UTC, ISO 8601; a day where the time is not known", LATER] = None
    repost_of: Annotated[int | None, "round of the post that it replaces", LATER] = None

    @property
    def natural(self) -> Natural:
        """What makes it the same placement as another."""
        return Natural(self.campaign, self.resource, self.variant, self.round)


TYPES: Final = {str: "varchar", int: "bigint", float: "double"}


def _columns() -> dict[Column, frozenset[str]]:
    """Return the columns of placements, each with its marks."""
    found = {}
    for name, hint in get_type_hints(Placement, include_extras=True).items():
        kind, meaning, *marks = get_args(hint)
        of = get_args(kind) or (kind,)
        missing = type(None) in of and FILLED not in marks
        found[Column(name, TYPES[of[0]], meaning, missing=missing)] = frozenset(marks)
    return found


COLUMNS: Final = _columns()
PLACEMENTS: Final = Schema("placements", tuple(COLUMNS))
"""One row for each teaser for one resource: (campaign, resource, variant, round)."""

FIELDS: Final = PLACEMENTS.names
FIRST: Final = Schema("placements", tuple(column for column, marks in COLUMNS.items() if LATER not in marks))
"""The columns that every table has that a ledger wrote, of whatever age."""

NEEDED: Final = ("campaign", "resource", "variant", "final_url", "status", "deal")
NUMBERS: Final = {column.name: column.type for column in PLACEMENTS.columns if column.type != "varchar"}
OPTIONAL: Final = tuple(
    column.name
    for column in PLACEMENTS.columns
    if column.name not in NUMBERS and (column.missing or column.name == "created_at")
)
"""Texts that may be missing; when it was made is filled in."""

_NEEDED: Final = attrgetter(*NEEDED)
_TIMES: Final = attrgetter("created_at", "published_at", "removed_at")
_JUDGED: Final = attrgetter(
    "status", "deal", "round", "cost", "created_at", "published_at", *sorted(set(FIELDS) - set(FIRST.names))
)


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
        raise InputError(fault, where="a post cannot be kept")
    filled: dict[str, Any] = {name: getattr(placement, name) or None for name in OPTIONAL}
    cost = None if placement.cost is None else float(placement.cost)
    return replace(placement, platform=platform_of(placement.resource), cost=cost, **filled)


def in_currency(placements: Iterable[Placement], currency: str) -> list[Placement]:
    """Return placements whose costs without a currency are in the one given; the ledger stays as it is.

    Example:
        >>> kept = Placement(campaign="s", resource="vk:smm_riga", final_url="https://x.example", cost=20.0)
        >>> in_currency([kept], "EUR")[0].currency
        'EUR'

    """
    return [
        replace(one, currency=currency) if currency and one.cost is not None and not one.currency else one
        for one in placements
    ]


def readable(placement: Placement) -> bool:
    """Tell whether a placement that was kept is still one: texts are texts, and a status is one of ours.

    Example:
        >>> kept = Placement(campaign="s", resource="vk:smm_riga", final_url="https://x.example")
        >>> readable(kept), readable(replace(kept, status="lost")), readable(replace(kept, text=5))
        (True, False, False)

    """
    texts = [getattr(placement, name) for name in FIELDS if name not in NUMBERS]
    if not all(isinstance(value, str) or value is None for value in texts):
        return False
    if not isinstance(placement.round, int) or not isinstance(placement.cost, (float, int, type(None))):
        return False
    if not all(isinstance(number, (int, type(None))) for number in (placement.views_24h, placement.repost_of)):
        return False
    return all(getattr(placement, name) for name in NEEDED) and not _odd_value(placement)


def all_readable(placements: Collection[Placement]) -> bool:
    """Tell of placements whose texts are texts whether all are :func:`readable`."""
    unlike = {_JUDGED(one): one for one in placements}
    return all(map(readable, unlike.values())) and all(all(_NEEDED(one)) for one in placements)


def _fault(placement: Placement) -> str:
    """Return why a post cannot be kept, in words without its text; nothing where it can."""
    for name in FIELDS:
        value = getattr(placement, name)
        if isinstance(value, str) and UNWRITABLE.search(value):
            return f"{name} has a damaged character"
    missing = [name for name in NEEDED if not getattr(placement, name)]
    if missing:
        return f"{missing[0]} is empty"
    if identify(placement.resource).key != placement.resource:
        return "resource is not a key; outreach key ADDRESS makes one"
    if placement.platform not in ("", platform_of(placement.resource)):
        return "platform is not the one of the key"
    return _odd_value(placement)


def _odd_value(placement: Placement) -> str:  # noqa: PLR0911 - a list of faults
    cost, until, views, repost_of = (
        placement.cost, placement.must_stay_until, placement.views_24h, placement.repost_of
    )  # fmt: skip
    if placement.status not in STATUSES:
        return f"status is not one of {STATUS_WORDS}"
    if placement.deal not in DEALS:
        return f"deal is not one of {DEAL_WORDS}"
    if not 1 <= placement.round <= MOST_ROUNDS:
        return "round is not a number from 1 up"
    if cost is not None and not (math.isfinite(cost) and 0 <= cost <= LARGEST):
        return "cost is not a sum of money"
    if any(moment and not MOMENT.fullmatch(moment) for moment in _TIMES(placement)):
        return "a time must be written like 2026-05-12 or 2026-05-12T09:00:00Z"
    if until and not DAY.fullmatch(until):
        return "must_stay_until must be written like 2026-05-12"
    if views is not None and not 0 <= views <= LARGEST:
        return "views_24h is not a number of views"
    if repost_of is not None and not 1 <= repost_of < placement.round:
        return "repost_of is not an earlier round"
    return ""
