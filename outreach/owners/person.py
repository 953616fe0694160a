"""Somebody who decides what a place publishes: what the address book keeps of them, and what it refuses."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from outreach.campaign.events import CHANNELS, UNWRITABLE
from outreach.errors import InputError
from outreach.keys import identify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FIELDS", "LANGUAGES", "Channel", "Person", "checked"]

LANGUAGES: Final = ("", "en", "ru", "el", "lv", "hy")
LONGEST: Final = 10_000
MOST_MONTHS: Final = 1200
BREAKS: Final = frozenset(";\n\r")
ID: Final = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, slots=True)
class Channel:
    """One way to reach a person.

    Args:
        kind: One of :data:`outreach.campaign.events.CHANNELS`.
        address: Handle, address or number, as one writes to it.

    """

    kind: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who decides what a place publishes.

    Args:
        id: The same on every machine; made by the address book where it is empty.
        name: As one addresses them.
        role: What they are there: admin, editor, manager of advertising.
        channels: How to reach them, the best first.
        language: In which one writes to them: a code of :data:`LANGUAGES`, or empty.
        found: Where their contact was found, which the first letter says.
        note: Anything else.
        do_not_contact: Whether they asked to be left alone.
        keep: Months after the last event, then their data is to be removed; None for good.
        places: Keys of the places where they decide, sorted.
        created_at: UTC, ISO 8601 to the second; filled in where it is empty.

    Example:
        >>> marina = Person(name="Marina", channels=(Channel("telegram", "@marina_example"),))
        >>> checked(marina).name, marina.channels[0].kind
        ('Marina', 'telegram')

    """

    id: str = ""
    name: str
    role: str = ""
    channels: tuple[Channel, ...] = ()
    language: str = ""
    found: str = ""
    note: str = ""
    do_not_contact: bool = False
    keep: int | None = None
    places: tuple[str, ...] = ()
    created_at: str = ""


FIELDS: Final = tuple(field.name for field in fields(Person))
TEXTS: Final = ("id", "name", "role", "language", "found", "note", "created_at")


def checked(person: Person) -> Person:
    """Return a person as the address book keeps them: texts without white space around them, places and channels once.

    Raises:
        InputError: A value is none of those that it may have.

    Example:
        >>> checked(Person(name=" Marina ", places=("vk:smm", "vk:smm"))).places
        ('vk:smm',)
        >>> checked(Person(name=""))
        Traceback (most recent call last):
        outreach.errors.InputError: a person cannot be saved: name is empty

    """
    if fault := next(_faults(person), ""):
        raise InputError(fault, where="a person cannot be saved")
    texts = {name: getattr(person, name).strip() for name in TEXTS}
    channels = (replace(one, address=one.address.strip()) for one in person.channels)
    return replace(person, **texts, channels=_once(channels), places=tuple(sorted(set(person.places))))


def _once(channels: Iterable[Channel]) -> tuple[Channel, ...]:
    return tuple(dict.fromkeys(one for one in channels if one.address))


def _faults(person: Person) -> Iterator[str]:
    """Yield why a person cannot be saved, in words without their data."""
    if not person.name.strip():
        yield "name is empty"
    texts = [(name, getattr(person, name)) for name in TEXTS]
    texts += [("channels", one.address) for one in person.channels]
    for name, value in texts:
        if UNWRITABLE.search(value) or len(value) > LONGEST:
            yield f"{name} is too long, or contains an invalid character"
    if person.id and not ID.fullmatch(person.id):
        yield "id may contain only a-z, 0-9 and -"
    if person.language not in LANGUAGES:
        yield f"language must be one of {', '.join(LANGUAGES[1:])}"
    if any(one.kind not in CHANNELS for one in person.channels):
        yield f"channels must be among {', '.join(CHANNELS)}"
    if any(BREAKS.intersection(one.address) for one in person.channels):
        yield "an address of a channel contains a semicolon or a line break"
    if any(identify(key).key != key for key in person.places):
        yield "places are not keys; outreach key ADDRESS prints one"
    if person.keep is not None and not 0 < person.keep <= MOST_MONTHS:
        yield "keep is not a number of months"
