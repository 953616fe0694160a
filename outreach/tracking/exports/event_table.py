"""Many events in the engine: which of them are one person or one order is found out there, within its memory limit."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import chain, count, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from outreach.engine import as_array, literal
from outreach.files.contract import Rejected
from outreach.tracking.base import Period, Row
from outreach.tracking.event_rows import EventRows
from outreach.tracking.exports.event_cells import Event, RepeatedCells, with_cells
from outreach.tracking.exports.event_words import TESTED
from outreach.tracking.exports.persons import joined_persons

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from outreach.engine import Engine
    from outreach.files.grid import Row as Cells
    from outreach.tracking.base import ImportOptions, Tags
    from outreach.tracking.exports.event_cells import EventParser, Parts

__all__ = ["EventTable", "Orders", "RowTable", "first_answers", "name_persons"]

AT_ONCE: Final = 20_000
"""So many rows stand in memory as Python objects."""
BETWEEN: Final = "\x1f"
LAST: Final = date.max.toordinal()
ROOM: Final = 1 << 40
"""More than any file has rows."""
NUMBERS: Final = count(1)
PERSON: Final = "case when joined <> '' then joined when email <> '' then email else phone end"
NOBODY: Final = "number = '' and email = '' and phone = ''"
PARTS: Final = {
    "line": "bigint", "number": "varchar", "email": "varchar", "phone": "varchar", "row": "varchar",
    "heard": "varchar", "day": "integer", "gross": "double", "refund": "double", "kind": "integer",
}  # fmt: skip
ROWS: Final = {
    "tags": "integer", "day": "integer", "numerator": "integer", "revenue": "double", "currency": "varchar",
    "id": "varchar", "line": "bigint", "refund_of": "varchar", "person": "varchar", "stage": "varchar",
    "expected": "double",
}  # fmt: skip


class EventTable:
    """The events of one file, in the order of its rows.

    Args:
        engine: Holds them.

    """

    def __init__(self, engine: Engine) -> None:
        self.engine: Final = engine
        self.name: Final = _new_table(engine, "events", {"n": "bigint", **PARTS, "joined": "varchar"})
        self.kinds: Final[dict[Event, int]] = {}
        self._listed: Final[list[Event]] = []
        self._count = 0

    def add(self, parser: EventParser, rows: Iterable[Cells]) -> Iterator[Rejected]:
        """Add what each row says; yield those that cannot be used."""
        read = RepeatedCells(parser, self.kinds).parts_in(rows)
        while some := list(islice(read, AT_ONCE)):
            good: list[Parts] = []
            for one in some:
                if isinstance(one, Rejected):
                    yield one
                else:
                    good.append(one)
            if good:
                numbers = range(self._count, self._count + len(good))
                self._count += len(good)
                columns = dict(zip(PARTS, zip(*good, strict=True), strict=True))
                _append(self.engine, self.name, PARTS, columns, numbers)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Event]:
        """Yield the events as if they had been read one by one."""
        for row in self._stream(f"select * from {self.name} order by n"):
            yield self._event(row[1:])

    def ends(self) -> list[Event]:
        """Return the first and the last event."""
        found = self.engine.rows(f"select * from {self.name} where n in (0, {self._count - 1}) order by n")
        return [self._event(row[1:]) for row in (*found[:1], *found[-1:])]

    def has(self, what: str) -> bool:
        """Tell whether any event fulfils a condition of SQL."""
        return bool(self.engine.rows(f"select 1 from {self.name} where {what} limit 1"))

    def people(
        self, options: ImportOptions, *, by_number: bool, newest_first: bool, row: Callable[[str, Event, int], Row]
    ) -> tuple[EventRows, int]:
        """Return a row for each person, and how many of them only tried the form.

        Args:
            options: What the user said.
            by_number: Whether the number of the record goes before the person.
            newest_first: Whether later rows are older.
            row: Makes a row of who it was, the event and its count.

        """
        names = (["nullif(number, '')"] if by_number else []) + [f"nullif({PERSON}, '')", "nullif(number, '')"]
        tested = f"({self._of_kinds(lambda kind: kind.status == TESTED)})::integer"
        line = f"{ROOM} - line" if newest_first else "line"
        rank = f"(({tested} * {2 * LAST} + coalesce(day, {LAST}))::hugeint * {2 * ROOM} + {line}) * {ROOM} + n"
        who = f"coalesce({', '.join(names)}, {self._row_name()})"
        best = _new_table(
            self.engine,
            "people",
            f"select who, (min(rank) % {ROOM})::bigint as best, min(n) as first from "
            f"(select {who} as who, n, {rank} as rank from {self._numbered()})"
            " group by who",
        )
        joined = f"from {best} join {self.name} on n = best"
        models = [row("", kind, 0 if kind.status == TESTED else 1) for kind in self.kinds]
        priced = [row("", with_cells(kind, gross=0.0), 0).currency for kind in self.kinds]
        bare = self._of_kinds(lambda kind: not row("", with_cells(kind, gross=0.0), 0).currency)
        ((people, tried, has_bare, *days),) = self.engine.rows(
            f"select count(*), coalesce(sum({tested}), 0), bool_or(gross is not null and {bare}), min(day), max(day) "
            f"{joined}"
        )
        query = f"select who, kind, day, gross, line {joined} order by first"

        def batches() -> Iterator[list[Row]]:
            for some in self.engine.batches(query, AT_ONCE):
                hashes = options.all_hidden(map(itemgetter(0), some))
                yield [
                    Row(
                        (model := models[kind]).tags,
                        _day(ordinal),
                        None,
                        model.numerator,
                        gross,
                        "" if gross is None else priced[kind],
                        None,
                        hashed,
                        line,
                    )
                    for hashed, (_, kind, ordinal, gross, line) in zip(hashes, some, strict=True)
                ]

        return EventRows(people, batches, people - int(tried), _period(*days), bare=bool(has_bare)), int(tried)

    def orders(self, named: Callable[[Event, int], str], *, by_sum: bool) -> Orders:
        """Return the rows of each order or booking together, in the order of their first rows.

        Args:
            named: Returns what stands for one, from its first event and which of its equals that is.
            by_sum: Whether the sum tells one purchase of a person from the next, and not the day alone.

        """
        when = f"nullif({PERSON}, '') || '{BETWEEN}' || coalesce(day::varchar, '')"
        purchase = f"{when} || '{BETWEEN}' || coalesce(gross::varchar, '')" if by_sum else when
        table = _new_table(
            self.engine,
            "orders",
            f"select coalesce(nullif(number, ''), {purchase}, {self._row_name()}) as who, * from {self._numbered()}",
        )
        firsts = _new_table(self.engine, "firsts", f"select who, min(n) as first from {table} group by who")
        ((orders,),) = self.engine.rows(f"select count(*) from {firsts}")
        names = ", ".join([*PARTS, "joined"])
        query = f"select first, nth, {names} from {table} join {firsts} using (who) order by first, n"
        return Orders(orders, lambda: self._groups(query), named)

    def _groups(self, query: str) -> Iterator[tuple[int, list[Event]]]:
        """Yield which of its equals the first row of an order is, and its events."""
        for _, some in groupby(self._stream(query), itemgetter(0)):
            rows = list(some)
            yield rows[0][1], [self._event(row[2:]) for row in rows]

    def _numbered(self) -> str:
        """Return a query of the events, with which of its equals each is that names nobody."""
        if not self.has(NOBODY):
            return f"(select *, 0 as nth from {self.name})"
        nth = "row_number() over (partition by row order by n)"
        return (
            f"(select *, {nth} as nth from {self.name} where {NOBODY} "
            f"union all select *, 0 from {self.name} where not ({NOBODY}))"
        )

    def _of_kinds(self, wanted: Callable[[Event], bool]) -> str:
        """Return a condition of SQL: events of the kinds that are wanted."""
        numbers = [str(number) for kind, number in self.kinds.items() if wanted(kind)]
        return f"kind in ({', '.join(numbers)})" if numbers else "false"

    def answers(self, place: int) -> tuple[str, str]:
        """Return queries of who gave which answer, and of who came by a link that somebody tagged.

        Args:
            place: Of the file among the others.

        """
        tagged = self._of_kinds(lambda kind: kind.tags.tagged)
        tested = self._of_kinds(lambda kind: kind.status == TESTED)
        who = f"coalesce(nullif({PERSON}, ''), nullif(number, ''), {self._row_name()})"
        columns = f"{who} as who, {PERSON} as person, {place} as place, n, heard, day, line"
        given = f"select {columns} from {self._numbered()} where heard <> '' and not ({tagged}) and not ({tested})"
        return given, f"select {PERSON} as person from {self.name} where {tagged} and {PERSON} <> ''"

    def _row_name(self) -> str:
        return f"row || '{BETWEEN}' || nth"

    def _stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        return chain.from_iterable(self.engine.batches(query, AT_ONCE))

    def _event(self, row: Sequence[Any]) -> Event:
        line, number, email, phone, cells, heard, ordinal, gross, refund, kind, joined = row
        return with_cells(
            self._kinds[kind],
            line=line,
            order=number,
            email=email,
            phone=phone,
            row=cells,
            heard=heard,
            day=_day(ordinal),
            gross=gross,
            refund=refund,
            joined=joined,
        )

    @property
    def _kinds(self) -> list[Event]:
        if len(self._listed) != len(self.kinds):
            self._listed[:] = self.kinds
        return self._listed


class Orders:
    """Orders with their events, read as often as they are asked for."""

    def __init__(
        self,
        orders: int,
        groups: Callable[[], Iterator[tuple[int, list[Event]]]],
        named: Callable[[Event, int], str],
    ) -> None:
        self._count: Final = orders
        self._named: Final = named
        self._groups: Final = groups

    def __len__(self) -> int:
        return self._count

    def items(self) -> Iterator[tuple[str, list[Event]]]:
        """Yield what stands for each order, and its events."""
        return ((self._named(events[0], nth), events) for nth, events in self._groups())

    def values(self) -> Iterator[list[Event]]:
        """Yield the events of each order."""
        return (events for _, events in self._groups())


class RowTable:
    """Rows of events as they are made, written to the engine; they come back as rows of a report."""

    def __init__(self, engine: Engine) -> None:
        self._engine: Final = engine
        self._name: Final = _new_table(engine, "event_rows", {"n": "bigint", **ROWS})
        self._tags: Final[dict[Tags, int]] = {}
        self._waiting: list[tuple[Any, ...]] = []
        self._count = 0

    def extend(self, rows: Iterable[Row]) -> None:
        """Add rows."""
        for row in rows:
            tags = self._tags.setdefault(row.tags, len(self._tags))
            day = row.day.toordinal() if row.day else 0
            money = (row.numerator or 0, row.revenue, row.currency)
            who = (row.id, row.line, row.refund_of, row.person)
            self._waiting.append((tags, day, *money, *who, row.stage, row.expected))
            if len(self._waiting) >= AT_ONCE:
                self._write()

    def _write(self) -> None:
        if self._waiting:
            columns = dict(zip(ROWS, zip(*self._waiting, strict=True), strict=True))
            _append(self._engine, self._name, ROWS, columns, range(self._count, self._count + len(self._waiting)))
            self._count += len(self._waiting)
            self._waiting = []

    def rows(self) -> EventRows:
        """Return all rows."""
        self._write()
        tags = list(self._tags)
        fields = (name if name in ROWS else "null" for name in Row._fields[:-1])
        query = f"select {', '.join(fields)} from {self._name} order by n"

        def batches() -> Iterator[list[Row]]:
            for some in self._engine.batches(query, AT_ONCE):
                yield [Row(tags[link], _day(ordinal), *others) for link, ordinal, *others in some]

        bare = "currency = '' and (revenue is not null or expected is not null)"
        ((total, staged, has_bare, *days),) = self._engine.rows(
            f"select sum(numerator), bool_or(stage <> ''), bool_or({bare}), min(day), max(day) from {self._name}"
        )
        period = _period(*days)
        return EventRows(self._count, batches, int(total or 0), period, staged=bool(staged), bare=bool(has_bare))

    def persons(self) -> int:
        """Return how many people there are."""
        self._write()
        ((people,),) = self._engine.rows(f"select count(distinct person) from {self._name}")
        return int(people)


def first_answers(tables: Sequence[EventTable]) -> Iterator[Iterator[tuple[str, str, date | None, int]]]:
    """Yield for each table the first answers of people who came by no tagged link: who, answer, day and line.

    A person is one in all tables.
    """
    engine = tables[0].engine
    given, linked = zip(*(table.answers(place) for place, table in enumerate(tables)), strict=True)
    firsts = _new_table(
        engine,
        "answers",
        f"select who, min(place * {ROOM} + n) as first from ({' union all '.join(given)}) "
        f"where person not in ({' union all '.join(linked)}) group by who",
    )
    for place, query in enumerate(given):
        found = f"from ({query}) join {firsts} using (who) where first = {place * ROOM} + n order by n"
        rows = chain.from_iterable(engine.batches(f"select who, heard, day, line {found}", AT_ONCE))
        yield ((who, heard, _day(ordinal), line) for who, heard, ordinal, line in rows)


def name_persons(tables: Sequence[EventTable]) -> None:
    """Give rows that share an address or a telephone number one person, in all files."""
    if not any(table.has("email <> '' and phone <> ''") for table in tables):
        return
    engine = tables[0].engine
    events = " union all ".join(f"select email, phone from {table.name}" for table in tables)
    pairs = _new_table(
        engine, "pairs", f"select distinct email, phone from ({events}) where email <> '' or phone <> ''"
    )
    shared = " or ".join(
        f"{name} in (select {name} from {pairs} where {name} <> '' group by {name} having count(*) > 1)"
        for name in ("email", "phone")
    )  # all others are one person whatever the rest says
    found = joined_persons(engine.rows(f"select email, phone from {pairs} where {shared} order by email, phone"))
    other = [(*pair, name) for pair, name in found.items() if name != (pair[0] or pair[1])]
    columns = {"email": "varchar", "phone": "varchar", "name": "varchar"}
    names = _new_table(engine, "names", columns)
    if other:
        _append(engine, names, columns, dict(zip(columns, zip(*other, strict=True), strict=True)))
    for table in tables:
        same = f"{names}.email = {table.name}.email and {names}.phone = {table.name}.phone"
        engine.run(f"update {table.name} set joined = {names}.name from {names} where {same}")


def _period(first: int | None, last: int | None) -> Period | None:
    return Period(date.fromordinal(first), date.fromordinal(last)) if first and last else None


@cache
def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _new_table(engine: Engine, what: str, made: dict[str, str] | str) -> str:
    """Make a table of columns or of a query; return its name."""
    name = f"{what}_{next(NUMBERS)}"
    columns = made if isinstance(made, str) else ", ".join(f"{column} {kind}" for column, kind in made.items())
    engine.run(f"create table {name} as {columns}" if isinstance(made, str) else f"create table {name} ({columns})")
    return name


def _append(
    engine: Engine,
    table: str,
    types: dict[str, str],
    columns: Mapping[str, Sequence[Any]],
    numbers: Sequence[int] | None = None,
) -> None:
    """Append columns; as arrays, which the engine takes several times as fast as lists."""
    import numpy as np

    arrays: dict[str, Any] = {} if numbers is None else {"n": np.arange(numbers[0], numbers[-1] + 1)}
    alike = {name: cells[0] for name, cells in columns.items() if cells.count(cells[0]) == len(cells)}
    arrays |= {name: as_array(cells, types[name]) for name, cells in columns.items() if name not in alike}
    if not arrays:
        arrays = {"alike": np.zeros(len(next(iter(columns.values()))), dtype=np.int8)}
    names = [*(["n"] if numbers is not None else []), *columns]
    shown = [_constant(alike[name]) if name in alike else _number(name, types) for name in names]
    days = ["nullif(" + cell + ", 0)" if name == "day" else cell for name, cell in zip(names, shown, strict=True)]
    rest = ", ''" if "kind" in types else ""
    engine.append_arrays(f"insert into {table} select {', '.join(days)}{rest} from arrays", arrays)


def _constant(cell: str | float | None) -> str:
    """Return what all cells of a column are, as SQL has it."""
    if isinstance(cell, str):
        return literal(cell.encode("utf-8", "replace").decode())
    return "null" if cell is None else repr(cell)


def _number(name: str, types: dict[str, str]) -> str:
    return f"case when isnan({name}) then null else {name} end" if types.get(name) == "double" else name
