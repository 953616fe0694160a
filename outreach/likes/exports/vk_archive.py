"""VK's archive of one's data: ``profile/subscriptions0.html``, links in windows-1251.

Other pages of the archive have the same shape and hold people. The shape was told by programs that read it; no file of
a real person was seen.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected, reason
from outreach.keys import identify
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["VkArchive"]

SUBSCRIPTIONS: Final = re.compile(r"subscriptions\d*(?: ?\(\d+\))?\.html?", re.IGNORECASE).fullmatch
PEOPLE: Final = re.compile(r"(?:friends?|followers|blacklist|blocked|requests)[\w-]*\.html?", re.IGNORECASE).fullmatch
OF_VK: Final = re.compile(r"windows-1251|//(?:m\.)?(?:vk\.(?:com|ru)|vkontakte\.ru)/", re.IGNORECASE).search
PAGE: Final = re.compile(r"<html|<!doctype html", re.IGNORECASE).search
HOST: Final = re.compile(r"(?:https?:)?//(?:[a-z]+\.)?(?:vk\.(?:com|ru)|vkontakte\.ru)/(.*)", re.IGNORECASE).fullmatch
PERSON: Final = re.compile(r"vk:id[0-9]+").fullmatch
DECLARATION: Final = re.compile(r"<![^>-][^>]*>?|<!>")  # damaged ones make the parser raise; they hold no links
LARGEST: Final = 1 << 26  # bytes; a hundred thousand links are ten megabytes
SITE_PAGES: Final = frozenset({"", "data_protection", "feed", "settings", "support", "terms", "privacy"})


class VkArchive(FileByFile):
    """The communities that a page of subscriptions links to."""

    name = "vk-archive"
    platform = "vk"
    reads = "VK: the archive's profile/subscriptions*.html"
    ask = "vk.com/data_protection > Request archive (Запросить архив); profile data is enough"
    evidence: Evidence = "documents"
    paths = re.compile(
        r"(?:^|/)(?:Archive/)?(?:profile/)?(?:subscriptions\d*|friends?\d*|followers\d*|blacklist\d*)\.html?$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by the name of the page, since friends have the same shape, and by links to VK."""
        if not (SUBSCRIPTIONS(source.name) or PEOPLE(source.name)) or b"<" not in source.head[:1000]:
            return False
        start = source.head.decode("cp1251", "replace")
        return bool(PAGE(start) and OF_VK(start))

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield what is linked to."""
        if PEOPLE(source.name):
            yield other_list(source, "people-not-communities")
            return
        page = Links()
        page.feed(DECLARATION.sub(" ", _decoded(source)))
        page.close()
        for line, address, name in page.found:
            identity = identify(address, "vk")
            if identity.key is None:
                yield Rejected(source.label, line, reason("sentence", text=identity.why))
            else:
                yield Like("vk", url=address, name=text(name), line=line, person=bool(PERSON(identity.key)))
        yield Listed("vk")


class Links(HTMLParser):
    """Links to VK with their lines and texts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str, str]] = []
        self._open: tuple[int, str] | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "a":
            return
        self._close()
        address = (dict(attrs).get("href") or "").strip()
        host = HOST(address)
        if host and host[1].rstrip("/").lower() not in SITE_PAGES:
            self._open = (self.getpos()[0], address)

    def handle_data(self, data: str) -> None:
        if self._open:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._close()

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        if self._open:
            self.found.append((*self._open, "".join(self._text)))
        self._open, self._text = None, []


def _decoded(source: Source) -> str:
    """Return the page: VK writes windows-1251, browsers that save it again UTF-8."""
    with source.open() as stream:
        raw = stream.read(LARGEST)
    try:
        return raw.decode(source.encoding or "utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode(source.encoding or "cp1251", "replace")
