"""Folders that a service copies to other machines, where the later copy of a database overwrites the earlier one."""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError, OutputError
from outreach.user_folder import read_private, write_private
from outreach.words.fold import fold_header
from outreach.words.vocabulary import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["folder_of_database", "service_at", "service_of_parts", "unwarned_service"]

NAME: Final = "synchronised-folders"
SERVICES: Final = (
    ("OneDrive", re.compile(r"onedrive(?:\s*[-–].+|\s*\(.+\))?")),
    ("Dropbox", re.compile(r"dropbox(?:-.+|\s*\(.+\))?")),
    ("Google Drive", re.compile(r"google[ -]?drive(?:[-:].+|\s*\(.+\))?|drivefs")),
    ("iCloud", re.compile(r"icloud ?drive(?:\s*\(.+\))?|com~apple~clouddocs|mobile documents")),
    ("Yandex Disk", re.compile(r"yandex[. ]?disk(?:[-:.].+|\s*\(.+\))?")),
)
"""What the folder of a service is called on Windows, macOS and Linux: by account, company or number behind the name."""

MARKERS: Final = {
    ".849c9593-d756-4e56-8d6e-42412f2a707b": "OneDrive",
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".tmp.driveupload": "Google Drive",
    ".shortcut-targets-by-id": "Google Drive",
}
"""What a service keeps at the top of its folder, whatever that is called."""

VARIABLES: Final = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Where Windows says that a folder is OneDrive's; the one of documents may be."""


def service_of_parts(parts: Iterable[str]) -> str:
    """Return the service by the names of folders; empty where none is one's.

    Example:
        >>> service_of_parts(["C:", "Users", "anna", "OneDrive - Example Ltd", "clinic"])
        'OneDrive'
        >>> service_of_parts(["home", "anna", "my dropbox ideas"])
        ''

    """
    for part in parts:
        name = part.strip().casefold()
        if found := next((service for service, named in SERVICES if named.fullmatch(name)), ""):
            return found
        folded = fold_header(part)
        if folded in words_of("synchronised.google_drive"):
            return "Google Drive"
        if folded in words_of("synchronised.yandex_disk"):
            return "Yandex Disk"
    return ""


def service_at(folder: Path) -> str:
    """Return the service that copies a folder to other machines; empty where none is known to.

    The folders above tell by their names, else by what the service keeps in them.
    """
    given = folder.absolute()
    paths = dict.fromkeys((given, Path(os.path.realpath(given))))
    for path in paths:
        if found := service_of_parts(path.parts):
            return found
    for path in paths:
        if found := next(filter(None, map(_marked, (path, *path.parents))), ""):
            return found
    return "OneDrive" if any(map(_is_in_variable, paths)) else ""


def unwarned_service(campaign: Path) -> str:
    """Return the service that copies a campaign's folder, the first time that it is asked; afterwards nothing.

    Args:
        campaign: The folder of its database.

    """
    if not (service := service_at(campaign)):
        return ""
    mark = hashlib.sha256(os.path.realpath(campaign).encode(errors="surrogateescape")).hexdigest()
    known: list[str] = []
    with suppress(InputError, OutputError):  # where nothing can be remembered it is said again
        known = (read_private(NAME) or "").splitlines()
        if mark not in known:
            write_private(NAME, "".join(f"{line}\n" for line in [*known, mark]))
    return "" if mark in known else service


def _marked(folder: Path) -> str:
    """Return the service whose marks lie in a folder."""
    for name, service in MARKERS.items():
        for written in {name, name.upper()}:
            with suppress(OSError, ValueError):
                if (folder / written).exists():
                    return service
    return ""


def _is_in_variable(path: Path) -> bool:
    roots = filter(None, map(os.environ.get, VARIABLES))
    return any(path.is_relative_to(os.path.realpath(root)) for root in roots)


def folder_of_database(where: str) -> Path | None:
    """Return the folder of a database, None where it is on a server.

    Example:
        >>> folder_of_database("clinic/outreach.db").name, folder_of_database("postgresql://db.example/clinic")
        ('clinic', None)

    """
    path = re.sub(r"^sqlite(?:\+\w+)?:///", "", where)
    return None if "://" in path else Path(path).parent
