"""Placements, and what each change made of them."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import Column, Float, ForeignKey, Integer, String, Text, UniqueConstraint

__all__ = ["down_revision", "revision", "upgrade"]

revision: Final = "1"
down_revision: Final = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "placements",
        Column("id", Integer, primary_key=True),
        *(Column(name, String, nullable=False) for name in ("campaign", "resource", "platform", "variant")),
        Column("round", Integer, nullable=False),
        Column("language", String, nullable=False),
        *(Column(name, Text, nullable=False) for name in ("url", "final_url")),
        Column("short_url", Text),
        *(Column(f"utm_{name}", String, nullable=False) for name in ("source", "medium", "campaign", "content")),
        Column("text", Text, nullable=False),
        Column("comment", Text),
        Column("deal", String, nullable=False),
        Column("cost", Float(53)),
        Column("currency", String),
        *(Column(name, String, nullable=False) for name in ("status", "created_at")),
        Column("published_at", String),
        *(Column(name, Text) for name in ("post_url", "name")),
        Column("promo", String),
        UniqueConstraint("campaign", "resource", "variant", "round", name="placements_natural"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "changes",
        Column("id", Integer, primary_key=True),
        *(Column(name, String, nullable=False) for name in ("made_at", "what")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "changed",
        Column(
            "change_id", Integer, ForeignKey("changes.id", ondelete="CASCADE", name="changed_change"), primary_key=True
        ),
        Column("placement_id", Integer, primary_key=True, autoincrement=False),
        Column("before", Text),
    )
