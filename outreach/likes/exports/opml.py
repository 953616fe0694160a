"""Subscriptions of feed and podcast readers as OPML: blogs, podcasts, channels of YouTube and other platforms.

A feed of a platform counts for its channel, publication or subreddit. Any other counts for its site where the file
tells that, since every reader writes its own address of the feed; a podcast without a site for the feed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from outreach.errors import InputError
from outreach.files.contract import Rejected, reason
from outreach.keys import identify, is_name, platform_of
from outreach.likes.exports.base import FileByFile, Like, Listed
from outreach.likes.exports.values import text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Opml"]

OPML: Final = re.compile(r"<opml\b", re.IGNORECASE).search
OUTLINE: Final = re.compile(r"<outline\b[^>]*\bxmlUrl\s*=", re.IGNORECASE).search
YOUTUBE: Final = re.compile(r'(?:text|title)\s*=\s*"[^"]*YouTube', re.IGNORECASE).search
MANAGER: Final = re.compile(r"subscription_manager", re.IGNORECASE).match
FEED_FILE: Final = re.compile(
    r"/(?:(?:feed|rss|atom|index)(?:[._-]?(?:xml|rss|atom|json|php))?|feeds?/posts/default|rss2?\.xml)/?(?:\?.*)?$",
    re.IGNORECASE,
)
"""What stands behind the address of a blog in that of its feed."""

AMPERSAND: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)")
NO_ADDRESS: Final = message("feed-without-address")
LARGEST: Final = 1 << 26
"""Bytes: a hundred thousand channels are twenty megabytes."""


class Opml(FileByFile):
    """What the feeds in a list are of."""

    name = "opml"
    platform = "web"
    reads = "OPML of feed and podcast readers, FreeTube and YouTube: blogs, podcasts, YouTube, Substack, Medium, Reddit"
    ask = (
        "Feedly, Inoreader, NetNewsWire, AntennaPod, Pocket Casts, Overcast …: Settings > Export (OPML); FreeTube: "
        "Settings > Data > Export subscriptions > OPML; Apple Podcasts and Spotify have no such export"
    )
    evidence: Evidence = "documents"
    paths = re.compile(
        r"(?:^|/)(?:[^/]+\.opml|subscription_manager[^/]*|[^/]*(?:youtube|opml|podcasts?|feeds)[^/]*\.xml)$",
        re.IGNORECASE,
    )
    titled = True

    def identify(self, source: Source) -> bool:
        """Tell by the root, and by a feed inside or the name; lists of links and outlines of texts are none."""
        start = source.beginning
        if start.lstrip()[:1] != "<" or not OPML(start[:4000]):
            return False
        return bool(
            OUTLINE(start) or YOUTUBE(start) or MANAGER(source.name) or source.name.lower().endswith((".opml", ".xml"))
        )

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield what is subscribed to.

        Raises:
            InputError: The XML is damaged, or holds what no list of feeds does.

        """
        of_youtube = bool(YOUTUBE(source.beginning) or MANAGER(source.name))
        empty = True
        for line, outline in enumerate(_feeds(source), start=1):
            empty = False
            yield _followed(source.label, line, outline)
        if empty:
            yield Listed("youtube" if of_youtube else self.platform)


def _feeds(source: Source) -> Iterator[Element]:
    """Yield the outlines that have the address of a feed."""
    with source.open() as stream:
        raw = stream.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise InputError("too large for a list of feeds", where=source.label, hint="give only the list")
    root = _parsed(source.label, raw)
    yield from (one for one in root.iter() if one.tag.rpartition("}")[2].lower() == "outline" and _of(one, "xmlUrl"))


def _parsed(label: str, raw: bytes) -> Element:
    """Return the root; some programs write ``&`` as it is."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        try:
            root: Element = fromstring(raw)
        except ParseError:
            root = fromstring(AMPERSAND.sub(b"&amp;", raw))
    except ParseError as err:
        line = err.position[0]
        raise InputError(
            "this XML is cut off or damaged", where=label, line=line, hint="export the list again"
        ) from err
    except (DefusedXmlException, ValueError, LookupError) as err:  # entities; encodings that the parser does not know
        raise InputError("not the XML of a list of feeds", where=label, hint="export the list again") from err
    return root


def _of(outline: Element, name: str) -> str:
    """Return an attribute, however its name is written."""
    found = outline.get(name)
    if found is None:
        found = next((one for key, one in outline.attrib.items() if key.lower() == name.lower()), "")
    return text(found)


def _followed(label: str, line: int, outline: Element) -> Like | Rejected:
    """Return what a feed is of."""
    feed, site = _of(outline, "xmlUrl"), _of(outline, "htmlUrl")
    name = _of(outline, "title") or _of(outline, "text")
    keys = {address: identify(address, "web").key for address in (feed, site) if address}
    known = [address for address, key in keys.items() if key and platform_of(key) not in {"web", "other"}]
    if known:
        return Like(platform_of(keys[known[0]] or ""), url=known[0], name=name, line=line)
    for address in (site, FEED_FILE.sub("", feed), feed):
        key = identify(address, "web").key if address else None
        if key and platform_of(key) == "web" and not is_name(key):
            return Like("web", url=address, name=name, line=line)
    found = identify(feed, "web")
    why = reason("sentence", text=found.why) if found.key is None else NO_ADDRESS
    return Rejected(label, line, why)
