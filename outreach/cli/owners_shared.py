"""What the commands of ``outreach owners`` share: the book, the ledger beside it, the name of the campaign."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from outreach.campaign.clock import this_day
from outreach.cli.campaign import campaign_of
from outreach.cli.shared import DATABASES, database_option, remark, shell_quoted, typed_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from outreach.campaign.events import Event
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.owners import Person, Place
    from outreach.owners.book import Book
    from outreach.owners.who import Meant

__all__ = [
    "FORMS",
    "campaign_name",
    "ledger_beside",
    "line",
    "meant",
    "named",
    "of_ledger",
    "open_existing",
    "places_of",
    "remark_other_letter",
    "the_book",
    "the_ledger",
    "wrote_lately",
]

F = TypeVar("F", bound="Callable[..., Any]")
FORMS: Final = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")


def the_book(command: F) -> F:
    """Add the option for the address book."""
    return click.option(
        "--book",
        envvar="OUTREACH_BOOK",
        show_envvar=True,
        metavar="FILE|URL",
        help="The address book. [default: owners.db in your settings folder]",
    )(command)


def the_ledger(command: F) -> F:
    """Add the option for the ledger beside the book."""
    return database_option("The campaign's database, for the status of its posts.", show_envvar=True)(command)


def open_existing(book: str | None) -> Book:
    """Return the address book.

    Raises:
        InputError: There is none yet.

    """
    from outreach.owners import open_book

    return open_book(book, create=False)


def ledger_beside(db: str | None) -> Ledger | None:
    """Return the ledger beside the book; None where none was named, or is there yet."""
    from outreach.campaign.ledger import open_ledger

    if not db or ("://" not in db and not os.path.exists(db)):  # noqa: PTH110 - long addresses
        return None
    return open_ledger(db, create=False)


def of_ledger(ledger: Ledger | None) -> list[Event]:
    """Return what happened to the posts of a ledger; nothing without one."""
    return ledger.events() if ledger else []


def places_of(book: Book, ledger: Ledger | None) -> list[Place]:
    """Return the places of the book, and those of the ledger that it does not have yet."""
    from dataclasses import replace

    from outreach.owners import Place

    found = {one.resource: one for one in book.places()}
    for one in ledger.placements() if ledger else ():
        there = found.setdefault(one.resource, Place(resource=one.resource))
        if one.name and not there.name:
            found[one.resource] = replace(there, name=one.name)
    return list(found.values())


def meant(book: Book, ledger: Ledger | None, name: str, *, place: str = "", person: str = "") -> Meant:
    """Return the place and the person that a name means.

    Raises:
        InputError: None or several are meant.

    """
    from outreach.owners.who import find

    return find(name, book.people(), places_of(book, ledger), at=place, person=person, label=book.label)


def named(one: Meant) -> str:
    """Return what a place and a person are called in a message."""
    from outreach.reporting import plain

    place = one.place
    where = f"{plain(place.name)} ({place.resource})" if place.name else place.resource
    return ", ".join(filter(None, (where, plain(one.person.name) if one.person else "")))


def campaign_name(given: str | None, ledger: Ledger | None, resource: str = "") -> str:
    """Return the campaign that something is for, as the ledger calls it; empty where nothing tells.

    Args:
        given: As it was typed.
        ledger: Whose only campaign (or the only one of a place) counts where none was typed and the brief names none.
        resource: Key of the place.

    """
    from outreach.owners.campaign_names import name_for
    from outreach.teasers.slugs import slug

    known = {one.campaign for one in ledger.placements() if resource in {"", one.resource}} if ledger else set()
    if given is not None:
        return given if given in known or not given else slug(given)
    return name_for(campaign_of(click.get_current_context()), known)


def remark_other_letter(events: Iterable[Event], person: Person, campaign: str) -> None:
    """Say that a person was written to for another campaign a short while ago, where that is so.

    Args:
        events: What happened with the person, among others.
        person: Who it is.
        campaign: Of the letter that is to be written.

    """
    from outreach.owners.contacts import lately_written

    for letter in lately_written(events, person, campaign, this_day())[:1]:
        remark(wrote_lately(person, letter.campaign, letter.day, this_day()))


def wrote_lately(person: Person, campaign: str, day: str, now: date) -> str:
    """Return the sentence that a person was written to for somebody else a short while ago.

    Example:
        >>> from outreach.owners import Person
        >>> wrote_lately(Person(name="Marina"), "dental", "2026-11-26", date(2026, 11, 30))
        'You wrote to Marina for another campaign (dental) 4 days ago.'

    """
    from outreach.reporting import plain

    days = (now - date.fromisoformat(day)).days
    ago = "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"
    which = f" ({plain(campaign)})" if campaign else ""
    return f"You wrote to {plain(person.name)} for another campaign{which} {ago}."


def line(command: str, *words: str) -> str:
    """Return a command to paste, on the same book and ledger."""
    return shell_quoted(
        ["outreach", "owners", command, *words, *typed_options(click.get_current_context(), only=DATABASES)]
    )
