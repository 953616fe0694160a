"""An already counted table, taken apart again: so many customers for each resource, numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.files.numbers import whole
from outreach.likes.tables.cells import tells_total
from outreach.likes.tables.titles import cell_at
from outreach.messages import message
from outreach.words.columns import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Record, Tally
    from outreach.likes.tables.counted import Counted

__all__ = ["Hits"]

NO_NUMBER: Final = message("hits-no-number")
TOO_MANY: Final = message("hits-too-many")


@dataclass(frozen=True, slots=True)
class Hits:
    """Resources with the number of customers who follow them.

    Which customers these are is not known: of every resource they are the first ones. So overlaps are right, and what
    follows from one customer liking two resources is not.

    Args:
        table: What its columns say.
        customers: How many customers were counted.

    """

    table: Counted
    customers: int

    kind = message("shape-counted")

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are."""
        return [role for role in ROLES if role == "customer" or role in self.table.mapped.positions]

    def describe(self) -> str:
        """Return how it was understood."""
        mapped = self.table.mapped
        hits = mapped.headers[self.table.hits] if mapped.headers else f"column {self.table.hits + 1}"
        return f"{mapped.describe()}, hits = {hits}, of {self.customers} customers"

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield each resource once for each of its customers."""
        positions = [self.table.mapped.positions.get(role, -1) for role in self.roles]
        for line, cells in rows:
            if line <= self.table.header_line or not any(cells):
                continue
            if tells_total(cells[0]):
                tally.totals += 1
                continue
            hits = whole(cell_at(cells, self.table.hits))
            if hits is None or hits > self.customers:
                tally.reject(line, TOO_MANY if hits else NO_NUMBER)
                continue
            values = [cell_at(cells, at) or None if at >= 0 else None for at in positions]
            for customer in range(1, hits + 1):
                yield line, [str(customer), *values[1:]]
