"""Delimited text: its delimiter, its columns, its shape."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected
from outreach.files.delimited import DELIMITERS
from outreach.files.lines import LINE_BYTES, rows_of
from outreach.files.long_cells import first_cells
from outreach.likes.plain.columns import below_header, explained, turned, without_followers
from outreach.likes.plan import NONE, Fault, Form, ReadPlan
from outreach.likes.tables import Long, offered, pairs_of_head, recognise, shapes_to_ask
from outreach.likes.tables.blocks import recognise_plain_addresses
from outreach.likes.tables.contract import Head, first_rows
from outreach.likes.tables.lines import STAMP, are_messages
from outreach.likes.tables.long import AS_HEADER, COMMAS
from outreach.words.cells import is_total
from outreach.words.columns import choose_columns, map_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.likes.plan import ReadOptions
    from outreach.likes.tables.contract import Shape
    from outreach.words.columns import Mapped

__all__ = ["HeaderLine", "plan_text"]

LABELLED: Final = re.compile(r"(?![\d./\s-]+:\d\d)[^:,;|\t/]{1,40}:(?!//)")  # Anna: t.me/smm_riga; no time of a day
TAIL_BYTES: Final = 16 * 1024
TAIL_ROWS: Final = 20
LONGEST_HEADER: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """The first line of a text, taken for column names under some delimiter.

    Args:
        delimiter: Between cells.
        start: Lines before the first row: blank ones, and Excel's ``sep=;``.
        skip: Lines before the first row of data.
        cells: Its texts.
        mapped: Which column says what.

    """

    delimiter: str
    start: int
    skip: int
    cells: Sequence[str]
    mapped: Mapped


def plan_text(label: str, titles: Sequence[str], path: Path, options: ReadOptions) -> ReadPlan:
    """Return how a delimited text, or a text of one address a line, is to be read.

    Args:
        label: What messages call it.
        titles: The names around it, for the customer or the platform that they may tell.
        path: The text in UTF-8.
        options: What the user says about it.

    Raises:
        InputError: It does not tell who follows what.

    """
    return _plain_list(label, titles, path, options) or _best_plan(label, titles, path, options)


def _best_plan(label: str, titles: Sequence[str], path: Path, options: ReadOptions) -> ReadPlan:
    """Return the plan of a text that may be anything, by its beginning."""
    text = _head_lines(path)
    lines = text.split("\n")
    start, delimiters = _announced(label, lines)
    best, failure = _by_first_line(label, lines, start, delimiters, options.columns)
    if best is not None:
        rows, whole = _first_rows(path, start, best.delimiter)
        head = Head.asked(label, titles, rows, options, whole=whole)
        shape = recognise(head, options.counted)
        if shape is None and any(line > best.skip and any(cells) for line, cells in rows):
            raise _not_understood(label, lines[start], delimiters, [head])
        if shape is None:
            return _below_header(label, path, best)
        if isinstance(shape, Long) and shape.plain and not whole and _ends_in_total(path, best):
            shape = replace(shape, totals=True)
        if isinstance(shape, Long) and shape.plain and shape.skip == best.skip and not shape.of_places:
            plan = _below_header(label, path, replace(best, mapped=shape.mapped), shape)
        else:
            plan = _laid_out(label, path, best.delimiter, start, _of_width(shape, rows))
        plan = explained(plan, head, shape, options)
        return replace(plan, pairs=pairs_of_head(head)) if isinstance(shape, Long) else plan
    if re.match(r"\s*<(!doctype|html|\?xml|head|body)", text, re.IGNORECASE):
        raise InputError("this is a web page, not a table", where=label, hint="open it and save the table as CSV")
    firsts = {delimiter: _first_rows(path, start, delimiter) for delimiter in (*delimiters, None)}
    heads: list[Head] = []
    for delimiter in _likely({delimiter: rows for delimiter, (rows, _) in firsts.items()}):
        rows, whole = firsts[delimiter]
        heads.append(Head.asked(label, titles, rows, options, whole=whole))
        try:
            shape = recognise(heads[-1], options.counted)
        except InputError as err:
            failure = failure or err
            continue
        if shape is not None:
            return explained(_laid_out(label, path, delimiter, start, shape), heads[-1], shape, options)
    raise failure or _not_understood(label, lines[start], delimiters, heads)


def _plain_list(label: str, titles: Sequence[str], path: Path, options: ReadOptions) -> ReadPlan | None:
    """Return the plan of a text of plain addresses, under which no delimiter finds more than one cell."""
    rows, whole = _first_rows(path, 0, None)
    head = Head.asked(label, titles, rows, options, whole=whole)
    if options.counted is not None or recognise_plain_addresses(head) is None:
        return None
    shape = recognise(head)
    return None if shape is None else explained(_laid_out(label, path, None, 0, shape), head, shape, options)


def _below_header(label: str, path: Path, header: HeaderLine, shape: Long | None = None) -> ReadPlan:
    """Return the plan of a text whose header line says it all.

    Args:
        label: What messages call it.
        path: The file.
        header: Its header line.
        shape: What the rows show beside that, where somebody looked.

    """
    mapped = header.mapped
    guessed = mapped.headers is None and header.skip and not map_columns(header.cells).positions
    constants = shape.constants if shape else NONE
    fits = shape.fits if shape else ()
    return below_header(
        ReadPlan(
            label,
            Form.TEXT,
            path,
            delimiter=header.delimiter,
            start=header.start,
            skip=header.skip,
            width=max(len(header.cells), len(mapped.headers or ())),
            faults=(Fault.MORE_CELLS, Fault.ASKEW) if fits else (Fault.MORE_CELLS,),
            fits=fits,
            bad=(Rejected("", header.skip, AS_HEADER),) if guessed else (),
            mapped=mapped,
            description=", ".join(
                [mapped.describe(), *_of_all(constants), *([COMMAS] if shape and shape.commas else [])]
            ),
        ),
        mapped,
        constants,
    )


def _of_all(constants: Mapping[str, str]) -> Iterator[str]:
    """Describe what all rows have in common; a customer's label is not repeated."""
    if "customer" in constants:
        yield "customer = the name of the file"
    if "platform" in constants:
        yield f"platform = {constants['platform']}, by the name of the file"


