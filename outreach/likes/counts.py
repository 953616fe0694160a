"""First step: how often each address stands in each table, with the facts beside it, and what is wrong with rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.likes.executors import ADDRESS, COUNTS
from outreach.likes.plain.base import followers_refused
from outreach.likes.plan import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.engine import Engine
    from outreach.likes.executors import Executor
    from outreach.likes.plan import SourceTable

__all__ = ["Counts", "count"]


@dataclass(frozen=True, slots=True)
class Counts:
    """The table ``COUNTS``, and what it answers.

    Args:
        engine: Where it lies.
        tables: What was counted.

    """

    engine: Engine
    tables: Sequence[SourceTable]

    def has(self, role: str) -> bool:
        """Return whether any table may tell a role."""
        return any(role in table.plan.roles for table in self.tables)

    def tell_resource_alone(self) -> bool:
        """Return whether no row may tell more of an address than its text."""
        return {role for role in ADDRESS if self.has(role)} == {"resource"}

    def same_address(self) -> str:
        """Return the condition that counted rows ``c`` have the address ``a``."""
        return " and ".join(f"c.{role} is not distinct from a.{role}" for role in ADDRESS if self.has(role))

    def faulty(self) -> list[tuple[int, Fault, int]]:
        """Return number of the table, fault and number of rows that have it."""
        rows = self.engine.rows(
            f"select source, fault, sum(rows) from {COUNTS.name} where fault > 0 group by all order by all"
        )
        return [(int(source), Fault(fault), int(number)) for source, fault, number in rows]

    def any_faulty(self) -> bool:
        """Return whether any row has a fault."""
        return bool(self.engine.rows(f"select exists (from {COUNTS.name} where fault > 0)")[0][0])

    def usable(self) -> list[int]:
        """Return the number of rows without a fault, table by table."""
        usable = [0] * len(self.tables)
        for source, rows in self.engine.rows(
            f"select source, sum(rows) from {COUNTS.name} where fault = 0 group by source"
        ):
            usable[source] = int(rows)
        return usable

    def of_sizes(self, odd: Sequence[tuple[int, str]]) -> int:
        """Return the number of usable rows with one of these (number of the table, text of a size)."""
        sources, texts = zip(*odd, strict=True)
        rows = self.engine.rows(
            f"select sum(c.rows) from {COUNTS.name} c join (select unnest(?) as source, unnest(?) as text) o "
            "on o.source = c.source and o.text = c.subscribers where c.fault = 0",
            [list(sources), list(texts)],
        )
        return int(rows[0][0] or 0)


def count(engine: Engine, tables: Sequence[SourceTable], executors: Sequence[Executor]) -> Counts:
    """Have the executors count.

    Raises:
        InputError: A table is damaged, or the only one is of followers.

    """
    engine.run(f"create table {COUNTS.name} ({COUNTS.definition()})")
    for executor in executors:
        executor.count()
    if len(tables) == 1 and Fault.A_FOLLOWER in tables[0].plan.faults:  # with others its rows are rejected
        (only_followers,) = engine.rows(f"select bool_and(fault = {Fault.A_FOLLOWER:d}) from {COUNTS.name}")[0]
        if only_followers:
            raise followers_refused(tables[0].label)
    return Counts(engine, tables)
