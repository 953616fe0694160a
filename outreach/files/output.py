"""A file is there whole or not at all, and an older one stays until then."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach import leftovers
from outreach.engine import is_io_failure
from outreach.errors import OutputError
from outreach.leftovers import sync_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["describe_place", "replacing", "store", "store_bytes", "translate_errors"]

LOCKS: Final = (("~$", ""), (".~lock.", "#"))  # before and behind the name: Excel, LibreOffice
_REASONS: Final = {
    errno.ENOSPC: "no space left on the disk",
    errno.EDQUOT: "your disk quota is used up",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
    errno.EROFS: "the disk is read-only",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ELOOP: "the link points to itself",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.ENXIO: "nothing is reading there",
}


def store(path: Path, make: Callable[[Path], None], *, beside: bool = False, in_place: bool = False) -> Path:
    """Make a file that is there whole or not at all; return its path, another where it may not be replaced.

    A file that an office program holds open stays too: the program would write over the new one when it saves.

    Args:
        path: Where it belongs.
        make: Writes it to the path that it gets.
        beside: Leave an older file as it is, and write to ``name.new.xlsx``.
        in_place: Fail rather than write to another name.

    Raises:
        OutputError: It cannot be written.

    """
    lock = _lock(path) if os.path.isfile(path) else None  # noqa: PTH113 - Path's fails at long names
    if in_place and lock:
        raise OutputError(
            f"it is open in another program, or {lock.name} next to it is left over",
            where=path.name,
            hint="close it there, and try again; nothing was changed",
        )
    beside = beside or lock is not None
    target = _free(path) if beside else path
    try:
        with translate_errors(os.fspath(target)), replacing(Path(os.path.realpath(target))) as temporary:
            make(temporary)
    except OutputError as err:
        if beside or in_place or not isinstance(err.__cause__, PermissionError) or not path.exists():
            raise
        try:
            return store(path, make, beside=True)
        except OutputError:
            raise err from None
    return target


def store_bytes(path: Path, content: bytes) -> Path:
    """Write a file as :func:`store` does; return its path.

    Raises:
        OutputError: It cannot be written.

    """

    def make(temporary: Path) -> None:
        temporary.write_bytes(content)

    return store(path, make)


def describe_place(path: Path, where: Path) -> list[str]:
    """Return a remark if a result is at another path than the one that was asked for."""
    if where == path:
        return []
    if lock := _lock(path):
        why = f"it is open in another program, or {lock.name} next to it is left over"
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


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a path to write to; at the end of the block it becomes ``target``, on failure it is removed.

    A replaced file may be private: nobody else can read the new one while it is written, and it gets the same
    permissions.

    Raises:
        OutputError: The folder does not exist, or what is there cannot be replaced by a file.
        OSError: It cannot be written.

    """
    old = _old_mode(target)
    if not target.parent.is_dir():
        raise OutputError(f"the folder {target.parent.name} does not exist", hint="make it first")
    with leftovers.replacing(target, 0o666 if old is None else 0o600) as temporary:
        yield temporary
        if old is not None:
            temporary.chmod(old)
    with suppress(OSError):  # not every file system can be asked
        sync_folder(target.parent)


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


@contextmanager
def translate_errors(name: str) -> Iterator[None]:
    """Raise failures of the system and of the engine as an :class:`OutputError` about the file ``name``."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OutputError as err:
        raise OutputError(err.message, where=name, hint=err.hint) from err
    except OSError as err:
        reason = _REASONS.get(err.errno or 0, "cannot be written")
        raise OutputError(reason, where=name, hint=_hint(err)) from err
    except Exception as err:
        if is_io_failure(err):  # its text may quote a row
            raise OutputError("cannot be written", where=name) from err
        raise


def _hint(err: OSError) -> str:
    return "is the file open in another program?" if os.name == "nt" and isinstance(err, PermissionError) else ""
