"""From a table to a report: which goal counts, and how the rows add up to the total that the file tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import Unreadable
from outreach.messages import message
from outreach.tracking.base import Report, Row, Tags, about, units_of
from outreach.tracking.exports.breakdown import Plan, period_of, rows_of, text_of
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.contract import Remark
    from outreach.files.grid import Row as Cells
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions, Period
    from outreach.tracking.exports.breakdown import Breakdown, Column

__all__ = ["chosen", "goal_named", "listed", "once_a_day", "remarks_on", "reported"]

MOST_LISTED: Final = 20
ADDITIVE: Final = frozenset({"visit", "session", "pageview", "click", "view"})
"""Units whose rows add up. A visitor who came by two links, or on two days, stands in two rows."""


def listed(names: Sequence[str]) -> str:
    """Return names for a hint, in the order given, the first twenty.

    Example:
        >>> listed(["a", "b"])
        'a, b'

    """
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more


def goal_named(label: str, names: Sequence[str], goal: str) -> str:
    """Return the goal of a file that the user means; the only one where he named none.

    Raises:
        InputError: There are several and none was named, or none of that name.

    Example:
        >>> goal_named("a.csv", ["purchase", "generate_lead"], "Generate lead")
        'generate_lead'

    """
    known = sorted(set(names))
    if not goal and len(known) == 1:
        return known[0]
    same = [name for name in known if name.casefold().strip() == goal.casefold().strip()]
    near = same or [name for name in known if fold_header(name) and fold_header(name) == fold_header(goal)]
    if goal and len(near) == 1:
        return near[0]
    problem = f"no goal named {goal!r}" if goal else "it has several goals"
    raise InputError(f"{label}: {problem}", hint=f"name one: --goal; the file has {listed(known)}")


def chosen(
    label: str, columns: Sequence[Column], unit: str, goal: str
) -> tuple[Column | None, str, tuple[Message, ...]]:
    """Return the numerator among columns, its goal, and what is doubtful in it.

    A column that counts a visit once is taken before one that counts each time. A column without a goal's name counts
    the goal that the user names: the file does not contradict him.

    Raises:
        InputError: There are several goals and none was named, or none of that name.

    """
    numerators = [column for column in columns if column.role == "numerator"]
    if not numerators:
        return None, "", ()
    flags: tuple[Message, ...] = ()
    if names := [column.goal for column in numerators if column.goal]:
        goal = goal_named(label, names, goal)
        numerators = [column for column in numerators if column.goal == goal]
    elif goal:
        flags = (message("goal-is-your-word", goal=goal),)
    best = min(numerators, key=lambda column: (column.kind != "conversion" or column.unit not in {"", unit}, column.at))
    return best, goal, flags


def reported(
    table: Breakdown,
    plan: Plan,
    options: ImportOptions,
    *,
    tool: str,
    goal: str = "",
    period: Period | None = None,
    source_name: str = "",
    timezone: str = "",
    attribution: str = "",
    currency: str = "",
    flags: tuple[Message, ...] = (),
) -> Report:
    """Return the report that a table is.

    What the file's own total has beyond its rows is a row of its own.

    Raises:
        InputError: A cell is not what its column should hold, or the rows overlap.

    """
    rows = rows_of(table, plan, currency or options.currency)
    unit = plan.denominator.unit if plan.denominator else ""
    days = period_of(table, rows, period, options.period)
    own = None if plan.only else table.total
    rest, total, doubts = _completed(table, plan, rows, own, currency or options.currency)
    return Report(
        tool=tool,
        labels=(table.label,),
        rows=(*rows, *rest),
        unit=unit,
        kind=plan.numerator.kind if plan.numerator else "",
        goal=goal,
        source_name=source_name,
        period=days,
        timezone=timezone,
        attribution=attribution,
        flags=tuple(dict.fromkeys((*flags, *plan.flags, *doubts, *once_a_day(unit, rows)))),
        total=total,
    )


def once_a_day(unit: str, rows: Sequence[Row]) -> Iterator[Message]:
    """Yield that people of several days were added: who came on two of them is two."""
    if unit == "visitor" and len({row.day for row in rows if row.day}) > 1:
        yield message("users-once-a-day")


@dataclass(frozen=True, slots=True)
class _Side:
    """A column that counts: what its rows add up to, and what the row of totals says."""

    of: str
    adds: int | None = None
    has: int | None = None

    @property
    def beyond(self) -> int:
        """What the total has beyond the rows."""
        return max(0, self.has - self.adds) if self.has is not None and self.adds is not None else 0

    @property
    def whole(self) -> int | None:
        """The rows and what is beyond them."""
        return None if self.adds is None else self.adds + self.beyond


def _completed(
    table: Breakdown, plan: Plan, rows: Sequence[Row], own: Cells | None, currency: str
) -> tuple[tuple[Row, ...], tuple[int | None, int | None], tuple[Message, ...]]:
    """Return the row of what the total has beyond the rows, the total of both, and what is doubtful in it."""
    below = _side(table, own, plan.denominator, [row.denominator for row in rows])
    above = _side(table, own, plan.numerator, [row.numerator for row in rows])
    doubts = [*_overlap(table, below), *_overlap(table, above)]
    money, code = _money_beyond(table, plan, rows, own, currency)
    total = (below.whole, above.whole)
    if not (below.beyond or above.beyond) and money is None:
        return (), total, tuple(doubts)
    if below.beyond:
        rows_hold = {"rows": below.adds or 0, "all": below.has or 0}
        doubts.append(message("rows-short-of-total", **rows_hold, units=units_of(below.of)))
    rest = Row(
        Tags(rest=True),
        denominator=below.beyond if plan.denominator else None,
        numerator=above.beyond if plan.numerator else None,
        revenue=money,
        currency=code,
        line=(own[0] or None) if own else None,
    )
    return (rest,), total, tuple(doubts)


def _side(table: Breakdown, own: Cells | None, column: Column | None, counts: Sequence[int | None]) -> _Side:
    """Return what a column adds up to, and what the file's row of totals says in it.

    Raises:
        InputError: The row of totals is unreadable.

    """
    if column is None:
        return _Side("")
    adds = sum(count or 0 for count in counts)
    if own is None:
        return _Side(column.unit if column.role == "denominator" else column.kind, adds)
    try:
        has = table.count(text_of(own[1], column))
    except Unreadable as err:
        raise InputError(f"{table.place(own[0])}: {err}", hint="download the file again") from err
    return _Side(column.unit if column.role == "denominator" else column.kind, adds, has)


def _overlap(table: Breakdown, side: _Side) -> list[Message]:
    """Return that rows add up to more than their total; refuse where this cannot come from rounding.

    Raises:
        InputError: Visits add up to far more than there were: sub-totals or segments stand among the rows.

    """
    if side.adds is None or side.has is None or side.adds <= side.has:
        return []
    if side.of in ADDITIVE and side.adds > side.has * 1.1 + 5:
        raise InputError(
            f"{table.label}: its rows add up to {side.adds} {side.of}s, its total is {side.has}",
            hint="its rows include sub-totals, segments or two periods: export one plain table",
        )
    return [message("rows-against-total", rows=side.adds, all=side.has, units=units_of(side.of))]


def _money_beyond(
    table: Breakdown, plan: Plan, rows: Sequence[Row], own: Cells | None, currency: str
) -> tuple[float | None, str]:
    """Return the revenue that the total has beyond the rows, None where there is none to speak of."""
    if own is None or plan.revenue is None:
        return None, ""
    try:
        told = table.money(text_of(own[1], plan.revenue))
    except Unreadable as err:
        raise InputError(f"{table.place(own[0])}: {err}", hint="download the file again") from err
    if told is None:
        return None, ""
    beyond = round(told[0] - sum(row.revenue or 0 for row in rows), 2)
    if beyond < 0.01:
        return None, ""
    return beyond, told[1] or plan.revenue.currency or currency


def remarks_on(report: Report, told_by: Sequence[str]) -> Iterator[Remark]:
    """Yield what the user should know of a report as a whole.

    Args:
        report: It.
        told_by: Roles of the columns that tell its links.

    """
    label = report.labels[0]
    if not report.rows:
        yield about(label, "report-empty")
    elif any(row.tags.tagged for row in report.rows):
        return
    elif {"content", "campaign", "landing"}.isdisjoint(told_by):
        yield about(label, "source-and-medium-only")
    else:
        count = report.total[0]
        if count is None:
            yield about(label, "no-tagged-traffic")
        else:
            yield about(label, "no-tagged-traffic-among", count=count, units=units_of(report.unit))
