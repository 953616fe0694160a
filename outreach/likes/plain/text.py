"""Delimited text: its encoding, its delimiter, its columns."""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.likes.plain.columns import Mapped, choose_columns, map_columns
from outreach.likes.plain.lines import BLOCK_BYTES, LINE_BYTES, BadLine, safe_copy
from outreach.likes.spool import new_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from outreach.likes.sources import Source

__all__ = ["Text", "decoded", "prepare"]

DELIMITERS: Final = (",", ";", "\t", "|")
BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ALPHABETS: Final = bytes(range(6))  # upper bytes of Latin, Greek, Cyrillic, Armenian in UTF-16; controls in UTF-8
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


def decoded(source: Source, spool: Path) -> Path:
    """Return a path to the text as UTF-8.

    Raises:
        InputError: The text is in another encoding, or is no text.

    """
    name = next((name for bom, name in BOMS if source.head.startswith(bom)), None) or _unmarked_utf16(source.head)
    if name is None:
        _refuse_other_encodings(source)
        return source.path
    target = new_file(spool)
    decoder = codecs.getincrementaldecoder(name)(errors="replace")
    with source.open() as stream, target.open("wb") as copy:
        while block := stream.read(BLOCK_BYTES):
            copy.write(decoder.decode(block).encode("utf-8", errors="replace"))
        copy.write(decoder.decode(b"", final=True).encode("utf-8", errors="replace"))
    return target


def _unmarked_utf16(head: bytes) -> str | None:
    """Recognise UTF-16 without its mark: every second byte is the small number of an alphabet."""
    pairs = len(head) // 2
    if 0 in head:
        first, second = (len(half) - len(half.translate(None, ALPHABETS)) for half in (head[::2], head[1::2]))
        if second > pairs * 0.5 and first < pairs * 0.2:
            return "utf-16-le"
        if first > pairs * 0.5 and second < pairs * 0.2:
            return "utf-16-be"
    return None


def _refuse_other_encodings(source: Source) -> None:
    head = source.head
    if head.count(0) > len(head) / 100:
        raise InputError(
            f"{source.label}: this is not text",
            hint="give a table: CSV, TSV, JSON or Parquet; save workbooks as CSV UTF-8",
        )
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
    except UnicodeDecodeError as err:
        share = sum(byte >= 0x80 for byte in head) / len(head)
        control = sum(byte < 9 or 13 < byte < 32 for byte in head) / len(head)
        if control > 0.02 or share > 0.9:
            raise InputError(
                f"{source.label}: this is not text",
                hint="give a table: CSV, TSV, JSON or Parquet; save workbooks as CSV UTF-8",
            ) from err
        line = head.count(b"\n", 0, err.start) + 1
        raise InputError(
            f"{source.label}, line {line}: the text is not UTF-8 (an older Windows or Mac encoding)",
            hint='in Excel save it as "CSV UTF-8 (comma delimited)", elsewhere choose the encoding UTF-8',
        ) from err


def prepare(source: Source, path: Path, spool: Path, chosen: Mapping[str, str]) -> Text:
    """Find the delimiter and the columns, and make the text safe to read.

    Raises:
        InputError: The table does not tell who follows what.

    """
    head = _head_lines(path)
    skip, delimiter, header, mapped = _recognised(source, head, chosen)
    safe, look, bad = safe_copy(path, spool, delimiter, len(header))
    bad = [line for line in bad if line.line > skip]
    if mapped.headers is None and skip and not map_columns(header).positions:
        bad.insert(0, BadLine(skip, AS_HEADER))
    return Text(safe, delimiter, header, mapped, skip, look.quotes, look.spaced, tuple(bad))


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


def _recognised(source: Source, head: str, chosen: Mapping[str, str]) -> tuple[int, str, list[str], Mapped]:
    """Choose the delimiter under which the header tells most."""
    lines = head.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    announced = re.fullmatch(r'"?sep=(.)"?', lines[start].strip("\r\n ")) or re.fullmatch("sep=(\t)", lines[start])
    if announced:
        start += 1
    delimiters = (announced[1],) if announced else DELIMITERS
    if not any(line.strip() for line in lines[start:]):
        raise InputError(f"{source.label}: the file is empty", hint="export or save it again")
    if len(lines[start]) > LONGEST_HEADER:
        raise InputError(
            f"{source.label}, line {start + 1}: this line is too long for column names",
            hint="give a table with one row a line: CSV, TSV, JSON or Parquet",
        )
    best: tuple[tuple[int, int], int, str, list[str], Mapped] | None = None
    failure: InputError | None = None
    for delimiter in delimiters:
        reader = csv.reader((line + "\n" for line in lines[start:]), delimiter=delimiter)
        try:
            header = next(reader, [])
            mapped = choose_columns(header, chosen, source.label) if chosen else map_columns(header)
        except csv.Error:
            continue
        except InputError as err:
            failure = failure or err
            continue
        score = (len(mapped.positions) if mapped.complete else 0, len(header))
        if best is None or score > best[0]:
            best = (score, start + reader.line_num, delimiter, header, mapped)
    if best is None:
        raise failure or InputError(f"{source.label}: this is not a table", hint="give a CSV file with a header line")
    _, skip, delimiter, header, mapped = best
    _refuse_incomplete(source.label, head, header, mapped)
    return (start if mapped.headers is None and _looks_like_data(header) else skip), delimiter, header, mapped


def _looks_like_data(cells: Sequence[str]) -> bool:
    """Whether a line holds addresses rather than column names."""
    return any("://" in cell or cell.strip().startswith("@") or re.search(r"\w\.\w+/", cell) for cell in cells)


def _refuse_incomplete(label: str, head: str, header: Sequence[str], mapped: Mapped) -> None:
    if mapped.complete:
        return
    if re.match(r"\s*<(!doctype|html|\?xml|head|body)", head, re.IGNORECASE):
        raise InputError(f"{label}: this is a web page, not a table", hint="open it and save the table as CSV")
    if _looks_like_data(header):
        raise InputError(
            f"{label}: the first line looks like data, not like column names",
            hint="say which column is which: --columns customer=1,resource=2",
        )
    known = f" (found: {mapped.said()})" if mapped.positions else ""
    if "customer" not in mapped.positions:
        raise InputError(
            f"{label}: no column tells the customer{known}",
            hint='name one "customer", or say which it is: --columns customer=HEADER,resource=HEADER',
        )
    raise InputError(
        f"{label}: no column tells what the customers follow{known}",
        hint='name one "resource", or say which it is: --columns customer=HEADER,resource=HEADER',
    )
