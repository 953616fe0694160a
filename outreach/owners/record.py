"""Writing down what happened: in the ledger where it is about a post, in the address book otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.campaign.events import PLACEMENT_KINDS

if TYPE_CHECKING:
    from outreach.campaign.events import Event
    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.owners.book import Book

__all__ = ["post_of", "record"]

OF_BOTH: Final = frozenset({"quoted", "agreed", "declined"})
"""Kinds that are about a placement where one is meant, and about the place otherwise."""


def post_of(ledger: Ledger | None, event: Event) -> Placement | None:
    """Return the post that an event is about: the latest one of the place and the campaign.

    Args:
        ledger: The campaign's database; None where there is none.
        event: With its place and its campaign.

    Example:
        >>> from outreach.campaign.events import Event
        >>> post_of(None, Event(kind="paid", at="2026-11-03", resource="vk:smm")) is None
        True

    """
    if ledger is None or event.kind not in PLACEMENT_KINDS | OF_BOTH:
        return None
    found = [
        one for one in ledger.placements() if one.resource == event.resource and event.campaign in {"", one.campaign}
    ]
    return max(found, key=lambda one: (one.round, one.id or 0), default=None)


def record(book: Book, ledger: Ledger | None, event: Event) -> tuple[list[Event], list[Event], Placement | None]:
    """Write an event down where it belongs; return what the book has now, what the ledger has, and its post.

    Raises:
        InputError: A value is none of those that it may have.
        OutputError: A database cannot be written.

    """
    post = post_of(ledger, event)
    if ledger is None or post is None:
        return book.log([event]), [], None
    of_post = event._replace(campaign=post.campaign, variant=post.variant, round=post.round, note="")
    ledger.log([of_post])
    said: list[Event] = []
    if event.note:  # what was said stays in the book: the ledger is handed on with the campaign's folder
        bare = event._replace(kind="note", answer="", amount=None, currency="", count=None, url="", due="")
        said = book.log([bare])
    return said, [of_post], post
