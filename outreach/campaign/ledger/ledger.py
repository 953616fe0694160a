"""The placements of a campaign's database: every method is one transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select

from outreach.campaign.clock import this_moment
from outreach.campaign.events import Event, status_of
from outreach.campaign.events import checked as checked_event
from outreach.campaign.ledger.changes import Put, Undone
from outreach.campaign.ledger.codes import refuse_codes
from outreach.campaign.ledger.columns import checked_rows
from outreach.campaign.ledger.damage import Damaged
from outreach.campaign.ledger.events import (
    add_events,
    by_placement,
    events_leading_to,
    kept_events,
    last_events,
    natural_of,
)
from outreach.campaign.ledger.journal import BY_HAND, before_hand, last_number, put_back, write_over
from outreach.campaign.ledger.journal import note as note_change
from outreach.campaign.ledger.names import matching
from outreach.campaign.ledger.placement import FIELDS, FIRST, Natural, Placement, all_readable, checked
from outreach.campaign.ledger.schema import PLACEMENTS, is_of_today
from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from outreach.campaign.ledger.database import Database

__all__ = ["SETTABLE", "Ledger"]

SETTABLE: Final = frozenset(
    {
        "status", "published_at", "post_url", "cost", "currency", "deal", "short_url", "name", "promo", "text",
        "comment", "must_stay_until", "views_24h", "removed_at", "repost_of",
    }
)  # fmt: skip
"""What becomes known of a placement after it was drafted; its link never changes."""

KEPT: Final = (
    "cost", "currency", "published_at", "post_url", "name", "promo", "must_stay_until", "views_24h", "removed_at",
    "repost_of",
)  # fmt: skip
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
        now = this_moment()
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
                connection.execute(
                    insert(PLACEMENTS), [_row(one) | {"created_at": one.created_at or now} for one in new]
                )
            write_over(connection, [_row(one) | {"number": old.id} for old, one in changed])
            if new or changed:
                change = note_change(connection, what, now, before=[old for old, _ in changed], last=last)
                moved = [one for one in new if one.status != "drafted"]
                moved += [one for old, one in changed if one.status != old.status]
                if moved:
                    happened = by_placement(kept_events(connection, [old.id for old, _ in changed])) if changed else {}
                    _follow(connection, moved, happened, change, now)
        return Put(len(new), len(changed), len(there) - len(differing), len(kept), kept)

    def set(
        self, placements: Iterable[Placement], *, at: str = "", by: str = "", note: str = "", **values: Any
    ) -> list[Placement]:
        """Write down what became of placements; return them as they are now. A new status is an event.

        Args:
            placements: Of this ledger.
            at: When it was, a day or a moment in UTC; empty is now.
            by: Who acted.
            note: What else there is to say of the event.
            **values: Columns of :data:`SETTABLE`; None empties one.

        Raises:
            InputError: A placement is not there any more, or a value is none of those that it may have.
            OutputError: The database cannot be written; then nothing was.

        """
        if odd := values.keys() - SETTABLE:
            raise InputError(f"{min(odd)} of a post cannot be set", hint=f"known: {', '.join(sorted(SETTABLE))}")
        numbers = {one.natural for one in placements}
        now = this_moment()
        with self.database.writing() as connection:
            there = [one for one in _all(connection, {key.campaign for key in numbers}) if one.natural in numbers]
            if len(there) != len(numbers):
                raise InputError("a post is no longer in the ledger", hint="outreach placements list")
            pairs = [(old, checked(replace(old, **values))) for old in there]
            changed = [(old, one) for old, one in pairs if old != one]
            _refuse_codes(connection, [one for old, one in changed if one.promo != old.promo])
            if changed:
                last = last_number(connection)
                write_over(connection, [_row(one) | {"number": old.id} for old, one in changed])
                change = note_change(connection, BY_HAND, now, before=[old for old, _ in changed], last=last)
                if moved := [one for old, one in changed if one.status != old.status]:
                    known = by_placement(kept_events(connection, [one.id for one in moved]))
                    of_money = {"amount": values.get("cost"), "currency": values.get("currency") or ""}
                    facts = {"by": by, "note": note} | (of_money if values.get("cost") is not None else {})
                    _follow(connection, moved, known, change, now, at=at, **facts)
        return [one for _, one in pairs]

    def log(self, events: Iterable[Event], *, what: str = "log") -> int:
        """Write events down; those that are there already, but for when they were written down, are left out.

        Args:
            events: Each names its placement; their ``id`` does not matter.
            what: The change, in a word, for ``undo``.

        Returns:
            How many are new.

        Raises:
            InputError: A placement is not there, or a value is none of those that it may have.
            OutputError: The database cannot be written; then nothing was.

        """
        wanted = [checked_event(event) for event in events]
        now = this_moment()
        with self.database.writing() as connection:
            there = {one.natural: one for one in _all(connection, {event.campaign for event in wanted})}
            if any(natural_of(event) not in there for event in wanted):
                raise InputError("a post is no longer in the ledger", hint="outreach placements list")
            known = by_placement(kept_events(connection, {there[natural_of(event)].id for event in wanted}))
            kept = {_but_written(event) for some in known.values() for event in some}
            new = {_but_written(one): one for one in wanted if _but_written(one) not in kept}
            if not new:
                return 0
            added = by_placement(one._replace(recorded_at=one.recorded_at or now) for one in new.values())
            pairs = [(there[key], _with_events(there[key], known.get(key, []), some)) for key, some in added.items()]
            last = last_number(connection)
            write_over(connection, [_row(one) | {"number": old.id} for old, one in pairs])
            change = note_change(connection, what, now, before=[old for old, _ in pairs], last=last)
            written = [event for some in added.values() for event in some]
            add_events(connection, written, {old.natural: old.id for old, _ in pairs}, change, now)
        return len(new)

    def events(self) -> list[Event]:
        """Return what happened to the placements, in the order in which it was written down.

        Of an older ledger that may only be read those are told to which its statuses of today lead.
        """
        with self.database.reading() as connection:
            if is_of_today(connection):
                return kept_events(connection)
            return [
                event for one in _all(connection) for event in events_leading_to(one.status, (), _event_of(one, ""))
            ]

    def undo(self, *, of: Iterable[Event] | None = None) -> Undone | None:
        """Take the last change back; called again, the one before. None where there is nothing to take back.

        Args:
            of: Only if the last change wrote down just these events; when it did so does not matter.

        Raises:
            OutputError: The database cannot be written; then nothing was.

        """
        with self.database.writing() as connection:
            if of is not None and {_but_written(one) for one in last_events(connection)} != set(map(_but_written, of)):
                return None
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
    names = PLACEMENTS.c.keys() if is_of_today(connection) else FIRST.names
    query = select(*(PLACEMENTS.c[name] for name in names)).order_by(PLACEMENTS.c.id)
    if campaigns is not None and len(some := sorted(campaigns)) <= CAMPAIGNS_TOGETHER:
        query = query.where(PLACEMENTS.c.campaign.in_(some))
    found = [Placement(**dict(zip(names, row, strict=True))) for row in checked_rows(connection, query)]
    if not all_readable(found):
        raise Damaged
    return found


def _follow(
    connection: Connection,
    moved: Sequence[Placement],
    known: Mapping[Natural, Sequence[Event]],
    change: int,
    now: str,
    *,
    at: str = "",
    **facts: Any,
) -> None:
    """Write the events that lead placements to their new statuses."""
    campaigns = {one.campaign for one in moved}
    numbers = {one.natural: one.id for one in _all(connection, campaigns)}
    events: list[Event] = []
    for one in moved:
        event = _event_of(one, at or now)._replace(recorded_at=now, **facts)
        events += events_leading_to(one.status, known.get(one.natural, ()), event._replace(at=at or event.at))
    add_events(connection, events, numbers, change, now)


def _event_of(one: Placement, otherwise: str) -> Event:
    """Return an event about a placement on the day that is known of its status, else at another moment."""
    known = {"published": one.published_at, "removed": one.removed_at}.get(one.status)
    at = known or otherwise or one.created_at or ""
    key = one.natural
    return Event(kind="note", at=at, campaign=key.campaign, resource=key.resource, variant=key.variant, round=key.round)


def _with_events(one: Placement, known: Iterable[Event], new: Sequence[Event]) -> Placement:
    """Return a placement with what follows from more events: its status, and what is not known of it yet."""
    every = [*known, *new]
    values: dict[str, Any] = {"status": status_of(every)}
    views = [event.count for event in sorted(new, key=lambda event: event.at) if event.kind == "viewed"]
    if one.views_24h is None and views:
        values["views_24h"] = views[0]
    for column, kind in (("published_at", "published"), ("removed_at", "removed")):
        days = [event.at for event in new if event.kind == kind]
        if getattr(one, column) is None and days:
            values[column] = max(days)
    return replace(one, **values)


def _but_written(event: Event) -> Event:
    """Return an event without when it was written down."""
    return event._replace(id=None, recorded_at="")


def _by_natural(placements: Iterable[Placement]) -> dict[Natural, Placement]:
    wanted: dict[Natural, Placement] = {}
    for placement in placements:
        one = checked(placement)
        if one.natural in wanted:
            raise InputError(
                f"{one.resource}: variant {one.variant}, repeat {one.round} of the campaign is in it twice",
                hint="each post needs its own variant or repeat",
            )
        wanted[one.natural] = one
    return wanted


def _filled(one: Placement, old: Placement) -> Placement:
    """Return a placement with what is known of the older one and was not said again."""
    values: dict[str, Any] = {name: getattr(old, name) for name in KEPT if getattr(one, name) is None}
    if one.short_url is None and one.final_url == old.final_url:
        values["short_url"] = old.short_url
    return replace(one, id=old.id, created_at=old.created_at, **values)


def _row(placement: Placement) -> dict[str, Any]:
    return {name: getattr(placement, name) for name in FIELDS if name != "id"}
