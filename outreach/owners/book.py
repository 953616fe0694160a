"""The address book, opened: people, places, and what happened between them and us."""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from operator import ne
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, or_, select, update

from outreach.campaign import events as vocabulary
from outreach.campaign.clock import this_moment
from outreach.campaign.events import Event
from outreach.campaign.ledger.columns import checked_rows
from outreach.campaign.ledger.damage import Damaged
from outreach.collector import paused
from outreach.errors import InputError, OutputError
from outreach.owners import person as people_
from outreach.owners import place as places_
from outreach.owners.forget import Memory, without
from outreach.owners.person import Channel, Person
from outreach.owners.place import Place
from outreach.owners.schema import CHANNELS, EVENTS, FILES, PEOPLE, PLACES, WHERE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sqlalchemy import ColumnElement, Connection

    from outreach.campaign.ledger.database import Database

__all__ = ["Book", "Forgotten"]

OF_PERSON: Final = tuple(PEOPLE.c.keys())
TAKEN_BY: Final = ("recorded_at", "kind", "answer", "person", "resource", "campaign", "at", "note")
LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
ID_LENGTH: Final = 10


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What became of a person's data.

    Args:
        events: How many events stay, without a name.
        texts: In how many other texts their name or address was crossed out.
        files: Files that were written from the book since, and may still hold them.
        compacted: Whether the file was written anew; else another program was using it.

    """

    events: int
    texts: int
    files: tuple[str, ...]
    compacted: bool


class Book:
    """The address book, opened.

    Args:
        database: With the tables of today.

    """

    def __init__(self, database: Database) -> None:
        self.database: Final = database

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.database.label

    def people(self) -> list[Person]:
        """Return all people, by name and id."""
        with self.database.reading() as connection:
            return _people(connection)

    def person(self, key: str) -> Person | None:
        """Return one person; None where they are not in the book.

        Args:
            key: Their id.

        """
        with self.database.reading() as connection:
            return next(iter(_people(connection, key)), None)

    def places(self) -> list[Place]:
        """Return all places, by key."""
        with self.database.reading() as connection:
            return _places(connection)

    def events(self, person: str | None = None) -> list[Event]:
        """Return what happened, in the order in which it was written down.

        Args:
            person: Only with the person of this id.

        """
        with self.database.reading() as connection:
            return _events(connection, () if person is None else (EVENTS.c.person == person,))

    def events_about(self, resource: str, person: str = "") -> list[Event]:
        """Return what happened with a place or with a person, in the order in which it was written down.

        Args:
            resource: Key of the place.
            person: Id; empty for nobody.

        """
        about = (
            or_(EVENTS.c.resource == resource, EVENTS.c.person == person) if person else EVENTS.c.resource == resource
        )
        with self.database.reading() as connection:
            return _events(connection, (about,))

    def events_among(self, resources: Collection[str], people: Collection[str]) -> list[Event]:
        """Return what happened with any of some places or people, in the order in which it was written down.

        Args:
            resources: Keys of places.
            people: Ids.

        """
        about = or_(EVENTS.c.resource.in_(sorted(resources)), EVENTS.c.person.in_(sorted(people)))
        with self.database.reading() as connection:
            return _events(connection, (about,))

    def add(self, person: Person) -> Person:
        """Add a person with their places; return them with their id.

        Raises:
            InputError: A value is none of those that it may have, or the id is there already.
            OutputError: The book cannot be written; then nothing was.

        """
        one = people_.checked(replace(person, id=person.id or new_id(), created_at=person.created_at or this_moment()))
        with self.database.writing() as connection:
            if any(known.id == one.id for known in _people(connection)):
                raise InputError(f"{one.id}: a person of this id is in the book already")
            _add_people(connection, [one])
        return one

    def write(self, people: Iterable[Person] = (), places: Iterable[Place] = ()) -> tuple[int, int]:
        """Write people and places over what the book has of them; return how many are new, and how many changed.

        People are recognised by their id, places by their key.

        Raises:
            InputError: A value is none of those that it may have.
            OutputError: The book cannot be written; then nothing was.

        """
        wanted = [people_.checked(one) for one in people]
        facts = [places_.checked(one) for one in places]
        with self.database.writing() as connection:
            there = {one.id: one for one in _people(connection)}
            known = {one.resource: one for one in _places(connection)}
            filled = [replace(one, id=one.id or new_id(), created_at=one.created_at or this_moment()) for one in wanted]
            people_now = {one.id: one for one in filled if there.get(one.id) != one}
            places_now = {one.resource: one for one in facts if known.get(one.resource) != one}
            _remove_people(connection, people_now.keys() & there.keys())
            _add_people(connection, list(people_now.values()))
            _put_places(connection, list(places_now.values()))
        changed = len(people_now.keys() & there.keys()) + len(places_now.keys() & known.keys())
        return len(people_now) + len(places_now) - changed, changed

    def set_contact(self, person: str, *, allowed: bool) -> bool:
        """Keep whether a person may be written to, and nothing else of them; return whether they are in the book.

        Args:
            person: Id.
            allowed: Whether they may.

        Raises:
            OutputError: The book cannot be written; then nothing was.

        """
        with self.database.writing() as connection:
            theirs = update(PEOPLE).where(PEOPLE.c.id == person)
            return bool(connection.execute(theirs.values(do_not_contact=int(not allowed))).rowcount)

    def log(self, events: Iterable[Event], *, again: bool = True) -> list[Event]:
        """Write down what happened; return it as it is kept.

        Args:
            events: Of people and places; a missing ``recorded_at`` is now.
            again: Whether what is in the book already, word for word, is written down once more.

        Raises:
            InputError: A value is none of those that it may have.
            OutputError: The book cannot be written; then nothing was.

        """
        wanted = [vocabulary.checked(one) for one in events]
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        with self.database.writing() as connection:
            if not again:
                wanted = _unknown(wanted, _events(connection))
            kept = [one._replace(recorded_at=one.recorded_at or moment, id=None) for one in wanted]
            _need_places(connection, {one.resource for one in kept} - {""})
            if kept:
                rows = [{name: getattr(one, name) for name in vocabulary.FIELDS if name != "id"} for one in kept]
                connection.execute(insert(EVENTS), rows)
        return kept

    def take_back(self, events: Iterable[Event]) -> int:
        """Remove events that were just written down, each by all that it says; return how many were there.

        Raises:
            OutputError: The book cannot be written; then nothing was.

        """
        gone = 0
        with self.database.writing() as connection:
            for one in events:
                same = [EVENTS.c[name] == getattr(one, name) for name in TAKEN_BY]
                gone += connection.execute(delete(EVENTS).where(*same)).rowcount
        return gone

    def note_file(self, path: str) -> None:
        """Remember a file that was written from the book, so that whoever is forgotten can be told of it."""
        with self.database.writing() as connection:
            connection.execute(delete(FILES).where(FILES.c.path == path))
            connection.execute(insert(FILES).values(path=path, written_at=this_moment()))

    def files(self) -> tuple[str, ...]:
        """Return the files that were written from the book, sorted."""
        with self.database.reading() as connection:
            return tuple(connection.execute(select(FILES.c.path).order_by(FILES.c.path)).scalars())

    def forget(self, person: Person) -> Forgotten:
        """Remove all data of a person for good; what happened stays as events without a name.

        Their name and addresses are crossed out in notes on others, too, unless somebody else has the same name. What
        SQLite frees is overwritten, and the file is written anew.

        Raises:
            InputError: They are not in the book.
            OutputError: The book cannot be written; then nothing was.

        """
        with self.database.writing() as connection:
            everybody = _people(connection)
            there = next((one for one in everybody if one.id == person.id), None)
            if there is None:
                raise InputError("this person is not in the book any more", hint="outreach owners list")
            others = [one for one in everybody if one.id != there.id]
            memory = Memory.of(there, others)
            connection.execute(delete(PEOPLE).where(PEOPLE.c.id == there.id))
            theirs = update(EVENTS).where(EVENTS.c.person == there.id)
            events = connection.execute(theirs.values(person="", note="", url="")).rowcount
            texts = _cross_out(connection, memory)
            files = tuple(connection.execute(select(FILES.c.path).order_by(FILES.c.path)).scalars())
        return Forgotten(events, texts, files, self._compacted())

    def _compacted(self) -> bool:
        if self.database.file is None:
            return True
        try:
            self.database.compact()
        except OutputError:
            return False
        return True


def new_id() -> str:
    """Return an id that no other person has, on any machine, and that says nothing of them."""
    return "".join(secrets.choice(LETTERS) for _ in range(ID_LENGTH))


def _people(connection: Connection, key: str | None = None) -> list[Person]:
    """Return all people, or the one of an id."""
    of_channels, of_places, of_people = (
        table if key is None else table.where(column == key)
        for table, column in (
            (select(CHANNELS), CHANNELS.c.person), (select(WHERE), WHERE.c.person), (select(PEOPLE), PEOPLE.c.id),
        )
    )  # fmt: skip
    channels: dict[str, list[Channel]] = defaultdict(list)
    for row in checked_rows(connection, of_channels.order_by(CHANNELS.c.person, CHANNELS.c.position)):
        channels[row.person].append(Channel(row.kind, row.address))
    places: dict[str, list[str]] = defaultdict(list)
    for row in checked_rows(connection, of_places.order_by(WHERE.c.person, WHERE.c.resource)):
        places[row.person].append(row.resource)
    found = []
    for row in checked_rows(connection, of_people):
        values = dict(zip(OF_PERSON, row, strict=True)) | {"do_not_contact": bool(row.do_not_contact)}
        found.append(Person(**values, channels=tuple(channels[row.id]), places=tuple(sorted(places[row.id]))))
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def _places(connection: Connection) -> list[Place]:
    names = PLACES.c.keys()
    rows = checked_rows(connection, select(PLACES))
    return sorted((Place(**dict(zip(names, row, strict=True))) for row in rows), key=lambda one: one.resource)


def _events(connection: Connection, only: Iterable[ColumnElement[bool]] = ()) -> list[Event]:
    query = select(*(EVENTS.c[name] for name in vocabulary.FIELDS)).where(*only).order_by(EVENTS.c.id)
    with paused():
        found = list(map(Event._make, checked_rows(connection, query)))
    if any(one.kind not in vocabulary.KINDS for one in found):
        raise Damaged
    return found


def _add_people(connection: Connection, people: Sequence[Person]) -> None:
    """Add people with their channels and places."""
    rows = [{name: getattr(one, name) for name in OF_PERSON} for one in people]
    channels = [
        {"person": one.id, "position": position, "kind": channel.kind, "address": channel.address}
        for one in people
        for position, channel in enumerate(one.channels)
    ]
    where = [{"person": one.id, "resource": key} for one in people for key in one.places]
    for table, some in (
        (PEOPLE, [row | {"do_not_contact": int(row["do_not_contact"])} for row in rows]),
        (CHANNELS, channels),
        (WHERE, where),
    ):
        if some:
            connection.execute(insert(table), some)
    _need_places(connection, {key for one in people for key in one.places})


def _remove_people(connection: Connection, ids: Iterable[str]) -> None:
    if rows := [{"key": one} for one in sorted(ids)]:
        connection.execute(delete(PEOPLE).where(PEOPLE.c.id == bindparam("key")), rows)


def _need_places(connection: Connection, keys: Collection[str]) -> None:
    """Add places of which nothing but the key is known, where they are not there."""
    if keys:
        there = set(connection.execute(select(PLACES.c.resource)).scalars())
        _put_places(connection, [Place(resource=key) for key in sorted(set(keys) - there)])


def _put_places(connection: Connection, places: Sequence[Place]) -> None:
    if places:
        rows = [{"key": one.resource} for one in places]
        connection.execute(delete(PLACES).where(PLACES.c.resource == bindparam("key")), rows)
        connection.execute(insert(PLACES), [{name: getattr(one, name) for name in places_.FIELDS} for one in places])


def _unknown(events: Iterable[Event], there: Iterable[Event]) -> list[Event]:
    """Return the events that are not there word for word, each once.

    One that does not say when it was written down is there where all else of it is.
    """
    known = {one._replace(id=None) for one in there}
    bare = {one._replace(recorded_at="") for one in known}
    found: dict[Event, None] = {}
    for one in events:
        plain = one._replace(id=None)
        if plain not in (known if plain.recorded_at else bare):
            found.setdefault(plain)
    return list(found)


def _cross_out(connection: Connection, memory: Memory) -> int:
    """Cross a person out in the texts that are left; return in how many."""
    changed = 0
    for table, key, names in (
        (EVENTS, "id", ("note", "url", "by")),
        (PEOPLE, "id", ("role", "found", "note")),
        (PLACES, "resource", ("price", "rules")),
    ):
        columns = [table.c[key], *(table.c[name] for name in names)]
        rows: list[dict[str, Any]] = []
        for row in checked_rows(connection, select(*columns)):
            number: Any = row[0]
            before: list[str] = list(row[1:])
            after = [without(one, memory) for one in before]
            if after != before:
                rows.append({"key": number, **dict(zip(names, after, strict=True))})
                changed += sum(map(ne, before, after))
        if rows:
            connection.execute(update(table).where(table.c[key] == bindparam("key")), rows)
    return changed
