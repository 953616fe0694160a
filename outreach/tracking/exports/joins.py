"""Who joined a Telegram channel by which invite link: the channel's statistics, lists of bots, a table typed by hand.

A list has a row for each link, or one for each person. Of the people nothing is kept but how many they are, and of the
links no more than their names and what stands for them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from outreach.errors import InputError
from outreach.files.cells import Unreadable, whole
from outreach.files.contract import Rejected
from outreach.files.dates import day, day_first
from outreach.files.grid import HEADER_WITHIN
from outreach.teasers.invites import invite_id
from outreach.tracking.base import JOIN, LEFT, Period, Report, Row, Tags, about
from outreach.tracking.exports.declared import columns_of_joins, is_list_of_joins, rows_below
from outreach.tracking.exports.flat import grids_of, headers_of, is_json
from outreach.tracking.sums import cell, totals
from outreach.tracking.tags import decode_tag
from outreach.words.cells import is_total
from outreach.words.fold import fold_header
from outreach.words.vocabulary import text_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from outreach.files.contract import Remark
    from outreach.files.source import Source
    from outreach.tracking.base import ImportOptions

__all__ = ["Joins"]


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many joined or left by one link, where it stands, and on which day."""

    line: int
    tags: Tags
    day: date | None
    joined: int
    left: int = 0
    pending: int = 0


class Joins:
    """Reader of what invite links brought."""

    name = "joins"
    reads = "joins of a Telegram channel by invite link: its statistics, lists of bots, a table typed by hand"

    def identify(self, source: Source) -> bool:
        """Tell by the headers; counts of links are numbers."""
        rows = headers_of(source)[: HEADER_WITHIN + 1]
        for place, cells in enumerate(rows[:HEADER_WITHIN]):
            if is_list_of_joins(cells):
                at = columns_of_joins(cells)
                below = [cell(row, at.get("joins")) for row in rows[place + 1 :]]
                return "joins" not in at or is_json(source) or not any(below) or any(map(str.isdigit, below))
        return False

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield up to two reports a file: who joined, and who of them left again."""
        for source in sources:
            yield from _file(source, options)


def _file(source: Source, options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
    header, rows = rows_below(grids_of(source), is_list_of_joins)
    if not header:
        raise InputError(
            f"{source.label}: it has no invite links", hint="begin it with a line such as: invite link,joined,left"
        )
    at = columns_of_joins(header)
    texts = {cell(cells, at.get(role)) for _, cells in rows for role in ("joined_at", "left_at")}
    first = day_first({text for text in texts if text and text[4:5] != "-"})
    found: list[_Counted] = []
    people: dict[str, list[tuple[int, Sequence[str]]]] = {}
    for line, cells in rows:
        if is_total(next((text for text in cells if text.strip()), "")):
            continue
        if "joins" not in at:
            people.setdefault(cell(cells, at["user"]) or f"\x1f{line}", []).append((line, cells))
            continue
        try:
            found.append(_of_link(line, cells, at, first, options))
        except Unreadable as err:
            yield Rejected(source.label, line, err.reason)
    for some in people.values():
        try:
            found += _of_person(some, at, first, options)
        except Unreadable as err:
            yield Rejected(source.label, some[0][0], err.reason)
    if pending := sum(one.pending for one in found):
        yield about(source.label, "joins-pending", people=pending)
    typed = at.keys().isdisjoint({"invite", "link", "name"})
    tool = "sheet" if typed else text_in("tools", "invites.tool")
    for kind in (JOIN, LEFT) if not at.keys().isdisjoint({"left", "left_at", "what"}) else (JOIN,):
        yield _report(source.label, kind, found, options, tool=tool, dated="joined_at" in at)


def _of_link(
    line: int, cells: Sequence[str], at: Mapping[str, int], first: bool | None, options: ImportOptions
) -> _Counted:
    """Return what a row says of a link.

    Raises:
        Unreadable: A count or the day is none, or no link is named.

    """
    tags = _tags(cells, at)
    if not tags.tagged:
        raise Unreadable("no-invite")
    joined, left, pending = (whole(cell(cells, at.get(role))) or 0 for role in ("joins", "left", "pending"))
    return _Counted(line, tags, _day(cells, at, "joined_at", first, options), joined, left, pending)


def _of_person(
    rows: Sequence[tuple[int, Sequence[str]]], at: Mapping[str, int], first: bool | None, options: ImportOptions
) -> Iterator[_Counted]:
    """Yield that one person joined, and left again; where several rows speak of him, the first link counts.

    Raises:
        Unreadable: A day is none.

    """
    said = [fold_header(cell(cells, at.get("what"))) for _, cells in rows]
    gone = [(place, "left_at" in at and cell(cells, at["left_at"])) for place, (_, cells) in enumerate(rows)]
    left = next((place for place, when in gone if when or said[place] in words_of("joins.left")), None)
    here = [place for place, text in enumerate(said) if text not in words_of("joins.left") | words_of("joins.pending")]
    linked = [place for place, (_, cells) in enumerate(rows) if _tags(cells, at).tagged]
    place = next((one for one in linked if one in here), next(iter([*here, *linked, 0])))
    line, cells = rows[place]
    tags = _tags(cells, at)
    if left is None and not here:
        yield _Counted(line, tags, None, 0, pending=1)
        return
    yield _Counted(line, tags, _day(cells, at, "joined_at", first, options), 1)
    if left is not None:
        line, cells = rows[left]
        when = _day(cells, at, "left_at", first, options) or _day(cells, at, "joined_at", first, options)
        yield _Counted(line, tags, when, 0, 1)


def _tags(cells: Sequence[str], at: Mapping[str, int]) -> Tags:
    """Return the name of a link or the place, and what stands for the link itself, which nobody else shall have."""
    link = cell(cells, at.get("invite")) or cell(cells, at.get("link"))
    name = cell(cells, at.get("name")) or cell(cells, at.get("place"))
    known = invite_id(link)
    return Tags(short_url=known, resource=decode_tag(name or ("" if known or link.startswith("http") else link)))


def _day(
    cells: Sequence[str], at: Mapping[str, int], role: str, first: bool | None, options: ImportOptions
) -> date | None:
    text = cell(cells, at.get(role))
    return day(text[:10] if text[4:5] == "-" else text, first=first, today=options.today) if text else None


def _report(
    label: str, kind: str, found: Sequence[_Counted], options: ImportOptions, *, tool: str, dated: bool
) -> Report:
    """Return how many joined, or how many left again, by link and day."""
    counts: Counter[tuple[Tags, date | None]] = Counter()
    lines: dict[tuple[Tags, date | None], int] = {}
    for one in found:
        number = one.joined if kind == JOIN else one.left
        if number or (kind == JOIN and not (one.left or one.pending)):
            counts[one.tags, one.day] += number
            lines.setdefault((one.tags, one.day), one.line)
    rows = tuple(Row(tags, when, numerator=counts[tags, when], line=lines[tags, when]) for tags, when in counts)
    days = [row.day for row in rows if row.day]
    period = Period(min(days), max(days)) if dated and days else options.period
    return Report(tool=tool, labels=(label,), rows=rows, kind=kind, period=period, total=totals(rows))
