"""CSV, TSV, JSON and JSON lines, written by the engine: half a million rows never pass through Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.engine import literal, quoted
from outreach.errors import OutputError
from outreach.tables import NEUTRAL, SEPARATORS, SIGNS, SKIPPED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from outreach.tables import Column, Table

__all__ = ["DIGITS", "NEUTRAL", "csv_file", "json_file", "jsonl_file", "tsv_file"]

DIGITS: Final = 6
"""Digits after the point in files for spreadsheets and for reading."""

_BEGINNING: Final = f"(^|{SEPARATORS})"
_SHORT: Final = rf"[\t\r]|^{SKIPPED}{SIGNS}|{SEPARATORS}{SKIPPED}{SIGNS}|,\"*{SIGNS}"
_GUARDED: Final = (
    f"{_BEGINNING}({SKIPPED}{SIGNS})",
    f'(,)("*{SIGNS})',
    rf"{_BEGINNING}({SKIPPED}[\t\r])",
    rf"{_BEGINNING}({SKIPPED}[\t\r])",  # of two in a row the first pass sees one: it ends one match and begins another
)
_BREAKS: Final = r"'\r\n|[\t-\r\x{85}\x{2028}\x{2029}]'"


def csv_file(table: Table, path: Path) -> None:
    """Write all rows as CSV: UTF-8, a header, commas, neutral cells, missing as an empty cell."""
    _copy(table, path, _cell, "format csv, header, nullstr ''")


def tsv_file(table: Table, path: Path) -> None:
    """Write all rows as TSV: as CSV, with tabs; tabs and line breaks inside a text become a space."""
    _copy(table, path, _one_line_cell, "format csv, header, nullstr '', delimiter '\t'")


def json_file(table: Table, path: Path) -> None:
    """Write all rows as one JSON array of objects, texts verbatim, missing as null."""
    _copy(table, path, _value, "format json, array true")


def jsonl_file(table: Table, path: Path) -> None:
    """Write all rows as JSON, one object a line."""
    _copy(table, path, _value, "format json, array false")


def _copy(table: Table, path: Path, expression: Callable[[Column], str], options: str) -> None:
    """Let the engine write the rows in order.

    They are sorted by what the table holds: ``order by name`` beside ``'x' || name as name`` sorts by the latter, and a
    subquery's order does not outlive every expression around it (a long ``in`` becomes a join).
    """
    cells = ", ".join(f"{expression(column)} as {quoted(column.name)}" for column in table.schema.columns)
    order = ", ".join(f"held.{column.strip()}" for column in table.order.split(","))
    try:
        table.engine.run(
            f"copy (select {cells} from {table.relation} held order by {order}) to {literal(str(path))} "
            f"({options}, compression none, use_tmp_file false)",
            doing="writing",
        )
    except OutputError as err:  # the engine cannot know that the full disk is the output's
        raise OutputError("no space left on the disk") from err


def _value(column: Column) -> str:
    """Return a value for JSON: its own, except that a date is ISO 8601 and "not a number" is missing."""
    name = quoted(column.name)
    if column.type == "double":
        return f"case when isfinite({name}) then {name} end"
    if column.type == "timestamp":
        return f"replace(cast({name} as varchar), ' ', 'T') || 'Z'"
    return name


def _cell(column: Column) -> str:
    """Return a cell of a spreadsheet file: a neutral text, a rounded number."""
    name = quoted(column.name)
    if column.type == "varchar":
        return _neutral(name)
    if column.type == "double":
        return f"round({_value(column)}, {DIGITS})"
    return _value(column)


def _neutral(name: str) -> str:
    """Return the expression of what ``tables.neutral`` returns; the engine's expressions cannot look around.

    Nearly no text needs it, which one look tells.
    """
    guarded = name
    for expression in _GUARDED:
        guarded = f"regexp_replace({guarded}, {literal(expression)}, '\\1''\\2', 'g')"
    return f"case when regexp_matches({name}, {literal(_SHORT)}) then {guarded} else {name} end"


def _one_line_cell(column: Column) -> str:
    cell = _cell(column)
    return f"regexp_replace({cell}, {_BREAKS}, ' ', 'g')" if column.type == "varchar" else cell
