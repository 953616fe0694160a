"""The sheet of an address book that people read: places, who decides there, how to reach them, what a post costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.keys import url_of
from outreach.owners.channels import channels_text, link_of
from outreach.owners.place import Place
from outreach.reporting.people_sheet import Field, Link, PeopleRow, PeopleSheet
from outreach.reporting.resources.words import header_in, prompt_in
from outreach.reporting.words import plain
from outreach.sheet.facts import own_words
from outreach.tables import OWNERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.owners.person import Person

__all__ = ["owners_sheet"]

COLUMNS: Final = ("place", "owner", "contact", "way_in", "price", "rules", "note")
LOOKS: Final = {"place": "link", "contact": "link"}


def owners_sheet(people: Sequence[Person], places: Sequence[Place], language: str = "en") -> PeopleSheet:
    """Return the sheets for people around a table of owners.

    Args:
        people: Of the book.
        places: Likewise.
        language: Of the reader, one of ``messages.LANGUAGES``.

    """
    known = {one.resource: one for one in places}
    taken = {key for one in people for key in one.places}
    pairs: list[tuple[Place | None, Person | None]] = [
        (known.get(key, Place(resource=key)) if key else None, one) for one in people for key in one.places or ("",)
    ]
    pairs += [(one, None) for one in places if one.resource not in taken]
    fields = [
        Field(header_in(column, language), prompt_in(column, language), LOOKS.get(column, "text")) for column in COLUMNS
    ]
    rows = sorted((_cells(place, person) for place, person in pairs), key=_by_name)
    return PeopleSheet("owners", language, (), fields, [PeopleRow(cells) for cells in rows], OWNERS.name)


def _cells(place: Place | None, person: Person | None) -> tuple[Link | str | None, ...]:
    name = plain(place.name) or plain(own_words(place.resource)) if place else None
    channel = person.channels[0] if person and person.channels else None
    return (
        Link(name, url_of(place.resource)) if place and name else None,
        ", ".join(filter(None, map(plain, (person.name, person.role)))) if person else None,
        Link(plain(channels_text([channel])), link_of(channel) or None) if channel else None,
        plain(place.way_in) or None if place else None,
        plain(place.price) or None if place else None,
        plain(place.rules) or None if place else None,
        plain(person.note) or None if person else None,
    )


def _by_name(cells: Sequence[Link | str | None]) -> tuple[str, str]:
    place = cells[0].text if isinstance(cells[0], Link) else ""
    return place.casefold(), str(cells[1] or "").casefold()
