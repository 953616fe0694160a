"""The resources sheet as a workbook: rows are added to what a person made of it, and the rest is left alone."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError, OutputError
from outreach.messages import describe, message
from outreach.reporting.people_sheet import LINE_HEIGHT, MEANING_WIDTH
from outreach.reporting.resources.words import choices_in, header_in, prompt_in
from outreach.reporting.sheet import A4, FILTER_BUTTON, HEADER_FILL, LONGEST_LINK, MOST_LINKS, MOST_ROWS
from outreach.reporting.words import safe_address, thousands
from outreach.tables import SHEET
from outreach.words.own_sheets import own_tab, own_title

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.reporting.resources.base import Changes, Line, Value
    from outreach.sheet.grid import Grid

__all__ = ["losses", "new_book", "updated_book"]

AS_TYPED: Final = frozenset(SHEET.names) - {"subscribers", "fetched_at", "views"}
"""Columns of texts: what is typed stays what it is. The others are left to Excel, which then shows a date as a date: in
a number format it would turn ``12.5`` into a date and show its serial number, which nobody can tell from a size."""

WIDTHS: Final = {
    "place": 28,
    "address": 30,
    "topic": 16,
    "rules": 22,
    "owner": 16,
    "contact": 18,
    "note": 22,
    "key": 22,
}
WIDTH: Final = 11
FONT: Final = "Calibri"  # without a name some programs show letters with serifs
GREY: Final = "FF9E9E9E"
BLUE: Final = "FF0563C1"
HEADER_AND_BODY: Final = "B2"  # what stands above and left of it does not scroll
LONGEST_PROMPT: Final = 255
LONGEST_TITLE: Final = 32

LOST: Final = {
    r"xl/charts/": "charts",
    r"xl/media/": "pictures",
    r"xl/drawings/drawing\d+\.xml": "shapes",
    r"xl/pivot(?:Tables|Cache)/": "pivot tables",
    r"xl/slicers/": "slicers",
    r"xl/(?:ctrlProps|activeX)/": "buttons",
    r"xl/threadedComments/": "threads of comments",
    r"xl/(?:queryTables/|connections\.xml|model/)": "connections to data",
    r"xl/embeddings/": "embedded files",
}
"""Parts of a workbook that do not survive a change by anybody but Excel."""

MACROS: Final = re.compile(r"xl/(?:vbaProject\.bin|macrosheets/)")
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what Excel reads as an escaped sign


def losses(path: Path) -> list[str]:
    """Return what a workbook holds that cannot be kept, in words.

    Raises:
        InputError: It has macros, or is no workbook.

    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile):
        names = []
    if "xl/workbook.xml" not in names:
        raise InputError(f"{path}: this is not an Excel workbook, despite its name", hint="save it as .xlsx in Excel")
    if any(MACROS.match(name) for name in names):
        raise InputError(f"{path}: it has macros, which cannot be kept", hint="save a copy without macros as .xlsx")
    return [word for part, word in LOST.items() if any(re.match(part, name) for name in names)]


def new_book(path: Path, places: Sequence[Line], language: str = "en") -> None:
    """Write a workbook of these places: frozen header with filters and a short help, drop-downs, a grey key.

    A second sheet explains the columns.
    """
    from openpyxl import Workbook  # type: ignore[import-untyped]  # has no types
    from openpyxl.styles import Font  # type: ignore[import-untyped]  # has no types
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]  # has no types

    book = Workbook()
    book.properties.creator = "outreach"
    sheet = book.active
    sheet.title = SHEET.name
    columns = {name: position for position, name in enumerate(SHEET.names)}
    for name, position in columns.items():
        cell = sheet.cell(1, position + 1)
        _head(cell, header_in(name, language))
        if name == "key":
            cell.font = Font(name=FONT, bold=True, color=GREY)
        width = max(WIDTHS.get(name, WIDTH), max(map(len, cell.value.split())) + FILTER_BUTTON)
        sheet.column_dimensions[get_column_letter(position + 1)].width = width
        _explain(sheet, position + 1, name, language)
    for number, place in enumerate(places, 2):
        _put_row(sheet, number, columns, place)
    sheet.row_dimensions[1].height = 2 * LINE_HEIGHT
    sheet.freeze_panes = HEADER_AND_BODY
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(places) + 1}"
    _set_up_print(sheet, repeated=1)
    _explain_columns(book.create_sheet(own_tab("columns", language)), language)
    _save(book, path)


