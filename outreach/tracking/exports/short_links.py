"""Clicks on short links, from Bitly, Dub, Shlink, YOURLS and Kutt: CSV or JSON.

A click is no visit: previews and impatient people click without a page being seen, so clicks have a unit of their own.
Clicks of bots and scans of QR codes are left out where the file tells them apart, and how many is said. Many of these
files are of one link only; those of one service are one report, so that one does not replace the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.messages import message
from outreach.tracking.base import Period, Report, Row, about
from outreach.tracking.exports.short_link_files import clicks_in, rows_named, shape_of
from outreach.tracking.sums import by_link, totals
from outreach.tracking.tags import tags_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from outreach.files.contract import Rejected, Remark
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions, Tags
    from outreach.tracking.exports.short_link_files import Clicks

__all__ = ["ShortLinks"]

ANY: Final = "any day"
WITH_BOTS: Final = message("bots-counted")


class ShortLinks:
    """Reader of what shorteners tell of their links."""

    name = "short-links"
    reads = "Bitly, Dub, Shlink, YOURLS, Kutt: clicks on short links as CSV or JSON"

    def identify(self, source: Source) -> bool:
        """Tell by the keys or the header."""
        return bool(shape_of(source))

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each service: one of its days, and one of what has no days."""
        found: dict[tuple[str, bool], Batch] = {}
        seen: dict[tuple[str, date | str | None], str] = {}
        for source in _of_links(sources):
            clicks = list(clicks_in(source))
            _refuse_twice(source.label, clicks, seen)
            if not clicks:
                yield about(source.label, "no-clicks")
                continue
            key = clicks[0].service, clicks[0].day is not None
            found.setdefault(key, Batch()).add(source, clicks)
        for (service, _), batch in sorted(found.items()):
            yield _report(service, batch, options)
            yield from _left_out(service, batch.clicks)


@dataclass(slots=True)
class Batch:
    """What becomes one report: the clicks of one service, by day or without days."""

    clicks: list[Clicks] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    rows_named: int = 0

    def add(self, source: Source, clicks: Sequence[Clicks]) -> None:
        self.clicks.extend(clicks)
        self.labels.append(source.label)
        self.rows_named = max(self.rows_named, rows_named(source) or 0)


def _of_links(sources: Sequence[Source]) -> list[Source]:
    """Return the files that tell links; in Dub's archive the table of links has all clicks already.

    Raises:
        InputError: None of them does.

    """
    shapes = [(source, shape_of(source)) for source in sources]
    listed = {source.archive for source, shape in shapes if source.archive and shape == "links"}
    found = [
        source
        for source, shape in shapes
        if shape != "dub other" and not (shape == "dub days" and source.archive in listed)
    ]
    if not found:
        raise InputError(f"{sources[0].label}: it has only sums over all links", hint="export top_links")
    return found


def _refuse_twice(label: str, clicks: Sequence[Clicks], seen: dict[tuple[str, date | str | None], str]) -> None:
    """Refuse a link that another file has counted for the same day, or for all days: added it would count twice."""
    for one in clicks:
        keys = [(one.short_url, one.day), (one.short_url, None if one.day else ANY)]
        other = next((seen[key] for key in keys if seen.get(key, label) != label), "")
        if other:
            raise InputError(
                f"{one.where}: this link is in {other} too", hint="give only one of the two files, with all clicks"
            )
    for one in clicks:
        seen[one.short_url, one.day] = seen[one.short_url, ANY] = label


def _report(service: str, batch: Batch, options: ImportOptions) -> Report:
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
        period=Period(min(days), max(days)) if days else options.period,
        timezone=zones.pop() if len(zones) == 1 else "",
        flags=tuple(_flags(service, batch)),
        total=totals(rows),
    )


def _tags(one: Clicks) -> Tags:
    return tags_in(one.long_url)._replace(short_url=one.short_url)


def _flags(service: str, batch: Batch) -> Iterator[Message]:
    if service == "shlink" and any(one.bots is None for one in batch.clicks):
        yield WITH_BOTS
    if batch.rows_named > len(batch.clicks):
        yield message("rows-missing", rows=len(batch.clicks), all=batch.rows_named)


def _left_out(service: str, clicks: Sequence[Clicks]) -> Iterator[Remark]:
    """Yield how many clicks were left out, and why."""
    if bots := sum(one.bots or 0 for one in clicks):
        yield about(service, "bots-left-out", clicks=bots)
    if scans := sum(one.scans or 0 for one in clicks):
        yield about(service, "scans-left-out", scans=scans)
