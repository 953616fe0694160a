"""All that the agenda is made from: the ledger, the address book, the sheet of places."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.campaign.events import Event
    from outreach.owners.agenda import Matters
    from outreach.owners.person import Person

__all__ = ["matters_of"]


def matters_of(db: str, sheet: str | None = None) -> Matters:
    """Return what a campaign's database, the sheet and the address book know.

    Args:
        db: The campaign's database, which is there.
        sheet: The sheet of places; None for none.

    Raises:
        InputError: One of them cannot be read.

    """
    from outreach.campaign.ledger import open_ledger
    from outreach.campaign.ledger.results import Results
    from outreach.owners.agenda import Matters

    ledger = open_ledger(db, create=False)
    until = max((one.period_end or "" for one in Results(ledger.database).imports()), default="")
    events, people = _of_book()
    return Matters(
        events=[*ledger.events(), *events], people=people, placements=ledger.placements(), ways=_ways(sheet),
        results_until=date.fromisoformat(until[:10]) if until else None,
    )  # fmt: skip


def _of_book() -> tuple[Sequence[Event], Sequence[Person]]:
    """Return the events and the people of the address book."""
    return (), ()


def _ways(sheet: str | None) -> dict[str, str]:
    """Return how a post gets into each place of the sheet."""
    if not sheet:
        return {}
    from outreach.sheet.facts import read_sheet
    from outreach.words.fold import fold_header
    from outreach.words.vocabulary import meanings_of

    known = meanings_of("ways_in")
    return {one.key: known.get(fold_header(one.cells.get("way_in", "")), "") for one in read_sheet(sheet).facts}
