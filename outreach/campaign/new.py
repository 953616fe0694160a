"""A new campaign: its folder laid out, and its file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from outreach.campaign.find import FILE
from outreach.campaign.settings import KINDS
from outreach.campaign.writing import campaign_text
from outreach.errors import OutputError
from outreach.files.output import store_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["answer_of", "make_campaign"]

FOLDERS: Final = ("lists", "results", "drafts")
SEVERAL: Final = frozenset({"own", "lists"})


def answer_of(name: str, typed: str) -> object:
    """Return the value of a setting from what was typed as the answer to its question.

    Raises:
        InputError: It is none.

    Example:
        >>> answer_of("own", "t.me/a, vk.com/b"), answer_of("currency", "euro")
        (('t.me/a', 'vk.com/b'), 'EUR')

    """
    return KINDS[name]([part.strip() for part in typed.split(",")] if name in SEVERAL else typed)


def make_campaign(home: Path, values: Mapping[str, object], language: str) -> Path:
    """Lay out the folder of a campaign and write its file; return where that is. What is there stays.

    Args:
        home: The folder, there or not.
        values: Setting to value.
        language: Of the notes in the file.

    Raises:
        OutputError: A folder cannot be made, or the file is there or cannot be written.

    """
    file = home / FILE
    if os.path.lexists(file):
        raise OutputError(f"{file}: this file is there already", hint="change it with any plain text editor")
    try:
        home.mkdir(parents=True, exist_ok=True)
        for name in FOLDERS:
            if name in (*_texts(values["lists"]), *_texts(values["results"]), values["drafts"]):
                (home / name).mkdir(exist_ok=True)
    except OSError as err:
        raise OutputError(f"{home}: the folder cannot be made ({err.strerror})", hint="check the path") from err
    return store_bytes(file, campaign_text(values, language).encode())


def _texts(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)
