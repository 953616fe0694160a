"""Discord: ``servers/index.json`` of the data package, ids and names of servers.

From documents only: parsers that others published. The conversations' ``messages/index.json`` has the same shape, so
the folder decides; an ``index.json`` without its folder is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.likes.readers.base import Like, Listed, Passed, Rejected
from outreach.likes.readers.values import documents, fields, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes.readers.base import Evidence, Remark, Source

__all__ = ["Discord"]

NO_ID: Final = "a server without an id"
CONVERSATIONS: Final = "conversations, not servers"
NO_FOLDER: Final = "an index.json of servers or of conversations, which only its folder tells: give the whole package"
_INDEX = re.compile(r"(?:^|/)(?:(servers)|(messages)|[^/]+)/index\.json$|(?:^|/)index\.json$", re.IGNORECASE)
_IDS = re.compile(r'\s*\{\s*(?:"[1-9][0-9]{16,19}"\s*:\s*(?:"|null)|\}\s*$)')
_ID = re.compile("[1-9][0-9]{16,19}").fullmatch


class Discord:
    """Servers that a person is a member of."""

    name = "discord"
    platform = "discord"
    reads = "servers/index.json of the data package"
    ask = "User Settings > Data & Privacy > Request all of my Data > Servers; a link comes by mail within 30 days"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?:package/)?(?<![^/])(?:servers|messages)/index\.json$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by the file's name and ids of seventeen to twenty digits."""
        found = _INDEX.search(source.inner)
        if found is None or not _IDS.match(source.beginning):
            return False
        return bool(source.keys or found[1] or found[2])

    def read(self, source: Source) -> Iterator[Like | Listed | Rejected | Passed | Remark]:
        """Yield the servers."""
        found = _INDEX.search(source.inner)
        if not found or not found[1]:
            yield Passed(CONVERSATIONS if found and found[2] else NO_FOLDER)
            return
        yield Listed("discord")
        servers = [item for page in documents(source) for item in fields(page).items()]
        for line, (server, name) in enumerate(servers, start=1):
            known = _ID(server)
            yield Like("discord", resource=server, name=text(name), line=line) if known else Rejected(line, NO_ID)
