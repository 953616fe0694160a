"""A file for programs, shown on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Final

from outreach.tables import visible

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["show_file"]

TEXTS: Final = ("csv", "tsv", "json", "jsonl", "md")
"""Formats that hold texts as they are; the others have no sign that a terminal obeys, or are no texts."""
JSON: Final = ("json", "jsonl")
BLOCK: Final = 1 << 20


def show_file(path: Path, form: str, stream: BinaryIO) -> bool:
    """Write a file to a terminal so that nothing in it is obeyed; return whether that was done."""
    if form not in TEXTS:
        return False
    with path.open(encoding="utf-8", newline="") as made:
        while block := made.read(BLOCK):
            stream.write(visible(block, in_json=form in JSON).encode())
    return True
