"""Who and which place is meant: by id, by an address, by name; nobody should need an id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger.names import matching
from outreach.errors import InputError
from outreach.keys import identify, is_name
from outreach.owners.book import new_id
from outreach.owners.place import Place
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.owners.person import Channel, Person

__all__ = ["Everybody", "Meant", "find", "owner_of"]

MOST_SHOWN: Final = 20


class Everybody:
    """People and places of a book, while a file adds to them.

    Args:
        people: Of the book.
        places: Likewise.

    """

    def __init__(self, people: Iterable[Person], places: Iterable[Place]) -> None:
        self._people: Final = {one.id: one for one in people}
        self._places: Final = {one.resource: one for one in places}
        self._by_address: Final = {
            channel.address.casefold(): one.id for one in self._people.values() for channel in one.channels
        }
        self._before: Final = frozenset(self._people)
        self._at: Final[dict[str, list[str]]] = {}
        for one in self._people.values():
            self._stand(one)

    @property
    def people(self) -> tuple[Person, ...]:
        """All people as they are now."""
        return tuple(self._people.values())

    @property
    def places(self) -> tuple[Place, ...]:
        """All places as they are now."""
        return tuple(self._places.values())

    def place(self, key: str) -> Place | None:
        """Return a place by its key."""
        return self._places.get(key)

    def put_place(self, place: Place) -> None:
        """Put a place there, or over what is known of it."""
        self._places[place.resource] = place

    def put(self, person: Person) -> Person:
        """Put a person there, or over what is known of them; one without an id gets one."""
        from dataclasses import replace

        one = person if person.id else replace(person, id=new_id())
        self._people[one.id] = one
        for channel in one.channels:
            self._by_address[channel.address.casefold()] = one.id
        self._stand(one)
        return one

    def _stand(self, one: Person) -> None:
        for key in one.places:
            there = self._at.setdefault(key, [])
            if one.id not in there:
                there.append(one.id)
            self._places.setdefault(key, Place(resource=key))

    def named(self, name: str) -> str:
        """Return the key of the one place that is called so; empty where none or several are."""
        called = fold_header(name)
        found = [one.resource for one in self._places.values() if called and fold_header(one.name) == called]
        return found[0] if len(found) == 1 else ""

    def meant(self, id_: str, name: str, channels: Iterable[Channel], key: str) -> Person | None:
        """Return the person whom a row means: by id, by an address, by name and place, by a name that one alone has."""
        if id_ in self._people:
            return self._people[id_]
        new = bool(id_) and id_ != name  # with an id that is not there: somebody new, or of another machine's book
        for channel in channels:
            found = self._by_address.get(channel.address.casefold())
            if found is not None and (not new or found in self._before):
                return self._people[found]
        if new:
            return None
        called = fold_header(name)
        there = [self._people[one] for one in self._at.get(key, ())] if key else []
        if same := [one for one in there if fold_header(one.name) == called]:
            return same[0]
        if not called and len(there) == 1:
            return there[0]
        anywhere = [one for one in self._people.values() if called and fold_header(one.name) == called]
        return anywhere[0] if len(anywhere) == 1 and not there and not list(channels) else None


class Meant:
    """Whom a name means: a place, a person, or both.

    Args:
        place: Which place; with an empty key where the person alone is meant.
        person: Who decides there; None where nobody is known.

    """

    __slots__ = ("person", "place")

    def __init__(self, place: Place, person: Person | None) -> None:
        self.place: Final = place
        self.person: Final = person


def find(
    name: str, people: Sequence[Person], places: Sequence[Place], *, at: str = "", person: str = "", label: str = ""
) -> Meant:
    """Return the place and the person that a name means.

    A place counts before a person, a whole name before a part of one. An address that is not in the book is a new
    place.

    Args:
        name: Of a place or a person, an address, a key, an id.
        people: Of the book.
        places: Of the book, and of the campaign.
        at: Which of a person's places is meant.
        person: Which of a place's people is meant.
        label: What messages call the book.

    Raises:
        InputError: None or several are meant.

    """
    if there := matching(places, name, {}):
        place = _only(there, name, "places", "give its address")
        return Meant(place, _person_at(place, people, person))
    found = _called(name, people)
    if found:
        one = _only_person(found, name)
        return Meant(_place_of(one, places, at), one)
    key = identify(name).key
    if key is None or is_name(key) or key.startswith("other:"):
        raise InputError(
            f"{name}: nothing in {label or 'the address book'} has this name",
            hint="outreach owners list shows all; a new place is named by its address, like t.me/smm_riga",
        )
    place = Place(resource=key)
    return Meant(place, _person_at(place, people, person))


def owner_of(resource: str, people: Sequence[Person], name: str = "") -> Person | None:
    """Return who decides in a place; None where nobody is known, or nobody of this name.

    Args:
        resource: Key of the place.
        people: Of the book.
        name: Whom of several; empty where it was not given.

    Raises:
        InputError: Several decide there, and the name does not settle it.

    """
    there = [one for one in people if resource in one.places]
    if name:
        there = _called(name, there)
    if len(there) > 1:
        names = ", ".join(one.name for one in there[:MOST_SHOWN])
        raise InputError(f"{len(there)} people decide at {resource}: {names}", hint="--to NAME chooses one")
    return there[0] if there else None


def _called(name: str, people: Sequence[Person]) -> list[Person]:
    """Return the people whom a name means: an id, an address, a whole name, a part of one."""
    called, plain = fold_header(name), name.strip().casefold()
    ways = (
        lambda one: one.id == plain,
        lambda one: any(channel.address.casefold() == plain for channel in one.channels),
        lambda one: bool(called) and fold_header(one.name) == called,
        lambda one: bool(called) and called in fold_header(one.name).split(" "),
    )
    for way in ways:
        if found := [one for one in people if way(one)]:
            return found
    return []


def _only(found: Sequence[Place], name: str, what: str, hint: str) -> Place:
    if len(found) > 1:
        shown = "\n".join(f"  {one.name or one.resource} ({one.resource})" for one in found[:MOST_SHOWN])
        raise InputError(f"{len(found)} {what} are called {name}:\n{shown}", hint=hint)
    return found[0]


def _only_person(found: Sequence[Person], name: str) -> Person:
    if len(found) > 1:
        shown = "\n".join(
            f"  {one.name}, {', '.join(one.places) or 'no place'} ({one.id})" for one in found[:MOST_SHOWN]
        )
        raise InputError(f"{len(found)} people are called {name}:\n{shown}", hint="give the id in brackets")
    return found[0]


def _person_at(place: Place, people: Sequence[Person], given: str) -> Person | None:
    there = [one for one in people if place.resource in one.places]
    if given:
        found = _called(given, there) or _called(given, people)
        if not found:
            raise InputError(f"--person {given}: nobody in the address book has this name", hint="outreach owners add")
        return _only_person(found, given)
    return there[0] if len(there) == 1 else None


def _place_of(person: Person, places: Sequence[Place], given: str) -> Place:
    """Return the place of a person that is meant; one without a key where they have none or several."""
    mine = [one for one in places if one.resource in person.places]
    if given:
        if not (found := matching(places, given, {})):
            raise InputError(f"--place {given}: no place in the address book has this name")
        return _only(found, given, "places", "give its address")
    return mine[0] if len(mine) == 1 else Place(resource="")