def _laid_out(label: str, path: Path, delimiter: str | None, start: int, shape: Shape) -> ReadPlan:
    """Return the plan of a text whose rows have to be turned."""
    plan = turned(ReadPlan(label, Form.TEXT, path, delimiter=delimiter, start=start), shape)
    return without_followers(plan, shape.mapped) if isinstance(shape, Long) else plan


def _of_width(shape: Shape, rows: Sequence[Row]) -> Shape:
    """Return a shape that knows its number of columns, where few rows have more."""
    if not isinstance(shape, Long) or shape.mapped.headers is None:
        return shape
    width = len(shape.mapped.headers)
    below = [cells for line, cells in rows if line > shape.skip and any(cells)]
    wider = sum(any(cell.strip() for cell in cells[width:]) for cells in below)
    return replace(shape, width=width) if wider * 2 < len(below) else shape


def _first_rows(path: Path, start: int, delimiter: str | None) -> tuple[list[Row], bool]:
    """Return the first rows of a text under a delimiter, and whether these are all."""
    found = (row for row in rows_of(path, delimiter) if not isinstance(row, Rejected) and row[0] > start)
    return first_rows(found)


def _ends_in_total(path: Path, best: HeaderLine) -> bool:
    """Whether a row of sums stands at the end of a long text, far below the rows that were looked at."""
    with path.open("rb") as stream:
        stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
        lines = stream.read().decode("utf-8", "replace").splitlines()[-TAIL_ROWS:]
    owner = best.mapped.positions.get("customer", 0)
    rows = (line.split(best.delimiter) for line in lines)
    return any(is_total(cell.strip(' "')) for row in rows for cell in (row[0], *row[owner : owner + 1]))


