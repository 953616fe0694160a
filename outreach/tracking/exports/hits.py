"""Tables of which every row is a page view, a click or a scan: GoatCounter, Umami, PostHog, GA4's events, QR codes.

Which headers mean what is declared in ``words/tools.toml``; here is how such rows are counted. A visit that has a name
counts once, with its first tags, on its first day; where only the first view of each is marked, that one counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.cells import Unreadable, whole
from outreach.files.contract import Rejected
from outreach.files.dates import day, day_first
from outreach.files.grid import HEADER_WITHIN
from outreach.tracking.base import Period, Report, Row, Tags, about
from outreach.tracking.exports.declared import columns_of, first_of, folded, rows_below
from outreach.tracking.exports.flat import grids_of, headers_of, is_json
from outreach.tracking.exports.summary import goal_named
from outreach.tracking.sums import by_link, cell, totals
from outreach.tracking.tags import decode_tag, tags_in
from outreach.words.cells import is_total
from outreach.words.fold import fold_header
from outreach.words.vocabulary import keys_of, text_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from outreach.files.contract import Remark
    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

__all__ = ["Hits"]

FORMS: Final = ("goatcounter", "umami", "simple_analytics", "posthog", "bigquery", "clicks")
PARTS: Final = ("source", "medium", "campaign", "content")
CAMPAIGN: Final = "c"  # GoatCounter's word for a referrer that was a parameter


@dataclass(frozen=True, slots=True)
class _Hit:
    """One row: where it stands, of which visit, its day and its tags, the event that it tells, how many it is."""

    line: int
    visit: str
    day: date | None
    tags: Tags
    event: str
    first: bool
    number: int = 1


class Hits:
    """Reader of tables of page views, clicks and scans."""

    name = "hits"
    reads = "page views or clicks, one a row: GoatCounter, Umami, Simple Analytics, PostHog, GA4 in BigQuery, QR codes"

    def identify(self, source: Source) -> bool:
        """Tell by the headers that are declared, in JSON by its names."""
        forms = {_form_of(cells) for cells in headers_of(source)[:HEADER_WITHIN]} - {""}
        return bool(forms - {"clicks"} if is_json(source) else forms)

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report a file."""
        for source in sources:
            yield from _file(source, options)


def _form_of(headers: Sequence[str]) -> str:
    """Return the declared table that a header line is of, empty for none."""
    names = folded(headers)
    form = first_of("hits", FORMS, names)
    return "" if form == "clicks" and not _tells_clicks(names) else form


def _tells_clicks(names: frozenset[str]) -> bool:
    """Tell a table of clicks of no certain tool: it has days, and something that tells the link."""
    told = [names & words_of(f"hits.clicks.{role}") for role in ("date", *PARTS, "url", "short_url")]
    return bool(told[0]) and any(told[1:])


