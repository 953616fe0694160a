"""What Plausible's dashboard exports: ``utm_contents.csv`` and its like, plain or in the ZIP of "Export stats".

Each file lists one dimension: the content, the campaign, the source; which one only its name tells. They count the same
visitors, so one of them is read, the one that tells links apart best, and never two added. Counted are visitors, which
may come by two links and are then in two rows.

With the dashboard filtered by a goal the same files list conversions, people who reached the goal: numerators only. The
rate beside them is of **all** visitors of the site, not of the link's, and never used. The visitors of the links are in
the export without the filter; given together the two become two reports, which pair up later.

What the site had beyond the rows (``visitors.csv``, ``conversions.csv``) is a row of its own: untagged, or beyond the
300 rows that an export has.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.messages import message
from outreach.tracking.base import Period, Report, Row, Tags
from outreach.tracking.sums import AGAIN, cell, count, day_of, period_in
from outreach.tracking.tags import decode_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

__all__ = ["PlausibleDashboard"]

LINKS: Final = ("utm_contents", "utm_campaigns", "utm_sources", "sources")
"""Tables of links, the best first."""

OTHERS: Final = (
    "utm_mediums", "utm_terms", "channels", "referrers", "pages", "entry_pages", "exit_pages", "countries", "regions",
    "cities", "browsers", "browser_versions", "operating_systems", "operating_system_versions", "devices",
    "conversions", "visitors", "custom_props", "prop_breakdown",
)  # fmt: skip
NAMED: Final = re.compile(
    rf"(?:^|[^a-z])({'|'.join(sorted((*LINKS, *OTHERS), key=len, reverse=True))})(?: ?\(\d+\)| copy)?\.[a-z]{{3,4}}$"
)
ARCHIVE: Final = re.compile(r"Plausible[ _+]export[ _+](\S+?)[ _+]+(?:19|20)[0-9]{2}-", re.IGNORECASE)
OF_DAYS: Final = ({"visitors", "bounce_rate", "visit_duration"}, {"unique_conversions", "conversion_rate"})
MOST_ROWS: Final = 300
NO_NAME: Final = "give the file its original name from Plausible, like utm_contents.csv"
CUT: Final = message("cut-off-by-plausible", rows=MOST_ROWS)
NO_GOAL: Final = message("goal-unknown")
ONE_GOAL: Final = "filter the dashboard by one goal and export again"


@dataclass(slots=True)
class Bundle:
    """The files of one export: of one archive, or of one folder."""

    label: str
    goals: bool
    links: dict[str, list[Source]] = field(default_factory=dict)
    reached: list[Source] = field(default_factory=list)
    days: list[Source] = field(default_factory=list)

    def has_rows(self, table: str) -> bool:
        return any(len(source.grids[0].rows) > 1 for source in self.links.get(table, ()))


class PlausibleDashboard:
    """Reader of the tables behind "Export stats"."""

    name = "plausible-dashboard"
    reads = "Plausible, dashboard: the ZIP of Export stats, or utm_contents.csv and its like; with a goal too"

    def identify(self, source: Source) -> bool:
        """Tell by the header; a table that knows no links also by its name in the archive."""
        return bool(_kind(source))

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each export, of the dimension that tells links apart best."""
        bundles = _bundles(sources)
        for bundle in bundles:
            if not bundle.links:
                raise InputError(f"{bundle.label}: it has no table of links", hint="give utm_contents.csv as well")
        visited = [bundle for bundle in bundles if not bundle.goals]
        common = _best(visited or bundles)
        for bundle in bundles:
            alike = common in bundle.links and (bundle.goals or bundle.has_rows(common))
            table = common if alike else _best([bundle])
            yield _report(_one(bundle, table), table, bundle, options)


def _header(source: Source) -> tuple[str, ...]:
    return tuple(name.strip().lower() for name in source.first_rows[0]) if source.first_rows else ()


def _named(source: Source) -> str:
    """Return the table that a file's name tells."""
    found = NAMED.search(source.name.lower())
    return found[1] if found else ""


def _kind(source: Source) -> str:
    """Return what a file holds: visitors, conversions, goals, days, or other things; empty where it is none of ours."""
    columns = _header(source)
    if columns[:1] == ("name",):
        if {"unique_conversions", "total_conversions"} <= set(columns):
            return "goals"
        if _named(source) not in OTHERS and {"conversions", "conversion_rate"} <= set(columns):
            return "conversions"
        if _named(source) not in OTHERS and {"visitors", "bounce_rate", "visit_duration"} <= set(columns):
            return "visitors"
    if columns[:1] == ("date",) and any(needed <= set(columns) for needed in OF_DAYS):
        return "days"
    ours = columns[:1] in {("name",), ("property",)} and {"visitors", "conversions"} & set(columns)
    return "other" if ours and _named(source) in OTHERS else ""


def _bundles(sources: Sequence[Source]) -> list[Bundle]:
    """Return the files as they were exported: together in an archive or a folder, with a goal or without."""
    kinds = [(source, _kind(source)) for source in sources]
    found: dict[tuple[str, bool], Bundle] = {}
    for source, kind in kinds:
        if kind in {"visitors", "conversions"}:
            place, goals = _place(source), kind == "conversions"
            bundle = found.setdefault((place, goals), Bundle(source.archive or source.label, goals))
            bundle.links.setdefault(_table(source), []).append(source)
    for source, kind in kinds:
        place, goals = _place(source), kind == "goals" or "unique_conversions" in _header(source)
        if kind in {"goals", "days"} and (place, goals) in found:
            (found[place, goals].reached if kind == "goals" else found[place, goals].days).append(source)
    if not found:
        return [Bundle(sources[0].archive or sources[0].label, goals=False)]
    return list(found.values())


