"""The files that analytics tools give: plain ones, gzip, members of ZIP archives, standard input, as one kind of thing.

Members of archives are unpacked in pieces into the run's private folder under names of its own; what an archive says of
its members is believed of none.
"""

from __future__ import annotations

import csv
import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files import BLOCK_BYTES, HEAD_BYTES
from outreach.files.archive import ZIP, members, shown_name
from outreach.files.contract import Skipped, refusal
from outreach.files.delimited import delimiter_of, records
from outreach.files.json_text import parsed
from outreach.files.sources import sources
from outreach.files.walking import refuse_empty, shown_path, unreadable, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source

__all__ = ["Export", "Grid", "exports"]

TEXT_BYTES: Final = 256 << 20  # a report is a summary; what is longer is read by the engine
MEMBERS: Final = 10_000
SAMPLE_LINES: Final = 200
PASSED_OVER: Final = ("__MACOSX/", "thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it lies in a file: a tab of a workbook, or a delimited text.

    Args:
        tab: Name of the tab, empty for a text.
        rows: Number of the row (of a text: line on which it begins), from 1, and its cells as text.

    """

    tab: str
    rows: tuple[Cells, ...]


class Export:
    """One file to read.

    Args:
        label: What messages call it: the path as it was typed, ``stdin``, or the archive's with the member behind.
        path: Where its bytes are, decompressed.
        head: Its first 64 KiB.
        name: Its own name without folders, as tools made it: may tell a table and a period, never a customer's label
            to anybody else.
        archive: Label of the archive that it was in, empty for a file of its own.
        encoding: What the user says of texts; None finds out.

    """

    def __init__(
        self, label: str, path: Path, head: bytes, *, name: str = "", archive: str = "", encoding: str | None = None
    ) -> None:
        self.label: Final = label
        self.path: Final = path
        self.head: Final = head
        self.name: Final = name
        self.archive: Final = archive
        self.encoding: Final = encoding

    @cached_property
    def sha256(self) -> str:
        """Hash of its bytes, in hexadecimal."""
        found = hashlib.sha256()
        with self.path.open("rb") as stream:
            while block := stream.read(BLOCK_BYTES):
                found.update(block)
        return found.hexdigest()

    @cached_property
    def beginning(self) -> str:
        """The beginning of a text without its mark, empty where this is no text; for telling what it is."""
        from outreach.files.encodings import beginning_of

        return "" if self.head.startswith(ZIP) else beginning_of(self.label, self.head, self.encoding)

    @cached_property
    def text(self) -> str:
        """The whole text without its mark, with line ends as they are.

        Raises:
            InputError: This is no text, not in its encoding, or longer than any report.

        """
        from outreach.files.encodings import encoding_of

        if self.path.stat().st_size > TEXT_BYTES:
            raise InputError(f"{self.label}: longer than any report", hint="export a summary, or fewer days")
        name = encoding_of(self.label, self.head, self.encoding).name
        try:
            return self.path.read_bytes().decode(name).removeprefix("\ufeff")
        except UnicodeDecodeError as err:
            raise InputError(
                f"{self.label}: some of it is not in {name}",
                hint='save it as "CSV UTF-8", or name its encoding: --encoding',
            ) from err

    @cached_property
    def workbook(self) -> str | None:
        """Which kind of workbook it is, None for all other files."""
        from outreach.files.workbook import workbook_kind

        return workbook_kind(self.path, self.head)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The tables in it: every visible tab of a workbook, or a delimited text as one; blank rows left out.

        Raises:
            InputError: It is damaged, protected, or no text.

        """
        if self.workbook:
            from outreach.files.workbook import tabs

            found = tabs(self.label, self.path, self.workbook, whole_rows=False)  # type: ignore[arg-type]  # as returned
            return tuple(Grid(tab.name, tuple(_filled(tab.rows()))) for tab in found if not tab.hidden)
        return (Grid("", tuple(_filled(_records(self.label, self.text)))),)

    @cached_property
    def first_rows(self) -> tuple[Sequence[str], ...]:
        """The first rows of the first tab or of a text, for telling what it is; none where that cannot be read."""
        if not self.workbook and not self.beginning:
            return ()
        try:
            if self.workbook:
                return tuple(cells for grid in self.grids[:1] for _, cells in grid.rows[:SAMPLE_LINES])
            lines = self.beginning.splitlines()[: SAMPLE_LINES + 1]
            whole = lines if len(self.head) < HEAD_BYTES else lines[:-1]  # the last may be cut
            return tuple(csv.reader(whole, delimiter=delimiter_of(whole)))
        except (InputError, csv.Error):
            return ()

    @cached_property
    def json(self) -> Any:
        """What a JSON text says, None where it is none; whole lines of JSON are no JSON text.

        Raises:
            InputError: It begins like JSON and is cut off, damaged or nested too deep.

        """
        if not self.beginning.lstrip().startswith(("{", "[")):
            return None
        return parsed(self.label, self.text)


def exports(paths: Sequence[str], spool: Path, encoding: str | None = None) -> Iterator[Export | Skipped]:
    """Yield the files that the paths lead to; of folders and archives all that they hold, in the order of their names.

    Args:
        paths: Files, folders, archives, or ``-`` for standard input.
        spool: A private folder for what has to be written down first.
        encoding: Of texts, where the user says it.

    Raises:
        InputError: A path does not exist, may not be read, is empty, or an archive is damaged or too large.

    """
    seen: set[Path] = set()
    for path in paths:
        for file in _files(path):
            for source in [file] if isinstance(file, Skipped) else sources([file], spool, seen):
                if isinstance(source, Skipped):
                    yield source
                else:
                    yield from _opened(source, encoding, spool)


def _files(path: str) -> list[str | Skipped]:
    """Return the path itself, or the files of a folder; what may not be read there is passed over.

    Raises:
        InputError: Nothing in the folder can be read.

    """
    refuse_empty(path)
    folder = Path(path)
    if path == "-" or not os.path.isdir(folder):  # noqa: PTH112 - Path's fails at long names
        return [path]
    walked = walk(folder)
    files = [file for file in walked.files if not _passed_over(file.relative_to(folder))]
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


def _passed_over(path: PurePosixPath | Path) -> bool:
    hidden = any(part.startswith((".", "~$")) and part != ".." for part in path.parts)
    return hidden or f"{path.as_posix()}".lower().startswith("__macosx/") or path.name.lower() in PASSED_OVER


def _opened(source: Source, encoding: str | None, spool: Path) -> Iterator[Export]:
    name = "" if source.label == "stdin" else PurePosixPath(source.label.replace("\\", "/")).name
    whole = Export(source.label, source.path, source.head, name=name, encoding=encoding)
    if source.head.startswith(ZIP) and not whole.workbook:
        yield from _members(whole, spool)
    else:
        yield whole


def _members(archive: Export, spool: Path) -> Iterator[Export]:
    """Yield the files in an archive."""
    for member in members(archive.label, archive.path, spool, _wanted, most=MEMBERS):
        if member.path is not None and member.head:
            name = shown_name(member.inner)
            label = f"{member.archive}: {name}"
            yield Export(label, member.path, member.head, name=name, archive=member.archive, encoding=archive.encoding)


def _wanted(inner: str) -> bool:
    return not _passed_over(PurePosixPath(inner))


def _filled(rows: Iterator[Cells]) -> Iterator[Cells]:
    return ((number, cells) for number, cells in rows if any(map(str.strip, cells)))


def _records(label: str, text: str) -> Iterator[Cells]:
    from outreach.files.long_cells import long_cells

    with long_cells():
        yield from records(label, text, delimiter_of(text.splitlines()[:SAMPLE_LINES]))