def _head(cell: Any, text: str) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.value = text
    cell.font = Font(name=FONT, bold=True)
    cell.fill = PatternFill("solid", fgColor=HEADER_FILL.replace("#", "FF"))
    cell.border = Border(bottom=Side("thin"))
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _set_up_print(sheet: Any, *, repeated: int) -> None:
    """Let a sheet come out of a printer as a person wants it: landscape, one page wide, the header on each page."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{repeated}:{repeated}"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "&P / &N"


def _explain_columns(sheet: Any, language: str) -> None:
    """Write the sheet that says what belongs into each column."""
    from openpyxl.styles import Alignment, Font

    sheet.cell(1, 1, own_title("columns", language)).font = Font(name=FONT, bold=True, size=14)
    for place, code in enumerate(("book-column", "book-meaning"), 1):
        _head(sheet.cell(3, place), describe(message(code), language))
    for row, name in enumerate(SHEET.names, 4):
        sheet.cell(row, 1, header_in(name, language)).font = Font(name=FONT, bold=True)
        meaning = sheet.cell(row, 2, prompt_in(name, language))
        meaning.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = max(len(header_in(name, language)) for name in SHEET.names) + 2
    sheet.column_dimensions["B"].width = MEANING_WIDTH
    sheet.sheet_view.showGridLines = False
    _set_up_print(sheet, repeated=3)


def _save(book: Any, path: Path) -> None:
    """Write a workbook by way of memory: an archive that meets a full disk complains once more when it is collected."""
    content = io.BytesIO()
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    _writer()(book, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED)).save()  # which closes the archive
    path.write_bytes(content.getvalue())


def _writer() -> Any:
    """Return openpyxl's writer of workbooks, without its files among the temporary ones: a kill would leave them."""
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing  # type: ignore[import-untyped]  # has no types
    from openpyxl.worksheet._writer import WorksheetWriter  # type: ignore[import-untyped]  # has no types
    from openpyxl.writer.excel import ExcelWriter  # type: ignore[import-untyped]  # has no types

    class InMemory(ExcelWriter):  # type: ignore[misc]  # its base has no types
        def write_worksheet(self, sheet: Any) -> None:
            drawing, rows = SpreadsheetDrawing(), io.BytesIO()
            drawing.charts, drawing.images = sheet._charts, sheet._images  # noqa: SLF001 - as its base does
            writer = WorksheetWriter(sheet, rows)
            sheet._drawing = drawing  # noqa: SLF001 - as its base does
            writer.write()
            sheet._rels = writer._rels  # noqa: SLF001 - as its base does
            self._archive.writestr(sheet.path[1:], rows.getvalue())
            self.manifest.append(sheet)

    return InMemory


