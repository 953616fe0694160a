"""Python reads tables row by row, with their lines, and writes them down; the engine then has them as one table."""

from __future__ import annotations

import csv
from contextlib import nullcontext
from itertools import count, islice
from typing import TYPE_CHECKING, Final

from outreach.engine import literal, literal_path
from outreach.files.temporary import new_file
from outreach.likes.executors import ADDRESS, COUNTS, FACTS, PAIRS, FoundRow, reason_of
from outreach.likes.executors.expressions import (
    addresses_with_targets,
    addresses_without_key,
    date_column,
    same_address,
)
from outreach.likes.executors.relations import translate_errors
from outreach.likes.plan import WrittenRows
from outreach.stopping import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.engine import Engine
    from outreach.likes.plan import SourceTable

__all__ = ["ROW", "RowFile", "WrittenExecutor"]

ROW: Final = (
    "list", "line", "fault", "customer",
    "platform", "url", "handle", "resource", "name", "subscribers", "followed_at", "accepts_posts", "topic",
)  # fmt: skip
"""The cells of a row, in order; those at the end may be missing."""

NUMBERS: Final = count(1)
"""The number of a list tells its rows from others; files of several writers are read together."""

TYPES: Final = {"list": "integer", "line": "bigint", "fault": "integer"}
TOGETHER: Final = 5000  # rows; between them the work can be stopped
LONGEST_LINE: Final = 16 * 1024 * 1024
KEPT_BYTES: Final = 64 * 1024 * 1024
"""So much is read once and kept in the engine; more stays in its files and is read each time."""


class RowFile:
    """A file in the engine's private folder that takes the rows of any number of lists.

    Args:
        folder: The private folder.

    """

    def __init__(self, folder: Path) -> None:
        self.path: Final = new_file(folder)
        self._stream: Final = self.path.open("w", encoding="utf-8", errors="replace", newline="")
        # Lines end with CR LF, because then the writer quotes cells that hold either sign.
        self._writer: Final = csv.writer(self._stream)

    def write(self, rows: Iterable[Sequence[str | int | None]]) -> None:
        """Write rows down; the first cell of each is a number that :meth:`new_list` gave."""
        left = iter(rows)
        while some := list(islice(left, TOGETHER)):
            stop_if_asked()
            self._writer.writerows(some)

    def close(self) -> None:
        """End the file."""
        self._stream.close()

    def new_list(self, label: str, customer: str | None = None) -> WrittenRows:
        """Return where the rows of a list are to go."""
        return WrittenRows(next(NUMBERS), self.path, label, customer)


class WrittenExecutor:
    """Reads all tables that Python wrote down, together.

    Args:
        engine: Where they are read.
        tables: By their numbers.

    """

    def __init__(self, engine: Engine, tables: Mapping[int, SourceTable]) -> None:
        self.engine: Final = engine
        self.tables: Final = tables
        self.roles: Final = frozenset(role for table in tables.values() for role in table.plan.roles)
        lists = [(source, one) for source, table in tables.items() for one in table.written]
        self._labels: Final = {one.number: one.label for _, one in lists}
        self._make_lists(lists)
        self._relation: Final = self._make_rows(list(dict.fromkeys(one.path for _, one in lists)))

    def _make_lists(self, lists: Sequence[tuple[int, WrittenRows]]) -> None:
        """Make a table of the lists: which table each is of, and whose it is where its rows do not tell."""
        self.engine.run("create table written_lists (list integer, source integer, owner varchar)")
        self.engine.append(
            "written_lists",
            [[one.number for _, one in lists], [source for source, _ in lists], [one.customer for _, one in lists]],
        )

    def _make_rows(self, paths: Sequence[Path]) -> str:
        """Return the table expression of the rows; ``spot`` is in their order."""
        columns = ", ".join(f"'{cell}': '{TYPES.get(cell, 'varchar')}'" for cell in ROW)
        names = ", ".join(map(literal_path, paths))
        files = (
            f"read_csv([{names}], auto_detect=false, header=false, delim=',', quote='\"', "
            f"escape='\"', nullstr='', null_padding=true, strict_mode=false, max_line_size={LONGEST_LINE}, "
            f"compression='none', hive_partitioning=false, parallel=false, columns={{{columns}}})"
        )
        if sum(path.stat().st_size for path in paths) > KEPT_BYTES:
            self._kept, self._spot = False, "row_number() over ()"
            return files
        self._kept, self._spot = True, "rowid"
        cells = ", ".join(cell for cell in ROW if cell in {"list", "line", "fault", "customer"} | self.roles)
        with translate_errors("the private folder"), self.engine.in_order():
            self.engine.run(f"create table written_rows as select {cells} from {files}")
        return "written_rows"

    def _rows(self, *, spot: bool = False) -> str:
        """Return the query for the rows of the lists."""
        cells = ", ".join(cell for cell in ROW if cell in self.roles - {"customer"})
        numbered = f", {self._spot} as spot" if spot else ""
        inner = f"(select *{numbered} from {self._relation})" if spot else self._relation
        return (
            "(select l.source, r.list, r.line, coalesce(r.fault, 0) as fault, "
            f"coalesce(r.customer, l.owner) as customer{', r.spot' if spot else ''}, {cells} "
            f"from {inner} r join written_lists l on l.list = r.list)"
        )

    def count(self) -> None:
        cells = ", ".join(role for role in (*ADDRESS, *FACTS) if role in self.roles)
        self._read_into(
            f"insert into {COUNTS.name} (source, {cells}, fault, rows) "
            f"select source, {cells}, fault, count(*) from {self._rows()} group by source, {cells}, fault"
        )

    def pair(self, *, dated: bool) -> None:
        date = date_column(self.roles, dated=dated)
        self._read_into(
            f"insert into {PAIRS.name} select distinct t.source, t.customer, a.target{date} from {self._rows()} t "
            f"join ({addresses_with_targets(self.roles)}) a on {same_address('t', self.roles)} "
            "where t.fault = 0 and t.customer is not null"
        )

    def rejected(self, limit: int | None) -> list[FoundRow]:
        bad = addresses_without_key(self.roles)
        few = "row_number() over (partition by source, fault, reason order by spot)"
        few = "" if limit is None else f"qualify {few} <= {limit}"
        return self._found(
            f"select source, list, line, fault, reason, null from (select t.*, a.reason from {self._rows(spot=True)} t "
            f"left join ({bad}) a on t.fault = 0 and {same_address('t', self.roles)} "
            f"where t.fault > 0 or a.reason is not null) {few} order by spot"
        )

    def of_sizes(self, source: int, texts: Sequence[str]) -> FoundRow | None:
        if source not in self.tables:
            return None
        (found,) = self._found(
            f"select source, list, line, 0, null, subscribers from {self._rows(spot=True)} where source = {source} "
            f"and fault = 0 and subscribers in ({', '.join(map(literal, texts))}) order by spot limit 1"
        )
        return found

    def _found(self, sql: str) -> list[FoundRow]:
        """Return rows, for a query of (number of the table, of the list, line, fault, reason, size)."""
        in_order = nullcontext() if self._kept else self.engine.in_order()
        with translate_errors("the private folder"), in_order:
            rows = self.engine.rows(sql, doing="looking for the rejected rows")
        return [
            FoundRow(source, self._labels[one], line, reason_of(fault, reason), size)
            for source, one, line, fault, reason, size in rows
        ]

    def _read_into(self, sql: str) -> None:
        as_written = nullcontext() if self._kept else self.engine.as_written()
        with translate_errors("the private folder"), as_written:
            self.engine.run(sql, doing="reading the lists")
