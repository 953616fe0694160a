"""What came of a change in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outreach.campaign.ledger.placement import Placement

__all__ = ["Put", "Undone"]


@dataclass(frozen=True, slots=True)
class Put:
    """What came of writing placements.

    Args:
        created: How many are new.
        updated: How many drafted ones have a new content.
        unchanged: How many were there already, just so.
        frozen: How many were sent or went further and would have changed; they stay as they were.
        kept: These, as they stand in the ledger.

    """

    created: int
    updated: int
    unchanged: int
    frozen: int
    kept: tuple[Placement, ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Args:
        change: Its name: ``put``, ``set``, ``import``.
        made_at: When it was made, UTC.
        removed: How many placements it had added.
        restored: How many it had changed, and are as before.
        places: Keys of all of them, each once.

    """

    change: str
    made_at: str
    removed: int
    restored: int
    places: tuple[str, ...] = ()
