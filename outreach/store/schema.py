"""The tables of the campaign's database, as SQLAlchemy sees them.

A change here needs a revision in ``migrations`` and a higher :data:`VERSION`; a test compares what the two make.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

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

VERSION: Final = 3
READABLE: Final = 2
"""The oldest tables that are read as they are, where they may not be changed: those of today, and as full."""
VERSION_TABLE: Final = "outreach_version"

METADATA: Final = MetaData()

PLACEMENTS: Final = Table(
    "placements",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("campaign", String, nullable=False),
    Column("resource", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("variant", String, nullable=False),
    Column("round", Integer, nullable=False),
    Column("language", String, nullable=False),
    Column("url", Text, nullable=False),
    Column("final_url", Text, nullable=False),
    Column("short_url", Text),
    Column("utm_source", String, nullable=False),
    Column("utm_medium", String, nullable=False),
    Column("utm_campaign", String, nullable=False),
    Column("utm_content", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("comment", Text),
    Column("deal", String, nullable=False),
    Column("cost", Float(53)),
    Column("currency", String),
    Column("status", String, nullable=False),
    Column("created_at", String, nullable=False),
    Column("published_at", String),
    Column("post_url", Text),
    Column("name", Text),
    Column("promo", String),
    UniqueConstraint("campaign", "resource", "variant", "round", name="placements_natural"),
    sqlite_autoincrement=True,  # the number of a placement that was taken back is never given to another
)

CHANGES: Final = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("made_at", String, nullable=False),
    Column("what", String, nullable=False),
    sqlite_autoincrement=True,
)
"""One row for each transaction that can be taken back."""

CHANGED: Final = Table(
    "changed",
    METADATA,
    Column("change_id", Integer, ForeignKey("changes.id", ondelete="CASCADE", name="changed_change"), primary_key=True),
    Column("placement_id", Integer, primary_key=True, autoincrement=False),
    Column("before", Text),
)
"""What each placement was before a change, as JSON; missing where it was not there."""

IMPORTS: Final = Table(
    "imports",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("tool", String, nullable=False),
    Column("source_name", String, nullable=False),
    Column("grain", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("goal", String, nullable=False),
    Column("period_start", String),
    Column("period_end", String),
    Column("timezone", String, nullable=False),
    Column("attribution_model", String, nullable=False),
    Column("flags", Text, nullable=False),
    Column("imported_at", String, nullable=False),
    sqlite_autoincrement=True,
)
"""One row for each table that was read from an export."""

RESULTS: Final = Table(
    "results",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("import_id", Integer, ForeignKey("imports.id", ondelete="CASCADE", name="results_import"), nullable=False),
    Column("day", String),
    Column("utm_source", Text, nullable=False),
    Column("utm_medium", Text, nullable=False),
    Column("utm_campaign", Text, nullable=False),
    Column("utm_content", Text, nullable=False),
    Column("promo", Text, nullable=False),
    Column("start", Text, nullable=False),
    Column("short_url", Text, nullable=False),
    Column("resource", Text, nullable=False),
    Column("rest", Integer, nullable=False),
    Column("denominator", BigInteger),
    Column("numerator", BigInteger),
    Column("revenue", Float(53)),
    Column("cost", Float(53)),
    Column("currency", String, nullable=False),
    Column("event_id", String, nullable=False),
    Index("results_of_import", "import_id", "day"),
    Index("results_event", "event_id"),
)
"""One row for each link (and day, where the export tells days) of an import; of events, one for each."""

SETTINGS: Final = Table(
    "settings",
    METADATA,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What belongs to this ledger alone, like its id; of PostgreSQL also the secret of its hashes."""

Table(
    VERSION_TABLE,
    METADATA,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),  # as alembic names it
)
