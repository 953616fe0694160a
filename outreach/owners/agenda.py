"""What is due: answers, follow-ups, posts to look at, money; from events, people and placements alone.

Each rule makes one entry of an open matter, with the day on which it is due; what was done since closes it. The order
of events does not matter, nor how often one is written down.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from outreach.campaign.events import ENOUGH, acquaintance
from outreach.messages import message
from outreach.owners.due import Due
from outreach.owners.of_posts import dues_of_post
from outreach.owners.threads import dues_of_thread, natural_of, threads_of
from outreach.words.ways_in import WRITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Natural, Placement
    from outreach.owners.person import Person
    from outreach.owners.working_days import WorkingDays

__all__ = ["DAYS_AHEAD", "Matters", "agenda"]

DAYS_AHEAD: Final = 7
RESULTS_DAYS: Final = 7
"""Results that are older are to be read anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matters:
    """All that the agenda is made from.

    Args:
        events: Of the ledger and of the address book, in any order.
        people: Of the address book.
        placements: Of the ledger.
        ways: Key of a place to its way in, as the sheet has it: ``write`` and others.
        steps: The next step of each play that was begun.
        results_until: Last day that the results speak of; None without any.

    """

    events: Sequence[Event] = ()
    people: Sequence[Person] = ()
    placements: Sequence[Placement] = ()
    ways: Mapping[str, str] | None = None
    results_until: date | None = None
    steps: Sequence[Due] = ()


def agenda(matters: Matters, today: date, days: WorkingDays, *, ahead: int = DAYS_AHEAD) -> list[Due]:
    """Return what is overdue, due today and in the days ahead, the oldest first.

    Args:
        matters: What there is.
        today: The day of today.
        days: Of the market.
        ahead: How many days behind today.

    Example:
        >>> from outreach.campaign.events import Event
        >>> from outreach.owners.working_days import WorkingDays
        >>> replied = Event(kind="replied", answer="price", at="2026-11-05", resource="telegram:smm_riga")
        >>> due = agenda(Matters(events=[replied]), date(2026, 11, 6), WorkingDays())
        >>> [(one.day.isoformat(), one.kind) for one in due]
        [('2026-11-06', 'answer')]

    """
    last = today + timedelta(days=ahead)
    found = {due.uid: due for due in _all(matters, today, days) if due.day <= last}
    return sorted(found.values(), key=lambda due: (due.day, due.kind, due.campaign, due.resource, due.who, due.uid))


def _all(matters: Matters, today: date, days: WorkingDays) -> Iterator[Due]:
    posts: dict[Natural, list[Event]] = {one.natural: [] for one in matters.placements}
    for event in matters.events:
        if event.variant and (of_post := posts.get(natural_of(event))) is not None:
            of_post.append(event)
    for thread in threads_of(matters.events, matters.people):
        yield from dues_of_thread(thread, days, posts)
    reposted = {(one.campaign, one.resource, one.variant, one.repost_of) for one in matters.placements if one.repost_of}
    for one in matters.placements:
        again = (one.campaign, one.resource, one.variant, one.round) in reposted
        yield from dues_of_post(one, posts[one.natural], days, today=today, reposted=again)
    yield from _drafts(matters, days)
    yield from _results(matters)
    yield from matters.steps


def _drafts(matters: Matters, days: WorkingDays) -> Iterator[Due]:
    """Yield the drafts that wait, together for a campaign; and the places where a letter would come too early."""
    drafted = [one for one in matters.placements if one.status == "drafted"]
    if not drafted:
        return
    early = _too_early(matters, drafted)
    waiting: dict[str, list[Placement]] = defaultdict(list)
    for one in drafted:
        waiting[one.campaign].append(one)
    for campaign, some in sorted(waiting.items()):
        made = min((one.created_at or "" for one in some), default="")
        if made:
            ready = sum(one.resource not in early for one in some)
            yield Due(
                day=days.after(date.fromisoformat(made[:10]), 1), kind="drafts", campaign=campaign, since="drafts",
                what=message("today-drafts", count=len(some)) if ready == len(some)
                else message("today-drafts-early", count=len(some), early=len(some) - ready),
            )  # fmt: skip


def _too_early(matters: Matters, drafted: Iterable[Placement]) -> set[str]:
    """Return the places with an owner to write to who has seen too little of us."""
    ways = matters.ways or {}
    asked = {one.resource for one in drafted if ways.get(one.resource) == WRITE}
    if not asked:
        return set()
    owners = {place: person.places for person in matters.people for place in person.places}
    ids = {place: person.id for person in matters.people for place in person.places}
    by_place: dict[str, list[Event]] = defaultdict(list)
    by_person: dict[str, list[Event]] = defaultdict(list)
    for event in matters.events:
        by_place[event.resource].append(event)
        if event.person:
            by_person[event.person].append(event)
    found = set()
    for place in asked:
        seen = [event for one in owners.get(place, (place,)) for event in by_place[one]]
        seen += by_person[ids[place]] if place in ids else []
        if acquaintance(seen) < ENOUGH:
            found.add(place)
    return found


def _results(matters: Matters) -> Iterator[Due]:
    out = [one.published_at[:10] for one in matters.placements if one.status == "published" and one.published_at]
    since = matters.results_until.isoformat() if matters.results_until else min(out, default="")
    if out and since:
        day = date.fromisoformat(since) + timedelta(days=RESULTS_DAYS + 1)
        yield Due(day=day, kind="results", what=message("today-results"), since="results")
