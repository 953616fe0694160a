"""The files of Bitly, Dub and Shlink as clicks: which link, on which day, how many, and how many were no people's.

What each shape was built from:

* Bitly ``GET /bitlinks/{bitlink}/clicks``: its documented answer. It does not name its link: a file holds several only
  as a list of such answers with the ``id`` of each put in, else the file is named after the link, ``bit.ly_3abc.json``.
* Bitly's CSV: no description of its columns was found; read by their likely names. Unverified.
* Dub ``GET /analytics`` grouped by ``top_links`` or ``timeseries``: its documentation. Its CSV has the same names by
  what is told of it; unverified.
* Shlink ``GET /short-urls`` and ``/short-urls/{code}/visits``, and the CSV of its web client for both: its
  documentation and the client's published names of columns. Not tried on real files.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.tracking.sums import AGAIN, cell, count, day_of
from outreach.words.fold import fold_header

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.source import Source

__all__ = ["Clicks", "clicks_in", "rows_named", "shape_of"]

SHORT: Final = frozenset({"bitlink", "short link", "short url", "shortlink", "shorturl"})
LONG: Final = frozenset({"long url", "destination url", "destination", "url", "original url", "target url"})
COUNTED: Final = ("clicks", "link clicks", "total clicks", "visits", "engagements", "total engagements")
SCANS: Final = frozenset({"scans", "qr scans", "qr code scans", "total scans"})
DAYS: Final = frozenset({"date", "day"})
KEYS: Final = re.compile(r'"(link_clicks|shortUrls|visits|potentialBot|shortLink|clicks|start|leads)"\s*:')
NAME: Final = re.compile(
    r"(?:short-url_)?((?:[a-z0-9-]+\.)+[a-z]{2,})[_:]([^\s/]+?)(?:_visits)?(?: ?\(\d+\))?", re.IGNORECASE
)
NAME_IT: Final = "name the file after its short link, with _ for the stroke: bit.ly_3abc.json"
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
    text = source.beginning.lstrip()
    if text.startswith(("{", "[")):
        return _json_shape(set(KEYS.findall(text)), text)
    header = source.first_rows[0] if source.first_rows else ()
    names = {fold_header(name) for name in header}
    if {"potential bot", "date"} <= names and names & {"referer", "visited url", "browser"}:
        return "shlink visits"
    if "conversions" in names or ("clicks" in names and "visits" in names):
        return ""  # a sheet of results that somebody keeps
    if names & SHORT and names & LONG and names & set(COUNTED):
        return "table"
    if {"clicks", "leads", "sales"} <= names and source.archive:
        return "dub days" if "start" in names else "dub other" if names & PARTS_OF_ZIP or _named(source) else ""
    return ""


def _named(source: Source) -> bool:
    return bool(re.match(r"(utm|top|count|trigger|referer|timeseries)", source.name.lower()))


def _json_shape(keys: set[str], text: str) -> str:
    if "link_clicks" in keys:
        return "bitly"
    if "shortUrls" in keys and '"shortUrl"' in text:
        return "shlink list"
    if {"visits", "potentialBot"} <= keys:
        return "shlink visits"
    if {"shortLink", "clicks"} <= keys:
        return "dub links"
    return "dub days" if {"start", "clicks", "leads"} <= keys else ""


def clicks_in(source: Source) -> Iterator[Clicks]:
    """Yield the clicks in a file.

    Raises:
        InputError: It is damaged, a count is none, or its link is not told.

    """
    shape = shape_of(source)
    is_json = source.beginning.lstrip().startswith(("{", "["))
    match shape:
        case "bitly":
            yield from _bitly(source)
        case "shlink list":
            yield from _shlink_list(source)
        case "shlink visits":
            yield from _visits(source, _json_visits(source) if is_json else _rows(source))
        case "dub links":
            yield from _dub_links(source)
        case "dub days":
            yield from _dub_days(source, _json_list(source) if is_json else _rows(source))
        case "table":
            yield from _table(source)


def rows_named(source: Source) -> int | None:
    """Return how many rows there are over all pages of which this file is one; None where it does not tell."""
    if not shape_of(source).startswith("shlink") or not source.beginning.lstrip().startswith("{"):
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
            raise InputError(f"{source.label}: no list of clicks", hint=AGAIN)
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


def _shlink_list(source: Source) -> Iterator[Clicks]:
    for number, row in enumerate(_inside(source, "shortUrls"), 1):
        where = f"{source.label}, row {number}"
        summary = row.get("visitsSummary") if isinstance(row, dict) else None
        bots = None
        if isinstance(summary, dict):
            people = _count(where, _text(where, summary, "nonBots"))
            bots = count(where, str(summary.get("bots", "")))
        else:
            people = _count(where, _text(where, row, "visitsCount"))
        short = _with_scheme(_text(where, row, "shortUrl"))
        yield Clicks("shlink", where, number, short, str(row.get("longUrl") or ""), None, people, bots)


def _json_visits(source: Source) -> Iterator[tuple[int, Mapping[str, str]]]:
    for number, row in enumerate(_inside(source, "visits"), 1):
        if not isinstance(row, dict):
            raise InputError(f"{source.label}, row {number}: no visit", hint=AGAIN)
        yield number, {fold_header(name): str(value) for name, value in row.items() if isinstance(value, str | bool)}


def _visits(source: Source, rows: Iterator[tuple[int, Mapping[str, str]]]) -> Iterator[Clicks]:
    """Yield one click for each visit that Shlink lists; of a visitor nothing is kept."""
    for number, row in rows:
        where = f"{source.label}, line {number}"
        if row.get("type") not in {None, "", "undefined", "None"}:
            raise InputError(f"{where}: a visit of no short link", hint="export the visits of a short link")
        visited = row.get("visited url", "")
        short = visited if visited.startswith("http") else _link_in_name(source)
        bot = row.get("potential bot", "").strip().casefold() in {"true", "1", "yes"}
        stamp = row.get("date", "")
        yield Clicks("shlink", where, number, short, "", day_of(where, stamp), 1 - bot, int(bot), zone=_zone(stamp))


def _dub_links(source: Source) -> Iterator[Clicks]:
    for number, row in _json_list(source):
        where = f"{source.label}, row {number}"
        people = _count(where, row.get("clicks", ""))
        short = _with_scheme(_filled(where, row, "short link"))
        yield Clicks("dub", where, number, short, row.get("url", ""), None, people)


def _dub_days(source: Source, rows: Iterator[tuple[int, Mapping[str, str]]]) -> Iterator[Clicks]:
    """Yield the clicks of each day; of hours those of their days; of longer steps without a day."""
    found = [(number, row, _stamp(f"{source.label}, line {number}", row.get("start", ""))) for number, row in rows]
    stamps = sorted(stamp for _, _, stamp in found)
    steps = {later - earlier for earlier, later in itertools.pairwise(stamps)}
    daily = not steps or min(steps) <= timedelta(days=1, hours=1)  # a day may have 25 hours
    short = _link_in_name(source)
    for number, row, stamp in found:
        where = f"{source.label}, line {number}"
        people = _count(where, row.get("clicks", ""))
        zone = _zone(row["start"]) if daily else ""
        yield Clicks("dub", where, number, short, "", stamp.date() if daily else None, people, zone=zone)


def _table(source: Source) -> Iterator[Clicks]:
    for line, row in _rows(source):
        where = f"{source.label}, line {line}"
        name = next(name for name in COUNTED if name in row)
        scans = next((count(where, row[column]) for column in row if column in SCANS), None)
        people = _count(where, row[name])
        if "engagements" in name and scans is not None:
            if scans > people:
                raise InputError(f"{where}: more scans than engagements", hint=AGAIN)
            people -= scans
        day = next((day_of(where, row[column]) for column in row if column in DAYS), None)
        short = next(row[column] for column in row if column in SHORT)
        if not short.strip():
            raise InputError(f"{where}: no short link", hint=AGAIN)
        long = next(row[column] for column in row if column in LONG)
        service = "bitly" if {"bitlink", "engagements", "link clicks"} & row.keys() else "short-links"
        service = "shlink" if {"short code", "visits"} <= row.keys() else "dub" if "leads" in row else service
        yield Clicks(service, where, line, _with_scheme(short), long, day, people, scans=scans)


def _rows(source: Source) -> Iterator[tuple[int, Mapping[str, str]]]:
    (_, header), *lines = source.grids[0].rows
    names = [fold_header(name) for name in header]
    for line, cells in lines:
        if len(cells) < len(names):
            raise InputError(f"{source.label}, line {line}: cut off", hint=AGAIN)
        yield line, {name: cell(cells, place) for place, name in reversed(tuple(enumerate(names)))}


def _json_list(source: Source) -> Iterator[tuple[int, Mapping[str, str]]]:
    found = source.json
    for number, row in enumerate(found if isinstance(found, list) else [found], 1):
        if not isinstance(row, dict):
            raise InputError(f"{source.label}, row {number}: no link with clicks", hint=AGAIN)
        yield (
            number,
            {fold_header(name): str(value) for name, value in row.items() if not isinstance(value, dict | list)},
        )


def _inside(source: Source, key: str) -> Sequence[Any]:
    found = source.json
    rows = found.get(key, {}).get("data") if isinstance(found, dict) and isinstance(found.get(key), dict) else None
    if not isinstance(rows, list):
        raise InputError(f"{source.label}: no list of {key}", hint=AGAIN)
    return rows


def _text(where: str, row: Any, key: str) -> str:
    if not isinstance(row, dict) or row.get(key) is None:
        raise InputError(f"{where}: no {key}", hint=AGAIN)
    return str(row[key])


def _filled(where: str, row: Mapping[str, str], key: str) -> str:
    if not row.get(key, "").strip():
        raise InputError(f"{where}: no {key}", hint=AGAIN)
    return row[key]


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
        raise InputError(f"{source.label}: the file does not tell which short link it is about", hint=NAME_IT)
    return f"https://{found[1]}/{found[2]}"
