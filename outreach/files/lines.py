"""Delimited text made safe for the engine: UTF-8, one record a line, every quote closed.

The engine reads hundreds of megabytes a second, and in return swallows what follows an unbalanced quote, drops a line
that is too long and knows no line numbers. So a file is looked through once in blocks, by operations that run in C;
only blocks in which something is odd are gone through line by line and written anew. The copy keeps the number of
lines: a record over three lines becomes one line and two blank ones, a line that cannot be used becomes a blank one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.files import BLOCK_BYTES
from outreach.files.contract import Rejected
from outreach.files.temporary import new_file
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from outreach.messages import Message

__all__ = ["SafeText", "lines_of_rows", "rows_of", "safe_copy"]

GLANCE_BYTES: Final = 256 * 1024  # fits the processor's cache
LINE_BYTES: Final = 2 * BLOCK_BYTES  # a longer line is no row of a table
RECORD_LINES: Final = 200  # a quoted cell over more lines was never closed
MARK: Final = b"\x01"
NOT_MARK_NOR_LINE: Final = bytes(set(range(256)) - set(MARK + b'"\n'))
UNCLOSED: Final = message("quote-never-closed")
OPENING: Final = re.compile(' *"')
NUL: Final = message("nul-byte")
NOT_UTF8: Final = message("not-utf8")
TOO_LONG: Final = message("line-too-long")


@dataclass(frozen=True, slots=True)
class SafeText:
    """A delimited text that the engine can read, and how it looks.

    Args:
        path: The file itself, or a safe copy with as many lines.
        quotes: Whether there are quotes.
        spaced: Whether there may be white space or letters outside ASCII around labels.
        hashes: Whether there is any ``#``, as errors of formulas begin.

    """

    path: Path
    quotes: bool
    spaced: bool
    hashes: bool


def safe_copy(path: Path, folder: Path, delimiter: str, width: int) -> tuple[SafeText, list[Rejected]]:
    """Return a text that is safe to read, and the lines that were left out.

    Args:
        path: The text, in UTF-8.
        folder: A private folder for a copy, where one is needed.
        delimiter: Between cells.
        width: Number of cells in a row.

    """
    path = _with_newlines(path, folder)
    plain, text = _look(path)
    if plain or all(_clean(block, delimiter.encode()) for block, _ in _blocks(path)):
        return text, []
    target = new_file(folder)
    bad: list[Rejected] = []
    with target.open("wb") as copy:
        _rewrite(path, copy, delimiter, width, bad)
    return replace(text, path=target, quotes=True), bad


def _look(path: Path) -> tuple[bool, SafeText]:
    """Look through a text once; a gigabyte takes about 0.15 s.

    Returns:
        Whether nothing needs a second glance: ASCII without quotes, NUL, carriage returns and endless lines; and how
        the text looks.

    """
    ascii_only, quotes, odd, spaced, hashes = True, False, False, False, False
    buffer = bytearray(GLANCE_BYTES)
    view = memoryview(buffer)
    with path.open("rb", buffering=0) as stream:
        while size := stream.readinto(buffer):
            block = buffer if size == GLANCE_BYTES else bytearray(view[:size])
            ascii_only = ascii_only and block.isascii()
            quotes = quotes or b'"' in block
            odd = odd or b"\0" in block or b"\r" in block or (b"\n" not in block and size == GLANCE_BYTES)
            spaced = spaced or b" " in block or b"\t" in block
            hashes = hashes or b"#" in block
    return ascii_only and not quotes and not odd, SafeText(path, quotes, spaced or not ascii_only, hashes)


def _with_newlines(path: Path, folder: Path) -> Path:
    """Return a path to the text with newlines; lines of the old Mac end with a carriage return alone."""
    with path.open("rb") as stream:
        head = stream.read(BLOCK_BYTES)
        if b"\n" in head or b"\r" not in head:
            return path
        target = new_file(folder)
        with target.open("wb") as copy:
            while head:
                copy.write(head.replace(b"\r", b"\n"))
                head = stream.read(BLOCK_BYTES)
    return target


def _blocks(path: Path) -> Iterator[tuple[bytes, int]]:
    """Yield a text in pieces that end with a line, and the number of lines before each.

    A line of more than ``LINE_BYTES`` comes as a single newline, marked by a NUL before it.
    """
    with path.open("rb") as stream:
        yield from _cut(stream)


def _cut(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    before = 0
    while block := stream.read(BLOCK_BYTES):
        if not block.endswith(b"\n"):
            block += stream.readline(LINE_BYTES)
            if not block.endswith(b"\n") and len(block) >= LINE_BYTES:
                cut = block.rfind(b"\n") + 1
                if _skip_line(stream) or len(block) - cut > LINE_BYTES:
                    block = block[:cut] + b"\0\n"
        yield block, before
        before += block.count(b"\n")


def _skip_line(stream: BinaryIO) -> bool:
    """Pass over the rest of a line; say whether there was any."""
    some = False
    while piece := stream.readline(BLOCK_BYTES):
        some = True
        if piece.endswith(b"\n"):
            break
    return some


def _clean(block: bytes, delimiter: bytes) -> bool:
    """Whether every record of a block is one line of UTF-8 with all its quotes in their places."""
    if b"\0" in block or (b"\r" in block and block.count(b"\r") != block.count(b"\r\n")):
        return False
    if not block.isascii():
        try:
            block.decode()
        except UnicodeDecodeError:
            return False
    return b'"' not in block or _quotes_in_place(block, delimiter)


def _quotes_in_place(block: bytes, delimiter: bytes) -> bool:
    """Whether each quote opens or closes a cell on its own line; replaced and counted, not parsed.

    A quote behind a separator is taken to open. So a cell that holds a separator and a quote in a row is called out of
    place; that costs time, no more.
    """
    if MARK in block:
        return False
    lines = (b"\n" + block + b"\n").replace(b"\r\n", b"\n")
    opened = lines.replace(delimiter + b'"', delimiter + MARK).replace(b'\n"', b"\n" + MARK).replace(b'""', b"")
    if opened.count(b'"' + delimiter) + opened.count(b'"\n') != opened.count(b'"'):
        return False
    return not opened.translate(None, NOT_MARK_NOR_LINE).replace(MARK + b'"', b"").strip(b"\n")


def _rewrite(path: Path, copy: BinaryIO, delimiter: str, width: int, bad: list[Rejected]) -> None:
    """Write a safe copy: clean blocks as they are, the others line by line."""
    waiting: list[bytes] = []  # lines of a block whose last record may go on in the next one
    first = 0  # lines written
    for block, _ in _blocks(path):
        if not waiting and _clean(block, delimiter.encode()):
            copy.write(block)
            first += block.count(b"\n")
            continue
        waiting += block.replace(b"\r\n", b"\n").replace(b"\r", b"\n").splitlines(keepends=True)
        first, waiting = _rewrite_lines(waiting, first, copy, (delimiter, width), bad, last=False)
    _rewrite_lines(waiting, first, copy, (delimiter, width), bad, last=True)


def _rewrite_lines(
    lines: list[bytes], first: int, copy: BinaryIO, shape: tuple[str, int], bad: list[Rejected], *, last: bool
) -> tuple[int, list[bytes]]:
    """Write records from lines; return the lines (and how many came before) that need more behind them."""
    at = 0
    while at < len(lines):
        taken, record, reason = _record(lines, at, *shape)
        if taken == 0:
            if not last and len(lines) - at < RECORD_LINES:
                return first + at, lines[at:]
            taken, reason = 1, UNCLOSED
        if reason:
            bad.append(Rejected("", first + at + 1, reason))
        copy.write(record + b"\n" * taken)
        at += taken
    return first + at, []


def rows_of(path: Path, delimiter: str | None, width: int | None = None) -> Iterator[tuple[int, list[str]] | Rejected]:
    """Yield every record of a text with the line on which it begins, blank ones too; for texts that Python reads.

    Args:
        path: The text, in UTF-8.
        delimiter: Between cells; None for texts of one cell a line, in which quotes mean nothing.
        width: Number of cells in a row where that is known; then rows are those of ``safe_copy``: a record over several
            lines has just so many cells, and a line break inside one of them is a blank.

    """
    waiting: list[bytes] = []
    first = 1
    for block, _ in _blocks(path):
        lines = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        if not waiting and (texts := _simple_lines(lines, delimiter)) is not None:
            yield from enumerate(texts, first)
            first += len(texts)
            continue
        waiting += lines.splitlines(keepends=True)
        at = yield from _rows(waiting, first, delimiter, width, last=False)
        first, waiting = first + at, waiting[at:]
    yield from _rows(waiting, first, delimiter, width, last=True)


def _simple_lines(block: bytes, delimiter: str | None) -> list[list[str]] | None:
    """Return the cells of a block without quotes and damage, line by line; None for other blocks."""
    if b"\0" in block or (delimiter is not None and b'"' in block):
        return None
    try:
        text = block.decode()
    except UnicodeDecodeError:
        return None
    lines = text.removesuffix("\n").split("\n")
    if "\ufeff" in text:
        lines = [line.removeprefix("\ufeff") for line in lines]
    return [[line] for line in lines] if delimiter is None else [line.split(delimiter) for line in lines]


def _rows(
    lines: list[bytes], first: int, delimiter: str | None, width: int | None, *, last: bool
) -> Generator[tuple[int, list[str]] | Rejected, None, int]:
    """Yield the records of lines; return how many lines they took, the others need more behind them."""
    at = 0
    while at < len(lines):
        if delimiter is None:
            taken, cells, reason = _single(lines[at])
        else:
            taken, cells, reason = _read_record(lines, at, delimiter, width)
        if taken == 0:
            if not last and len(lines) - at < RECORD_LINES:
                return at
            taken, reason = 1, UNCLOSED
        if reason:
            yield Rejected("", first + at, reason)
        elif width is None or taken == 1:
            yield first + at, [cell for cell, _ in cells]
        else:
            yield first + at, [_on_one_line(cell) for cell, _ in cells]
        at += taken
    return at


def _single(line: bytes) -> tuple[int, list[tuple[str, bool]], Message | None]:
    """Read a line as one cell."""
    if b"\0" in line:
        return 1, [], TOO_LONG if line.strip(b"\n") == b"\0" else NUL
    try:
        return 1, [(line.decode().rstrip("\n").removeprefix("\ufeff"), False)], None
    except UnicodeDecodeError:
        return 1, [], NOT_UTF8


def _record(lines: list[bytes], at: int, delimiter: str, width: int) -> tuple[int, bytes, Message | None]:
    """Read one record: lines taken (0: it does not end here), its safe form, why it cannot be used."""
    taken, cells, reason = _read_record(lines, at, delimiter, width)
    return taken, _joined([cell for cell, _ in cells], delimiter), reason


def _read_record(
    lines: list[bytes], at: int, delimiter: str, width: int | None
) -> tuple[int, list[tuple[str, bool]], Message | None]:
    """Read one record: lines taken (0: it does not end here), its cells, why it cannot be used."""
    line = lines[at]
    if b"\0" in line:
        return 1, [], TOO_LONG if line.strip(b"\n") == b"\0" else NUL
    try:
        text = line.decode()
    except UnicodeDecodeError:
        return 1, [], NOT_UTF8
    cells = _cells(text, delimiter)
    taken = 1
    while cells is None:
        if taken == RECORD_LINES:
            return 1, [], UNCLOSED
        if at + taken == len(lines):
            return 0, [], None
        more = lines[at + taken]
        text += more.decode(errors="replace")
        taken += 1
        if b'"' in more:
            cells = _cells(text, delimiter)
            if cells is not None and not _is_one_row(cells, text, width):
                return 1, [], UNCLOSED  # what closed it belongs to another row
    return taken, cells, None


def _is_one_row(cells: Sequence[tuple[str, bool]], text: str, width: int | None) -> bool:
    """Whether cells from several lines are what somebody wrote: all of them, and no quote closed in mid-word."""
    if (width is not None and len(cells) != width) or "\ufffd" in text or "\0" in text:
        return False
    return all(quoted or "\n" not in cell for cell, quoted in cells)


def _cells(text: str, delimiter: str) -> list[tuple[str, bool]] | None:
    """Split a record into cells, each with whether it was quoted; None while a quoted cell is open.

    A quote inside a cell is a letter.
    """
    text = text.rstrip("\n").removeprefix("\ufeff")  # where files were put one behind the other
    cells: list[tuple[str, bool]] = []
    at = 0
    while True:
        opening = OPENING.match(text, at)
        behind = text.find(delimiter, at)
        quoted = False
        if opening:
            end = opening.end()
            while (end := text.find('"', end)) >= 0 and text.startswith('""', end):
                end += 2
            if end < 0:
                return None
            behind = text.find(delimiter, end)
            rest = text[end + 1 : len(text) if behind < 0 else behind]
            over_lines = "\n" in text[opening.end() : end]  # what closes on another line must close it cleanly
            quoted = not (rest if over_lines else rest.strip())
        stop = len(text) if behind < 0 else behind
        if opening and quoted:
            cells.append((text[opening.end() : end].replace('""', '"'), True))
        else:
            cells.append((text[at:stop], False))
        if behind < 0:
            return cells
        at = behind + 1


def _joined(cells: Sequence[str], delimiter: str) -> bytes:
    """Write cells as one line; line breaks inside a cell become spaces."""
    flat = map(_on_one_line, cells)
    return delimiter.join(
        '"' + cell.replace('"', '""') + '"' if '"' in cell or delimiter in cell else cell for cell in flat
    ).encode()


def _on_one_line(cell: str) -> str:
    return re.sub(r"[\r\n]+", " ", cell)


def lines_of_rows(path: Path, skip: int, rows: Sequence[int], *, spaces: bool = True) -> list[int]:
    """Return the line in the file for each row number (from 1, ascending), blank lines counted in.

    The engine passes over blank lines; a row is the n-th line that is not blank.

    Args:
        path: The text.
        skip: Lines before the first row.
        rows: Numbers of rows.
        spaces: Whether a line of white space is a row.

    """
    found: list[int] = []
    row = 0
    wanted = iter(rows)
    next_row = next(wanted, None)
    for block, before in _blocks(path):
        if next_row is None:
            break
        lines = block.split(b"\n")
        for number, line in enumerate(lines[:-1] if block.endswith(b"\n") else lines, start=before + 1):
            if number <= skip or line in {b"", b"\r"} or not (spaces or line.strip()):
                continue
            row += 1
            while next_row == row:
                found.append(number)
                next_row = next(wanted, None)
    return found
