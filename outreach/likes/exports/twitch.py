"""Twitch: answers of Helix ``Get Followed Channels``, and of the older ``kraken`` interface.

From documents only. A channel's number is no address; its login is, and the name that people see is another spelling
of it, in letters of any script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.files.contract import Rejected, Remark
from outreach.files.dates import iso
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, number, text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Twitch"]

NO_CHANNEL: Final = message("no-channel")
_EMPTY = re.compile(r'\{[^{}]*"data"\s*:\s*\[\s*\]')
_NAMED = re.compile(r"twitch|followed[-_ ]?channels", re.IGNORECASE)
_FOLLOWERS = re.compile("followers", re.IGNORECASE)


class Twitch(FileByFile):
    """Channels that a person follows."""

    name = "twitch"
    platform = "twitch"
    reads = "answers of helix/channels/followed and of the older kraken follows/channels"
    ask = "with an app that the customer authorises: api.twitch.tv/helix/channels/followed (scope user:read:follows)"
    evidence: Evidence = "documents"
    paths = re.compile(
        r"[^/]*(?:twitch|followed[-_ ]?channels|channels[-_ ]?followed|follows)[^/]*\.json$", re.IGNORECASE
    )

    def identify(self, source: Source) -> bool:
        """Tell by the fields of a followed channel or of a follower."""
        keys = source.json_keys
        if source.beginning.lstrip()[:1] not in {"{", "["}:
            return False
        if "data" in keys and "followed_at" in keys:
            return bool({"broadcaster_login", "user_login"} & keys)
        if "follows" in keys and ({"channel", "notifications"} <= keys or {"user", "notifications"} <= keys):
            return True
        return {"data", "pagination"} <= keys and bool(_NAMED.search(source.name) and _EMPTY.search(source.beginning))

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels of one or several answers."""
        pages = [fields(page) for page in documents(source)]
        follows = [fields(one) for page in pages for name in ("data", "follows") for one in members(page.get(name))]
        if _FOLLOWERS.search(source.name) or any("user_login" in one or "user" in one for one in follows):
            yield other_list(source, "who-follows-them")
            return
        yield Listed("twitch")
        for line, follow in enumerate(follows, start=1):
            yield (_kraken if "channel" in follow else _helix)(follow, source.label, line)
        if pages and text(fields(pages[-1].get("pagination")).get("cursor")):
            yield Remark(message("maybe-more"))


def _helix(follow: dict[str, Any], label: str, line: int) -> Like | Rejected:
    name = text(follow.get("broadcaster_name"))
    login = text(follow.get("broadcaster_login"))
    when = iso(follow.get("followed_at"))
    if not login and not name:
        return Rejected(label, line, NO_CHANNEL)
    return Like("twitch", handle=login, name=name, followed_at=when, line=line)


def _kraken(follow: dict[str, Any], label: str, line: int) -> Like | Rejected:
    channel = fields(follow.get("channel"))
    login, name = text(channel.get("name")), text(channel.get("display_name"))
    size, when = number(channel.get("followers")), iso(follow.get("created_at"))
    if not login and not name:
        return Rejected(label, line, NO_CHANNEL)
    return Like("twitch", handle=login, name=name, subscribers=size, followed_at=when, line=line)
