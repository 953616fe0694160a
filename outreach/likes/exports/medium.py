"""Medium's export: web pages of the writers and publications that a person follows.

From documents only: pages that others published of their own exports. A page is a list of links; a publication with a
domain of its own is linked there.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import text
from outreach.messages import message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["Medium"]

FOLDER: Final = re.compile(r"(?:^|/)(?:users|pubs|publications)-following/[^/]+\.html?$", re.IGNORECASE).search
TITLE: Final = re.compile(r"<title>[^<]{0,200}\bfollowed (?:users|publications|(topics))\b", re.IGNORECASE).search
OTHERS: Final = (
    r"topics-following|blocks|bookmarks|claps|highlights|interests|lists|posts|profile|sessions|partner-program"
)
OTHER: Final = re.compile(rf"(?:^|/)(?:{OTHERS})/[^/]+\.html?$", re.IGNORECASE).search
MARKUP: Final = re.compile(r"\s*<(?:!doctype html|html)", re.IGNORECASE).match
LINK: Final = re.compile(r"https?://", re.IGNORECASE).match
NO_ADDRESS: Final = message("no-address-of-account")


class Medium(FileByFile):
    """Writers and publications on Medium."""

    name = "medium"
    platform = "medium"
    reads = "users-following and pubs-following of the export: writers and publications"
    ask = "medium.com > Settings > Security and apps > Download your information; a link to a ZIP comes by mail"
    evidence: Evidence = "documents"
    paths = re.compile(
        rf"(?<![^/])(?:medium-export[^/]*/)?(?:(?:users|pubs|publications)-following|{OTHERS})/[^/]+\.html?$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the folder or the title, and by a link to Medium or an empty list."""
        start = source.beginning
        if not MARKUP(start):
            return False
        named = FOLDER(source.inner) or (OTHER(source.inner) and "medium.com" in start)
        return bool(named) or (TITLE(start) is not None and "medium" in start.lower())

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the writers or publications of one page."""
        title = TITLE(source.beginning)
        if title[1] if title else not FOLDER(source.inner):
            yield other_list(source, "not-follows")
            return
        yield Listed("medium")
        links = _Links()
        links.feed(source.text)
        links.close()
        for line, (address, name) in enumerate(links.found, start=1):
            called = "" if name.startswith("@") else name
            if LINK(address):
                yield Like("medium", url=address, name=called, line=line)
            elif called:
                yield Like("medium", name=called, line=line)
            else:
                yield Rejected(source.label, line, NO_ADDRESS)


class _Links(HTMLParser):
    """Takes the links of a page with their texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Final[list[tuple[str, str]]] = []
        self._address: str | None = None
        self._texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._end()
            self._address = text(dict(attrs).get("href"))

    def handle_data(self, data: str) -> None:
        if self._address is not None:
            self._texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end()

    def close(self) -> None:
        super().close()
        self._end()

    def _end(self) -> None:
        if self._address is not None:
            self.found.append((self._address, text("".join(self._texts))))
        self._address, self._texts = None, []
