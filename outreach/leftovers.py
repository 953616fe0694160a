"""What a run keeps on disk while it lives, and what is removed of runs that were killed.

A run that lives holds a lock on a file, and the system lets it go with the process, however that ends. Process numbers
would tell less: containers share a folder for temporary files, and numbers are given out again.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.stopping import postponed

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "lock",
    "new_folder",
    "private_folder",
    "remove_folder",
    "remove_old_files",
    "replacing",
    "sync_folder",
    "temporary_name",
]

PREFIX: Final = "outreach-"
LOCK: Final = ".outreach-lock"
READY: Final = b"locked\n"
EMPTY_SECONDS: Final = 24 * 3600  # a folder whose lock was not made, or made and not taken
OLD_SECONDS: Final = 3600  # a file beside a result
_NAME: Final = re.compile(r"\.outreach-[0-9a-f]{16}\.tmp").fullmatch
_HELD: Final[dict[Path, tuple[int, int]]] = {}  # folder -> process that made it, handle of its lock


@contextmanager
def private_folder() -> Iterator[Path]:
    """Give a folder that nobody else can read, and remove it at the end.

    Example:
        >>> with private_folder() as folder:
        ...     _ = (folder / "list.csv").write_text("kept while it is needed")
        >>> folder.exists()
        False

    """
    folder = new_folder()
    try:
        yield folder
    finally:
        remove_folder(folder)


def new_folder() -> Path:
    """Return a new folder that nobody else can read, for :func:`remove_folder`; remove those of runs that were killed.

    Raises:
        OSError: None can be made.

    """
    with suppress(OSError):
        _remove_dead(tempfile.gettempdir())
    with postponed():
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))  # mode 0700
        if not _HELD:
            atexit.register(_remove_all)
        _HELD[folder] = (os.getpid(), _locked(folder / LOCK))
    return folder


def remove_folder(folder: Path) -> None:
    """Remove a folder and let its lock go; twice is fine. Signals wait until it is gone."""
    with postponed():
        _, handle = _HELD.pop(folder, (0, -1))
        if handle >= 0:
            os.close(handle)
        _remove(folder)


def _remove_all() -> None:
    """Remove what a second Ctrl-C left, at the end of the process that made it; one that was forked did not."""
    for folder, (process, _) in list(_HELD.items()):
        if process == os.getpid():
            remove_folder(folder)


def _locked(path: Path) -> int:
    """Make and hold the file by which others see that this process lives; -1 where the file system has no locks.

    It gets its content after the lock: who finds it empty knows that somebody is about to take it.
    """
    handle = -1
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        lock(handle)
        os.write(handle, READY)
    except OSError:
        if handle >= 0:
            os.close(handle)
        return -1
    return handle


def lock(handle: int) -> None:
    """Lock an open file until it is closed or the process ends.

    Raises:
        OSError: Somebody else holds it, or the file system has no locks.

    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove_dead(folder: str) -> None:
    """Remove the folders of runs of this user that were killed; links are not followed."""
    with os.scandir(folder) as entries:
        named = [entry for entry in entries if entry.name.startswith(PREFIX)]
    for entry in named:
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False) and _is_ours(entry.stat(follow_symlinks=False)):
                _remove_if_dead(Path(entry.path))


def _remove_if_dead(folder: Path) -> None:
    old = time.time() - folder.stat().st_mtime > EMPTY_SECONDS
    try:
        dead = _is_free(folder / LOCK) or (old and _is_bare(folder) and _is_free(folder / LOCK, empty=-1))
    except FileNotFoundError:
        if old:
            folder.rmdir()  # only an empty one: any other may be somebody's own
        return
    if dead:
        _remove(folder)


def _is_bare(folder: Path) -> bool:
    """Whether a folder holds nothing but the lock."""
    return [one.name for one in folder.iterdir()] == [LOCK]


def _is_free(path: Path, empty: int = 0) -> bool:
    """Whether nobody holds the lock on a file that was locked once.

    Raises:
        OSError: It cannot be told.

    """
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode) or found.st_size <= empty:
            return False
        lock(handle)
    except (BlockingIOError, PermissionError):  # held; as Windows says it
        return False
    finally:
        os.close(handle)
    return True


def _remove(folder: Path) -> None:
    """Remove a folder, the lock last: what is left when this is cut short still counts as of a dead run."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in [entry for entry in entries if entry.name != LOCK]:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                with suppress(OSError):
                    os.unlink(entry.path)  # noqa: PTH108 - a name may be no text
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give a new file to write to; at the end of the block it takes the place of ``path``, on failure it is removed.

    Args:
        path: Where the file belongs; its folder exists.
        mode: Who may read the new file.

    Raises:
        OSError: It cannot be written; an older file stays as it was.

    """
    remove_old_files(path.parent)
    temporary = path.parent / temporary_name()
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
    try:
        with _held(handle):
            yield temporary
            os.fsync(handle)
        temporary.replace(path)
    except BaseException:
        with postponed():
            temporary.unlink(missing_ok=True)
        raise


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


def temporary_name() -> str:
    """Return a new name for a file that takes the place of a result, for :func:`remove_old_files`."""
    return f".outreach-{os.urandom(8).hex()}.tmp"


def sync_folder(folder: Path) -> None:
    """Have the disk write which files a folder holds, so that a new name outlives a loss of power.

    Raises:
        OSError: The file system cannot be asked to; it does so in its time.

    """
    if os.name == "nt":  # which opens no folders, and does this by itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_old_files(folder: Path) -> None:
    """Remove the files from :func:`temporary_name` that runs left which were killed over an hour ago; never fails.

    Who writes such a file locks it. Windows knows no such lock, and removes no file that somebody holds open.
    """
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in [entry for entry in entries if _NAME(entry.name)]:
            with suppress(OSError):
                found = entry.stat(follow_symlinks=False)
                old = time.time() - found.st_mtime > OLD_SECONDS
                if old and stat.S_ISREG(found.st_mode) and _is_ours(found) and _is_free(Path(entry.path), empty=-1):
                    os.unlink(entry.path)  # noqa: PTH108 - a name may be no text


def _is_ours(found: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
