"""Excel and OpenDocument workbooks: which kind a file is, its tabs, and their rows as texts.

Cells are read by calamine, which is fast and evaluates nothing. Before it gets a workbook, ``sheetxml`` and ``odsxml``
have looked whether it would fit into memory; what calamine does not tell, they tell.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from outreach.errors import InputError
from outreach.files import HEAD_BYTES, OLE, ZIP
from outreach.files.grid import DateCell, FractionCell
from outreach.files.odsxml import ods_notes
from outreach.files.package import Package, damaged, protected, too_large
from outreach.files.sheetxml import Notes, sheet_members, sheet_notes, texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from outreach.files.grid import Row

__all__ = ["Kind", "Tab", "kind_of_table", "refused", "tabs", "workbook_kind"]

Kind: TypeAlias = Literal["xlsx", "xlsm", "xlsb", "ods"]

MOST_TABS: Final = 1_000
ROUNDED: Final = 1e15  # Excel keeps 15 digits
REMEMBERED: Final = 100_000
TOGETHER: Final = 128  # more at once are slower: they fall out of the fast memory
ENDINGS: Final = {"xlsx": (".xlsx", ".xlsm"), "xlsm": (".xlsx", ".xlsm"), "xlsb": (".xlsb",), "ods": (".ods",)}
EMPTY_ZIP: Final = b"PK\x05\x06"
ODF: Final = b"application/vnd.oasis.opendocument."
AS_SHEET: Final = "copy the table into a sheet and give that"
AS_XLSX: Final = 'open it and save it as an Excel workbook (.xlsx) or as "CSV UTF-8"'
MEMBERS: Final = (
    ("word/document.xml", "a Word document", AS_SHEET),
    ("ppt/presentation.xml", "a PowerPoint presentation", AS_SHEET),
    ("Index/Document.iwa", "an Apple Numbers document", "export it from Numbers to Excel or CSV"),
    ("Index.zip", "an Apple Numbers document", "export it from Numbers to Excel or CSV"),
)
STREAMS: Final = (
    ("WordDocument", "an old Word document (.doc)", AS_SHEET),
    ("PowerPoint Document", "an old PowerPoint presentation (.ppt)", AS_SHEET),
    ("Workbook", "an old Excel workbook (.xls)", AS_XLSX),
    ("Book", "an old Excel workbook (.xls)", AS_XLSX),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of a workbook.

    Args:
        name: What stands on it.
        hidden: Whether the user does not see it.
        rows: Gives its rows, any number of times: numbered as Excel numbers them, cells from column A on.
        columns: Gives the same cells column by column, for some rows at a time and all of equal length.
        hidden_rows: Number of rows that are not shown; they are read like the others.
        formulas: Rows with a formula whose result was not stored, so that its cell is empty; the first 100,000.
        formula_count: Number of such formulas.
        merged: Whether cells are merged; all but the first of them are empty.
        links: Row and column, from 1, to the address behind the cell; the first 100,000.

    """

    name: str
    hidden: bool
    rows: Callable[[], Iterator[Row]]
    columns: Callable[[], Iterator[list[Sequence[str]]]]
    hidden_rows: int = 0
    formulas: frozenset[int] = frozenset()
    formula_count: int = 0
    merged: bool = False
    links: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))


def workbook_kind(path: Path, head: bytes) -> Kind | None:
    """Return which kind of workbook a file is, by its content; a damaged one is what its head promises.

    Args:
        path: Where its bytes are.
        head: Its first ones.

    """
    if not head.startswith(ZIP):
        return None
    try:
        package = Package("", path)
        if "xl/workbook.bin" in package:
            return "xlsb"
        if "[Content_Types].xml" in package and any(name.startswith("xl/") for name in package.members):
            return "xlsm" if b"macroEnabled" in package.text("[Content_Types].xml") else "xlsx"
        return "ods" if package.text("mimetype").startswith(ODF + b"spreadsheet") else None
    except InputError:
        if ODF + b"spreadsheet" in head[:200]:
            return "ods"
        return "xlsx" if b"xl/" in head or b"[Content_Types].xml" in head[:200] else None


def refused(label: str, path: Path, head: bytes) -> InputError | None:
    """Return why a file that looks like a workbook from outside is none; None for a workbook, and for all others.

    Args:
        label: What messages call it.
        path: Where its bytes are.
        head: Its first 64 KiB.

    """
    if head.startswith(EMPTY_ZIP):
        return _none(label, "an empty ZIP archive", "export it again")
    if head.startswith(OLE):
        return _old(label, path, head)
    if not head.startswith(ZIP) or workbook_kind(path, head):
        return None
    try:
        return _none(label, *_archive(Package(label, path)))
    except InputError:
        return _none(label, "a ZIP archive that is cut off or damaged", "export or download it again")


