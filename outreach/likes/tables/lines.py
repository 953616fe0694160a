"""Lines of a text or a column: with something on them, and the names of platforms that stand on or before some."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from outreach.errors import InputError
from outreach.keys import platform_named
from outreach.likes.tables.amounts import size_of
from outreach.likes.tables.answers import is_address, line_of, parts, unmarked
from outreach.likes.tables.cells import is_tidy_address, tells_total
from outreach.likes.tables.contract import Tally
from outreach.likes.tables.interface import is_button, is_interface_word
from outreach.likes.tables.sentences import is_said
from outreach.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from outreach.files.grid import Row

__all__ = ["COLON", "STAMP", "Heading", "Line", "are_messages", "heading", "lines_of", "tells_address", "with_next"]

STAMP: Final = pattern(
    r"^\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d[^\]]{0,8}\]\s*"
    r"|^\[\d{1,2}:\d\d[^\],]{0,8}, \d{1,4}[./-]\d{1,2}[./-]\d{1,4}\]\s*"
    r"|^\d{1,2}[./]\d{1,2}[./]\d{2,4}, \d{1,2}:\d\d[^-]{0,8} - "
    r"|(?:,\s*|(?<!\s)\s+)?\[\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d[^\]]{0,8}\]$"
)
"""When a message was sent, as messengers write it before or behind the name."""

ALONE: Final = pattern(r"[=:–—-]?\s*([1-9]\d{0,3})")
LONGEST_COUNT: Final = 12
MOST_LINES: Final = 200_000
"""So many lines that are no plain address have been read in seconds; nobody wrote more of them by hand."""
COLON: Final = pattern(r"(?:(?<!\s)\s+)?[:：](?:\s+|$)|(?<!\s)\s+[-–—]\s+")


def are_messages(texts: Sequence[str]) -> bool:
    """Return whether most lines begin or end with the time at which a message was sent.

    Example:
        >>> are_messages(["[02.05.26, 10:15:03] Anna: t.me/smm_riga", "[10:16, 5/2/2026] Boris: t.me/smm_riga"])
        True

    """
    return bool(texts) and sum(STAMP.search(text) is not None for text in texts) * 2 > len(texts)


class Line(NamedTuple):
    """A line with something on it, and whether a blank line, or nothing, stands above it."""

    number: int
    text: str
    first: bool


class Heading(NamedTuple):
    """A platform's name on a line of its own or before a list; ``other`` is no platform."""

    platform: str | None
    rest: str


def lines_of(rows: Iterable[Row], tally: Tally | None = None, *, pasted: bool = True, above: int = 0) -> Iterator[Line]:
    """Yield the lines with something on them; words of a network's page and sizes are counted and left out.

    Below a blank line a sentence such as ``Thanks!`` is no beginning; the line below it is. ``above`` counts the lines
    that were read before, without a blank one.

    Raises:
        InputError: More than ``MOST_LINES`` of them are no plain address.

    Example:
        >>> list(lines_of([(1, ["- Anna"]), (2, ["12K followers"]), (3, ["@durov", "@meduza"])]))
        [Line(number=1, text='Anna', first=True), Line(number=3, text='@durov; @meduza', first=False)]

    """
    tally = Tally() if tally is None else tally
    first = not above
    count = above  # of the lines since the last blank one
    held: Line | None = None  # the number of those lines: a total, if it is the last
    looked_at = 0
    for number, cells in rows:
        if len(cells) == 1 and is_tidy_address(cells[0]):  # most lines are, and need no closer look
            if held is not None:
                yield held
                held = None
            yield Line(number, cells[0], first)
            first = False
            count += 1
            continue
        looked_at = _next(looked_at, number)
        for part in line_of(cells).split("\n"):  # a cell can hold a whole block
            text = STAMP.sub("", unmarked(part))
            if not text:
                tally.totals += held is not None
                first, count, held = True, 0, None
            elif tells_total(text) and not text.isalpha():
                tally.totals += 1
            elif is_button(text) or (pasted and is_interface_word(text)) or size_of(text) is not None:
                tally.dropped += 1
            else:
                if held is not None:
                    yield held
                    held = None
                line = Line(number, text, first)
                first = first and is_said(text) and not text.endswith(":")
                if is_count(text, count):
                    held = line
                else:
                    yield line
                count += 1
    tally.totals += held is not None


def _next(looked_at: int, number: int) -> int:
    """Return how many lines were looked at with one more.

    Raises:
        InputError: That is one too many.

    """
    if looked_at == MOST_LINES:
        raise InputError(
            f"a list of more than {MOST_LINES:,} lines that are not plain addresses",
            line=number,
            hint="give it as a table with a header line: customer,resource",
        )
    return looked_at + 1


def is_count(text: str, lines: int) -> bool:
    """Return whether a line is the number of the lines above it, with or without the one that says whose they are.

    Example:
        >>> [is_count(text, 3) for text in ("3", "= 2", "12", "1984", "t.me/a")]
        [True, True, False, False, False]

    """
    found = ALONE.fullmatch(text) if lines and len(text) < LONGEST_COUNT else None
    return found is not None and int(found[1]) in {lines, lines - 1}


@lru_cache(maxsize=8192)
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


@lru_cache(maxsize=8192)
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
