"""The look of a sheet that people read: one table with headers in their language, ready to filter and to print.

The machine's table stays on a sheet of its own behind it; the last sheet says what the columns mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.messages import describe, full_sentence, message
from outreach.reporting.sheet import FILTER_BUTTON, HEADER_FILL, put, put_link, set_up_print
from outreach.words.own_sheets import own_tab, own_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.format import Format  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]  # has no types
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # has no types

__all__ = ["LINE_HEIGHT", "MEANING_WIDTH", "Field", "Link", "PeopleRow", "PeopleSheet", "field_of"]

RULE: Final = {"top": 1, "top_color": "#7F7F7F"}
LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "text": {"valign": "top", "text_wrap": True, "indent": 1},
    "right": {"valign": "top", "align": "right"},
    "middle": {"valign": "top", "align": "center"},
    "link": {"valign": "top", "text_wrap": True, "indent": 1, "font_color": "#0563C1", "underline": 1},
    "address": {"valign": "top", "indent": 1, "font_color": "#0563C1", "underline": 1},
    "number": {"valign": "top", "num_format": "#,##0"},
    "decimal": {"valign": "top", "num_format": "#,##0.00"},
    "percent": {"valign": "top", "num_format": "0%"},
    "fine percent": {"valign": "top", "num_format": "0.0%"},
}
"""Formats of cells; the program that shows them writes thousands and decimals as its user does."""
WRAPPED: Final = frozenset({"text", "link"})
LINKS: Final = frozenset({"link", "address"})
LEFT: Final = WRAPPED | {"address"}
TEXTS: Final = LEFT | {"right"}
NARROWEST: Final = 6
WIDEST: Final = 40
NUMBER_WIDTH: Final = 12
MEANING_WIDTH: Final = 90
BREAKS: Final = 2  # lines that a header takes before its column gets wider
BOLD: Final = 0.85  # of the letters that fit otherwise
LINE_HEIGHT: Final = 15


@dataclass(frozen=True, slots=True)
class Field:
    """A column for people.

    Args:
        header: What stands above it.
        meaning: One sentence on it, without a full stop.
        look: One of ``LOOKS``.
        widest: In letters; a longer text is broken.

    """

    header: str
    meaning: str
    look: str = "text"
    widest: int = WIDEST


@dataclass(frozen=True, slots=True)
class Link:
    """A text that a click opens, where its address is a safe one."""

    text: str
    address: str | None


@dataclass(frozen=True, slots=True)
class PeopleRow:
    """The cells of a row, and whether a line stands above it."""

    cells: Sequence[Any]
    ruled: bool = False


def field_of(
    name: str, language: str, look: str = "text", *, about: str = "", widest: int = WIDEST, **values: str
) -> Field:
    """Return a column by its name in the messages.

    Args:
        name: Its header is ``book-column-…``.
        language: Of the reader.
        look: One of ``LOOKS``.
        about: Its meaning is ``book-about-…``; the name where there is none.
        widest: In letters.
        values: What the header names.

    Example:
        >>> field_of("followed", "ru").header
        'Подписаны'

    """
    header = describe(message(f"book-column-{name}", **values), language)
    return Field(header, describe(message(f"book-about-{about or name}"), language), look, widest)


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """A sheet for people before the machine's, and one behind it that explains the columns.

    Args:
        kind: ``ranking``, ``report`` or ``owners``: what its tab and its first cell say.
        language: Of the reader.
        above: Lines between the title and the table.
        fields: The columns.
        rows: Below the header.
        machine: Name of the sheet that holds the same for programs.
        notes: More sentences for the sheet that explains.
        fixed: Columns that stay when the table is moved sideways.
        bold: Which of the lines above is the most important.

    """

    kind: str
    language: str
    above: Sequence[str]
    fields: Sequence[Field]
    rows: Sequence[PeopleRow]
    machine: str
    notes: Sequence[str] = ()
    fixed: int = 1
    bold: int | None = None

    def before(self, book: Workbook) -> None:
        """Write the sheet for people."""
        from rich.cells import cell_len

        sheet = book.add_worksheet(own_tab(self.kind, self.language))
        strong = book.add_format({"bold": True})
        put(sheet, 0, 0, own_title(self.kind, self.language), book.add_format({"bold": True, "font_size": 14}))
        for place, line in enumerate(self.above, start=1):
            put(sheet, place, 0, line, strong if place - 1 == self.bold else None)
        top = len(self.above) + 2
        widths = [_header_width(one) for one in self.fields]
        for place, one in enumerate(self.fields):
            if one.look in TEXTS:
                longest = max((cell_len(_text_of(row.cells[place])) for row in self.rows), default=0)
                widths[place] = max(widths[place], min(longest + 3, one.widest))
            sheet.set_column(place, place, widths[place])
        self._put_header(book, sheet, top, widths)
        last, cells = top, _Cells(book, sheet)
        for last, row in enumerate(self.rows, start=top + 1):
            texts = (
                (_text_of(value), width)
                for one, value, width in zip(self.fields, row.cells, widths, strict=True)
                if one.look in WRAPPED
            )
            _set_height(sheet, last, texts)
            for place, (one, value) in enumerate(zip(self.fields, row.cells, strict=True)):
                cells.put((last, place), one.look, value, ruled=row.ruled)
        sheet.freeze_panes(top + 1, self.fixed)
        sheet.autofilter(top, 0, last, len(self.fields) - 1)
        set_up_print(sheet, repeated=top)

    def after(self, book: Workbook) -> None:
        """Write the sheet that explains the columns."""
        sheet = book.add_worksheet(own_tab("columns", self.language))
        wrapped = book.add_format(LOOKS["text"])
        head, strong = book.add_format(_head("text")), book.add_format({"bold": True, "valign": "top"})
        put(sheet, 0, 0, own_title("columns", self.language), book.add_format({"bold": True, "font_size": 14}))
        put(sheet, 2, 0, describe(message("book-column"), self.language), head)
        put(sheet, 2, 1, describe(message("book-meaning"), self.language), head)
        row = 2
        for row, one in enumerate(self.fields, start=3):
            _set_height(sheet, row, [(one.meaning, MEANING_WIDTH)])
            put(sheet, row, 0, one.header, strong)
            put(sheet, row, 1, one.meaning, wrapped)
        notes = [*self.notes, full_sentence(message("book-machine", tab=self.machine), self.language)]
        for place, note in enumerate(notes, start=row + 2):
            put(sheet, place, 0, note)
        sheet.set_column(0, 0, max(len(one.header) for one in self.fields) + 2)
        sheet.set_column(1, 1, MEANING_WIDTH)
        sheet.hide_gridlines(2)
        set_up_print(sheet, repeated=2)

    def _put_header(self, book: Workbook, sheet: Worksheet, row: int, widths: Sequence[int]) -> None:
        """Write the headers; those of numbers stand at their right, as the numbers do."""
        formats = {look: book.add_format(_head(look)) for look in {one.look for one in self.fields}}
        pairs = zip(self.fields, widths, strict=True)
        _set_height(sheet, row, ((one.header, int(BOLD * width) - FILTER_BUTTON + 1) for one, width in pairs))
        for place, one in enumerate(self.fields):
            put(sheet, row, place, one.header, formats[one.look])


class _Cells:
    """Writes the cells of one sheet, each in its look."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self._book: Final = book
        self._sheet: Final = sheet
        self._looks: Final[dict[tuple[str, bool], Format]] = {}

    def put(self, at: tuple[int, int], look: str, value: Any, *, ruled: bool) -> None:
        """Write a cell; an empty one takes part in the line above its row."""
        if value is None:
            if ruled:
                self._sheet.write_blank(*at, None, self._look(look, ruled=ruled))
        elif not isinstance(value, Link):
            put(self._sheet, *at, value, self._look("text" if look in LINKS else look, ruled=ruled))
        elif not put_link(self._sheet, *at, value.address, text=value.text, look=self._look(look, ruled=ruled)):
            put(self._sheet, *at, value.text, self._look("text", ruled=ruled))

    def _look(self, look: str, *, ruled: bool) -> Format:
        found = self._looks.get((look, ruled))
        if found is None:
            found = self._looks[look, ruled] = self._book.add_format({**LOOKS[look], **(RULE if ruled else {})})
        return found


def _head(look: str) -> dict[str, Any]:
    common = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": HEADER_FILL}
    return {**common, "indent": 1} if look in LEFT else {**common, "align": "center" if look == "middle" else "right"}


def _header_width(one: Field) -> int:
    """Return the width at which a header breaks between words only, and into a few lines at most."""
    longest = round(max(map(len, one.header.split())) / BOLD) + FILTER_BUTTON
    needed = max(NARROWEST, longest, len(one.header) // BREAKS + FILTER_BUTTON)
    return max(needed, NUMBER_WIDTH) if one.look in ("number", "decimal") else needed


def _set_height(sheet: Worksheet, row: int, texts: Iterable[tuple[str, int]]) -> None:
    """Make a row as high as its texts are in columns of these widths: not every program does so by itself."""
    import textwrap

    lines = max((len(textwrap.wrap(text, max(width, 1))) for text, width in texts), default=1)
    if lines > 1:
        sheet.set_row(row, lines * LINE_HEIGHT)


def _text_of(value: Any) -> str:
    text = value.text if isinstance(value, Link) else value
    return text if isinstance(text, str) else ""
