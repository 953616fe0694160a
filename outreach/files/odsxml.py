"""What the XML of an OpenDocument sheet tells and its fast reader does not, and whether that reader may have it.

One cell or row may stand for a million of the same kind; the reader writes them all out, so
they are counted here first.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.files.package import damaged, protected, too_large
from outreach.files.sheetxml import INSIDE, UNNAMED, Notes, attributes, pieces

if TYPE_CHECKING:
    from outreach.files.package import Package

__all__ = ["ods_notes"]

LARGEST_AREA: Final = 8_000_000  # cells; the reader takes up to 130 bytes for each
LARGEST_TEXTS: Final = 1 << 29
DEEPEST: Final = 250
TAG: Final = re.compile(rb"<(/?)([A-Za-z_][\w:.-]*)" + INSIDE)
CELLS: Final = frozenset([b"table:table-cell", b"table:covered-table-cell"])
ERROR_TEXT: Final = re.compile(rb"<text:p[^>]*>([^<]{1,40})<")
LINK: Final = re.compile(rb"<text:a\s" + INSIDE)


def ods_notes(package: Package) -> list[Notes]:
    """Look through all sheets.

    Raises:
        InputError: The workbook is damaged or encrypted, or holds more than the memory.

    """
    if b"encryption-data" in package.text("META-INF/manifest.xml"):
        raise protected(package.label)
    if "content.xml" not in package:
        raise damaged(package.label)
    scan = _Scan(package)
    try:
        for piece in pieces(package.blocks("content.xml"), b"table:", b"table-row", b"table"):
            scan.take(piece)
        scan.end()
    except ValueError as err:
        raise damaged(package.label) from err
    return scan.found


class _Scan:
    """One pass over the sheets; ``row`` is the last one, so are ``column`` and the row's ``repeats``."""

    def __init__(self, package: Package) -> None:
        self.package: Final = package
        self.found: Final[list[Notes]] = []
        self.row = self.column = self.widest = self.size = 0
        self.repeats = 1
        self.hidden = False
        self.open: Final[list[bytes]] = []  # names of the tags that are not closed yet

    def take(self, piece: bytes) -> None:
        """Note what stands in a piece.

        Raises:
            InputError: It holds more than the memory.
            ValueError: Its tags do not match; for the end of a table that is missing the reader would wait for ever.

        """
        for tag in TAG.finditer(piece):
            closing, name, inside = tag.groups()
            if closing:
                if not self.open or self.open.pop() != name:
                    raise ValueError
                continue
            if not inside.endswith(b"/"):
                self.open.append(name)
            if len(self.open) > DEEPEST:
                raise ValueError
            self._take(tag, piece)

    def end(self) -> None:
        """Check that everything is closed.

        Raises:
            ValueError: It is not.

        """
        if self.open:
            raise ValueError

    def _take(self, tag: re.Match[bytes], piece: bytes) -> None:
        name = tag[2]
        if name == b"table:table":
            self.found.append(Notes())
            self.row = self.widest = 0
            self.repeats = 1
        elif name == b"table:table-row" and self.found:
            self._row(attributes(tag[3]))
        elif name in CELLS and self.found:
            self._cell(tag, piece)

    def _row(self, told: dict[str, str]) -> None:
        self.row += self.repeats if self.row else 1
        self.repeats = _repeats(told, "number-rows-repeated")
        self.column = 0
        self.hidden = told.get("visibility") in {"collapse", "filter"}

    def _cell(self, tag: re.Match[bytes], piece: bytes) -> None:
        told = attributes(tag[3])
        first = self.column + 1
        repeats = _repeats(told, "number-columns-repeated")
        self.column += repeats
        notes = self.found[-1]
        if {"number-columns-spanned", "number-rows-spanned"} & told.keys():
            notes.merged = True
        if tag[3].endswith(b"/") and not {"value-type", "formula"} & told.keys():
            return
        end = tag.end() if tag[3].endswith(b"/") else piece.find(b"</" + tag[2], tag.end())
        self._filled((end - tag.start()) * repeats * self.repeats)
        if "formula" in told and "value-type" not in told:
            notes.unanswered(self.row, repeats * self.repeats)
        if told.get("value-type") == "error":  # LibreOffice says so beside the type of the value
            text = ERROR_TEXT.search(piece, tag.end(), max(end, tag.end()))
            shown = text[1].decode("utf-8", "replace") if text else ""
            notes.failed(self.row, first, shown if shown.startswith("#") else UNNAMED)
        link = LINK.search(piece, tag.end(), max(end, tag.end()))
        if link:
            notes.linked(self.row, first, attributes(link[1]).get("href", ""))

    def _filled(self, size: int) -> None:
        """Count a cell that holds something.

        Raises:
            InputError: They are too many.

        """
        if self.hidden:  # rows without anything are not worth a word
            self.found[-1].hidden_rows += self.repeats
            self.hidden = False
        self.widest = max(self.widest, self.column)
        last = self.row + self.repeats - 1
        if self.widest * last > LARGEST_AREA:
            what = f"a tab covers {last:,} rows and {self.widest:,} columns"
            raise too_large(self.package.label, f"{what}, more than {LARGEST_AREA:,} cells")
        self.size += size
        if self.size > LARGEST_TEXTS:
            raise too_large(self.package.label, f"its text is more than {LARGEST_TEXTS >> 20:,} MiB")


def _repeats(told: dict[str, str], name: str) -> int:
    number = int(told.get(name, "1")[:12])
    if number < 1:
        raise ValueError
    return number
