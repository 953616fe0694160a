"""Files that were dropped or pasted, into the campaign's folder of lists: whole, under harmless names, nothing lost."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.app.campaigns import RESERVED
from outreach.app.desk import Written, now
from outreach.errors import InputError, OutputError
from outreach.files.output import store

if TYPE_CHECKING:
    from outreach.app.desk import Desk

__all__ = ["harmless", "keep_file", "keep_text", "move", "put_aside", "take_back"]

ASIDE: Final = "replaced"
"""Folder for files that others took the place of; it is not read."""
LONGEST: Final = 120
DEEPEST: Final = 12
BLOCK: Final = 1 << 20
SIGNS: Final = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')
NOTHING: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def harmless(name: str) -> PurePosixPath | None:
    r"""Return the path of a file as it may be written below a folder; None for what systems put beside files.

    Args:
        name: As a browser sent it: a name, or for a folder the path inside of it.

    Example:
        >>> [str(harmless(one)) for one in ("../../etc/passwd", r"C:\lists\a.csv", "Anna/likes:1.csv", "con.txt")]
        ['etc/passwd', 'C/lists/a.csv', 'Anna/likes 1.csv', '_con.txt']
        >>> harmless(".DS_Store"), harmless("../"), harmless("~$follows.xlsx")
        (None, None, None)

    """
    parts = []
    for part in re.split(r"[/\\]", name):
        plain = " ".join(SIGNS.sub(" ", part).split()).rstrip(" .")
        if not plain:
            continue
        if plain.startswith((".", "~$")) or plain.casefold() in NOTHING:
            return None
        stem, ending = os.path.splitext(plain)  # noqa: PTH122 - a part of a name
        plain = stem[: LONGEST - len(ending)] + ending[:LONGEST]
        parts.append(f"_{plain}" if RESERVED.match(plain) else plain)
    return PurePosixPath(*parts[-DEEPEST:]) if parts else None


def keep_file(desk: Desk, name: str, content: BinaryIO, folder: Path | None = None) -> Written | None:
    """Write a file that was handed over; an older one of the name is put aside. None for what systems put beside files.

    Args:
        desk: The campaign.
        name: As the browser sent it.
        content: Of the file.
        folder: Where to; the folder of lists where it is not given.

    Raises:
        InputError: The path leads out of the campaign's folder.
        OutputError: It cannot be written.

    """
    path = harmless(name)
    if path is None:
        return None
    target = desk.within((folder or desk.lists_folder()) / path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise OutputError(f"{path}: its folder cannot be made", hint="rename it, and drop it again") from err
    if target.is_dir():
        raise OutputError(f"{path}: a folder has this name", hint="rename the file, and drop it again")

    def write(temporary: Path) -> None:
        with temporary.open("wb") as file:
            shutil.copyfileobj(content, file, BLOCK)

    if not target.exists():
        store(target, write)
        return Written(path.as_posix(), replaced=False)
    fresh = target.with_name(f".{target.name}.new")
    store(fresh, write)
    try:
        if filecmp.cmp(fresh, target, shallow=False):
            return Written(path.as_posix(), replaced=False, unchanged=True)
        aside = put_aside(desk, path.as_posix(), folder)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)
    return Written(path.as_posix(), replaced=True, aside=aside)


def take_back(desk: Desk) -> int:
    """Put files aside that were added to the lists and never read, and older ones back; return how many.

    Raises:
        InputError: One of them is gone.
        OutputError: One of them cannot be moved.

    """
    moved = 0
    while desk.added:
        one = desk.added.pop()
        if one.unchanged:
            continue
        put_aside(desk, one.name)
        moved += 1
        if one.aside is not None:
            target = desk.within(desk.lists_folder() / one.name)
            try:
                one.aside.replace(target)
            except OSError as err:
                raise OutputError(f"{one.name}: the older file cannot be put back", hint="it is in “replaced”") from err
    return moved


def keep_text(desk: Desk, text: str) -> Written:
    """Write a pasted list as a file of its own.

    Raises:
        OutputError: It cannot be written.

    """
    lists = desk.lists_folder()
    lists.mkdir(parents=True, exist_ok=True)
    number = 1
    while (target := lists / f"pasted {number}.txt").exists():
        number += 1
    store(target, lambda temporary: _write_text(temporary, text))
    return Written(target.name, replaced=False)


def _free(path: Path) -> Path:
    """Return a name that nothing bears yet."""
    number = 1
    while (free := path if number == 1 else path.with_name(f"{path.stem} {number}{path.suffix}")).exists():
        number += 1
    return free


def _write_text(path: Path, text: str) -> None:
    path.write_text(text.replace("\r\n", "\n") + "\n", encoding="utf-8", newline="\n")


def put_aside(desk: Desk, name: str, folder: Path | None = None) -> Path:
    """Move a file of lists where it is not read, and where it can be found again; return where that is.

    Args:
        desk: The campaign.
        name: Path of the file in its folder.
        folder: Of the file; that of the lists where it is not given.

    Raises:
        InputError: There is no such file in that folder.
        OutputError: It cannot be moved.

    """
    source = _there(desk, name, folder or desk.lists_folder())
    return _moved(source, desk.within(desk.folder / ASIDE), f"{now()} {source.name}")


def move(desk: Desk, name: str, folder: Path) -> Path:
    """Move a file of lists into another folder of the campaign, under a free name; return where it is now.

    Args:
        desk: The campaign.
        name: Path of the file in the folder of lists.
        folder: The other one.

    Raises:
        InputError: There is no such file among the lists.
        OutputError: It cannot be moved.

    """
    source = _there(desk, name, desk.lists_folder())
    return _moved(source, desk.within(folder), source.name)


def _there(desk: Desk, name: str, folder: Path) -> Path:
    """Return a file of a folder.

    Raises:
        InputError: There is none of this name.

    """
    path = harmless(name)
    source = desk.within(folder / path) if path else folder
    if not source.is_file() or not source.is_relative_to(os.path.realpath(folder)):
        raise InputError("there is no such file among the lists", hint="reload the page")
    return source


def _moved(source: Path, folder: Path, name: str) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return source.replace(_free(folder / name))
    except OSError as err:
        raise OutputError(f"{source.name}: it cannot be moved", hint="is it open in another program?") from err
