"""What the shapes of tables share: rows, the beginning of a table, records, and what is counted on the way.

A shape is how a table says who follows what: one like a row, a matrix, one column a customer. It is recognised by the
first rows, and then turns all rows into records of the same roles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from outreach.files.contract import Rejected

if TYPE_CHECKING:
    from outreach.files.grid import Row
    from outreach.likes.plan import ReadOptions
    from outreach.likes.tables.profile import Table
    from outreach.messages import Message

__all__ = ["HEAD_ROWS", "Head", "Record", "Shape", "Tally", "first_rows"]

HEAD_ROWS: Final = 200
"""So many rows are looked at to recognise a shape."""

HEAD_CELLS: Final = 100_000
"""Of a table with very many columns fewer rows are looked at: no more than have so many cells."""

Record: TypeAlias = tuple[int, Sequence[str | None]]
"""The line that it comes from, and one value for each role of the shape; None is nothing said."""


def first_rows(rows: Iterable[Row]) -> tuple[list[Row], bool]:
    """Return the rows of a table that are looked at to recognise its shape, and whether these are all.

    Example:
        >>> rows = [(line, ["t.me/smm"] * 40_000) for line in range(1, 9)]
        >>> [(len(head), whole) for head, whole in (first_rows(rows), first_rows(rows[:2]))]
        [(3, False), (2, True)]

    """
    found: list[Row] = []
    cells = 0
    for row in rows:
        if len(found) == HEAD_ROWS or cells >= HEAD_CELLS:
            return found, False
        found.append(row)
        cells += len(row[1])
    return found, True


@dataclass(frozen=True)
class Head:
    """The beginning of a table.

    Args:
        label: What messages call the table.
        titles: The names around it, nearest first: tab, file without its ending, folders. One may be the customer,
            one the platform.
        rows: The first rows, ``HEAD_ROWS`` at most, blank ones too.
        whole: Whether these are all rows.
        chosen: Role to header or number, where the user said which column is which.
        ours: Whether it is a tab of the workbook that we lay out, which explains itself: a column is a customer.
        customer: Whose list it is, where the user said so.
        customer_is: Whether the file, the folder, the tab or a column is the customer, where the user said so.
        read_as: The shape, where the user said so.
        assumed: The platform of bare handles, where the user said it.
        tabbed: Whether the first title is a tab's.
        peers: Names beside addresses, as they stand in the lists around it.

    """

    label: str
    titles: Sequence[str]
    rows: Sequence[Row]
    whole: bool = True
    chosen: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ours: bool = False
    customer: str | None = None
    customer_is: str | None = None
    read_as: str | None = None
    assumed: str | None = None
    tabbed: bool = False
    peers: frozenset[tuple[str, str]] = frozenset()

    @classmethod
    def asked(
        cls, label: str, titles: Sequence[str], rows: Sequence[Row], options: ReadOptions, *, whole: bool
    ) -> Head:
        """Return a head with what the user says about the table."""
        return cls(
            label, titles, rows, whole, options.columns,
            customer=options.customer, customer_is=options.customer_is, read_as=options.read_as,
            assumed=options.assumed, peers=options.peers,
        )  # fmt: skip

    @cached_property
    def filled(self) -> Sequence[Row]:
        """The rows that are not blank."""
        return [row for row in self.rows if "".join(row[1]).strip()]

    @cached_property
    def tables(self) -> Sequence[Table]:
        """What may be the table, by the row that may be its header; several shapes look at each."""
        from outreach.likes.tables.profile import tables_of

        return list(tables_of(self))

    @property
    def owner_given(self) -> bool:
        """Whether the user said whose list it is, or where customers stand."""
        return self.customer is not None or self.customer_is is not None

    def title_of(self, what: str) -> str | None:
        """Return the name of the tab, the file or the folder; None where there is none."""
        at = {"tab": 0 if self.tabbed else -1, "file": int(self.tabbed), "folder": int(self.tabbed) + 1}[what]
        return self.titles[at].strip() or None if 0 <= at < len(self.titles) else None


@dataclass(slots=True)
class Tally:
    """What a shape noted while it made records.

    Args:
        bad: Rows that cannot be used.
        dropped: Words of a network's page ("Follow", "Подписаться") that stood among the resources.
        filled: Rows whose customer stands in a row above.
        totals: Rows of sums, passed over.
        unsaid: Lines with answers such as "don't know", which name nothing.
        headings: Lines that are the heading of a list.
        nothing: Customers under whose name nothing stands, and no platform either.

    """

    bad: list[Rejected] = field(default_factory=list)
    dropped: int = 0
    filled: int = 0
    totals: int = 0
    unsaid: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    nothing: int = 0

    def reject(self, line: int, reason: Message) -> None:
        """Note that a row cannot be used, and why."""
        self.bad.append(Rejected("", line, reason))


class Shape(Protocol):
    """How a table says who follows what."""

    @property
    def kind(self) -> Message:
        """What the remark and ``check`` call it: ``one column a customer``."""

    @property
    def roles(self) -> Sequence[str]:
        """What the values of a record are; among them ``customer``."""

    def describe(self) -> str:
        """Return how it was understood, for the remark; of the table's texts only recognised headers are repeated."""

    def records(self, rows: Iterable[Row], tally: Tally) -> Iterator[Record]:
        """Yield what the rows say, all of the table's from the first; a customer with an empty list is a record too."""
