"""From files and a ledger to the report: what the command and its twin both call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.store.results import Results
from outreach.tracking.conversion import conversion
from outreach.tracking.importing import Imported, Reading, keep, read
from outreach.tracking.pairing import RATED, series_of
from outreach.tracking.unmatched import Unmatched, unmatched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from outreach.store import Placement
    from outreach.store.imports import Import
    from outreach.store.ledger import Store
    from outreach.tracking.base import Asked
    from outreach.tracking.lines import Choice, Section
    from outreach.tracking.pairing import Series

__all__ = ["Told", "bring_in", "tell"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a ledger says.

    Args:
        placements: Of the ledger.
        imports: Of the ledger.
        sections: The report.
        unmatched: Tagged links that belong to no placement.
        aside: Of visits that were imported and are in no section: unit and name for ``--visits``.

    """

    placements: tuple[Placement, ...]
    imports: tuple[Import, ...]
    sections: tuple[Section, ...]
    unmatched: tuple[Unmatched, ...]
    aside: tuple[tuple[str, str], ...] = ()


def bring_in(
    store: Store, paths: Sequence[str], asked: Asked, *, read_as: str = "", source: str = "", again: bool = False
) -> tuple[Reading, list[Imported]]:
    """Read files and write them into the ledger, all or none.

    Raises:
        InputError: A file cannot be used, or overlaps what was imported before; nothing was written.

    """
    reading = read(paths, asked, read_as)
    return reading, keep(Results(store.database), reading, source=source, again=again)


def tell(store: Store, choice: Choice) -> Told:
    """Return what a ledger says of its placements.

    Raises:
        InputError: Several sources count the same, and none was chosen.

    """
    results = Results(store.database)
    placements, imports, rows = store.placements(), results.imports(), results.sums()
    sections = conversion(placements, imports, rows, choice)
    chosen = choice.visits or choice.conversions or choice.kind
    return Told(
        tuple(placements),
        tuple(imports),
        tuple(sections),
        tuple(unmatched(placements, imports, rows, choice.by)),
        () if chosen else tuple(_aside(series_of(imports, rows), sections)),
    )


def _aside(series: Iterable[Series], sections: Iterable[Section]) -> list[tuple[str, str]]:
    """Return the visits that no section counts, since those of another tool stand there."""
    shown = {(one.tool, one.source_name, one.unit) for section in sections for one in section.pair.imports}
    return sorted(
        {(one.unit, one.option) for one in series if one.counts_visits and one.unit in RATED and one.meter not in shown}
    )
