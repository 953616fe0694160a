"""Every table that crosses a room's border: its columns, their types and units.

A :class:`Table` is a relation in the engine and the schema it keeps. Rooms hand each other tables; only
``outreach/__init__.py`` makes pandas frames of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.engine import Engine

__all__ = ["LIKES", "LISTS", "RANKING", "REJECTED", "RESOURCES", "Column", "Schema", "Table"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, its SQL type, what it means, and whether a value may be missing."""

    name: str
    type: str
    meaning: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a table, in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def definition(self) -> str:
        """Return the columns as the inside of a ``CREATE TABLE``.

        Example:
            >>> REJECTED.definition()
            'source varchar, line bigint, reason varchar'

        """
        return ", ".join(f"{column.name} {column.type}" for column in self.columns)


@dataclass(frozen=True, slots=True)
class Table:
    """A relation in the engine that keeps a schema.

    Args:
        engine: Where the relation lives; the table is gone when the engine closes.
        relation: Its name there.
        schema: Its columns. The relation has these and no others, in this order.
        order: The ``ORDER BY`` that makes its rows a list; every reader of the rows uses it.

    """

    engine: Engine
    relation: str
    schema: Schema
    order: str

    def select(self, columns: str = "*") -> str:
        """Return the query for its rows in order."""
        return f"select {columns} from {self.relation} order by {self.order}"

    def __len__(self) -> int:
        return int(self.engine.rows(f"select count(*) from {self.relation}")[0][0])

    def head(self, count: int | None = None) -> list[dict[str, Any]]:
        """Return the first ``count`` rows (all of them for None) for showing, each by column name."""
        limit = "" if count is None else f" limit {count:d}"
        names = self.schema.names
        return [dict(zip(names, row, strict=True)) for row in self.engine.rows(self.select() + limit)]

    def batches(self) -> Iterator[list[tuple[Any, ...]]]:
        """Yield all rows in order, in lists."""
        return self.engine.batches(self.select())


LIKES: Final = Schema(
    "likes",
    (
        Column("customer", "varchar", "label that the marketer gave"),
        Column("resource_id", "integer", "which resource, as numbered in the resources table"),
        Column("followed_at", "timestamp", "when, UTC; the latest one told", missing=True),
        Column("source", "varchar", "file that the like was read from, the first one by name"),
    ),
)
"""One row for each (customer, resource)."""

LISTS: Final = Schema(
    "lists",
    (
        Column("customer", "varchar", "label that the marketer gave"),
        Column("platform", "varchar", "platform from which a list of this customer is known, empty or not"),
    ),
)
"""One row for each (customer, platform) of which a list was read; what ``listed`` counts."""

RESOURCES: Final = Schema(
    "resources",
    (
        Column("resource_id", "integer", "number of the resource in this run, from 1"),
        Column("resource", "varchar", "key"),
        Column("platform", "varchar", "platform of the key"),
        Column("platforms", "varchar", "all platforms on which it is followed, sorted, comma between"),
        Column("name", "varchar", "name as most often written", missing=True),
        Column("subscribers", "bigint", "people; the largest number found", missing=True),
        Column("accepts_posts", "varchar", "yes, no, or as the marketer wrote it", missing=True),
        Column("topic", "varchar", "as the marketer wrote it", missing=True),
    ),
)
"""One row for each resource that somebody follows."""

REJECTED: Final = Schema(
    "rejected",
    (
        Column("source", "varchar", "file, as the user named it"),
        Column("line", "bigint", "line of the file (row for Parquet and JSON), from 1", missing=True),
        Column("reason", "varchar", "why the row cannot be used; never its text"),
    ),
)
"""One row for each input row that could not be used."""

RANKING: Final = Schema(
    "ranking",
    (
        Column("rank", "bigint", "1 is best; equal rows share a number"),
        Column("resource", "varchar", "key"),
        Column("platform", "varchar", "platform of the key"),
        Column("name", "varchar", "name as most often written", missing=True),
        Column("url", "varchar", "public address", missing=True),
        Column("subscribers", "bigint", "people", missing=True),
        Column("overlap", "bigint", "distinct customers who like the resource"),
        Column("listed", "bigint", "customers of whom a list from that platform is known"),
        Column("share", "double", "overlap / listed, 0..1"),
        Column("share_low", "double", "lower end of the share's Wilson 95 % interval"),
        Column("share_high", "double", "upper end of the share's Wilson 95 % interval"),
        Column("affinity", "double", "index, 100 = subscriber-weighted average", missing=True),
        Column("accepts_posts", "varchar", "yes, no, or as the marketer wrote it", missing=True),
    ),
)
"""Target resources, best first."""
