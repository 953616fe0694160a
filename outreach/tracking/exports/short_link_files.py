"""The files of shorteners as clicks: which link, on which day, how many, and how many were no people's.

Lists of links are declared in ``words/tools.toml``. What the other shapes were built from:

* Bitly ``GET /bitlinks/{bitlink}/clicks``: its documented answer. It does not name its link: a file holds several only
  as a list of such answers with the ``id`` of each put in, else the file is named after the link, ``bit.ly_3abc.json``.
* Dub ``GET /analytics`` grouped by ``timeseries``: its documentation. Its CSV has the same names by what is told of it;
  unverified.
* Shlink ``/short-urls/{code}/visits``, and the CSV of its web client: its documentation and the client's published
  names of columns. Not tried on real files.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.tracking.exports.declared import first_of, folded
from outreach.tracking.exports.flat import grids_of, headers_of, is_json
from outreach.tracking.sums import AGAIN, cell, count, day_of
from outreach.words.fold import fold_header
from outreach.words.vocabulary import keys_of, ordered_words_of, text_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from outreach.files.source import Source

__all__ = ["Clicks", "clicks_in", "rows_named", "shape_of"]

LINKS: Final = "short_links.table"
FORMS: Final = ("bitly", "shlink", "dub", "yourls", "kutt")
NAME: Final = re.compile(
    r"(?:short-url_)?((?:[a-z0-9-]+\.)+[a-z]{2,})[_:]([^\s/]+?)(?:_visits)?(?: ?\(\d+\))?", re.IGNORECASE
)
NAME_IT: Final = "name the file after its short link, with _ for the slash: bit.ly_3abc.json"
PARTS_OF_ZIP: Final = frozenset(
    {"country", "city", "continent", "device", "browser", "os", "referer", "trigger", "region"}
)


@dataclass(frozen=True, slots=True)
class Clicks:
    """Clicks on one link, on one day or in all of the file's period.

    Args:
        service: Who wrote it.
        where: File and line, for messages.
        line: The line.
        short_url: The link, with its scheme.
        long_url: Where it leads, as found; empty where the file does not tell.
        day: None where it tells no days.
        people: Clicks without those below.
        bots: Clicks that the service holds to be of programs, None where the file does not tell them apart.
        scans: Scans of the link's QR code, likewise.
        zone: Offset of the day's zone.

    """

    service: str
    where: str
    line: int
    short_url: str
    long_url: str
    day: date | None
    people: int
    bots: int | None = None
    scans: int | None = None
    zone: str = ""


def shape_of(source: Source) -> str:
    """Return which of the shapes a file has, by its beginning; empty for none."""
    names = folded(next(iter(headers_of(source)), ()))
    json = is_json(source)
    if json and "link clicks" in names:
        return "bitly"
    if {"potential bot", "date"} <= names and (json or names & {"referer", "visited url", "browser"}):
        return "shlink visits"
    if not json and ("conversions" in names or {"clicks", "visits"} <= names):
        return ""  # a sheet of results that somebody keeps
    if _lists_links(names) or (json and {"short urls", "short url"} <= names):
        return "links"
    if {"start", "clicks", "leads"} <= names and (json or source.archive):
        return "dub days"
    others = {"clicks", "leads", "sales"} <= names and source.archive and (names & PARTS_OF_ZIP or _named(source))
    return "dub other" if others else ""


def _lists_links(names: frozenset[str]) -> bool:
    told = all(names & words_of(f"{LINKS}.{role}") for role in ("short", "long", "counted"))
    return told or first_of("short_links", ("kutt",), names) != ""


def _named(source: Source) -> bool:
    return bool(re.match(r"(utm|top|count|trigger|referer|timeseries)", source.name.lower()))


def clicks_in(source: Source) -> Iterator[Clicks]:
    """Yield the clicks in a file.

    Raises:
        InputError: It is damaged, a count is none, or its link is not told.

    """
    match shape_of(source):
        case "bitly":
            yield from _bitly(source)
        case "shlink visits":
            yield from _visits(source)
        case "dub days":
            yield from _dub_days(source)
        case "links":
            yield from _links(source)


def rows_named(source: Source) -> int | None:
    """Return how many rows there are over all pages of which this file is one; None where it does not tell."""
    if not source.beginning.lstrip().startswith("{"):
        return None
    inside: Any = next((source.json[key] for key in ("shortUrls", "visits") if source.json.get(key)), None)
    paged = inside.get("pagination") if isinstance(inside, dict) else None
    told = paged.get("totalItems") if isinstance(paged, dict) else None
    return told if isinstance(told, int) else None


def _bitly(source: Source) -> Iterator[Clicks]:
    found = source.json
    for answer in found if isinstance(found, list) else [found]:
        rows = answer.get("link_clicks") if isinstance(answer, dict) else None
        if not isinstance(rows, list):
            raise InputError(f"{source.label}: it has no list of clicks", hint=AGAIN)
        link = next((str(answer[key]) for key in ("id", "bitlink", "link") if answer.get(key)), "")
        short = _with_scheme(link) if link else _link_in_name(source)
        by_day = answer.get("unit", "day") in ("minute", "hour", "day")
        for number, row in enumerate(rows, 1):
            where = f"{source.label}, row {number}"
            stamp = _text(where, row, "date")
            day = day_of(where, stamp) if by_day else None
            people = _count(where, _text(where, row, "clicks"))
            long = str(answer.get("long_url") or "")
            yield Clicks("bitly", where, number, short, long, day, people, zone=_zone(stamp) if by_day else "")


def _visits(source: Source) -> Iterator[Clicks]:
    """Yield one click for each visit that Shlink lists; of a visitor nothing is kept."""
    for number, where, row in _rows(source):
        if row.get("type") not in {None, "", "undefined", "None"}:
            raise InputError(f"{where}: a visit without a short link", hint="export the visits of a short link")
        visited = row.get("visited url", "")
        short = visited if visited.startswith("http") else _link_in_name(source)
        bot = row.get("potential bot", "").strip().casefold() in {"true", "1", "yes"}
        stamp = row.get("date", "")
        yield Clicks("shlink", where, number, short, "", day_of(where, stamp), 1 - bot, int(bot), zone=_zone(stamp))


def _dub_days(source: Source) -> Iterator[Clicks]:
    """Yield the clicks of each day; of hours those of their days; of longer steps without a day."""
    found = [(number, where, row, _stamp(where, row.get("start", ""))) for number, where, row in _rows(source)]
    stamps = sorted(stamp for *_, stamp in found)
    steps = {later - earlier for earlier, later in itertools.pairwise(stamps)}
    daily = not steps or min(steps) <= timedelta(days=1, hours=1)  # a day may have 25 hours
    short = _link_in_name(source)
    for number, where, row, stamp in found:
        people = _count(where, row.get("clicks", ""))
        zone = _zone(row["start"]) if daily else ""
        yield Clicks("dub", where, number, short, "", stamp.date() if daily else None, people, zone=zone)


def _links(source: Source) -> Iterator[Clicks]:
    """Yield the clicks of each link of a list, less the scans of its code, which some count among them."""
    service = ""
    for line, where, row in _rows(source):
        service = service or first_of("short_links", FORMS, frozenset(row)) or "table"
        cells = {role: _of_role(row, service, role) for role in ("short", "long", "counted", "bots", "scans", "day")}
        short, clicks, day = (cells[role] for role in ("short", "counted", "day"))
        if not (short and short[1].strip()):
            raise InputError(f"{where}: no short link", hint=AGAIN)
        people = _count(where, clicks[1] if clicks else "")
        bots, scans = (count(where, found[1]) if (found := cells[role]) else None for role in ("bots", "scans"))
        if clicks and scans is not None and "engagements" in clicks[0]:
            if scans > people:
                raise InputError(f"{where}: more scans than engagements", hint=AGAIN)
            people -= scans
        yield Clicks(
            text_in("tools", f"short_links.{service}.tool"),
            where,
            line,
            _with_scheme(short[1]),
            cells["long"][1] if cells["long"] else "",
            day_of(where, day[1]) if day else None,
            people,
            bots,
            scans,
        )


def _of_role(row: Mapping[str, str], service: str, role: str) -> tuple[str, str] | None:
    """Return the header and the cell of a role, by the most certain of its words; None where no column has it."""
    own = ordered_words_of(f"short_links.{service}.{role}") if role in keys_of(f"short_links.{service}") else ()
    names = (name for name in (*own, *ordered_words_of(f"{LINKS}.{role}")) if name in row)
    return next(((name, row[name]) for name in names), None)


def _rows(source: Source) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Yield the rows of a table or the records of JSON: number, place for messages, and cells by folded header."""
    word = "row" if is_json(source) else "line"
    (_, header), *lines = grids_of(source)[0].rows
    names = [fold_header(name) for name in header]
    for line, cells in lines:
        if len(cells) < len(names):
            raise InputError(f"{source.label}, line {line}: cut off", hint=AGAIN)
        row = {name: cell(cells, place) for place, name in reversed(tuple(enumerate(names)))}
        yield line, f"{source.label}, {word} {line}", row


def _text(where: str, row: Any, key: str) -> str:
    if not isinstance(row, dict) or row.get(key) is None:
        raise InputError(f"{where}: no {key}", hint=AGAIN)
    return str(row[key])


def _count(where: str, text: str) -> int:
    found = count(where, text)
    if found is None:
        raise InputError(f"{where}: no count of clicks", hint=AGAIN)
    return found


def _stamp(where: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError as err:
        raise InputError(f"{where}: no time", hint=AGAIN) from err


def _zone(stamp: str) -> str:
    found = re.search(r"T[0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})$", stamp.strip())
    return found[1] if found else ""


def _with_scheme(link: str) -> str:
    """Return a link as the shortener hands it out; Bitly leaves ``https://`` off in its answers."""
    return link.strip() if "://" in link else f"https://{link.strip()}"


def _link_in_name(source: Source) -> str:
    """Return the short link that a file is named after.

    Raises:
        InputError: It is named after none.

    """
    found = NAME.fullmatch(PurePosixPath(source.name).stem)
    if found is None:
        raise InputError(f"{source.label}: the file does not name its short link", hint=NAME_IT)
    return f"https://{found[1]}/{found[2]}"
