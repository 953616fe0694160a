"""Settings that were answered on a page, put into the campaign's file: all else of it stays letter by letter."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final

from outreach.campaign.settings import KINDS, OF_WRITER, settings_in_text, text_of_campaign
from outreach.campaign.values import FILES_OR_TEXTS
from outreach.errors import InputError, OutputError
from outreach.files.output import store_bytes
from outreach.files.toml_editing import with_values

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from outreach.campaign.settings import Campaign, Settings

__all__ = ["MANY", "keep_settings", "setting_as_text", "setting_typed"]

MANY: Final[Mapping[str, str]] = {
    "own": r"[\n,;]", "exclude": r"[\n,;]", "exclude_ip": r"[\n,;]", "platforms": r"[\n,;]", "writer.proof": r"\n",
    "writer.published": r"[\n\s]",
}  # fmt: skip
"""Settings of several values, and what parts these where they are typed."""
NUMBERS: Final = frozenset({"min_subscribers", "writer.years"})
WRITER: Final = "writer."


def setting_as_text(settings: Settings, name: str) -> str:
    """Return a setting as a person types it: several values a line each, nothing where it is not set.

    Args:
        settings: Of the campaign.
        name: Of the setting, ``writer.name`` for one of that table.

    """
    value = settings.writer.get(name.removeprefix(WRITER)) if name.startswith(WRITER) else getattr(settings, name)
    return "\n".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def setting_typed(campaign: Campaign, name: str, typed: str) -> Any:
    """Return the value of a setting from what was typed; None for nothing.

    Args:
        campaign: Its file may not name a file of places outside of the folder.
        name: Of the setting, ``writer.name`` for one of that table.
        typed: By a person.

    Raises:
        InputError: It cannot be used.

    """
    if not typed.strip():
        return None
    given: Any = typed
    if name in MANY:
        given = [part.strip() for part in re.split(MANY[name], typed) if part.strip()]
    elif name in NUMBERS:
        from outreach.files.numbers import whole

        given = whole(typed) if typed.strip() != "0" else 0
        if given is None:
            raise InputError("it must be a whole number", hint="write it like 5000")
    value = OF_WRITER[name.removeprefix(WRITER)](given) if name.startswith(WRITER) else KINDS[name](given)
    if name in FILES_OR_TEXTS:
        for entry in value:
            _check_place(campaign, entry)
    return value


def _check_place(campaign: Campaign, entry: str) -> None:
    """Refuse what is neither the address of a place nor a file of addresses in the campaign's folder."""
    from outreach.keys import identify

    path = os.path.realpath(campaign.folder / os.path.expanduser(entry))  # noqa: PTH111 - Path's fails without a home
    if "://" not in entry and os.path.lexists(path):
        if not os.path.isfile(path) or not path.startswith(os.path.realpath(campaign.folder) + os.sep):  # noqa: PTH113
            raise InputError("this is not a file in the campaign's folder", hint="put it there, or give an address")
        return
    key, why = identify(entry)
    if key is None:
        raise InputError(f"{entry} is not the address of a place: {why}", hint="copy it from the browser")


def keep_settings(file: Path, values: Mapping[str, Any]) -> None:
    """Write settings into the campaign's file.

    Args:
        file: ``outreach.toml``.
        values: Setting to value, ``writer.name`` for one of a table; None makes a note of its line.

    Raises:
        InputError: A value cannot be used; the file stays as it was.
        OutputError: It cannot be written, or was changed in between.

    """
    before = file.read_bytes()
    text = text_of_campaign(file)
    made = with_values(text, {name: _in_file(value) for name, value in values.items()})
    if made == text:
        return
    settings_in_text(file, made)
    if file.read_bytes() != before:
        raise OutputError(f"{file}: it was changed by another program meanwhile", hint="try again")
    store_bytes(file, made.replace("\n", "\r\n" if b"\r\n" in before else "\n").encode())


def _in_file(value: Any) -> Any:
    """Return a value as the file holds it: one of several without brackets."""
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else list(value) or None
    return value if value != "" else None
