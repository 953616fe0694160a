"""Keys of today in the place of those that the keys of addresses were before; every link stays as it was published.

Two placements that become one in campaign, resource and variant are two rounds of it: the one whose key is changed
takes the next round that is free, so that both links go on counting. The tables stay as they are.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from alembic import op
from sqlalchemy import bindparam, column, select, table, update

from outreach.keys import identify, platform_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

__all__ = ["down_revision", "revision", "upgrade"]

revision: Final = "4"
down_revision: Final = "3"

PLACEMENTS: Final = table("placements", *map(column, ("id", "campaign", "resource", "platform", "variant", "round")))
CHANGED: Final = table("changed", *map(column, ("change_id", "placement_id", "before")))
RESULTS: Final = table("results", column("resource"))
TOGETHER: Final = 500  # databases take only so many values in one query


class Moved(NamedTuple):
    """A placement under its key of today."""

    id: int
    resource: str
    round: int


def upgrade() -> None:
    """Write the keys of today over the older ones."""
    connection = op.get_bind()
    moved = _moved(connection)
    if moved:
        connection.execute(
            update(PLACEMENTS)
            .where(PLACEMENTS.c.id == bindparam("number"))
            .values(resource=bindparam("key"), platform=bindparam("of"), round=bindparam("free")),
            [
                {"number": one.id, "key": one.resource, "of": platform_of(one.resource), "free": one.round}
                for one in moved
            ],
        )
        _rewrite_journal(connection, moved)
    texts = connection.execute(select(RESULTS.c.resource).distinct().where(RESULTS.c.resource != "")).scalars()
    for text, key in _changed(text for text in texts if isinstance(text, str) and ":" in text and " " not in text):
        connection.execute(update(RESULTS).where(RESULTS.c.resource == text).values(resource=key))


def _changed(keys: Iterable[str]) -> list[tuple[str, str]]:
    """Return the keys that are others today, with those; one that names nothing any more stays, and so does damage."""
    found = ((key, identify(key).key) for key in sorted(key for key in keys if isinstance(key, str)))
    return [(old, new) for old, new in found if new is not None and new != old]


def _moved(connection: Connection) -> list[Moved]:
    found = connection.execute(select(PLACEMENTS).order_by(PLACEMENTS.c.id)).all()
    rows = [row for row in found if isinstance(row.round, int)]
    keys = dict(_changed({row.resource for row in rows}))
    taken = {(row.campaign, row.resource, row.variant, row.round) for row in rows if row.resource not in keys}
    moved = []
    for row in rows:
        if new := keys.get(row.resource):
            number = row.round
            while (row.campaign, new, row.variant, number) in taken:
                number += 1
            taken.add((row.campaign, new, row.variant, number))
            moved.append(Moved(row.id, new, number))
    return moved


def _rewrite_journal(connection: Connection, moved: Iterable[Moved]) -> None:
    """Give the placements that can be put back their keys and rounds, too."""
    by_number = {one.id: one for one in moved}
    numbers = sorted(by_number)
    for start in range(0, len(numbers), TOGETHER):
        some = numbers[start : start + TOGETHER]
        query = select(CHANGED).where(CHANGED.c.placement_id.in_(some), CHANGED.c.before.is_not(None))
        rows = [
            {"change": row.change_id, "number": row.placement_id, "packed": packed}
            for row in connection.execute(query)
            if (packed := _repacked(row.before, by_number[row.placement_id]))
        ]
        if rows:
            connection.execute(
                update(CHANGED)
                .where(CHANGED.c.change_id == bindparam("change"), CHANGED.c.placement_id == bindparam("number"))
                .values(before=bindparam("packed")),
                rows,
            )


def _repacked(before: str, one: Moved) -> str:
    """Return what a placement was before a change under its key of today, empty where that cannot be read."""
    try:
        values = json.loads(before)
    except (ValueError, TypeError, RecursionError):
        return ""
    if not isinstance(values, dict):
        return ""
    values |= {"resource": one.resource, "platform": platform_of(one.resource), "round": one.round}
    return json.dumps(values, ensure_ascii=False)
