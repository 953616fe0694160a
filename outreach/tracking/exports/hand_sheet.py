"""Results that somebody typed: our own sheet with its empty columns filled in, or a plain table of counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import Unreadable, amount, rounded, whole
from outreach.files.grid import HEADER_WITHIN, FractionCell
from outreach.files.money import currency_of
from outreach.tables import verbatim
from outreach.tracking.base import JOIN, LEFT, Report, Row, Tags, about
from outreach.tracking.exports.event_words import CANCELLED, REFUNDED, UNPAID, status_of
from outreach.tracking.exports.hand_words import COLUMNS, COUNTS, JOINS, foreign_words, map_results, money_of_header
from outreach.tracking.tags import decode_tag, tags_in
from outreach.words.cells import is_total
from outreach.words.fold import fold, fold_header
from outreach.words.own_sheets import is_own_sheet
from outreach.words.vocabulary import meanings_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

__all__ = ["HandSheet", "Sheet", "Typed", "sheets_in"]

UNITS: Final = (("view", "views"), ("click", "clicks"), ("visit", "visits"))
NO_SHEET: Final = "begin it with a line such as: place,visits,conversions"
NOWHERE: Final = "numbers without a place"
MOST_BAD: Final = 20
WAITING: Final = ("drafted", "sent", "quoted")
TOO_MANY: Final = "more conversions than visits"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of results as it lies in its file.

    Args:
        tab: Its tab, empty for a text.
        header: Row of the header, from 1.
        headers: Its texts.
        columns: Our name of a column to its positions, from 0.
        rows: The rows below the header that are not empty.

    """

    tab: str
    header: int
    headers: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[Cells, ...]

    @property
    def ours(self) -> bool:
        """Whether we wrote it: it has all of our columns."""
        return set(COLUMNS) <= self.columns.keys()


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one row.

    Args:
        line: Where.
        tags: The link, or the place's name.
        counts: Views, clicks, visits and conversions, None where the cell is empty.
        revenue: In ``currency``.
        cost: Likewise.
        currency: Three letters, or empty.
        total: Whether it is the sum of the others.

    """

    line: int
    tags: Tags
    counts: Mapping[str, int | None]
    revenue: float | None
    cost: float | None
    currency: str
    total: bool = False

    @property
    def filled(self) -> bool:
        """Whether somebody filled it in."""
        return any(value is not None for value in (*self.counts.values(), self.revenue, self.cost))


class HandSheet:
    """A sheet of results that a person filled in."""

    name = "hand-sheet"
    reads = "results typed by hand: outreach track --template, or a table such as place,visits,conversions"

    def identify(self, source: Source) -> bool:
        """Tell by the headers: a place or a link, a count, and no column of other tools."""
        rows = source.first_rows[:HEADER_WITHIN]
        return any(map(_is_results, rows)) and not is_own_sheet(enumerate(rows[:1]))

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield up to five reports a file: of views, of clicks, of visits with their conversions, of joins."""
        for source in sources:
            yield from _file(source, options)


def _is_results(cells: Sequence[str]) -> bool:
    """Tell a header of a sheet of results.

    A link with clicks alone is what link shorteners list; a link beside visits or conversions is a person's.
    """
    columns = map_results(cells)
    if any("://" in cell for cell in cells) or not foreign_words().isdisjoint(map(fold_header, cells)):
        return False
    if not columns.keys().isdisjoint({"place", "key", "post"}):
        return not columns.keys().isdisjoint(COUNTS)
    return "link" in columns and not columns.keys().isdisjoint({"visits", "conversions"})


def sheets_in(source: Source) -> list[Sheet]:
    """Return the sheets of results in a file, on one tab or several."""
    found = []
    for grid in source.grids:
        for place, (number, cells) in enumerate(grid.rows[: HEADER_WITHIN + 1]):
            if _is_results(cells):
                found.append(Sheet(grid.tab, number, tuple(cells), map_results(cells), grid.rows[place + 1 :]))
                break
    return found