def _announced(label: str, lines: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return the lines before the first row and the delimiters that may be; Excel's ``sep=;`` tells the one."""
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    announced = re.fullmatch(r'"?sep=(.)"?', lines[start].strip("\r\n ")) or re.fullmatch("sep=(\t)", lines[start])
    start += announced is not None
    if not any(line.strip() for line in lines[start:]):
        raise InputError("the file is empty", where=label, hint="export or save it again")
    if len(lines[start]) > LONGEST_HEADER:
        raise InputError(
            "this line is too long for column names",
            where=label,
            line=start + 1,
            hint="give a table with one row on each line: CSV, TSV, JSON or Parquet",
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
) -> tuple[HeaderLine | None, InputError | None]:
    """Choose the delimiter under which the first line, taken for the header, tells most; none where it tells little."""
    best: tuple[tuple[int, int], HeaderLine] | None = None
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
            best = score, HeaderLine(delimiter, start, start if data else start + reader.line_num, header, mapped)
    return (None, failure) if best is None else (best[1], None)


def _likely(firsts: Mapping[str | None, Sequence[Row]]) -> list[str | None]:
    """Return the delimiters under which a text may be a table, the likeliest first; None is one cell a line.

    A text whose lines mostly have two filled cells is a table: then a line is no cell, unless it begins with a label.
    """
    signs = [sign for sign in firsts if sign is not None]
    scores: dict[str, tuple[bool, bool, bool, float, float]] = {}
    table = False
    for sign in signs:
        rows = [cells for _, cells in firsts[sign] if any(cell.strip() for cell in cells)]
        widths = Counter(len(cells) for cells in rows)
        several = sum(widths.values()) - widths[1]
        if several:
            clean = sum(not any(other in cells[0] for other in signs if other != sign) for cells in rows)
            usual = widths.most_common(1)[0][1]
            table = table or sum(sum(map(bool, map(str.strip, cells))) > 1 for cells in rows) * 2 > len(rows)
            often = several * 2 >= len(rows)
            scores[sign] = (often, clean * 2 > len(rows), len(rows[0]) > 1, clean / len(rows), usual / len(rows))
    order = sorted(scores, key=lambda sign: scores[sign], reverse=True)
    frequent: list[str | None] = [sign for sign in order if scores[sign][0]]
    lines = [cells[0] for _, cells in firsts[None] if cells[0].strip()]
    if are_messages(lines):
        return [None]
    if sum(LABELLED.match(STAMP.sub("", line)) is not None for line in lines) * 2 > len(lines):
        return [None, *order]
    return frequent if table else [*frequent, None, *(sign for sign in order if sign not in frequent)]


def _looks_like_data(cells: Sequence[str]) -> bool:
    """Whether a line holds addresses rather than column names."""
    return any("://" in cell or cell.strip().startswith("@") or re.search(r"\w\.\w+/", cell) for cell in cells)


def _not_understood(label: str, line: str, delimiters: Sequence[str], heads: Sequence[Head]) -> InputError:
    """Return what to say of a text that has no shape: what its first line lacks, and the shapes that it may have."""
    shapes = next(filter(None, map(shapes_to_ask, heads)), ())
    cells = max((first_cells(line, sign) for sign in delimiters), key=len)
    mapped = map_columns(cells)
    if _looks_like_data(cells):
        error = InputError(
            "the first line looks like data, not like column names",
            where=label,
            hint="give the columns: --columns customer=1,resource=2",
        )
        return offered(error, shapes)
    known = f" (found: {mapped.describe()})" if mapped.positions else ""
    if "customer" not in mapped.positions:
        error = InputError(
            f"no column has the customer{known}",
            where=label,
            hint='name a column "customer", or give the columns: --columns customer=HEADER,resource=HEADER',
        )
        return offered(error, shapes)
    if mapped.complete:
        return InputError(
            "these are accounts and their names, but it is unknown whose list it is",
            where=label,
            hint='name the file after the customer, give --customer NAME, or add a column "customer"',
        )
    error = InputError(
        f"no column has what the customers follow{known}",
        where=label,
        hint='name a column "resource", or give the columns: --columns customer=HEADER,resource=HEADER',
    )
    return offered(error, shapes)
