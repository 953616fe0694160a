"""The address book beside an open campaign: what is due, who the contacts are, and what was written down last."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from outreach.app.ledgers import database_of, ledger_of
from outreach.app.refusal import RefusalError
from outreach.campaign.clock import this_day, this_moment
from outreach.campaign.values import is_there, value_of
from outreach.errors import InputError
from outreach.owners import BOOK_VARIABLE

if TYPE_CHECKING:
    from outreach.app.desk import Desk
    from outreach.campaign.events import Event
    from outreach.campaign.settings import Campaign
    from outreach.owners.agenda import Matters
    from outreach.owners.book import Book
    from outreach.owners.contacts import Contact
    from outreach.owners.due import Due
    from outreach.owners.person import Person
    from outreach.owners.working_days import WorkingDays

__all__ = [
    "Logged", "book_of", "campaign_name", "contacts", "due", "forget_logged", "log", "take_back",
    "taken_back_next", "working_days",
]  # fmt: skip

MOST_KEPT: Final = 20


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


def due(desk: Desk) -> tuple[list[Due], Matters]:
    """Return what is due, as ``outreach today`` tells it, and what it follows from.

    Raises:
        OutreachError: The database, the sheet or the book cannot be used.

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


def contacts(desk: Desk) -> list[Contact]:
    """Return all contacts, as ``outreach owners list`` does; none where there is no book.

    Raises:
        OutreachError: The database or the book cannot be used.

    """
    from outreach.owners.contacts import contacts_of

    book, ledger = book_of(), ledger_of(desk.campaign())
    return contacts_of(book, ledger.events() if ledger else ()) if book else []


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
