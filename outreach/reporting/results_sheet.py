"""The sheet of results: what was placed, with empty columns for what it brought, to be typed in by hand.

What a person typed is never changed: a sheet that is there already gets the placements that it lacks, at its end.
"""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.campaign.ledger import Natural
from outreach.errors import InputError, OutputError
from outreach.files import HEAD_BYTES
from outreach.files.cells import Unreadable, whole
from outreach.files.delimited import delimited, delimiter_of, text_of
from outreach.files.output import describe_place, store
from outreach.files.source import Source
from outreach.files.streams import refuse_stream
from outreach.reporting.resources.base import Change, Changes, Value, shown_cell
from outreach.sheet.grid import Grid
from outreach.tables import neutral, verbatim
from outreach.tracking.exports.hand_sheet import sheets_in
from outreach.tracking.exports.hand_words import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # has no types

    from outreach.campaign.ledger.placement import Placement
    from outreach.tracking.exports.hand_sheet import Sheet

__all__ = ["TYPED", "ResultsSaved", "save_results_sheet", "type_results", "typed_results"]

FORMS: Final = (".xlsx", ".csv")
TAB: Final = "results"
NUMBERS: Final = {"views": "#,##0", "clicks": "#,##0", "visits": "#,##0", "conversions": "#,##0"}
SUMS: Final = {"revenue": "#,##0.00", "cost": "#,##0.00"}
TYPED: Final = (*NUMBERS, *SUMS, "currency")
"""What a person fills in."""
FORMATS: Final = {**NUMBERS, **SUMS}
WIDTHS: Final = {"place": 30, "link": 44, "date": 12, "note": 30, "campaign": 16, "variant": 8, "round": 7, "key": 26}
WIDTH: Final = 12
TIED: Final = ("campaign", "key", "variant", "round")
MEANINGS: Final = {
    "place": "the place of the post",
    "link": "the link with its tags; leave it as it is",
    "date": "when it was published",
    "views": "people who saw the post; empty if you do not know, 0 if there were none",
    "clicks": "clicks on the link, if a shortener counts them; empty if you do not know",
    "visits": "visits by this link, from your analytics; empty where you do not know",
    "conversions": "how many of these visits ended in a sign-up or an order",
    "revenue": "what they paid in total",
    "currency": "currency of revenue and cost: EUR, RUB, USD, AMD",
    "cost": "what the post cost you",
    "note": "anything else",
    **dict.fromkeys(TIED, "leave this column as it is: it links the row to the post"),
}
HEADER: Final = "#E7EEF7"
GREY: Final = "#9E9E9E"
MOST_DIGITS: Final = 15
"""Of a number that a workbook holds whole."""
_MADE: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same placements give the same file, whatever the clock says


@dataclass(frozen=True, slots=True)
class ResultsSaved:
    """What became of a sheet.

    Args:
        path: Where it is: beside the old one where that could not be replaced.
        added: Placements that were not in it.
        kept: Rows that were in it.
        changed: Whether anything was written.
        remarks: Sentences for the user.

    """

    path: Path
    added: int
    kept: int = 0
    changed: bool = True
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """The row of a placement."""

    placement: Placement

    @property
    def url(self) -> str | None:
        """No address to click: a click of one's own would be counted."""
        return None

    @property
    def tie(self) -> tuple[str, ...]:
        """What the last columns say of it."""
        one = self.placement
        return one.campaign, one.resource, one.variant, str(one.round)

    def cells(self, columns: Mapping[str, int]) -> dict[str, Value]:
        """Return its filled cells; what a person is to fill in stays empty."""
        one = self.placement
        texts: dict[str, Value] = {
            "place": one.name or one.resource,
            "link": one.final_url,
            "date": (one.published_at or "")[:10],
            "campaign": one.campaign,
            "variant": one.variant,
            "round": one.round,
            "key": one.resource,
        }
        return {column: shown_cell(value) for column, value in texts.items() if value and column in columns}


