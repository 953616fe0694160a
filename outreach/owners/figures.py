"""What a book of contacts adds up to: how many at each stage, days between stages, replies by way of acquaintance."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from outreach.campaign.events import CLOSED, STAGES, plays_behind, stage_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.campaign.events import Event
    from outreach.owners.contacts import Contact

__all__ = ["Between", "Replies", "at_stages", "between_stages", "places_reached", "replies_by_play"]

LETTERS: Final = ("wrote", "sent")
ANSWERED: Final = frozenset({"answered", "quoted", "agreed", "booked", "published"})
NOTHING: Final = "none"
STEPS: Final = tuple(stage for stage in STAGES if stage != "new")


@dataclass(frozen=True, slots=True)
class Between:
    """Days from one stage to the next that a contact reached.

    Args:
        start: The stage.
        end: The one behind it.
        contacts: How many went from one to the other.
        days: The median.

    """

    start: str
    end: str
    contacts: int
    days: float


@dataclass(frozen=True, slots=True)
class Replies:
    """How many of those who were written to answered, by the way of acquaintance before the first letter.

    Args:
        play: One of :data:`outreach.campaign.events.PLAYS`; ``several``; ``none``.
        written: How many were written to.
        replied: How many answered, whatever it was.

    """

    play: str
    written: int
    replied: int


def at_stages(contacts: Iterable[Contact]) -> dict[str, int]:
    """Return how many contacts are at each stage, in the order of the stages; those that have none are left out."""
    found = Counter(one.stage for one in contacts)
    return {stage: found[stage] for stage in (*STAGES, *CLOSED) if found[stage]}


def places_reached(events: Iterable[Event]) -> dict[str, int]:
    """Return how many places came at least as far as each stage, also where it was closed since.

    Example:
        >>> from outreach.campaign.events import Event
        >>> about = dict(at="2026-11-03", resource="vk:smm")
        >>> counts = places_reached([Event(kind="wrote", **about), Event(kind="declined", **about)])
        >>> counts["written"], counts["agreed"]
        (1, 0)

    """
    by_place: dict[str, list[Event]] = {}
    for one in events:
        if one.resource:
            by_place.setdefault(one.resource, []).append(one)
    counts = dict.fromkeys(STAGES, 0)
    for some in by_place.values():
        stage = stage_of(some)
        told = [one.stage for one in some if one.stage in STAGES] if stage in CLOSED else [stage]
        furthest = max((STAGES.index(one) for one in told), default=0)
        for name in STAGES[: furthest + 1]:
            counts[name] += 1
    return counts


def between_stages(contacts: Sequence[Contact]) -> list[Between]:
    """Return the days between stages that follow each other in a contact, by their order.

    The first event that leads to a stage counts.
    """
    days: dict[tuple[str, str], list[int]] = {}
    for contact in contacts:
        reached = _reached(contact.events)
        for (start, first), (end, then) in pairwise(reached):
            days.setdefault((start, end), []).append((date.fromisoformat(then) - date.fromisoformat(first)).days)
    order = {stage: place for place, stage in enumerate(STAGES)}
    return [
        Between(start, end, len(some), float(median(some)))
        for (start, end), some in sorted(days.items(), key=lambda item: (order[item[0][0]], order[item[0][1]]))
    ]


def replies_by_play(contacts: Iterable[Contact]) -> list[Replies]:
    """Return how many answered, by what was done before the first letter; the most letters first."""
    written: Counter[str] = Counter()
    replied: Counter[str] = Counter()
    for contact in contacts:
        first = min((one.day for one in contact.events if one.kind in LETTERS), default="")
        if not first:
            continue
        plays = plays_behind(one for one in contact.events if one.day <= first)
        name = NOTHING if not plays else next(iter(plays)) if len(plays) == 1 else "several"
        written[name] += 1
        replied[name] += any(
            one.day >= first and (one.stage in ANSWERED or one.kind in {"replied", "declined"})
            for one in contact.events
        )
    return [
        Replies(name, count, replied[name])
        for name, count in sorted(written.items(), key=lambda one: (-one[1], one[0]))
    ]


def _reached(events: Iterable[Event]) -> list[tuple[str, str]]:
    """Return the stages that events reached, each with the day, in the order of the days, never back."""
    first: dict[str, str] = {}
    for one in events:
        if one.stage in STEPS:
            first[one.stage] = min(first.get(one.stage, one.day), one.day)
    found: list[tuple[str, str]] = []
    for stage in STEPS:
        if stage in first and (not found or first[stage] >= found[-1][1]):
            found.append((stage, first[stage]))
    return found
