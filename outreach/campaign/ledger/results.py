"""The imports of a campaign's database: every method is one transaction, and the same file twice changes nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, replace
from datetime import date, timedelta
from itertools import islice, starmap
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import and_, bindparam, delete, exists, func, insert, inspect, or_, select, update
from sqlalchemy.exc import NoSuchTableError

from outreach.campaign.clock import this_moment
from outreach.campaign.ledger.answers import paid_codes
from outreach.campaign.ledger.columns import checked_rows
from outreach.campaign.ledger.imports import LINK_FIELDS, RESULT_FIELDS, Conflict, Import, Kept, Result
from outreach.campaign.ledger.refunds import MARK, order_of, taken_off
from outreach.campaign.ledger.schema import IMPORTS, RESULTS
from outreach.campaign.ledger.stages import PAID, counted, stage_under
from outreach.campaign.ledger.ties import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Column, ColumnElement, Connection

    from outreach.campaign.ledger.database import Database

__all__ = ["Results"]

TOGETHER: Final = 500  # databases take only so many values in one query
EVENT_ID: Final = RESULT_FIELDS.index("event_id")
AT_ONCE: Final = 20_000
"""So many events are held in memory while they are written."""
UNKEYED: Final = 64
"""Digits of a hash that has no key; one that has is half as long."""
TYPED: Final = "sheet"
BOOKINGS: Final = "step"
"""Kind of imports whose rows are bookings or deals, each at a stage."""
CELLS: Final = {"denominator": "visits", "numerator": "conversions", "revenue": "revenue", "cost": "cost"}
COUNTS: Final = ("denominator", "numerator", "revenue", "cost")
MOST_SHOWN: Final = 5
ONCE_ONLY: Final = frozenset({"access-log"})
"""Tools of which a day that was imported is not replaced unasked: half a log looks like a whole one."""


class Results:
    """What was read from analytics exports.

    Args:
        database: Of the campaign, with the tables of today.

    """

    def __init__(self, database: Database) -> None:
        self.database: Final = database

    def imports(self) -> list[Import]:
        """Return all imports in the order in which they came."""
        with self.database.reading() as connection:
            return _imports(connection)

    def put(self, entry: Import, rows: Sequence[Result], *, again: bool = False) -> Kept:
        """Write one import; see :meth:`put_all`."""
        return self.put_all([(entry, rows)], again=again)[0]

    def put_all(self, imports: Iterable[tuple[Import, Iterable[Result]]], *, again: bool = False) -> list[Kept]:
        """Write imports, all of them or none.

        Rows of a day take the place of those that the same series has of that day; a period takes the place of the same
        period; an event that is known keeps the link and the day of its first import, and gets the sums of this one.

        Args:
            imports: What they are, and their rows, of events also some at a time; of the rows' ``import_id`` nothing
                is believed.
            again: Replace whatever overlaps.

        Raises:
            Conflict: One overlaps an older import in part, or two of these count the same days.
            OutputError: The database cannot be written; then nothing was.

        """
        imports = list(imports)
        _refuse_twice([entry for entry, _ in imports])
        with self.database.writing() as connection:
            _drop_guessable(connection)
            gone = _drop_other_kinds(connection, [entry for entry, _ in imports])
            kept = [_put(connection, entry, rows, again=again) for entry, rows in imports]
            return [
                replace(one, gone=one.gone + gone.pop(_files(entry), 0)) if gone else one
                for (entry, _), one in zip(imports, kept, strict=True)
            ]

    def forget(self, number: int) -> Import | None:
        """Remove an import with its rows; None where there is none of that number.

        Events that it was the first to hold go too, though later imports held them again: import those files anew.
        """
        with self.database.writing() as connection:
            imports = _imports(connection)
            found = next((one for one in imports if one.id == number), None)
            if found is not None:
                _remove(connection, number)
                if found.grain == "event":
                    _to_be_read_again(connection, [one.id for one in imports if one.series == found.series])
        return found

    def imports_and_sums(self) -> tuple[list[Import], list[Result]]:
        """Return all imports and what they counted, both of one moment: another program may be importing."""
        with self.database.reading() as connection:
            return _imports(connection), _sums(connection)

    def sums(self) -> list[Result]:
        """Return what was counted for each link on each day of each import, sorted.

        Events are added up by currency, after what was paid back, and as the user's answers on stages have it; bookings
        come one by one, each with its stage.
        """
        with self.database.reading() as connection:
            return _sums(connection)


def _sums(connection: Connection) -> list[Result]:
    columns = _columns(connection)
    with_stages = any(column.name == "stage" for column in columns)
    answers = paid_codes(connection)
    imports = _imports(connection)
    booked = RESULTS.c.import_id.in_([one.id for one in imports if one.kind == BOOKINGS])
    by = [RESULTS.c[name] for name in ("import_id", "day", *LINK_FIELDS, "currency")]
    sums: dict[str, ColumnElement[Any]] = {name: RESULTS.c[name] for name in COUNTS}
    sums |= counted(answers) if with_stages else {}
    added = [func.sum(sums[name]).label(name) for name in COUNTS]
    is_refund = RESULTS.c.event_id.contains(MARK)
    of_sums = select(*by[:-1], *added, by[-1]).where(~is_refund, ~booked, *_once_only(connection)).group_by(*by)
    found = starmap(Result, checked_rows(connection, of_sums))
    refunds = [_event(row) for row in connection.execute(select(*columns).where(is_refund)).mappings()]
    rows = list(found) if connection.dialect.name == "sqlite" else [_integral(row) for row in found]
    if refunds:
        series = {one.id: one.series for one in imports}
        numbers = sorted({order_of(one.event_id) for one in refunds})
        orders = [_under(_event(row), answers) for _, row in _known(connection, list(series), numbers, columns)]
        rows = list(taken_off(rows, orders, refunds, lambda row: series[row.import_id]))
    bookings = [_event(row) for row in connection.execute(select(*columns).where(booked)).mappings()]
    rows += [one._replace(stage=stage_under(one.stage, answers)) for one in bookings]
    return sorted(rows, key=_place_in_order)


def _place_in_order(row: Result) -> tuple[object, ...]:
    return (row.import_id, row.day or "", row.link, row.currency, row.event_id, row.stage)


def _under(order: Result, answers: Collection[str]) -> Result:
    """Return an order with what it counts under the user's answers."""
    if not order.stage:
        return order
    if stage_under(order.stage, answers) == PAID:
        return order._replace(numerator=1)
    return order._replace(numerator=0, revenue=None if order.revenue is None else 0.0)


