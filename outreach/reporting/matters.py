"""All that the agenda is made from: the ledger, the address book, the sheet of places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from outreach.owners.agenda import Matters

__all__ = ["matters_of"]


def matters_of(db: str, sheet: str | None = None, book: str | None = None) -> Matters:
    """Return what a campaign's database, the sheet and the address book know.

    Args:
        db: The campaign's database, which is there.
        sheet: The sheet of places; None for none.
        book: The address book; None for this machine's own, where there is one.

    Raises:
        InputError: One of them cannot be read.

    """
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.results import Results
    from outreach.owners import existing_book
    from outreach.owners.agenda import Matters

    ledger = open_ledger(db, create=False)
    placements = ledger.placements()
    until = max((one.period_end or "" for one in Results(ledger.database).imports()), default="")
    opened = existing_book(book)
    campaigns = {one.campaign for one in placements}
    events = [one for one in opened.events() if one.campaign in {"", *campaigns}] if opened else []
    ways = {one.resource: one.way for one in opened.places() if one.way} if opened else {}
    return Matters(
        events=[*ledger.events(), *events], people=opened.people() if opened else (), placements=placements,
        ways=ways | _ways(sheet), results_until=date.fromisoformat(until[:10]) if until else None,
    )  # fmt: skip


def _ways(sheet: str | None) -> dict[str, str]:
    """Return how a post gets into each place of the sheet."""
    if not sheet:
        return {}
    from outreach.owners.place import way_of
    from outreach.sheet.facts import read_sheet

    ways = ((one.key, way_of(one.cells.get("way_in", ""))) for one in read_sheet(sheet).facts)
    return {key: way for key, way in ways if way}
