"""Types of columns that tell when what they hold is not what was written into them.

SQLite keeps a text in a column of numbers without a word, and so does a file of which some bytes were overwritten.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import BigInteger, Column, Float, Integer, String, Text, type_coerce
from sqlalchemy.types import NullType, TypeDecorator

from outreach.campaign.ledger.damage import Damaged

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection, Dialect, Row, Select
    from sqlalchemy.sql.schema import SchemaItem

__all__ = ["amount", "checked_rows", "large_whole", "long_words", "whole", "words"]


class _Checked(TypeDecorator[Any]):
    """A type that passes on values of its kind and nothing else."""

    impl: Any = Text
    cache_ok = True
    kinds: tuple[type, ...] = (str,)

    def __init__(self, *, nullable: bool) -> None:
        super().__init__()
        self.nullable: Final = nullable

    def look_through(self, cells: Collection[Any]) -> None:
        """Raise Damaged where a cell of many is of another kind."""
        for kind in set(map(type, cells)):
            if not (issubclass(kind, self.kinds) or (self.nullable and kind is type(None))):
                raise Damaged
            if kind is float and not all(math.isfinite(cell) for cell in cells if type(cell) is float):
                raise Damaged

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """Return a value as it is.

        Raises:
            Damaged: It is of another kind.

        """
        if (value is None and self.nullable) or (isinstance(value, self.kinds) and math.isfinite(_number(value))):
            return value
        raise Damaged


def checked_rows(connection: Connection, query: Select[Any]) -> Sequence[Row[Any]]:
    """Return the rows of a query, looked through column by column: cell by cell takes most of the time of many.

    Raises:
        Damaged: A cell is of another kind than its column.

    """
    columns = [(column.name, column.type) for column in query.selected_columns]
    bare = [type_coerce(column, NullType()).label(column.name) for column in query.selected_columns]
    rows = connection.execute(cast("Select[Any]", query.with_only_columns(*bare))).all()
    for (_, kind), cells in zip(columns, zip(*rows, strict=True), strict=bool(rows)):
        if isinstance(kind, _Checked):
            kind.look_through(cells)
    return rows


def _number(value: Any) -> float:
    return value if isinstance(value, float) else 0.0


class _Words(_Checked):
    impl = String
    cache_ok = True


class _LongWords(_Checked):
    impl = Text
    cache_ok = True


class _Whole(_Checked):
    impl = Integer
    cache_ok = True
    kinds = (int, Decimal)  # PostgreSQL adds up to the latter


class _LargeWhole(_Whole):
    impl = BigInteger
    cache_ok = True


class _Amount(_Checked):
    impl: Any = Float
    cache_ok = True
    kinds = (float, int)

    def __init__(self, *, nullable: bool) -> None:
        super().__init__(nullable=nullable)
        self.impl = self.impl_instance = Float(53)


def words(name: str, *, nullable: bool = False) -> Column[Any]:
    """Return a column of short texts."""
    return Column(name, _Words(nullable=nullable), nullable=nullable)


def long_words(name: str, *, nullable: bool = False) -> Column[Any]:
    """Return a column of texts of any length."""
    return Column(name, _LongWords(nullable=nullable), nullable=nullable)


def whole(name: str, *more: SchemaItem, nullable: bool = False, **options: Any) -> Column[Any]:
    """Return a column of integers; what else a column may be told goes along."""
    return Column(name, _Whole(nullable=nullable), *more, nullable=nullable, **options)


def large_whole(name: str) -> Column[Any]:
    """Return a column of counts that may be missing."""
    return Column(name, _LargeWhole(nullable=True), nullable=True)


def amount(name: str) -> Column[Any]:
    """Return a column of sums of money that may be missing."""
    return Column(name, _Amount(nullable=True), nullable=True)
