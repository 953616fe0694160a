"""A table of a report whose columns have roles, and the rows that it becomes; what all summaries have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.cells import MOST, Unreadable, amount, whole
from outreach.files.dates import day
from outreach.tracking.base import Period, Row, Tags
from outreach.tracking.tags import decode_tag, is_rest, tags_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outreach.files.grid import Row as Cells
    from outreach.messages import Message

__all__ = ["LINKS", "Breakdown", "Column", "Plan", "exact", "exact_sum", "period_of", "rows_of", "tags_of"]

LINKS: Final = ("content", "landing", "campaign", "source", "medium", "source_medium")
"""Roles of columns that tell the link, the finest first."""

FILLERS: Final = frozenset({"(organic)", "(referral)"})  # campaigns that GA4 makes up


@dataclass(frozen=True, slots=True)
class Column:
    """What a column says.

    Args:
        at: Its position, from 0.
        role: One of :data:`LINKS`, ``day``, ``nth_day``, ``event`` (name of the event that the row is about),
            ``compared`` (the rows of its values overlap), ``denominator``, ``numerator``, ``rate``, ``revenue``, or
            ``group`` for all that does not matter.
        scope: Of a link: the tool's rule of attribution.
        unit: Of a denominator; of a numerator what it counts, where it counts one for each unit at most.
        kind: Of a numerator.
        goal: Of a numerator or a rate.
        currency: Of a revenue, where its header tells.

    """

    at: int
    role: str
    scope: str = ""
    unit: str = ""
    kind: str = ""
    goal: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table and what its columns say.

    Args:
        label: What messages call the file.
        columns: Those of its columns that have a role.
        rows: Below the header, without the row of totals.
        total: The row of totals, where there is one.
        start: The day from which ``nth_day`` counts.
        count: Reads a count.
        money: Reads a sum.
        word: What messages call a row.

    """

    label: str
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]
    total: Cells | None = None
    start: date | None = None
    count: Callable[[str], int | None] = whole
    money: Callable[[str], tuple[float, str] | None] = amount
    word: str = "line"

    def place(self, line: int | None) -> str:
        """Return the file and the line, for messages; answers of an API have rows, and totals apart from them."""
        return f"{self.label}, {self.word} {line}" if line else f"{self.label}, its totals"

    def of(self, role: str) -> Column | None:
        """Return the first column of a role."""
        return next((column for column in self.columns if column.role == role), None)

    def links(self) -> tuple[Column, ...]:
        """Return the columns that tell the link, one for each role, the finest first."""
        return tuple(column for role in LINKS if (column := self.of(role)))

    def texts(self, column: Column) -> list[str]:
        """Return the cells of a column."""
        return [text_of(cells, column) for _, cells in self.rows]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns of a table count.

    Args:
        denominator: None where there is none.
        numerator: Likewise; its goal and kind are those of the report.
        revenue: Likewise.
        only: The event whose rows count, where each row is about one event.
        flags: What is doubtful in the choice.

    """

    denominator: Column | None = None
    numerator: Column | None = None
    revenue: Column | None = None
    only: str = ""
    flags: tuple[Message, ...] = ()


def text_of(cells: Sequence[str], column: Column) -> str:
    """Return a cell, empty where the row ends before it."""
    return cells[column.at].strip() if column.at < len(cells) else ""


def rows_of(table: Breakdown, plan: Plan, currency: str = "") -> tuple[Row, ...]:
    """Return the rows of a table.

    Raises:
        InputError: A cell is not what its column should hold, or a row is cut off: a row left out would make the
            totals false.

    """
    from outreach.files.dates import day_first

    days = table.of("day")
    first = day_first(table.texts(days)) if days else None
    event = table.of("event")
    used = [column.at for column in (plan.denominator, plan.numerator) if column]
    found = []
    for line, cells in table.rows:
        if event and plan.only and text_of(cells, event) != plan.only:
            continue
        if len(cells) <= max(used, default=0):
            raise InputError(f"{table.place(line)}: the row is cut off", hint="download the file again")
        found.append(_row(table, plan, (line, cells), first, currency))
    return tuple(found)


def _row(table: Breakdown, plan: Plan, row: Cells, first: bool | None, currency: str) -> Row:
    line, cells = row
    try:
        sum_of = table.money(text_of(cells, plan.revenue)) if plan.revenue else None
        made = Row(
            tags=tags_of(table.links(), cells),
            day=_day(table, cells, first),
            denominator=table.count(text_of(cells, plan.denominator)) if plan.denominator else None,
            numerator=table.count(text_of(cells, plan.numerator)) if plan.numerator else None,
            revenue=sum_of[0] if sum_of else None,
            currency=(sum_of[1] or (plan.revenue.currency if plan.revenue else "") or currency) if sum_of else "",
            line=line,
        )
    except Unreadable as err:
        raise InputError(f"{table.place(line)}: {err}", hint="download the file again, or correct it") from err
    _check(table, made, plan)
    return made


def _check(table: Breakdown, row: Row, plan: Plan) -> None:
    """Refuse more conversions than visits where a visit counts once.

    Raises:
        InputError: There are more.

    """
    if row.numerator is None or row.denominator is None or plan.numerator is None:
        return
    if plan.numerator.kind == "conversion" and row.numerator > row.denominator:
        unit = plan.denominator.unit if plan.denominator else ""
        raise InputError(
            f"{table.place(row.line)}: more {unit}s with the goal than {unit}s",
            hint="one of the columns does not match its header: download the file again",
        )


def _day(table: Breakdown, cells: Sequence[str], first: bool | None) -> date | None:
    if column := table.of("day"):
        return day(text_of(cells, column), first=first)
    if (column := table.of("nth_day")) and table.start:
        number = whole(text_of(cells, column))
        if number is not None and number > 36_600:
            raise Unreadable("day-a-century-later")
        return None if number is None else table.start + timedelta(days=number)
    return None


def tags_of(links: Sequence[Column], cells: Sequence[str]) -> Tags:
    """Return the tags that the link columns of a row tell; a column beats what its landing page tells.

    Example:
        >>> tags_of([Column(0, "landing"), Column(1, "source_medium")], ["/?utm_content=a-1", "vk / social"])
        Tags(source='vk', medium='social', campaign='', content='a-1', promo='', start='', short_url='', resource='', \
rest=False)
        >>> tags_of([Column(0, "campaign")], ["(other)"]).rest
        True

    """
    texts: dict[str, str] = {}
    for column in links:
        text = text_of(cells, column)
        if column.role == "source_medium" or (column.role == "source" and " / " in text and not _has(links, "medium")):
            source, _, medium = text.rpartition(" / ") if " / " in text else (text, "", "")
            texts = {"source": source, "medium": medium, **texts}
        else:
            texts[column.role] = text
    if any(is_rest(text) for text in texts.values()):
        return Tags(rest=True)
    landing = tags_in(texts.pop("landing", ""))
    own: dict[str, Any] = {role: decode_tag(text) for role, text in texts.items()}
    if own.get("campaign", "").casefold() in FILLERS:
        del own["campaign"]
    return landing._replace(**{role: text for role, text in own.items() if text})


def _has(links: Sequence[Column], role: str) -> bool:
    return any(column.role == role for column in links)


def period_of(
    table: Breakdown, rows: Sequence[Row], told_by_file: Period | None, given: Period | None
) -> Period | None:
    """Return the days that rows cover: what the file says, else what the user says, else the days of the rows.

    Raises:
        InputError: A row lies outside of the days that the file tells.

    """
    days = [row.day for row in rows if row.day]
    if told_by_file is None:
        return given if (given and _within(days, given)) or not days else Period(min(days), max(days))
    for row in rows:
        if row.day and not _within([row.day], told_by_file):
            raise InputError(
                f"{table.place(row.line)}: a day outside the period of the file",
                hint="download the file again",
            )
    return told_by_file


def _within(days: Sequence[date], period: Period) -> bool:
    return all(period.start <= one <= period.end for one in days)


def exact(text: str) -> int | None:
    """Return a count that a program wrote: the point is always a decimal one.

    Raises:
        Unreadable: It is no count.

    Example:
        >>> exact("12.000"), exact("")
        (12, None)

    """
    if text in {"", "None"}:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation as err:
        raise Unreadable("count-no-number") from err
    if not number.is_finite():
        raise Unreadable("count-no-number")
    if number < 0:
        raise Unreadable("count-negative")
    if number > MOST:
        raise Unreadable("count-too-large")
    if number != int(number):
        raise Unreadable("count-with-fraction")
    return int(number)


def exact_sum(text: str) -> tuple[float, str] | None:
    """Return a sum that a program wrote.

    Raises:
        Unreadable: It is no sum.

    Example:
        >>> exact_sum("123.456"), exact_sum("")
        ((123.456, ''), None)

    """
    if text in {"", "None"}:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation as err:
        raise Unreadable("no-sum") from err
    if not number.is_finite() or abs(number) > MOST:
        raise Unreadable("sum-too-large")
    return float(number), ""
