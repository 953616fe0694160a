"""What happened to the placements of a ledger: events are added and joined, and never changed; statuses follow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, insert, select

from outreach.campaign.events import FIELDS, KINDS, Event, checked, status_of
from outreach.campaign.ledger.columns import checked_rows
from outreach.campaign.ledger.placement import Natural
from outreach.campaign.ledger.schema import CHANGES, EVENTS, PLACEMENTS
from outreach.collector import paused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from sqlalchemy import Connection

__all__ = [
    "KEPT",
    "add_events",
    "by_placement",
    "events_leading_to",
    "kept_events",
    "last_events",
    "natural_of",
    "same_event",
]

OF_PLACEMENT: Final = ("campaign", "resource", "variant", "round")
KEPT: Final = tuple(name for name in FIELDS if name not in {*OF_PLACEMENT, "id"})
"""What the table holds of an event beside its placement."""

TOGETHER: Final = 500  # databases take only so many values in one query
BEFORE_OUT: Final = frozenset({"drafted", "sent", "quoted", "booked"})
SECOND: Final = timedelta(seconds=1)


def natural_of(event: Event) -> Natural:
    """Return which placement an event is about."""
    return Natural(event.campaign, event.resource, event.variant, event.round)


def same_event(event: Event) -> tuple[object, ...]:
    """Return what two records of one event have in common, whichever ledger they lie in."""
    return tuple(getattr(event, name) for name in FIELDS if name != "id")


def events_leading_to(status: str, known: Iterable[Event], event: Event) -> tuple[Event, ...]:
    """Return the events to add so that a placement has a status.

    Args:
        status: The status that it is to have.
        known: Its events so far.
        event: When it was, who acted and what else there is to note; its kind does not matter.

    Example:
        >>> out = Event(kind="published", at="2026-05-12")
        >>> [one.kind for one in events_leading_to("removed", [out], Event(kind="note", at="2026-05-20"))]
        ['removed']
        >>> [(one.kind, one.answer) for one in events_leading_to("sent", [out], Event(kind="note", at="2026-05-20"))]
        [('set_back', 'written')]

    """
    there = list(known)
    latest = max((one.recorded_at or one.at for one in there), default="")
    written = event.recorded_at or event.at
    later = event._replace(recorded_at=written if written > latest else _after(latest))
    for plain in () if status == "drafted" else (event._replace(kind=status), later._replace(kind=status)):
        if status_of([*there, plain]) == status:
            return (plain,)
    back = "new" if status == "drafted" else KINDS[status].stage
    if status in BEFORE_OUT:
        return (later._replace(kind="set_back", answer=back),)
    after = later._replace(kind="set_back", answer=back, recorded_at=_after(later.recorded_at))
    return (later._replace(kind=status), after)


def _after(moment: str) -> str:
    """Return the next moment behind a moment; a day counts as its beginning."""
    if len(moment) == len("2026-05-12"):
        return f"{moment}T00:00:00Z"
    return (datetime.fromisoformat(moment) + SECOND).strftime("%Y-%m-%dT%H:%M:%SZ")


def kept_events(connection: Connection, numbers: Collection[int | None] | None = None) -> list[Event]:
    """Return events in the order in which they were written down.

    Args:
        connection: To a ledger of today.
        numbers: Of the placements; None for all of them.

    Raises:
        Damaged: A value is of another kind than its column.

    """
    columns = [(PLACEMENTS if name in OF_PLACEMENT else EVENTS).c[name] for name in FIELDS]
    query = select(*columns).join(PLACEMENTS, PLACEMENTS.c.id == EVENTS.c.placement_id).order_by(EVENTS.c.id)
    if numbers is not None and len(numbers) <= TOGETHER:
        query = query.where(EVENTS.c.placement_id.in_(sorted(number for number in numbers if number is not None)))
    with paused():  # nothing of this is garbage, and looking for it takes longer than the rest
        return list(map(Event._make, checked_rows(connection, query)))


def last_events(connection: Connection) -> list[Event]:
    """Return the events that the last change wrote down; none where it wrote down none.

    Raises:
        Damaged: A value is of another kind than its column.

    """
    last = select(func.max(CHANGES.c.id)).scalar_subquery()
    columns = [(PLACEMENTS if name in OF_PLACEMENT else EVENTS).c[name] for name in FIELDS]
    query = (
        select(*columns).join(PLACEMENTS, PLACEMENTS.c.id == EVENTS.c.placement_id).where(EVENTS.c.change_id == last)
    )
    return list(map(Event._make, checked_rows(connection, query)))


def by_placement(events: Iterable[Event]) -> dict[Natural, list[Event]]:
    """Return events by the placement that they are about."""
    found: dict[Natural, list[Event]] = {}
    for event in events:
        found.setdefault(natural_of(event), []).append(event)
    return found


def add_events(
    connection: Connection, events: Iterable[Event], numbers: Mapping[Natural, int | None], change: int, now: str
) -> None:
    """Write events down.

    Args:
        connection: In the transaction of the change.
        events: Each names its placement.
        numbers: Of the placements.
        change: Which change they belong to, and are taken back with.
        now: When they are written down, where they do not say so.

    Raises:
        InputError: A value is none of those that it may have.

    """
    rows = [_row(checked(event)) | {"placement_id": numbers[natural_of(event)]} for event in events]
    if rows:
        connection.execute(
            insert(EVENTS), [row | {"change_id": change, "recorded_at": row["recorded_at"] or now} for row in rows]
        )


def _row(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in KEPT}
