"""The placements of a campaign's database: every method is one transaction."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import starmap
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select

from outreach.campaign.ledger.changes import Put, Undone
from outreach.campaign.ledger.codes import refuse_codes
from outreach.campaign.ledger.columns import checked_rows
from outreach.campaign.ledger.damage import Damaged
from outreach.campaign.ledger.journal import BY_HAND, before_hand, last_number, note, put_back, write_over
from outreach.campaign.ledger.names import matching
from outreach.campaign.ledger.placement import Natural, Placement, all_readable, checked
from outreach.campaign.ledger.schema import PLACEMENTS
from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from outreach.campaign.ledger.database import Database

__all__ = ["SETTABLE", "Ledger"]

SETTABLE: Final = frozenset(
    {"status", "published_at", "post_url", "cost", "currency", "deal", "short_url", "name", "promo", "text", "comment"}
)
"""What becomes known of a placement after it was drafted; its link never changes."""

KEPT: Final = ("cost", "currency", "published_at", "post_url", "name", "promo")
"""What a person added to a draft, and a new draft that says nothing of it leaves alone."""

CAMPAIGNS_TOGETHER: Final = 500  # databases take only so many values in one query


class Ledger:
    """The campaign's database, opened.

    Args:
        database: With the tables of today.

    """

    def __init__(self, database: Database) -> None:
        self.database: Final = database

    @property
    def label(self) -> str:
        """What messages call it."""
        return self.database.label

    def placements(self) -> list[Placement]:
        """Return all placements in the order in which they came."""
        with self.database.reading() as connection:
            return _all(connection)

    def find(self, name: str, **narrowed: str | int | None) -> list[Placement]:
        """Return the placements that a person means by a name.

        Args:
            name: A key, an address, a link, or a part of a name; the first of these that finds something counts.
            **narrowed: Values of columns that they must have; None is any.

        """
        return matching(self.placements(), name, narrowed)

    def put(self, placements: Iterable[Placement], *, what: str = "put") -> Put:
        """Write placements: new ones are added, drafted ones follow, those that were sent or went further stay.

        Args:
            placements: Their ``id`` does not matter; a missing ``created_at`` is now.
            what: The change, in a word, for ``undo``.

        Raises:
            InputError: A value is none of those that it may have, or two of the placements are one.
            OutputError: The database cannot be written; then nothing was.

        """
        wanted = _by_natural(placements)
        now = _now()
        with self.database.writing() as connection:
            known = {one.natural: one for one in _all(connection, {key.campaign for key in wanted})}
            new = [one for key, one in wanted.items() if key not in known]
            there = [(known[key], _filled(one, known[key])) for key, one in wanted.items() if key in known]
            differing = [(old, one) for old, one in there if old != one]
            changed = [(old, one) for old, one in differing if old.status == "drafted"]
            kept = tuple(old for old, _ in differing if old.status != "drafted")
            recoded = [*new, *(one for old, one in changed if one.promo != old.promo)]
            _refuse_codes(connection, recoded)
            last = last_number(connection)
            if new:
                rows = [one.values | {"created_at": one.created_at or now} for one in new]
                connection.execute(insert(PLACEMENTS), rows)
            write_over(connection, [one.values | {"number": old.id} for old, one in changed])
            if new or changed:
                note(connection, what, now, before=[old for old, _ in changed], last=last)
        return Put(len(new), len(changed), len(there) - len(differing), len(kept), kept)

    def set(self, placements: Iterable[Placement], **values: Any) -> list[Placement]:
        """Write down what became of placements; return them as they are now.

        Args:
            placements: Of this ledger.
            **values: Columns of :data:`SETTABLE`; None empties one.

        Raises:
            InputError: A placement is not there any more, or a value is none of those that it may have.
            OutputError: The database cannot be written; then nothing was.

        """
        if odd := values.keys() - SETTABLE:
            raise InputError(f"{min(odd)} of a placement cannot be set", hint=f"known: {', '.join(sorted(SETTABLE))}")
        numbers = {one.natural for one in placements}
        with self.database.writing() as connection:
            there = [one for one in _all(connection, {key.campaign for key in numbers}) if one.natural in numbers]
            if len(there) != len(numbers):
                raise InputError("a placement is not in the ledger any more", hint="outreach placements list")
            pairs = [(old, checked(old._replace(**values))) for old in there]
            changed = [(old, one) for old, one in pairs if old != one]
            _refuse_codes(connection, [one for old, one in changed if one.promo != old.promo])
            if changed:
                last = last_number(connection)
                write_over(connection, [one.values | {"number": old.id} for old, one in changed])
                note(connection, BY_HAND, _now(), before=[old for old, _ in changed], last=last)
        return [one for _, one in pairs]

    def undo(self) -> Undone | None:
        """Take the last change back; called again, the one before. None where there is nothing to take back."""
        with self.database.writing() as connection:
            return put_back(connection)

    def by_hand(self) -> dict[int, list[Placement]]:
        """Return what placements were each time before a person set something, by number; the last changes only."""
        with self.database.reading() as connection:
            return before_hand(connection)

    def next_round(self, campaign: str, resource: str, variant: str) -> int:
        """Return the round that comes after those in the ledger, 1 where there is none."""
        table = PLACEMENTS.c
        query = select(func.coalesce(func.max(table.round), 0)).where(
            table.campaign == campaign, table.resource == resource, table.variant == variant
        )
        with self.database.reading() as connection:
            return int(connection.execute(query).scalar_one()) + 1


def _refuse_codes(connection: Connection, written: Sequence[Placement]) -> None:
    """Refuse codes of placements that are to be written; the ledger is looked through only where there are any."""
    if any(one.promo for one in written):
        naturals = {one.natural for one in written}
        refuse_codes(written, [one for one in _all(connection) if one.natural not in naturals])


def _all(connection: Connection, campaigns: Iterable[str] | None = None) -> list[Placement]:
    """Return the placements, all or those of some campaigns, in the order of their numbers.

    Raises:
        Damaged: One of them is none.

    """
    query = select(PLACEMENTS).order_by(PLACEMENTS.c.id)
    if campaigns is not None and len(some := sorted(campaigns)) <= CAMPAIGNS_TOGETHER:
        query = query.where(PLACEMENTS.c.campaign.in_(some))
    found = list(starmap(Placement, checked_rows(connection, query)))
    if not all_readable(found):
        raise Damaged
    return found


def _by_natural(placements: Iterable[Placement]) -> dict[Natural, Placement]:
    wanted: dict[Natural, Placement] = {}
    for placement in placements:
        one = checked(placement)
        if one.natural in wanted:
            raise InputError(
                f"{one.resource}: variant {one.variant}, round {one.round} of the campaign is there twice",
                hint="each placement has a variant or a round of its own",
            )
        wanted[one.natural] = one
    return wanted


def _filled(one: Placement, old: Placement) -> Placement:
    """Return a placement with what is known of the older one and was not said again."""
    values: dict[str, Any] = {name: getattr(old, name) for name in KEPT if getattr(one, name) is None}
    if one.short_url is None and one.final_url == old.final_url:
        values["short_url"] = old.short_url
    return one._replace(id=old.id, created_at=old.created_at, **values)


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
