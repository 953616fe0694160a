"""The tables of the address book, as SQLAlchemy sees them.

A change here needs a revision in ``migrations`` and a higher :data:`VERSION`; a test compares what the two make.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

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
)

from outreach.campaign.ledger.columns import amount, large_whole, long_words, whole, words
from outreach.campaign.ledger.migrate import Tables

__all__ = ["CHANNELS", "EVENTS", "FILES", "METADATA", "PEOPLE", "PLACES", "TABLES", "VERSION", "WHERE"]

VERSION: Final = 1
VERSION_TABLE: Final = "outreach_book_version"

METADATA: Final = MetaData()

PEOPLE: Final = Table(
    "book_people",
    METADATA,
    Column("id", String, primary_key=True),
    long_words("name"),
    long_words("role"),
    words("language"),
    long_words("found"),
    long_words("note"),
    whole("do_not_contact"),
    whole("keep", nullable=True),
    words("created_at"),
)

CHANNELS: Final = Table(
    "book_channels",
    METADATA,
    Column("person", String, ForeignKey("book_people.id", ondelete="CASCADE", name="channel_person"), primary_key=True),
    whole("position", primary_key=True, autoincrement=False),
    words("kind"),
    long_words("address"),
)
"""How to reach people, the best first."""

PLACES: Final = Table(
    "book_places",
    METADATA,
    Column("resource", String, primary_key=True),
    long_words("name"),
    long_words("way_in"),
    long_words("price"),
    long_words("rules"),
)

WHERE: Final = Table(
    "book_where",
    METADATA,
    Column("person", String, ForeignKey("book_people.id", ondelete="CASCADE", name="where_person"), primary_key=True),
    Column("resource", String, primary_key=True),
)
"""Who decides in which place."""

EVENTS: Final = Table(
    "book_events",
    METADATA,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    words("kind"),
    words("at"),
    words("answer"),
    words("channel"),
    words("campaign"),
    long_words("resource"),
    words("variant"),
    whole("round"),
    words("person"),
    words("by"),
    amount("amount"),
    words("currency"),
    words("format"),
    large_whole("count"),
    words("due"),
    long_words("url"),
    long_words("note"),
    words("recorded_at"),
    Index("book_events_resource", "resource"),
    Index("book_events_person", "person"),
    sqlite_autoincrement=True,
)
"""What happened; who was forgotten leaves events without a name."""

FILES: Final = Table(
    "book_files",
    METADATA,
    Column("path", String, primary_key=True),
    words("written_at"),
)
"""Files that were written from the book, and may hold people's data."""

Table(
    VERSION_TABLE,
    METADATA,
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name=f"{VERSION_TABLE}_pkc"),  # as alembic names it
)

TABLES: Final = Tables(METADATA, VERSION, VERSION, VERSION_TABLE, Path(__file__).parent / "migrations")