def save_results_sheet(placements: Sequence[Placement], output: str | os.PathLike[str]) -> ResultsSaved:
    """Write a sheet of placements, or add to the one that is there what it lacks.

    Args:
        placements: In the order of the rows.
        output: Where to; its ending tells the form, .xlsx or .csv.

    Raises:
        InputError: There is another file of that name, which is no such sheet.
        OutputError: It cannot be written.

    """
    path, form = Path(output), _form(output)
    lines = [_Line(one) for one in placements]
    if not os.path.lexists(path):
        make = _new_book if form == ".xlsx" else _new_text
        return ResultsSaved(store(path, lambda temporary: make(temporary, lines)), len(lines))
    source = _export(path)
    sheet = _ours(source)
    ties = {_tie(source, sheet, cells): number for number, cells in sheet.rows}
    fresh = [line for line in lines if line.tie not in ties]
    known = [(ties[line.tie], line) for line in lines if line.tie in ties]
    dates = [Change(row, "date", day) for row, line in known if (day := _empty_date(sheet, row, line))]
    changes = Changes(dates, fresh)
    if not changes:
        return ResultsSaved(path, 0, len(sheet.rows), changed=False)
    where, remarks = _updated(path, form, source, sheet, changes)
    return ResultsSaved(where, len(fresh), len(sheet.rows), remarks=tuple(remarks))


def typed_results(path: str | os.PathLike[str]) -> dict[Natural, dict[str, str]]:
    """Return what a sheet of results holds for each placement, by column, as it was typed.

    Raises:
        InputError: It is no such sheet.

    """
    source = _export(Path(path))
    sheet = _ours(source)
    found: dict[Natural, dict[str, str]] = {}
    for _, cells in sheet.rows:
        campaign, resource, variant, number = _tie(source, sheet, cells)
        if number:
            texts = {column: _cell(sheet, cells, column) for column in TYPED}
            found[Natural(campaign, resource, variant, int(number))] = {
                column: text for column, text in texts.items() if text
            }
    return found


def _cell(sheet: Sheet, cells: Sequence[str], column: str) -> str:
    place = sheet.columns[column][0]
    return str(cells[place]).strip() if place < len(cells) else ""


def type_results(
    placements: Sequence[Placement], output: str | os.PathLike[str], values: Mapping[Natural, Mapping[str, str]]
) -> ResultsSaved:
    """Put numbers into a sheet of results, which is made where there is none.

    Args:
        placements: All that the sheet lists.
        output: The sheet, .xlsx or .csv.
        values: Placement to column to what is typed there; an empty text empties the cell.

    Raises:
        InputError: There is another file of that name, which is no such sheet.
        OutputError: It cannot be written.

    """
    saved = save_results_sheet(placements, output)
    source = _export(saved.path)
    sheet = _ours(source)
    changes = []
    for row, cells in sheet.rows:
        campaign, resource, variant, number = _tie(source, sheet, cells)
        typed = values.get(Natural(campaign, resource, variant, int(number or 0)), {})
        changes += [
            Change(row, column, _typed_value(text), only_empty=False)
            for column, text in typed.items()
            if text != _cell(sheet, cells, column)
        ]
    if not changes:
        return saved
    where, remarks = _updated(saved.path, _form(saved.path), source, sheet, Changes(changes, ()))
    return ResultsSaved(where, saved.added, saved.kept, remarks=(*saved.remarks, *remarks))


def _typed_value(text: str) -> Value:
    plain_number = text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS
    return int(text) if plain_number else shown_cell(text)


def _form(output: str | os.PathLike[str]) -> str:
    refuse_stream(output)
    ending = Path(output).suffix.lower()
    if ending not in FORMS:
        raise OutputError(
            f"{os.fspath(output)}: the name of a sheet of results ends in .xlsx or .csv", hint="-o results.xlsx"
        )
    return ending


def _export(path: Path) -> Source:
    try:
        with path.open("rb") as stream:
            return Source(str(path), path, stream.read(HEAD_BYTES))
    except OSError as err:
        raise InputError(f"{path}: cannot be read ({err.strerror})", hint="give another name with -o") from err


def _ours(source: Source) -> Sheet:
    """Return the sheet of ours in a file.

    Raises:
        InputError: There is none.

    """
    try:
        found = next((sheet for sheet in sheets_in(source) if sheet.ours), None)
    except InputError:
        found = None
    if found is None:
        raise InputError(
            f"{source.label}: this file is there already and is not a sheet of results, so it was not replaced",
            hint="give another name with -o",
        )
    return found


def _tie(source: Source, sheet: Sheet, cells: Sequence[str]) -> tuple[str, ...]:
    texts = [cells[place] if (place := sheet.columns[column][0]) < len(cells) else "" for column in TIED]
    if not source.workbook:
        texts = [verbatim(text) for text in texts]
    try:
        texts[-1] = str(whole(texts[-1]) or "")
    except Unreadable:
        texts[-1] = ""
    return tuple(text.strip() for text in texts)


