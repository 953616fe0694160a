"""What the XML of an Excel sheet tells and its fast reader does not, and whether that reader may have the sheet.

Nothing is parsed: patterns go once over the bytes, in pieces of whole rows, so that neither entities nor depth nor size
can do harm. The reader keeps a tab as one rectangle of cells, which two far corners make larger than any memory: its
size is found out here first.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from outreach.files.package import damaged, too_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.files.package import Package

__all__ = ["UNNAMED", "Notes", "Texts", "attributes", "pieces", "sheet_members", "sheet_notes", "texts"]

LARGEST_AREA: Final = 30_000_000  # cells; the reader takes 32 bytes for each
LARGEST_TEXTS: Final = 1 << 30
LONGEST_PIECE: Final = 64 << 20
LAST_ROW: Final = 1 << 20
LAST_COLUMN: Final = 1 << 14
MOST_NOTES: Final = 100_000
UNNAMED: Final = "#ERROR!"  # an error without a name of its own
SHORTEST_CELL: Final = len(b'<c t="s"><v>0</v></c>')
INSIDE: Final = rb"""((?>[^>"']|"[^"]*"|'[^']*')*+)>"""  # a tag from its name on; an attribute may hold a ">"
ATTRIBUTE: Final = re.compile(rb"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
SHEET: Final = re.compile(rb"<(?:[\w.-]+:)?sheet\s" + INSIDE)
RELATION: Final = re.compile(rb"<(?:[\w.-]+:)?Relationship\s" + INSIDE)
HYPERLINK: Final = re.compile(rb"<(?:[\w.-]+:)?hyperlink\s" + INSIDE)
MERGED: Final = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s")
HIDDEN_ROW: Final = re.compile(rb"""<(?:[\w.-]+:)?row\s[^>]*?\bhidden\s*=\s*["'](?:1|true)["']""")
# As every program writes a cell of the columns A to Z: a rectangle of these always fits.
UNUSUAL: Final = re.compile(rb'<c(?! r="[A-Z](?:\d{1,6}|10[0-4]\d{4})"|[a-zA-Z])')
PREFIXED: Final = re.compile(rb":c[\s/>]")
CELL_OR_ROW: Final = re.compile(rb'<(?:[\w.-]+:)?(c|row)(?=[\s/>])(?: r="([A-Z]*)(\d+)")?([^>]*)>')
REFERENCE: Final = re.compile(rb"""(?:^|\s)r\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d*)""")
FORMULA: Final = re.compile(rb"<(?:[\w.-]+:)?f(?:\s[^>]*?)?(?:/>|>([^<]*))")
VALUE: Final = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*?)?(/?)>(.?)", re.DOTALL)
LINK_FORMULA: Final = re.compile(r'\s*HYPERLINK\(\s*"([^"]*)"', re.IGNORECASE)
INDEX: Final = re.compile(rb"v>\s*(\d{1,9})\s*<")
ERROR: Final = re.compile(rb"""<(?:[\w.-]+:)?(c\s[^>]*?\bt\s*=\s*["']e["'][^>]*)>""")
ERROR_TEXT: Final = re.compile(rb"<(?:[\w.-]+:)?v>([^<]{1,40})<")
TEXT_END: Final = re.compile(rb"</(?:[\w.-]+:)?si\s*>|<(?:[\w.-]+:)?si\s*/>")


@dataclass(slots=True)
class Notes:
    """What stands in a sheet beside its cells.

    Args:
        hidden_rows: Number of rows that are not shown.
        formulas: Rows with a formula whose result was not stored, the first 100,000.
        formula_count: Number of such formulas.
        merged: Whether cells are merged.
        links: Row and column, both from 1, to the address behind the cell, the first 100,000.
        errors: Row to the column and the text of its cells with an error, which the reader takes for empty; those of
            the first 100,000 rows.

    """

    hidden_rows: int = 0
    formulas: set[int] = field(default_factory=set)
    formula_count: int = 0
    merged: bool = False
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: dict[int, list[tuple[int, str]]] = field(default_factory=dict)

    def unanswered(self, row: int | None, times: int = 1) -> None:
        """Note a formula without a stored result."""
        self.formula_count += times
        if row is not None and len(self.formulas) < MOST_NOTES:
            self.formulas.add(row)

    def linked(self, row: int, column: int, url: str) -> None:
        """Note the address behind a cell."""
        if len(self.links) < MOST_NOTES:
            self.links[row, column] = url

    def failed(self, row: int, column: int, text: str) -> None:
        """Note a cell with an error."""
        if row and column and (row in self.errors or len(self.errors) < MOST_NOTES):
            self.errors.setdefault(row, []).append((column, text))


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts that the cells of all tabs refer to: where they stand, and the bytes of the longest."""

    member: str
    longest: int


def attributes(inside: bytes) -> dict[str, str]:
    """Return the attributes of a tag, without the prefixes of their names.

    Example:
        >>> attributes(b'name="R&amp;D" sheetId="1" r:id="rId1"/')
        {'name': 'R&D', 'sheetId': '1', 'id': 'rId1'}

    """
    return {
        name.rpartition(b":")[2].decode(): html.unescape((double or single).decode("utf-8", "replace"))
        for name, double, single in ATTRIBUTE.findall(inside)
        if not name.startswith(b"xmlns")
    }


def sheet_members(package: Package) -> list[str | None]:
    """Return the member of each tab, in order; None where the workbook refers to nothing.

    Raises:
        InputError: The workbook is damaged.

    """
    folder = "xl/"
    targets = _targets(package, folder, "workbook.xml")
    names = [targets.get(attributes(inside).get("id", "")) for inside in SHEET.findall(package.text("xl/workbook.xml"))]
    return [name if name is not None and name in package else None for name in names]


def _targets(package: Package, folder: str, file: str) -> dict[str, str]:
    """Return what the members' references lead to; to the outside as it is, inside as the name of a member."""
    found: dict[str, str] = {}
    for inside in RELATION.findall(package.text(f"{folder}_rels/{file}.rels")):
        told = attributes(inside)
        target = told.get("Target", "")
        if told.get("TargetMode", "").lower() != "external":
            target = target.lstrip("/") if target.startswith(("/", folder)) else folder + target
        found[told.get("Id", "")] = target
    return found


def texts(package: Package) -> Texts:
    """Measure the texts that cells refer to.

    Raises:
        InputError: They are damaged, or too large.

    """
    member = "xl/sharedStrings.xml"
    longest = begun = 0
    for block in package.blocks(member):
        first, *others = block.split(b"si>")
        begun += len(first)
        longest = max(longest, begun)
        if others:
            begun = len(others[-1])
            longest = max(longest, *map(len, others))
    return Texts(member, longest)


def pieces(blocks: Iterable[bytes], prefix: bytes, row: bytes, rows: bytes) -> Iterator[bytes]:
    """Cut a stream of XML into pieces that hold whole rows.

    Args:
        blocks: The stream.
        prefix: What stands before the names of tags, such as ``x:``.
        row: The name of a row.
        rows: The name of what holds the rows.

    Raises:
        ValueError: One row is longer than any row can be.

    Example:
        >>> list(pieces([b"<s><row>1</r", b"ow><row>2</row", b"></s><m/>"], b"", b"row", b"s"))
        [b'<s>', b'<row>1</row>', b'<row>2</row></s><m/>']

    """
    start, end, last = b"<" + prefix + row, b"</" + prefix + row + b">", b"</" + prefix + rows + b">"
    rest = b""
    for block in blocks:
        rest += block
        at = rest.rfind(start)
        if at <= 0:  # at most one row, which may go on
            begun = at == 0
            at = rest.rfind(b">") + 1
            if begun and end not in rest and last not in rest:
                at = 0
        if at:
            yield rest[:at]
            rest = rest[at:]
        elif len(rest) > LONGEST_PIECE:
            raise ValueError
    if rest:
        yield rest


def sheet_notes(package: Package, member: str, shared: Texts) -> Notes:
    """Look through one sheet.

    Raises:
        InputError: It is damaged, or holds more than the memory.

    """
    try:
        scan = _Scan(package, member)
        notes = scan.run()
        if scan.unusual:
            _check_area(package, scan.pieces())
    except ValueError as err:
        raise damaged(package.label) from err
    if scan.size // SHORTEST_CELL * shared.longest > LARGEST_TEXTS:
        _check_texts(package, scan.pieces(), shared)
    return notes


class _Scan:
    """One pass over a sheet."""

    def __init__(self, package: Package, member: str) -> None:
        self.package: Final = package
        self.member: Final = member
        self.prefix = b""
        self.size = 0
        self.unusual = False
        self.notes: Final = Notes()

    def pieces(self) -> Iterator[bytes]:
        return pieces(self.package.blocks(self.member), self.prefix, b"row", b"sheetData")

    def run(self) -> Notes:
        head = next(self.package.blocks(self.member), b"")
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # allowed, written by nobody, and read as nothing
            raise damaged(self.package.label)
        root = re.search(rb"<([\w.-]+:)?worksheet[\s>]", head)
        self.prefix = (root and root[1]) or b""
        formulas = behind = False
        formula_end, data_end = b"</" + self.prefix + b"f>", b"</" + self.prefix + b"sheetData"
        for piece in self.pieces():
            self.size += len(piece)
            self.unusual = self.unusual or bool(UNUSUAL.search(piece) or PREFIXED.search(piece))
            formulas = formulas or formula_end in piece
            if formulas:
                self._formulas(piece)
            if b'"e"' in piece or b"'e'" in piece:
                self._errors(piece)
            if b"hidden" in piece:
                self.notes.hidden_rows += len(HIDDEN_ROW.findall(piece))
            behind = behind or data_end in piece
            if behind:
                self._behind(piece)
        return self.notes

    def _formulas(self, piece: bytes) -> None:
        for cell in piece.split(b"</" + self.prefix + b"c>"):
            formula = FORMULA.search(cell)
            if formula is None:
                continue
            opened = cell.rfind(b"<" + self.prefix + b"c", 0, formula.start())
            inside = cell[opened + 1 : formula.start()].partition(b">")[0]
            row, column = _place(inside)
            if not _has_result(inside, cell[formula.end() :]):
                self.notes.unanswered(row or None)
            link = LINK_FORMULA.match(html.unescape((formula[1] or b"").decode("utf-8", "replace")))
            if link and row:
                self.notes.linked(row, column, link[1])

    def _errors(self, piece: bytes) -> None:
        for cell in ERROR.finditer(piece):
            if cell[1].endswith(b"/"):
                continue
            end = piece.find(b"</" + self.prefix + b"c>", cell.end())
            text = ERROR_TEXT.search(piece, cell.end(), end if end > 0 else len(piece))
            self.notes.failed(*_place(cell[1]), text[1].decode("utf-8", "replace") if text else UNNAMED)

    def _behind(self, piece: bytes) -> None:
        """Note what stands behind the rows."""
        self.notes.merged = self.notes.merged or MERGED.search(piece) is not None
        found = HYPERLINK.findall(piece)
        if not found:
            return
        folder, _, file = self.member.rpartition("/")
        targets = _targets(self.package, f"{folder}/", file)
        for told in map(attributes, found):
            row, column = _place(b' r="' + told.get("ref", "").encode() + b'"')
            if row and told.get("id") in targets:
                self.notes.linked(row, column, targets[told["id"]])


def _place(inside: bytes) -> tuple[int, int]:
    """Return row and column of a reference, both from 1; 0 where it says none.

    Example:
        >>> _place(b'c r="AB12" s="1"'), _place(b'row r="7"'), _place(b"c")
        ((12, 28), (7, 0), (0, 0))

    """
    told = REFERENCE.search(inside)
    return (int(told[2][:12] or b"0"), _column(told[1])) if told else (0, 0)


@lru_cache(maxsize=1 << 15)
def _column(letters: bytes) -> int:
    column = 0
    for letter in letters.upper()[:8]:
        column = column * 26 + letter - 64
    return column


def _has_result(inside: bytes, behind: bytes) -> bool:
    """Say whether a formula's result was stored; an empty text is a result, and nothing without a type is none."""
    value = VALUE.search(behind)
    if value is None:
        return b"<is" in behind or b":is" in behind
    return (not value[1] and value[2] not in {b"", b"<"}) or attributes(inside).get("t") == "str"


def _check_area(package: Package, found: Iterable[bytes]) -> None:
    """Refuse a rectangle of cells that is too large.

    Raises:
        InputError: It is.

    """
    row = column = widest = last = 0
    first = 1 << 60
    for piece in found:
        for name, letters, digits, inside in CELL_OR_ROW.findall(piece):
            told_row, told_column = (int(digits[:12]), _column(letters)) if digits else _place(inside)
            if name == b"row":
                row, column = told_row or row + 1, 0
                continue
            row, column = told_row or row, told_column or column + 1
            if not inside.endswith(b"/"):  # formatted only
                widest, last, first = max(widest, column), max(last, row), min(first, row)
    if last > LAST_ROW or widest > LAST_COLUMN:
        raise damaged(package.label)
    if widest * (last - first + 1) > LARGEST_AREA:
        what = f"a tab covers {last - first + 1:,} rows and {widest:,} columns"
        raise too_large(package.label, f"{what}, more than {LARGEST_AREA:,} cells")


def _check_texts(package: Package, found: Iterable[bytes], shared: Texts) -> None:
    """Refuse cells that repeat long texts until no memory holds them; they share a text in the file, but not here.

    Raises:
        InputError: They do.

    """
    lengths: list[int] = []
    begun = b""
    for block in package.blocks(shared.member):
        *ended, begun = TEXT_END.split(begun + block)
        lengths += map(len, ended)
    size = 0
    for piece in found:
        # Numbers are taken for references too: that counts too much, never too little.
        size += sum(lengths[number] for number in map(int, INDEX.findall(piece)) if number < len(lengths))
        if size > LARGEST_TEXTS:
            raise too_large(package.label, f"the text of a tab is more than {LARGEST_TEXTS >> 20:,} MiB")
