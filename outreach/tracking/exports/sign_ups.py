"""Lists of sign-ups and orders: forms, mail tools, shops, payment services, customer databases.

A row is a person or an order, and becomes a row with one event. Who it was is hashed while it is read: no address,
telephone number or order number leaves this file.
"""

from __future__ import annotations

import gc
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.cells import blank
from outreach.files.contract import Rejected, Remark
from outreach.messages import describe, message
from outreach.store.answers import CODE, stage_word
from outreach.store.stages import stage_of
from outreach.store.ties import ANSWERED, answer_name
from outreach.tracking.answers import tied_answer
from outreach.tracking.base import STEP, Period, Report, Row, Tags, Untied, about
from outreach.tracking.exports.event_cells import Event, EventParser, events_in
from outreach.tracking.exports.event_columns import find_columns, is_list_of_events
from outreach.tracking.exports.event_words import (
    BOOKED,
    BOOKED_STAGES,
    CAME,
    CANCELLED,
    ENQUIRY,
    NO_SHOW,
    PAID,
    PAYOUT,
    REFUNDED,
    TESTED,
    UNKNOWN,
    UNPAID,
)  # fmt: skip
from outreach.tracking.exports.persons import Numbers, joined_persons
from outreach.tracking.steps import REACHED, farthest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    ENQUIRY: "not-counted-enquiry",
    BOOKED: "not-counted-booked",
    NO_SHOW: "not-counted-no-show",
    CAME: "not-counted-came",
}
MOST_STAGES: Final = 12
LONGEST_STAGE: Final = 60


class SignUps:
    """Sign-ups, leads, orders and payments, one a row, whatever wrote them."""

    name = "sign-ups"
    reads = "sign-ups and orders with utm columns, a landing address or a promotion code: CSV and Excel"

    def identify(self, source: Source) -> bool:
        """Tell by the headers, and by what the first cells look like."""
        rows = list(enumerate(source.first_rows, start=1))
        columns = find_columns(source.label, rows, {})
        return columns is not None and is_list_of_events(columns, rows)

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark | Untied]:
        """Yield one report a file; a person is one in all files.

        Answers to "How did you hear of us?" are a report of their own.
        """
        with _uncollected():
            tables = [_tables(source, options) for source in sources]
            numbers = Numbers(options.market, lambda: _numbers(tables))
            lists = [_parsed(one.label, some, options, numbers) for one, some in zip(sources, tables, strict=True)]
            _name_persons(lists)
            told = [part for one in lists for part in _told(one, options)]
            parts = [*told, *_answered(lists, options)]
        yield from parts


@dataclass(slots=True)
class _List:
    """What one file says: its tables with how they were read, its events, and the rows that cannot be used."""

    label: str
    tables: list[tuple[Columns, Sequence[Cells]]]
    parsers: list[EventParser]
    events: list[Event]
    rejected: list[Rejected]


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


def _numbers(tables: Iterable[Sequence[tuple[Columns, Sequence[Cells]]]]) -> Iterator[str]:
    """Yield the telephone numbers in all tables, as written."""
    for columns, rows in chain.from_iterable(tables):
        place = columns.at.get("phone")
        yield from (cells[place] for _, cells in rows if place is not None and place < len(cells))


def _parsed(
    label: str, tables: Sequence[tuple[Columns, Sequence[Cells]]], options: ImportOptions, numbers: Numbers
) -> _List:
    """Return what a file says.

    Raises:
        InputError: No row of it can be used.

    """
    found = _List(label, list(tables), [], [], [])
    for columns, rows in found.tables:
        parser = EventParser(label, columns, options, rows, numbers)
        found.parsers.append(parser)
        for part in events_in(parser, rows):
            (found.events if isinstance(part, Event) else found.rejected).append(part)  # type: ignore[arg-type]  # as told apart
    if not found.events and found.rejected:
        first = found.rejected[0]
        raise InputError(f"{describe(first.reason)}, and no row can be used", where=label, line=first.line)
    return found


