"""Twitch: answers of Helix ``Get Followed Channels``, and of the older ``kraken`` interface.

From documents only. A channel's number is no address; its login is, and the name that people see is another spelling
of it, in letters of any script.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.likes.readers.base import Like, Listed, Passed, Rejected, Remark
from outreach.likes.readers.values import documents, fields, number, text
from outreach.likes.readers.when import iso

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.likes.readers.base import Evidence, Source

__all__ = ["Twitch"]

NO_CHANNEL: Final = "no channel"
MAYBE_MORE: Final = "the last answer tells of a next page: the list may be longer"
FOLLOWERS: Final = "who follows them"
_EMPTY = re.compile(r'\{[^{}]*"data"\s*:\s*\[\s*\]')
_NAMED = re.compile(r"twitch|followed[-_ ]?channels", re.IGNORECASE)
_FOLLOWERS = re.compile("followers", re.IGNORECASE)


class Twitch:
    """Channels that a person follows."""

    name = "twitch"
    platform = "twitch"
    reads = "answers of helix/channels/followed and of the older kraken follows/channels"
    ask = "with an app that the customer lets in: api.twitch.tv/helix/channels/followed (scope user:read:follows)"
    evidence: Evidence = "documents"
    paths = re.compile(
        r"[^/]*(?:twitch|followed[-_ ]?channels|channels[-_ ]?followed|follows)[^/]*\.json$", re.IGNORECASE
    )

    def identify(self, source: Source) -> bool:
        """Tell by the fields of a followed channel or of a follower."""
        keys = source.keys
        if source.beginning.lstrip()[:1] not in {"{", "["}:
            return False
        if "data" in keys and "followed_at" in keys:
            return bool({"broadcaster_login", "user_login"} & keys)
        if "follows" in keys and ({"channel", "notifications"} <= keys or {"user", "notifications"} <= keys):
            return True
        return {"data", "pagination"} <= keys and bool(_NAMED.search(source.name) and _EMPTY.search(source.beginning))

    def read(self, source: Source) -> Iterator[Like | Listed | Rejected | Passed | Remark]:
        """Yield the channels of one or several answers."""
        pages = [fields(page) for page in documents(source)]
        follows = [fields(one) for page in pages for name in ("data", "follows") for one in _list(page.get(name))]
        if _FOLLOWERS.search(source.name) or any("user_login" in one or "user" in one for one in follows):
            yield Passed(FOLLOWERS)
            return
        yield Listed("twitch")
        for line, follow in enumerate(follows, start=1):
            yield _kraken(follow, line) if "channel" in follow else _helix(follow, line)
        if pages and text(fields(pages[-1].get("pagination")).get("cursor")):
            yield Remark(MAYBE_MORE)


def _helix(follow: dict[str, Any], line: int) -> Like | Rejected:
    name = text(follow.get("broadcaster_name"))
    login = text(follow.get("broadcaster_login"))
    when = iso(follow.get("followed_at"))
    return Like("twitch", handle=login, name=name, followed_at=when, line=line) if login or name else _none(line)


def _kraken(follow: dict[str, Any], line: int) -> Like | Rejected:
    channel = fields(follow.get("channel"))
    login, name = text(channel.get("name")), text(channel.get("display_name"))
    size, when = number(channel.get("followers")), iso(follow.get("created_at"))
    if not login and not name:
        return _none(line)
    return Like("twitch", handle=login, name=name, subscribers=size, followed_at=when, line=line)


def _none(line: int) -> Rejected:
    return Rejected(line, NO_CHANNEL)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