def kind_of_table(label: str, path: Path, *, if_empty: str = "") -> Kind | None:
    """Return which kind of workbook a table is, None for a text.

    Args:
        label: What messages call it.
        path: Where its bytes are.
        if_empty: What to do about a file without bytes, which is then refused.

    Raises:
        InputError: It cannot be read, is empty, or looks like a workbook and is none.

    """
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD_BYTES)
    except (OSError, ValueError) as err:
        reason = err.strerror if isinstance(err, OSError) else "this is no name of a file"
        raise InputError(f"cannot be read ({reason})", where=label, hint="check the path") from err
    if if_empty and not head.strip():
        raise InputError("the file is empty", where=label, hint=if_empty)
    if error := refused(label, path, head):
        raise error
    return workbook_kind(path, head)


def _archive(package: Package) -> tuple[str, str]:
    """Return what a ZIP archive is that holds no workbook, and the way out."""
    for member, what, hint in MEMBERS:
        if member in package:
            return what, hint
    if package.text("mimetype").startswith(ODF):
        return "an OpenDocument text or presentation", AS_SHEET
    return "a ZIP archive", "unpack it and give the files inside"


def _none(label: str, what: str, hint: str) -> InputError:
    return InputError(f"this is {what}, not a table", where=label, hint=hint)


def _old(label: str, path: Path, head: bytes) -> InputError:
    """Tell the files of old office programs apart by the names of their streams."""
    names = head + _directory(path, head)
    if "EncryptedPackage".encode("utf-16-le") in names:
        return protected(label)
    for stream, what, hint in STREAMS:
        if stream.encode("utf-16-le") in names:
            return _none(label, what, hint)
    return _none(label, "a document of an old office program", AS_XLSX)


def _directory(path: Path, head: bytes) -> bytes:
    """Return the beginning of the list of streams, which may stand anywhere in the file."""
    size = 1 << min(int.from_bytes(head[30:32], "little"), 12)
    with path.open("rb") as stream:
        stream.seek((int.from_bytes(head[48:52], "little") + 1) * size)
        return stream.read(4096)


