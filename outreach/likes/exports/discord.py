"""Discord: ``servers/index.json`` of the data package, ids and names of servers.

From documents only: parsers that others published. The conversations' ``messages/index.json`` has the same shape, so
the folder decides, which is in the language of the account; an ``index.json`` without its folder is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, text
from outreach.messages import message
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Discord"]

NO_ID: Final = message("server-without-id")
_SERVERS = "|".join(map(re.escape, texts_of("files.of_servers")))
_MESSAGES = "|".join(map(re.escape, texts_of("files.of_messages")))
_INDEX = re.compile(rf"(?:^|/)(?:({_SERVERS})|({_MESSAGES})|[^/]+)/index\.json$|(?:^|/)index\.json$", re.IGNORECASE)
_IDS = re.compile(r'\s*\{\s*(?:"[1-9][0-9]{16,19}"\s*:\s*(?:"|null)|\}\s*$)')
_ID = re.compile("[1-9][0-9]{16,19}").fullmatch


class Discord(FileByFile):
    """Servers that a person is a member of."""

    name = "discord"
    platform = "discord"
    reads = "servers/index.json of the data package, in any of the languages that Discord names its folders in"
    ask = "User Settings > Data & Privacy > Request all of my Data > Servers; a link comes by mail within 30 days"
    evidence: Evidence = "documents"
    paths = re.compile(rf"(?:package/)?(?<![^/])(?:{_SERVERS}|{_MESSAGES})/index\.json$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by the file's name and ids of seventeen to twenty digits."""
        found = _INDEX.search(source.inner)
        if found is None or not _IDS.match(source.beginning):
            return False
        return bool(source.json_keys or found[1] or found[2])

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the servers."""
        found = _INDEX.search(source.inner)
        if not found or not found[1]:
            yield other_list(source, "conversations" if found and found[2] else "discord-index-of-what")
            return
        yield Listed("discord")
        servers = [item for page in documents(source) for item in fields(page).items()]
        for line, (server, name) in enumerate(servers, start=1):
            if _ID(server):
                yield Like("discord", resource=server, name=text(name), line=line)
            else:
                yield Rejected(source.label, line, NO_ID)
