"""How far one is with each owner: what happened, of the address book and of the campaign's ledger together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from outreach.campaign.events import Event, stage_of
from outreach.owners.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outreach.owners.book import Book
    from outreach.owners.person import Person

__all__ = [
    "LETTERS",
    "Contact",
    "contacts_among",
    "contacts_of",
    "in_order",
    "lately_written",
    "pairs_of",
    "thread",
    "thread_in",
]

KEEPING: Final = frozenset({"replied", "declined", "removed", "paid", "refunded", "published", "wrote", "followed_up"})
"""Kinds that keep what was promised before them."""
LETTERS: Final = ("wrote", "followed_up")
"""Kinds of events that are a letter to an owner."""
RECENT_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Contact:
    """How far one is with a place, and with whoever decides there.

    Args:
        place: Which one; with an empty key where a person has none.
        person: Who decides; None where nobody is known.
        events: What happened there, in order.

    """

    place: Place
    person: Person | None
    events: tuple[Event, ...]

    @property
    def stage(self) -> str:
        """How far it is."""
        return stage_of(self.events)

    @property
    def last(self) -> Event | None:
        """What happened last, apart from notes."""
        return next((one for one in reversed(self.events) if one.kind not in {"note", "began"}), None)

    @property
    def note(self) -> str:
        """The last note."""
        return next((one.note for one in reversed(self.events) if one.note), "")

    @property
    def due(self) -> str:
        """The earliest day on which something is promised that nothing later has kept."""
        open_ = [
            one.due
            for place, one in enumerate(self.events)
            if one.due and not any(later.kind in KEEPING for later in self.events[place + 1 :])
        ]
        return min(open_, default="")

    @property
    def price(self) -> str:
        """What a post costs: as quoted last, else as the sheet says."""
        for one in reversed(self.events):
            if one.kind in {"quoted", "agreed"} and one.amount is not None:
                amount = int(one.amount) if one.amount.is_integer() else one.amount
                return " ".join(filter(None, (str(amount), one.currency, one.format)))
        return self.place.price

    @property
    def do_not_contact(self) -> bool:
        """Whether they asked to be left alone."""
        return self.person is not None and self.person.do_not_contact


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return events by their day; those of one day as they were written down."""
    return sorted(events, key=lambda one: (one.day, one.recorded_at.rstrip("Z"), one.at, one.kind, one.id or 0))


def thread(events: Iterable[Event], place: str, person: Person | None) -> list[Event]:
    """Return what happened with a place, and with a person without naming a place: one thread over all channels."""
    mine = person.id if person else ""
    return in_order(
        one
        for one in events
        if (one.resource == place and one.person in {"", mine}) or (mine and one.person == mine and not one.resource)
    )


def thread_in(book: Book, place: str, person: Person | None, more: Iterable[Event] = ()) -> list[Event]:
    """Return the thread of a place and a person that a book has, with what else is known of them.

    Args:
        book: The address book; of its events only theirs are read.
        place: Key.
        person: Who decides there; None where nobody is known.
        more: Events of the campaign's ledger.

    """
    return thread([*book.events_about(place, person.id if person else ""), *more], place, person)


def contacts_of(book: Book, more: Iterable[Event] = (), campaign: str = "") -> list[Contact]:
    """Return all contacts of a book, by the name of the place.

    Args:
        book: The address book.
        more: Events of the campaign's ledger.
        campaign: Only what happened for this campaign or for none; empty for all.

    """
    events = [one for one in (*book.events(), *more) if not campaign or one.campaign in {"", campaign}]
    return contacts_among(pairs_of(book.people(), book.places()), events)


def pairs_of(people: Iterable[Person], places: Iterable[Place]) -> list[tuple[Place, Person | None]]:
    """Return each place with each person who decides there, by the name of the place.

    A person without a place has one with an empty key, and a place of nobody has no person.

    Example:
        >>> from outreach.owners.person import Person
        >>> pairs = pairs_of([Person(name="Marina", places=("telegram:smm_riga",))], [Place(resource="vk:smm")])
        >>> [(place.resource, person.name if person else "") for place, person in pairs]
        [('vk:smm', ''), ('telegram:smm_riga', 'Marina')]

    """
    known = {one.resource: one for one in places}
    pairs: list[tuple[Place, Person | None]] = [
        (known.get(key, Place(resource=key)) if key else Place(resource=""), person)
        for person in people
        for key in person.places or ("",)
    ]
    taken = {place.resource for place, _ in pairs}
    pairs += [(one, None) for one in known.values() if one.resource not in taken]
    return sorted(pairs, key=_by_name)


def contacts_among(pairs: Iterable[tuple[Place, Person | None]], events: Iterable[Event]) -> list[Contact]:
    """Return the contacts of some places and people, in their order, each with its thread out of events."""
    by_place: dict[str, list[Event]] = defaultdict(list)
    by_person: dict[str, list[Event]] = defaultdict(list)
    for one in events:
        by_place[one.resource].append(one)
        if one.person and not one.resource:
            by_person[one.person].append(one)
    found = []
    for place, person in pairs:
        own = by_person.get(person.id, []) if person else []
        there = by_place.get(place.resource, []) if place.resource else []
        found.append(Contact(place, person, tuple(thread([*there, *own], place.resource, person))))
    return found


def lately_written(events: Iterable[Event], person: Person, campaign: str, today: date) -> list[Event]:
    """Return the letters of the last two weeks to a person that were written for other campaigns, the latest first.

    Args:
        events: Of the book.
        person: Who is about to be written to.
        campaign: Slug of the one that it is for now.
        today: The day.

    """
    first = (today - timedelta(days=RECENT_DAYS)).isoformat()
    letters = [
        one
        for one in events
        if one.kind in LETTERS and one.person == person.id and one.campaign != campaign and one.day >= first
    ]
    return [one for one in reversed(in_order(letters)) if one.day <= today.isoformat()]


def _by_name(pair: tuple[Place, Person | None]) -> tuple[str, str, str, str]:
    place, person = pair
    name = place.name or place.resource.partition(":")[2]
    return (
        name.casefold(),
        place.resource,
        person.name.casefold() if person else "",
        person.id if person else "",
    )
