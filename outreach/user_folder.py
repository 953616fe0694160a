"""Where this machine keeps what belongs to its user alone: one folder, which nobody else may read.

It is the system's folder for settings (on Linux ``~/.config/outreach``); ``OUTREACH_CONFIG_DIR`` names another one.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OutputError
from outreach.leftovers import replacing, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FOLDER_VARIABLE", "private_path", "read_private", "user_folder", "write_private"]

FOLDER_VARIABLE: Final = "OUTREACH_CONFIG_DIR"
OWN_FOLDER: Final = f"set {FOLDER_VARIABLE} to a folder that only you can read and write"
LONGEST: Final = 1 << 20
OF_OTHERS: Final = 0o077
"""Bits of permission for anybody but the user."""


def user_folder() -> Path:
    """Return the folder, whether it is there or not.

    Example:
        >>> os.environ[FOLDER_VARIABLE], before = "/mnt/stick/settings", os.environ.get(FOLDER_VARIABLE)
        >>> user_folder().parts[-2:]
        ('stick', 'settings')
        >>> _ = os.environ.pop(FOLDER_VARIABLE) if before is None else os.environ.update({FOLDER_VARIABLE: before})

    """
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(os.path.abspath(os.path.expanduser(named)))  # noqa: PTH100, PTH111 - Path's raise without a home
    import platformdirs

    return platformdirs.user_config_path("outreach", appauthor=False)


def read_private(name: str, *, secret: bool = False) -> str | None:
    """Return the text of a file in the folder, None where there is none; signs that are no text are replaced.

    Args:
        name: Its path in the folder, with ``/``.
        secret: Refuse a file that others can read, or that is another user's, on systems that know permissions.

    Raises:
        InputError: It cannot be read.

    """
    path = user_folder() / name
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise InputError(f"{path}: this is not a file", hint="remove it, or " + OWN_FOLDER)
        with path.open("rb") as file:
            if secret:
                _refuse_seen(path, os.fstat(file.fileno()))
            return file.read(LONGEST).decode(errors="replace")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as err:
        raise InputError(f"{path}: it cannot be read ({_reason(err)})", hint=OWN_FOLDER) from err


def write_private(name: str, text: str) -> Path:
    """Write a file in the folder that only the user may read, whole or not at all; return its path.

    When this returns, the file outlives a loss of power.

    Args:
        name: Its path in the folder, with ``/``.
        text: Its whole text.

    Raises:
        OutputError: It cannot be written; an older file stays as it was.

    """
    path = user_folder() / name
    with _translate_errors(path):
        _make_private(path.parent)
        with replacing(path, mode=0o600) as temporary:
            temporary.write_bytes(text.encode())
        sync_folder(path.parent)
    return path


def private_path(name: str) -> Path:
    """Return the path of a file in the folder, which is made for the user alone where it is not there.

    Args:
        name: Its path in the folder, with ``/``.

    Raises:
        OutputError: The folder cannot be made.

    """
    path = user_folder() / name
    with _translate_errors(path):
        _make_private(path.parent)
    return path


def _refuse_seen(path: Path, state: os.stat_result) -> None:
    """Refuse a file that is not this user's alone."""
    if not hasattr(os, "geteuid"):
        return
    if state.st_uid != os.geteuid():
        raise InputError("this file belongs to another user of this computer", where=str(path), hint=OWN_FOLDER)
    if stat.S_IMODE(state.st_mode) & OF_OTHERS:
        raise InputError(
            "other users of this computer can read this file",
            where=str(path),
            hint=f"get new tokens, and lock it before you save them: chmod 600 {path}",
        )


def _make_private(folder: Path) -> None:
    """Make a folder and those above it, for the user alone; one that is there keeps its permissions."""
    if folder.is_dir():
        return
    _make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    sync_folder(folder.parent)


@contextmanager
def _translate_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as err:
        raise OutputError(f"{path}: it cannot be written ({_reason(err)})", hint=OWN_FOLDER) from err


def _reason(err: Exception) -> str:
    known = isinstance(err, OSError) and err.errno
    return os.strerror(known).lower() if known else "this is not the path of a file"
