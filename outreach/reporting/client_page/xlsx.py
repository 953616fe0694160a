"""The page as a workbook: the words on the first tab, a tab for each table."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from outreach.reporting.client_page.blocks import Drawing, Grid, Lines, Tiles
from outreach.reporting.client_page.html import MADE_BY
from outreach.reporting.people_sheet import LOOKS, Link
from outreach.reporting.sheet import put, put_link

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # has no types

    from outreach.reporting.client_page.blocks import Page

__all__ = ["page_workbook"]

FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\']")
LONGEST_TAB: Final = 31
WIDEST: Final = 60
TEXT_WIDTH: Final = 110
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same page gives the same file


def page_workbook(page: Page, path: Path) -> None:
    """Write a page as a workbook."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # has no types

    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": page.title, "comments": MADE_BY, "created": _MADE})
        _words(book, page)
        for title, grid in _grids(page):
            _table(book, title, grid)


def _grids(page: Page) -> Iterator[tuple[str, Grid]]:
    taken = {page.words["report"].casefold()}
    for part in page.parts:
        for block in part.blocks:
            if isinstance(block, Grid):
                name = base = FORBIDDEN.sub(" ", part.title)[:LONGEST_TAB].strip() or block.name
                number = 1
                while name.casefold() in taken:
                    number += 1
                    name = f"{base[: LONGEST_TAB - 4]} {number}"
                taken.add(name.casefold())
                yield name, block


def _words(book: Workbook, page: Page) -> None:
    sheet = book.add_worksheet(page.words["report"])
    large, strong = book.add_format({"bold": True, "font_size": 16}), book.add_format({"bold": True, "font_size": 12})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0.##", "align": "left", "bold": True})
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 2, TEXT_WIDTH - 60)
    put(sheet, 0, 0, page.title, large)
    put(sheet, 1, 0, page.days)
    at = 3
    for part in page.parts:
        if part.title:
            put(sheet, at, 0, part.title, strong)
            at += 1
        for block in part.blocks:
            if isinstance(block, Tiles):
                for tile in block.tiles:
                    put(sheet, at, 0, tile.label)
                    put(sheet, at, 1, tile.value if tile.number is None else tile.number, number)
                    put(sheet, at, 2, " · ".join((f"{tile.value} {tile.unit}".strip(), *tile.below)))
                    at += 1
            else:
                for text in _texts(block):
                    sheet.merge_range(at, 0, at, 2, "", wrapped)
                    put(sheet, at, 0, text, wrapped)
                    sheet.set_row(at, 15 * max(1, -(-len(text) // TEXT_WIDTH)))
                    at += 1
        at += 1
    if page.left_out:
        put(sheet, at, 0, page.left_out)
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _texts(block: Any) -> Iterator[str]:
    if isinstance(block, Lines):
        yield from block.texts
    elif isinstance(block, Drawing):
        yield block.figure.description
    elif isinstance(block, Grid):
        if block.note:
            yield block.note
    else:
        yield from (line for line in block.markdown.splitlines() if line.strip())


def _table(book: Workbook, title: str, grid: Grid) -> None:
    sheet = book.add_worksheet(title)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    looks = {look: book.add_format(dict(LOOKS[look])) for look in {one.look for one in grid.fields}}
    for at, field in enumerate(grid.fields):
        texts = [_text(row.cells[at]) for row in grid.rows]
        sheet.set_column(at, at, min(max([*map(len, texts), len(field.header) // 2 + 2, 8]) + 2, WIDEST))
        put(sheet, 0, at, field.header, head)
        for line, row in enumerate(grid.rows, start=1):
            value, look = row.cells[at], looks[field.look]
            if isinstance(value, Link):
                if not put_link(sheet, line, at, value.address, text=value.text, look=look):
                    put(sheet, line, at, value.text)
            elif value is not None:
                put(sheet, line, at, value, look)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(grid.rows), 1), max(len(grid.fields) - 1, 0))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _text(value: Any) -> str:
    if isinstance(value, Link):
        return value.text
    return value if isinstance(value, str) else "" if value is None else f"{value:.2f}"
