"""What the user answered once for a campaign, kept in its ledger: which stages of an order mean that somebody paid."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select

from outreach.store.schema import SETTINGS
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterable

    from outreach.store.database import Database

__all__ = ["keep_paid_stages", "paid_stages"]

PAID: Final = "paid stages"


def paid_stages(database: Database) -> tuple[str, ...]:
    """Return the stages that mean that somebody paid, folded and sorted."""
    with database.reading() as connection:
        found = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == PAID)).scalar()
    try:
        told = json.loads(found or "[]")
    except ValueError:
        return ()
    return tuple(sorted(stage for stage in told if isinstance(stage, str))) if isinstance(told, list) else ()


def keep_paid_stages(database: Database, stages: Iterable[str]) -> None:
    """Add stages to those that mean that somebody paid."""
    known = paid_stages(database)
    if wanted := {fold_header(stage) for stage in stages} - {"", *known}:
        value = json.dumps(sorted({*known, *wanted}), ensure_ascii=False)
        with database.writing() as connection:
            connection.execute(delete(SETTINGS).where(SETTINGS.c.name == PAID))
            connection.execute(insert(SETTINGS).values(name=PAID, value=value))
