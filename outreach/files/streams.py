"""Pipes and open files (``<(…)``, a FIFO, ``/dev/stdin``, ``-``) give their bytes once, so they are copied first."""

from __future__ import annotations

import os
import re
import select
import stat
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.errors import InputError
from outreach.files import BLOCK_BYTES, HEAD_BYTES
from outreach.files.paths import shown_path, unreadable
from outreach.leftovers import private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "STDIN",
    "blocks_of",
    "first_bytes",
    "identity",
    "is_stream",
    "open_once",
    "read_once",
    "refuse_stream",
    "standard_input",
]

STDIN: Final = "-"
MOST_BYTES: Final = 256 << 20  # of a table that is read whole
POLL_SECONDS: Final = 0.1
_OPEN_FILE: Final = re.compile(r"/dev/(?:stdin|fd/([0-9]{1,4}))|/proc/self/fd/([0-9]{1,4})").fullmatch


def is_stream(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a pipe or a device, or names a file that is open already.

    Example:
        >>> is_stream("/dev/stdin"), is_stream("likes.csv"), is_stream(os.curdir)
        (True, False, False)

    """
    if _OPEN_FILE(os.fspath(path)):
        return True
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - a path that may be text
    except (OSError, ValueError):
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def first_bytes(path: Path, size: int = HEAD_BYTES) -> bytes:
    """Return the beginning of a file."""
    with path.open("rb") as stream:
        return stream.read(size)


def identity(path: str) -> tuple[int, int] | None:
    """Return what tells a pipe from all others, by whatever name it is called; None for what can be read again."""
    try:
        found = os.fstat(0) if path == STDIN else os.stat(path)  # noqa: PTH116 - a path that may be text
    except (OSError, ValueError):
        return None
    is_pipe = stat.S_ISFIFO(found.st_mode) or stat.S_ISSOCK(found.st_mode)
    return (found.st_dev, found.st_ino) if is_pipe else None


@contextmanager
def read_once(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a file with the bytes of ``path`` that can be read again: a copy of a stream, all others themselves.

    Messages call it as before, by ``path``.

    Raises:
        InputError: A stream cannot be read, or is longer than any table that is read whole.

    """
    if os.fspath(path) != STDIN and not is_stream(path):
        yield Path(path)
        return
    label = "stdin" if os.fspath(path) == STDIN else shown_path(os.fspath(path))
    with private_folder() as folder:
        copy = folder / f"stream{Path(path).suffix[:16]}"
        try:
            with standard_input() if label == "stdin" else open_once(path) as stream, copy.open("wb") as file:
                file.writelines(blocks_of(stream, label, MOST_BYTES))
        except OSError as err:
            raise unreadable(label, err) from err
        yield copy


def blocks_of(stream: BinaryIO, label: str, most: int | None = None) -> Iterator[bytes]:
    """Yield what a stream gives, as it comes: who waits for a whole block does not hear Ctrl-C between its parts.

    Raises:
        InputError: There are more than ``most`` bytes; a device that is no terminal may have no end.

    """
    read = getattr(stream, "read1", stream.read)
    most = MOST_BYTES if most is None and _is_device(stream) else most
    size = 0
    _wait_for(stream)
    while block := read(BLOCK_BYTES):
        size += len(block)
        if most is not None and size > most:
            raise InputError(f"longer than {most >> 20} MB", where=label, hint="tables are shorter: check what it is")
        yield block
        _wait_for(stream)


def _is_device(stream: BinaryIO) -> bool:
    try:
        return stat.S_ISCHR(os.fstat(stream.fileno()).st_mode) and not stream.isatty()
    except (OSError, ValueError, AttributeError):  # a test's stand-in for standard input
        return False


def _wait_for(stream: BinaryIO) -> None:
    """Wait until a stream has something; again and again, for a signal just before a wait does not end it."""
    if os.name == "nt":  # only sockets can be waited for there
        return
    with suppress(OSError, ValueError, TypeError):  # a test's stand-in for standard input
        while not select.select([stream], [], [], POLL_SECONDS)[0]:
            continue


def open_once(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file or a stream.

    A socket, and a pipe of another user, cannot be opened by its name in ``/dev/fd``; what is open already can be read.

    Raises:
        OSError: It cannot be opened.

    """
    try:
        return Path(path).open("rb")
    except OSError:
        if (found := _OPEN_FILE(os.fspath(path))) is None:
            raise
        return os.fdopen(os.dup(int(found[1] or found[2] or 0)), "rb")


def refuse_stream(path: str | os.PathLike[str]) -> None:
    """Refuse a stream where a sheet is read and written back.

    Raises:
        InputError: It is one.

    """
    if is_stream(path):
        raise InputError(
            "this is not a file, and the sheet must be written back to where it was read",
            where=shown_path(os.fspath(path)),
            hint="give the name of a file",
        )


@contextmanager
def standard_input() -> Iterator[BinaryIO]:
    """Give standard input, which stays open.

    Raises:
        InputError: It is closed.

    """
    if sys.stdin is None:
        raise InputError(
            "standard input is closed: there is nothing to read", hint="give a file, or send one through a pipe"
        )
    yield sys.stdin.buffer
