"""What was spent and what is owed, by place and campaign; sums of different currencies are never added."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from outreach.campaign.events import Event

__all__ = ["Money", "money_of"]

OWED_BY: Final = ("invoiced", "booked", "agreed")
"""What one owes by, the surest first: an invoice counts before the price that was agreed."""
CENT: Final = 0.005


@dataclass(frozen=True, slots=True)
class Money:
    """What a place costs in a campaign, in one currency.

    Args:
        resource: Key of the place.
        campaign: Slug; empty where none was named.
        currency: Three letters, or empty.
        spent: Paid, less what was paid back.
        owed: Invoiced or agreed, and not paid.
        refunded: Paid back.

    """

    resource: str
    campaign: str
    currency: str
    spent: float
    owed: float
    refunded: float


def money_of(events: Iterable[Event]) -> list[Money]:
    """Return what was spent and is owed, by place, campaign and currency.

    What was invoiced counts as owed; where nothing was, what was booked or agreed for. One record of two
    databases counts once.

    Example:
        >>> from outreach.campaign.events import Event
        >>> bought = dict(resource="vk:smm", campaign="spring", currency="EUR", at="2026-11-03")
        >>> some = [Event(kind="agreed", amount=20.0, **bought), Event(kind="paid", amount=15.0, **bought)]
        >>> [(one.spent, one.owed) for one in money_of(some)]
        [(15.0, 5.0)]

    """
    sums: dict[tuple[str, str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    by_post: dict[tuple[str, str, str], dict[tuple[str, int], dict[str, float]]] = defaultdict(dict)
    for one in sorted(_once(events), key=lambda one: (one.day, one.recorded_at, one.kind)):
        if one.amount is None:
            continue
        key = (one.resource, one.campaign, one.currency)
        if one.kind in {"paid", "refunded"}:
            sums[key][one.kind] += one.amount
        elif one.kind in OWED_BY:
            sums[key]["seen"] += 0.0
            post = by_post[key].setdefault((one.variant, one.round), defaultdict(float))
            post[one.kind] = post[one.kind] + one.amount if one.kind == "invoiced" else one.amount
    found = []
    for key, told in sums.items():
        due = _due(by_post.get(key, {}))
        paid, back = told.get("paid", 0.0), told.get("refunded", 0.0)
        owed = max(0.0, round(due - paid, 2))
        found.append(Money(*key, round(paid - back, 2), owed if owed > CENT else 0.0, round(back, 2)))
    return sorted(found, key=lambda one: (one.campaign, one.resource, one.currency))


def _due(posts: Mapping[tuple[str, int], Mapping[str, float]]) -> float:
    """Return what is owed for posts; what was agreed without naming a post is for the same ones, not for more."""
    sums = {post: next(told[kind] for kind in OWED_BY if kind in told) for post, told in posts.items()}
    bare = sums.pop(("", 0), 0.0)
    return max(bare, sum(sums.values()))


def _once(events: Iterable[Event]) -> set[Event]:
    return {one._replace(id=None) for one in events}