def _explain(sheet: Any, position: int, name: str, language: str) -> None:
    """Say at the header what belongs into a column, and offer the usual words below; other words can be typed."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]  # has no types

    letter = get_column_letter(position)
    title, text = header_in(name, language)[:LONGEST_TITLE], prompt_in(name, language)[:LONGEST_PROMPT]
    prompt = DataValidation(showInputMessage=True, promptTitle=title, prompt=text)
    prompt.add(f"{letter}1")
    sheet.add_data_validation(prompt)
    if choices := choices_in(name, language):
        words = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
        words.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
        sheet.add_data_validation(words)


def updated_book(old: Path, new: Path, grid: Grid, changes: Changes, book: Any = None) -> None:
    """Write a workbook with changes on one of its tabs.

    Args:
        old: Where it is.
        new: Where to.
        grid: The tab.
        changes: What it gets.
        book: As :func:`opened` returned it, if it was opened before: that takes most of the time.

    Raises:
        InputError: It cannot be opened.
        OutputError: A sheet holds no more rows.

    """
    book = book or opened(old)[0]
    sheet = book[grid.tab]
    for change in changes.cells:
        cell = sheet.cell(change.row, grid.columns[change.column] + 1)
        if not _is_merged(cell) and cell.data_type != "f" and not (change.only_empty and cell.value is not None):
            _put(cell, change.value)
    last = _last_row(sheet, grid.header)
    if last + len(changes.places) > MOST_ROWS + 1:
        raise OutputError(f"an Excel sheet can have {thousands(MOST_ROWS)} rows and this one would have more")
    for number, place in enumerate(changes.places, last + 1):
        _put_row(sheet, number, grid.columns, place)
    if changes.places:
        _stretch(sheet, grid, last, last + len(changes.places))
    _save(book, new)


def opened(path: Path) -> tuple[Any, list[str]]:
    """Return a workbook to change, and what of it cannot be kept, in words.

    Raises:
        InputError: It cannot be opened.

    """
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            book = load_workbook(path, rich_text=True)
    except OSError as err:
        raise InputError(f"{path}: cannot be read ({err.strerror})", hint="check the path") from err
    except Exception as err:
        raise InputError(
            f"{path}: rows cannot be added to this workbook",
            hint="save it again in Excel, or give another name with -o",
        ) from err
    lost = [str(warning.message) for warning in warned if "will be removed" in str(warning.message)]
    return book, sorted({text.partition(" extension")[0].lower() for text in lost})


def _last_row(sheet: Any, header: int) -> int:
    """Return the last row that holds anything; rows that are only formatted do not count."""
    filled = (row for (row, _), cell in sheet._cells.items() if cell.value is not None)  # noqa: SLF001 - iter_rows makes cells
    return max(filled, default=header)


def _put_row(sheet: Any, number: int, columns: Mapping[str, int], place: Line) -> None:
    """Write a place as a row; its empty cells of text take what is typed as it is."""
    from openpyxl.styles import Font

    values = place.cells(columns)
    for column, position in columns.items():
        cell = sheet.cell(number, position + 1)
        if column in AS_TYPED:
            cell.number_format = "@"
        if column in values:
            _put(cell, values[column])
        if column == "key":
            cell.font = Font(name=FONT, color=GREY)
        elif column == "address":
            _link(sheet, cell, place.url)


def _put(cell: Any, value: Value) -> None:
    """Write a value; a text is a text, whatever it begins with, and an empty one empties the cell."""
    if value == "":
        cell.value = None
    elif isinstance(value, str):
        cell.value = _ESCAPE.sub("_x005F_", value)
        cell.data_type = "s"
    else:
        cell.value = value


def _link(sheet: Any, cell: Any, url: str | None) -> None:
    """Make an address clickable where that is safe."""
    from openpyxl.styles import Font

    address = safe_address(url)
    links = len(sheet._hyperlinks)  # noqa: SLF001 - counted nowhere else
    if address is not None and len(address) <= LONGEST_LINK and links < MOST_LINKS:
        text = cell.value
        cell.hyperlink = address
        cell.value, cell.data_type = text, "s"
        cell.font = Font(name=FONT, color=BLUE, underline="single")


def _is_merged(cell: Any) -> bool:
    from openpyxl.cell.cell import MergedCell  # type: ignore[import-untyped]  # has no types

    return isinstance(cell, MergedCell)


def _stretch(sheet: Any, grid: Grid, last: int, new_last: int) -> None:
    """Let the filter end with the new rows, and tables and drop-downs too where they ended with the old ones."""
    from openpyxl.worksheet.cell_range import MultiCellRange  # type: ignore[import-untyped]  # has no types

    sheet.auto_filter.ref = _filtered(sheet, grid, last, new_last)
    for table in sheet.tables.values():
        if not table.totalsRowCount:
            table.ref = _longer(table.ref, grid.header, last, new_last)
            if table.autoFilter:
                table.autoFilter.ref = _longer(table.autoFilter.ref, grid.header, last, new_last)
    for rule in sheet.data_validations.dataValidation:
        areas = [_longer(area.coord, grid.header + 1, last, new_last) for area in rule.sqref.ranges]
        rule.sqref = MultiCellRange(areas)


def _filtered(sheet: Any, grid: Grid, last: int, new_last: int) -> str | None:
    """Return the area of the filter down to the new last row, whatever rows a person added below it.

    Where it covers all columns of ours, it goes on to the last header beside them: a person's own columns.
    """
    from openpyxl.worksheet.cell_range import CellRange

    area = sheet.auto_filter.ref
    if not area or CellRange(area).min_row != grid.header:
        return _longer(area, grid.header, last, new_last)
    cells = CellRange(area)
    ours = [position + 1 for position in grid.columns.values()]
    if cells.min_col <= min(ours) and max(ours) <= cells.max_col:
        while sheet.cell(grid.header, cells.max_col + 1).value is not None:
            cells.expand(right=1)
    cells.expand(down=max(0, new_last - cells.max_row))
    return str(cells.coord)


def _longer(area: str | None, first: int, last: int, new_last: int) -> str | None:
    """Return an area down to the new last row where it begins at or below a row and covers the old last one."""
    from openpyxl.worksheet.cell_range import CellRange

    if not area:
        return area
    cells = CellRange(area)
    if cells.min_row >= first and cells.min_row <= last <= cells.max_row < new_last:
        cells.expand(down=new_last - cells.max_row)
    return str(cells.coord)