def _once_only(connection: Connection) -> list[ColumnElement[bool]]:
    """Return what leaves out the answers of people of whom another list knows the link or the code."""
    answers = [one.id for one in _imports(connection) if one.kind == ANSWERED]
    if not answers:
        return []
    other = RESULTS.alias()
    linked = or_(*(other.c[name] != "" for name in ("utm_campaign", "utm_content", "promo", "start", "short_url")))
    of_answers = RESULTS.c.import_id.in_(answers)
    known = exists().where(other.c.event_id == RESULTS.c.event_id, other.c.import_id.not_in(answers), linked)
    return [~and_(of_answers, known)]


def _integral(row: Result) -> Result:
    """Return a row with its counts as integers; PostgreSQL adds those up to decimals."""
    denominator, numerator = (None if count is None else int(count) for count in (row.denominator, row.numerator))
    return row._replace(denominator=denominator, numerator=numerator)


def _event(row: Mapping[Any, Any]) -> Result:
    return Result(**{name: row[name] for name in RESULT_FIELDS if name in row})


def _columns(connection: Connection) -> list[Column[Any]]:
    """Return the columns of results that are there: an older ledger that may not be changed lacks the last ones."""
    try:
        there = {column["name"] for column in inspect(connection).get_columns(RESULTS.name)}
    except NoSuchTableError:  # the first query says so, as of every table that is missing
        return list(RESULTS.columns)
    return [column for column in RESULTS.columns if column.name in there]


def _refuse_twice(imports: Sequence[Import]) -> None:
    """Refuse files of one call of which the later would take the place of the earlier.

    Raises:
        Conflict: Two of them count the same on the same days.

    """
    seen: list[Import] = []
    for one in imports:
        other = next((old for old in seen if old.series == one.series and _overlap(old, one)), None)
        if other is not None and one.grain != "event" and not (_same(other, one) or _is_typed(one)):
            raise Conflict(
                f"{one.called}: two of these files count that, perhaps for the same days; nothing was imported",
                hint="give only one of them, or give them one by one with --period DAY..DAY or --source NAME",
            )
        seen.append(one)


