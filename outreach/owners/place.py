"""A place as the address book knows it: how a post gets in there, at what price, under which rules."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from outreach.campaign.events import UNWRITABLE
from outreach.errors import InputError
from outreach.keys import identify, platform_of
from outreach.words.ways_in import way_of

__all__ = ["FACTS", "FIELDS", "Place", "checked"]

LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the address book; texts as a person wrote them, empty where nothing is known.

    Args:
        resource: Key.
        name: What it is called.
        way_in: How a post gets there.
        price: What a post costs.
        rules: What the place asks of posts.

    Example:
        >>> Place(resource="telegram:smm_riga", way_in="написать").way
        'write'

    """

    resource: str
    name: str = ""
    way_in: str = ""
    price: str = ""
    rules: str = ""

    @property
    def platform(self) -> str:
        """Of the key."""
        return platform_of(self.resource)

    @property
    def way(self) -> str:
        """One of :data:`~outreach.words.ways_in.WAYS`; empty where the words are not known."""
        return way_of(self.way_in)


FIELDS: Final = tuple(field.name for field in fields(Place))
FACTS: Final = ("name", "way_in", "price", "rules")
"""What is known of a place beside its key."""


def checked(place: Place) -> Place:
    """Return a place as it is kept.

    Raises:
        InputError: A value is none of those that it may have.

    """
    if identify(place.resource).key != place.resource:
        raise InputError("resource is not a key; outreach key ADDRESS prints one", where="a place cannot be saved")
    texts = {name: getattr(place, name).strip() for name in FACTS}
    if any(UNWRITABLE.search(text) or len(text) > LONGEST for text in texts.values()):
        raise InputError("a text is too long, or contains an invalid character", where="a place cannot be saved")
    return Place(resource=place.resource, **texts)
