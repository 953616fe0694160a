"""The address book beside an open campaign: what is due, who the contacts are, and what was written down last."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from outreach.app.ledgers import database_of, ledger_of, setting_or_usual
from outreach.app.refusal import RefusalError
from outreach.campaign.clock import this_day, this_moment
from outreach.campaign.values import is_there, value_of
from outreach.errors import InputError
from outreach.files.walk import walk
from outreach.owners import BOOK_VARIABLE
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from outreach.app.desk import Desk
    from outreach.campaign.events import Event
    from outreach.campaign.settings import Campaign
    from outreach.owners.agenda import Matters
    from outreach.owners.book import Book
    from outreach.owners.contacts import Contact
    from outreach.owners.due import Due
    from outreach.owners.person import Person
    from outreach.owners.place import Place
    from outreach.owners.working_days import WorkingDays

__all__ = [
    "Group", "Logged", "Overview", "book_of", "campaign_name", "contacts", "due_in", "forget_logged", "log", "overview",
    "take_back",
    "taken_back_next", "working_days",
]  # fmt: skip

MOST_KEPT: Final = 20
COUNTED_BYTES: Final = 100
"""The head of an SQLite file."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What was written down on the page, so that it can be taken back.

    Args:
        what: The kind and the answer.
        who: The person's or the place's name.
        in_book: Events of the address book.
        in_ledger: Events of the campaign's database.

    """

    what: str
    who: str
    in_book: tuple[Event, ...]
    in_ledger: tuple[Event, ...]


_logged: WeakKeyDictionary[Desk, list[Logged]] = WeakKeyDictionary()


def _named() -> str | None:
    return os.environ.get(BOOK_VARIABLE) or None


def book_of(*, create: bool = False) -> Book | None:
    """Return the user's address book; None where there is none yet.

    Args:
        create: Whether to make it, as the first thing that is written does.

    Raises:
        OutreachError: It cannot be used.

    """
    from outreach.owners import existing_book, open_book

    return open_book(_named()) if create else existing_book(_named())


def working_days(campaign: Campaign) -> WorkingDays:
    """Return the working days of the campaign's market."""
    from outreach.owners.working_days import WorkingDays

    return WorkingDays(campaign.settings.market or "")


@dataclass(frozen=True, slots=True)
class Group:
    """A person with their places, or a place of nobody.

    Args:
        person: Who it is; None where nobody is known.
        places: Theirs.
        search: What is searched, folded.

    """

    person: Person | None
    places: tuple[Place, ...]
    search: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the address book and the campaign come to; it is made anew when one of their files changes.

    Args:
        dues: What is due, as ``outreach today`` tells it.
        posted: Places that have a post.
        groups: Everybody, by name of the place.
        reached: Places by how far each has come.

    """

    dues: Sequence[Due]
    posted: frozenset[str]
    groups: Sequence[Group]
    reached: Mapping[str, int]


_overviews: WeakKeyDictionary[Desk, tuple[object, Overview]] = WeakKeyDictionary()


def overview(desk: Desk) -> Overview:
    """Return what is due and who there is; hold the lock meanwhile.

    Raises:
        OutreachError: The database, the sheet or the book cannot be used.

    """
    from outreach.owners.figures import places_reached

    book = book_of()
    stamp = _stamp(desk, book)
    kept = _overviews.get(desk)
    if kept and stamp is not None and kept[0] == stamp:
        return kept[1]
    dues, matters = due_in(desk)
    posted = frozenset(one.resource for one in matters.placements)
    made = Overview(dues, posted, _groups(book, matters), places_reached(matters.events))
    _overviews[desk] = stamp, made
    return made


def _stamp(desk: Desk, book: Book | None) -> object | None:
    """Return the state of all that an overview is made from; None where a server has a part of it."""
    campaign = desk.campaign()
    database = database_of(campaign)
    if "://" in database or (book is not None and book.database.file is None):
        return None
    files = [
        *([str(book.database.file)] if book else []), database, value_of(campaign, "sheet"),
        str(desk.folder / "outreach.toml"), setting_or_usual(campaign, "brief"),
        *(sorted(map(str, walk(Path(folder)).files)) if (folder := value_of(campaign, "templates")) else []),
    ]  # fmt: skip
    return this_day(), book is None, tuple(map(_state, filter(None, files)))


def _state(path: str) -> tuple[str, object]:
    """Return the state of a file; SQLite counts in its head how often it was written."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - Path's fails at long names
            state = os.fstat(file.fileno())
            return path, (state.st_ino, state.st_mtime_ns, state.st_size, file.read(COUNTED_BYTES))
    except OSError:
        return path, None


