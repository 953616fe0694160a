"""All files below a folder, and what of it may not be read: nothing of a folder vanishes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from outreach.errors import InputError
from outreach.files.paths import shown_path, unreadable

__all__ = ["Unread", "Walked", "walk"]

HIDDEN: Final = (".", "~$", "__MACOSX")
"""How names begin that no person gave: hidden files, locks of office programs, what a Mac puts into archives."""


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that a person may have meant to be read.

    Args:
        path: Where it is.
        error: Why, in one sentence.

    """

    path: Path
    error: InputError


@dataclass(frozen=True, slots=True)
class Walked:
    """What lies below a folder.

    Args:
        files: In the order of their paths; also those that may not be opened.
        unread: Folders that may not be read or went away meanwhile, and links that lead nowhere.
        others: Links to folders elsewhere, which are not followed, and what is no file: pipes, sockets, devices.

    """

    files: tuple[Path, ...]
    unread: tuple[Unread, ...]
    others: tuple[Unread, ...] = ()


def walk(folder: Path) -> Walked:
    """Return what lies below a folder, hidden things left out; links to folders are not followed.

    What may not be looked at counts as a file: who opens it is told why it cannot be read.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as name:
        ...     (Path(name) / "anna").mkdir()
        ...     _ = (Path(name) / "anna" / "follows.csv").write_text("")
        ...     [file.name for file in walk(Path(name)).files]
        ['follows.csv']

    """
    files: list[Path] = []
    unread: list[Unread] = []
    others: list[Unread] = []
    waiting, top = [folder], Path(os.path.realpath(folder))
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(inside) as entries:
                seen = [entry for entry in entries if not entry.name.startswith(HIDDEN)]
        except OSError as err:
            unread.append(Unread(inside, unreadable(shown_path(inside), err)))
            continue
        waiting += [inside / entry.name for entry in seen if _is_folder(entry)]
        for entry in seen:
            if error := _leads_nowhere(entry):
                unread.append(Unread(inside / entry.name, unreadable(shown_path(inside / entry.name), error)))
            elif other := _is_other(entry, inside / entry.name, top):
                others.append(Unread(inside / entry.name, other))
            elif _is_file(entry):
                files.append(inside / entry.name)
    return Walked(tuple(sorted(files)), _in_order(unread), _in_order(others))


def _in_order(unread: list[Unread]) -> tuple[Unread, ...]:
    return tuple(sorted(unread, key=lambda one: one.path))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return True


def _is_other(entry: os.DirEntry[str], path: Path, top: Path) -> InputError | None:
    """Return why something is not read, None for files, for folders, and for links to what is read anyway."""
    label = shown_path(path)
    try:
        mode = entry.stat().st_mode
        if stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and not entry.is_symlink()):
            return None
        if not stat.S_ISDIR(mode):
            return InputError(
                "this is a pipe or a device, not a file", where=label, hint="give it on its own, or remove it"
            )
        if Path(os.path.realpath(path)).is_relative_to(top):
            return None
    except OSError:
        return None
    return InputError("a link to another folder is not followed", where=label, hint="give that folder too")


def _leads_nowhere(entry: os.DirEntry[str]) -> OSError | None:
    """Return why a link leads to nothing, None where it leads to something or is none."""
    try:
        if entry.is_symlink():
            entry.stat()
    except PermissionError:
        return None
    except OSError as err:
        return err
    return None
