"""A log as lines that the engine can read: UTF-8, one request a line, none endless.

Requests come from anybody, and so do the bytes in them. A log is looked through once in blocks; only one in which
something is odd is written anew, with as many lines as before, so that their numbers stay true.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.engine import literal_path
from outreach.files.encodings import decoded, encoding_of
from outreach.files.temporary import new_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from outreach.files.source import Source

__all__ = ["beginning", "readable", "scan"]

WINDOW_BYTES: Final = 128 * 1024  # twice as much without a newline is no request: servers refuse them at 32 KB
PIECE_BYTES: Final = 2 * WINDOW_BYTES
TOO_LONG: Final = b"(too long)\n"
BETWEEN: Final = "\x01"  # the engine wants a sign between columns; in a readable log there is none
ODD: Final = bytes.maketrans(b"\0\x01\r", b"???")
UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def beginning(source: Source) -> str:
    """Return the first lines of a log as text; scanners send bytes in no encoding, and some servers log them."""
    if source.encoding or source.head.startswith(UTF16):
        return source.beginning
    return source.head.decode("utf-8", "replace").removeprefix("\ufeff")


def readable(source: Source, spool: Path) -> Path:
    """Return the path of a log that the engine can read: its own, or that of a copy in the private folder.

    What is not UTF-8 is taken for Windows' Latin letters, line by line; a line of more than half a megabyte becomes
    one that no format knows.

    Raises:
        InputError: It is no text in the encoding that the user says.

    """
    path = source.path
    if source.encoding or source.head.startswith(UTF16):
        encoding = encoding_of(source.label, source.head, source.encoding)
        if encoding.name != "utf-8":
            path = new_file(spool)
            decoded(source.path, encoding, path)
    if not _odd(path):
        return path
    target = new_file(spool)
    with path.open("rb") as stream, target.open("wb") as copy:
        for block in _cleaned(stream):
            copy.write(block)
    return target


def scan(path: Path, *, numbered: bool) -> str:
    """Return a query for the lines of a readable log, with their numbers where they are wanted (and with 0 if not).

    Numbers are right only while the engine keeps the order of rows.

    """
    number = "row_number() over ()" if numbered else "0"
    return (
        f"select {number} as number, line from read_csv({literal_path(path)}, auto_detect=false, header=false, "
        f"columns={{'line': 'VARCHAR'}}, delim='{BETWEEN}', quote='', escape='', comment='', strict_mode=false)"
    )


def _odd(path: Path) -> bool:
    """Whether there is anything in a log that the engine would stumble over; a gigabyte takes half a second."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    first = True
    with path.open("rb", buffering=0) as stream:
        while block := stream.read(PIECE_BYTES):
            if first and block.removeprefix(codecs.BOM_UTF8)[:1] in {b"\n", b"\r"}:
                return True  # the engine leaves out blank lines at the beginning, and keeps the others
            first = False
            if b"\0" in block or b"\x01" in block or b"\r" in block or _endless(block):
                return True
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return True
    return bool(decoder.getstate()[0])  # it ends inside a letter


def _endless(block: bytes) -> bool:
    ends = range(WINDOW_BYTES, len(block) + 1, WINDOW_BYTES)
    return any(block.find(b"\n", end - WINDOW_BYTES, end) < 0 for end in ends)


def _cleaned(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a log in pieces of whole lines."""
    first = True
    while block := stream.read(PIECE_BYTES):
        if not block.endswith(b"\n"):
            block += stream.readline(PIECE_BYTES)
            if not block.endswith(b"\n") and stream.read(1):  # not just the last line, without its end
                block = block[: block.rfind(b"\n") + 1] + TOO_LONG
                _skip_line(stream)
        tidy = block.replace(b"\r\n", b"\n").translate(ODD)
        if first:
            tidy = tidy.removeprefix(codecs.BOM_UTF8)
            blank = len(tidy) - len(tidy.lstrip(b"\n"))
            tidy, first = b" \n" * blank + tidy[blank:], False
        yield _utf8(tidy)


def _skip_line(stream: BinaryIO) -> None:
    while piece := stream.readline(PIECE_BYTES):
        if piece.endswith(b"\n"):
            return


def _utf8(block: bytes) -> bytes:
    try:
        block.decode()
    except UnicodeDecodeError:
        return b"\n".join(_utf8_line(line) for line in block.split(b"\n"))
    return block


def _utf8_line(line: bytes) -> bytes:
    try:
        line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace").encode()
    return line
