"""Google Takeout: ``subscriptions.csv`` of YouTube, by the position of its columns.

Folder, file and header are in the language of the account; the columns are always id, address, title. The rows decide,
where there are any. Other tables of YouTube's folder hold ids of channels too and are passed over.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, Final

from outreach.files.contract import Rejected, Remark
from outreach.keys import identify, is_name
from outreach.likes.exports.base import FileByFile, Like, Listed, other_list
from outreach.likes.exports.values import resaved, text
from outreach.messages import message
from outreach.words.vocabulary import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from outreach.files.source import Source
    from outreach.likes.exports.base import Evidence, Part

__all__ = ["SUBSCRIPTIONS", "YouTubeTakeout", "channel"]

CHANNEL: Final = re.compile(r"UC[A-Za-z0-9_-]{22}").fullmatch
FOLDER: Final = re.compile(
    r"(?:^|/)(?:takeout[^/]*/[^/]*youtube|youtube[^/]*youtube music)[^/]*/.*\.csv$", re.IGNORECASE
).search
SUBSCRIPTIONS: Final = "|".join(texts_of("files.of_subscriptions"))
SUBSCRIPTION_NAME: Final = re.compile(rf"[^/]*(?:{SUBSCRIPTIONS})[^/]*\.csv", re.IGNORECASE).fullmatch
OTHER_TABLES: Final = re.compile(
    r"Channel ID,Channel (?:Title|Country|Visibility)|Comment ID,Channel ID|Playlist ID,|Video ID,Playlist",
    re.IGNORECASE,
).match
HISTORY: Final = re.compile(r'"header"\s*:\s*"YouTube[^"]*"').search
HEADER_ID: Final = re.compile(rf"\bID\b|{'|'.join(texts_of('files.takeout_id'))}", re.IGNORECASE).search
HEADER_URL: Final = re.compile(rf"\bURL\b|{'|'.join(texts_of('files.takeout_url'))}", re.IGNORECASE).search
NO_CHANNEL: Final = message("neither-id-nor-title")
WIDTHS: Final = (2, 3)
"""Columns of a row; some exports have no title."""

BEGINNING: Final = 10  # rows, of which some may be damaged


class YouTubeTakeout(FileByFile):
    """The channels that somebody subscribed to."""

    name = "youtube-takeout"
    platform = "youtube"
    reads = "YouTube: Takeout's subscriptions.csv in any language"
    ask = (
        "takeout.google.com > Deselect all > YouTube and YouTube Music > All YouTube data included: subscriptions only"
    )
    evidence: Evidence = "real file"
    paths = re.compile(
        rf"(?:^|/)(?:takeout[^/]*/)*(?:[^/]*youtube[^/]*/(?:[^/]+/)*[^/]+\.csv|(?:[^/]*(?:{SUBSCRIPTIONS})[^/]*/)?"
        rf"[^/]*(?:{SUBSCRIPTIONS})[^/]*\.csv|(?:[^/]*youtube[^/]*/(?:[^/]+/)*)?(?:watch|search)-history\.(?:json|html))$",
        re.IGNORECASE,
    )

    def identify(self, source: Source) -> bool:
        """Tell by rows whose address ends with their id; without rows by the header, or the folder."""
        if source.name.lower().endswith((".json", ".html")):
            return source.name.lower().endswith(".json") and bool(HISTORY(source.beginning))
        rows = _rows(source.beginning)[:BEGINNING]
        if any(_is_subscription(row) for row in rows[1:]):
            return True
        return _is_header(rows) or bool(FOLDER(source.inner) or OTHER_TABLES(source.beginning))

    def read_file(self, source: Source) -> Iterator[Part]:
        """Yield the channels.

        Raises:
            InputError: This is no text.

        """
        beginning = _rows(source.beginning)[:BEGINNING]
        is_list = _is_header(beginning) or any(_is_subscription(row) for row in beginning[1:])
        if not is_list and not SUBSCRIPTION_NAME(source.name):
            yield other_list(source, "youtube-other-file")
            return
        by_title = 0
        for line, row in _numbered(source.text):
            number, url, *title = [*row, "", ""][: max(len(row), 3)]
            part = channel(source.label, line, number, url, ",".join(title))
            by_title += isinstance(part, Like) and not (part.resource or part.url)
            yield part
        yield Listed("youtube")
        if by_title:
            yield Remark(message("channels-by-title-only", channels=by_title))


def channel(label: str, line: int, number: str, url: str, title: str) -> Like | Rejected:
    """Return a channel by its id, else its address, else its title.

    Example:
        >>> channel("a.csv", 2, "UC0123456789abcdefghijkl", "", "SMM").resource
        'UC0123456789abcdefghijkl'
        >>> channel("a.csv", 3, "1-1", "http://www.youtube.com/channel/1-1", "Выпечка").name
        'Выпечка'

    """
    number, url, title = text(number), text(url), text(title)
    key = identify(url, "youtube").key
    if CHANNEL(number):
        return Like("youtube", url=url if key == f"youtube:{number}" else "", resource=number, name=title, line=line)
    if key and key.startswith("youtube:") and not is_name(key):
        return Like("youtube", url=url, name=title, line=line)
    if title:
        return Like("youtube", name=title, line=line)
    return Rejected(label, line, NO_CHANNEL)


def _rows(start: str) -> list[list[str]]:
    """Return the first rows of a table; nothing where this is none."""
    table, delimiter = resaved(start.lstrip())
    lines = table.split("\n")[: 2 * BEGINNING]
    return [cells for line in lines if (cells := _cells(line, delimiter))]


def _cells(line: str, delimiter: str) -> list[str]:
    """Return the columns of a line, none of an empty one; a damaged quote ends with its line."""
    try:
        cells = next(csv.reader([line.replace("\r", " ")], delimiter=delimiter), [])
    except csv.Error:  # longer than any row
        return [""]
    return cells if any(cell.strip() for cell in cells) else []


def _is_subscription(row: list[str]) -> bool:
    number, address = (row[0].strip(), row[1].strip()) if len(row) in WIDTHS else ("", "")
    return bool(number) and "youtube.com/channel/" in address and address.endswith(f"/{number}")


def _is_header(rows: list[list[str]]) -> bool:
    """Whether there is a header alone: columns of id, address and title."""
    header = rows[0] if len(rows) == 1 else []
    return len(header) in WIDTHS and bool(HEADER_ID(header[0]) and HEADER_URL(header[1]))


def _numbered(whole: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows under the header with their lines."""
    first, above = True, whole[: len(whole) - len(whole.lstrip())].count("\n")
    table, delimiter = resaved(whole.lstrip())
    for line, row in enumerate(table.split("\n"), start=1 + above):
        cells = _cells(row, delimiter)
        if cells and (not first or _is_subscription(cells)):
            yield line, cells
        first = first and not cells
