"""Events keep the stage that they were at, and sums whether their currency was in the file or assumed.

What was imported before has neither: its files tell the stages when they are given again.
"""

from __future__ import annotations

from typing import Final

from alembic import op
from sqlalchemy import Column, Integer, Text

__all__ = ["down_revision", "revision", "upgrade"]

revision: Final = "5"
down_revision: Final = "4"


def upgrade() -> None:
    """Add the columns."""
    op.add_column("results", Column("stage", Text, nullable=False, server_default=""))
    op.add_column("results", Column("assumed", Integer, nullable=False, server_default="0"))
