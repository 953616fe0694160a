"""One file to read, wherever it lay: a plain file, a member of an archive, standard input."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from outreach.errors import InputError
from outreach.files import HEAD_BYTES, ZIP
from outreach.files.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from outreach.files.grid import Row
    from outreach.files.kinds import Kind

__all__ = ["LIST_BYTES", "REPORT_BYTES", "Source"]

LIST_BYTES: Final = 1 << 30
"""A text of more is no list that is held in memory: it is read by the engine, or as a stream."""

REPORT_BYTES: Final = 256 << 20
"""The same of reports, which are summaries."""

FIRST_ROWS: Final = 200


@dataclass(frozen=True, eq=False)
class Source:
    """One file to read; what readers ask of it is found out once.

    Args:
        label: What messages call it: the path as it was typed, ``stdin``, or the archive's label and the member.
        path: Where its bytes are, decompressed.
        head: Its first 64 KiB; a shorter head is the whole file.
        inner: Its path inside its export, folder or archive (NFC, ``/`` between); at least its own name, empty for
            standard input.
        archive: Label of the archive that it lay in; empty for a file of its own.
        titles: Its name without the ending and those of its folders, nearest first: one may be a customer, one a
            platform.
        found: Whether it was found in a folder; then a file that cannot be used is left out, and is no error.
        encoding: What the user says of texts; None finds out.
        exact: Whether a text with bytes outside its encoding is refused; else they are replaced, as one letter of a
            name matters less than the list. Numbers are read exactly.
        text_bytes: The longest text that is read whole.

    """

    label: str
    path: Path
    head: bytes = field(repr=False)
    inner: str = ""
    archive: str = ""
    titles: tuple[str, ...] = ()
    found: bool = False
    encoding: str | None = None
    exact: bool = False
    text_bytes: int = LIST_BYTES

    def __post_init__(self) -> None:
        object.__setattr__(self, "inner", unicodedata.normalize("NFC", self.inner.replace("\\", "/")))

    @property
    def name(self) -> str:
        """Its own name without folders, as tools and platforms made it: may tell a table, a period, a customer."""
        return self.inner.rpartition("/")[2]

    def open(self) -> BinaryIO:
        """Open its bytes."""
        return self.path.open("rb")

    @cached_property
    def sha256(self) -> str:
        """Hash of its bytes, in hexadecimal."""
        import hashlib

        with self.path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    @cached_property
    def tail(self) -> bytes:
        """Its last 64 KiB."""
        if len(self.head) < HEAD_BYTES:
            return self.head
        with self.open() as stream:
            size = stream.seek(0, 2)
            stream.seek(max(0, size - HEAD_BYTES))
            return stream.read()

    @cached_property
    def beginning(self) -> str:
        """The beginning of a text without its byte order mark, empty where this is no text; for telling what it is."""
        from outreach.files.encodings import beginning_of

        return "" if self.head.startswith(ZIP) else beginning_of(self.label, self.head, self.encoding)

    @cached_property
    def text(self) -> str:
        """The whole text without its byte order mark, with line ends as they are.

        Raises:
            InputError: This is no text, is longer than ``text_bytes``, or has bytes outside its encoding and shall
                be read exactly.

        """
        name = self._codec()
        try:
            return self.path.read_bytes().decode(name, "strict" if self.exact else "replace").removeprefix("\ufeff")
        except UnicodeDecodeError as err:
            raise self._outside(name) from err

    def _codec(self) -> str:
        """Return the encoding of a text.

        Raises:
            InputError: This is no text, or longer than ``text_bytes``.

        """
        from outreach.files.encodings import encoding_of

        if self.path.stat().st_size > self.text_bytes:
            raise InputError(
                f"longer than {self.text_bytes >> 20} MB", where=self.label, hint="export the list alone, or fewer days"
            )
        return encoding_of(self.label, self.head, self.encoding).name

    def _outside(self, name: str) -> InputError:
        return InputError(
            f"some of it is not valid {name}",
            where=self.label,
            hint='save it as "CSV UTF-8", or give its encoding: --encoding',
        )

    def rows_of_text(self) -> Iterator[Row]:
        """Yield the rows of a delimited text as :attr:`grids` has them, read piece by piece: for long ones.

        Raises:
            InputError: As of ``text``, but some of it only after the rows before the fault.

        """
        from outreach.files.delimited import delimiter_of, records
        from outreach.files.long_cells import long_cells

        name = self._codec()
        errors = "strict" if self.exact else "replace"
        try:
            with self.path.open(encoding=name, errors=errors, newline="") as stream, long_cells():
                begin = 0 if stream.read(1) != "\ufeff" else stream.tell()
                stream.seek(begin)
                first = "".join(islice(stream, FIRST_ROWS)).splitlines()[:FIRST_ROWS]
                stream.seek(begin)
                yield from _filled(records(self.label, stream, delimiter_of(first)))
        except UnicodeDecodeError as err:
            raise self._outside(name) from err

    @cached_property
    def json(self) -> Any:
        """What a JSON text says, None where it does not begin like one.

        Raises:
            InputError: It is cut off, damaged or nested too deep; so are several JSON texts line by line.

        """
        if not self.beginning.lstrip().startswith(("{", "[")):
            return None
        from outreach.files.json_text import parsed

        return parsed(self.label, self.text)

    @cached_property
    def json_keys(self) -> frozenset[str]:
        """The first keys of the JSON objects at its beginning, however deep they lie; for telling what it is."""
        return frozenset(re.findall(r'"((?:[^"\\]|\\.){1,80})"\s*:', self.beginning))

    @cached_property
    def workbook(self) -> Kind | None:
        """Which kind of workbook it is, None for all other files."""
        from outreach.files.kinds import workbook_kind

        return workbook_kind(self.path, self.head)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The tables in it: every visible tab of a workbook, or a delimited text as one; blank rows left out.

        Raises:
            InputError: It is damaged, protected, or no text.

        """
        if self.workbook:
            from outreach.files.workbook import tabs

            found = tabs(self.label, self.path, self.workbook, whole_rows=False)
            return tuple(Grid(tab.name, tuple(_filled(tab.rows()))) for tab in found if not tab.hidden)
        return (Grid("", tuple(_filled(_records(self.label, self.text)))),)

    @cached_property
    def first_rows(self) -> tuple[Sequence[str], ...]:
        """The first rows of the first tab or of a text, for telling what it is; none where that cannot be read."""
        if not self.workbook and not self.beginning:
            return ()
        from outreach.files.delimited import delimiter_of

        try:
            if self.workbook:
                return tuple(cells for grid in self.grids[:1] for _, cells in grid.rows[:FIRST_ROWS])
            lines = self.beginning.splitlines()[: FIRST_ROWS + 1]
            whole = lines if len(self.head) < HEAD_BYTES else lines[:-1]  # the last may be cut
            return tuple(csv.reader(whole, delimiter=delimiter_of(whole)))
        except (InputError, csv.Error):
            return ()


def _filled(rows: Iterator[Row]) -> Iterator[Row]:
    # Nearly all rows begin with a cell that is filled.
    return (row for row in rows if (cells := row[1]) and (cells[0].strip() or any(map(str.strip, cells))))


def _records(label: str, text: str) -> Iterator[Row]:
    from outreach.files.delimited import delimiter_of, records
    from outreach.files.long_cells import long_cells

    with long_cells():
        yield from records(label, text, delimiter_of(text.splitlines()[:FIRST_ROWS]))
