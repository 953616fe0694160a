"""Excel and OpenDocument workbooks: their tabs, and their rows as texts.

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
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.grid import DateCell, FractionCell
from outreach.files.kinds import AS_XLSX
from outreach.files.odsxml import ods_notes
from outreach.files.package import Package, damaged, protected, too_large
from outreach.files.sheetxml import Notes, sheet_members, sheet_notes, texts
from outreach.stopping import stop_if_asked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from python_calamine import CalamineSheet, CalamineWorkbook

    from outreach.files.grid import Row
    from outreach.files.kinds import Kind

__all__ = ["Tab", "tabs"]

MOST_TABS: Final = 1_000
ROUNDED: Final = 1e15  # Excel keeps 15 digits
REMEMBERED: Final = 100_000
TOGETHER: Final = 128  # more at once are slower: they fall out of the fast memory
ENDINGS: Final = {"xlsx": (".xlsx", ".xlsm"), "xlsm": (".xlsx", ".xlsm"), "xlsb": (".xlsb",), "ods": (".ods",)}


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
        stop_if_asked()
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