def _empty_date(sheet: Sheet, number: int, line: _Line) -> str:
    """Return the day of publication where the sheet has none yet."""
    place = sheet.columns["date"][0]
    cells = next(cells for row, cells in sheet.rows if row == number)
    there = cells[place].strip() if place < len(cells) else ""
    return "" if there else str(line.cells({"date": 0}).get("date", ""))


def _updated(path: Path, form: str, source: Source, sheet: Sheet, changes: Changes) -> tuple[Path, list[str]]:
    """Write a sheet with its changes; beside the old one where that holds what would be lost.

    Raises:
        InputError: It is a workbook and its name says otherwise, or the other way round.

    """
    from outreach.reporting.resources.book import losses, opened, updated_book
    from outreach.reporting.resources.text import updated_text

    if (form == ".xlsx") != bool(source.workbook):
        raise InputError(f"{path}: the content does not match the name", hint="give another name with -o")
    columns = {column: places[0] for column, places in sheet.columns.items()}
    if not source.workbook:
        text, encoding = text_of(path)
        delimiter = delimiter_of(text.splitlines()[:200])
        grid = Grid(source.label, None, sheet.header, columns, sheet.rows, encoding, delimiter)
        encodings: list[str] = []
        where = store(path, lambda temporary: encodings.append(updated_text(path, temporary, grid, changes)))
        return where, describe_place(path, where)
    lost = losses(path) or opened(path)[1]
    grid = Grid(source.label, sheet.tab, sheet.header, columns, sheet.rows)
    where = store(path, lambda temporary: updated_book(path, temporary, grid, changes), beside=bool(lost))
    if lost:
        return where, [f"{path} has parts that cannot be kept ({', '.join(lost)}), so it stays as it is: see {where}."]
    return where, describe_place(path, where)


def _new_text(path: Path, lines: Sequence[_Line]) -> None:
    """Write UTF-8 with a mark, by which Excel knows it; cells neutral."""
    columns = {column: place for place, column in enumerate(COLUMNS)}
    rows = [
        [neutral(str(cells.get(column, ""))) for column in COLUMNS] for cells in (one.cells(columns) for one in lines)
    ]
    path.write_bytes(delimited([COLUMNS, *rows]).encode("utf-8-sig"))


def _new_book(path: Path, lines: Sequence[_Line]) -> None:
    """Write a workbook: a header that stays in sight and explains itself, numbers checked while they are typed."""
    import xlsxwriter  # type: ignore[import-untyped]  # has no types

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    content = io.BytesIO()  # an archive that meets a full disk complains once more when it is collected
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(TAB)
        for place, column in enumerate(COLUMNS):
            _column(book, sheet, place, column, len(lines))
        columns = {column: place for place, column in enumerate(COLUMNS)}
        for number, line in enumerate(lines, start=1):
            _write(sheet, number, line.cells(columns), columns)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(lines), 1), len(COLUMNS) - 1)
    path.write_bytes(content.getvalue())


def _column(book: Workbook, sheet: Worksheet, place: int, column: str, rows: int) -> None:
    """Lay a column out: its width, its header with a short help, what may be typed below."""
    grey = {"font_color": GREY} if column in TIED else {}
    body = book.add_format({"num_format": FORMATS.get(column, "@"), **grey})
    sheet.set_column(place, place, WIDTHS.get(column, WIDTH), body)
    header = book.add_format({"bold": True, "bg_color": HEADER, "bottom": 1, "num_format": "@", **grey})
    sheet.write_string(0, place, column, header)
    prompt = {"validate": "any", "input_title": column, "input_message": MEANINGS[column]}
    sheet.data_validation(0, place, 0, place, prompt)
    if column in FORMATS and rows:
        kind = "integer" if column in NUMBERS else "decimal"
        allowed = {"validate": kind, "criteria": ">=", "value": 0, "error_title": column}
        sheet.data_validation(1, place, rows, place, {**allowed, "error_message": "a number from 0 up, or nothing"})


def _write(sheet: Worksheet, number: int, cells: Mapping[str, Value], columns: Mapping[str, int]) -> None:
    for column, value in cells.items():
        if isinstance(value, int):
            sheet.write_number(number, columns[column], value)
        else:
            sheet.write_string(number, columns[column], value)