def _file(source: Source, options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
    sheets = sheets_in(source)
    if not sheets:
        raise InputError(f"{source.label}: no line has a place and a count", hint=NO_SHEET)
    typed: list[Typed] = []
    goals = set()
    for number, sheet in enumerate(sheets, start=1):
        label = f"{source.label}, tab {number}" if len(sheets) > 1 else source.label
        goal = _goal(label, sheet, options)
        goals.add(sheet.headers[goal].strip() if goal is not None and len(sheet.columns["conversions"]) > 1 else "")
        bad: list[_Bad] = []
        rows_out = [row for row in sheet.rows if not _fell_through(sheet, row[1])]
        if out := len(sheet.rows) - len(rows_out):
            yield about(label, "placements-fell-through", rows=out)
        if waiting := sum(_waits(sheet, cells) for _, cells in rows_out):
            yield about(label, "placements-not-out", rows=waiting)
        read = [_typed(sheet, goal, row, options, bad) for row in rows_out]
        _refuse(label, bad)
        if unused := _unused(sheet):
            yield about(label, "columns-unused", usual=True, columns=", ".join(unused))
        once = _added(_with_rest(label, read))
        if again := sum(row.filled for row in read if not row.total) - sum(
            row.filled for row in once if not row.tags.rest
        ):
            yield about(label, "rows-of-a-place-added", rows=again)
        typed += once
    statuses = tuple(found for sheet in sheets for _, cells in sheet.rows if (found := _status_in(sheet, cells)))
    rows = [one for one in typed if one.filled]
    if not rows:
        yield about(source.label, "no-row-filled")
    for unit, column in UNITS:
        if (report := _report(source.label, unit, column, rows, options)) is not None:
            goal_name = " and ".join(sorted(goals - {""})) if unit == "visit" else ""
            yield replace(report, goal=goal_name, statuses=statuses)
            statuses = ()
    yield from _joins(source.label, rows, options)


def _goal(label: str, sheet: Sheet, options: ImportOptions) -> int | None:
    """Return the column of conversions.

    Raises:
        InputError: There are several, and none or another was asked for.

    """
    places = sheet.columns.get("conversions", ())
    if len(places) < 2:
        return places[0] if places else None
    wanted = fold_header(options.goal)
    found = [place for place in places if wanted and fold_header(sheet.headers[place]) == wanted]
    if len(found) != 1:
        names = ", ".join(sheet.headers[place].strip() for place in places)
        raise InputError(f"{label}: it counts several goals: {names}", hint="choose one: --goal NAME")
    return found[0]


@dataclass(frozen=True, slots=True)
class _Bad:
    """What cannot be used: the line, what is wrong there, in which column where it is one cell."""

    line: int
    why: str
    column: str = ""

    def __str__(self) -> str:
        return f"{self.why}, in the column of {self.column}" if self.column else self.why


def _refuse(label: str, bad: Sequence[_Bad]) -> None:
    """Refuse a sheet with cells that cannot be read, all of them at once.

    Raises:
        InputError: There are some.

    """
    if len(bad) == 1:
        raise InputError(
            f"{label}, line {bad[0].line}: {bad[0]}", hint="correct that line; nothing was imported from the file"
        )
    if bad:
        shown = "; ".join(f"line {one.line}: {one}" for one in bad[:MOST_BAD])
        more = f"; and {len(bad) - MOST_BAD} more" if len(bad) > MOST_BAD else ""
        raise InputError(f"{label}: {shown}{more}", hint="correct those cells; nothing was imported from the file")


def _unused(sheet: Sheet) -> list[str]:
    """Return the headers of columns that tell nothing here."""
    used = {place for places in sheet.columns.values() for place in places}
    return [text.strip() for place, text in enumerate(sheet.headers) if text.strip() and place not in used]


def _fell_through(sheet: Sheet, cells: Sequence[str]) -> bool:
    """Tell a row of a post that was declined, cancelled or paid back: an exchange keeps its price there."""
    status = _cell(sheet, cells, "status")
    if not status or sheet.ours:
        return False
    return meanings_of("statuses").get(fold_header(status)) == "declined" or status_of(status) in {CANCELLED, REFUNDED}


def _status_in(sheet: Sheet, cells: Sequence[str]) -> tuple[Tags, str] | None:
    """Return the post of a row and what became of it, None where the row does not say both."""
    name = _cell(sheet, cells, "place") or _cell(sheet, cells, "post")
    known = meanings_of("statuses").get(fold_header(_cell(sheet, cells, "status")), "")
    if sheet.ours or not (name and known):
        return None
    return Tags(resource=name, short_url=_cell(sheet, cells, "post")), known


def _waits(sheet: Sheet, cells: Sequence[str]) -> bool:
    """Tell a row of a post that is not out, and was not agreed on: its price is none that was paid."""
    status = _cell(sheet, cells, "status")
    if not status or sheet.ours:
        return False
    return meanings_of("statuses").get(fold_header(status)) in WAITING or status_of(status) == UNPAID


def _added(rows: Sequence[Typed]) -> list[Typed]:
    """Return rows of which no two are of one link: two posts in one place are added."""
    found: dict[tuple[Tags, str], Typed] = {}
    for row in rows:
        key = (row.tags, row.currency)
        found[key] = _together(found[key], row) if key in found and row.filled else found.get(key, row)
    return list(found.values())


def _together(one: Typed, other: Typed) -> Typed:
    if not one.filled:
        return other
    counts = {column: _sum([one.counts[column], other.counts[column]]) for column in one.counts}
    money = [_total([one.revenue, other.revenue]), _total([one.cost, other.cost])]
    return replace(one, counts=counts, revenue=money[0], cost=money[1])


def _total(sums: Sequence[float | None]) -> float | None:
    known = [value for value in sums if value is not None]
    return sum(known) if known else None


def _number(text: str) -> str:
    """Return a cell of a number without the sign for "about"; empty for a question mark."""
    bare = text.strip()
    if fold(bare) in words_of("cells.unknown"):
        return ""
    about = bare.lstrip("~≈∼±").lstrip()
    return text if about == bare else about


def _typed(sheet: Sheet, goal: int | None, row: Cells, options: ImportOptions, bad: list[_Bad]) -> Typed:
    """Return what stands in a row; what cannot be used in it is added to ``bad``."""
    line, cells = row
    counts: dict[str, int | None] = {}
    money: list[tuple[float, str] | None] = []
    for column in (*COUNTS, *JOINS, "revenue", "cost"):
        text = _cell(sheet, cells, column, goal)
        try:
            number = text if isinstance(text, FractionCell) else _number(text)
            if column in (*COUNTS, *JOINS):
                counts[column] = rounded(number) if column == "views" else whole(number)
            else:
                money.append(amount(number))
        except Unreadable as err:
            bad.append(_Bad(line, str(err), column))
            if column in (*COUNTS, *JOINS):
                counts[column] = None
            else:
                money.append(None)
    revenue, cost = money
    visits, conversions = counts["visits"], counts["conversions"]
    if visits is not None and conversions is not None and conversions > visits:
        bad.append(_Bad(line, TOO_MANY))
    told_by = _currency(_cell(sheet, cells, "currency")) or _of_headers(sheet)
    named = {found[1] for found in (revenue, cost) if found and found[1]} | ({told_by} - {""})
    if len(named) > 1 or (cost and cost[0] < 0):
        why = "two currencies in one line" if len(named) > 1 else "a negative cost"
        bad.append(_Bad(line, why))
    sums = [found[0] if found else None for found in (revenue, None if _waits(sheet, cells) else cost)]
    has_money = any(value is not None for value in sums)
    one = Typed(line, Tags(), counts, sums[0], sums[1], next(iter(named), options.currency) if has_money else "")
    if not one.filled:
        return one
    return _placed(one, sheet, cells, bad)


def _placed(one: Typed, sheet: Sheet, cells: Sequence[str], bad: list[_Bad]) -> Typed:
    """Return a filled row with its link."""
    place, link, key, campaign, post = (
        _cell(sheet, cells, column) for column in ("place", "link", "key", "campaign", "post")
    )
    if not key and not link and is_total(place):
        return replace(one, tags=Tags(rest=True), total=True)
    tags = tags_in(link)
    name = key or place or ("" if tags.tagged else link or post)
    if not (name or tags.tagged):
        bad.append(_Bad(one.line, NOWHERE))
    short = post if post and name and name != post and not key else tags.short_url
    return replace(
        one, tags=tags._replace(resource=name, short_url=short, campaign=tags.campaign or decode_tag(campaign))
    )


def _cell(sheet: Sheet, cells: Sequence[str], column: str, goal: int | None = None) -> str:
    """Return a cell; texts that we wrote without the sign that made them neutral."""
    places = sheet.columns.get(column, ())
    place = goal if column == "conversions" else (places[0] if places else None)
    if place is None or place >= len(cells) or not cells[place].strip():
        return ""
    if column in {*COUNTS, *JOINS, "revenue", "cost"}:
        return cells[place]  # as the workbook typed it
    return verbatim(cells[place]).strip() if sheet.ours and not sheet.tab else cells[place].strip()


def _of_headers(sheet: Sheet) -> str:
    """Return the currency that the header of the costs or of the revenue names."""
    places = [place for column in ("cost", "revenue") for place in sheet.columns.get(column, ())]
    return next((money for place in places if (money := money_of_header(sheet.headers[place]))), "")


def _currency(text: str) -> str:
    return (currency_of(text) or currency_of(text.upper()) or "") if text else ""


def _with_rest(label: str, rows: Sequence[Typed]) -> list[Typed]:
    """Return the rows without their sum; what it has beyond them as a row of its own.

    Raises:
        InputError: The rows are more than their sum.

    """
    total = next((row for row in rows if row.total), None)
    others = [row for row in rows if not row.total]
    if total is None:
        return others
    beyond: dict[str, int | None] = {}
    for column, value in total.counts.items():
        rest = (value or 0) - sum(row.counts[column] or 0 for row in others)
        if value is not None and rest < 0:
            raise InputError(
                f"{label}, line {total.line}: the total of the {column} is less than its rows", hint="correct that line"
            )
        beyond[column] = rest if value is not None and rest else None
    return [*others, replace(total, counts=beyond, revenue=None, cost=None, currency="", total=False)]


def _report(label: str, unit: str, column: str, rows: Sequence[Typed], options: ImportOptions) -> Report | None:
    """Return the report of one unit, None where nobody typed a number of it."""
    with_goal = unit == "visit"
    made = []
    for one in rows:
        goal = one.counts["conversions"] if with_goal else None
        money = (one.revenue, one.cost) if with_goal else (None, None)
        if any(value is not None for value in (one.counts[column], goal, *money)):
            made.append(
                Row(
                    one.tags,
                    denominator=one.counts[column],
                    numerator=goal,
                    revenue=money[0],
                    cost=money[1],
                    currency=one.currency if with_goal else "",
                    line=one.line,
                )
            )
    if not made:
        return None
    numerators = [row.numerator for row in made]
    return Report(
        tool="sheet",
        labels=(label,),
        rows=tuple(made),
        unit=unit,
        kind="conversion" if any(value is not None for value in numerators) else "",
        period=options.period,
        total=(_sum([row.denominator for row in made]), _sum(numerators)),
    )


def _joins(label: str, rows: Sequence[Typed], options: ImportOptions) -> Iterator[Report]:
    """Yield who joined and who left again, where somebody typed that."""
    for column, kind in zip(JOINS, (JOIN, LEFT), strict=True):
        made = tuple(
            Row(one.tags, numerator=number, line=one.line) for one in rows if (number := one.counts[column]) is not None
        )
        if made:
            total = (None, _sum([row.numerator for row in made]))
            yield Report(tool="sheet", labels=(label,), rows=made, kind=kind, period=options.period, total=total)


def _sum(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
