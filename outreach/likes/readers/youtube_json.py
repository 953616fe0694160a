"""YouTube's subscriptions as JSON: Takeout's ``subscriptions.json`` of before August 2021, the Data API, NewPipe.

The channel is ``snippet.resourceId.channelId``; ``snippet.channelId`` is the person who subscribed.
``totalItemCount`` counts videos. NewPipe's shape is from descriptions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.likes.readers.base import Like, Listed, Passed, Rejected, Remark
from outreach.likes.readers.values import documents, fields, text
from outreach.likes.readers.when import iso
from outreach.likes.readers.youtube_takeout import BY_TITLE, SUBSCRIPTIONS, channel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.likes.readers.base import Source

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
MAYBE_MORE: Final = "every answer tells of a next page: the list may be longer"
YOUTUBE: Final = "0"
"""NewPipe's number of YouTube; the others are SoundCloud, PeerTube and so on."""


class YouTubeJson:
    """The channels that somebody subscribed to."""

    name = "youtube-json"
    platform = "youtube"
    reads = (
        "YouTube: subscriptions.json of Takeout before August 2021, pages of the Data API (subscriptions.list), NewPipe"
    )
    ask = "not from YouTube any more, which gives CSV; NewPipe: Subscriptions > ⋮ > Export"
    evidence = "documents"
    paths = re.compile(
        rf"(?:^|/)(?:takeout[^/]*/)*(?:[^/]*youtube[^/]*/(?:[^/]+/)*)?[^/]*(?:newpipe|youtube|{SUBSCRIPTIONS})[^/]*\.json$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the kind that YouTube writes into every answer, or by NewPipe's members."""
        start = source.beginning
        if not JSON(start):
            return False
        if KIND(start) or source.keys >= NEWPIPE or NEWPIPE_EMPTY(start):
            return True
        return bool(EMPTY(start) and NAME(source.name) and FOLDER(source.inner))

    def read(self, source: Source) -> Iterator[Like | Listed | Rejected | Passed | Remark]:
        """Yield the channels.

        Raises:
            InputError: The JSON is damaged.

        """
        if not KIND(source.beginning) and "subscriptions" in source.keys:
            yield from _newpipe(source)
            return
        pages = list(documents(source))
        items = list(_items(pages))
        found = [(line, item) for line, item in enumerate(items, start=1) if _is_subscription(item)]
        if items and not found:
            yield Passed("an answer of YouTube's that is no list of subscriptions")
            return
        told = [_subscription(line, fields(item.get("snippet"))) for line, item in found]
        yield from told
        yield Listed("youtube")
        yield from _remarks(told, len(items) - len(found))
        if pages and all(text(fields(page).get("nextPageToken")) for page in pages):
            yield Remark(MAYBE_MORE)


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


def _subscription(line: int, snippet: dict[str, Any]) -> Like | Rejected:
    number = text(fields(snippet.get("resourceId")).get("channelId"))
    told = channel(line, number, "", text(snippet.get("title")))
    if isinstance(told, Rejected):
        return told
    return Like(
        "youtube", resource=told.resource, name=told.name, followed_at=iso(snippet.get("publishedAt")), line=line
    )


def _newpipe(source: Source) -> Iterator[Like | Listed | Rejected | Remark]:
    """Read NewPipe's list, which holds channels of other services too."""
    records = fields(source.json).get("subscriptions")
    if not isinstance(records, list):
        raise InputError(f"{source.label}: NewPipe's subscriptions are no list", hint="export them again")
    told, others = [], 0
    for line, record in enumerate(map(fields, records), start=1):
        if text(record.get("service_id")) == YOUTUBE:
            told.append(channel(line, "", text(record.get("url")), text(record.get("name"))))
        else:
            others += 1
    yield from told
    yield Listed("youtube")
    yield from _remarks(told, others)


def _remarks(told: list[Like | Rejected], others: int) -> Iterator[Remark]:
    by_title = sum(isinstance(one, Like) and not (one.resource or one.url) for one in told)
    if by_title:
        yield Remark(f"{BY_TITLE}: {by_title:,}")
    if others:
        yield Remark(f"records that are no channels of YouTube were left out: {others:,}")
