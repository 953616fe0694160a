"""The tables of the campaign's database, as SQLAlchemy sees them.

A change here needs a revision in ``migrations`` and a higher :data:`VERSION`; a test compares what the two make.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = ["CHANGED", "CHANGES", "METADATA", "PLACEMENTS", "VERSION", "VERSION_TABLE"]

VERSION: Final = 1
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

Table(
    VERSION_TABLE,
    METADATA,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),  # as alembic names it
)
