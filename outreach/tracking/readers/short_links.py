"""Clicks on short links, from Bitly, Dub and Shlink: CSV or JSON.

A click is no visit: previews and impatient people click without a page being seen, so clicks have a unit of their own.
Clicks of bots and scans of QR codes are left out where the file tells them apart, and how many is said. Many of these
files are of one link only; those of one service are one report, so that one does not replace the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.tracking.base import Period, Remark, Report, Row
from outreach.tracking.readers.short_link_files import clicks_in, rows_told, shape_of
from outreach.tracking.sums import by_link, totals
from outreach.tracking.tags import tags_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from outreach.tracking.base import Asked, Rejected, Tags
    from outreach.tracking.exports import Export
    from outreach.tracking.readers.short_link_files import Clicks

__all__ = ["ShortLinks"]

ANY: Final = "any day"
WITH_BOTS: Final = "clicks of bots are counted too: the file does not tell them apart"


class ShortLinks:
    """Reader of what shorteners tell of their links."""

    name = "short-links"
    reads = "Bitly, Dub, Shlink: clicks on short links as CSV or JSON"

    def identify(self, export: Export) -> bool:
        """Tell by the keys or the header."""
        return bool(shape_of(export))

    def read(self, exports: Sequence[Export], asked: Asked) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each service: one of its days, and one of what has no days."""
        found: dict[tuple[str, bool], Batch] = {}
        seen: dict[tuple[str, date | str | None], str] = {}
        for export in _of_links(exports):
            clicks = list(clicks_in(export))
            _refuse_twice(export.label, clicks, seen)
            if not clicks:
                yield Remark(f"{export.label}: no clicks in it")
                continue
            key = clicks[0].service, clicks[0].day is not None
            found.setdefault(key, Batch()).add(export, clicks)
        for (service, _), batch in sorted(found.items()):
            yield _report(service, batch, asked)
            yield from _left_out(service, batch.clicks)


@dataclass(slots=True)
class Batch:
    """What becomes one report: the clicks of one service, by day or without days."""

    clicks: list[Clicks] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    rows_told: int = 0

    def add(self, export: Export, clicks: Sequence[Clicks]) -> None:
        self.clicks.extend(clicks)
        self.labels.append(export.label)
        self.rows_told = max(self.rows_told, rows_told(export) or 0)


def _of_links(exports: Sequence[Export]) -> list[Export]:
    """Return the files that tell links; in Dub's archive the table of links has all clicks already.

    Raises:
        InputError: None of them does.

    """
    shapes = [(export, shape_of(export)) for export in exports]
    listed = {export.archive for export, shape in shapes if export.archive and shape in {"table", "dub links"}}
    found = [
        export
        for export, shape in shapes
        if shape != "dub other" and not (shape == "dub days" and export.archive in listed)
    ]
    if not found:
        raise InputError(f"{exports[0].label}: no links in it, only sums over all of them", hint="export top_links")
    return found


def _refuse_twice(label: str, clicks: Sequence[Clicks], seen: dict[tuple[str, date | str | None], str]) -> None:
    """Refuse a link that another file has counted for the same day, or for all days: added it would count twice."""
    for one in clicks:
        keys = [(one.short_url, one.day), (one.short_url, None if one.day else ANY)]
        other = next((seen[key] for key in keys if seen.get(key, label) != label), "")
        if other:
            raise InputError(
                f"{one.where}: this link is in {other} too", hint="give one of the two files, with all clicks in it"
            )
    for one in clicks:
        seen[one.short_url, one.day] = seen[one.short_url, ANY] = label


def _report(service: str, batch: Batch, asked: Asked) -> Report:
    rows = by_link(Row(_tags(one), one.day, one.people, line=one.line) for one in batch.clicks)
    days = [row.day for row in rows if row.day]
    hosts = {one.short_url.split("/")[2] for one in batch.clicks}
    zones = {one.zone for one in batch.clicks}
    return Report(
        tool=service,
        labels=tuple(batch.labels),
        rows=rows,
        unit="click",
        source_name=hosts.pop() if len(hosts) == 1 else "",
        period=Period(min(days), max(days)) if days else asked.period,
        timezone=zones.pop() if len(zones) == 1 else "",
        flags=tuple(_flags(service, batch)),
        total=totals(rows),
    )


def _tags(one: Clicks) -> Tags:
    return replace(tags_in(one.long_url), short_url=one.short_url)


def _flags(service: str, batch: Batch) -> Iterator[str]:
    if service == "shlink" and any(one.bots is None for one in batch.clicks):
        yield WITH_BOTS
    if batch.rows_told > len(batch.clicks):
        yield f"only {len(batch.clicks)} of its {batch.rows_told} rows"


def _left_out(service: str, clicks: Sequence[Clicks]) -> Iterator[Remark]:
    """Yield how many clicks were left out, and why."""
    if bots := sum(one.bots or 0 for one in clicks):
        yield Remark(f"{service}: clicks of bots left out: {bots}")
    if scans := sum(one.scans or 0 for one in clicks):
        yield Remark(f"{service}: scans of QR codes left out: {scans}")
