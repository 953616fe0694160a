"""The files with results behind paths: plain ones, gzip, members of ZIP archives, standard input."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files import ZIP
from outreach.files.archive import members, shown, shown_name
from outreach.files.contract import Skipped, refusal
from outreach.files.find import find_sources
from outreach.files.paths import refuse_empty, shown_path, unreadable
from outreach.files.source import REPORT_BYTES, Source
from outreach.files.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["find_files"]

MEMBERS: Final = 10_000
OF_WINDOWS: Final = ("thumbs.db", "desktop.ini")


def find_files(paths: Sequence[str], spool: Path, encoding: str | None = None) -> Iterator[Source | Skipped]:
    """Yield the files behind paths; those of folders and archives in the order of their names.

    A file with results may have any name, so that no file of a folder is left out for its name.

    Args:
        paths: Files, folders, archives, or ``-`` for standard input.
        spool: A private folder for what has to be written down first.
        encoding: Of texts; None finds out.

    Raises:
        InputError: A path does not exist, may not be read, is empty, or an archive is damaged or too large. Of a
            folder's files, such a one is skipped.

    """
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path):
            try:
                yield from [file] if isinstance(file, Skipped) else _behind(file, spool, encoding, seen)
            except InputError as error:
                if file == path:
                    raise
                yield refusal(shown_path(str(file)), error)  # the other files of the folder can be read


def _behind(file: str, spool: Path, encoding: str | None, seen: set[Path]) -> Iterator[Source | Skipped]:
    """Yield what is in one file."""
    for source in find_sources([file], spool, seen):
        if isinstance(source, Skipped):
            yield source
        else:
            yield from _opened(replace(source, encoding=encoding, exact=True, text_bytes=REPORT_BYTES), spool)


def _files(path: str) -> list[str | Skipped]:
    """Return the path itself, or the files of a folder; what may not be read there is skipped.

    Raises:
        InputError: Nothing in the folder can be read.

    """
    refuse_empty(path)
    folder = Path(path)
    if path == "-" or not os.path.isdir(folder):  # noqa: PTH112 - Path's fails at long names
        return [path]
    walked = walk(folder)
    files = [file for file in walked.files if file.name.lower() not in OF_WINDOWS]
    refused = {one.path: one.error for one in walked.unread + walked.others} | _refused(files)
    if not (readable := sorted(str(file) for file in files if file not in refused)):
        nothing = InputError(f"{path}: no files in this folder", hint="check the path")
        raise next(iter(refused.values()), nothing)
    return [*readable, *(refusal(shown_path(one), error) for one, error in refused.items())]


def _refused(files: Iterable[Path]) -> dict[Path, InputError]:
    """Return which files may not be opened, and why."""
    refused = {}
    for file in files:
        try:
            file.open("rb").close()
        except OSError as err:
            refused[file] = unreadable(shown_path(file), err)
    return refused


def _opened(whole: Source, spool: Path) -> Iterator[Source]:
    """Yield a file, or the files of an archive."""
    if not whole.head.startswith(ZIP) or whole.workbook:
        yield whole
        return
    for member in members(whole.label, whole.path, spool, _is_wanted, most=MEMBERS):
        if member.path is not None and member.head:
            yield replace(
                whole,
                label=f"{member.archive}: {shown_name(member.inner)}",
                path=member.path,
                head=member.head,
                inner=shown(member.inner),
                archive=member.archive,
            )


def _is_wanted(inner: str) -> bool:
    """Whether a member was made by a person or a tool, and not hidden or put there by a system."""
    *folders, name = inner.split("/")
    hidden = any(part.startswith((".", "~$")) and part != ".." for part in (*folders, name))
    return not hidden and name.lower() not in OF_WINDOWS
