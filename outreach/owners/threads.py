"""Conversations: one thread for each owner and campaign, over all channels; what is due in one of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger.placement import Natural
from outreach.messages import message
from outreach.owners.due import Due
from outreach.sheet.facts import own_words

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from outreach.campaign.events import Event
    from outreach.messages import Message
    from outreach.owners.person import Person
    from outreach.owners.working_days import WorkingDays

__all__ = ["MESSENGERS", "Thread", "dues_of_thread", "key_of", "threads_of"]

OURS: Final = frozenset({"wrote", "sent", "followed_up"})
"""What we say."""
THEIRS: Final = frozenset({"replied", "quoted"})
"""What they say."""
SETTLED: Final = frozenset({"declined", "booked", "published", "removed", "set_back", "invoiced", "paid"})
"""After these nobody owes a word."""
TALK: Final = OURS | THEIRS | SETTLED | {"agreed"}
OF_POSTS: Final = frozenset({"booked", "invoiced", "claimed"})
"""What is promised with these is due with the post."""
SAID_AT_ONCE: Final = {
    kind: place for place, kind in enumerate((*sorted(OURS), "agreed", *sorted(THEIRS), *sorted(SETTLED)))
}
"""Of several things at one moment the later one counts."""
MESSENGERS: Final = frozenset({"telegram", "whatsapp", "messenger", "message"})
LETTER_DAYS: Final = 5
"""Working days until the one follow-up of an e-mail; after seven it is late."""
MESSENGER_DAYS: Final = 2
RUNNING_DAYS: Final = 2
"""Working days of silence in a conversation that runs."""


@dataclass(slots=True)
class Thread:
    """What was said between us and one owner about one campaign.

    Args:
        person: Who it is, None where only the place is known.
        resource: Key of the place, where there is no person, and else of the last event that names one.
        campaign: Slug, or empty.
        events: In any order.
        elsewhere: Of a thread about no campaign, what was said last about any to the same owner.

    """

    person: Person | None
    resource: str
    campaign: str
    events: list[Event] = field(default_factory=list)
    elsewhere: Event | None = None


def natural_of(event: Event) -> Natural:
    """Return which placement an event is about."""
    return Natural(event.campaign, event.resource, event.variant, event.round)


def key_of(event: Event) -> tuple[str | int | float, ...]:
    """Return by which events are put in order: the day, when it was written down, the moment, and what it is."""
    at, kind, amount = event.at, event.kind, event.amount
    return (
        at[:10], event.recorded_at.rstrip("Z"), at, SAID_AT_ONCE.get(kind, 99), kind, event.answer, event.channel,
        event.note, event.due, -math.inf if amount is None else amount,
    )  # fmt: skip


def threads_of(events: Iterable[Event], people: Iterable[Person]) -> list[Thread]:
    """Return the conversations; what names a place alone belongs to its owner, where there is one owner only.

    Example:
        >>> from outreach.campaign.events import Event
        >>> from outreach.owners.person import Person
        >>> marina = Person(id="m", name="Marina", places=("telegram:smm_riga", "vk:smm"))
        >>> said = [Event(kind="wrote", at="2026-11-03", resource=key) for key in marina.places]
        >>> [(one.person.name, len(one.events)) for one in threads_of(said, [marina])]
        [('Marina', 2)]

    """
    by_id: dict[str, Person] = {}
    owners: dict[str, Person | None] = {}
    for person in people:
        by_id[person.id] = person
        for place in person.places:
            owners[place] = None if place in owners else person
    found: dict[tuple[str, str, str], Thread] = {}
    for event in events:
        owner = by_id.get(event.person) or owners.get(event.resource)
        key = (owner.id, "", event.campaign) if owner else (event.person, event.resource, event.campaign)
        thread = found.get(key)
        if thread is None:
            thread = found[key] = Thread(owner, event.resource, event.campaign)
        elif event.resource and (not thread.resource or event.resource < thread.resource):
            thread.resource = event.resource
        thread.events.append(event)
    general = {key[:2]: thread for key, thread in found.items() if not key[2]}
    for (who, place, campaign), thread in found.items():
        if campaign and (about_none := general.get((who, place))):
            said = [event for event in (about_none.elsewhere, *thread.events) if event and event.kind in TALK]
            about_none.elsewhere = max(said, key=key_of, default=None)
    return [found[key] for key in sorted(found)]


def dues_of_thread(thread: Thread, days: WorkingDays, posts: Container[Natural] = frozenset()) -> Iterator[Due]:
    """Yield what is due in a conversation: one step of the talk at most, and each promise that stands.

    Args:
        thread: The conversation.
        days: Of the market.
        posts: Placements that are known: what is promised of these stands with them.

    """
    if thread.person is not None and thread.person.do_not_contact:
        return
    said = [event for event in thread.events if event.kind in TALK]
    last = max(said, key=key_of, default=None)
    note = last_note(thread.events)
    open_: dict[tuple[str, ...], Event] = {}
    for event in thread.events:
        if event.due and not (event.kind in OF_POSTS and natural_of(event) in posts):
            superseded = event.kind in TALK and last is not None and key_of(event) != key_of(last)
            if not superseded and not _kept(event, thread.events):
                open_.setdefault((event.due, event.at, event.kind, event.note), event)
    for event in open_.values():
        yield _due(thread, event, date.fromisoformat(event.due), "promise", note)
    if last is None or any(key_of(event) == key_of(last) for event in open_.values()):
        return
    if thread.elsewhere and key_of(thread.elsewhere) > key_of(last):
        return
    if step := _step(last, said, days):
        yield _due(thread, last, step[1], step[0], note)


def _kept(promise: Event, events: Iterable[Event]) -> bool:
    """Whether anything happened on the day of a promise or later, beside the promise itself."""
    own = key_of(promise)
    return any(event.at[:10] >= promise.due and key_of(event) != own for event in events)


def _step(last: Event, said: Iterable[Event], days: WorkingDays) -> tuple[str, date] | None:
    """Return the next step of a conversation and its day; None where it is their turn for good, or all is said."""
    day = date.fromisoformat(max(last.at[:10], last.due))  # what was promised is no silence
    if last.kind in THEIRS:
        return None if last.answer == "no" else ("answer", days.after(day, 1))
    if last.kind == "agreed":
        return "running", days.after(day, RUNNING_DAYS)
    if last.kind in SETTLED or last.kind == "followed_up":
        return None
    own = key_of(last)
    answers = [event for event in said if event.kind in THEIRS and key_of(event) < own]
    closed = [event for event in said if event.kind == "declined" or event.answer == "no"]
    if answers and max(map(key_of, answers)) > max(map(key_of, closed), default=("",)):
        return "running", days.after(day, RUNNING_DAYS)
    if any(event.kind == "followed_up" and key_of(event)[:1] >= own[:1] for event in said):
        return None
    return "follow-up", days.after(day, MESSENGER_DAYS if last.channel in MESSENGERS else LETTER_DAYS)


def last_note(events: Iterable[Event]) -> str:
    """Return the note that was written down last."""
    noted = [event for event in events if event.note]
    return max(noted, key=key_of).note if noted else ""


def _due(thread: Thread, event: Event, day: date, kind: str, note: str) -> Due:
    resource = event.resource or thread.resource
    who = thread.person.name if thread.person else own_words(resource)
    return Due(
        day=day, kind=kind, what=_sentence(kind, event), who=who,
        since=f"{event.kind} {event.at} {event.due} {event.note}",
        person=thread.person.id if thread.person else event.person, campaign=thread.campaign, resource=resource,
        note=note,
    )  # fmt: skip


def _sentence(kind: str, event: Event) -> Message:
    if kind == "promise" and event.kind in THEIRS:
        return message("today-promise-of-theirs")
    return message(f"today-{kind}")
