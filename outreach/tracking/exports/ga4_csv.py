"""Google Analytics 4: reports and Explorations by "Download CSV", also as Excel saved them again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import Unreadable
from outreach.files.dates import day
from outreach.files.money import currency_of
from outreach.tracking.base import Period
from outreach.tracking.exports.breakdown import LINKS, Breakdown, Column
from outreach.tracking.exports.ga4_tables import attribution_of, best, pivoted, plan_of, split_total, with_conversions
from outreach.tracking.exports.ga4_words import FIRST, LAST, column_of
from outreach.tracking.exports.summary import remarks_on, reported
from outreach.tracking.exports.typed import check_named, forced, money_of
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions, Report

__all__ = ["Ga4Csv"]

HEAD_ROWS: Final = 20
DAYS: Final = re.compile(r"((?:19|20)[0-9]{6})(?:\s*[-–]\s*((?:19|20)[0-9]{6}))?")
NUMBER: Final = re.compile(r"[-+−]?[0-9][0-9.,\s%]*")
PROPERTY: Final = frozenset(
    map(fold_header, ["property", "ресурс", "propriété", "propiedad", "ιδιότητα", "ιδιοκτησία", "īpašums", "rekvizīts"])
)
CURRENCY: Final = frozenset(
    map(fold_header, ["currency", "валюта", "währung", "devise", "moneda", "νόμισμα", "valūta"])
)


@dataclass(frozen=True, slots=True)
class Preamble:
    """What the lines with ``#`` say."""

    period: Period | None = None
    source_name: str = ""
    currency: str = ""


class Ga4Csv:
    """Reader of what GA4's interface gives."""

    name = "ga4-csv"
    reads = 'Google Analytics 4: "Download CSV" of reports and Explorations (CSV, Excel)'

    def identify(self, source: Source) -> bool:
        """Tell by the lines with ``#`` that hold days of eight digits, or by a session's dimension and a metric."""
        rows = source.first_rows[:HEAD_ROWS]
        comments = [cells for cells in rows if _is_comment(cells)]
        if comments and rows[0] is comments[0] and any(DAYS.fullmatch(_key_and_value(cells)[1]) for cells in comments):
            return True
        return any(_is_ga4(cells) for cells in rows)

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each file: that of its finest table."""
        for source in sources:
            yield from _read(source, options)


def _read(source: Source, options: ImportOptions) -> Iterator[Report | Remark]:
    sections = [section for grid in source.grids for section in _sections(grid.rows)]
    check_named(source.label, [cells for _, block in sections for _, cells in block[:2]], options.columns)
    tables: list[tuple[Breakdown, Preamble]] = []
    about = Preamble()
    for comments, block in sections:
        about = _preamble(source.label, comments, about)
        if found := _table(source.label, block, about, options.columns, padded=bool(source.workbook)):
            tables.append((found, about))
    table = best(source.label, [found for found, _ in tables])
    yield from _reported(table, next(about for found, about in tables if found is table), options)


def _reported(table: Breakdown, about: Preamble, options: ImportOptions) -> Iterator[Report | Remark]:
    whole = with_conversions(table)
    plan, goal = plan_of(whole, options.goal)
    report = reported(
        whole,
        plan,
        options,
        tool="ga4",
        goal=goal,
        period=about.period,
        source_name=about.source_name,
        attribution=attribution_of(table),
        currency=about.currency,
    )
    yield report
    yield from remarks_on(report, [column.role for column in table.links()])


def _sections(rows: Sequence[Cells]) -> Iterator[tuple[list[Cells], list[Cells]]]:
    """Yield the parts of a file: the lines with ``#`` above a table, and the table; a blank line ends a table."""
    comments: list[Cells] = []
    block: list[Cells] = []
    last = 0
    for line, cells in rows:
        if block and (_is_comment(cells) or (line > last + 1 and not _goes_on(cells, block))):
            yield comments, block
            comments, block = [], []
        (comments if _is_comment(cells) else block).append((line, cells))
        last = line + sum(cell.count("\n") for cell in cells)
    if block:
        yield comments, block


def _is_comment(cells: Sequence[str]) -> bool:
    return bool(cells) and cells[0].lstrip().startswith("#")


