"""From files and a ledger to the report: what the command and its twin both call."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from outreach.campaign.ledger.answers import keep_kinds, keep_paid_stages, kept_currency, paid_codes
from outreach.campaign.ledger.placement import in_currency
from outreach.campaign.ledger.results import Results
from outreach.campaign.ledger.secret import SECRET_VARIABLE, stored_inside
from outreach.campaign.ledger.ties import keep_ties, ties_of
from outreach.collector import paused
from outreach.tracking.attribution import Attribution
from outreach.tracking.base import STEP, about
from outreach.tracking.conversion import BESIDE, conversion
from outreach.tracking.event_rows import has_ids
from outreach.tracking.grouping import Grouping
from outreach.tracking.importing import Imported, Reading, keep, read
from outreach.tracking.month import costs_of, cut, posts_of
from outreach.tracking.steps import counted_steps, enquiries_only
from outreach.tracking.texts import compare_texts
from outreach.tracking.ties import ties_in_file
from outreach.tracking.unmatched import Unmatched, unmatched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.campaign.ledger import Placement
    from outreach.campaign.ledger.imports import Import, Result
    from outreach.campaign.ledger.ledger import Ledger
    from outreach.campaign.ledger.ties import Tie
    from outreach.files.contract import Remark
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.lines import Choice, Section

__all__ = ["ConversionReport", "Early", "Kept", "import_files", "kept_in", "report", "report_of"]


@dataclass(frozen=True, slots=True)
class Early:
    """Conversions of a place that are older than its first post.

    Args:
        name: What the place is called.
        count: How many conversions.
        first: Day of the first of them.
        published: Day of the post.

    """

    name: str
    count: int
    first: str
    published: str


@dataclass(frozen=True, slots=True)
class ConversionReport:
    """What a ledger says of its placements.

    Args:
        placements: Of the ledger.
        imports: Of the ledger.
        sections: The report.
        unmatched: Tagged links that belong to no placement.
        not_shown: Of each source whose visits are not in the report, as another's are, the first import.
        early: Conversions that are older than the post that they are counted for.
        uncut: Imports that are left out, as nothing tells what of them belongs to the days that were asked for.

    """

    placements: tuple[Placement, ...]
    imports: tuple[Import, ...]
    sections: tuple[Section, ...]
    unmatched: tuple[Unmatched, ...]
    not_shown: tuple[Import, ...]
    early: tuple[Early, ...] = ()
    uncut: tuple[Import, ...] = ()


def import_files(
    ledger: Ledger,
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
    ties, unclear = ties_in_file(Attribution(ledger.placements()), reading.tyings) if reading.tyings else ((), ())
    reading = replace(reading, rejected=(*reading.rejected, *unclear))
    imported = keep(Results(ledger.database), reading, source=source, again=again)
    keep_paid_stages(ledger.database, options.paid, options.hidden)
    said = {report.form: report.kind for report, _ in reading.reports if report.form}
    keep_kinds(ledger.database, {form: kind for form, kind in said.items() if options.kind or kind == STEP})
    keep_ties(ledger.database, ties)
    hashed = any(has_ids(report.rows) for report, _ in reading.reports)
    if hashed and stored_inside(ledger.database):
        reading = replace(reading, remarks=(*reading.remarks, _inside(ledger)))
    with ledger.database.reading() as connection:
        answers = paid_codes(connection)
    return reading, [replace(one, answers=answers) for one in imported]


def _inside(ledger: Ledger) -> Remark:
    return about(ledger.label, "secret-inside", variable=SECRET_VARIABLE)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a ledger has, read once for as many reports as are wanted of it.

    Args:
        placements: With the currency that sums without one are in.
        imports: What was imported.
        rows: Of these imports, added up by link and day.
        ties: Tags and answers that a person tied to places.

    """

    placements: Sequence[Placement]
    imports: Sequence[Import]
    rows: Sequence[Result]
    ties: Sequence[Tie]


@paused()
def kept_in(ledger: Ledger, currency: str = "") -> Kept:
    """Read what a ledger has.

    Args:
        ledger: What is read.
        currency: Of sums that name none; empty for the one that the ledger keeps.

    """
    imports, rows = counted_steps(*Results(ledger.database).imports_and_sums())
    currency = currency or kept_currency(ledger.database)
    if currency:
        rows = [row._replace(currency=currency) if _bare(row) else row for row in rows]
    return Kept(in_currency(ledger.placements(), currency), imports, rows, ties_of(ledger.database))


def report(ledger: Ledger, choice: Choice) -> ConversionReport:
    """Return what a ledger says of its placements.

    Raises:
        InputError: Several sources count the same, and none was chosen.

    """
    return report_of(kept_in(ledger, choice.currency), choice)


@paused()
def report_of(kept: Kept, choice: Choice) -> ConversionReport:
    """Return what was read says of its placements.

    Args:
        kept: What the ledger has.
        choice: What to report; its currency was asked for when the ledger was read.

    Raises:
        InputError: Several sources count the same, and none was chosen.

    """
    imports, rows, placements = kept.imports, kept.rows, kept.placements
    uncut: tuple[Import, ...] = ()
    if choice.days:
        of_days = cut(imports, rows, choice.days)
        imports, uncut = of_days.imports, of_days.uncut
        rows = costs_of(of_days.rows, Attribution(placements, kept.ties), choice.days)
        placements = posts_of(placements, choice.days)
    grouping = Grouping(Attribution(placements, kept.ties), choice.by)
    sections = conversion(grouping, imports, rows, choice)
    if choice.by == "variant":
        sections = [compare_texts(grouping, section) for section in sections]
    return ConversionReport(
        grouping.placements,
        tuple(imports),
        tuple(sections),
        tuple(unmatched(grouping, *enquiries_only(imports, rows))),
        tuple(_not_shown(imports, rows, sections)),
        tuple(_early(grouping, rows)),
        uncut,
    )


def _bare(row: Result) -> bool:
    """Whether a row has a sum that names no currency."""
    return not row.currency and (row.revenue is not None or row.cost is not None)


def _early(grouping: Grouping, rows: Sequence[Result]) -> Iterator[Early]:
    """Yield the places with conversions before their first post: a wrong tag, or a wrong date."""
    published: dict[str, str] = {}
    for one in grouping.placements:
        if one.published_at:
            label, day = grouping.of(one), one.published_at[:10]
            published[label] = min(day, published.get(label, day))
    if grouping.by != "resource" or not published:
        return
    found: dict[str, list[tuple[str, int]]] = {}
    for row in rows:
        place = grouping.place(row) if row.numerator and row.day else None
        if place is not None and (row.day or "")[:10] < published.get(place, ""):
            found.setdefault(place, []).append(((row.day or "")[:10], row.numerator or 0))
    for place, some in sorted(found.items()):
        name, count = grouping.name(place) or place, sum(count for _, count in some)
        yield Early(name, count, min(day for day, _ in some), published[place])


def _not_shown(imports: Sequence[Import], rows: Sequence[Result], sections: Sequence[Section]) -> Iterator[Import]:
    seen = {(one.tool, one.source_name, one.unit) for section in sections for one in section.pair.imports}
    measured = {row.import_id for row in rows if row.denominator is not None}
    for one in imports:
        meter = (one.tool, one.source_name, one.unit)
        if one.id in measured and one.unit not in BESIDE and meter not in seen:
            seen.add(meter)
            yield one
