"""What Umami's interface answers on tags: ``/api/reports/utm`` (page views) and ``/api/reports/attribution``.

Each tag is a list of its own there, of one and the same traffic: the one that tells most of the link counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.messages import message
from outreach.tracking.base import Report, Row, Tags
from outreach.tracking.sums import AGAIN, by_link, count, totals
from outreach.tracking.tags import decode_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

__all__ = ["UmamiReport"]

PARTS: Final = ("content", "campaign", "source")
"""Of these the first that is filled: https://umami.is/docs/api/reports."""
MOST: Final = (50, 20)
"""So many rows each list has at most: of page views, of conversions."""


class UmamiReport:
    """Reader of Umami's reports on tags."""

    name = "umami-report"
    reads = "Umami: answers of /api/reports/utm and /api/reports/attribution"

    def identify(self, source: Source) -> bool:
        """Tell by the lists of tags, and by what stands in them."""
        keys = source.json_keys
        return {"utm_source", "utm_campaign", "utm_content"} <= keys and bool(
            {"utm", "views"} <= keys or {"name", "value", "referrer"} <= keys
        )

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report a file: page views, or conversions without anything to divide them by."""
        for source in sources:
            yield _report(source, options)


def _report(source: Source, options: ImportOptions) -> Report:
    found: Any = source.json
    lists = {part: found.get(f"utm_{part}") or [] for part in PARTS} if isinstance(found, dict) else {}
    part, rows = next(((part, some) for part, some in lists.items() if some), ("", []))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{source.label}: it has no lists of tags", hint=AGAIN)
    views = not any("value" in row for row in rows)
    name, number = ("utm", "views") if views else ("name", "value")
    made = []
    for line, row in enumerate(rows, 1):
        counted = count(f"{source.label}, row {line}", str(row.get(number, "")))
        if counted is None:
            raise InputError(f"{source.label}, row {line}: no count", hint=AGAIN)
        link: dict[str, Any] = {part: decode_tag(str(row.get(name) or ""))}
        both = (counted, None) if views else (None, counted)
        made.append(Row(Tags(**link), denominator=both[0], numerator=both[1], line=line))
    full = len(made) >= MOST[not views]
    return Report(
        tool="umami",
        labels=(source.label,),
        rows=by_link(made),
        unit="pageview" if views else "",
        kind="" if views else "conversion",
        goal="" if views else options.goal,
        period=options.period,
        flags=(message("maybe-cut-off", rows=len(made)),) if full else (),
        total=totals(made),
    )
