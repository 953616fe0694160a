"""Access logs of web servers: the only count that is in the marketer's own hands from the click to the goal."""

from __future__ import annotations

from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark, reason
from outreach.messages import message
from outreach.tracking.base import Period, Report, about
from outreach.tracking.logs import bots, visits
from outreach.tracking.logs.clients import refuse_one_for_all
from outreach.tracking.logs.lines import beginning
from outreach.tracking.logs.requests import FEW, Log, create, format_of, load, offsets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions

__all__ = ["AccessLog"]

WHY: Final = MappingProxyType(
    {
        "asset": "requests-asset",
        "error": "requests-error",
        "method": "requests-method",
        "HEAD": "requests-head",
        bots.CRAWLER: "requests-crawler",
        bots.PREVIEW: "requests-preview",
        bots.NOBODY: "requests-no-agent",
        "excluded": "requests-excluded",
    }
)


class AccessLog:
    """Reads logs in the forms that servers write by default; all files of one call make one report.

    A page is requested with GET and answered with 2xx or 3xx. A visit is (visitor, day, tags), whatever else was
    requested; the day is that of the log's own clock.
    """

    name: Final = "access-log"
    reads: Final = (
        "access logs: Common, Combined, with the site in front, W3C (IIS, CloudFront), JSON of nginx and Caddy, "
        "Nginx Proxy Manager, Bunny CDN, S3, Elastic Load Balancing"
    )

    def identify(self, source: Source) -> bool:
        """Tell whether most of the first lines are requests."""
        return format_of(beginning(source)) is not None

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield what was left out and why, and one report of all files."""
        create(options.engine)
        try:
            logs = tuple(load(source, options.engine, options.goal_path) for source in sources)
            yield from _rejected(logs)
            yield from self._counted(logs, options)
        finally:
            visits.drop(options.engine)

    def _counted(self, logs: Sequence[Log], options: ImportOptions) -> Iterator[Report | Remark]:
        engine, goal = options.engine, bool(options.goal_path)
        days = visits.days(engine)
        if days is None:
            raise InputError(f"{logs[0].label}: no requests in it", hint="give a log of the days since publishing")
        tags = visits.prepare(engine, options.exclude, goal=goal)
        rows = visits.rows(engine, tags, goal=goal)
        yield from _left_out(logs, visits.left_out(engine))
        if requests := visits.mended(engine):
            yield about(logs[0].label, "links-mended", links=requests)
        reached = sum(row.numerator or 0 for row in rows)
        sites, zones = visits.sites(engine), offsets(engine)
        yield Report(
            tool=self.name,
            labels=tuple(log.label for log in logs),
            rows=rows,
            unit="visit",
            kind="conversion" if goal else "",
            goal=options.goal_path,
            source_name=sites[0] if len(sites) == 1 else "",
            period=Period(*days),
            timezone=zones[0] if zones else "",
            flags=(*_flags(logs, zones, sites), *_proxy(options, logs[0].label)),
            total=(sum(row.denominator or 0 for row in rows), reached if goal else None),
        )


def _left_out(logs: Sequence[Log], left: Sequence[visits.Left]) -> Iterator[Remark]:
    """Yield one remark on the requests that do not count, the most frequent reason first."""
    if left:
        most = sorted(left, key=lambda one: (-one.requests, one.why))
        reasons = tuple(message(WHY[one.why], requests=one.requests) for one in most)
        first = logs[0].label
        files = message("and-more", first=first, more=len(logs) - 1) if len(logs) > 1 else first
        left_out = message("in-file", file=files, what=message("requests-left-out", reasons=reasons))
        yield Remark(left_out, usual=True)


def _rejected(logs: Sequence[Log]) -> Iterator[Rejected | Remark]:
    """Yield the first lines that could not be read, and how many there are in each log."""
    found = (Rejected(log.label, line, reason(log.format.reason)) for log in logs for line in log.lines)
    yield from islice(found, FEW)
    for log in logs:
        if log.unreadable:
            yield about(log.label, "lines-no-request", lines=log.unreadable, all=log.unreadable + log.requests)


def _flags(logs: Sequence[Log], zones: Sequence[str], sites: Sequence[str]) -> Iterator[Message]:
    if len(zones) > 1:
        yield message("several-offsets", offsets=tuple(sorted(zones)))
    if not zones:
        yield message("zone-unknown")
    if len(sites) > 1:
        yield message("several-sites", sites=len(sites))
    if not all(log.format.agents for log in logs):
        yield message("no-user-agents")
    if not all(log.format.methods for log in logs):
        yield message("no-methods")


def _proxy(options: ImportOptions, label: str) -> Iterator[Message]:
    if refuse_one_for_all(options.engine, label):
        yield message("a-proxy")
