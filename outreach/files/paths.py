"""What messages call a path, and why one cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from outreach.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["refuse_empty", "shown_path", "unreadable"]


def shown_path(path: str | Path) -> str:
    """Return what messages call a path: what is no text, or moves a terminal's cursor, is escaped."""
    text = str(path).encode("utf-8", "backslashreplace").decode()
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", lambda control: repr(control[0])[1:-1], text)


def refuse_empty(path: str | Path) -> None:
    """Refuse a path without a letter, which a variable that is not set gives: it would mean the current folder.

    Raises:
        InputError: It has none.

    """
    if not str(path):
        raise InputError("a path is empty", hint="give the name of a file; . is the current folder")


def unreadable(label: str, err: OSError | ValueError) -> InputError:
    """Return why something that is there cannot be read."""
    if isinstance(err, PermissionError):
        return InputError("no permission to read it", where=label, hint="ask its owner, or copy it to your own folder")
    if isinstance(err, FileNotFoundError):
        return InputError("it is gone, or a link to what is gone", where=label, hint="put it back, or remove the link")
    if isinstance(err, ValueError):  # a NUL in the path
        return InputError("the path has a character that paths cannot have", hint="rename the file")
    return InputError(
        f"cannot be read ({err.strerror or 'unknown reason'})", where=label, hint="copy it to this computer"
    )
