"""Tables of Google Analytics 4, from its interface or its API: which of them tells most, and what its numbers mean."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import Unreadable
from outreach.messages import message
from outreach.tracking.exports.breakdown import LINKS, Column, Plan, tags_of, text_of
from outreach.tracking.exports.ga4_words import FIRST, LAST, column_of, is_total
from outreach.tracking.exports.summary import chosen, goal_named
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.files.grid import Row as Cells
    from outreach.tracking.exports.breakdown import Breakdown

__all__ = ["attribution_of", "best", "pivoted", "plan_of", "split_total", "with_conversions"]

UNITS: Final = ("session", "visitor", "pageview")
RANKS: Final = {"content": 4, "landing": 3, "campaign": 2, "source_medium": 1, "source": 1, "medium": 0}
SCOPES: Final = (LAST, "", FIRST)
RATE: Final = re.compile(r"(?P<whole>[0-9]*)(?:[.,](?P<fraction>[0-9]+))?(?:[eE]-(?P<power>[0-9]+))?\s*(?P<percent>%?)")
ALL_EVENTS: Final = message("sum-of-key-events")
ANY_EVENT: Final = message("any-key-event")


def best(label: str, tables: Sequence[Breakdown]) -> Breakdown:
    """Return the table that tells links most finely; tables are never added to each other.

    Raises:
        InputError: None of them tells a link and a count.

    """
    useful = [table for table in tables if table.links() and any(c.role in COUNTED for c in table.columns)]
    if not useful:
        raise InputError(
            f"{label}: it has no table of visits by links",
            hint="choose Session manual ad content, Session campaign or Session source / medium as a dimension; or "
            "name the columns: --columns content=…,sessions=…",
        )
    found = max(useful, key=_rank)
    _refuse_compared(found)
    return found


COUNTED: Final = frozenset({"denominator", "numerator", "events"})


def _rank(table: Breakdown) -> tuple[int, bool, int]:
    links = table.links()
    ranks = [RANKS[column.role] for column in links if column.role != "landing"]
    if any(c.role == "landing" for c in links) and any(tags_of(links, cells).tagged for _, cells in table.rows):
        ranks.append(RANKS["landing"])
    days = table.of("day") is not None or table.of("nth_day") is not None
    return max(ranks, default=0), days, len(links)


def _refuse_compared(table: Breakdown) -> None:
    """Refuse a table whose rows count the same visits twice.

    Raises:
        InputError: It holds several segments, comparisons or periods.

    """
    for column in table.columns:
        if column.role == "compared" and len({fold_header(text) for text in table.texts(column)}) > 1:
            raise InputError(
                f"{table.label}: it has several segments, comparisons or periods, whose rows overlap",
                hint="export it again with one of them",
            )


def attribution_of(table: Breakdown) -> str:
    """Return the rule by which visits got their links: that of the finest column."""
    return table.links()[0].scope


def split_total(label: str, columns: Sequence[Column], rows: Sequence[Cells]) -> tuple[tuple[Cells, ...], Cells | None]:
    """Return the rows of a table without the row of totals, and that row.

    It is the first or the last row, and says so at its beginning or behind its end, or all of its labels are empty.

    Raises:
        InputError: There are two, and they differ.

    """
    dimensions = [c for c in columns if c.role in {*LINKS, "day", "nth_day", "event"}]
    width = max((c.at for c in columns), default=0)
    ends = [rows[0], *rows[1:][-1:]] if rows else []
    named = [row for row in ends if _named(row[1], dimensions, width)]
    totals = named or [row for row in ends if all(not text_of(row[1], column) for column in dimensions)]
    if len(totals) == 2 and totals[0][1][: width + 1] != totals[1][1][: width + 1]:
        raise InputError(f"{label}, line {totals[1][0]}: a second row of totals", hint="export one table")
    lines = {line for line, _ in totals}
    return tuple(row for row in rows if row[0] not in lines), totals[0] if totals else None


def _named(cells: Sequence[str], dimensions: Sequence[Column], width: int) -> bool:
    """Tell a row of totals by its words; a link of such a name has other labels beside it, or is not at the end."""
    labels = [text for column in dimensions if (text := text_of(cells, column))]
    beyond = [cell for cell in cells[width + 1 :] if is_total(cell)]
    return all(map(is_total, labels)) and bool(labels or beyond)


def pivoted(columns: Sequence[Column], above: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns of a table with the name of an event above each metric.

    Sessions under an event are those in which it happened; under the totals they are all of them.

    Example:
        >>> pivoted([Column(1, "denominator", unit="session")], ["Event name", "purchase"])
        (Column(at=1, role='numerator', scope='', unit='session', kind='conversion', goal='purchase', currency=''),)

    """
    found = []
    for column in columns:
        name = above[column.at].strip() if column.at < len(above) else ""
        if column.role not in {*COUNTED, "rate", "revenue"} or is_total(name):
            found.append(column)
        elif column_of(name, 0).role == "event":  # the name of the dimension, not of an event
            continue
        elif column.role == "denominator" and name:
            found.append(Column(column.at, "numerator", unit=column.unit, kind="conversion", goal=name))
        elif column.role in {"numerator", "events"} and name:
            found.append(Column(column.at, "numerator", kind="event", goal=name))
    return tuple(found)