def _goes_on(cells: Sequence[str], block: Sequence[Cells]) -> bool:
    """Tell whether a row behind a gap belongs to the table before: it holds numbers, and a header does not."""
    return len(block) > 1 and any(NUMBER.fullmatch(cell.strip()) for cell in cells)


def _preamble(label: str, comments: Sequence[Cells], before: Preamble) -> Preamble:
    """Return what the lines above a table say; what they do not say, those above the table before said."""
    told = [(line, *_key_and_value(cells)) for line, cells in comments]
    names = [value for _, key, value in told if fold_header(key) in PROPERTY and value]
    if (
        not names
        and len(third := [value for _, key, value in told if key and value and not DAYS.fullmatch(value)]) == 3
    ):
        names = third[2:]  # of an unknown language: the report, the account, the property
    codes = [code for _, key, value in told if fold_header(key) in CURRENCY and (code := currency_of(value))]
    days = [(line, digits) for line, _, value in told if (found := DAYS.fullmatch(value)) for digits in found.groups()]
    return Preamble(
        period=_period(label, [(line, digits) for line, digits in days if digits]) or before.period,
        source_name=names[0] if names else before.source_name,
        currency=codes[0] if codes else before.currency,
    )


def _key_and_value(cells: Sequence[str]) -> tuple[str, str]:
    text = ",".join(cell for cell in cells if cell.strip()).strip().lstrip("#").strip()
    key, sign, value = text.partition(":")
    return (key.strip(), value.strip()) if sign else ("", text)


def _period(label: str, told: Sequence[tuple[int, str]]) -> Period | None:
    """Return the period between two days.

    Raises:
        InputError: They are no days, reversed, or of several periods.

    """
    if len(told) < 2:
        return None
    line = told[-1][0]
    if len(told) > 2:
        raise InputError(f"{label}, line {line}: several periods in one table", hint="export it for one period")
    try:
        start, end = (day(digits) for digits in (told[0][1], told[-1][1]))
    except Unreadable as err:
        raise InputError(f"{label}, line {line}: {err}", hint="download the file again") from err
    if start is None or end is None or end < start:
        raise InputError(f"{label}, line {line}: the period ends before it begins", hint="download the file again")
    return Period(start, end)


def _table(
    label: str, block: Sequence[Cells], about: Preamble, named: Mapping[str, str], *, padded: bool
) -> Breakdown | None:
    """Return the table of a block of rows, None where it has no known header."""
    headers = block[0][1]
    columns = _columns(headers, named)
    depth = 1
    if len(block) > 1 and _holds(columns, "event") and not _holds(columns, "denominator", "numerator", "events"):
        under = _columns(block[1][1], named)
        if _holds(under, "denominator", "numerator", "events"):
            columns, headers, depth = pivoted(under, headers), block[1][1], 2
    if not (_holds(columns, "denominator", "numerator", "events") and _holds(columns, *LINKS)):
        return None  # a snapshot has tables of pages and countries too
    width = len(headers)
    below = [(line, [*cells, *[""] * (width - len(cells))] if padded else cells) for line, cells in block[depth:]]
    rows, total = split_total(label, columns, below)
    table = Breakdown(label, columns, rows, total, start=about.period.start if about.period else None)
    return replace(table, money=money_of(table))


def _columns(headers: Sequence[str], named: Mapping[str, str]) -> tuple[Column, ...]:
    columns = tuple(column_of(header, at) for at, header in enumerate(headers))
    return forced(columns, headers, named, unit="session", kind="event")


def _holds(columns: Sequence[Column], *roles: str) -> bool:
    return any(column.role in roles for column in columns)


def _is_ga4(cells: Sequence[str]) -> bool:
    """Tell a header by a dimension of a session or a first user, and a metric beside it."""
    columns = [column_of(cell, at) for at, cell in enumerate(cells) if cell.strip()]
    scoped = any(column.scope in {FIRST, LAST} or _is_landing(cells[column.at], column) for column in columns)
    return scoped and _holds(columns, "denominator", "numerator")


def _is_landing(header: str, column: Column) -> bool:
    return column.role == "landing" and len(fold_header(header).split()) > 3  # "landing page query string"
