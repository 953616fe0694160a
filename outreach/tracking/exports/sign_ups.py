"""Lists of sign-ups and orders: forms, mail tools, shops, payment services, customer databases.

A row is a person or an order, and becomes a row with one event. Who it was is hashed while it is read: no address,
telephone number or order number leaves this file.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, cast

from outreach.campaign.ledger.answers import CODE, stage_word
from outreach.campaign.ledger.stages import stage_of
from outreach.campaign.ledger.ties import ANSWERED, answer_name
from outreach.collector import paused
from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.grid import HEADER_WITHIN
from outreach.messages import describe, message
from outreach.tracking.answers import tied_answer
from outreach.tracking.base import STEP, Period, Report, Row, Tags, Untied, about
from outreach.tracking.event_rows import EventRows
from outreach.tracking.exports.event_cells import TRIAL, Event, EventParser, events_in
from outreach.tracking.exports.event_columns import SAMPLE, find_columns, is_list_of_events
from outreach.tracking.exports.event_table import EventTable, RowTable, first_answers, name_persons
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
    from outreach.tracking.exports.event_table import Orders

__all__ = ["SignUps"]

TABLE: Final = "begin a table of sign-ups or orders with a line such as: email,date,utm_campaign,utm_content"
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
MANY_ROWS: Final = 20_000
LONG_BYTES: Final = 2 << 20
"""From here on the engine holds the events: a file of so many rows, or a text of so many bytes."""


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
        with paused():
            tables = [_tables(source, options) for source in sources]
            numbers = Numbers(options.market, lambda: _numbers(tables))
            many = any(_is_long(rows) for some in tables for _, rows in some)
            lists = [
                _parsed(one.label, some, options, numbers, EventTable(options.engine) if many else [])
                for one, some in zip(sources, tables, strict=True)
            ]
            _name_persons(lists)
            told = [part for one in lists for part in _told(one, options)]
            parts = [*told, *_answered(lists, options)]
        yield from parts


@dataclass(slots=True)
class _List:
    """What one file says: its tables with how they were read, its events, and the rows that cannot be used."""

    label: str
    tables: list[tuple[Columns, Iterable[Cells]]]
    parsers: list[EventParser]
    events: list[Event] | EventTable
    rejected: list[Rejected]


class _LongText:
    """The rows of a long text below its header, read from the file each time that they are gone through."""

    def __init__(self, source: Source, skip: int) -> None:
        self._source: Final = source
        self._skip: Final = skip

    def __iter__(self) -> Iterator[Cells]:
        return islice(self._source.rows_of_text(), self._skip, None)


def _is_long(rows: Iterable[Cells]) -> bool:
    """Tell whether the engine takes the rows; few are faster without it."""
    return not isinstance(rows, tuple) or len(rows) >= MANY_ROWS


def _numbers(tables: Iterable[Sequence[tuple[Columns, Iterable[Cells]]]]) -> Iterator[str]:
    """Yield the telephone numbers in all tables, as written."""
    for columns, rows in chain.from_iterable(tables):
        place = columns.at.get("phone")
        yield from (cells[place] for _, cells in rows if place is not None and place < len(cells))


def _parsed(
    label: str,
    tables: Sequence[tuple[Columns, Iterable[Cells]]],
    options: ImportOptions,
    numbers: Numbers,
    events: list[Event] | EventTable,
) -> _List:
    """Return what a file says, its events in the list or in the table of the engine that is given.

    Raises:
        InputError: No row of it can be used.

    """
    found = _List(label, list(tables), [], events, [])
    for columns, rows in found.tables:
        parser = EventParser(label, columns, options, rows, numbers)
        found.parsers.append(parser)
        if isinstance(events, EventTable):
            found.rejected += events.add(parser, rows)
            continue
        for part in events_in(parser, rows):
            (events if isinstance(part, Event) else found.rejected).append(part)  # type: ignore[arg-type]  # as told apart
    if not found.events and found.rejected:
        first = found.rejected[0]
        raise InputError(f"{describe(first.reason)}; none of the rows can be used", where=label, line=first.line)
    return found


def _name_persons(lists: Sequence[_List]) -> None:
    """Give rows that share an address or a telephone number one person."""
    if in_engine := [one.events for one in lists if isinstance(one.events, EventTable)]:
        name_persons(in_engine)
        return
    if not any(event.email and event.phone for one in lists for event in one.events):
        return
    persons = joined_persons((event.email, event.phone) for one in lists for event in one.events)
    for one in lists:
        events = cast("list[Event]", one.events)
        for place, event in enumerate(events):
            if event.person and (person := persons[event.email, event.phone]) != event.person:
                events[place] = replace(event, joined=person)


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
    if trials := sum(row.reason.code == TRIAL for row in one.rejected):
        yield about(label, "trials-left-out", rows=trials)
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
    found = {event.stage[0] if event.stage else event.status for event in _examples(one.events)}
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
    for each, answers in zip(lists, _answers(lists), strict=True):
        rows = _rows_of(each.events, options)
        untied: Counter[str] = Counter()
        for who, text, day, line in answers:
            if number := tied_answer(text, options.answers):
                tags = Tags(resource=answer_name(number))
                rows.extend([Row(tags, day, numerator=1, id=options.hidden(who), line=line)])
            else:
                untied[text] += 1
        if made := rows.rows() if isinstance(rows, RowTable) else rows:
            yield _report(each.label, ANSWERED, made, options, ())
        if untied:
            yield Untied(each.label, untied)


def _answers(lists: Sequence[_List]) -> Iterator[Iterable[tuple[str, str, date | None, int]]]:
    """Yield for each list the first answers of people who came by no tagged link: who, answer, day and line."""
    if in_engine := [one.events for one in lists if isinstance(one.events, EventTable)]:
        yield from first_answers(in_engine)
        return
    tagged = {one.person for each in lists for one in each.events if one.tags.tagged} - {""}
    seen: set[str] = set()
    for each in lists:
        counts: Counter[str] = Counter()
        found = []
        for event in each.events:
            told = event.tags.tagged or event.person in tagged
            who = event.person or event.order or _as_row(event, counts)
            if event.heard and not told and event.status != TESTED and who not in seen:
                seen.add(who)
                found.append((who, event.heard, event.day, event.line))
        yield found


def _stages(unknown: Mapping[str, int]) -> tuple[Message, ...]:
    """Return stages that no list has, the most frequent first; of many different ones, which are no stages, a few."""
    most = sorted(unknown.items(), key=lambda one: (-one[1], one[0]))[:MOST_STAGES]
    return tuple(message("stage", stage=stage[:LONGEST_STAGE], rows=rows) for stage, rows in most)


def _examples(events: list[Event] | EventTable) -> Iterable[Event]:
    """Return events of all kinds that there are; of many, one of each."""
    return events.kinds if isinstance(events, EventTable) else events


def _tables(source: Source, options: ImportOptions) -> list[tuple[Columns, Iterable[Cells]]]:
    """Return the tables in a file: what their columns say, and the rows below the header.

    Raises:
        InputError: There is none.

    """
    if not source.workbook and source.path.stat().st_size >= LONG_BYTES:
        return [_long_table(source, options)]
    found: list[tuple[Columns, Iterable[Cells]]] = []
    for grid in source.grids:
        columns = find_columns(source.label, grid.rows, options.columns)
        if columns and (options.columns or len(source.grids) == 1 or is_list_of_events(columns, grid.rows)):
            found.append((columns, grid.rows[columns.header + 1 :]))
    if not found:
        raise InputError(f"{source.label}: it has no header with columns of sign-ups or orders", hint=TABLE)
    if not any(rows for _, rows in found):
        raise _no_row(source)
    return found


def _long_table(source: Source, options: ImportOptions) -> tuple[Columns, Iterable[Cells]]:
    """Return the table in a long text, whose rows are not held in memory.

    Raises:
        InputError: There is none.

    """
    first = list(islice(source.rows_of_text(), HEADER_WITHIN + 2 * SAMPLE))
    columns = find_columns(source.label, first, options.columns)
    if columns is None:
        raise InputError(f"{source.label}: it has no header with columns of sign-ups or orders", hint=TABLE)
    rows = _LongText(source, columns.header + 1)
    if next(iter(rows), None) is None:
        raise _no_row(source)
    return columns, rows


def _no_row(source: Source) -> InputError:
    return InputError(f"{source.label}: it has a header and no rows", hint="export it again")


def _is_utc(columns: Columns) -> bool:
    place = columns.at.get("date")
    return place is not None and "utc" in columns.headers[place].split()


def _kind(one: _List) -> str:
    """Return ``sale`` where there are sums or numbers of orders."""
    numbered = any("id" in columns.at for columns, _ in one.tables) and _any_event(one.events, "number <> ''", "order")
    sums = _any_event(one.events, "gross is not null", "gross") or any(parser.sums_left_out for parser in one.parsers)
    return "sale" if numbered or sums else "signup"


def _any_event(events: list[Event] | EventTable, condition: str, field: str) -> bool:
    """Tell whether an event has a number or a sum, by a condition of SQL or by its field."""
    if isinstance(events, EventTable):
        return events.has(condition)
    return any(getattr(event, field) not in {"", None} for event in events)


def _people(
    events: list[Event] | EventTable, options: ImportOptions, tables: Sequence[tuple[Columns, Iterable[Cells]]]
) -> tuple[Sequence[Row], list[Message]]:
    """Return one row a person: the first sign-up that is none of a test."""
    by_number = any("id" in columns.named for columns, _ in tables)
    if isinstance(events, EventTable):
        found, tests = events.people(options, by_number=by_number, newest_first=_newest_first(events), row=_row)
        return found, _notes_on_people(len(events) - len(found), tests)
    counts: Counter[str] = Counter()
    best: dict[str, tuple[tuple[bool, date, int], Event]] = {}
    newest_first = _newest_first(events)
    for event in events:
        who = (event.order if by_number else "") or event.person or event.order or _as_row(event, counts)
        rank = (event.status == TESTED, event.day or date.max, -event.line if newest_first else event.line)
        if who not in best or rank < best[who][0]:
            best[who] = (rank, event)
    rows = [_row(options.hidden(who), event, 0 if event.status == TESTED else 1) for who, (_, event) in best.items()]
    return rows, _notes_on_people(len(events) - len(best), sum(not row.numerator for row in rows))


def _notes_on_people(joined: int, tests: int) -> list[Message]:
    notes = _joined(joined, "joined-same-person")
    return [*notes, message(NOT_COUNTED[TESTED], rows=tests)] if tests else notes


def _newest_first(events: list[Event] | EventTable) -> bool:
    ends = events.ends() if isinstance(events, EventTable) else (*events[:1], *events[-1:])
    days = [event.day for event in ends if event.day]
    return len(days) == 2 and days[0] > days[1]


def _groups(events: list[Event] | EventTable, *, by_sum: bool) -> Orders | dict[str, list[Event]]:
    """Return the rows of each order together, or of each booking, whose sum may still change."""
    if isinstance(events, EventTable):
        return events.orders(partial(_named, by_sum=by_sum), by_sum=by_sum)
    counts: Counter[str] = Counter()
    groups: dict[str, list[Event]] = {}
    for event in events:
        who = event.order or _as_purchase(event, by_sum=by_sum) or _as_row(event, counts)
        groups.setdefault(who, []).append(event)
    return groups


def _named(event: Event, nth: int, *, by_sum: bool) -> str:
    """Return what stands for an order by its first event; ``nth`` tells one that names nobody from its equals."""
    return event.order or _as_purchase(event, by_sum=by_sum) or f"{event.row}\x1f{nth}"


def _rows_of(events: list[Event] | EventTable, options: ImportOptions) -> list[Row] | RowTable:
    """Return what takes the rows made of events."""
    return RowTable(options.engine) if isinstance(events, EventTable) else []


def _orders(one: _List, options: ImportOptions) -> tuple[Sequence[Row], list[Message]]:
    """Return one row an order, and one for each time that money was paid back in a row of its own."""
    groups, made = _groups(one.events, by_sum=True), _rows_of(one.events, options)
    lines, unclear = _are_lines(one, groups.values())
    payments = any(event.status == PAID for event in _examples(one.events))
    came = not payments  # in a table without payments who came is a customer
    statuses: Counter[str] = Counter()
    hashes = _Hashes(options)
    mixed = parts = 0
    for who, group in groups.items():
        paid = _of_one_currency(group)
        mixed += len(paid) < len(group)
        parts += len({event.gross for event in group if event.gross}) > 1
        net = _net(paid, lines=lines)
        status = _status(group, net, came=came)
        statuses[status] += 1
        stage = _stage(group, hashes, came=came)
        made.extend(_of_order(options, who, group, paid, status, stage=stage, lines=lines))
    notes = _joined(len(one.events) - len(groups), "joined-same-order")
    notes += [message(code, rows=statuses[status]) for status, code in NOT_COUNTED.items() if statuses[status]]
    if parts:
        notes.append(message("orders-of-different-sums", orders=parts))
    if unclear:
        notes.append(message("sums-repeated", orders=unclear))
    if mixed:
        notes.append(message("orders-of-several-currencies", orders=mixed))
    return made.rows() if isinstance(made, RowTable) else made, notes


def _bookings(one: _List, options: ImportOptions) -> tuple[Sequence[Row], list[Message]]:
    """Return one row a booking or a deal, at the stage that counts of its rows."""
    groups, made = _groups(one.events, by_sum=False), _rows_of(one.events, options)
    lines, _ = _are_lines(one, groups.values())
    codes: Counter[str] = Counter()
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
        booking = Row(
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
        made.extend([booking])
    people = made.persons() if isinstance(made, RowTable) else len({row.person for row in made})
    notes = _joined(len(one.events) - len(groups), "joined-same-order")
    notes += _joined(len(groups) - people, "joined-same-person")
    rows = made.rows() if isinstance(made, RowTable) else made
    return rows, notes + [message(NOT_COUNTED[code], rows=codes[code]) for code in (TESTED, PAYOUT) if codes[code]]


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


def _as_purchase(event: Event, *, by_sum: bool) -> str:
    """Return what tells one purchase of a person from the next, where orders have no numbers."""
    day = f"{event.person}\x1f{event.day}" if event.person else ""
    return f"{day}\x1f{event.gross}" if day and by_sum else day


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
        yield row._replace(stage=stage, expected=_net(paid, lines=lines)) if stage else row
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
    if isinstance(rows, EventRows):
        total, period = rows.total, rows.period
    else:
        total, days = sum(row.numerator or 0 for row in rows), [row.day for row in rows if row.day]
        rows, period = tuple(rows), Period(min(days), max(days)) if days else None
    return Report(
        tool="sign-ups",
        labels=(label,),
        rows=rows,
        kind=kind,
        period=options.period or period,
        timezone="UTC" if set(zones) == {"UTC"} else "",
        total=(None, total),
    )
