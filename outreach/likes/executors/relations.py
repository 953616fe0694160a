"""The engine reads a table by itself: a large delimited text, Parquet, JSON, a frame."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from outreach.engine import driver, literal, literal_path, quoted
from outreach.errors import InputError
from outreach.files.lines import lines_of_rows
from outreach.likes.executors import ADDRESS, ADDRESSES, COUNTS, FACTS, PAIRS, FoundRow, reason_of
from outreach.likes.executors.distinct import MANY, make_distinct
from outreach.likes.executors.expressions import (
    addresses_with_targets,
    addresses_without_key,
    date_column,
    has_sign,
    is_askew,
    is_error,
    is_follower,
    is_nested,
    is_number,
    is_person,
    is_platform,
    same_address,
    says_no_more,
    tidy,
)
from outreach.likes.plan import ADDRESS_CELLS, Fault, Form, Kind, Transform

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.engine import Engine
    from outreach.likes.plan import Fit, SourceTable

__all__ = ["RelationExecutor", "readable", "translate_errors"]

LINE_BYTES: Final = 4 * 1024 * 1024
BUFFER_BYTES: Final = 2 * LINE_BYTES  # the engine's own choice leaves texts below 64 MB to one processor
LENT: Final = "lent_frame"


class RelationExecutor:
    """Reads one table, as a table expression of the engine.

    Args:
        engine: Where it reads.
        source: Number of the table.
        table: The table.

    """

    def __init__(self, engine: Engine, source: int, table: SourceTable) -> None:
        self.engine: Final = engine
        self.source: Final = source
        self.table: Final = table
        self.relation: Final = _relation(table)
        self.faults = _faults_looked_for(table)
        self.cells: Final = _cells(table, self.faults)
        customer = self.cells["customer"]
        self.customer: Final = tidy(customer) if table.text is None or table.text.spaced else customer

    def count(self) -> None:
        """Count the rows of each address; columns beside it are read only where some address has no sign of one."""
        all_faults = self.faults
        self.faults = tuple(fault for fault in all_faults if fault is not Fault.ASKEW)
        self._count()
        if self.faults == all_faults:
            return
        doubts = " or ".join(f"({doubt})" for fit in self.table.plan.fits for doubt in self._doubts(fit))
        doubtful = f"select 1 from {COUNTS.name} where source = {self.source} and ({doubts or 'false'}) limit 1"
        if self.engine.rows(doubtful):
            self.faults = all_faults
            self.engine.run(f"delete from {COUNTS.name} where source = {self.source}")
            self._count()

    def _doubts(self, fit: Fit) -> Iterator[str]:
        """Yield the conditions of counted addresses under which some row may have a cell too many or too few."""
        place = self._place()
        if fit.kind is Kind.ADDRESS:
            yield f"not {has_sign(place)}"
        elif fit.kind is Kind.PLATFORM:
            yield is_platform(place, sure=True)
            yield f"platform is not null and not {is_platform('platform', sure=False)}"
        elif fit.filled:
            yield "subscribers is not null and not regexp_matches(subscribers, '[0-9]')"
        else:
            yield is_number(place)

    def _count(self) -> None:
        roles = ", ".join(role for role in (*ADDRESS, *FACTS) if role in self.cells)
        self._read_into(
            f"insert into {COUNTS.name} (source, {roles}, fault, rows) select {self.source}, {roles}, fault, count(*) "
            f"from {self.rows()} group by {roles}, fault"
        )

    def pair(self, *, dated: bool) -> None:
        date = date_column(self.cells, dated=dated)
        by_hash = not dated and self._usable_rows() >= MANY
        self._read_into(
            f"insert into {PAIRS.name} select {self.source}, * from (select {'' if by_hash else 'distinct '}"
            f"t.customer, a.target{date} from {self._usable()} t "
            f"join ({addresses_with_targets(self.cells)}) a on {self._same_address()})"
        )
        if by_hash:
            make_distinct(self.engine, self.source)

    def _same_address(self) -> str:
        """Return the condition that usable rows ``t`` have the address ``a``; to compare numbers costs least."""
        compared = [role for role in ADDRESS if role in self.cells]
        if len(compared) > 1:
            return same_address("t", compared)
        (role,) = compared
        (missing, hashes_differ) = self.engine.rows(
            f"select count(*) > count({role}), count(distinct hash({role})) = count({role}) "
            f"from {ADDRESSES.name} a where {says_no_more(compared)}"
        )[0]
        if missing:
            return same_address("t", compared)
        # Every address of a usable row is among them, those that lead nowhere too.
        return f"hash(t.{role}) = hash(a.{role})" if hashes_differ else f"t.{role} = a.{role}"

    def _usable_rows(self) -> int:
        rows = f"select coalesce(sum(rows), 0) from {COUNTS.name} where source = {self.source} and fault = 0"
        return int(self.engine.rows(rows)[0][0])

    def rejected(self, limit: int | None) -> list[FoundRow]:
        bad = addresses_without_key(self.cells)
        few = "" if limit is None else f"qualify row_number() over (partition by fault, reason order by row) <= {limit}"
        return self._numbered(
            f"select row, fault, reason, null from (select t.row, t.fault, a.reason from {self.rows(numbered=True)} t "
            f"left join ({bad}) a on t.fault = 0 and {same_address('t', self.cells)} "
            f"where t.fault > 0 or a.reason is not null) {few} order by row",
            f"looking for the rejected rows of {self.table.label}",
        )

    def of_sizes(self, source: int, texts: Sequence[str]) -> FoundRow | None:
        if source != self.source:
            return None
        (found,) = self._numbered(
            f"select row, 0, null, subscribers from {self.rows(numbered=True)} "
            f"where subscribers in ({', '.join(map(literal, texts))}) and fault = 0 order by row limit 1",
            f"looking for a row of {self.table.label}",
        )
        return found

    def _numbered(self, sql: str, doing: str) -> list[FoundRow]:
        """Return rows with their lines, for a query of (number of the row, fault, reason, size), ascending."""
        with translate_errors(self.table.label), self.engine.in_order():
            rows = self.engine.rows(sql, doing=doing)
        lines = self.lines([row for row, *_ in rows])
        return [
            FoundRow(self.source, self.table.label, line, reason_of(fault, reason), size)
            for line, (_, fault, reason, size) in zip(lines, rows, strict=True)
        ]

    def rows(self, *, numbered: bool = False) -> str:
        """Return the query for the rows: tidy customer, the other roles as found, number of the fault.

        Args:
            numbered: Number the rows from 1 as ``row``; true to the file only while the engine keeps its order.

        """
        cells = ", ".join(f"{cell} as {role}" for role, cell in self.cells.items() if role != "customer")
        cells = f"{self.customer} as customer, {cells}, {self._fault()} as fault"
        filled = " or ".join(f"{cell} is not null" for cell in self.cells.values())
        if Fault.NO_RECORD in self.faults:
            filled = "true"
        if not numbered:
            return f"(select {cells} from {self.relation} where {filled})"
        return (
            f"(select * from (select row_number() over () as row, {filled} as filled, {cells} from {self.relation})"
            " where filled)"
        )

    def lines(self, rows: Sequence[int]) -> Sequence[int]:
        """Return the line for each number of a row (from 1, ascending)."""
        plan, text = self.table.plan, self.table.text
        if text is not None:
            return lines_of_rows(text.path, plan.skip, rows)
        if plan.form is Form.JSON_LINES and plan.path is not None:
            return lines_of_rows(plan.path, 0, rows, spaces=False)
        return rows

    def _usable(self) -> str:
        """Return the query for the rows whose fault is 0, without that number: a condition costs less than a case."""
        cells = ", ".join(f"{cell} as {role}" for role, cell in self.cells.items() if role != "customer")
        sound = " and ".join(f"({self._condition(fault)}) is not true" for fault in self.faults) or "true"
        return (
            f"(select {self.customer} as customer, {cells} from {self.relation} "
            f"where {self.customer} is not null and {sound})"
        )

    def _fault(self) -> str:
        """Return the SQL expression that numbers what is wrong with a row, 0 for nothing."""
        looked_for = (*self.faults, Fault.NO_CUSTOMER)
        cases = " ".join(f"when {self._condition(fault)} then {fault:d}" for fault in looked_for)
        return f"case {cases} else 0 end"

    def _condition(self, fault: Fault) -> str:  # noqa: PLR0911 - one for each fault
        """Return the SQL condition under which a row has a fault."""
        cells = self.cells
        match fault:
            case Fault.MORE_CELLS:
                return f"c{self.table.plan.width} is not null"
            case Fault.NO_RECORD:
                nothing = " and ".join(f"{cell} is null" for cell in cells.values())
                texts = [cells[role] for role in (*ADDRESS_CELLS, "name", "customer") if role in cells]
                return f"({nothing}) or {' or '.join(map(is_nested, texts))}"
            case Fault.A_PERSON:
                return is_person(cells["direction"])
            case Fault.ASKEW:
                return " or ".join(
                    f"({is_askew(fit.kind, f'c{fit.at}', [f'c{at}' for at in fit.beside], filled=fit.filled)})"
                    for fit in self.table.plan.fits
                )
            case Fault.A_FOLLOWER:
                return is_follower(cells["direction"])
            case Fault.NO_LABEL:
                return is_error(cells["customer"])
            case Fault.NO_ADDRESS:
                return is_error(f"coalesce({', '.join(cells[role] for role in ADDRESS_CELLS if role in cells)})")
            case Fault.NO_CUSTOMER:
                return f"{self.customer} is null"
        raise ValueError(f"the engine does not look for {fault.name}")

    def _place(self) -> str:
        """Return the role by which rows tell the resource; for the key it beats the others that they tell."""
        return next(role for role in (*ADDRESS_CELLS, "name") if role in self.cells)

    def _read_into(self, sql: str) -> None:
        """Run a statement that reads the table."""
        with translate_errors(self.table.label), self.engine.as_written():
            self.engine.run(sql, doing=f"reading {self.table.label}")


def readable(engine: Engine, table: SourceTable) -> None:
    """Read a table to its end, and keep nothing of it.

    Raises:
        InputError: It is damaged.

    """
    cells = ", ".join(f"max({cell})" for cell in _cells(table, ()).values())
    with translate_errors(table.label):
        engine.rows(f"select {cells} from {_relation(table)}")


@contextmanager
def translate_errors(label: str) -> Iterator[None]:
    """Turn what the engine says of a table into one sentence; its own text quotes the row.

    Raises:
        InputError: The table is damaged, or changed while it was read.

    """
    try:
        yield
    except (driver().OutOfMemoryException, driver().InterruptException):
        raise
    except driver().Error as err:
        raise InputError(
            "the file is cut off or damaged, or changed while it was read", where=label, hint="export or save it again"
        ) from err


def _relation(table: SourceTable) -> str:
    """Return the table expression."""
    plan = table.plan
    if table.text is not None:
        columns = ", ".join(f"'c{number}': 'varchar'" for number in range(plan.width + 1))
        quote = '"' if table.text.quotes else ""
        return (
            f"read_csv({literal_path(table.text.path)}, auto_detect=false, header=false, skip={plan.skip}, "
            f"delim={literal(plan.delimiter or '')}, quote={literal(quote)}, escape={literal(quote)}, "
            f"null_padding=true, strict_mode=false, nullstr='', max_line_size={LINE_BYTES}, "
            f"buffer_size={BUFFER_BYTES}, compression='none', hive_partitioning=false, columns={{{columns}}})"
        )
    if plan.form is Form.FRAME or plan.path is None:
        return LENT
    if plan.form is Form.PARQUET:
        return f"read_parquet({literal_path(plan.path)}, hive_partitioning=false)"
    lines = plan.form is Form.JSON_LINES
    names = dict.fromkeys(str(column.place) for column in plan.columns.values())
    columns = ", ".join(f"{literal(name)}: 'varchar'" for name in names)
    return (
        f"read_json({literal_path(plan.path)}, format={literal('newline_delimited' if lines else 'array')}, "
        f"columns={{{columns}}}, hive_partitioning=false, compression='none', "
        f"ignore_errors={'true' if lines else 'false'})"
    )


def _faults_looked_for(table: SourceTable) -> tuple[Fault, ...]:
    """Return what is looked for in rows; errors of formulas not where no cell begins like one."""
    if table.text is None or table.text.hashes:
        return table.plan.faults
    # To have looked through the bytes costs far less than conditions on every row.
    return tuple(fault for fault in table.plan.faults if fault not in {Fault.NO_LABEL, Fault.NO_ADDRESS})


def _cells(table: SourceTable, faults: Sequence[Fault]) -> Mapping[str, str]:
    """Return the SQL expression of each role; empty is NULL."""
    cells = {}
    for role, column in table.plan.columns.items():
        if table.text is not None:
            cell = f"c{column.place}"
        else:
            name = quoted(column.place) if isinstance(column.place, str) else f"c{column.place}"
            cell = f"nullif(cast({name} as varchar), '')"
        if column.transform is Transform.NAME and Fault.NO_LABEL in faults:
            cell = f"case when {is_error(cell)} then null else {cell} end"
        cells[role] = cell
    return cells | {role: literal(text) for role, text in table.plan.constants.items()}
