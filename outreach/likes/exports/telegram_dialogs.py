"""Telegram's dialogs as ``tdl chat ls -o json`` and scripts list them: id, kind, title and public name.

From documents only: what its makers and users tell. Channels and groups are followed; persons and bots are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected
from outreach.likes.exports.base import FileByFile, Like, Listed
from outreach.likes.exports.values import documents, number, records, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["TelegramDialogs"]

KEYS: Final = frozenset({"id", "type", "visible_name", "username"})
SCRIPTS: Final = frozenset({"id", "title", "username"})
PEERS: Final = re.compile(r'"id"\s*:\s*-100[1-9][0-9]{9}').search
PERSONS: Final = frozenset({"private", "user", "bot"})
PEER: Final = re.compile(r"(?:-100|-)?([1-9][0-9]{0,15})").fullmatch
HANDLE: Final = re.compile(r"@?([A-Za-z][A-Za-z0-9_]{3,31})").fullmatch
NO_ID: Final = message("channel-without-id")


class TelegramDialogs(FileByFile):
    """Channels and groups among the dialogs."""

    name = "tdl"
    platform = "telegram"
    reads = "tdl chat ls -o json: channels and groups with their public names"
    ask = "with tdl (github.com/iyear/tdl), by the customer: tdl login, then tdl chat ls -o json > chats.json"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?<![^/])(?:tdl[-_ ]?)?(?:chats|dialogs)\.json$", re.IGNORECASE)
    titled = True

    def identify(self, source: Source) -> bool:
        """Tell by the keys of a dialog."""
        if source.beginning.lstrip()[:1] != "[":
            return False
        return source.json_keys >= KEYS or (source.json_keys >= SCRIPTS and PEERS(source.beginning) is not None)

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels and groups.

        Raises:
            InputError: The JSON is damaged.

        """
        yield Listed("telegram")
        for line, dialog in records(documents(source)):
            peer, handle = PEER(text(dialog.get("id"))), HANDLE(text(dialog.get("username")))
            name = text(dialog.get("visible_name")) or text(dialog.get("title"))
            size = number(dialog.get("participants_count", dialog.get("members_count")))
            person = text(dialog.get("type")) in PERSONS
            if peer or handle:
                yield Like(
                    "telegram",
                    handle=handle[1] if handle else "",
                    resource=f"id/{peer[1]}" if peer and not handle else "",
                    name=name,
                    subscribers=size,
                    line=line,
                    person=person,
                )
            else:
                yield Rejected(source.label, line, NO_ID)
