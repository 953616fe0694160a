"""From files and a ledger to the report: what the command and its twin both call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outreach.store.results import Results
from outreach.store.secret import SECRET_VARIABLE, stored_inside
from outreach.tracking.attribution import Attribution
from outreach.tracking.base import about
from outreach.tracking.conversion import BESIDE, conversion
from outreach.tracking.grouping import Grouping
from outreach.tracking.importing import Imported, Reading, keep, read
from outreach.tracking.unmatched import Unmatched, unmatched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.contract import Remark
    from outreach.store import Placement
    from outreach.store.imports import Import, Result
    from outreach.store.ledger import Store
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.lines import Choice, Section

__all__ = ["ConversionReport", "import_files", "report"]


@dataclass(frozen=True, slots=True)
class ConversionReport:
    """What a ledger says of its placements.

    Args:
        placements: Of the ledger.
        imports: Of the ledger.
        sections: The report.
        unmatched: Tagged links that belong to no placement.
        not_shown: Of each source whose visits are not in the report, as another's are, the first import.

    """

    placements: tuple[Placement, ...]
    imports: tuple[Import, ...]
    sections: tuple[Section, ...]
    unmatched: tuple[Unmatched, ...]
    not_shown: tuple[Import, ...]


def import_files(
    store: Store,
    paths: Sequence[str],
    options: ImportOptions,
    *,
    read_as: str = "",
    source: str = "",
    again: bool = False,
) -> tuple[Reading, list[Imported]]:
    """Read files and write them into the ledger, all or none.

    Raises:
        InputError: A file cannot be used, or overlaps what was imported before; nothing was written.

    """
    reading = read(paths, options, read_as)
    imported = keep(Results(store.database), reading, source=source, again=again)
    hashed = any(row.id for report, _ in reading.reports for row in report.rows)
    if hashed and stored_inside(store.database):
        reading = replace(reading, remarks=(*reading.remarks, _inside(store)))
    return reading, imported


def _inside(store: Store) -> Remark:
    return about(store.label, "secret-inside", variable=SECRET_VARIABLE)


def report(store: Store, choice: Choice) -> ConversionReport:
    """Return what a ledger says of its placements.

    Raises:
        InputError: Several sources count the same, and none was chosen.

    """
    imports, rows = Results(store.database).imports_and_sums()
    placements = store.placements()
    grouping = Grouping(Attribution(placements), choice.by)
    sections = conversion(placements, imports, rows, choice, grouping)
    return ConversionReport(
        tuple(placements),
        tuple(imports),
        tuple(sections),
        tuple(unmatched(placements, imports, rows, choice.by, grouping)),
        tuple(_not_shown(imports, rows, sections)),
    )


def _not_shown(imports: Sequence[Import], rows: Sequence[Result], sections: Sequence[Section]) -> Iterator[Import]:
    seen = {(one.tool, one.source_name, one.unit) for section in sections for one in section.pair.imports}
    measured = {row.import_id for row in rows if row.denominator is not None}
    for one in imports:
        meter = (one.tool, one.source_name, one.unit)
        if one.id in measured and one.unit not in BESIDE and meter not in seen:
            seen.add(meter)
            yield one
