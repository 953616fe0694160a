"""Delimited text: its delimiter, its columns, its shape."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.delimited import DELIMITERS
from outreach.files.lines import LINE_BYTES, BadLine, rows_of, safe_copy
from outreach.files.long_cells import first_cells
from outreach.likes.tables import Long, recognise
from outreach.likes.tables.contract import HEAD_ROWS, Head, Shape
from outreach.likes.tables.lines import STAMP
from outreach.words.cells import is_total
from outreach.words.columns import Mapped, choose_columns, map_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.likes.plain.base import How

__all__ = ["Found", "Text", "found", "prepare", "rows_from"]

LABELLED: Final = re.compile(r"[^:,;|\t/]{1,40}:(?!//)")  # Anna: t.me/smm_riga, vk.com/club7
TAIL_BYTES: Final = 16 * 1024
TAIL_ROWS: Final = 20
LONGEST_HEADER: Final = 1_000_000
AS_HEADER: Final = "the first line was taken for column names, because it holds no address"


@dataclass(frozen=True, slots=True)
class Text:
    """A delimited text that the engine can read.

    Args:
        path: The file itself, or the safe copy.
        delimiter: Between cells.
        header: The header line's texts.
        mapped: Which column says what.
        skip: Lines before the first row.
        quotes: Whether any cell is quoted.
        spaced: Whether labels may need trimming.
        bad: Lines that were left out of the copy.

    """

    path: Path
    delimiter: str
    header: Sequence[str]
    mapped: Mapped
    skip: int
    quotes: bool
    spaced: bool
    bad: tuple[BadLine, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """How a text was understood.

    Args:
        delimiter: Between cells; None where a line is one cell.
        start: Lines before the first row: blank ones, and Excel's ``sep=;``.
        shape: What its rows say; None where the header line says it all and the engine reads the rows itself.
        skip: Lines before the first row of data.
        header: Texts of the header line.
        mapped: Which column says what.
        constants: Roles that have one value in all rows, with it.
        askew: Columns in which an address stands only where the row has a cell too many or too few.

    """

    delimiter: str | None
    start: int
    shape: Shape | None
    skip: int = 0
    header: Sequence[str] = ()
    mapped: Mapped | None = None
    constants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    askew: tuple[int, ...] = ()


def found(label: str, titles: Sequence[str], path: Path, how: How) -> Found:
    """Recognise a delimited text, or a text of one address a line.

    Args:
        label: What messages call it.
        titles: The names around it, for the customer or the platform that they may tell.
        path: The text in UTF-8.
        how: What the user says about it.

    Raises:
        InputError: It does not tell who follows what.

    """
    text = _head_lines(path)
    lines = text.split("\n")
    start, delimiters = _announced(label, lines)
    best, failure = _by_first_line(label, lines, start, delimiters, how.columns)
    if best is not None:
        rows, whole = _first_rows(path, start, best.delimiter)
        shape = recognise(Head.asked(label, titles, rows, how, whole=whole), how.counted)
        if shape is None and any(line > best.skip and any(cells) for line, cells in rows):
            raise _not_understood(label, lines[start], delimiters)
        if shape is None:
            return best
        if isinstance(shape, Long) and shape.plain and not whole and _ends_in_total(path, best):
            shape = replace(shape, totals=True)
        if isinstance(shape, Long) and shape.plain and shape.skip == best.skip:
            return replace(best, mapped=shape.mapped, constants=shape.constants, askew=shape.askew)
        return Found(best.delimiter, start, shape)
    if re.match(r"\s*<(!doctype|html|\?xml|head|body)", text, re.IGNORECASE):
        raise InputError(f"{label}: this is a web page, not a table", hint="open it and save the table as CSV")
    firsts = {delimiter: _first_rows(path, start, delimiter) for delimiter in (*delimiters, None)}
    for delimiter in _likely({delimiter: rows for delimiter, (rows, _) in firsts.items()}):
        try:
            rows, whole = firsts[delimiter]
            shape = recognise(Head.asked(label, titles, rows, how, whole=whole), how.counted)
        except InputError as err:
            failure = failure or err
            continue
        if shape is not None:
            return Found(delimiter, start, shape)
    raise failure or _not_understood(label, lines[start], delimiters)


def prepare(understood: Found, path: Path, spool: Path) -> Text:
    """Make a text whose header line says it all safe for the engine."""
    if understood.mapped is None or understood.delimiter is None:
        raise TypeError("only a text with a header line is read by the engine")
    header, mapped, skip = understood.header, understood.mapped, understood.skip
    safe, look, bad = safe_copy(path, spool, understood.delimiter, len(header))
    bad = [line for line in bad if line.line > skip]
    if mapped.headers is None and skip and not map_columns(header).positions:
        bad.insert(0, BadLine(skip, AS_HEADER))
    return Text(safe, understood.delimiter, header, mapped, skip, look.quotes, look.spaced, tuple(bad))


def rows_from(path: Path, understood: Found, bad: list[BadLine]) -> Iterator[Row]:
    """Yield the rows of a text that has a shape; lines that cannot be read are noted in ``bad``."""
    for row in rows_of(path, understood.delimiter):
        if isinstance(row, BadLine):
            bad.append(row)
        elif row[0] > understood.start:
            yield row


def _first_rows(path: Path, start: int, delimiter: str | None) -> tuple[list[Row], bool]:
    """Return the first rows of a text under a delimiter, and whether these are all."""
    rows = list(islice(rows_from(path, Found(delimiter, start, None), []), HEAD_ROWS + 1))
    return rows[:HEAD_ROWS], len(rows) <= HEAD_ROWS


def _ends_in_total(path: Path, best: Found) -> bool:
    """Whether a row of sums stands at the end of a long text, far below the rows that were looked at."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
        lines = stream.read().decode("utf-8", "replace").splitlines()[-TAIL_ROWS:]
    owner = best.mapped.positions.get("customer", 0) if best.mapped else 0
    rows = (line.split(best.delimiter) for line in lines)
    return any(is_total(cell.strip(' "')) for row in rows for cell in (row[0], *row[owner : owner + 1]))


