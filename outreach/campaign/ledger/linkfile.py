"""The rows of a table of links: which tab, which header line, which column is which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.campaign.ledger.placement import FIRST
from outreach.campaign.ledger.words import map_links
from outreach.errors import InputError
from outreach.files.delimited import delimiter_of, records, text_of
from outreach.files.grid import HEADER_WITHIN
from outreach.files.streams import read_once
from outreach.tables import verbatim

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Row

__all__ = ["LinkFile", "read_link_file"]


@dataclass(frozen=True, slots=True)
class LinkFile:
    """A table of links as it lies in its file.

    Args:
        label: What messages call it.
        rows: Row or line, from 1, and its filled cells by our names of the columns.
        ours: Whether the ledger wrote it: it has all of its columns.
        formulas: Rows with a formula whose result was not stored.

    """

    label: str
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    ours: bool
    formulas: tuple[int, ...] = ()


def read_link_file(path: str | Path, encoding: str | None = None) -> LinkFile:
    """Read a workbook or a delimited text, whatever its name ends in.

    Raises:
        InputError: It cannot be read, or it has no header with a column of links.

    """
    with read_once(path) as file:
        return _link_file(str(path), file, encoding)


def _link_file(label: str, file: Path, encoding: str | None) -> LinkFile:
    from outreach.files.kinds import kind_of_table

    kind = kind_of_table(label, file, if_empty="save it again with your links")
    if kind is None:
        text = text_of(file, encoding, label)[0].removeprefix("\ufeff")
        delimiter = delimiter_of(text.splitlines(), lambda cells: len(map_links(cells)))
        return _found(label, records(label, text, delimiter), text=True) or _none(label)
    from outreach.files.workbook import tabs

    for tab in tabs(label, file, kind):
        if found := _found(label, tab.rows(), text=False, formulas=tuple(sorted(tab.formulas))):
            return found
    return _none(label)


def _none(label: str) -> LinkFile:
    raise InputError(
        f"{label}: it has no header with a column of links",
        hint="begin it with a line like: place,link,date,cost",
    )


def _found(label: str, rows: Iterable[Row], *, text: bool, formulas: tuple[int, ...] = ()) -> LinkFile | None:
    waiting = iter(rows)
    for seen, (number, header) in enumerate(waiting):
        columns = map_links(header)
        if "final_url" in columns and _header(header):
            ours = set(FIRST.names) <= {cell.strip() for cell in header}
            below = tuple((row, _cells(columns, cells, ours=ours, text=text)) for row, cells in waiting)
            kept = tuple((row, cells) for row, cells in below if any(cell.strip() for cell in cells.values()))
            return LinkFile(label, kept, ours, tuple(row for row in formulas if row > number))
        if seen == HEADER_WITHIN:
            return None
    return None


def _header(cells: Sequence[str]) -> bool:
    return not any("://" in cell for cell in cells)


def _cells(columns: Mapping[str, int], cells: Sequence[str], *, ours: bool, text: bool) -> dict[str, str]:
    """Return the filled cells by our names; texts that we wrote without the sign that made them neutral."""
    found = {name: cells[place] for name, place in columns.items() if place < len(cells) and cells[place]}
    if not ours:
        return {name: cell for name, cell in found.items() if cell.strip()}
    return {name: verbatim(cell) for name, cell in found.items()} if text else found
