"""Tables into files and pipes: whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.errors import OutputError
from outreach.leftovers import lock, remove_old_files, sync_folder, temporary_name
from outreach.reporting.bulk import csv_file, json_file, jsonl_file, tsv_file
from outreach.reporting.formats import FORMATS
from outreach.reporting.markdown import markdown_file
from outreach.reporting.screen import show_file
from outreach.reporting.sheet import xlsx_file
from outreach.reporting.terminal import table_file
from outreach.stopping import postponed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from outreach.tables import Table

__all__ = ["replacing", "said_beside", "send", "stored", "told", "write"]

_MAKERS: Final[dict[str, Callable[[Table, Path], None]]] = {
    "csv": csv_file,
    "tsv": tsv_file,
    "json": json_file,
    "jsonl": jsonl_file,
    "md": markdown_file,
    "xlsx": xlsx_file,
}
_OPEN_FILES: Final = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")
_BLOCK: Final = 1 << 20
LOCKS: Final = (("~$", ""), (".~lock.", "#"))  # before and behind the name: Excel, LibreOffice
_REASONS: Final = {
    errno.ENOSPC: "no space left on the disk",
    errno.EDQUOT: "no space left in your share of the disk",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "it is a link in a circle",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENXIO: "nothing listens there",
}


def write(
    table: Table,
    format_name: str,
    output: str | os.PathLike[str],
    *,
    title: str = "",
    wide: bool = False,
    by: str = "overlap",
) -> Path:
    """Write all rows and all columns to a file that is there whole or not at all; return its path.

    The rows go to a private file in the same folder, which takes the place of ``output`` at the end; on any failure
    it is removed and an older file stays as it was. A replaced file keeps its permission bits, a link keeps pointing
    to the file. Devices, pipes and ``/dev/stdout`` are written through. A file that may not be replaced, because Excel
    holds it open on Windows, stays, and the result stands beside it.

    Args:
        table: What to write.
        format_name: One of :data:`FORMATS`.
        output: Where to.
        title: First line of ``table``; the other formats have none.
        wide: Affinity and key in ``table``; the other formats always hold all columns.
        by: What the rows are sorted by, for ``table``.

    Raises:
        OutputError: The file cannot be written, or the format cannot hold the table.
        BrokenPipeError: The reader of a pipe has gone.

    """
    make = _maker(format_name, title=title, wide=wide, by=by)
    if "\0" in os.fspath(output):
        raise OutputError("the name of the output file holds a NUL character")
    if not _written_through(output):
        return stored(Path(output), lambda temporary: make(table, temporary))
    with (
        told(os.fspath(output)),
        open(os.open(output, os.O_WRONLY | os.O_APPEND), "wb") as stream,  # noqa: PTH123 - no Path takes flags
    ):
        _pass_on(table, make, stream, shown=format_name if stream.isatty() else "")
    return Path(output)


def stored(path: Path, make: Callable[[Path], None], *, beside: bool = False) -> Path:
    """Make a file that is there whole or not at all; return its path, another where it may not be replaced.

    A file that an office program holds open stays too: the program would write over the new one when it saves.

    Args:
        path: Where it belongs.
        make: Writes it to the path that it gets.
        beside: Leave an older file as it is, and write to ``name.new.xlsx``.

    Raises:
        OutputError: It cannot be written.

    """
    beside = beside or (os.path.isfile(path) and _lock(path) is not None)  # noqa: PTH113 - Path's fails at long names
    target = _free(path) if beside else path
    try:
        with told(os.fspath(target)), replacing(Path(os.path.realpath(target))) as temporary:
            make(temporary)
    except OutputError as err:
        if beside or not isinstance(err.__cause__, PermissionError) or not path.exists():
            raise
        try:
            return stored(path, make, beside=True)
        except OutputError:
            raise err from None
    return target


def said_beside(path: Path, where: Path) -> list[str]:
    """Say that a result is not where it was meant to be, nothing where it is."""
    if where == path:
        return []
    if lock := _lock(path):
        why = f"it is open in another program, or {lock.name} beside it was left behind"
        return [f"{path} was not replaced ({why}): the result is in {where}."]
    return [f"{path} could not be replaced (is it open in Excel?): the result is in {where}."]


def _lock(path: Path) -> Path | None:
    """Return the file by which Excel (on any system) or LibreOffice says that it holds a file open, None without."""
    beside = (path.with_name(f"{mark}{path.name}{end}") for mark, end in LOCKS)
    return next((lock for lock in beside if os.path.lexists(lock)), None)


def _free(path: Path) -> Path:
    """Return a name beside a file that nothing bears yet."""
    number = 1
    while (name := path.with_name(f"{path.stem}.new{number if number > 1 else ''}{path.suffix}")).exists():
        number += 1
    return name


def send(
    table: Table,
    format_name: str,
    stream: BinaryIO,
    *,
    screen: bool = False,
    title: str = "",
    wide: bool = False,
    by: str = "overlap",
) -> None:
    """Write the bytes that :func:`write` would write to an open binary stream, in blocks.

    Args:
        table: What to write.
        format_name: One of :data:`FORMATS`.
        stream: Where to.
        screen: It is a terminal's: what that would obey is shown by its number instead.
        title: First line of ``table``.
        wide: Affinity and key in ``table``.
        by: What the rows are sorted by, for ``table``.

    Raises:
        OutputError: The stream cannot be written, or the format cannot hold the table.
        BrokenPipeError: The reader of the pipe has gone.

    """
    make = _maker(format_name, title=title, wide=wide, by=by)
    with told("standard output"):
        _pass_on(table, make, stream, shown=format_name if screen or stream.isatty() else "")


def _maker(format_name: str, *, title: str, wide: bool, by: str) -> Callable[[Table, Path], None]:
    if format_name == "table":
        return lambda table, path: table_file(table, path, title=title, wide=wide, by=by)
    if format_name not in _MAKERS:
        raise OutputError(f"{format_name}: not a format", hint=f"known formats: {', '.join(FORMATS)}")
    return _MAKERS[format_name]


def _pass_on(table: Table, make: Callable[[Table, Path], None], stream: BinaryIO, *, shown: str) -> None:
    """Make a file in the engine's private folder and copy it to the stream; on a terminal show that format."""
    path = table.engine.folder / f"out-{secrets.token_hex(8)}"
    try:
        make(table, path)
        if not show_file(path, shown, stream):
            with path.open("rb") as made:
                shutil.copyfileobj(made, stream, _BLOCK)
        stream.flush()
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a private path to write to; at the end of the block it becomes ``target``, on failure it goes."""
    old = _old_mode(target)
    temporary = target.parent / temporary_name()
    if not target.parent.is_dir():
        raise OutputError(f"the folder {target.parent.name} does not exist", hint="make it first")
    remove_old_files(target.parent)
    # A replaced file may be private: nobody else reads the new one while it grows.
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666 if old is None else 0o600)
    try:
        with _held(handle):
            yield temporary
            os.fsync(handle)
        if old is not None:
            temporary.chmod(old)
        temporary.replace(target)
    except BaseException:
        with postponed():
            temporary.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # not every file system can be asked
        sync_folder(target.parent)


@contextmanager
def _held(handle: int) -> Iterator[None]:
    """Show others that a file is being written; Windows, where a lock would keep its writers out, shows it itself."""
    try:
        if os.name != "nt":
            with suppress(OSError):  # not every file system has locks
                lock(handle)
        yield
    finally:
        os.close(handle)


def _old_mode(target: Path) -> int | None:
    """Return the permission bits of the file that will be replaced, None where there is none."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise OutputError("this is a folder", hint="give the name of a file in it")
    if not stat.S_ISREG(mode):
        raise OutputError("this is a pipe or a device, and would be replaced by a file", hint="give another name")
    if not os.access(target, os.W_OK):
        raise OutputError("this file is read-only")
    return stat.S_IMODE(mode)


def _written_through(output: str | os.PathLike[str]) -> bool:
    """Tell whether ``output`` is something that must not be replaced: a device, a pipe, an open file."""
    if os.fspath(output).startswith(_OPEN_FILES):
        return True
    try:
        mode = os.stat(output).st_mode  # noqa: PTH116 - a path that may be text
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn failures of the system and of the engine into one sentence about the file ``name``."""
    import duckdb

    try:
        yield
    except BrokenPipeError:
        raise
    except OutputError as err:
        raise OutputError(f"{name}: {err.message}", hint=err.hint) from err
    except OSError as err:
        reason = _REASONS.get(err.errno or 0, "cannot be written")
        raise OutputError(f"{name}: {reason}", hint=_hint(err)) from err
    except duckdb.IOException as err:  # its text may quote a row
        raise OutputError(f"{name}: cannot be written") from err


def _hint(err: OSError) -> str:
    return "is the file open in another program?" if os.name == "nt" and isinstance(err, PermissionError) else ""
