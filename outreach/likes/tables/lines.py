"""Lines of a text or a column: with something on them, and the names of platforms that stand on or before some."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.keys import platform_named
from outreach.likes.tables.amounts import size_of
from outreach.likes.tables.answers import is_address, line_of, parts, unmarked
from outreach.likes.tables.cells import is_tidy_address, tells_total
from outreach.likes.tables.interface import is_button, is_interface_word
from outreach.likes.tables.sentences import is_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from outreach.files.grid import Row
    from outreach.likes.tables.contract import Tally

__all__ = ["COLON", "STAMP", "Heading", "Line", "heading", "lines_of", "tells_address", "with_next"]

STAMP: Final = re.compile(
    r"^\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d[^\]]{0,8}\]\s*"
    r"|^\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d\d[^-]{0,8} - "
    r"|,?\s*\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d[^\]]{0,8}\]$"
)
"""When a message was sent, as messengers write it before or behind the name."""

COLON: Final = re.compile(r"\s*[:：](?:\s+|$)|\s+[-–—]\s+")


class Line(NamedTuple):
    """A line with something on it, and whether a blank line, or nothing, stands above it."""

    number: int
    text: str
    first: bool


class Heading(NamedTuple):
    """A platform's name on a line of its own or before a list; ``other`` is no platform."""

    platform: str | None
    rest: str


def lines_of(rows: Iterable[Row], tally: Tally | None = None, *, pasted: bool = True) -> Iterator[Line]:
    """Yield the lines with something on them; words of a network's page and sizes are counted and left out.

    Below a blank line a sentence such as ``Thanks!`` is no beginning; the line below it is.

    Example:
        >>> list(lines_of([(1, ["- Anna"]), (2, ["12K followers"]), (3, ["@durov", "@meduza"])]))
        [Line(number=1, text='Anna', first=True), Line(number=3, text='@durov; @meduza', first=False)]

    """
    first = True
    for number, cells in rows:
        if len(cells) == 1 and is_tidy_address(cells[0]):  # most lines are, and need no closer look
            yield Line(number, cells[0], first)
            first = False
            continue
        for part in line_of(cells).split("\n"):  # a cell can hold a whole block
            text = STAMP.sub("", unmarked(part))
            if not text:
                first = True
            elif tells_total(text) and not text.isalpha():
                if tally is not None:
                    tally.totals += 1
            elif is_button(text) or (pasted and is_interface_word(text)) or size_of(text) is not None:
                if tally is not None:
                    tally.dropped += 1
            else:
                yield Line(number, text, first)
                first = first and is_said(text) and not text.endswith(":")


def heading(text: str) -> Heading | None:
    """Return the platform that a line announces.

    Example:
        >>> heading("Телеграм: @durov, @meduza"), heading("VK"), heading("vk:club7"), heading("Anna: @durov")
        (Heading(platform='telegram', rest='@durov, @meduza'), Heading(platform='vk', rest=''), None, None)

    """
    found = COLON.search(text)
    word, rest = (text[: found.start()], text[found.end() :]) if found else (text, "")
    if not 0 < len(word) <= 40 or "/" in word or "@" in word:
        return None
    platform = platform_named(word)
    if platform is None or (not found and (platform in {"web", "other"} or len(word) < 2)):
        return None
    return Heading(None if platform == "other" else platform, rest.strip())


def tells_address(text: str) -> bool:
    """Return whether a line is an address or a list with one in it."""
    return is_tidy_address(text) or any(map(is_address, parts(text)))


def with_next(lines: Iterable[Line]) -> Iterator[tuple[Line, Line | None]]:
    """Yield each line with the one below it, the last one with None."""
    before: Line | None = None
    for line in lines:
        if before is not None:
            yield before, line
        before = line
    if before is not None:
        yield before, None