def tabs(label: str, path: Path, kind: Kind, *, whole_rows: bool = True) -> list[Tab]:
    """Open a workbook and return its tabs, charts left out.

    Args:
        label: What messages call it.
        path: Where its bytes are.
        kind: As ``workbook_kind`` says.
        whole_rows: Empty a row whose formula has no stored result; a like that lacks a cell would be another like.

    Raises:
        InputError: It is damaged or protected by a password, or would not fit into memory. What is wrong with the
            cells of one tab is raised by its ``rows``.

    """
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    package = Package(label, path)
    notes = ods_notes(package) if kind == "ods" else _excel_notes(package, binary=kind == "xlsb")
    with _told(label):
        if path.suffix.lower() in ENDINGS[kind]:
            workbook = CalamineWorkbook.from_path(str(path))
        else:  # calamine believes the name
            with path.open("rb") as stream:
                workbook = CalamineWorkbook.from_filelike(stream)
        found = workbook.sheets_metadata
    if not notes or len(found) != len(notes):
        raise damaged(label)
    cells = _Cells(label, workbook, whole_rows=whole_rows)
    return [
        _tab(sheet.name, sheet.visible != SheetVisibleEnum.Visible, cells, number, note)
        for number, (sheet, note) in enumerate(zip(found, notes, strict=True))
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _excel_notes(package: Package, *, binary: bool) -> list[Notes | None]:
    """Look through the sheets of an Excel workbook."""
    if binary:
        raise InputError("this is a binary Excel workbook (.xlsb)", where=package.label, hint=AS_XLSX)
    package.text("xl/styles.xml")
    shared = texts(package)
    members = sheet_members(package)
    if len(members) > MOST_TABS:
        raise too_large(package.label, f"it has {len(members):,} tabs, more than {MOST_TABS:,}")
    return [None if member is None else sheet_notes(package, member, shared) for member in members]


def _tab(name: str, hidden: bool, cells: _Cells, number: int, notes: Notes | None) -> Tab:
    if notes is None:
        raise damaged(cells.label)
    return Tab(
        name=name,
        hidden=hidden,
        rows=lambda: cells.rows(number, notes),
        columns=lambda: cells.columns(number, notes),
        hidden_rows=notes.hidden_rows,
        formulas=frozenset(notes.formulas),
        formula_count=notes.formula_count,
        merged=notes.merged,
        links=MappingProxyType(notes.links),
    )


class _Cells:
    """The cells of a workbook; of the tabs only the last is kept, which is read for its head and again as a whole."""

    def __init__(self, label: str, workbook: CalamineWorkbook, *, whole_rows: bool) -> None:
        self.label: Final = label
        self.whole_rows: Final = whole_rows
        self._workbook = workbook
        self._last: tuple[int, CalamineSheet] | None = None

    def rows(self, number: int, notes: Notes) -> Iterator[Row]:
        """Yield the rows of a tab.

        Raises:
            InputError: The tab is damaged.

        """
        yield from _rows(self.columns(number, notes))

    def columns(self, number: int, notes: Notes) -> Iterator[list[Sequence[str]]]:
        """Yield the columns of a tab, for some rows at a time.

        Raises:
            InputError: The tab is damaged.

        """
        with _told(self.label):
            columns = _columns(self._sheet(number))
            lost = notes.formulas if self.whole_rows else set()
            yield from _mended(columns, notes.errors, lost) if notes.errors or lost else columns

    def _sheet(self, number: int) -> CalamineSheet:
        if self._last is None or self._last[0] != number:
            self._last = None  # not two at a time
            self._last = number, self._workbook.get_sheet_by_index(number)
        return self._last[1]


def _columns(sheet: CalamineSheet) -> Iterator[list[Sequence[str]]]:
    """Yield the cells as texts, column by column for some rows at a time: most columns hold one type only."""
    left = sheet.start[1] if sheet.start else 0
    found = sheet.iter_rows()
    wholes = _Wholes()
    while chunk := list(islice(found, TOGETHER)):
        yield [[""] * len(chunk)] * left + [_texts(column, wholes) for column in zip(*chunk, strict=True)]


def _mended(
    columns: Iterable[list[Sequence[str]]], errors: Mapping[int, Sequence[tuple[int, str]]], empty: AbstractSet[int]
) -> Iterator[list[Sequence[str]]]:
    """Put the errors back in which the reader leaves out; empty the rows that cannot be used for want of a result."""
    first = 1
    for some in columns:
        rows = range(first, first + len(some[0]))
        first = rows.stop
        lost = [row - rows.start for row in rows if row in empty]
        wrong = [(row - rows.start, *error) for row in rows for error in errors.get(row, ())]
        if not lost and not wrong:
            yield some
            continue
        cells = [list(column) for column in some]
        for at, number, text in wrong:
            if number <= len(cells):
                cells[number - 1][at] = text
        for column in cells:
            for at in lost:
                column[at] = ""
        yield [*cells]


def _rows(columns: Iterable[Sequence[Sequence[str]]]) -> Iterator[Row]:
    number = 1
    for some in columns:
        rows: Iterator[Sequence[str]] = zip(*some, strict=True)
        if "" in some[-1]:
            rows = map(_cut, rows)
        yield from enumerate(rows, number)
        number += len(some[0])


def _texts(cells: Sequence[Any], wholes: _Wholes) -> Sequence[str]:
    kinds = set(map(type, cells))
    if kinds == {str}:
        return cells
    if kinds == {float}:
        return [wholes[cell] for cell in cells]
    return [
        cell if cell.__class__ is str else wholes[cell] if cell.__class__ is float else _text(cell) for cell in cells
    ]


def _cut(cells: Sequence[str]) -> Sequence[str]:
    """Leave out the empty cells at the end."""
    end = len(cells)
    while end and cells[end - 1] == "":
        end -= 1
    return cells[:end]


class _Wholes(dict[float, str]):
    """Numbers as texts; the same sizes come again and again.

    Example:
        >>> numbers = _Wholes()
        >>> [numbers[number] for number in (5000.0, -0.0, 12.345, 1e-7, 1.3907312345678e18, 1e15)]
        ['5000', '0', '12.345', '0.0000001', '1.39073E+18', '1E+15']

    """

    def __missing__(self, number: float) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        text = self[number] = _number(number)
        return text


def _number(number: float) -> str:
    if abs(number) >= ROUNDED:  # shown as Excel shows it, because its last digits are lost; inf too
        digits, _, power = f"{number:.5E}".partition("E")
        return f"{digits.rstrip('0').rstrip('.')}E{power}" if power else digits
    if number.is_integer():
        return str(int(number))
    return FractionCell(f"{Decimal(repr(number)):f}") if number == number else ""  # noqa: PLR0124  # not a number


def _text(cell: Any) -> str:
    """Return what is neither text nor a fraction as text.

    Example:
        >>> _text(True), _text(datetime(2026, 5, 12)), _text(time(9, 30)), _text(timedelta(hours=26))
        ('TRUE', '2026-05-12', '09:30:00', '26:00:00')

    """
    if cell is True or cell is False:
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return DateCell(cell.date().isoformat() if cell.time() == time() else cell.isoformat(" "))
    if isinstance(cell, date):
        return DateCell(cell.isoformat())
    if isinstance(cell, time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return _number(float(cell)) if isinstance(cell, int) else str(cell)


@contextmanager
def _told(label: str) -> Iterator[None]:
    """Turn what calamine raises into a refusal.

    Raises:
        InputError: It raised something.

    """
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as err:
        raise protected(label) from err
    except (CalamineError, OSError, ValueError, OverflowError) as err:
        raise damaged(label) from err
    except BaseException as err:
        if type(err).__name__ != "PanicException":  # how a failure inside calamine arrives
            raise
        raise damaged(label) from err
