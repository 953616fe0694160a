"""What the campaign's file says, as commands and pages use it: paths from the current folder, files that are there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from outreach.campaign.settings import Campaign

__all__ = ["FILES_OR_TEXTS", "LISTS_OF_PATHS", "PATHS", "has_content", "is_there", "value_of"]

PATHS: Final = frozenset({"same_as", "customers", "groups", "sheet", "brief", "drafts", "db", "templates", "logo"})
"""Settings that name one file or folder."""

LISTS_OF_PATHS: Final = frozenset({"lists", "results"})
FILES_OR_TEXTS: Final = frozenset({"own", "exclude"})


def value_of(campaign: Campaign, setting: str) -> Any:
    """Return the value of a setting, ``utm.medium`` for one of a table; paths lead from the current folder.

    Of folders with lists and results those are left out that are still empty, unless all of them are.
    """
    name, _, part = setting.partition(".")
    value = getattr(campaign.settings, name)
    if part:
        return value.get(part)
    if setting in PATHS and value:
        return campaign.path(value)
    if setting in LISTS_OF_PATHS:
        paths = tuple(map(campaign.path, value))
        return tuple(path for path in paths if not os.path.isdir(path) or has_content(path)) or paths  # noqa: PTH112
    if setting in FILES_OR_TEXTS:
        return tuple(map(campaign.file_or_text, value))
    return value


def is_there(value: str | tuple[str, ...]) -> bool:
    """Return whether all files and folders of a setting are there; an address counts as there."""
    paths = value if isinstance(value, tuple) else (value,)
    return all("://" in path or has_content(path) for path in paths)


def has_content(path: str) -> bool:
    """Return whether a file is there, or a folder with anything in it."""
    if not os.path.isdir(path):  # noqa: PTH112 - Path's fails at long names
        return os.path.exists(path)  # noqa: PTH110
    with os.scandir(path) as entries:
        return any(not entry.name.startswith(".") for entry in entries)