def due_in(desk: Desk) -> tuple[list[Due], Matters]:
    """Return what is due in a campaign today, as ``outreach today`` lists it, and what that is made from.

    Raises:
        OutreachError: Database, sheet or address book cannot be used.

    """
    from outreach.campaign.ledger import is_there as is_ledger
    from outreach.owners.agenda import Matters, agenda
    from outreach.reporting.matters import matters_of

    campaign = desk.campaign()
    days, where, sheet = working_days(campaign), database_of(campaign), value_of(campaign, "sheet")
    if book_of() is None and not is_ledger(where):
        return [], Matters()
    there = sheet if sheet and is_there(sheet) else None
    matters = matters_of(where, there, _named(), campaign=campaign, days=days)
    return agenda(matters, this_day(), days), matters


def _groups(book: Book | None, matters: Matters) -> list[Group]:
    """Return everybody in the book, and the places of nobody."""
    from outreach.owners.contacts import pairs_of

    places: dict[str, list[Place]] = {}
    people: dict[str, Person | None] = {}
    for place, person in pairs_of(matters.people, book.places()) if book else ():
        key = person.id if person else f"\0{place.resource}"
        places.setdefault(key, []).append(place)
        people[key] = person
    return [
        Group(
            people[key], tuple(some),
            "\n".join(map(fold_header, _searched(people[key], some))),
        )
        for key, some in places.items()
    ]  # fmt: skip


def _searched(person: Person | None, places: Iterable[Place]) -> Iterator[str]:
    yield from [person.name] if person else []
    yield from (f"{one.name} {one.resource}" for one in places)


def contacts(desk: Desk, groups: Sequence[Group]) -> list[list[Contact]]:
    """Return the contacts of some groups, as ``outreach owners list`` shows them; only their events are read.

    Raises:
        OutreachError: The database or the book cannot be used.

    """
    from outreach.owners.contacts import contacts_among

    book, ledger = book_of(), ledger_of(desk.campaign())
    if book is None or not groups:
        return []
    keys = {place.resource for one in groups for place in one.places if place.resource}
    ids = {one.person.id for one in groups if one.person}
    events = [*book.events_among(keys, ids), *(ledger.events() if ledger else ())]
    return [contacts_among([(place, one.person) for place in one.places], events) for one in groups]


def campaign_name(desk: Desk, resource: str = "") -> str:
    """Return the campaign that something is for, as ``outreach owners log`` finds it."""
    from outreach.owners.campaign_names import name_for

    campaign = desk.campaign()
    ledger = ledger_of(campaign)
    known = {one.campaign for one in ledger.placements() if resource in {"", one.resource}} if ledger else set()
    return name_for(campaign, known)


def log(desk: Desk, event: Event, person: Person | None, name: str) -> None:
    """Write an event down, as ``outreach owners log`` does, and keep it to be taken back.

    Args:
        desk: The campaign.
        event: Without a campaign and a moment.
        person: Whom it is about; None for a place alone.
        name: What the page calls them.

    Raises:
        OutreachError: A value cannot be used, or nothing can be written.

    """
    from outreach.campaign.events import checked
    from outreach.owners.record import record

    book = book_of(create=True)
    if book is None:
        raise InputError("there is no address book")
    whole = checked(
        event._replace(
            at=event.at or this_moment(),
            campaign=campaign_name(desk, event.resource),
            person=person.id if person else "",
            channel=event.channel or (person.channels[0].kind if person and person.channels else ""),
        )
    )
    in_book, in_ledger, _ = record(book, ledger_of(desk.campaign()), whole)
    kept = _logged.setdefault(desk, [])
    what = " ".join(filter(None, (event.kind, event.answer)))
    kept.append(Logged(what, name, tuple(in_book), tuple(in_ledger)))
    del kept[:-MOST_KEPT]


def taken_back_next(desk: Desk) -> Logged | None:
    """Return what would be taken back next."""
    return next(iter(_logged.get(desk, [])[-1:]), None)


def take_back(desk: Desk) -> Logged:
    """Take back what was written down last on the page; what others wrote since stays.

    Raises:
        RefusalError: There is nothing, or the campaign's database was changed since.
        OutputError: It cannot be written.

    """
    kept = _logged.get(desk, [])
    if not kept:
        raise RefusalError("contacts.fail-nothing")
    last = kept[-1]
    if last.in_ledger:
        ledger = ledger_of(desk.campaign())
        if ledger is None or ledger.undo(of=last.in_ledger) is None:
            kept.pop()
            raise RefusalError("contacts.fail-changed")
    book = book_of()
    if book is not None:
        book.take_back(last.in_book)
    kept.pop()
    return last


def forget_logged(desk: Desk, person: Person) -> None:
    """Let go of what could be taken back of a person who is forgotten."""
    kept = _logged.get(desk, [])
    kept[:] = [one for one in kept if all(event.person != person.id for event in (*one.in_book, *one.in_ledger))]
