"""The rows of a sheet that came back from hand work: which tab, which header line, which column is which.

People move columns, translate headers, put a title above and save as what their program offers; what a column means
is told by its header only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import UnknownFormatError
from outreach.files.delimited import delimiter_of, records, text_of
from outreach.files.grid import HEADER_WITHIN
from outreach.files.streams import read_once
from outreach.words.columns import Form, map_headers
from outreach.words.own_sheets import is_own_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.files.kinds import Kind

__all__ = ["SHEET", "Grid", "grid_of", "map_sheet", "no_sheet"]


SHEET: Final = Form(
    "headers.sheet",
    (
        "place", "platform", "address", "customers", "subscribers", "subscribers_from", "fetched_at", "accepts_posts",
        "topic", "exclude", "rules", "link_place", "owner", "contact", "way_in", "price", "views", "note", "key",
    ),
    more=(
        ("platform", "headers.likes.platform"),
        ("subscribers", "headers.likes.subscribers"),
        ("accepts_posts", "headers.likes.accepts_posts"),
        ("topic", "headers.likes.topic"),
        ("address", "headers.likes.url"),
        ("address", "headers.likes.handle"),
        ("address", "headers.likes.resource"),
    ),
)  # fmt: skip
"""What the columns of the sheet say; words of other tables count too."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it lies in its file.

    Args:
        label: What messages call it.
        tab: Its tab; None for a text.
        header: Row of the header, or line of a text, from 1.
        columns: Our name of a column to its position, from 0.
        rows: The rows below the header that are not empty.
        encoding: Of a text, as Python names it; ``utf-8-sig`` with a mark before it.
        delimiter: Between the cells of a text.
        links: Row and column, from 1, to the address behind a cell.
        formulas: Rows below the header with a formula whose result was not stored.
        headers: Our name of a column to what stands above it.

    """

    label: str
    tab: str | None
    header: int
    columns: Mapping[str, int]
    rows: tuple[Row, ...]
    encoding: str = ""
    delimiter: str = ""
    links: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[int] = frozenset()
    headers: Mapping[str, str] = field(default_factory=dict)


def map_sheet(headers: Sequence[str]) -> dict[str, int]:
    """Return which column of a sheet is where, by its headers in the languages of our users.

    Of two columns with one name the first counts.

    Example:
        >>> map_sheet(["Заметка", "Адрес", "Подписчики", "моё"])
        {'address': 1, 'subscribers': 2, 'note': 0}

    """
    found = dict(map_headers(headers, SHEET).positions)
    if not {"address", "key"} & found.keys() and "place" in found:
        found["address"] = found.pop("place")  # a table of "channel, subscribers" calls the address so
    return {column: found[column] for column in SHEET.roles if column in found}


def grid_of(path: str | Path, encoding: str | None = None, label: str | None = None) -> Grid:
    """Read a sheet from a workbook or a delimited text, whatever its name ends in.

    Args:
        path: Where it lies.
        encoding: Of a text; None finds out.
        label: What messages call it; the path if there is none.

    Raises:
        UnknownFormatError: It holds no columns of ours.
        InputError: It cannot be read.

    """
    with read_once(path) as file:
        return _grid(str(path) if label is None else label, file, encoding)


def _grid(label: str, file: Path, encoding: str | None) -> Grid:
    from outreach.files.kinds import kind_of_table

    if kind := kind_of_table(label, file):
        return _workbook(label, file, kind)
    text, name = text_of(file, encoding, label)
    delimiter = delimiter_of(text.splitlines(), lambda cells: len(map_sheet(cells)))
    grid = _found(label, None, records(label, text, delimiter))
    if grid is None:
        raise no_sheet(label)
    return replace(grid, encoding=name, delimiter=delimiter)


def no_sheet(label: str) -> UnknownFormatError:
    return UnknownFormatError(
        "this is not a sheet of places: it has no header with a key or an address and one more of our columns",
        where=label,
        hint="outreach resources follows.xlsx -o sheet.xlsx makes one; give it another name",
    )


def _found(label: str, tab: str | None, rows: Iterable[Row]) -> Grid | None:
    """Return the sheet in these rows, None where no header of it is among the first."""
    waiting = iter(rows)
    for seen, (number, cells) in enumerate(waiting):
        columns = map_sheet(cells)
        if len(columns) > 1 and {"address", "key"} & columns.keys():
            below = tuple((row, texts) for row, texts in waiting if any(text.strip() for text in texts))
            headers = {name: cells[place].strip() for name, place in columns.items()}
            return Grid(label, tab, number, columns, below, headers=headers)
        if seen == HEADER_WITHIN:
            break
    return None


def _workbook(label: str, path: Path, kind: Kind) -> Grid:
    """Return the sheet on the first tab of a workbook that holds one; ours for people repeat another tab."""
    from outreach.files.workbook import tabs

    for tab in tabs(label, path, kind, whole_rows=False):
        if is_own_sheet(tab.rows()):
            continue
        if grid := _found(label, tab.name, tab.rows()):
            below = frozenset(row for row in tab.formulas if row > grid.header)
            return replace(grid, links=tab.links, formulas=below)
    raise no_sheet(label)
