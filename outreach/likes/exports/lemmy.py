"""Lemmy: the communities in the settings that a person exports, and in an answer of its interface.

From documents only: the source texts of Lemmy's servers and apps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.files.contract import Rejected
from outreach.likes.exports.base import FileByFile, Like, Listed
from outreach.likes.exports.values import documents, fields, members, number, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Lemmy"]

EXPORTED: Final = "followed_communities"
BESIDE: Final = frozenset({"saved_posts", "saved_comments", "blocked_communities", "blocked_users"})
SHORT: Final = re.compile(r"!?([A-Za-z0-9_]+)@([A-Za-z0-9.-]+\.[A-Za-z]+)").fullmatch
NO_ADDRESS: Final = message("community-without-address")


class Lemmy(FileByFile):
    """Communities that a person subscribed to on Lemmy."""

    name = "lemmy"
    platform = "web"
    reads = "Lemmy: communities in the exported settings, and in answers of /api/v3/site"
    ask = "the person's own server > Settings > Import/Export Settings > Export"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?<![^/])(?:lemmy|user[_-]?settings)[^/]*\.json$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by the keys of exported settings, or of the answer about oneself."""
        keys = source.json_keys
        if source.beginning.lstrip()[:1] != "{":
            return False
        return (EXPORTED in keys and not BESIDE.isdisjoint(keys)) or {"my_user", "follows"} <= keys

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the communities.

        Raises:
            InputError: The JSON is damaged.

        """
        yield Listed(self.platform)
        for line, one in enumerate(_communities(source), start=1):
            record = fields(one)
            community = fields(record.get("community")) or record
            address = text(one) or text(community.get("actor_id")) or text(community.get("ap_id"))
            if short := SHORT(address):
                address = f"https://{short[2]}/c/{short[1]}"
            name = text(community.get("title")) or text(community.get("name"))
            size = number(fields(record.get("counts")).get("subscribers"))
            if address:
                yield Like("web", url=address, name=name, subscribers=size, line=line)
            else:
                yield Rejected(source.label, line, NO_ADDRESS)


def _communities(source: Source) -> Iterator[Any]:
    for page in documents(source):
        document = fields(page)
        for listed in (document.get(EXPORTED), fields(document.get("my_user")).get("follows")):
            yield from members(listed)
