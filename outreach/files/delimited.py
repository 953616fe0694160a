"""Delimited text that Python reads and writes record by record; whole tables are the engine's."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from outreach.errors import InputError
from outreach.files import HEAD_BYTES
from outreach.files.encodings import encoding_of
from outreach.files.grid import HEADER_WITHIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from outreach.files.grid import Row

__all__ = ["DELIMITERS", "delimited", "delimiter_of", "records", "text_of"]

LINE_CHARACTERS: Final = 5_000  # of a line are looked at: all of them together are less than the longest cell
DELIMITERS: Final = (",", ";", "\t", "|")
SEP: Final = re.compile(r"sep=([;,|\t])")

_END: Final = "\r\n"  # the writer quotes the signs of its own line end only, and a cell may hold either


def delimited(rows: Iterable[Sequence[object]], *, delimiter: str = ",", line_end: str = "\n") -> str:
    r"""Return rows as text, quoted where needed; cells are as they are given.

    Example:
        >>> delimited([["a", 1, None], ["b\r", "d,e", "f"]])
        'a,1,\n"b\r","d,e",f\n'

    """
    lines: list[str] = []
    for row in rows:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=delimiter, lineterminator=_END).writerow(row)
        lines.append(line.getvalue().removesuffix(_END) + line_end)
    return "".join(lines)


def delimiter_of(lines: Sequence[str], known: Callable[[Sequence[str]], int] | None = None) -> str:
    """Return what stands between the cells of a text.

    A first line such as ``sep=;`` decides; else what makes most columns that are known of one of the first lines, or,
    where no headers are known, most cuts in lines of the same number of cells.

    Args:
        lines: The first lines, with or without a mark before them.
        known: How many of the cells of a line are headers that the caller knows.

    Example:
        >>> delimiter_of(["a list", "place;link"], lambda cells: len({"place", "link"} & {*cells}))
        ';'
        >>> delimiter_of(["# a, b", "Source;Visits", "vk, public;1 200", "tg;5"])
        ';'

    """
    if lines and (said := SEP.fullmatch(lines[0].strip("\r\n \ufeff"))):
        return said[1]
    if known is None:
        content = [line for line in lines if not line.startswith("#")]  # below a preamble of remarks
        return max(DELIMITERS, key=lambda delimiter: _agreement(content, delimiter))
    first = [line[:LINE_CHARACTERS] for line in lines[: HEADER_WITHIN + 1]]
    return max(DELIMITERS, key=lambda delimiter: max(map(known, csv.reader(first, delimiter=delimiter)), default=0))


def _agreement(lines: Sequence[str], delimiter: str) -> int:
    """Return how many cuts a delimiter makes in the lines that it cuts into the most usual number of cells."""
    try:
        counts = Counter(len(cells) - 1 for cells in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0
    return max((cuts * of_lines for cuts, of_lines in counts.items()), default=0)


def text_of(path: str | Path, encoding: str | None = None, label: str | None = None) -> tuple[str, str]:
    """Return a text and its encoding, as Python names it; messages call the file ``label``.

    Raises:
        InputError: It cannot be read, or is not in that encoding.

    """
    label = str(path) if label is None else label
    content = _content(path, label)
    name = encoding_of(label, content[:HEAD_BYTES], encoding).name
    if name == "utf-8" and content.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    try:
        return content.decode(name), name
    except UnicodeDecodeError as err:
        raise InputError(
            f"some of it is not valid {name}",
            where=label,
            hint='save it as "CSV UTF-8", or give its encoding: --encoding',
        ) from err


def _content(path: str | Path, label: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except FileNotFoundError as err:
        raise InputError("no such file", where=label, hint="outreach resources makes a sheet") from err
    except OSError as err:
        raise InputError(f"cannot be read ({err.strerror})", where=label, hint="check the path") from err


def records(label: str, text: str | TextIO, delimiter: str) -> Iterator[Row]:
    """Yield every record of a text, or of an open file, with the line on which it begins.

    Raises:
        InputError: A quote is never closed.

    """
    lines = io.StringIO(text, newline="") if isinstance(text, str) else text
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as err:
        raise InputError(
            "a quotation mark that is never closed, or an endless cell",
            where=label,
            line=line,
            hint="check the quotation marks of that line",
        ) from err