def _place(source: Source) -> str:
    return source.archive or re.sub(r"[^/\\]*$", "", source.label)


def _table(source: Source) -> str:
    table = _named(source)
    if table not in LINKS:
        raise InputError(f"{source.label}: neither its name nor its content shows what it lists", hint=NO_NAME)
    return table


def _one(bundle: Bundle, table: str) -> Source:
    """Return the file of a table.

    Raises:
        InputError: There are several, and nothing tells their periods.

    """
    found = {source.sha256: source for source in bundle.links[table]}
    if len(found) > 1:
        raise InputError(
            f"{bundle.label}: {table} is there {len(found)} times, for unknown periods",
            hint="give the archives of Export stats, or one file at a time with its period",
        )
    return next(iter(found.values()))


def _best(bundles: Sequence[Bundle]) -> str:
    """Return the first table with rows in any of the exports; where none has rows the first that there is."""
    full = (table for table in LINKS if any(bundle.has_rows(table) for bundle in bundles))
    return next(full, "") or next(table for table in LINKS if any(table in bundle.links for bundle in bundles))


def _report(source: Source, table: str, bundle: Bundle, options: ImportOptions) -> Report:
    rows = tuple(_rows(source, table, goals=bundle.goals))
    goal, all_of_it = _goal(bundle, options) if bundle.goals else ("", _visitors(bundle))
    flags = [CUT] if len(rows) >= MOST_ROWS else []
    flags += [NO_GOAL] if bundle.goals and not goal else []
    counted = sum((row.numerator if bundle.goals else row.denominator) or 0 for row in rows)
    total = max(counted, all_of_it or 0)
    if total > counted:
        rows = (*rows, _row(Tags(rest=True), total - counted, None, goals=bundle.goals))
    return Report(
        tool="plausible",
        labels=(source.label,),
        rows=rows,
        unit="" if bundle.goals else "visitor",
        kind="conversion" if bundle.goals else "",
        goal=goal,
        source_name=_site(source),
        period=_period(source, bundle) or options.period,
        flags=tuple(flags),
        total=(None, total) if bundle.goals else (total, None),
    )


def _rows(source: Source, table: str, *, goals: bool) -> Iterator[Row]:
    columns = _header(source)
    place = columns.index("conversions" if goals else "visitors")
    for line, cells in source.grids[0].rows[1:]:
        number = count(f"{source.label}, line {line}", cell(cells, place))
        if number is None or len(cells) < len(columns):
            raise InputError(f"{source.label}, line {line}: cut off", hint=AGAIN)
        yield _row(_tags(table, decode_tag(cell(cells, 0))), number, line, goals=goals)


def _tags(table: str, value: str) -> Tags:
    match table:
        case "utm_contents":
            return Tags(content=value)
        case "utm_campaigns":
            return Tags(campaign=value)
        case "sources":  # referrers and tags under one name
            return Tags(source=value, medium="referral" if value else "")
        case _:
            return Tags(source=value)


def _row(tags: Tags, number: int, line: int | None, *, goals: bool) -> Row:
    return Row(tags, numerator=number, line=line) if goals else Row(tags, denominator=number, line=line)


def _goal(bundle: Bundle, options: ImportOptions) -> tuple[str, int | None]:
    """Return the goal that an export is filtered by, and how many people reached it.

    Raises:
        InputError: It is filtered by several, or by another one than the user named.

    """
    found = [
        (cell(cells, 0), count(f"{source.label}, line {line}", cell(cells, 1)))
        for source in bundle.reached
        for line, cells in source.grids[0].rows[1:]
    ]
    names = ", ".join(sorted({name for name, _ in found}))
    if len({name for name, _ in found}) > 1:
        raise InputError(f"{bundle.label}: counts who reached any of several goals ({names})", hint=ONE_GOAL)
    if found and options.goal and _alike(options.goal) != _alike(names):
        raise InputError(f"{bundle.label}: no goal {options.goal} in it, it counts {names}", hint=ONE_GOAL)
    return (names, found[0][1]) if found else (options.goal, None)


def _alike(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _visitors(bundle: Bundle) -> int | None:
    """Return how many visitors the site had, where the export tells."""
    if not bundle.days:
        return None
    place = _header(bundle.days[0]).index("visitors")
    lines = bundle.days[0].grids[0].rows[1:]
    return sum(count(f"{bundle.days[0].label}, line {line}", cell(cells, place)) or 0 for line, cells in lines)


def _period(source: Source, bundle: Bundle) -> Period | None:
    """Return the period that the archive's name tells, else the days of its ``visitors.csv``."""
    name = re.split(r"[/\\]", source.archive)[-1]
    if found := period_in(source.archive, name):
        return found
    if not bundle.days:
        return None
    rows = bundle.days[0].grids[0].rows[1:]
    days = [day_of(f"{bundle.days[0].label}, line {line}", cell(cells, 0)) for line, cells in rows]
    each = all(later - earlier == timedelta(days=1) for earlier, later in itertools.pairwise(days))
    return Period(days[0], days[-1]) if days and each else None  # weeks and months are told by their first day only


def _site(source: Source) -> str:
    """Return the site in an archive's name; Plausible writes it between its own name and the period."""
    found = ARCHIVE.search(source.archive)
    return found[1] if found else ""
