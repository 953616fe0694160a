"""The tables of the campaign's database, as SQLAlchemy sees them.

A change here needs a revision in ``migrations`` and a higher :data:`VERSION`; a test compares what the two make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    UniqueConstraint,
    select,
)

from outreach.campaign.ledger import placement
from outreach.campaign.ledger.columns import amount, large_whole, long_words, whole, words

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from outreach import tables

__all__ = [
    "CHANGED",
    "CHANGES",
    "EVENTS",
    "IMPORTS",
    "METADATA",
    "PLACEMENTS",
    "READABLE",
    "RESULTS",
    "SETTINGS",
    "VERSION",
    "VERSION_TABLE",
    "is_of_today",
]

VERSION: Final = 6
READABLE: Final = 2
"""The oldest tables that are read as they are, where they may not be changed: today's, but for events and columns."""
VERSION_TABLE: Final = "outreach_version"

METADATA: Final = MetaData()

LONG: Final = frozenset({"url", "final_url", "short_url", "text", "comment", "post_url", "name"})
"""Columns of placements whose texts may be of any length."""

LARGE: Final = frozenset({"views_24h"})
"""Columns of placements whose numbers may be longer than a database's ordinary ones."""


def _of_placement(column: tables.Column) -> Column[Any]:
    """Return a column of placements for the database."""
    if column.name == "id":
        return Column("id", Integer, primary_key=True)
    if column.type != "varchar":
        return _number(column)
    make = long_words if column.name in LONG else words
    return make(column.name, nullable=column.missing)


def _number(column: tables.Column) -> Column[Any]:
    if column.type == "double":
        return amount(column.name)
    return large_whole(column.name) if column.name in LARGE else whole(column.name, nullable=column.missing)


PLACEMENTS: Final = Table(
    "placements",
    METADATA,
    *map(_of_placement, placement.PLACEMENTS.columns),
    UniqueConstraint("campaign", "resource", "variant", "round", name="placements_natural"),
    sqlite_autoincrement=True,  # the number of a placement that was taken back is never given to another
)

CHANGES: Final = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True),
    words("made_at"),
    words("what"),
    sqlite_autoincrement=True,
)
"""One row for each transaction that can be taken back."""

CHANGED: Final = Table(
    "changed",
    METADATA,
    whole("change_id", ForeignKey("changes.id", ondelete="CASCADE", name="changed_change"), primary_key=True),
    whole("placement_id", primary_key=True, autoincrement=False),
    long_words("before", nullable=True),
)
"""What each placement was before a change, as JSON; missing where it was not there."""

EVENTS: Final = Table(
    "events",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    whole("placement_id", ForeignKey("placements.id", ondelete="CASCADE", name="events_placement")),
    whole("change_id", nullable=True),
    words("kind"),
    words("at"),
    words("answer"),
    words("channel"),
    words("person"),
    long_words("by"),
    amount("amount"),
    words("currency"),
    words("format"),
    large_whole("count"),
    words("due"),
    long_words("url"),
    long_words("note"),
    words("recorded_at"),
    Index("events_of_placement", "placement_id"),
    Index("events_of_change", "change_id"),
)
"""What happened to placements, a row each time; the change that wrote it is missing where nobody remembers it."""

IMPORTS: Final = Table(
    "imports",
    METADATA,
    Column("id", Integer, primary_key=True),
    words("sha256"),
    words("tool"),
    words("source_name"),
    words("grain"),
    words("unit"),
    words("kind"),
    words("goal"),
    words("period_start", nullable=True),
    words("period_end", nullable=True),
    words("timezone"),
    words("attribution_model"),
    long_words("flags"),
    words("imported_at"),
    sqlite_autoincrement=True,
)
"""One row for each table that was read from an export."""

RESULTS: Final = Table(
    "results",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    whole("import_id", ForeignKey("imports.id", ondelete="CASCADE", name="results_import")),
    words("day", nullable=True),
    long_words("utm_source"),
    long_words("utm_medium"),
    long_words("utm_campaign"),
    long_words("utm_content"),
    long_words("promo"),
    long_words("start"),
    long_words("short_url"),
    long_words("resource"),
    whole("rest"),
    large_whole("denominator"),
    large_whole("numerator"),
    amount("revenue"),
    amount("cost"),
    words("currency"),
    words("event_id"),
    long_words("stage"),
    whole("assumed"),
    Index("results_of_import", "import_id", "day"),
    Index("results_event", "event_id"),
)
"""One row for each link (and day, where the export tells days) of an import; of events, one for each."""

SETTINGS: Final = Table(
    "settings",
    METADATA,
    Column("name", String, primary_key=True),
    long_words("value"),
)
"""What belongs to this ledger alone, like its id; of PostgreSQL also the secret of its hashes."""

VERSIONS: Final = Table(
    VERSION_TABLE,
    METADATA,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),  # as alembic names it
)


def is_of_today(connection: Connection) -> bool:
    """Whether a database has the tables above; an older one that may only be read has none of events."""
    return str(connection.execute(select(VERSIONS.c.version_num)).scalar_one()) == str(VERSION)
