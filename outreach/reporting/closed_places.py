"""Places where no post is to be planned: who declined, asked not to be written to, removed posts, or had one lately."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from outreach.campaign.ledger import Placement
    from outreach.owners.book import Book

__all__ = ["CLOSED_BY", "closed_places"]

CLOSED_BY: Final = ("not", "do-not-contact", "declined", "removed-twice", "takes-no-posts", "cool-down", "no-price")
"""Why a place is left out of a plan; the first reason counts."""
REMOVALS: Final = 2
OUT: Final = ("published", "removed")


def closed_places(
    placements: Sequence[Placement], book: Book | None, *, today: date, cool_down: int | None = None
) -> Mapping[str, str]:
    """Return the keys of the places that ledger and address book speak against, each with one of :data:`CLOSED_BY`.

    Args:
        placements: Of the ledger.
        book: The address book; None where there is none.
        today: The day of today.
        cool_down: Days that have to lie between two posts in one place; None is none.

    """
    found: dict[str, set[str]] = {}
    for key, why in (*_of_book(book), *_of_ledger(placements), *_lately(placements, today, cool_down)):
        found.setdefault(key, set()).add(why)
    return {key: min(reasons, key=CLOSED_BY.index) for key, reasons in found.items()}


def _of_book(book: Book | None) -> list[tuple[str, str]]:
    from outreach.owners.contacts import contacts_of

    contacts = contacts_of(book) if book else []
    refused = [(key, "do-not-contact") for one in contacts if one.person and one.person.do_not_contact
               for key in one.person.places]  # fmt: skip
    return refused + [(one.place.resource, "declined") for one in contacts if one.stage == "declined"]


def _of_ledger(placements: Sequence[Placement]) -> list[tuple[str, str]]:
    last: dict[str, Placement] = {}
    for one in placements:
        last[one.resource] = max(last.get(one.resource, one), one, key=lambda two: two.id or 0)
    declined = [(key, "declined") for key, one in last.items() if one.status == "declined"]
    removals = Counter(one.resource for one in placements if one.status == "removed" and _is_early(one))
    return declined + [(key, "removed-twice") for key, count in removals.items() if count >= REMOVALS]


def _is_early(one: Placement) -> bool:
    """Tell whether a post was removed before it might be; where no day was agreed, at all."""
    return not (one.must_stay_until and one.removed_at and one.removed_at[:10] >= one.must_stay_until)


def _lately(placements: Sequence[Placement], today: date, cool_down: int | None) -> list[tuple[str, str]]:
    if not cool_down:
        return []
    since = (today - timedelta(days=cool_down)).isoformat()
    return [
        (one.resource, "cool-down")
        for one in placements
        if one.status in OUT and one.published_at and one.published_at[:10] > since
    ]
