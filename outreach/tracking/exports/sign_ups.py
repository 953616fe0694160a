"""Lists of sign-ups and orders: forms, mail tools, shops, payment services, customer databases.

A row is a person or an order, and becomes a row with one event. Who it was is hashed while it is read: no address,
telephone number or order number leaves this file.
"""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.messages import describe, message
from outreach.tracking.base import Period, Report, Row, about
from outreach.tracking.exports.event_cells import Event, EventParser, events_in
from outreach.tracking.exports.event_columns import find_columns, is_list_of_events
from outreach.tracking.exports.event_words import CANCELLED, PAID, PAYOUT, REFUNDED, TESTED, UNPAID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.exports.event_columns import Columns

__all__ = ["SignUps"]

TABLE: Final = "a table of sign-ups or orders has a first line such as: email,date,utm_campaign,utm_content"
NOT_COUNTED: Final = {
    TESTED: "not-counted-test",
    CANCELLED: "not-counted-cancelled",
    PAYOUT: "not-counted-no-payment",
    UNPAID: "not-counted-unpaid",
    REFUNDED: "not-counted-refunded",
}


class SignUps:
    """Sign-ups, leads, orders and payments, one a row, whatever wrote them."""

    name = "sign-ups"
    reads = "sign-ups and orders with utm columns, a landing address or a promotion code: CSV and Excel"

    def identify(self, source: Source) -> bool:
        """Tell by the headers, and by what the first cells look like."""
        rows = list(enumerate(source.first_rows, start=1))
        columns = find_columns(source.label, rows, {})
        return columns is not None and is_list_of_events(columns, rows)

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report a file."""
        for source in sources:
            with _uncollected():
                parts = list(_file(source, options))
            yield from parts


@contextmanager
def _uncollected() -> Iterator[None]:
    """Make many small objects without looking through all of them again and again: a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _file(source: Source, options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
    events: list[Event] = []
    rejected: list[Rejected] = []
    zones = set()
    tables = _tables(source, options)
    for columns, rows in tables:
        parser = EventParser(source.label, columns, options, rows)
        parts = list(events_in(parser, rows))
        events += (part for part in parts if isinstance(part, Event))
        rejected += (part for part in parts if isinstance(part, Rejected))
        yield about(source.label, "read-as-sign-ups", usual=True, columns=columns.describe())
        if parser.unknown_statuses:
            yield about(source.label, "statuses-unknown", rows=parser.unknown_statuses)
        if "date" not in columns.at:
            yield about(source.label, "no-column-of-days")
        zones.add("UTC" if _is_utc(columns) else "")
    if not events and rejected:
        first = rejected[0]
        raise InputError(f"{describe(first.reason)}, and no row can be used", where=source.label, line=first.line)
    yield from rejected
    kind = options.kind or _kind(events, [columns for columns, _ in tables])
    rows_out, notes = _orders(events, options) if kind == "sale" else _people(events, options, tables)
    yield from (Remark(message("in-file", file=source.label, what=note)) for note in notes)
    if not any(columns.tells_links for columns, _ in tables):
        yield about(source.label, "no-tags-in-form")
    yield _report(source.label, kind, rows_out, options, zones)


def _tables(source: Source, options: ImportOptions) -> list[tuple[Columns, Sequence[Cells]]]:
    """Return the tables in a file: what their columns say, and the rows below the header.

    Raises:
        InputError: There is none.

    """
    found: list[tuple[Columns, Sequence[Cells]]] = []
    for grid in source.grids:
        columns = find_columns(source.label, grid.rows, options.columns)
        if columns and (options.columns or len(source.grids) == 1 or is_list_of_events(columns, grid.rows)):
            found.append((columns, grid.rows[columns.header + 1 :]))
    if not found:
        raise InputError(f"{source.label}: no line in it names columns of sign-ups or orders", hint=TABLE)
    if not any(rows for _, rows in found):
        raise InputError(f"{source.label}: there is a header and no row below it", hint="export it again")
    return found


def _is_utc(columns: Columns) -> bool:
    place = columns.at.get("date")
    return place is not None and "utc" in columns.headers[place].split()


def _kind(events: Sequence[Event], columns: Sequence[Columns]) -> str:
    """Return ``sale`` where there are sums or numbers of orders."""
    numbered = any("id" in one.at for one in columns) and any(event.order for event in events)
    return "sale" if numbered or any(event.gross is not None for event in events) else "signup"


def _people(
    events: Sequence[Event], options: ImportOptions, tables: Sequence[tuple[Columns, Sequence[Cells]]]
) -> tuple[list[Row], list[Message]]:
    """Return one row a person: the first sign-up that is none of a test."""
    by_number = any("id" in columns.named for columns, _ in tables)
    counts: Counter[str] = Counter()
    best: dict[str, tuple[tuple[bool, date, int], Event]] = {}
    newest_first = _newest_first(events)
    for event in events:
        who = (event.order if by_number else "") or event.person or event.order or _as_row(event, counts)
        rank = (event.status == TESTED, event.day or date.max, -event.line if newest_first else event.line)
        if who not in best or rank < best[who][0]:
            best[who] = (rank, event)
    rows = [_row(options.hidden(who), event, 0 if event.status == TESTED else 1) for who, (_, event) in best.items()]
    notes = _joined(len(events) - len(best), "joined-same-person")
    if tests := sum(not row.numerator for row in rows):
        notes.append(message(NOT_COUNTED[TESTED], rows=tests))
    return rows, notes


def _newest_first(events: Sequence[Event]) -> bool:
    days = [event.day for event in (*events[:1], *events[-1:]) if event.day]
    return len(days) == 2 and days[0] > days[1]


def _orders(events: Sequence[Event], options: ImportOptions) -> tuple[list[Row], list[Message]]:
    """Return one row an order, and one for each time that money was paid back in a row of its own."""
    counts: Counter[str] = Counter()
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(event.order or _as_purchase(event) or _as_row(event, counts), []).append(event)
    statuses: Counter[str] = Counter()
    rows: list[Row] = []
    mixed = 0
    for who, group in groups.items():
        paid = _of_one_currency(group)
        mixed += len(paid) < len(group)
        net = _net(paid)
        status = _status(group, net)
        statuses[status] += 1
        rows += _of_order(options, who, group, paid, status)
    notes = _joined(len(events) - len(groups), "joined-same-order")
    notes += [message(code, rows=statuses[status]) for status, code in NOT_COUNTED.items() if statuses[status]]
    if parts := sum(len({event.gross for event in group if event.gross}) > 1 for group in groups.values()):
        notes.append(message("orders-of-different-sums", orders=parts))
    if mixed:
        notes.append(message("orders-of-several-currencies", orders=mixed))
    return rows, notes


def _of_one_currency(group: Sequence[Event]) -> list[Event]:
    """Return the rows of an order in its first currency: currencies are never added."""
    money = next((one.currency for one in group if one.currency), "")
    return [one for one in group if one.gross is None or one.currency in {money, ""}]


def _status(group: Sequence[Event], net: float | None) -> str:
    """Return the status of an order: one paid row is enough, else the first known status counts."""
    known = [event.status for event in group if event.status is not None]
    if known and PAID not in known:
        return known[0]
    paid_back = net is not None and net <= 0 and any(event.gross and event.gross > 0 for event in group)
    return REFUNDED if paid_back else PAID


def _net(group: Sequence[Event]) -> float | None:
    """Return what an order brought: a sum that all its rows repeat counts once, different ones are parts of it.

    What was paid back by rows of their own may be the same sum on another day.
    """
    sums = {(one.gross, one.day if one.gross < 0 else None) for one in group if one.gross is not None}
    refunds = {one.refund for one in group}
    return round(sum(gross for gross, _ in sums) - sum(refunds), 6) if sums or any(refunds) else None


def _as_purchase(event: Event) -> str:
    """Return what tells one purchase of a person from the next, where orders have no numbers."""
    return f"{event.person}\x1f{event.day}\x1f{event.gross}" if event.person else ""


def _as_row(event: Event, counts: Counter[str]) -> str:
    """Return what stands for a row that names nobody: its cells, and which of its equals it is."""
    counts[event.row] += 1
    return f"{event.row}\x1f{counts[event.row]}"


def _row(who: str, event: Event, numerator: int) -> Row:
    money = event.currency if event.gross is not None else ""
    return Row(event.tags, event.day, None, numerator, event.gross, money, None, who, event.line)


def _of_order(
    options: ImportOptions, who: str, group: Sequence[Event], paid: Sequence[Event], status: str
) -> Iterator[Row]:
    """Yield the row of an order, as its first rows tell it, and those of its refunds.

    Refunds in rows of their own are events of their own: the next file may tell them again. A list of refunds alone
    says nothing of the orders.
    """
    alone = all(one.gross is None for one in paid)  # a list of refunds: its sums stand in a column of that name
    back = [one for one in paid if _pays_back(one, alone=alone)]
    order = [one for one in paid if not _pays_back(one, alone=alone)]
    apart = bool(back) and status in {PAID, REFUNDED}  # else the order does not count whatever was paid back
    number = options.hidden(who)
    tags = next((one.tags for one in group if one.tags.tagged), group[0].tags)
    money = next((one.currency for one in group if one.currency), "")
    if order or not apart:
        known = _net(paid) is not None
        net = _net(order) if apart or status == PAID else 0.0
        when = next((one.day for one in group if one.day), group[0].day)
        money_of = money if known else ""
        yield Row(tags, when, None, int(status == PAID), net if known else None, money_of, None, number, group[0].line)
    refunds = {(_back(one), one.day): one for one in reversed(back if apart else ())}  # the same one twice is one
    for (sum_, day), one in reversed(refunds.items()):
        what = options.hidden(f"{who}\x1f{sum_}\x1f{day}")
        yield Row(tags, day, None, 0, sum_, money, None, what, one.line, refund_of=number)


def _pays_back(event: Event, *, alone: bool) -> bool:
    """Tell whether a row is not of an order, but of money that went back for it."""
    return (alone and event.refund > 0) or (event.gross or 0) < 0


def _back(event: Event) -> float:
    """Return what a row pays back, below nothing."""
    return -event.refund if event.gross is None else event.gross


def _joined(rows: int, code: str) -> list[Message]:
    return [message(code, rows=rows)] if rows else []


def _report(label: str, kind: str, rows: Sequence[Row], options: ImportOptions, zones: Iterable[str]) -> Report:
    days = [row.day for row in rows if row.day]
    return Report(
        tool="sign-ups",
        labels=(label,),
        rows=tuple(rows),
        kind=kind,
        period=options.period or (Period(min(days), max(days)) if days else None),
        timezone="UTC" if set(zones) == {"UTC"} else "",
        total=(None, sum(row.numerator or 0 for row in rows)),
    )
