"""Tables in web pages and in Excel's old XML, which many services hand out under the name ``.xls``.

Tags are found by one pattern that never looks beyond the next tag, and entities are those of HTML alone: nothing is
fetched, declared or repeated. What a page says in columns and rows comes out as the tabs of a workbook.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.encodings import encoding_of
from outreach.files.grid import DateCell, FractionCell
from outreach.files.workbook import Tab

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from outreach.files.grid import Row

__all__ = ["is_markup", "markup_tabs"]

BEGINNING: Final = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|table|meta|style|div|\?xml|\?mso-application|workbook)\b",
    re.IGNORECASE,
)
TABLE: Final = re.compile(r"<(?:\w+:)?(?:table|worksheet)\b", re.IGNORECASE).search
SPREADSHEET: Final = re.compile(r"<(?:\w+:)?Workbook\b[^<]*urn:schemas-microsoft-com:office:spreadsheet").search
TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:._-]{0,60})((?:[^<>\"']++|\"[^<\"]*+\"|'[^<']*+')*+)>")
ATTRIBUTE: Final = re.compile(r"([A-Za-z][A-Za-z0-9:._-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
UNSEEN: Final = frozenset({"script", "style", "template", "title", "noscript", "comment"})
BREAKS: Final = frozenset({"br", "p", "div", "li", "tr"})
NUMBER: Final = re.compile(r"-?\d+\.\d+").fullmatch
MIDNIGHT: Final = re.compile(r"(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?").fullmatch
GAPS: Final = re.compile(r"[ \t\r\n\f\xa0]+")
LINES: Final = re.compile(r" *\x1e[\x1e ]*")
LARGEST: Final = 64 << 20
MOST_CELLS: Final = 5_000_000
MOST_TABLES: Final = 1_000
WIDEST: Final = 1_024
FURTHEST: Final = 100_000
TOGETHER: Final = 128
AS_XLSX: Final = 'open it and save it as an Excel workbook (.xlsx) or as "CSV UTF-8"'


def is_markup(head: bytes) -> bool:
    """Return whether a file begins like a web page or Excel's XML.

    Example:
        >>> is_markup(b"<html><table>"), is_markup(b"Name,Link"), is_markup(b"<opml>")
        (True, False, False)

    """
    plain = head[:4096].replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return BEGINNING.match(plain) is not None


def markup_tabs(label: str, path: Path, head: bytes, encoding: str | None = None) -> list[Tab]:
    """Return the tables of a page, or the sheets of Excel's XML, as tabs.

    Args:
        label: What messages call the file.
        path: Where it is.
        head: Its first bytes.
        encoding: What the user says of it.

    Raises:
        InputError: There is no table in it, or it is longer than any.

    """
    size = path.stat().st_size
    if size > LARGEST:
        raise InputError(f"a web page of more than {LARGEST >> 20} MB", where=label, hint=AS_XLSX)
    text = path.read_bytes().decode(encoding_of(label, head, encoding).name, "replace").removeprefix("\ufeff")
    if TABLE(text) is None:
        raise InputError(
            "this is a web page or XML without a table",
            where=label,
            hint="open it and copy the list into a spreadsheet",
        )
    page = _Page(label, sheets=SPREADSHEET(text) is not None)
    page.read(_without_comments(text))
    found = [table for table in page.tables if table.rows]
    if not found:
        raise InputError("the table in this page is empty", where=label, hint="export it again")
    return [_tab(table) for table in found]


@dataclass(slots=True)
class _Table:
    """A table while it is read.

    Args:
        name: Of the sheet; empty in a web page.
        rows: Those that are complete, with their numbers.
        links: Row and column, from 1, to the address behind a cell.
        merged: Whether a cell spreads over others.
        row: The cells of the row that is open; None between rows.
        number: Of the last row.
        cell: The texts of the cell that is open; None between cells.
        kind: What Excel says that the open cell holds.
        span: How many columns it spreads over.
        down: How many more rows.
        covered: Columns that cells of rows above still cover, with the number of rows.

    """

    name: str = ""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: bool = False
    row: list[str] | None = None
    number: int = 0
    cell: list[str] | None = None
    kind: str = ""
    span: int = 1
    down: int = 0
    covered: dict[int, int] = field(default_factory=dict)


class _Page:
    """Reads a page from its beginning to its end."""

    def __init__(self, label: str, *, sheets: bool) -> None:
        self.label: Final = label
        self.sheets: Final = sheets
        self.tables: Final[list[_Table]] = []
        self._open: Final[list[_Table]] = []
        self._cells = 0
        self._unseen = ""
        self._in_data = False

    def read(self, text: str) -> None:
        """Read a text without comments.

        Raises:
            InputError: It has more cells than any list.

        """
        last = 0
        for tag in TAG.finditer(text):
            self._data(text[last : tag.start()])
            last = tag.end()
            name = tag[2].lower().rpartition(":")[2]
            if self._unseen:
                if tag[1] and name == self._unseen:
                    self._unseen = ""
                continue
            if tag[1]:
                self._end(name)
                continue
            self._start(name, tag[3])
            if tag[3].endswith("/") and self.sheets:
                self._end(name)
        while self._open:
            self._end_table()

    def _start(self, name: str, inside: str) -> None:
        if name in UNSEEN:
            self._unseen = "" if inside.endswith("/") else name
        elif name == ("worksheet" if self.sheets else "table"):
            if len(self.tables) >= MOST_TABLES:
                raise InputError(f"more than {MOST_TABLES:,} tables in this page", where=self.label, hint=AS_XLSX)
            self._open.append(_Table(_attributes(inside).get("name", "") if self.sheets else ""))
            self.tables.append(self._open[-1])
        elif not self._open:
            return
        elif name in {"tr", "row"}:
            self._end_row()
            self._start_row(_attributes(inside))
        elif name in {"td", "th", "cell"}:
            self._start_cell(_attributes(inside))
        elif name == "data" and self.sheets:
            self._in_data = True
            self._open[-1].kind = _attributes(inside).get("type", "")
        elif name == "a" and not self.sheets:
            self._link(_attributes(inside).get("href", ""))
        else:
            self._break(name)

    def _end(self, name: str) -> None:
        if not self._open:
            return
        if name == ("worksheet" if self.sheets else "table"):
            self._end_table()
        elif name in {"tr", "row"}:
            self._end_row()
        elif name in {"td", "th", "cell"}:
            self._end_cell()
        elif name == "data":
            self._in_data = False
        else:
            self._break(name)

    def _break(self, name: str) -> None:
        """Begin a new line in the open cell."""
        if name in BREAKS and self._open[-1].cell is not None:
            self._open[-1].cell.append("\x1e")

    def _data(self, text: str) -> None:
        if self._open and self._open[-1].cell is not None and not self._unseen and (self._in_data or not self.sheets):
            self._open[-1].cell.append(text)

    def _start_row(self, attributes: dict[str, str]) -> None:
        table = self._open[-1]
        index = _count(attributes.get("index"), FURTHEST) if self.sheets else 0
        table.number = max(table.number + 1, index)
        table.row = []
        self._cover(table)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.row is None:
            self._start_row({})
        row = table.row if table.row is not None else []
        if self.sheets and (index := _count(attributes.get("index"), WIDEST)) > len(row) + 1:
            self._count_cells(index - len(row))
            row.extend([""] * (index - 1 - len(row)))
        across = (
            _count(attributes.get("mergeacross"), WIDEST) + 1
            if self.sheets
            else _count(attributes.get("colspan"), WIDEST)
        )
        down = (
            _count(attributes.get("mergedown"), FURTHEST)
            if self.sheets
            else _count(attributes.get("rowspan"), FURTHEST) - 1
        )
        table.cell, table.kind, table.span, table.down = [], "", max(across, 1), max(down, 0)
        if self.sheets and "href" in attributes:
            self._link(attributes["href"])

    def _link(self, address: str) -> None:
        table = self._open[-1]
        if address and table.cell is not None and table.row is not None:
            table.links.setdefault((table.number, len(table.row) + 1), unescape(address).strip())

    def _end_cell(self) -> None:
        table = self._open[-1] if self._open else None
        if table is None or table.cell is None or table.row is None:
            return
        span = max(min(table.span, WIDEST - len(table.row)), 1)
        self._count_cells(span)
        for at in range(len(table.row), len(table.row) + span) if table.down else ():
            table.covered[at] = table.down
        table.merged = table.merged or span > 1 or table.down > 0
        table.row.append(_text(table.cell, table.kind))
        table.row.extend([""] * (span - 1))
        table.cell = None
        self._in_data = False
        self._cover(table)

    def _cover(self, table: _Table) -> None:
        """Leave out the columns that cells of rows above cover."""
        row = table.row
        while row is not None and table.covered.get(len(row), 0) > 0 and len(row) < WIDEST:
            table.covered[len(row)] -= 1
            self._count_cells(1)
            row.append("")

    def _end_row(self) -> None:
        self._end_cell()
        table = self._open[-1]
        if table.row is not None and any(table.row):
            table.rows.append((table.number, table.row))
        table.row = None

    def _end_table(self) -> None:
        self._end_row()
        self._open.pop()

    def _count_cells(self, number: int) -> None:
        self._cells += number
        if self._cells > MOST_CELLS:
            raise InputError(f"more than {MOST_CELLS:,} cells in this page", where=self.label, hint=AS_XLSX)


def _without_comments(text: str) -> str:
    """Return a page without comments; one that is never closed goes to the end."""
    parts: list[str] = []
    at = 0
    while (begin := text.find("<!--", at)) >= 0:
        parts.append(text[at:begin])
        end = text.find("-->", begin + 4)
        if end < 0:
            return "".join(parts)
        at = end + 3
    return "".join((*parts, text[at:]))


def _attributes(inside: str) -> dict[str, str]:
    """Return the attributes of a tag by their names without prefixes.

    Example:
        >>> _attributes(' ss:Index="2" href=https://t.me/a')
        {'index': '2', 'href': 'https://t.me/a'}

    """
    found = ATTRIBUTE.finditer(inside)
    return {one[1].lower().rpartition(":")[2]: one[2] or one[3] or one[4] or "" for one in found}


def _count(text: str | None, most: int) -> int:
    """Return a small number, 0 for none and 1 for what is no number."""
    if text is None:
        return 0
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 10 else 1


def _text(parts: Sequence[str], kind: str) -> str:
    """Return the text of a cell, with line breaks where the page has them."""
    text = LINES.sub("\n", GAPS.sub(" ", unescape("".join(parts)))).strip()
    if kind == "Number" and NUMBER(text):
        return FractionCell(text)
    if kind == "DateTime":
        day = MIDNIGHT(text)
        return DateCell(day[1] if day else text.replace("T", " ").removesuffix(".000"))
    return text


def _tab(table: _Table) -> Tab:
    return Tab(
        name=table.name,
        hidden=False,
        rows=lambda: iter(table.rows),
        columns=lambda: _columns(table.rows),
        merged=table.merged,
        links=MappingProxyType(table.links),
    )


def _columns(rows: Sequence[Row]) -> Iterator[list[Sequence[str]]]:
    """Yield the cells column by column, for some rows at a time; rows that are left out are empty."""
    found = _filled(rows)
    while some := list(islice(found, TOGETHER)):
        yield [*map(list, zip(*some, strict=True))]


def _filled(rows: Sequence[Row]) -> Iterator[list[str]]:
    """Yield all rows from the first, of one width."""
    width = max((len(cells) for _, cells in rows), default=1) or 1
    last = 0
    for number, cells in rows:
        yield from ([""] * width for _ in range(number - last - 1))
        yield [*cells, *[""] * (width - len(cells))]
        last = number
