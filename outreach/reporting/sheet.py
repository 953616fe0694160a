"""Excel: typed cells, so that a text is a text and nothing is a formula."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, TypeVar

from outreach.errors import OutputError
from outreach.patterns import pattern
from outreach.reporting.words import safe_address, thousands

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # has no types

    from outreach.tables import Column, Table

__all__ = ["A4", "FILTER_BUTTON", "HEADER_FILL", "Around", "put", "put_link", "set_up_print", "xlsx_file"]

T = TypeVar("T")

A4: Final = 9
HEADER_FILL: Final = "#E7EEF7"
MOST_ROWS: Final = 1_048_575  # 2**20 less the header
MOST_SIGNS: Final = 32_767  # in one cell, in UTF-16 units
MOST_LINKS: Final = 65_530  # in one sheet
LONGEST_LINK: Final = 2_079
MOST_EXACT: Final = 2**53  # Excel's numbers are doubles
WIDEST_COLUMN: Final = 60
FILTER_BUTTON: Final = 3  # what it covers of the header

_NOT_XML: Final = pattern("[\ufffe\uffff]")
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same table gives the same file, whatever the clock says
_PERCENT: Final = pattern(r"share|rate")


class Around(Protocol):
    """Sheets for people, before the table's and behind it."""

    def before(self, book: Workbook) -> None:
        """Write those that are seen first."""

    def after(self, book: Workbook) -> None:
        """Write those that explain."""


def xlsx_file(table: Table, path: Path, around: Around | None = None) -> None:
    """Write all rows as an Excel sheet: frozen header with filters, missing as an empty cell, addresses clickable.

    Args:
        table: What to write.
        path: Where to.
        around: Sheets for people; the file opens with theirs.

    Raises:
        OutputError: More rows than a sheet can hold.

    """
    import xlsxwriter  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]  # has no types

    if (count := len(table)) > MOST_ROWS:
        raise OutputError(
            f"an Excel sheet can have {thousands(MOST_ROWS)} rows and this table has {thousands(count)}",
            hint="write .csv, or ask for fewer rows",
        )
    options = {
        "constant_memory": True,
        "tmpdir": str(table.engine.folder),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with _FailingOnce(path) as file:
        book = xlsxwriter.Workbook(file, options)
        try:
            book.set_properties({"created": _MADE})
            if around:
                around.before(book)
            _fill(table, book, book.add_worksheet(table.schema.name), count)
            if around:
                around.after(book)
            book.close()
        except FileCreateError as err:
            raise err.args[0] from err  # the OSError inside; our caller tells it
        finally:
            for one in book.worksheets():
                one._opt_close()  # noqa: SLF001 - it has no public way to let go of its temporary file


class _FailingOnce:
    """A file that swallows what is written after it has failed.

    A ``ZipFile`` left behind by a failure writes its end once more when it is collected, and a second failure there
    would print a traceback.
    """

    def __init__(self, path: Path) -> None:
        self.file: Final = path.open("w+b")
        self.failed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.failed = self.failed or error is not None
        try:
            self.file.close()
        except OSError:
            if error is None:
                raise

    def write(self, data: bytes) -> int:
        return len(data) if self.failed else self._tried(lambda: self.file.write(data))

    def flush(self) -> None:
        if not self.failed:
            self._tried(self.file.flush)

    def seek(self, offset: int, whence: int = 0) -> int:
        return 0 if self.failed else self._tried(lambda: self.file.seek(offset, whence))

    def tell(self) -> int:
        return 0 if self.failed else self._tried(self.file.tell)

    def _tried(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except BaseException:
            self.failed = True
            raise


def _fill(table: Table, book: Workbook, sheet: Worksheet, count: int) -> None:
    columns = table.schema.columns
    header = book.add_format({"bold": True})
    formats = [_format(book, column) for column in columns]
    widths = [len(column.name) + FILTER_BUTTON for column in columns]
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, header)
    links_left = MOST_LINKS
    row_number = 0
    for rows in table.batches():
        for row in rows:
            row_number += 1
            for place, value in enumerate(row):
                if columns[place].name == "url" and links_left and put_link(sheet, row_number, place, value):
                    links_left -= 1
                else:
                    put(sheet, row_number, place, value, formats[place])
        widths = _wider(widths, rows)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width, WIDEST_COLUMN))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, len(columns) - 1)
    set_up_print(sheet, repeated=0)


def _format(book: Workbook, column: Column) -> Format | None:
    if column.type == "double":
        return book.add_format({"num_format": "0.0%" if _PERCENT.match(column.name) else "#,##0.0"})
    if column.name == "subscribers":
        return book.add_format({"num_format": "#,##0"})
    return None


def _wider(widths: list[int], rows: Sequence[Sequence[Any]]) -> list[int]:
    """Return the widths that these rows need; numbers are short once they are formatted."""
    seen = [max((len(value) for value in column if isinstance(value, str)), default=0) for column in zip(*rows)]  # noqa: B905
    return [max(pair) for pair in zip(widths, seen, strict=True)]


def put_link(
    sheet: Worksheet, row: int, place: int, value: Any, *, text: str | None = None, look: Format | None = None
) -> bool:
    """Write an address, or a text that leads there, and return True; return False where it is no safe one."""
    if not isinstance(value, str) or (address := safe_address(value)) is None or len(address) > LONGEST_LINK:
        return False
    if len(address.partition("#")[2]) > 255:
        return False
    sheet.write_url(row, place, address, look, _text(value if text is None else text))
    return True


def put(sheet: Worksheet, row: int, place: int, value: Any, look: Format | None = None) -> None:
    """Write a typed cell; what is missing stays empty, and a text is never a formula."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, (int, float)) and abs(value) <= MOST_EXACT:
        sheet.write_number(row, place, value, look)
    elif isinstance(value, datetime):
        sheet.write_string(row, place, value.isoformat() + "Z")
    elif isinstance(value, date):
        sheet.write_string(row, place, value.isoformat())
    else:
        sheet.write_string(row, place, _text(str(value)), look)


def set_up_print(sheet: Worksheet, *, repeated: int, pages: int = 1) -> None:
    """Let a sheet come out of a printer as a person wants it: landscape, one page wide, the header on each page.

    Args:
        sheet: Which one.
        repeated: Row of the header, from 0.
        pages: How many pages it may be wide, where it has very many columns.

    """
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4)
    sheet.repeat_rows(repeated)
    sheet.set_footer("&L&A&R&P / &N")
    sheet.fit_to_pages(pages, 0)


def _text(text: str) -> str:
    """Return a text that a cell can hold."""
    clean = _NOT_XML.sub("\ufffd", text)
    if len(clean) * 2 > MOST_SIGNS:  # signs beyond the basic plane count twice
        clean = clean.encode("utf-16-le")[: MOST_SIGNS * 2].decode("utf-16-le", "ignore")
    if clean.startswith("<r>") and clean.endswith("</r>"):
        clean += " "  # XlsxWriter would pass it through as ready XML
    return clean