def _put(connection: Connection, entry: Import, rows: Iterable[Result], *, again: bool) -> Kept:
    older = [one for one in _imports(connection) if one.series == entry.series]
    if not again and (same := [one for one in older if _same(one, entry)]):
        return Kept("as before", _count(connection, [one.id for one in same]))
    if entry.grain == "event":
        return _put_events(connection, entry, rows, older, again=again)
    rows = cast("Sequence[Result]", rows)
    if _is_typed(entry) and not again:
        return _put_typed(connection, entry, rows)
    gone = _make_room(connection, entry, rows, older, again=again)
    _add(connection, entry, rows)
    return Kept("replaced" if gone else "added", len(rows), gone)


def _is_typed(entry: Import) -> bool:
    """Tell whether a person typed an import for no days in particular: tables of that kind complete each other."""
    return entry.tool == TYPED and entry.grain == "period"


def _put_typed(connection: Connection, entry: Import, rows: Sequence[Result]) -> Kept:
    """Add a typed table to those typed before, cell by cell: one of visits may follow one of conversions.

    Raises:
        Conflict: A number differs from the one typed before.

    """
    older = [one for one in _imports(connection) if _goes_with(one, entry)]
    merged: dict[tuple[object, ...], Result] = {}
    for one in older:
        found = connection.execute(select(RESULTS).where(RESULTS.c.import_id == one.id)).mappings()
        merged |= {row.link: row for row in map(_event, found)}
    differ: list[str] = []
    for row in rows:
        merged[row.link] = _completed(merged[row.link], row, differ) if row.link in merged else row
    if differ:
        shown = ", ".join(differ[:MOST_SHOWN]) + (
            f" and {len(differ) - MOST_SHOWN} more" if differ[MOST_SHOWN:] else ""
        )
        raise Conflict(
            f"{entry.called}: this differs from what was typed before: {shown}; nothing was imported",
            hint="--replace takes the new table instead of the old one; --source NAME or --period DAY..DAY keeps both",
        )
    kind, goal = next(((one.kind, one.goal) for one in (entry, *older) if one.kind), ("", ""))
    for one in older:
        _remove(connection, one.id)
    _add(connection, replace(entry, kind=kind, goal=goal, sha256=entry.sha256), list(merged.values()))
    return Kept("added", len(rows))


def _goes_with(old: Import, new: Import) -> bool:
    """Tell whether a typed import is of the same counts and days as another; one without conversions of any."""
    same = (old.tool, old.source_name, old.grain, old.unit, old.period_start, old.period_end) == (
        new.tool, new.source_name, new.grain, new.unit, new.period_start, new.period_end,
    )  # fmt: skip
    return same and (not old.kind or not new.kind or (old.kind, old.goal) == (new.kind, new.goal))


def _completed(old: Result, new: Result, differ: list[str]) -> Result:
    """Return a row with the cells of both; adds those that differ, with the name of the place."""
    place = new.resource or new.utm_content or new.utm_campaign
    cells: dict[str, Any] = {}
    for name, what in CELLS.items():
        before, now = getattr(old, name), getattr(new, name)
        cells[name] = before if now is None else now
        if before is not None and now is not None and before != now:
            differ.append(f"{what} of {place} {before:g}, now {now:g}")
    money = new if new.currency else old
    return new._replace(**cells, currency=money.currency, assumed=money.assumed)


def _imports(connection: Connection) -> list[Import]:
    return [Import(**row) for row in connection.execute(select(IMPORTS).order_by(IMPORTS.c.id)).mappings()]


def _same(old: Import, new: Import) -> bool:
    """Tell whether the very same was imported before, under the same assumptions."""
    return replace(old, id=None, imported_at="") == replace(new, id=None, imported_at="")


def _add(connection: Connection, entry: Import, rows: Sequence[Result]) -> int:
    values = {name: value for name, value in asdict(entry).items() if name != "id"}
    values["imported_at"] = entry.imported_at or this_moment()
    made = insert(IMPORTS).values(values).returning(IMPORTS.c.id)
    number = int(connection.execute(made).scalar_one())
    _add_rows(connection, number, rows)
    return number


def _add_rows(connection: Connection, number: int, rows: Iterable[Result]) -> None:
    """Write rows of an import; their values go to the driver as they are, which is half of the time for many."""
    statement = insert(RESULTS).compile(dialect=connection.dialect, column_keys=RESULT_FIELDS)
    names = statement.positiontup or RESULT_FIELDS
    values = [(number, *row[1:]) for row in rows]
    if not values:
        return
    if statement.positional:
        in_order = itemgetter(*map(RESULT_FIELDS.index, names))
        connection.exec_driver_sql(str(statement), [*map(in_order, values)])
    else:
        connection.exec_driver_sql(str(statement), [dict(zip(RESULT_FIELDS, row, strict=True)) for row in values])


