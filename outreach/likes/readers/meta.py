"""What the exports of Facebook, Instagram and Threads have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.likes.readers.base import repaired

if TYPE_CHECKING:
    from outreach.likes.readers.base import Source

__all__ = ["COPY", "FOLDERS", "REST", "first_key", "items", "stem", "text_of"]

FOLDERS: Final = (
    r"(?:(?:your_(?:facebook|instagram)_activity|your_activity_across_facebook|connections|followers_and_following|"
    r"following_and_followers|friends_and_followers|followers|friends|pages(?:_and_profiles)?|groups|threads|"
    r"personal_information|profile_information)/){0,8}"
)
"""Folders of these exports, for the patterns of paths: whatever lies in them is no folder of a customer."""

REST: Final = r"[^/]{0,60}"
"""Of the name of a file; short, because names in archives can be made to match slowly."""

COPY: Final = r"(?: ?\(\d{1,3}\)| copy)?"
"""What browsers and systems put behind the name of a second copy."""

FIRST_KEY: Final = re.compile(r'\s*\{\s*"([^"\\]{1,80})"\s*:')
HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
APOSTROPHE: Final = re.compile(r"(?<=_you)(?:[^a-z/]{1,3})?(?=ve_)")


def first_key(source: Source) -> str:
    """Return the first key of a file that is one JSON object, empty where it is none: these exports name it so."""
    found = FIRST_KEY.match(source.beginning)
    return found[1] if found else ""


def stem(source: Source) -> str:
    """Return the name of a file as it was before the apostrophe in it was changed on its way, without the ending."""
    name = source.name.rpartition(".")[0].lower()
    return APOSTROPHE.sub("_", re.sub(f"{COPY}$", "", name))


def text_of(value: object) -> str:
    r"""Return a text of these exports as it was typed, on one line; empty for what is no text.

    Example:
        >>> text_of("Caf\u00c3\u00a9\n Riga"), text_of(["Riga"])
        ('Café Riga', '')

    """
    if not isinstance(value, str):
        return ""
    if value.isascii() and value.isprintable() and " " not in value:  # a handle, an address
        return value
    return " ".join(HALF_CHARACTER.sub("", repaired(value)).split())


def items(source: Source, said: Any) -> list[Any]:
    """Return the records of a list; none where it is null.

    Raises:
        InputError: It is no list.

    """
    if said is None:
        return []
    if not isinstance(said, list):
        raise InputError(f"{source.label}: no list where the records belong", hint="download the export again")
    return said
