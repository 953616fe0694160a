"""The address book as tables that cross the room's border."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.owners.channels import channels_text
from outreach.owners.place import Place
from outreach.tables import CONTACTS, OWNER_EVENTS, OWNERS, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.events import Event
    from outreach.engine import Engine
    from outreach.owners.contacts import Contact
    from outreach.owners.person import Person
    from outreach.tables import Schema

__all__ = ["FIELD_OF", "contacts_table", "events_table", "owners_table"]

FIELD_OF: Final = {"date": "at", "acted": "by"}
"""Columns of events that are called otherwise than their field: ``at`` and ``by`` are words of SQL."""
EVENT_ORDER: Final = ("recorded_at", *(name for name in OWNER_EVENTS.names if name != "recorded_at"))


def owners_table(engine: Engine, people: Sequence[Person], places: Sequence[Place]) -> Table:
    """Return people with their places, and the places that nobody is known of.

    Example:
        >>> from outreach.engine import Engine
        >>> from outreach.owners.person import Person
        >>> marina = Person(id="m1", name="Marina", places=("telegram:smm_riga",))
        >>> with Engine() as engine:
        ...     table = owners_table(engine, [marina], [Place(resource="vk:smm")])
        ...     [(row["person"], row["key"]) for row in table.head()]
        [('Marina', 'telegram:smm_riga'), (None, 'vk:smm')]

    """
    known = {one.resource: one for one in places}
    taken = {key for one in people for key in one.places}
    rows = [
        _of_person(one) | _of_place(known.get(key, Place(resource=key)))
        for one in people
        for key in one.places or ("",)
    ]
    rows += [_of_place(one) for one in places if one.resource not in taken]
    empty: dict[str, Any] = dict.fromkeys(OWNERS.names)
    return _table(engine, "owners", OWNERS, [empty | row for row in rows], "person, id, key")


def events_table(engine: Engine, events: Sequence[Event]) -> Table:
    """Return events in the order in which they were written down."""
    rows = [{name: getattr(one, FIELD_OF.get(name, name)) for name in OWNER_EVENTS.names} for one in events]
    for row in rows:
        row["round"] = row["round"] or None
    return _table(engine, "owner_events", OWNER_EVENTS, rows, ", ".join(EVENT_ORDER))


def contacts_table(engine: Engine, contacts: Sequence[Contact]) -> Table:
    """Return how far one is with each owner."""
    rows = [
        {
            "place": one.place.name,
            "key": one.place.resource,
            "person": one.person.name if one.person else "",
            "channel": channels_text(one.person.channels[:1]) if one.person else "",
            "way_in": one.place.way or one.place.way_in,
            "stage": one.stage,
            "last_event": one.last.kind if one.last else "",
            "last_on": one.last.day if one.last else "",
            "due": one.due,
            "price": one.price,
            "note": one.note,
            "do_not_contact": "yes" if one.do_not_contact else "",
        }
        for one in contacts
    ]
    return _table(engine, "contacts", CONTACTS, rows, "place, key, person")


def _of_person(one: Person) -> dict[str, Any]:
    return {
        "id": one.id,
        "person": one.name,
        "role": one.role,
        "channels": channels_text(one.channels),
        "language": one.language,
        "found": one.found,
        "note": one.note,
        "do_not_contact": "yes" if one.do_not_contact else "",
        "keep": one.keep,
        "since": one.created_at,
    }


def _of_place(one: Place) -> dict[str, Any]:
    return {"place": one.name, "key": one.resource, "way_in": one.way_in, "price": one.price, "rules": one.rules}


def _table(engine: Engine, relation: str, schema: Schema, rows: Sequence[dict[str, Any]], order: str) -> Table:
    """Return rows as a table; an empty text is a missing one."""
    engine.run(f"create or replace table {relation} ({schema.definition()})")
    engine.append(relation, [[None if row[name] == "" else row[name] for row in rows] for name in schema.names])
    return Table(engine, relation, schema, order=order)
