"""People, how to reach them, places, and what happened."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import BigInteger, Column, Float, ForeignKey, Index, Integer, String, Text

__all__ = ["down_revision", "revision", "upgrade"]

revision: Final = "1"
down_revision: Final = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "book_people",
        Column("id", String, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("name", "role")),
        Column("language", String, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("found", "note")),
        Column("do_not_contact", Integer, nullable=False),
        Column("keep", Integer),
        Column("created_at", String, nullable=False),
    )
    op.create_table(
        "book_channels",
        Column(
            "person", String, ForeignKey("book_people.id", ondelete="CASCADE", name="channel_person"), primary_key=True
        ),
        Column("position", Integer, primary_key=True, autoincrement=False),
        Column("kind", String, nullable=False),
        Column("address", Text, nullable=False),
    )
    op.create_table(
        "book_places",
        Column("resource", String, primary_key=True),
        *(Column(name, Text, nullable=False) for name in ("name", "way_in", "price", "rules")),
    )
    op.create_table(
        "book_where",
        Column(
            "person", String, ForeignKey("book_people.id", ondelete="CASCADE", name="where_person"), primary_key=True
        ),
        Column("resource", String, primary_key=True),
    )
    op.create_table(
        "book_events",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        *(Column(name, String, nullable=False) for name in ("kind", "at", "answer", "channel", "campaign")),
        Column("resource", Text, nullable=False),
        Column("variant", String, nullable=False),
        Column("round", Integer, nullable=False),
        *(Column(name, String, nullable=False) for name in ("person", "by")),
        Column("amount", Float(53)),
        *(Column(name, String, nullable=False) for name in ("currency", "format")),
        Column("count", BigInteger),
        Column("due", String, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("url", "note")),
        Column("recorded_at", String, nullable=False),
        Index("book_events_resource", "resource"),
        Index("book_events_person", "person"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "book_files",
        Column("path", String, primary_key=True),
        Column("written_at", String, nullable=False),
    )