def _remove(connection: Connection, number: int | None) -> None:
    connection.execute(delete(RESULTS).where(RESULTS.c.import_id == number))
    connection.execute(delete(IMPORTS).where(IMPORTS.c.id == number))


def _count(connection: Connection, numbers: Sequence[int | None]) -> int:
    query = select(func.count()).select_from(RESULTS).where(RESULTS.c.import_id.in_(numbers))
    return int(connection.execute(query).scalar_one())


def _make_room(
    connection: Connection, entry: Import, rows: Sequence[Result], older: Sequence[Import], *, again: bool
) -> int:
    """Take out what the rows of an import take the place of; return how many rows went.

    Raises:
        Conflict: Part of an older import would have to go.

    """
    if entry.grain == "day":
        return _days_free(connection, entry, rows, older, again=again)
    gone = 0
    for one in older:
        if not _overlap(one, entry):
            continue
        identical = (one.grain, one.period_start, one.period_end) == ("period", entry.period_start, entry.period_end)
        same_file = one.sha256 == entry.sha256  # under other assumptions: its period was entry, or another column
        if not (identical or same_file or again):
            raise _conflict(entry, one)
        gone += _count(connection, [one.id])
        _remove(connection, one.id)
    return gone


def _days_free(
    connection: Connection, entry: Import, rows: Sequence[Result], older: Sequence[Import], *, again: bool
) -> int:
    """Take out the older rows of the days that an import covers."""
    days = _Days(entry, rows)
    gone = 0
    for one in older:
        if one.grain != "day":
            if _overlap(one, entry):
                if not again:
                    raise _conflict(entry, one)
                gone += _count(connection, [one.id])
                _remove(connection, one.id)
            continue
        of_import = RESULTS.c.import_id == one.id
        query = select(RESULTS.c.day).where(of_import).distinct()
        there = {day for day in connection.execute(query).scalars() if day is not None}
        common = {day for day in there if days.covers(day)}
        if not (common or (entry.period_start and _overlap(one, entry))):
            continue
        if common and entry.tool in ONCE_ONLY and not again:
            raise _conflict(entry, one, sorted(common))
        gone += connection.execute(delete(RESULTS).where(of_import, RESULTS.c.day.in_(sorted(common)))).rowcount
        _shorten(connection, one, entry, there - common)
    return gone


class _Days:
    """The days that an import tells of: its period, or where it has none the days of its rows."""

    def __init__(self, entry: Import, rows: Sequence[Result]) -> None:
        self._span: Final = (entry.period_start, entry.period_end)
        self._days: Final = {row.day for row in rows}

    def covers(self, day: str) -> bool:
        """Tell whether a day is among them."""
        start, end = self._span
        return start <= day <= end if start and end else day in self._days


def _shorten(connection: Connection, one: Import, entry: Import, left: set[str]) -> None:
    """Leave an import the days that it still has; rows without a day were of all of them, and go.

    What is left before and after the days of the new one are two imports: none speaks of days that are another's.
    """
    spans = [span for span in _around(one, entry, left) if span[0] <= span[1]]
    if not spans:
        _remove(connection, one.id)
        return
    connection.execute(delete(RESULTS).where(RESULTS.c.import_id == one.id, RESULTS.c.day.is_(None)))
    # The same file given again must be read again: part of what it brought has gone.
    first, *others = [replace(one, sha256="", period_start=start, period_end=end) for start, end in spans]
    values = {"sha256": "", "period_start": first.period_start, "period_end": first.period_end}
    connection.execute(update(IMPORTS).where(IMPORTS.c.id == one.id).values(values))
    for other in others:
        after = RESULTS.c.day >= other.period_start
        number = _add(connection, other, [])
        connection.execute(update(RESULTS).where(RESULTS.c.import_id == one.id, after).values(import_id=number))


def _around(one: Import, entry: Import, left: set[str]) -> list[tuple[str, str]]:
    """Return the first and the last day of what an import has before and after the days of another."""
    if not (one.period_start and one.period_end and entry.period_start and entry.period_end):
        return [(min(left), max(left))] if left else []
    before = (date.fromisoformat(entry.period_start) - timedelta(1)).isoformat()
    after = (date.fromisoformat(entry.period_end) + timedelta(1)).isoformat()
    return [(one.period_start, min(before, one.period_end)), (max(after, one.period_start), one.period_end)]


def _to_be_read_again(connection: Connection, numbers: Sequence[int | None]) -> None:
    connection.execute(update(IMPORTS).where(IMPORTS.c.id.in_(numbers)).values(sha256=""))


