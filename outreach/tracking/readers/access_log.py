"""Access logs of web servers: the only count that is in the marketer's own hands from the click to the goal."""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.tracking.base import Period, Rejected, Remark, Report
from outreach.tracking.logs import bots, visits
from outreach.tracking.logs.lines import beginning
from outreach.tracking.logs.requests import FEW, Log, create, format_of, load, offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.tracking.base import Asked
    from outreach.tracking.exports import Export

__all__ = ["AccessLog"]

WHY: Final = MappingProxyType(
    {
        "asset": "for parts of pages (pictures, styles, scripts)",
        "error": "answered with an error (not 2xx or 3xx)",
        "method": "with other methods than GET",
        "HEAD": "with HEAD (nobody reads the page)",
        bots.CRAWLER: "of crawlers and programs",
        bots.PREVIEW: "for the preview of a link",
        bots.NOBODY: "without a user agent",
        "excluded": "from excluded addresses",
    }
)


class AccessLog:
    """Reads logs in the forms that servers write by default; all files of one call make one report.

    A page is requested with GET and answered with 2xx or 3xx. A visit is (visitor, day, tags), whatever else was
    requested; the day is that of the log's own clock.
    """

    name: Final = "access-log"
    reads: Final = "access logs: Common, Combined, with the site before, W3C (IIS, CloudFront), JSON of nginx and Caddy"

    def identify(self, export: Export) -> bool:
        """Tell whether most of the first lines are requests."""
        return format_of(beginning(export)) is not None

    def read(self, exports: Sequence[Export], asked: Asked) -> Iterator[Report | Rejected | Remark]:
        """Yield what was left out and why, and one report of all files."""
        create(asked.engine)
        try:
            logs = tuple(load(export, asked.engine, asked.goal_path) for export in exports)
            yield from _rejected(logs)
            yield from self._counted(logs, asked)
        finally:
            visits.drop(asked.engine)

    def _counted(self, logs: Sequence[Log], asked: Asked) -> Iterator[Report | Remark]:
        engine, goal = asked.engine, bool(asked.goal_path)
        days = visits.days(engine)
        if days is None:
            raise InputError(f"{logs[0].label}: no requests in it", hint="give a log of the days since publishing")
        tags = visits.prepare(engine, asked.exclude, goal=goal)
        rows = visits.rows(engine, tags, goal=goal)
        yield from _left_out(logs, visits.left_out(engine))
        reached = sum(row.numerator or 0 for row in rows)
        sites, zones = visits.sites(engine), offsets(engine)
        yield Report(
            tool=self.name,
            labels=tuple(log.label for log in logs),
            rows=rows,
            unit="visit",
            kind="conversion" if goal else "",
            goal=asked.goal_path,
            source_name=sites[0] if len(sites) == 1 else "",
            period=Period(*days),
            timezone=zones[0] if zones else "",
            flags=(*_flags(logs, zones, sites), *_proxy(asked)),
            total=(sum(row.denominator or 0 for row in rows), reached if goal else None),
        )


def _left_out(logs: Sequence[Log], left: Sequence[visits.Left]) -> Iterator[Remark]:
    """Say in one line which requests do not count, the most frequent reason first."""
    if left:
        most = sorted(left, key=lambda one: (-one.requests, one.why))
        reasons = ", ".join(f"{one.requests:,} {WHY[one.why]}" for one in most)
        more = f" and {len(logs) - 1} more" if len(logs) > 1 else ""
        yield Remark(f"{logs[0].label}{more}: left out are requests that are no visits: {reasons}", usual=True)


def _rejected(logs: Sequence[Log]) -> Iterator[Rejected | Remark]:
    """Yield the first lines that could not be read, and how many there are in each log."""
    found = (Rejected(log.label, line, log.format.reason) for log in logs for line in log.lines)
    yield from islice(found, FEW)
    for log in logs:
        if log.unreadable:
            lines = f"{log.unreadable:,} {'line is' if log.unreadable == 1 else 'lines are'}"
            yield Remark(f"{log.label}: {lines} no request, of {log.unreadable + log.requests:,}")


def _flags(logs: Sequence[Log], zones: Sequence[str], sites: Sequence[str]) -> Iterator[str]:
    if len(zones) > 1:
        yield f"more than one offset from UTC: {', '.join(sorted(zones))}"
    if not zones:
        yield "the log does not tell its zone"
    if len(sites) > 1:
        yield f"{len(sites)} sites in one log"
    if not all(log.format.agents for log in logs):
        yield "no user agents in the log: crawlers count as people"
    if not all(log.format.methods for log in logs):
        yield "no methods in the log: HEAD counts like GET"


def _proxy(asked: Asked) -> Iterator[str]:
    if visits.behind_proxy(asked.engine):
        yield "most visits come from one address, a proxy's: people with the same browser are one visitor a day"
