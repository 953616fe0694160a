"""YouTube's subscriptions as JSON: Takeout's ``subscriptions.json`` of before August 2021, the Data API, NewPipe.

The channel is ``snippet.resourceId.channelId``; ``snippet.channelId`` is the person who subscribed.
``totalItemCount`` counts videos. NewPipe's shape is from descriptions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.dates import iso
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, text
from outreach.likes.exports.youtube_takeout import SUBSCRIPTIONS, channel
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["YouTubeJson"]

SUBSCRIPTION: Final = "youtube#subscription"
PAGE: Final = re.compile(r'"kind"\s*:\s*"youtube#(?:subscription)?ListResponse"', re.IGNORECASE).search
KIND: Final = re.compile(r'"kind"\s*:\s*"youtube#').search
JSON: Final = re.compile(r"\s*[\[{]").match
NAME: Final = re.compile(rf"(?:{SUBSCRIPTIONS})[^/]*\.json", re.IGNORECASE).fullmatch
EMPTY: Final = re.compile(r"\s*\[\s*\]\s*$").match
FOLDER: Final = re.compile(r"youtube[^/]*/", re.IGNORECASE).search
NEWPIPE: Final = frozenset({"subscriptions", "service_id"})
NEWPIPE_EMPTY: Final = re.compile(
    r'\s*\{(?:\s*"app_version\w*"\s*:\s*(?:"[^"]*"|\d+)\s*,)+\s*"subscriptions"\s*:\s*\['
).match
YOUTUBE: Final = "0"
"""NewPipe's number of YouTube; the others are SoundCloud, PeerTube and so on."""


class YouTubeJson(FileByFile):
    """The channels that somebody subscribed to."""

    name = "youtube-json"
    platform = "youtube"
    reads = (
        "YouTube: subscriptions.json of Takeout before August 2021, pages of the Data API (subscriptions.list), NewPipe"
    )
    ask = "not from YouTube any more, which gives CSV; NewPipe: Subscriptions > ⋮ > Export"
    evidence: Evidence = "documents"
    paths = re.compile(
        rf"(?:^|/)(?:takeout[^/]*/)*(?:[^/]*youtube[^/]*/(?:[^/]+/)*)?[^/]*(?:newpipe|youtube|{SUBSCRIPTIONS})[^/]*\.json$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the kind that YouTube writes into every answer, or by NewPipe's members."""
        start = source.beginning
        if not JSON(start):
            return False
        if KIND(start) or source.json_keys >= NEWPIPE or NEWPIPE_EMPTY(start):
            return True
        return bool(EMPTY(start) and NAME(source.name) and FOLDER(source.inner))

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels.

        Raises:
            InputError: The JSON is damaged.

        """
        if not KIND(source.beginning) and "subscriptions" in source.json_keys:
            yield from _newpipe(source)
            return
        pages = list(documents(source))
        items = list(_items(pages))
        found = [(line, item) for line, item in enumerate(items, start=1) if _is_subscription(item)]
        if items and not found:
            yield other_list(source, "youtube-other-answer")
            return
        parts = [_subscription(source.label, line, fields(item.get("snippet"))) for line, item in found]
        yield from parts
        yield Listed("youtube")
        yield from _remarks(parts, len(items) - len(found))
        if pages and all(text(fields(page).get("nextPageToken")) for page in pages):
            yield Remark(message("maybe-more"))


def _items(pages: Iterable[Any]) -> Iterator[dict[str, Any]]:
    """Yield the records of a bare list, or of one or several answers."""
    for page in pages:
        items = fields(page).get("items")
        if isinstance(items, list):
            yield from map(fields, items)
        elif "kind" not in fields(page) or not PAGE(f'"kind":"{page["kind"]}"'):
            yield fields(page)


def _is_subscription(item: dict[str, Any]) -> bool:
    return item.get("kind") == SUBSCRIPTION or "resourceId" in fields(item.get("snippet"))


def _subscription(label: str, line: int, snippet: dict[str, Any]) -> Like | Rejected:
    number = text(fields(snippet.get("resourceId")).get("channelId"))
    part = channel(label, line, number, "", text(snippet.get("title")))
    if isinstance(part, Rejected):
        return part
    return Like(
        "youtube", resource=part.resource, name=part.name, followed_at=iso(snippet.get("publishedAt")), line=line
    )


def _newpipe(source: Source) -> Iterator[Part]:
    """Read NewPipe's list, which holds channels of other services too."""
    records = fields(source.json).get("subscriptions")
    if not isinstance(records, list):
        raise InputError("NewPipe's subscriptions are no list", where=source.label, hint="export them again")
    parts, others = [], 0
    for line, record in enumerate(map(fields, records), start=1):
        if text(record.get("service_id")) == YOUTUBE:
            parts.append(channel(source.label, line, "", text(record.get("url")), text(record.get("name"))))
        else:
            others += 1
    yield from parts
    yield Listed("youtube")
    yield from _remarks(parts, others)


def _remarks(parts: list[Like | Rejected], others: int) -> Iterator[Remark]:
    by_title = sum(isinstance(one, Like) and not (one.resource or one.url) for one in parts)
    if by_title:
        yield Remark(message("channels-by-title-only", channels=by_title))
    if others:
        yield Remark(message("no-channels-left-out", records=others))
