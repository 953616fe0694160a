"""Events of placements, and what is known of a post: how long it has to stay, its views, when it was removed.

The events are made from the changes that are remembered, so that what can be taken back takes its event along.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from alembic import op
from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, String, Text, column, insert, select, table

from outreach.campaign.events import MOMENT, Event
from outreach.campaign.ledger.events import KEPT, events_leading_to
from outreach.tables import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

__all__ = ["down_revision", "revision", "upgrade"]

revision: Final = "6"
down_revision: Final = "5"

PLACEMENTS: Final = table("placements", *map(column, ("id", "status", "created_at", "published_at")))
CHANGES: Final = table("changes", *map(column, ("id", "made_at")))
CHANGED: Final = table("changed", *map(column, ("change_id", "placement_id", "before")))
EVENTS: Final = table("events", *map(column, ("placement_id", "change_id", *KEPT)))


def upgrade() -> None:
    """Add the columns and the table, and the events of the statuses of today."""
    op.add_column("placements", Column("must_stay_until", String))
    op.add_column("placements", Column("views_24h", BigInteger))
    op.add_column("placements", Column("removed_at", String))
    op.add_column("placements", Column("repost_of", Integer))
    op.create_table(
        "events",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column(
            "placement_id", Integer, ForeignKey("placements.id", ondelete="CASCADE", name="events_placement"),
            nullable=False,
        ),
        Column("change_id", Integer),
        *(Column(name, String, nullable=False) for name in ("kind", "at", "answer", "channel", "person")),
        Column("by", Text, nullable=False),
        Column("amount", Float(53)),
        *(Column(name, String, nullable=False) for name in ("currency", "format")),
        Column("count", BigInteger),
        Column("due", String, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("url", "note")),
        Column("recorded_at", String, nullable=False),
    )  # fmt: skip
    op.create_index("events_of_placement", "events", ["placement_id"])
    op.create_index("events_of_change", "events", ["change_id"])
    connection = op.get_bind()
    if rows := list(_events(connection)):
        connection.execute(insert(EVENTS), rows)


def _events(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield the events that led each placement to its status; of damaged rows none."""
    made = {row.id: _moment(row.made_at) for row in connection.execute(select(CHANGES))}
    before: dict[int, list[tuple[int, str]]] = {}
    for row in connection.execute(select(CHANGED).order_by(CHANGED.c.change_id)):
        if row.before is not None and made.get(row.change_id) and (status := _status(row.before)):
            before.setdefault(row.placement_id, []).append((row.change_id, status))
    for row in connection.execute(select(PLACEMENTS).order_by(PLACEMENTS.c.id)):
        if row.status not in STATUSES or not (created := _moment(row.created_at)):
            continue
        changes = before.get(row.id, [])
        steps = zip([None, *(number for number, _ in changes)], pairwise(
            ["drafted", *(status for _, status in changes), row.status]), strict=True)  # fmt: skip
        known: list[Event] = []
        for number, (old, new) in steps:
            if new != old:
                written = created if number is None else made[number]
                out = _moment(row.published_at) if new == "published" else ""
                event = Event(kind="note", at=out or written, recorded_at=written)
                for one in events_leading_to(new, known, event):
                    known.append(one)
                    values = {name: getattr(one, name) for name in KEPT}
                    yield values | {"placement_id": row.id, "change_id": number}


def _moment(text: object) -> str:
    """Return a moment as the ledger writes it, empty for anything else."""
    written = text.replace("+00:00", "Z") if isinstance(text, str) else ""
    return written if MOMENT.fullmatch(written) else ""


def _status(before: str) -> str:
    try:
        status = json.loads(before)["status"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return status if status in STATUSES else ""
