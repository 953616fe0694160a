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
from outreach.files.contract import Remark
from outreach.messages import message
from outreach.tracking.base import Period, Report, Row, Tags
from outreach.tracking.sums import AGAIN, by_link, cell, count, day_of, period_in, totals
from outreach.tracking.tags import decode_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.contract import Rejected
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

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
NO_GOALS: Final = Remark(message("plausible-export-without-conversions"))


class PlausibleExport:
    """Reader of the full export, which Plausible also imports."""

    name = "plausible-export"
    reads = "Plausible, full export: imported_sources_….csv or the ZIP with it"

    def identify(self, source: Source) -> bool:
        """Tell by the header."""
        return bool(_table(source))

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each table of sources."""
        tables = [source for source in sources if _table(source) == "sources"]
        for source in sources:
            if not any(table.archive == source.archive for table in tables):
                raise InputError(
                    f"{source.archive or source.label}: it lacks the table of sources, the only one with links",
                    hint="give imported_sources_….csv of the same export",
                )
        for source in tables:
            yield _report(source, options)
        yield NO_GOALS


def _header(cells: Sequence[str]) -> dict[str, int]:
    return {name.strip().lower(): place for place, name in reversed(tuple(enumerate(cells)))}


def _table(source: Source) -> str:
    """Return which table of the export a file is, empty for none."""
    places = _header(source.first_rows[0]) if source.first_rows else {}
    if places.get("date") != 0:
        return ""
    found = (name for name, columns in TABLES[:-1] if columns <= places.keys())
    name, columns = TABLES[-1]
    return next(found, name if places.keys() == {"date", *columns} else "")


def _report(source: Source, options: ImportOptions) -> Report:
    _, header = source.grids[0].rows[0]
    places = _header(header)
    lines = source.grids[0].rows[1:]
    rows = by_link(_row(source.label, line, cells, places) for line, cells in lines)
    return Report(
        tool="plausible",
        labels=(source.label,),
        rows=rows,
        unit="visit",
        period=_period(source, rows, options),
        total=totals(rows) if rows else (0, None),
    )


def _row(label: str, line: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    where = f"{label}, line {line}"
    visits = count(where, cell(cells, places["visits"]))
    if visits is None or len(cells) < len(places):
        raise InputError(f"{where}: cut off", hint=AGAIN)
    source, medium, campaign, content = (decode_tag(cell(cells, places.get(name))) for name in UTM)
    source = source or decode_tag(cell(cells, places["source"]))  # older exports have this one only
    tags = Tags(source=source, medium=medium, campaign=campaign, content=content)
    return Row(tags, day=day_of(where, cell(cells, places["date"])), denominator=visits, line=line)


def _period(source: Source, rows: Sequence[Row], options: ImportOptions) -> Period | None:
    """Return the period in the name; else the days that there are."""
    told_one = period_in(source.label, source.name)
    days = [row.day for row in rows if row.day]
    if not days:
        return told_one or options.period
    if told_one is None:
        return Period(min(days), max(days))
    for row in rows:
        if row.day and not told_one.start <= row.day <= told_one.end:
            raise InputError(
                f"{source.label}, line {row.line}: a day outside the period in the file's name",
                hint="give the file its original name from Plausible",
            )
    return told_one
