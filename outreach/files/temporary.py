"""New files in the run's private folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

__all__ = ["new_file"]


def new_file(folder: Path) -> Path:
    """Return the path of a new, empty file that nobody else can read.

    The engine keeps files of its own there, which come and go: no name may be made from their number.
    """
    handle, name = tempfile.mkstemp(dir=folder)
    os.close(handle)
    return Path(name)