def _announced(label: str, lines: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return the lines before the first row and the delimiters that may be; Excel's ``sep=;`` tells the one."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    announced = re.fullmatch(r'"?sep=(.)"?', lines[start].strip("\r\n ")) or re.fullmatch("sep=(\t)", lines[start])
    start += announced is not None
    if not any(line.strip() for line in lines[start:]):
        raise InputError(f"{label}: the file is empty", hint="export or save it again")
    if len(lines[start]) > LONGEST_HEADER:
        raise InputError(
            f"{label}, line {start + 1}: this line is too long for column names",
            hint="give a table with one row a line: CSV, TSV, JSON or Parquet",
        )
    return start, (announced[1],) if announced else DELIMITERS


def _head_lines(path: Path) -> str:
    """Return the beginning of a text, a whole first line at least."""
    with path.open("rb") as stream:
        head = stream.read(64 * 1024)
        if b"\n" not in head and b"\r" not in head:
            head += stream.readline(LINE_BYTES)
        complete = len(head) < 64 * 1024
    text = codecs.getincrementaldecoder("utf-8")(errors="replace").decode(head).removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if complete or "\n" not in text else text[: text.rindex("\n") + 1]


def _by_first_line(
    label: str, lines: Sequence[str], start: int, delimiters: Sequence[str], chosen: Mapping[str, str]
) -> tuple[Found | None, InputError | None]:
    """Choose the delimiter under which the first line, taken for the header, tells most; none where it tells little."""
    best: tuple[tuple[int, int], Found] | None = None
    failure: InputError | None = None
    for delimiter in delimiters:
        reader = csv.reader((line + "\n" for line in lines[start:]), delimiter=delimiter)
        try:
            header = next(reader, [])
            mapped = choose_columns(header, chosen, label) if chosen else map_columns(header)
        except csv.Error:
            continue
        except InputError as err:
            failure = failure or err
            continue
        score = (len(mapped.positions), len(header))
        if mapped.complete and (best is None or score > best[0]):
            data = mapped.headers is None and _looks_like_data(header)
            best = score, Found(delimiter, start, None, start if data else start + reader.line_num, header, mapped)
    return (None, failure) if best is None else (best[1], None)


def _likely(firsts: Mapping[str | None, Sequence[Row]]) -> list[str | None]:
    """Return the delimiters under which a text may be a table, the likeliest first; None is one cell a line.

    A text whose lines mostly have two filled cells is a table: then a line is no cell, unless it begins with a label.
    """
    signs = [sign for sign in firsts if sign is not None]
    scores: dict[str, tuple[bool, bool, float, float]] = {}
    table = False
    for sign in signs:
        rows = [cells for _, cells in firsts[sign] if any(cell.strip() for cell in cells)]
        widths = Counter(len(cells) for cells in rows)
        several = sum(widths.values()) - widths[1]
        if several:
            clean = sum(not any(other in cells[0] for other in signs if other != sign) for cells in rows)
            usual = widths.most_common(1)[0][1]
            table = table or sum(sum(map(bool, map(str.strip, cells))) > 1 for cells in rows) * 2 > len(rows)
            scores[sign] = (several * 2 >= len(rows), len(rows[0]) > 1, clean / len(rows), usual / len(rows))
    order = sorted(scores, key=lambda sign: scores[sign], reverse=True)
    often: list[str | None] = [sign for sign in order if scores[sign][0]]
    lines = [cells[0] for _, cells in firsts[None] if cells[0].strip()]
    if sum(LABELLED.match(STAMP.sub("", line)) is not None for line in lines) * 2 > len(lines):
        return [None, *order]
    return often if table else [*often, None, *(sign for sign in order if sign not in often)]


def _looks_like_data(cells: Sequence[str]) -> bool:
    """Whether a line holds addresses rather than column names."""
    return any("://" in cell or cell.strip().startswith("@") or re.search(r"\w\.\w+/", cell) for cell in cells)


def _not_understood(label: str, line: str, delimiters: Sequence[str]) -> InputError:
    """Return what to say of a text that has no shape: what its first line lacks."""
    cells = max((first_cells(line, sign) for sign in delimiters), key=len)
    mapped = map_columns(cells)
    if _looks_like_data(cells):
        return InputError(
            f"{label}: the first line looks like data, not like column names",
            hint="say which column is which: --columns customer=1,resource=2",
        )
    known = f" (found: {mapped.said()})" if mapped.positions else ""
    if "customer" not in mapped.positions:
        return InputError(
            f"{label}: no column tells the customer{known}",
            hint='name one "customer", or say which it is: --columns customer=HEADER,resource=HEADER',
        )
    if mapped.complete:
        return InputError(
            f"{label}: these are accounts and their names, and nothing tells whose list it is",
            hint='name the file after the customer, or add a column "customer"',
        )
    return InputError(
        f"{label}: no column tells what the customers follow{known}",
        hint='name one "resource", or say which it is: --columns customer=HEADER,resource=HEADER',
    )
