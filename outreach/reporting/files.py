"""Tables into files and pipes: whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.errors import OutputError
from outreach.files.output import store, translate_errors
from outreach.reporting.bulk import csv_file, json_file, jsonl_file, tsv_file
from outreach.reporting.formats import FORMATS
from outreach.reporting.markdown import markdown_file
from outreach.reporting.pictures import PICTURES, picture_of
from outreach.reporting.screen import show_file
from outreach.reporting.sheet import xlsx_file
from outreach.reporting.terminal import table_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from outreach.reporting.sheet import Around
    from outreach.tables import Table

__all__ = ["send", "write"]

_MAKERS: Final[dict[str, Callable[[Table, Path], None]]] = {
    "csv": csv_file,
    "tsv": tsv_file,
    "json": json_file,
    "jsonl": jsonl_file,
    "md": markdown_file,
}
_OPEN_FILES: Final = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")
_BLOCK: Final = 1 << 20


def write(
    table: Table,
    format_name: str,
    output: str | os.PathLike[str],
    *,
    title: str = "",
    wide: bool = False,
    by: str = "overlap",
    around: Around | None = None,
    language: str = "en",
    groups: Sequence[str] = (),
) -> Path:
    """Write all rows and all columns to a file that is there whole or not at all; return its path.

    The rows go to a private file in the same folder, which takes the place of ``output`` at the end; on any failure
    it is removed and an older file stays as it was. A replaced file keeps its permission bits, a link keeps pointing
    to the file. Devices, pipes and ``/dev/stdout`` are written through. A file that may not be replaced, because Excel
    holds it open on Windows, stays, and the result stands beside it.

    Args:
        table: What to write.
        format_name: One of :data:`FORMATS`, or of :data:`~outreach.reporting.pictures.PICTURES`.
        output: Where to.
        title: First line of ``table``; the other formats have none.
        wide: Affinity and key in ``table``; the other formats always hold all columns.
        by: What the rows are sorted by, for ``table``.
        around: Sheets for people around the table's, for ``xlsx``.
        language: Of a picture.
        groups: What the two groups of a comparison are called, for a picture.

    Raises:
        OutputError: The file cannot be written, or the format cannot hold the table.
        BrokenPipeError: The reader of a pipe has gone.

    """
    make: Callable[[Table, Path], None]
    if format_name in PICTURES:
        make = partial(_picture, form=format_name, language=language, groups=groups)
    else:
        make = _maker(format_name, title=title, wide=wide, by=by, around=around)
    if "\0" in os.fspath(output):
        raise OutputError("the name of the output file holds a NUL character")
    if not _written_through(output):
        return store(Path(output), lambda temporary: make(table, temporary))
    with (
        translate_errors(os.fspath(output)),
        open(os.open(output, os.O_WRONLY | os.O_APPEND), "wb") as stream,  # noqa: PTH123 - no Path takes flags
    ):
        _pass_on(table, make, stream, shown=format_name if stream.isatty() else "")
    return Path(output)


def send(
    table: Table,
    format_name: str,
    stream: BinaryIO,
    *,
    screen: bool = False,
    title: str = "",
    wide: bool = False,
    by: str = "overlap",
    around: Around | None = None,
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
        around: Sheets for people around the table's, for ``xlsx``.

    Raises:
        OutputError: The stream cannot be written, or the format cannot hold the table.
        BrokenPipeError: The reader of the pipe has gone.

    """
    make = _maker(format_name, title=title, wide=wide, by=by, around=around)
    with translate_errors("standard output"):
        _pass_on(table, make, stream, shown=format_name if screen or stream.isatty() else "")


def _maker(
    format_name: str, *, title: str, wide: bool, by: str, around: Around | None
) -> Callable[[Table, Path], None]:
    if format_name == "table":
        return lambda table, path: table_file(table, path, title=title, wide=wide, by=by)
    if format_name == "xlsx":
        return partial(xlsx_file, around=around)
    if format_name not in _MAKERS:
        raise OutputError(f"{format_name}: not a format", hint=f"known formats: {', '.join(FORMATS)}")
    return _MAKERS[format_name]


def _picture(table: Table, path: Path, *, form: str, language: str, groups: Sequence[str]) -> None:
    path.write_bytes(picture_of(table, language, groups).content(f".{form}"))


def _pass_on(table: Table, make: Callable[[Table, Path], None], stream: BinaryIO, *, shown: str) -> None:
    """Make a file in the engine's private folder and copy it to the stream; on a terminal show that format."""
    path = table.engine.folder / f"out-{os.urandom(8).hex()}"
    try:
        make(table, path)
        if not show_file(path, shown, stream):
            with path.open("rb") as made:
                shutil.copyfileobj(made, stream, _BLOCK)
        stream.flush()
    finally:
        path.unlink(missing_ok=True)


def _written_through(output: str | os.PathLike[str]) -> bool:
    """Tell whether ``output`` is something that must not be replaced: a device, a pipe, an open file."""
    if os.fspath(output).startswith(_OPEN_FILES):
        return True
    try:
        mode = os.stat(output).st_mode  # noqa: PTH116 - a path that may be text
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
