"""The resources sheet fills the address book, and the book fills the sheet; what a person typed stays in both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.keys import platform_of
from outreach.owners import person as people_
from outreach.owners import place as places_
from outreach.owners.channels import channels_in
from outreach.owners.person import Person
from outreach.owners.place import FACTS, Place
from outreach.owners.who import Everybody

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.sheet.facts import Fact, Sheet

__all__ = ["cells_for", "from_sheet"]

OF_OWNER: Final = ("owner", "contact")
FILLED: Final = ("owner", "contact", "way_in", "price", "rules")


def from_sheet(
    sheet: Sheet, people: Iterable[Person], places: Iterable[Place]
) -> tuple[tuple[Person, ...], tuple[Place, ...]]:
    """Return the people and the places that are new or know more by a sheet; what the book has stays.

    Args:
        sheet: As it was read.
        people: Of the book.
        places: Likewise.

    """
    everybody = Everybody(people, places)
    before, known = set(everybody.people), set(everybody.places)
    for fact in sheet.facts:
        if any(column in fact.cells for column in FILLED):
            _take(fact, everybody)
    return (
        tuple(one for one in everybody.people if one not in before),
        tuple(one for one in everybody.places if one not in known),
    )


def _take(fact: Fact, everybody: Everybody) -> None:
    cells = {column: text.strip() for column, text in fact.cells.items() if column not in fact.nothing}
    old = everybody.place(fact.key) or Place(resource=fact.key)
    told = {"name": fact.name or "", **{name: cells.get(name, "") for name in FACTS[1:]}}
    empty = {name: text for name, text in told.items() if text and not getattr(old, name)}
    everybody.put_place(places_.checked(replace(old, **empty)))
    if not any(column in cells for column in OF_OWNER):
        return
    channels, left = channels_in(cells.get("contact", ""), platform_of(fact.key))
    name = cells.get("owner", "")
    one = everybody.meant("", name, channels, fact.key)
    if one is None:
        name = name or (channels[0].address if channels else left)
        one = Person(name=name, note="" if name == left else left, channels=channels, places=(fact.key,))
    else:
        more = tuple(channel for channel in channels if channel not in one.channels)
        one = replace(one, channels=(*one.channels, *more), places=(*one.places, fact.key))
    everybody.put(people_.checked(one))


def cells_for(sheet: Sheet, people: Sequence[Person], places: Sequence[Place]) -> list[tuple[int, str, str]]:
    """Return the empty cells of a sheet that the book can fill: row, column and text.

    Args:
        sheet: As it was read.
        people: Of the book; of several who decide in a place the first one by name counts.
        places: Of the book.

    """
    known = {one.resource: one for one in places}
    found = []
    for row, keys in sheet.named.items():
        for column, text in _cells_of(keys, people, known).items():
            if text and column in sheet.grid.columns and column not in sheet.rows.get(row, {}):
                found.append((row, column, text))
    return found


def _cells_of(keys: Sequence[str], people: Sequence[Person], places: dict[str, Place]) -> dict[str, str]:
    place = next((places[key] for key in keys if key in places), None)
    owner = next((one for one in people if not {*keys}.isdisjoint(one.places)), None)
    contact = owner.channels[0].address if owner and owner.channels else ""
    return {
        "owner": owner.name if owner and owner.name != contact else "",
        "contact": contact,
        "way_in": place.way_in if place else "",
        "price": place.price if place else "",
        "rules": place.rules if place else "",
    }
