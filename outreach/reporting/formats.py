"""The formats that a table can be given in, and which one a file's name asks for."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from outreach.errors import OutputError

if TYPE_CHECKING:
    import os

__all__ = ["FORMATS", "format_of"]

FORMATS: Final[tuple[str, ...]] = ("table", "csv", "tsv", "json", "jsonl", "md", "xlsx")
"""What ``--format`` takes; ``table`` is the picture for people."""

_ENDINGS: Final = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".markdown": "md",
    ".xlsx": "xlsx",
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
