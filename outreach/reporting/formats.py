"""The formats that a table can be given in, and which one a file's name asks for."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from outreach.errors import OutputError
from outreach.tables import SHEET

if TYPE_CHECKING:
    from collections.abc import Sequence

    from outreach.tables import Schema

__all__ = ["FORMATS", "format_of", "is_of_another_kind"]

FORMATS: Final[tuple[str, ...]] = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")
"""What ``--format`` takes; ``table`` is the picture for people."""

LONGEST_HEADER: Final = 4096
OWN_STYLE: Final = b".figure{--f-ink"
"""How the style of our pictures begins."""

_LOOKED_AT: Final = frozenset({"csv", "tsv", "xlsx", "svg", "html"})
_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".markdown": "md",
    ".xlsx": "xlsx",
    ".svg": "svg",
    ".png": "png",
    ".html": "html",
}


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the format that a file's name asks for.

    Raises:
        OutputError: The ending is not a known one.

    Example:
        >>> format_of("Where to go.XLSX"), format_of("out.ndjson")
        ('xlsx', 'jsonl')

    """
    name = PurePath(path).name
    try:
        return _ENDINGS[PurePath(name).suffix.lower()]
    except KeyError:
        raise OutputError(
            f"{name}: the name of an output file ends in {', '.join(_ENDINGS)}",
            hint="rename it, or choose with --format",
        ) from None


def is_of_another_kind(path: str | os.PathLike[str], schema: Schema) -> bool:
    """Tell whether a file is there already whose first cells are not the columns of a table.

    CSV, TSV, Excel and pictures are looked at, also after Excel saved them again; a file that cannot be read is of
    another kind. What no file can be called is none, and is told when it is written.
    """
    file = Path(path)
    form = _ENDINGS.get(file.suffix.lower(), "")
    if form not in _LOOKED_AT or not os.path.isfile(file) or not file.stat().st_size:  # noqa: PTH113 - Path's fails at long names
        return False
    if form == "xlsx":
        return _is_other_workbook(file, schema)
    try:
        with file.open("rb") as stream:
            beginning = stream.read(LONGEST_HEADER)
    except OSError:
        return True
    if form in {"svg", "html"}:
        return OWN_STYLE not in beginning
    first = beginning.partition(b"\n")[0].decode("utf-8", "replace")
    return not set(schema.names) <= (set(re.findall(r"\w+", first)) | _named(re.split(r"[,;\t]", first), schema))


def _is_other_workbook(file: Path, schema: Schema) -> bool:
    from python_calamine import CalamineWorkbook

    from outreach.words.own_sheets import own_tabs

    try:
        book = CalamineWorkbook.from_path(str(file))
        if schema.name not in book.sheet_names or not {*book.sheet_names} <= {schema.name, *own_tabs()}:
            return True
        rows = book.get_sheet_by_name(schema.name).to_python(nrows=1)
    except Exception:  # noqa: BLE001 - whatever it is, it is not ours
        return True
    return not rows or not set(schema.names) <= {*rows[0], *_named(rows[0], schema)}


def _named(headers: Sequence[object], schema: Schema) -> set[str]:
    """Return our names of columns whose headers may be in a language of our users."""
    if schema is not SHEET:
        return set()
    from outreach.sheet.grid import map_sheet

    return set(map_sheet([str(header).strip().strip('"').removeprefix("\ufeff") for header in headers]))
