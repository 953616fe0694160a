"""Yandex Metrica: reports by "Export data", as CSV and as Excel, also saved again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import Unreadable
from outreach.files.dates import day
from outreach.files.grid import HEADER_WITHIN
from outreach.files.money import currency_of
from outreach.messages import message
from outreach.tracking.base import Period
from outreach.tracking.exports.breakdown import LINKS, Breakdown, Column, Plan, text_of
from outreach.tracking.exports.summary import chosen, remarks_on, reported
from outreach.tracking.exports.typed import check_named, forced, money_of
from outreach.words.fold import fold_header
from outreach.words.vocabulary import meanings_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions, Report

__all__ = ["REACHES", "MetricaReport", "plan_of"]

UNITS: Final = ("visit", "visitor", "pageview")
REACHES: Final = message("reaches-not-visits")
NUMBER: Final = re.compile(r"[-+−]?[0-9][0-9.,\s]*%?")
DATE: Final = r"([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{4}|(?:19|20)[0-9]{6})"
DAYS: Final = re.compile(rf"(?<![0-9]){DATE}\s*(?:[-–—_.]{{1,3}}|по|до|to|till)\s*{DATE}(?![0-9])")
COUNTER: Final = re.compile(r"(?:сч[её]тчик|counter|№)[^0-9]{0,20}([0-9]{3,12})(?![0-9])", re.IGNORECASE)
SAMPLE: Final = re.compile(
    r"(?:точност|выборк|семплирован|сэмплирован|accuracy|sampl)[^0-9]{0,40}([0-9]{1,3}(?:[.,][0-9]+)?)\s*%",
    re.IGNORECASE,
)
ATTRIBUTION: Final = re.compile(r"(?:атрибуци[яи]|attribution(?: model)?)\s*:\s*(.+)", re.IGNORECASE)
NAMED: Final = re.compile(r"(?P<base>[^(:«\"“]+?)\s*(?:\((?P<in>.*)\)|[:«\"“]\s*(?P<after>.+?)[»\"”]?)\s*")


class MetricaReport:
    """Reader of reports that Metrica's interface exports."""

    name = "metrica-report"
    reads = "Yandex Metrica: reports by «Export data», CSV and Excel"

    def identify(self, source: Source) -> bool:
        """Tell by a header with visits beside a tag or a source, and a total or another metric of Metrica's own."""
        rows = source.first_rows[: HEADER_WITHIN + 1]
        for at, cells in enumerate(rows[:HEADER_WITHIN]):
            below = (*rows[at + 1], "") if at + 1 < len(rows) else ("",)
            if _is_header(cells) and (any(map(_own, cells)) or fold_header(below[0]) in _sure_totals()):
                return True
        return False

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each file: that of the first tab with a table."""
        for source in sources:
            yield from _read(source, options)


def _sure_totals() -> frozenset[str]:
    return words_of("metrica.totals") - words_of("metrica.maybe_totals")


def _own(header: str) -> bool:
    """Tell a metric that Metrica alone calls so, with or without its goal."""
    return fold_header(header) in words_of("metrica.own") or column_of(header, 0).role == "numerator"


def _is_header(cells: Sequence[str]) -> bool:
    columns = [column_of(cell, at) for at, cell in enumerate(cells) if cell.strip()]
    dimensions = any(c.role in LINKS for c in columns) or any(
        fold_header(cell) in words_of("metrica.others") for cell in cells
    )
    return dimensions and any(c.role in {"denominator", "numerator"} for c in columns)


def column_of(header: str, at: int) -> Column:
    """Return what a column of that header says.

    Example:
        >>> column_of("Целевые визиты (Заявка)", 3).goal, column_of("Достижения цели (Заявка)", 4).kind
        ('Заявка', 'event')
        >>> column_of("UTM Content", 0).role, column_of("Отказы", 5).role
        ('content', 'group')

    """
    text, goal = "" if "_" in header else fold_header(header), ""  # utm_source is what all others call it
    if found := NAMED.fullmatch(header.strip()):
        text, goal = fold_header(found["base"]), (found["in"] or found["after"] or "").strip()
    if role := meanings_of("metrica.dimensions").get(text):
        return Column(at, role, scope=goal if role in LINKS else "")
    if (unit := meanings_of("metrica.denominators").get(text)) and not goal:
        return Column(at, "denominator", unit=unit)
    if text in words_of("metrica.revenue"):
        return Column(at, "revenue", currency=currency_of(goal.rpartition(",")[2].strip()) or "")
    return _numerator(text, at, goal) or Column(at, "group")


def _numerator(text: str, at: int, goal: str) -> Column | None:
    if text in words_of("metrica.goal_visits"):
        return Column(at, "numerator", unit="visit", kind="conversion", goal=goal)
    if text in words_of("metrica.goal_users"):
        return Column(at, "numerator", unit="visitor", kind="conversion", goal=goal)
    return Column(at, "numerator", kind="event", goal=goal) if text in words_of("metrica.goal_reaches") else None


def plan_of(label: str, columns: Sequence[Column], goal: str) -> tuple[Plan, str]:
    """Return which columns count, and the goal; visits with the goal, else reaches of it, which are flagged.

    Raises:
        InputError: There are several goals and none was named, or none of that name.

    """
    by_unit = {c.unit: c for c in reversed(columns) if c.role == "denominator"}
    denominator = next((by_unit[unit] for unit in UNITS if unit in by_unit), None)
    unit = denominator.unit if denominator else ""
    numerator, name, flags = chosen(label, columns, unit, goal)
    if numerator and denominator and numerator.kind == "conversion" and numerator.unit not in {"", unit}:
        numerator = Column(numerator.at, "numerator", kind="event", goal=name)
    if numerator and numerator.kind == "event":
        flags = (*flags, REACHES)
    revenue = next((c for c in columns if c.role == "revenue" and c.goal in {"", name}), None)
    return Plan(denominator, numerator, revenue, flags=flags), name


def _read(source: Source, options: ImportOptions) -> Iterator[Report | Remark]:
    table, titles = _table(source, options.columns)
    plan, goal = plan_of(source.label, table.columns, options.goal)
    if not table.links():
        raise InputError(
            f"{source.label}: this report does not have links",
            hint="group it by UTM Source, UTM Campaign and UTM Content; or name the columns: --columns content=…",
        )
    text = "\n".join(cell for _, cells in titles for cell in cells)
    attribution = ATTRIBUTION.search(text)
    counter = COUNTER.search(text)
    report = reported(
        table,
        plan,
        options,
        tool="yandex-metrica",
        goal=goal,
        period=_period(source.label, text) or _period(source.label, source.name),
        source_name=counter[1] if counter else "",
        attribution=table.links()[0].scope or (attribution[1].strip() if attribution else ""),
        flags=tuple(_sampled(text)),
    )
    yield report
    yield from remarks_on(report, [column.role for column in table.links()])


def _table(source: Source, named: Mapping[str, str]) -> tuple[Breakdown, Sequence[Cells]]:
    """Return the table of a file and the lines above it.

    Raises:
        InputError: There is none.

    """
    check_named(source.label, [cells for grid in source.grids for _, cells in grid.rows[:HEADER_WITHIN]], named)
    for grid in source.grids:
        for at, (_, cells) in enumerate(grid.rows[:HEADER_WITHIN]):
            columns = tuple(column_of(cell, place) for place, cell in enumerate(cells))
            columns = forced(columns, cells, named, unit="visit", kind="conversion")
            if any(c.role in {"denominator", "numerator"} for c in columns) and any(c.role in LINKS for c in columns):
                width = len(cells) if source.workbook else 0
                return _made(source.label, columns, grid.rows[at + 1 :], width), grid.rows[:at]
    raise InputError(
        f"{source.label}: it has no table of visits by links",
        hint="group the report by UTM Source, UTM Campaign and UTM Content; or name the columns: --columns content=…",
    )


def _made(label: str, columns: tuple[Column, ...], below: Sequence[Cells], width: int) -> Breakdown:
    rows = [(line, [*cells, *[""] * (width - len(cells))]) for line, cells in below]
    labels = [c for c in columns if c.role in {*LINKS, "day"}]
    total = next((row for row in (*rows[:1], *rows[-1:]) if _is_total(row[1], labels)), None)
    table = Breakdown(label, columns, tuple(row for row in rows if row is not total), total)
    return Breakdown(label, columns, table.rows, total, money=money_of(table))


def _is_total(cells: Sequence[str], labels: Sequence[Column]) -> bool:
    """Tell the row of totals by its words in the first cell, wherever the labels stand."""
    return fold_header(cells[0]) in words_of("metrica.totals") or any(
        fold_header(text_of(cells, column)) in words_of("metrica.totals") for column in labels
    )


def _period(label: str, text: str) -> Period | None:
    """Return the period between the two days in a text, None where it names none.

    Raises:
        InputError: It ends before it begins.

    """
    try:
        days = [one for match in DAYS.finditer(text) for told in match.groups() if (one := day(told))]
    except Unreadable as err:
        raise InputError(f"{label}: its period: {err}", hint="export it again") from err
    if not days:
        return None
    if days[1] < days[0]:
        raise InputError(f"{label}: its period ends before it begins", hint="export it again, or rename the file")
    return Period(days[0], days[1])


def _sampled(text: str) -> Iterator[Message]:
    for found in SAMPLE.finditer(text):
        if float(found[1].replace(",", ".")) < 100:
            yield message("sampled", percent=found[1].replace(",", "."))
