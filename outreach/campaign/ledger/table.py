"""Placements as a table that crosses the room's border."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outreach.campaign.ledger.placement import PLACEMENTS
from outreach.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.ledger.placement import Placement
    from outreach.engine import Engine

__all__ = ["placements_table"]


def placements_table(engine: Engine, placements: Sequence[Placement]) -> Table:
    """Return placements of a ledger as a table in the engine.

    Example:
        >>> from outreach.engine import Engine
        >>> from outreach.campaign.ledger.placement import Placement
        >>> with Engine() as engine:
        ...     one = Placement(id=1, campaign="spring", resource="telegram:smm_riga", final_url="https://x.example")
        ...     [row["resource"] for row in placements_table(engine, [one]).head()]
        ['telegram:smm_riga']

    """
    engine.run(f"create or replace table placements ({PLACEMENTS.definition()})")
    engine.append("placements", [[getattr(one, name) for one in placements] for name in PLACEMENTS.names])
    return Table(engine, "placements", PLACEMENTS, order="id")
