"""What each change made of the placements, so that it can be taken back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, func, insert, literal, null, select, update

from outreach.campaign.ledger.changes import Undone
from outreach.campaign.ledger.damage import Damaged
from outreach.campaign.ledger.placement import Placement, readable
from outreach.campaign.ledger.schema import CHANGED, CHANGES, PLACEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

__all__ = ["before_hand", "last_number", "note", "put_back", "write_over"]

BY_HAND: Final = "set"
"""What a change is called that a person made, not a draft or a table."""

PACKED: Final = frozenset({"campaign", "resource", "variant", "round", "final_url", "text", "deal", "cost", "status"})
"""What every version of the program wrote down of a placement."""

REMEMBERED: Final = 100
"""So many changes can be taken back; the older ones are forgotten."""


def last_number(connection: Connection) -> int:
    """Return the highest number of a placement, 0 where there is none."""
    return int(connection.execute(select(func.coalesce(func.max(PLACEMENTS.c.id), 0))).scalar_one())


def note(connection: Connection, what: str, now: str, *, before: Iterable[Placement], last: int) -> None:
    """Write down a change that was just made.

    Args:
        connection: In the transaction that made it.
        what: The change, in a word.
        now: When, UTC.
        before: The placements that it changed, as they were.
        last: The highest number before; placements with higher ones are new.

    """
    made = insert(CHANGES).values(made_at=now, what=what).returning(CHANGES.c.id)
    change = int(connection.execute(made).scalar_one())
    rows = [{"change_id": change, "placement_id": old.id, "before": _packed(old)} for old in before]
    if rows:
        connection.execute(insert(CHANGED), rows)
    added = select(literal(change), PLACEMENTS.c.id, null()).where(PLACEMENTS.c.id > last)
    connection.execute(insert(CHANGED).from_select(["change_id", "placement_id", "before"], added))
    connection.execute(delete(CHANGES).where(CHANGES.c.id <= change - REMEMBERED))


def put_back(connection: Connection) -> Undone | None:
    """Take the last change back and forget it; None where there is none."""
    change = connection.execute(select(CHANGES).order_by(CHANGES.c.id.desc()).limit(1)).one_or_none()
    if change is None:
        return None
    rows = connection.execute(select(CHANGED).where(CHANGED.c.change_id == change.id)).all()
    added = [{"number": row.placement_id} for row in rows if row.before is None]
    changed = [_unpacked(row.before) | {"number": row.placement_id} for row in rows if row.before is not None]
    places = (
        select(PLACEMENTS.c.resource)
        .join(CHANGED, CHANGED.c.placement_id == PLACEMENTS.c.id)
        .where(CHANGED.c.change_id == change.id)
        .order_by(PLACEMENTS.c.id)
    )
    named = tuple(dict.fromkeys(connection.execute(places).scalars()))
    if added:
        connection.execute(delete(PLACEMENTS).where(PLACEMENTS.c.id == bindparam("number")), added)
    write_over(connection, changed)
    connection.execute(delete(CHANGES).where(CHANGES.c.id == change.id))
    return Undone(change.what, change.made_at, len(added), len(changed), named)


def before_hand(connection: Connection) -> dict[int, list[Placement]]:
    """Return what placements were each time before a person set something, by number; as far as is remembered."""
    query = (
        select(CHANGED.c.placement_id, CHANGED.c.before)
        .join(CHANGES, CHANGES.c.id == CHANGED.c.change_id)
        .where(CHANGES.c.what == BY_HAND, CHANGED.c.before.is_not(None))
        .order_by(CHANGED.c.change_id)
    )
    found: dict[int, list[Placement]] = {}
    for row in connection.execute(query):
        found.setdefault(row.placement_id, []).append(Placement(**_unpacked(row.before), id=row.placement_id))
    return found


def write_over(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write values over placements, each row with the number of one; all rows have the same columns."""
    if rows:
        connection.execute(update(PLACEMENTS).where(PLACEMENTS.c.id == bindparam("number")), rows)


def _packed(placement: Placement) -> str:
    return json.dumps(placement.values, ensure_ascii=False)


def _unpacked(text: str) -> dict[str, Any]:
    """Return the values of a placement from what :func:`_packed` made of them.

    Raises:
        Damaged: It is something else.

    """
    try:
        values = json.loads(text)
        if readable(Placement(**values)) and values.keys() >= PACKED:
            return dict(values)
    except (ValueError, TypeError, RecursionError):
        pass
    raise Damaged
