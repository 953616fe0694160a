"""All files below a folder, and what of it may not be read: nothing of a folder vanishes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - the example needs it
from typing import Final

from outreach.errors import InputError

__all__ = ["Unread", "Walked", "shown_path", "unreadable", "walk"]

HIDDEN: Final = (".", "~$", "__MACOSX")
"""How names begin that no person gave: hidden files, locks of office programs, what a Mac puts into archives."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A folder whose content is not known, or a link to nothing.

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

    """

    files: tuple[Path, ...]
    unread: tuple[Unread, ...]


def walk(folder: Path) -> Walked:
    """Return what lies below a folder, hidden things left out; links to folders are not followed.

    What may not be looked at counts as a file: who opens it is told why it cannot be read. Pipes and devices are none.

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
    waiting = [folder]
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
            elif _is_file(entry):
                files.append(inside / entry.name)
    return Walked(tuple(sorted(files)), tuple(sorted(unread, key=lambda one: one.path)))


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


def shown_path(path: str | Path) -> str:
    """Return what messages call a path: what is no text, or moves a terminal's cursor, is escaped."""
    text = str(path).encode("utf-8", "backslashreplace").decode()
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda control: repr(control[0])[1:-1], text)


def unreadable(label: str, err: OSError | ValueError) -> InputError:
    """Return why something that is there cannot be read."""
    if isinstance(err, PermissionError):
        return InputError(f"{label}: no permission to read it", hint="ask its owner, or copy it to your own folder")
    if isinstance(err, FileNotFoundError):
        return InputError(f"{label}: it is gone, or a link to what is gone", hint="put it back, or remove the link")
    if isinstance(err, ValueError):  # a NUL in the path
        return InputError("a path holds a character that no path can hold", hint="rename the file")
    return InputError(f"{label}: cannot be read ({err.strerror or 'unknown reason'})", hint="copy it to this computer")
