"""The tables of the campaign's database, as SQLAlchemy sees them.

A change here needs a revision in ``migrations`` and a higher :data:`VERSION`; a test compares what the two make.
"""

from __future__ import annotations

from typing import Any, Final

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
)

from outreach import tables
from outreach.campaign.ledger.columns import amount, large_whole, long_words, whole, words

__all__ = [
    "CHANGED",
    "CHANGES",
    "IMPORTS",
    "METADATA",
    "PLACEMENTS",
    "READABLE",
    "RESULTS",
    "SETTINGS",
    "VERSION",
    "VERSION_TABLE",
]

VERSION: Final = 5
READABLE: Final = 2
"""The oldest tables that are read as they are, where they may not be changed: today's, but for columns of results."""
VERSION_TABLE: Final = "outreach_version"

METADATA: Final = MetaData()

LONG: Final = frozenset({"url", "final_url", "short_url", "text", "comment", "post_url", "name"})
"""Columns of placements whose texts may be of any length."""


def _of_placement(column: tables.Column) -> Column[Any]:
    """Return a column of placements for the database."""
    if column.name == "id":
        return Column("id", Integer, primary_key=True)
    if column.type != "varchar":
        return whole(column.name) if column.type == "bigint" else amount(column.name)
    make = long_words if column.name in LONG else words
    return make(column.name, nullable=column.missing)


PLACEMENTS: Final = Table(
    "placements",
    METADATA,
    *map(_of_placement, tables.PLACEMENTS.columns),
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

Table(
    VERSION_TABLE,
    METADATA,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),  # as alembic names it
)
