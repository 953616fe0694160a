"""Plausible's full export: ``imported_sources_20260501_20260531.csv``, alone or in the ZIP with its other tables.

One row a day for each combination of source, referrer and tags. Counted are **visits**: a visit has one source, so the
visits of all rows add up to the visits of the site, whereas one visitor who came by two links is a visitor in two rows
(and, as Plausible forgets everybody at midnight, another visitor on every day).

The other tables hold no links. Goals are in ``imported_custom_events`` without the link that led to them, so that this
export has denominators only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.tracking.base import Period, Remark, Report, Row, Tags
from outreach.tracking.sums import AGAIN, by_link, cell, count, day_of, period_in, totals
from outreach.tracking.tags import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.tracking.base import Asked, Rejected
    from outreach.tracking.exports import Export

__all__ = ["PlausibleExport"]

TABLES: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("sources", frozenset({"source", "visitors", "visits", "bounces"})),
    ("browsers", frozenset({"browser", "visitors", "bounces"})),
    ("devices", frozenset({"device", "visitors", "bounces"})),
    ("operating systems", frozenset({"operating_system", "visitors", "bounces"})),
    ("locations", frozenset({"country", "region", "city", "visitors", "bounces"})),
    ("entry pages", frozenset({"entry_page", "visitors", "entrances"})),
    ("exit pages", frozenset({"exit_page", "visitors", "exits"})),
    ("pages", frozenset({"hostname", "page", "visitors", "pageviews"})),
    ("events", frozenset({"link_url", "path", "visitors", "events"})),
    ("properties", frozenset({"property", "value", "visitors", "events"})),
    ("visitors", frozenset({"visitors", "pageviews", "bounces", "visits", "visit_duration"})),
)
"""What is in the archive, with the columns that tell it; all have a ``date`` first."""

UTM: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_content")
NO_GOALS: Final = Remark(
    "Plausible's full export does not tell which link a conversion came by: filter the dashboard by your goal and "
    'export that too ("Export stats"), or give the file of your sign-ups'
)


class PlausibleExport:
    """Reader of the full export, which Plausible also imports."""

    name = "plausible-export"
    reads = "Plausible, full export: imported_sources_….csv or the ZIP with it"

    def identify(self, export: Export) -> bool:
        """Tell by the header."""
        return bool(_table(export))

    def read(self, exports: Sequence[Export], asked: Asked) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each table of sources."""
        sources = [export for export in exports if _table(export) == "sources"]
        for export in exports:
            if not any(source.archive == export.archive for source in sources):
                raise InputError(
                    f"{export.archive or export.label}: no table of sources in it, and only that one knows links",
                    hint="give imported_sources_….csv of the same export",
                )
        for export in sources:
            yield _report(export, asked)
        yield NO_GOALS


def _header(cells: Sequence[str]) -> dict[str, int]:
    return {name.strip().lower(): place for place, name in reversed(tuple(enumerate(cells)))}


def _table(export: Export) -> str:
    """Return which table of the export a file is, empty for none."""
    places = _header(export.first_rows[0]) if export.first_rows else {}
    if places.get("date") != 0:
        return ""
    found = (name for name, columns in TABLES[:-1] if columns <= places.keys())
    name, columns = TABLES[-1]
    return next(found, name if places.keys() == {"date", *columns} else "")


def _report(export: Export, asked: Asked) -> Report:
    _, header = export.grids[0].rows[0]
    places = _header(header)
    lines = export.grids[0].rows[1:]
    rows = by_link(_row(export.label, line, cells, places) for line, cells in lines)
    return Report(
        tool="plausible",
        labels=(export.label,),
        rows=rows,
        unit="visit",
        period=_period(export, rows, asked),
        total=totals(rows) if rows else (0, None),
    )


def _row(label: str, line: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    where = f"{label}, line {line}"
    visits = count(where, cell(cells, places["visits"]))
    if visits is None or len(cells) < len(places):
        raise InputError(f"{where}: cut off", hint=AGAIN)
    source, medium, campaign, content = (told(cell(cells, places.get(name))) for name in UTM)
    source = source or told(cell(cells, places["source"]))  # older exports have this one only
    tags = Tags(source=source, medium=medium, campaign=campaign, content=content)
    return Row(tags, day=day_of(where, cell(cells, places["date"])), denominator=visits, line=line)


def _period(export: Export, rows: Sequence[Row], asked: Asked) -> Period | None:
    """Return the period in the name; else the days that there are."""
    told_one = period_in(export.label, export.name)
    days = [row.day for row in rows if row.day]
    if not days:
        return told_one or asked.period
    if told_one is None:
        return Period(min(days), max(days))
    for row in rows:
        if row.day and not told_one.start <= row.day <= told_one.end:
            raise InputError(
                f"{export.label}, line {row.line}: a day outside the period in the file's name",
                hint="give the file the name that Plausible gave it",
            )
    return told_one