def _drop_guessable(connection: Connection) -> None:
    """Remove hashes of files about people that have no key, as they were made before: a short file can be guessed."""
    guessable = (IMPORTS.c.grain == "event") & (func.length(IMPORTS.c.sha256) == UNKEYED)
    connection.execute(update(IMPORTS).where(guessable).values(sha256=""))


def _drop_other_kinds(connection: Connection, entries: Sequence[Import]) -> dict[tuple[str, ...], int]:
    """Remove what the very files of imports were taken for before; return how many rows went, by the files.

    The user said what their rows are, or this program reads them better: both together would count everybody twice.
    """
    kinds: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in entries:
        if one.grain == "event" and one.files:
            kinds[_files(one)].add(one.kind)
    old = _imports(connection)
    gone: dict[tuple[str, ...], int] = {}
    for one in old:
        if one.grain == "event" and _files(one) in kinds and one.kind not in kinds[_files(one)]:
            gone[_files(one)] = gone.get(_files(one), 0) + _count(connection, [one.id])
            _remove(connection, one.id)
            _to_be_read_again(connection, [other.id for other in old if other.series == one.series])
    return gone


def _files(one: Import) -> tuple[str, ...]:
    return (one.files, one.tool, one.source_name)


def _overlap(one: Import, other: Import) -> bool:
    """Tell whether two imports have a day in common; one of an unknown period may have any."""
    if not (one.period_start and one.period_end and other.period_start and other.period_end):
        return True
    return one.period_start <= other.period_end and other.period_start <= one.period_end


def _conflict(entry: Import, older: Import, days: Sequence[str] = ()) -> Conflict:
    which = f"{days[0]} to {days[-1]}" if len(days) > 1 else days[0] if days else ""
    what = f"has days that were imported before: {which}" if days else f"partly overlaps an import of {older.called}"
    if not days and not (entry.period_start and older.period_start):
        what = f"its days or those of {older.called} are unknown, so they may count the same"
    together = "if these logs meet on one day, give both together with --replace; otherwise, " if days else ""
    return Conflict(
        f"{entry.called}: {what}; nothing was imported",
        hint=f"{together}--replace takes the new one instead of "
        f"{'those days' if days else 'all of the old one'}; "
        "--source NAME keeps both, if it counts something else",
    )


def _put_events(
    connection: Connection,
    entry: Import,
    rows: Iterable[Result],
    older: Sequence[Import],
    *,
    again: bool,
) -> Kept:
    """Add the events that are new; bring the others up to date where they stand."""
    number = _add(connection, entry, [])
    added = again_told = 0
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        if len(some) == AT_ONCE:  # many: in the order of the index
            some.sort(key=itemgetter(EVENT_ID))
        events = [row.event_id for row in some] if older else []
        known = dict(_known(connection, [one.id for one in older], events))
        seen = [row for row in some if row.event_id in known] if known else []
        if seen:
            connection.execute(
                update(RESULTS).where(RESULTS.c.id == bindparam("number")),
                [_corrected(row, known[row.event_id], again=again) for row in seen],
            )
        _add_rows(connection, number, [row for row in some if row.event_id not in known] if known else some)
        again_told += len(seen)
        added += len(some) - len(seen)
    return Kept("replaced" if again_told and not added else "added", added, again=again_told)


def _known(
    connection: Connection,
    imports: Sequence[int | None],
    events: Sequence[str],
    columns: Iterable[Column[Any]] = RESULTS.columns,
) -> Iterator[tuple[str, Any]]:
    """Yield the rows of events that are in the ledger already."""
    if not imports:
        return
    for start in range(0, len(events), TOGETHER):
        some = list(events[start : start + TOGETHER])
        query = select(*columns).where(RESULTS.c.event_id.in_(some), RESULTS.c.import_id.in_(imports))
        for row in connection.execute(query).mappings():
            yield row["event_id"], row


def _corrected(row: Result, old: Any, *, again: bool) -> dict[str, Any]:
    """Return the values of an event that comes again: its first link and day stay, the sums are the latest.

    The same row with a link that was not found before gets it.
    """
    values = {name: value for name, value in row._asdict().items() if name not in ("import_id", "event_id")}
    untagged = not any(old[name] for name in LINK_FIELDS)
    if not again and (old["day"] or "") <= (row.day or old["day"] or "") and not (untagged and old["day"] == row.day):
        values |= {name: old[name] for name in ("day", *LINK_FIELDS)}
    return values | {"number": old["id"]}
