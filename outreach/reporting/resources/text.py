"""The resources sheet as CSV: every cell that a person wrote stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.files.delimited import delimited, records, text_of
from outreach.reporting.resources.words import header_in
from outreach.tables import SHEET, neutral

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.reporting.resources.base import Changes, Line, Value
    from outreach.sheet.grid import Grid

__all__ = ["new_text", "updated_text"]

NEW: Final = "utf-8-sig"  # Excel takes a text without the mark for the system's own encoding


def new_text(path: Path, places: Sequence[Line], language: str = "en") -> None:
    """Write a sheet of these places: UTF-8 with a mark, commas, neutral cells; English has the columns' own names."""
    columns = {name: position for position, name in enumerate(SHEET.names)}
    headers = SHEET.names if language == "en" else [header_in(name, language) for name in SHEET.names]
    rows = [list(headers), *(_row(place.cells(columns), columns) for place in places)]
    path.write_bytes(delimited(rows).encode(NEW))


def updated_text(old: Path, new: Path, grid: Grid, changes: Changes) -> str:
    """Write a sheet with its changes, in its own encoding, delimiter and line ends.

    Returns:
        The encoding, as Python names it: UTF-8 where the old one lacks a letter of a new name.

    """
    text, _ = text_of(old, grid.encoding)
    rows = {line: list(cells) for line, cells in records(str(old), text, grid.delimiter)}
    for change in changes.cells:
        row, position = rows[change.row], grid.columns[change.column]
        row += [""] * (position + 1 - len(row))
        if not (change.only_empty and row[position].strip()):
            row[position] = _neutral(change.value)
    added = [_row(place.cells(grid.columns), grid.columns) for place in changes.places]
    whole = delimited([*rows.values(), *added], delimiter=grid.delimiter, line_end="\r\n" if "\r" in text else "\n")
    try:
        content, encoding = whole.encode(grid.encoding), grid.encoding
    except UnicodeEncodeError:
        content, encoding = whole.encode(NEW), NEW
    new.write_bytes(content)
    return encoding


def _row(cells: Mapping[str, Value], columns: Mapping[str, int]) -> list[str]:
    row = [""] * (max(columns.values()) + 1)
    for column, value in cells.items():
        row[columns[column]] = _neutral(value)
    return row


def _neutral(value: Value) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return neutral(value) if isinstance(value, str) else str(value)