def plan_of(table: Breakdown, goal: str) -> tuple[Plan, str]:
    """Return which columns count, and the goal.

    Raises:
        InputError: There are several goals and none was named, or none of that name.

    """
    if event := table.of("event"):
        return _plan_of_events(table, event, goal)
    by_unit = {c.unit: c for c in reversed(table.columns) if c.role == "denominator"}
    denominator = next((by_unit[unit] for unit in UNITS if unit in by_unit), None)
    unit = denominator.unit if denominator else ""
    numerator, name, flags = chosen(table.label, table.columns, unit, goal)
    if numerator and numerator.kind == "conversion" and numerator.unit != unit:
        numerator = replace(numerator, kind="event" if denominator else "conversion")
    if numerator and not name:
        flags = (*flags, ALL_EVENTS if numerator.kind == "event" else ANY_EVENT)
    return Plan(denominator, numerator, table.of("revenue"), flags=flags), name


def _plan_of_events(table: Breakdown, event: Column, goal: str) -> tuple[Plan, str]:
    """Plan for a table of which each row is about one event: sessions in it are those with the event."""
    names = [name for name in table.texts(event) if name]
    if not names:
        return Plan(), goal
    name = goal_named(table.label, names, goal)
    sessions = next((c for c in table.columns if c.role == "denominator" and c.unit == "session"), None)
    counts = [c for c in table.columns if c.role in {"numerator", "events"}]
    if sessions:
        numerator = Column(sessions.at, "numerator", unit="session", kind="conversion", goal=name)
    elif counts:
        numerator = Column(counts[0].at, "numerator", kind="event", goal=name)
    else:
        raise InputError(
            f"{table.label}: it names events without counts", hint="add the metric Event count, or Sessions"
        )
    exact_name = next(text for text in names if text == name)
    return Plan(numerator=numerator, revenue=table.of("revenue"), only=exact_name), name


def with_conversions(table: Breakdown) -> Breakdown:
    """Return the table with a column of the sessions that had a key event, where its rates tell them exactly.

    A rate is a count of sessions over the sessions of the row. As written it stands for a small range; where exactly
    one whole number lies in that range times the sessions, in every row, and is no larger than the key events, that is
    the count, and a session counts once at most. Where one row leaves two numbers possible (``1.2 %`` of 900) the
    rates are not used at all: half a column would be worse than sums of events.

    """
    units = {c.unit: c for c in reversed(table.columns) if c.role == "denominator"}
    unit = next((unit for unit in UNITS if unit in units), "")
    made = table
    for rate in [c for c in table.columns if c.role == "rate" and c.unit == unit]:
        events = next((c for c in table.columns if c.role == "numerator" and c.goal == rate.goal), None)
        made = _with_counts(made, rate, units[unit], events)
    return made


def _with_counts(table: Breakdown, rate: Column, sessions: Column, events: Column | None) -> Breakdown:
    rows = [*table.rows, *([table.total] if table.total else [])]
    digits = max((_digits(text_of(cells, rate)) for _, cells in rows), default=0)
    counts = []
    for _, cells in rows:
        count = _converted(text_of(cells, rate), text_of(cells, sessions), digits, table)
        try:
            most = table.count(text_of(cells, events)) if events else None
        except Unreadable:  # said when the column is read
            return table
        if count is None or (most is not None and count > most):
            return table
        counts.append(str(count))
    width = max((len(cells) for _, cells in rows), default=0)
    longer = [
        (line, [*cells, *[""] * (width - len(cells)), count]) for (line, cells), count in zip(rows, counts, strict=True)
    ]
    return replace(
        table,
        columns=(*table.columns, Column(width, "numerator", unit=rate.unit, kind="conversion", goal=rate.goal)),
        rows=tuple(longer[: len(table.rows)]),
        total=longer[-1] if table.total else None,
    )


def _digits(text: str) -> int:
    """Return how many decimals of a fraction a rate tells; what a percent sign takes away is given back."""
    found = RATE.fullmatch(text.strip())
    if not found:
        return 0
    return len(found["fraction"] or "") + int(found["power"] or 0) + 2 * bool(found["percent"])


def _converted(text: str, sessions: str, digits: int, table: Breakdown) -> int | None:
    """Return the one count that a rate can mean, None where there is none or more than one."""
    found = RATE.fullmatch(text.strip())
    try:
        number = table.count(sessions)
    except Unreadable:  # said when the column is read
        return None
    if not found or not text.strip() or number is None:
        return None
    value = float(f"{found['whole'] or 0}.{found['fraction'] or 0}e-{int(found['power'] or 0)}")
    share = value / 100 if found["percent"] else value
    half = 0.5 * 10.0 ** -min(digits, 15)
    low, high = math.ceil((share - half) * number - 1e-9), math.floor((share + half) * number + 1e-9)
    return low if low == high and 0 <= low <= number else None
