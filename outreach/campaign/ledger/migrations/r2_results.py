"""Imports of analytics exports and their rows, and what belongs to the ledger alone."""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, String, Text

__all__ = ["down_revision", "revision", "upgrade"]

revision: Final = "2"
down_revision: Final = "1"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "imports",
        Column("id", Integer, primary_key=True),
        *(Column(name, String, nullable=False) for name in ("sha256", "tool", "source_name", "grain")),
        *(Column(name, String, nullable=False) for name in ("unit", "kind", "goal")),
        *(Column(name, String) for name in ("period_start", "period_end")),
        *(Column(name, String, nullable=False) for name in ("timezone", "attribution_model")),
        Column("flags", Text, nullable=False),
        Column("imported_at", String, nullable=False),
        sqlite_autoincrement=True,
    )
    links = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "promo", "start", "short_url", "resource")
    op.create_table(
        "results",
        Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
        Column(
            "import_id", Integer, ForeignKey("imports.id", ondelete="CASCADE", name="results_import"), nullable=False
        ),
        Column("day", String),
        *(Column(name, Text, nullable=False) for name in links),
        Column("rest", Integer, nullable=False),
        *(Column(name, BigInteger) for name in ("denominator", "numerator")),
        *(Column(name, Float(53)) for name in ("revenue", "cost")),
        *(Column(name, String, nullable=False) for name in ("currency", "event_id")),
    )
    op.create_index("results_of_import", "results", ["import_id", "day"])
    op.create_index("results_event", "results", ["event_id"])
    op.create_table(
        "settings",
        Column("name", String, primary_key=True),
        Column("value", Text, nullable=False),
    )
