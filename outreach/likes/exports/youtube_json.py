"""YouTube's subscriptions as JSON: Takeout's ``subscriptions.json`` of before August 2021, the Data API, other apps.

The channel is ``snippet.resourceId.channelId``; ``snippet.channelId`` is the person who subscribed.
``totalItemCount`` counts videos. What NewPipe, Invidious, LibreTube and Piped write is from descriptions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark
from outreach.files.dates import iso
from outreach.keys import identify, platform_of
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import documents, fields, members, text
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
LISTS: Final = ("subscriptions", "localSubscriptions")
LIST: Final = re.compile(rf'"(?:{"|".join(LISTS)})"\s*:\s*\[').search
APPS: Final = frozenset(
    {"watch_history", "watchHistory", "watchPositions", "localPlaylists", "customInstances", "localSubscriptions"}
)
"""Keys that Invidious and LibreTube write beside their lists."""

CHANNELS: Final = re.compile(r'"(?:/channel/)?UC[A-Za-z0-9_-]{22}"|youtube\.com/(?:channel/|@|user/|c/)').search
OF_PIPED: Final = re.compile(r'"url"\s*:\s*"/channel/UC[A-Za-z0-9_-]{22}"').search
RELATIVE: Final = re.compile(r"/channel/(UC[A-Za-z0-9_-]{22})").fullmatch
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
        "YouTube: subscriptions.json of Takeout before August 2021, pages of the Data API (subscriptions.list), "
        "NewPipe, Invidious, LibreTube, Piped"
    )
    ask = (
        "no longer from YouTube, which gives CSV; NewPipe: Subscriptions > ⋮ > Export; Invidious: Settings > "
        "Import/export data > Export data as JSON; LibreTube: Settings > Backup and restore; Piped: Subscriptions > "
        "Export"
    )
    evidence: Evidence = "documents"
    paths = re.compile(
        rf"(?:^|/)(?:takeout[^/]*/)*(?:[^/]*youtube[^/]*/(?:[^/]+/)*)?(?:libretube|invidious|piped|[^/]*(?:newpipe|youtube|{SUBSCRIPTIONS}))[^/]*\.json$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the kind that YouTube writes into every answer, or by the members that other apps write."""
        start = source.beginning
        if not JSON(start):
            return False
        if KIND(start) or source.json_keys >= NEWPIPE or NEWPIPE_EMPTY(start) or _is_of_app(source):
            return True
        return bool(EMPTY(start) and NAME(source.name) and FOLDER(source.inner))

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels.

        Raises:
            InputError: The JSON is damaged.

        """
        if not KIND(source.beginning) and (_is_of_app(source) or not source.json_keys.isdisjoint(LISTS)):
            yield from _of_app(source)
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


def _is_of_app(source: Source) -> bool:
    """Whether another app wrote a list: under its name with channels of YouTube in it, or bare as Piped has it."""
    start, keys = source.beginning, source.json_keys
    if start.lstrip()[:1] == "[":
        if {"author", "authorId"} <= keys:
            return keys.isdisjoint({"videoId", "videoCount", "playlistId"})
        return OF_PIPED(start) is not None and "uploaderUrl" not in keys
    if keys.isdisjoint(LISTS):
        return len(APPS & keys) > 1 and LIST(source.tail.decode("utf-8", "replace")) is not None
    return bool(LIST(start) and (CHANNELS(start) or len(APPS & keys) > 1)) and "bgColor" not in keys


def _of_app(source: Source) -> Iterator[Part]:
    """Read the list of another app, which may hold channels of other services too."""
    document = source.json
    lists = [document] if isinstance(document, list) else [fields(document).get(name) for name in LISTS]
    if not any(isinstance(one, list) for one in lists):
        raise InputError("the subscriptions are not a list", where=source.label, hint="export them again")
    parts: list[Like | Rejected] = []
    others = 0
    for line, record in enumerate((record for one in lists for record in members(one)), start=1):
        if _is_channel(fields(record)):
            parts.append(_of_record(source.label, line, record))
        else:
            others += 1
    yield from parts
    yield Listed("youtube")
    yield from _remarks(parts, others)


def _is_channel(record: dict[str, Any]) -> bool:
    """Whether a record is of YouTube: by the number of the service, where that is left out by its address."""
    service, url = text(record.get("service_id")), text(record.get("url"))
    if service or "://" not in url:
        return service in {YOUTUBE, ""}
    key = identify(url).key
    return key is None or platform_of(key) == "youtube"


def _of_record(label: str, line: int, record: object) -> Like | Rejected:
    """Return a channel, of which there may be the id alone."""
    about = fields(record)
    number = text(record) or text(about.get("channelId")) or text(about.get("authorId")) or text(about.get("id"))
    url = text(about.get("url"))
    if found := RELATIVE(url):
        number, url = found[1], ""
    return channel(label, line, number, url, text(about.get("name")) or text(about.get("author")))


def _remarks(parts: list[Like | Rejected], others: int) -> Iterator[Remark]:
    by_title = sum(isinstance(one, Like) and not (one.resource or one.url) for one in parts)
    if by_title:
        yield Remark(message("channels-by-title-only", channels=by_title))
    if others:
        yield Remark(message("no-channels-left-out", records=others))