def _file(source: Source, options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
    form, columns, rows = _table(source)
    first = day_first({text for _, cells in rows if (text := cell(cells, columns.get("date"))) and text[4:5] != "-"})
    nothing = words_of(f"hits.{form}.no_goal") if "no_goal" in keys_of(f"hits.{form}") else frozenset({"pageview"})
    hits: list[_Hit] = []
    robots = 0
    for line, cells in rows:
        if "number" in columns and is_total(next((text for text in cells if text.strip()), "")):
            continue
        if _yes(cell(cells, columns.get("robot"))):
            robots += 1
            continue
        try:
            hits.append(_hit(line, cells, columns, first=first, options=options, nothing=nothing))
        except Unreadable as err:
            yield Rejected(source.label, line, err.reason)
    if robots:
        yield about(source.label, "bots-left-out", clicks=robots)
    unit = text_in("tools", f"hits.{form}.unit")
    goal = _goal(source.label, hits, options)
    counted = _counted(hits, goal, visits="visit" in columns)
    days = [row.day for row in counted if row.day]
    yield Report(
        tool=text_in("tools", f"hits.{form}.tool"),
        labels=(source.label,),
        rows=counted,
        unit=unit,
        kind="conversion" if goal else "",
        goal=goal,
        period=Period(min(days), max(days)) if days else options.period,
        total=totals(counted),
    )


def _table(source: Source) -> tuple[str, Mapping[str, int], Sequence[Cells]]:
    """Return the form of the table in a file, where its columns are, and the rows below its header.

    Raises:
        InputError: There is none.

    """
    header, rows = rows_below(grids_of(source), lambda cells: bool(_form_of(cells)))
    if not header:
        raise InputError(f"{source.label}: it has no table of page views or clicks", hint="export it again")
    form = _form_of(header)
    columns = columns_of(f"hits.{form}", header)
    if "is_event" in columns:  # an event's name stands where a page's path does
        if "url" not in columns:
            raise InputError(f"{source.label}: its column of paths is missing", hint="export it again")
        columns["event_name"] = columns["url"]
    return form, columns, rows


def _hit(
    line: int,
    cells: Sequence[str],
    columns: Mapping[str, int],
    *,
    first: bool | None,
    options: ImportOptions,
    nothing: frozenset[str],
) -> _Hit:
    """Return what a row says; events of the names in ``nothing`` are no goals.

    Raises:
        Unreadable: Its day or its number is none.

    """
    when = cell(cells, columns.get("date"))
    flagged = "is_event" not in columns or _yes(cell(cells, columns["is_event"]))
    event = cell(cells, columns.get("event_name")) if flagged else ""
    visit = cell(cells, columns.get("visit"))
    return _Hit(
        line,
        f"{cell(cells, columns.get('visitor'))} {visit}".strip() if visit else "",
        day(when[:10] if when[4:5] == "-" else when, first=first, today=options.today) if when else None,
        _tags(cells, columns),
        "" if fold_header(event) in nothing else event,
        "first" not in columns or _yes(cell(cells, columns["first"])),
        (whole(cell(cells, columns["number"])) or 0) if "number" in columns else 1,
    )


def _tags(cells: Sequence[str], columns: Mapping[str, int]) -> Tags:
    """Return the tags in columns of their own, else those in an address."""
    own: dict[str, Any] = {
        part: decode_tag(text)
        for part in PARTS
        if (text := cell(cells, columns.get(part)) or cell(cells, columns.get(f"page_{part}")))
    }
    url = cell(cells, columns.get("url"))
    found = tags_in(url if "?" in url or not url else f"?{url}" if "=" in url else url)
    if "scheme" in columns and cell(cells, columns["scheme"]) == CAMPAIGN:
        own.setdefault("source", decode_tag(cell(cells, columns.get("tagged_source"))))
    short = cell(cells, columns.get("short_url"))
    return found._replace(**{name: text for name, text in own.items() if text}, start="", short_url=short)


def _yes(text: str) -> bool:
    return text.strip().casefold() not in {"", "0", "false", "no", "f"}


def _goal(label: str, hits: Sequence[_Hit], options: ImportOptions) -> str:
    """Return the event that is the goal: the one named, the only one, or none."""
    names = sorted({hit.event for hit in hits if hit.event})
    return goal_named(label, names, options.goal) if options.goal or len(names) == 1 else ""


def _counted(hits: Sequence[_Hit], goal: str, *, visits: bool) -> tuple[Row, ...]:
    """Return a row for each link and day."""
    if not visits:
        return by_link(
            Row(hit.tags, hit.day, hit.number, int(hit.event == goal) if goal else None, line=hit.line)
            for hit in hits
            if hit.first and not (hit.event and hit.event != goal)
        )
    found: dict[str, list[_Hit]] = {}
    for hit in hits:
        found.setdefault(hit.visit or f"\x1f{hit.line}", []).append(hit)
    rows = []
    for of_visit in found.values():
        days = [hit.day for hit in of_visit if hit.day]
        tags = next((hit.tags for hit in of_visit if hit.tags.tagged or hit.tags.source), of_visit[0].tags)
        reached = int(any(hit.event == goal for hit in of_visit)) if goal else None
        rows.append(Row(tags, min(days) if days else None, 1, reached, line=of_visit[0].line))
    return by_link(rows)
