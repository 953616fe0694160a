"""What the forms of the resources sheet share: a place, and what is to change in a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from outreach.keys import platform_of, url_of
from outreach.reporting.resources.words import accepts_in, followed_in, origin_in
from outreach.reporting.words import plain
from outreach.sheet.facts import own_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Change", "Changes", "Line", "Named", "Place", "Value", "shown_cell"]

Value: TypeAlias = str | int
"""What a cell of ours can hold."""

MOST_SIGNS: Final = 32_767  # in one cell of Excel, in UTF-16 units
_NOT_XML: Final = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A resource as the sheet shows it; nothing in it comes from a customer's label.

    Args:
        key: Which one.
        platform: Of the key.
        name: What it is called, None where no export says; its key's own words stand in the cell then.
        url: Public address, None where there is none.
        subscribers: People, None where unknown.
        accepts_posts: As the exports say.
        topic: As the exports say.
        overlap: Customers who follow it.
        listed: Customers of whom a list from there is known.
        language: Of the sheet.

    """

    key: str
    platform: str
    name: str | None
    url: str | None
    subscribers: int | None
    accepts_posts: str | None
    topic: str | None
    overlap: int
    listed: int
    language: str = "en"

    @property
    def customers(self) -> str:
        """The overlap, for reading."""
        return followed_in(self.overlap, self.listed, self.language)

    def cells(self, columns: Mapping[str, int]) -> dict[str, Value]:
        """Return the cells of a new row, the filled ones.

        Args:
            columns: Those that the sheet has. Where it has no key and the place no address, the key is the address.

        """
        cells: dict[str, Value | None] = {
            "place": self.name or self._own_words(),
            "platform": self.platform,
            "address": self.url or (None if "key" in columns else self.key),
            "customers": self.customers,
            "subscribers": self.subscribers,
            "subscribers_from": origin_in(self.language) if self.subscribers else None,
            "accepts_posts": accepts_in(self.accepts_posts, self.language),
            "topic": self.topic,
            "key": self.key,
        }
        shown = {
            column: shown_cell(value) for column, value in cells.items() if value is not None and column in columns
        }
        return {column: value for column, value in shown.items() if value != ""}

    def _own_words(self) -> str | None:
        """Return the place's words for want of a name; None where a cell would show others: they would be a name."""
        words = own_words(self.key)
        return words if shown_cell(words) == words else None


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a person names, of which no list says how many follow it.

    Args:
        key: Which one.
        language: Of the sheet.

    """

    key: str
    language: str = "en"

    @property
    def url(self) -> str | None:
        """Where its address leads, None for nowhere."""
        return url_of(self.key)

    def cells(self, columns: Mapping[str, int]) -> dict[str, Value]:
        """Return its filled cells, of the columns that the sheet has."""
        place = Place(self.key, platform_of(self.key), None, self.url, None, None, None, 0, 0, self.language)
        return {column: value for column, value in place.cells(columns).items() if column != "customers"}


def shown_cell(value: Value) -> Value:
    """Return a text that shows itself, fits into a cell and into XML; a number as it is."""
    if isinstance(value, int):
        return value
    text = _NOT_XML.sub("\ufffd", plain(value))
    if len(text) * 2 > MOST_SIGNS:  # signs beyond the basic plane count twice
        text = text.encode("utf-16-le")[: MOST_SIGNS * 2].decode("utf-16-le", "ignore")
    return text


@dataclass(frozen=True, slots=True)
class Change:
    """A cell of ours in an old row: where, what, and whether it may only fill an empty cell."""

    row: int
    column: str
    value: Value
    only_empty: bool = True


class Line(Protocol):
    """A new row of a sheet."""

    @property
    def url(self) -> str | None:
        """Where its address leads, None for nowhere."""

    def cells(self, columns: Mapping[str, int]) -> dict[str, Value]:
        """Return its filled cells, of the columns that the sheet has."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sheet gets: cells in old rows, and new rows at its end."""

    cells: Sequence[Change]
    places: Sequence[Line]

    def __bool__(self) -> bool:
        return bool(self.cells or self.places)
