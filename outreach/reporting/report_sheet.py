"""The sheet of a report that people read: the conclusion, and one table with human headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.reporting.conversion import CALLED, place_words
from outreach.reporting.overview import COST, PER_1000, SAID, VIEWS, columns_of, per_one
from outreach.reporting.sheet import put
from outreach.tables import REPORT, REPORT_TAB

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # has no types

    from outreach.reporting.overview import Overview, PlaceRow

__all__ = ["report_sheet"]

PLACE_WIDTH: Final = 40
NUMBER_WIDTH: Final = 14
VERDICT_WIDTH: Final = 60
WHAT_IT_MEANS: Final = "what it means"
CURRENCY: Final = "currency"


def report_sheet(table: Overview, conclusion: Sequence[str], by: str = "resource") -> Callable[[Workbook], None]:
    """Return what writes the sheet into a workbook.

    Args:
        table: Of all places.
        conclusion: Its lines, in the reader's language.
        by: What a row is about.

    """
    return lambda book: _fill(book, table, conclusion, CALLED.get(by, by))


def _fill(book: Workbook, table: Overview, conclusion: Sequence[str], called: str) -> None:
    sheet = book.add_worksheet(REPORT_TAB)
    put(sheet, 0, 0, REPORT, book.add_format({"bold": True, "font_size": 14}))
    put(sheet, 1, 0, table.title)
    best = book.add_format({"bold": True})
    for place, line in enumerate(conclusion, start=3):
        put(sheet, place, 0, line, best if place == 3 else None)
    columns = columns_of(table)
    headers = [called, *columns, *([CURRENCY] if COST in columns else []), WHAT_IT_MEANS]
    top = 4 + len(conclusion)
    _put_table(book, sheet, table, headers, top)
    last = len(headers) - 1
    sheet.set_column(0, 0, PLACE_WIDTH)
    sheet.set_column(1, last - 1, NUMBER_WIDTH)
    sheet.set_column(last, last, VERDICT_WIDTH)
    sheet.freeze_panes(top + 1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _put_table(book: Workbook, sheet: Worksheet, table: Overview, headers: Sequence[str], top: int) -> None:
    """Write the table from a row on; the headers of numbers stand at their right, as the numbers do."""
    texts = {headers[0], CURRENCY, WHAT_IT_MEANS}
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
    left, right = book.add_format(head), book.add_format({**head, "align": "right"})
    sums = {COST, PER_1000, per_one(table)}
    number, money = book.add_format({"num_format": "#,##0"}), book.add_format({"num_format": "#,##0.00"})
    for place, name in enumerate(headers):
        put(sheet, top, place, name, left if name in texts else right)
    for row, one in enumerate(table.rows, start=top + 1):
        put(sheet, row, 0, place_words(one.line))
        values = _values(one, table)
        for place, name in enumerate(headers[1:], start=1):
            put(sheet, row, place, values.get(name), money if name in sums else number)


def _values(row: PlaceRow, table: Overview) -> dict[str, object]:
    """Return the cells of a row by their headers, as numbers."""
    line = row.line
    return {
        COST: line.cost,
        VIEWS: line.views,
        PER_1000: 1000 * line.cost / line.views if line.cost is not None and line.views else None,
        **row.counts,
        SAID: line.said,
        per_one(table): line.cost_per_conversion,
        CURRENCY: line.currency or None,
        WHAT_IT_MEANS: row.verdict or None,
    }
