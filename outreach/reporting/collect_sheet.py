"""The workbook in which a marketer writes down what his customers follow: a tab a platform, a column a customer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import OutputError
from outreach.reporting.collect_words import platform_title, words_in
from outreach.reporting.sheet import HEADER_FILL, set_up_print

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # has no types

__all__ = ["Tab", "collect_book", "empty_tabs", "write_collect"]

WIDEST_ADDRESS: Final = 36
NARROWEST_ADDRESS: Final = 20
PAGE_WIDTH: Final = 150  # of a landscape page in letters, at full size
MOST_ON_A_PAGE: Final = 12  # columns, so that they can still be read
GUIDE_WIDTH: Final = 100
LETTERS_A_LINE: Final = 85  # letters of some scripts are wider than the digits that widths are counted in
LINE_HEIGHT: Final = 16
LAST_ROW: Final = 1_048_576

_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same words give the same file, whatever the clock says


@dataclass(frozen=True, slots=True)
class Tab:
    """One platform.

    Args:
        name: What the tab is called; the platform is recognised by it.
        columns: Header of a column to the addresses below it.

    """

    name: str
    columns: Mapping[str, Sequence[str]]


def empty_tabs(customers: int, platforms: Sequence[str], language: str) -> list[Tab]:
    """Return a tab for each platform, with so many columns to fill in.

    Args:
        customers: Number of columns.
        platforms: Platforms; none gives those that are usual where the language is spoken.
        language: One of ``LANGUAGES``.

    Example:
        >>> empty_tabs(2, ["vk"], "ru")
        [Tab(name='VK', columns={'Клиент 1': (), 'Клиент 2': ()})]

    """
    words = words_in(language)
    labels = [words.label(number) for number in range(1, customers + 1)]
    return [
        Tab(platform_title(platform, language), dict.fromkeys(labels, ()))
        for platform in dict.fromkeys(platforms or words.platforms)
    ]


def collect_book(tabs: Sequence[Tab], language: str, file: str = "follows.xlsx", *, named: bool = False) -> bytes:
    """Return the workbook, its guide first; the same tabs give the same bytes.

    All cells are text, also those that are still empty, so that Excel makes neither a date nor a formula of an address.

    Args:
        tabs: The platforms.
        language: Of the guide, one of ``LANGUAGES``.
        file: What the guide calls the file.
        named: Whether the guide asks for names in place of the customers' numbers.

    """
    import io

    import xlsxwriter  # type: ignore[import-untyped]  # has no types

    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _MADE})
        _explain(book, language, file, named=named)
        looks = _Looks(
            book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
            book.add_format({"num_format": "@", "bold": True, "bg_color": HEADER_FILL, "bottom": 1}),
        )
        for tab in tabs:
            _lay_out(book.add_worksheet(tab.name), tab, looks)
            _set_print_area(book, tab)
    return stream.getvalue()


def write_collect(data: bytes, output: str | os.PathLike[str], *, force: bool = False) -> None:
    """Write the workbook to a file that is there whole or not at all.

    Args:
        data: From :func:`collect_book`.
        output: Where to; the name ends in ``.xlsx``.
        force: Whether a file that is there already may be replaced.

    Raises:
        OutputError: The name ends otherwise, there is such a file already, or it cannot be written.

    """
    from outreach.files.output import replacing, translate_errors

    name = os.fspath(output)
    if not name.lower().endswith(".xlsx"):
        raise OutputError(f"{name}: the sheet is an Excel workbook", hint="give a name that ends in .xlsx")
    if "\0" in name:
        raise OutputError("the name of the output file holds a NUL character")
    if os.path.lexists(name) and not force:
        raise OutputError(
            f"{name}: this file is there already and may be filled in",
            hint="give another name, or --force to replace it",
        )
    with translate_errors(name), replacing(Path(os.path.realpath(name))) as temporary:
        temporary.write_bytes(data)


@dataclass(frozen=True, slots=True)
class _Looks:
    text: Format
    header: Format


def _explain(book: Workbook, language: str, file: str, *, named: bool) -> None:
    """Write the guide, on a tab that is recognised by its first cell."""
    from outreach.tables import GUIDE

    words = words_in(language)
    sheet = book.add_worksheet(words.guide)
    title = book.add_format({"bold": True, "font_size": 14})
    paragraph = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, GUIDE_WIDTH)
    sheet.write_string(0, 0, GUIDE, title)
    for number, step in enumerate((words.steps_named if named else words.steps).splitlines(), 1):
        text = f"{number}. {step.format(customer=words.label(1), other=words.other, file=file)}"
        sheet.write_string(number + 1, 0, text, paragraph)
        sheet.set_row(number + 1, LINE_HEIGHT * (1 + len(text) // LETTERS_A_LINE))
    sheet.hide_gridlines(2)
    set_up_print(sheet, repeated=0)


def _lay_out(sheet: Worksheet, tab: Tab, looks: _Looks) -> None:
    """Write one platform: the customers as a header that stays in sight, the addresses below."""
    count = len(tab.columns)
    pages = -(-count // MOST_ON_A_PAGE)
    width = max(NARROWEST_ADDRESS, min(WIDEST_ADDRESS, PAGE_WIDTH * pages // max(count, 1)))
    sheet.set_column(0, count - 1, width, looks.text)
    for place, (label, addresses) in enumerate(tab.columns.items()):
        sheet.write_string(0, place, label, looks.header)
        for row, address in enumerate(addresses, 1):
            sheet.write_string(row, place, address, looks.text)
    for row, cells in enumerate(zip_longest(*tab.columns.values(), fillvalue=""), 1):
        if (lines := max(-(-len(address) // width) for address in cells)) > 1:
            sheet.set_row(row, LINE_HEIGHT * lines)
    sheet.freeze_panes(1, 0)
    set_up_print(sheet, repeated=0, pages=pages)


def _set_print_area(book: Workbook, tab: Tab) -> None:
    """Let the columns of customers be printed, and of their rows only those that are filled in."""
    from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]  # has no types

    sheet = "'" + tab.name.replace("'", "''") + "'"
    last = xl_col_to_name(len(tab.columns) - 1)
    # The sheet's own call writes $A:$J, which means the same and which openpyxl cannot read.
    book.define_name(f"{sheet}!_xlnm.Print_Area", f"={sheet}!$A$1:${last}${LAST_ROW}")
