"""How far a place of the sheet is filled in: ready to write to, something still missing, or not wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.words.accepting import WORDS, meaning_of
from outreach.words.ways_in import WRITE, way_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["STATES", "State", "state_of"]

STATES: Final = ("ready", "missing", "no")


@dataclass(frozen=True, slots=True)
class State:
    """How far a place is filled in.

    Args:
        name: One of :data:`STATES`.
        missing: Columns to fill in.

    """

    name: str
    missing: tuple[str, ...] = ()


def state_of(cells: Mapping[str, str], columns: Collection[str]) -> State:
    """Return how far a place is filled in.

    It is ready when the sheet says whether it accepts posts, how a post gets there, a contact where somebody is
    written to, and what a post costs where it is paid for. A dash is an answer; words that nobody understands are none.

    Args:
        cells: The filled ones, by column.
        columns: Those that the sheet has; no other is asked for.

    Example:
        >>> state_of({"accepts_posts": "да", "way_in": "write"}, ["accepts_posts", "way_in", "contact"])
        State(name='missing', missing=('contact',))
        >>> state_of({"accepts_posts": "yes", "way_in": "post myself"}, ["accepts_posts", "way_in", "contact"]).name
        'ready'
        >>> state_of({"accepts_posts": "да, по пятницам", "way_in": "post myself"}, ["accepts_posts", "way_in"])
        State(name='missing', missing=('accepts_posts',))

    """
    accepts = meaning_of(cells.get("accepts_posts", ""))
    if accepts == "no" or meaning_of(cells.get("exclude", "")) == "yes":
        return State("no")
    asked = {
        "accepts_posts": True,
        "way_in": True,
        "contact": "owner" not in cells and way_of(cells.get("way_in", "")) in {"", WRITE},
        "price": accepts == "paid",
    }
    answered = cells.keys() - ({"accepts_posts"} if accepts not in WORDS else set())
    missing = tuple(name for name, wanted in asked.items() if wanted and name in columns and name not in answered)
    return State("missing" if missing else "ready", missing)