def _name_persons(lists: Sequence[_List]) -> None:
    """Give rows that share an address or a telephone number one person."""
    if not any(event.email and event.phone for one in lists for event in one.events):
        return
    persons = joined_persons((event.email, event.phone) for one in lists for event in one.events)
    for one in lists:
        for place, event in enumerate(one.events):
            if event.person and (person := persons[event.email, event.phone]) != event.person:
                one.events[place] = replace(event, joined=person)


def _told(one: _List, options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
    """Yield how a file was understood, and its reports."""
    label, events = one.label, one.events
    unknown: Counter[str] = Counter()
    for (columns, _), parser in zip(one.tables, one.parsers, strict=True):
        yield about(label, "read-as-sign-ups", usual=True, columns=columns.describe())
        unknown += parser.unknown
        if parser.sums_left_out:
            yield about(label, "sums-left-out", sums=parser.sums_left_out)
        if parser.mended:
            yield about(label, "links-mended", links=parser.mended)
        if "date" not in columns.at:
            yield about(label, "no-column-of-days")
    yield from one.rejected
    zones = {"UTC" if _is_utc(columns) else "" for columns, _ in one.tables}
    form = _form(one, options)
    kind = options.kind or options.kinds.get(form) or (STEP if _has_stages(one) else _kind(one))
    if unknown and kind in ("sale", STEP):
        yield about(label, "stages-unknown", rows=unknown.total(), stages=_stages(unknown))
    if kind == "signup":
        rows, notes = _people(events, options, one.tables)
    else:
        rows, notes = _bookings(one, options) if kind == STEP else _orders(one, options)
    yield from (Remark(message("in-file", file=label, what=note)) for note in notes)
    if not any(columns.tells_links or "heard_from" in columns.at for columns, _ in one.tables):
        yield about(label, "no-tags-in-form")
    yield replace(_report(label, kind, rows, options, zones), form=form)


def _form(one: _List, options: ImportOptions) -> str:
    """Return what stands for the headers of a list: they may hold what somebody asked, and so do not stay readable."""
    return options.hidden("list " + "\n".join("\t".join(columns.headers) for columns, _ in one.tables))[:CODE]


def _has_stages(one: _List) -> bool:
    """Tell a table of bookings or deals: its rows are people on the way to paying, and not orders alone.

    A shop may call an order new; deals have a column of stages, or no numbers of orders. Calendars have a column for
    who cancelled.
    """
    found = {event.stage[0] if event.stage else event.status for event in one.events}
    tables = [columns.at for columns, _ in one.tables]
    deals = any("stage" in at or "id" not in at for at in tables)
    withdrawn = any("cancelled" in at for at in tables) and CANCELLED in found and _kind(one) == "signup"
    return not found.isdisjoint(BOOKED_STAGES) or (ENQUIRY in found and deals) or withdrawn


def _answered(lists: Sequence[_List], options: ImportOptions) -> Iterator[Report | Untied]:
    """Yield the answers that are tied to places, and those that are not; who has a tag or a code gave none that counts.

    A person counts once, with the first answer.
    """
    if not any("heard_from" in parser.at for each in lists for parser in each.parsers):
        return
    tagged = {one.person for each in lists for one in each.events if one.tags.tagged} - {""}
    seen: set[str] = set()
    for each in lists:
        rows: list[Row] = []
        untied: Counter[str] = Counter()
        counts: Counter[str] = Counter()
        for event in each.events:
            told = event.tags.tagged or event.person in tagged
            who = event.person or event.order or _as_row(event, counts)
            if told or blank(event.heard) or event.status == TESTED or who in seen:
                continue
            seen.add(who)
            if number := tied_answer(event.heard, options.answers):
                tags = Tags(resource=answer_name(number))
                rows.append(Row(tags, event.day, numerator=1, id=options.hidden(who), line=event.line))
            else:
                untied[event.heard] += 1
        if rows:
            yield _report(each.label, ANSWERED, rows, options, ())
        if untied:
            yield Untied(each.label, untied)


def _stages(unknown: Mapping[str, int]) -> tuple[Message, ...]:
    """Return stages that no list has, the most frequent first; of many different ones, which are no stages, a few."""
    most = sorted(unknown.items(), key=lambda one: (-one[1], one[0]))[:MOST_STAGES]
    return tuple(message("stage", stage=stage[:LONGEST_STAGE], rows=rows) for stage, rows in most)


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


def _kind(one: _List) -> str:
    """Return ``sale`` where there are sums or numbers of orders."""
    numbered = any("id" in columns.at for columns, _ in one.tables) and any(event.order for event in one.events)
    sums = any(event.gross is not None for event in one.events) or any(parser.sums_left_out for parser in one.parsers)
    return "sale" if numbered or sums else "signup"


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


def _orders(one: _List, options: ImportOptions) -> tuple[list[Row], list[Message]]:
    """Return one row an order, and one for each time that money was paid back in a row of its own."""
    counts: Counter[str] = Counter()
    groups: dict[str, list[Event]] = {}
    for event in one.events:
        groups.setdefault(event.order or _as_purchase(event) or _as_row(event, counts), []).append(event)
    lines, unclear = _are_lines(one, groups.values())
    came = not any(event.status == PAID for event in one.events)  # a table without payments: who came is a customer
    statuses: Counter[str] = Counter()
    hashes = _Hashes(options)
    rows: list[Row] = []
    mixed = parts = 0
    for who, group in groups.items():
        paid = _of_one_currency(group)
        mixed += len(paid) < len(group)
        parts += len({event.gross for event in group if event.gross}) > 1
        net = _net(paid, lines=lines)
        status = _status(group, net, came=came)
        statuses[status] += 1
        stage = _stage(group, hashes, came=came)
        rows += _of_order(options, who, group, paid, status, stage=stage, lines=lines)
    notes = _joined(len(one.events) - len(groups), "joined-same-order")
    notes += [message(code, rows=statuses[status]) for status, code in NOT_COUNTED.items() if statuses[status]]
    if parts:
        notes.append(message("orders-of-different-sums", orders=parts))
    if unclear:
        notes.append(message("sums-repeated", orders=unclear))
    if mixed:
        notes.append(message("orders-of-several-currencies", orders=mixed))
    return rows, notes


def _bookings(one: _List, options: ImportOptions) -> tuple[list[Row], list[Message]]:
    """Return one row a booking or a deal, at the stage that counts of its rows."""
    counts: Counter[str] = Counter()
    groups: dict[str, list[Event]] = {}
    for event in one.events:
        groups.setdefault(event.order or _as_booking(event) or _as_row(event, counts), []).append(event)
    lines, _ = _are_lines(one, groups.values())
    codes: Counter[str] = Counter()
    rows: list[Row] = []
    hashes = _Hashes(options)
    for who, group in groups.items():
        raw = [event.stage[0] if event.stage else event.status or ENQUIRY for event in group]
        now = farthest([event.status or ENQUIRY for event in group])
        codes[now] += 1
        paid = _of_one_currency([event for event in group if (event.status or ENQUIRY) == now])
        net = _net(paid, lines=lines)
        first = min(group, key=lambda event: (event.day or date.max, not event.tags.tagged, event.line))
        money = next((event.currency for event in paid if event.currency), "") if net is not None else ""
        person = next((event.person for event in group if event.person), who)
        rows.append(
            Row(
                next((event.tags for event in group if event.tags.tagged), first.tags),
                first.day,
                None,
                int(now in REACHED),
                net,
                money,
                id=options.hidden(who),
                line=group[0].line,
                person=options.hidden(person),
                stage=stage_of(farthest(raw), hashes.of(group)),
            )
        )
    notes = _joined(len(one.events) - len(groups), "joined-same-order")
    notes += _joined(len(groups) - len({row.person for row in rows}), "joined-same-person")
    return rows, notes + [message(NOT_COUNTED[code], rows=codes[code]) for code in (TESTED, PAYOUT) if codes[code]]


def _as_booking(event: Event) -> str:
    """Return what tells one booking of a person from the next; its price may still change."""
    return f"{event.person}\x1f{event.day}" if event.person else ""


class _Hashes:
    """What stands for the words of stages; there are few."""

    def __init__(self, options: ImportOptions) -> None:
        self._options: Final = options
        self._known: dict[str, str] = {}

    def of(self, group: Iterable[Event]) -> list[str]:
        """Return those of the rows of one order, each once."""
        return [self._hash(word) for word in sorted({word for event in group for word in event.stage[1:]})]

    def _hash(self, word: str) -> str:
        if word not in self._known:
            self._known[word] = self._options.hidden(stage_word(word))[:CODE]
        return self._known[word]


def _are_lines(one: _List, groups: Iterable[Sequence[Event]]) -> tuple[bool, int]:
    """Return whether the sums are those of single things, so that equal ones add; and how many orders leave it open.

    The header says so, or that they are the order's; else different sums in one order show it.
    """
    heads = {head for columns, _ in one.tables if (head := columns.sum_of)}
    if heads:
        return heads == {"line_sum"}, 0
    numbered = (group for group in groups if group[0].order)  # without a number equal rows may be one row twice
    several = [
        sums for group in numbered if len(sums := [event.gross for event in group if (event.gross or 0) > 0]) > 1
    ]
    if any(len(set(sums)) > 1 for sums in several):
        return True, 0
    return False, len(several)


def _of_one_currency(group: Sequence[Event]) -> list[Event]:
    """Return the rows of an order in its first currency: currencies are never added."""
    money = next((one.currency for one in group if one.currency), "")
    return [one for one in group if one.gross is None or one.currency in {money, ""}]


def _status(group: Sequence[Event], net: float | None, *, came: bool) -> str:
    """Return the status of an order: one paid row is enough, else the first known status counts."""
    known = [PAID if came and event.status == CAME else event.status for event in group if event.status is not None]
    if known and PAID not in known:
        return next((status for status in known if status != UNKNOWN), UNKNOWN)
    paid_back = net is not None and net <= 0 and any(event.gross and event.gross > 0 for event in group)
    return REFUNDED if paid_back else PAID


def _stage(group: Sequence[Event], hashes: _Hashes, *, came: bool) -> str:
    """Return the stage of an order that an answer of the user may change; empty where none does."""
    raw = [event.stage[0] if event.stage else event.status for event in group]
    known = [PAID if came and code == CAME else code for code in raw if code is not None]
    words = hashes.of(group)
    if not words or not known or PAID in known:
        return ""
    return stage_of(next((code for code in known if code != UNKNOWN), UNKNOWN), words)


def _net(group: Sequence[Event], *, lines: bool) -> float | None:
    """Return what an order brought: the sum of its lines; else a sum that all its rows repeat counts once.

    What was paid back by rows of their own may be the same sum on another day.
    """
    sums = {
        (one.gross, one.day if one.gross < 0 else None, one.line if lines and one.gross > 0 else 0)
        for one in group
        if one.gross is not None
    }
    refunds = {one.refund for one in group}
    return round(sum(one[0] for one in sums) - sum(refunds), 6) if sums or any(refunds) else None


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
    options: ImportOptions,
    who: str,
    group: Sequence[Event],
    paid: Sequence[Event],
    status: str,
    *,
    stage: str,
    lines: bool,
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
        known = _net(paid, lines=lines) is not None
        net = _net(order, lines=lines) if apart or status == PAID else 0.0
        when = next((one.day for one in group if one.day), group[0].day)
        money_of = money if known else ""
        row = Row(tags, when, None, int(status == PAID), net if known else None, money_of, None, number, group[0].line)
        yield replace(row, stage=stage, expected=_net(paid, lines=lines)) if stage else row
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
