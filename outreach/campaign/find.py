"""Where the file of the campaign is: in the current folder, or above it, as far as the home folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FILE", "find_campaign_file"]

FILE: Final = "outreach.toml"


def find_campaign_file(start: Path | None = None, home: Path | None = None) -> Path | None:
    """Return the campaign's file for a folder, None where there is none.

    Within the home folder it may lie in any folder above, the home folder included; elsewhere in the folder itself
    only, so that nobody's file in ``/tmp`` or on a shared disk decides what is read.

    Args:
        start: The folder; the current one where it is not given.
        home: The user's home folder; found out where it is not given.

    Raises:
        InputError: The file belongs to another user of this machine.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as home:
        ...     inner = Path(home, "clinic", "lists")
        ...     inner.mkdir(parents=True)
        ...     _ = Path(home, "clinic", FILE).write_text("")
        ...     found = find_campaign_file(inner, Path(home))
        ...     found.parent.name, find_campaign_file(inner, Path(home, "elsewhere"))
        ('clinic', None)

    """
    for folder in _folders(start, home):
        file = folder / FILE
        if os.path.isfile(file):  # noqa: PTH113 - Path's fails where the folder may not be looked into
            _refuse_foreign(file)
            return file
    return None


def _folders(start: Path | None, home: Path | None) -> Iterator[Path]:
    try:
        here = Path(os.path.realpath(start or Path.cwd()))
        top = Path(os.path.realpath(home or Path.home()))
    except (OSError, RuntimeError):  # the folder was removed, or nobody has a home
        return
    yield here
    if here != top and here.is_relative_to(top):
        for folder in here.parents:
            yield folder
            if folder == top:
                return


def _refuse_foreign(file: Path) -> None:
    if not hasattr(os, "geteuid"):
        return
    owner, user = file.stat().st_uid, os.geteuid()
    behind_sudo = user == 0 and str(owner) == os.environ.get("SUDO_UID")
    if owner != user and not behind_sudo:
        raise InputError(
            "this file belongs to another user of this computer",
            where=str(file),
            hint="copy the folder, so that its files are yours, or do without it: --campaign none",
        )
