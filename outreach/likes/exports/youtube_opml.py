"""Subscriptions of YouTube as OPML: YouTube's ``subscription_manager`` of before 2021, FreeTube, readers of feeds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, Remark, reason
from outreach.keys import identify, platform_of
from outreach.likes.exports.base import FileByFile, Like, Listed
from outreach.likes.exports.values import text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["YouTubeOpml"]

OPML: Final = re.compile(r"<opml\b", re.IGNORECASE).search
FEED: Final = re.compile(r"youtube\.com/feeds/videos\.xml", re.IGNORECASE).search
TITLE: Final = re.compile(r'(?:text|title)\s*=\s*"[^"]*YouTube', re.IGNORECASE).search
MANAGER: Final = re.compile(r"subscription_manager", re.IGNORECASE).match
HOST: Final = re.compile(r"(?:https?:)?//(?:[a-z]+\.)*youtube\.com/", re.IGNORECASE).match
LARGEST: Final = 1 << 26
"""Bytes: a hundred thousand channels are twenty megabytes."""


class YouTubeOpml(FileByFile):
    """The channels among the feeds."""

    name = "youtube-opml"
    platform = "youtube"
    reads = "YouTube: feeds of channels in OPML (subscription_manager, FreeTube, feed readers)"
    ask = "FreeTube: Settings > Data > Export subscriptions > OPML; feed readers: export as OPML"
    evidence: Evidence = "documents"
    paths = re.compile(r"(?:^|/)(?:[^/]+\.opml|subscription_manager[^/]*|[^/]*youtube[^/]*\.xml)$", re.IGNORECASE)

    def identify(self, source: Source) -> bool:
        """Tell by feeds of YouTube inside; where there are none, by the titles that YouTube and FreeTube write."""
        start = source.beginning
        is_opml = start.lstrip()[:1] == "<" and OPML(start[:4000])
        return bool(is_opml) and bool(FEED(start) or TITLE(start) or MANAGER(source.name))

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels.

        Raises:
            InputError: The XML is damaged, or holds what no list of feeds does.

        """
        others = 0
        for line, outline in enumerate(_feeds(source), start=1):
            part = _channel(source.label, line, outline)
            if part is None:
                others += 1
            else:
                yield part
        yield Listed("youtube")
        if others:
            yield Remark(message("other-feeds-left-out", feeds=others))


def _feeds(source: Source) -> Iterator[Element]:
    """Yield the outlines that have the address of a feed."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    with source.open() as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise InputError("larger than any list of feeds", where=source.label, hint="give the list alone")
    try:
        root = fromstring(raw)
    except ParseError as err:
        line = err.position[0]
        raise InputError(
            "this XML is cut off or damaged", where=source.label, line=line, hint="export the list again"
        ) from err
    except (DefusedXmlException, ValueError, LookupError) as err:  # entities; encodings that the parser does not know
        raise InputError("not the XML of a list of feeds", where=source.label, hint="export the list again") from err
    yield from (one for one in root.iter() if one.tag.rpartition("}")[2].lower() == "outline" and one.get("xmlUrl"))


def _channel(label: str, line: int, outline: Element) -> Like | Rejected | None:
    """Return a channel; None for the feed of another site."""
    address = text(outline.get("xmlUrl"))
    if not HOST(address):
        return None
    identity = identify(address, "youtube")
    if identity.key is None or platform_of(identity.key) != "youtube":
        return Rejected(label, line, reason("sentence", text=identity.why))
    return Like("youtube", url=address, name=text(outline.get("title") or outline.get("text")), line=line)
