"""Matomo: ``Referrers.getCampaigns`` and ``MarketingCampaignsReporting.*`` as CSV, TSV, JSON or XML.

Matomo writes the values of tags in lower case and cuts them off at 250 signs before it stores them; links are compared
without regard to case, so that nothing is to be done. It reads ``mtm_*``, ``matomo_*``, ``pk_*`` and ``utm_*`` alike.

A visit in which a goal was reached is ``nb_visits_converted``, at most one a visit; ``nb_conversions`` counts a goal as
often as it was reached and is used only where the other is missing, as events. A goal's own numbers belong to the
campaign of Matomo's cookie, perhaps of a visit weeks ago, so that a campaign may have conversions without visits.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_plus

from outreach.errors import InputError
from outreach.messages import message
from outreach.tracking.base import Period, Report, Row, Tags, about
from outreach.tracking.exports.matomo_tables import is_matomo, parts
from outreach.tracking.sums import by_link, count, money_of, period_in, period_of, totals
from outreach.tracking.tags import decode_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions
    from outreach.tracking.exports.matomo_tables import Part, Record

__all__ = ["Matomo", "when"]

SEGMENTS: Final = {
    "referrerName": "campaign",
    "campaignName": "campaign",
    "campaignSource": "source",
    "campaignMedium": "medium",
    "campaignContent": "content",
}
KEYWORDS: Final = frozenset({"referrerKeyword", "campaignKeyword"})
METHODS: Final = {
    "campaigns": "campaign", "name": "campaign", "source": "source", "medium": "medium", "content": "content",
    "sourcemedium": "source medium",
}  # fmt: skip
SEGMENT_FIELDS: Final = ("source", "medium", "campaign", "content")
ROLES: Final = ("content", "campaign", "source", "medium")
METHOD: Final = re.compile(r"(?:Referrers|MarketingCampaignsReporting)[._]get(\w+?)(?=_|\W|$)|\bget([A-Z][A-Za-z]+)")
SEGMENT: Final = re.compile(r"(\w+)==([^;,]*)")
OTHERS: Final = frozenset({"Others", "Andere", "Sonstige", "Другие", "Остальные", "Autres", "Otros", "Άλλα", "Citi"})
"""Matomo's own last row, for what is beyond its limit; a campaign of that name would be in lower case."""

TOTALS: Final = frozenset({"Totals", "Total", "Gesamt", "Итого", "Totaux", "Totales", "Σύνολα", "Kopā"})
NOT_DEFINED: Final = re.compile(r".* not defined|.*nicht definiert|.*не определено|.*nav definēts", re.IGNORECASE)
SAME_GOAL: Final = "name one of them: --goal"
OURS: Final = "export Campaigns, or Campaign Contents of the plugin Marketing Campaigns Reporting"


@dataclass(frozen=True, slots=True)
class Counted:
    """Which metric is the numerator: its column, its kind, the goal, the column of the revenue."""

    column: str
    kind: str
    goal: str
    revenue: str


@dataclass(frozen=True, slots=True)
class Span:
    """What one report covers: its period, and the tables in it with their days where these are told."""

    period: Period | None
    parts: tuple[tuple[date | None, Part], ...]


class Matomo:
    """Reader of Matomo's reports by campaign."""

    name = "matomo"
    reads = "Matomo: Campaigns and Marketing Campaigns Reporting as CSV, TSV, JSON, XML"

    def identify(self, source: Source) -> bool:
        """Tell by a label with Matomo's own names of visits or conversions."""
        return is_matomo(source)

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each file; for several periods that are no days one for each."""
        for source in sources:
            found = parts(source)
            records = [record for part in found for record in part.records]
            field, guessed = _field(source, records, options)
            if guessed:
                yield about(source.label, "labels-guessed")
            counted = _counted(source.label, records, options)
            for span in _spans(source, found, options):
                yield _report(source, span, field, counted, options)


def _field(source: Source, records: Sequence[Record], options: ImportOptions) -> tuple[str, bool]:
    """Return which tag the labels are, and whether that is no more than usual.

    Raises:
        InputError: They are something else.

    """
    for role in ROLES:
        if options.columns.get(role, "").strip().casefold() in {"label", "1"}:
            return role, False
    told_by = {found for record in records for found in SEGMENT.findall(record["segment"])}
    keys = {key for key, _ in told_by}
    known = {SEGMENTS[key] for key in keys & SEGMENTS.keys()}
    others = any(key == "referrerType" and value != "campaign" for key, value in told_by)
    if keys and (not known or others):
        raise InputError(f"{source.label}: its labels are not campaigns", hint=OURS)
    if len(known) > 1 or keys & KEYWORDS:
        return "segment", False
    if not known:
        return _by_name(source, records)
    whole = any(_in_segment(record, *known) == decode_tag(record["label"]) for record in records)
    return ("flat" if known == {"campaign"} and not whole and _three(records) else known.pop()), False


def _in_segment(record: Record, field: str) -> str:
    """Return the value of a tag in a row's segment, which is written twice in per cent signs."""
    values = (value for key, value in SEGMENT.findall(record["segment"]) if SEGMENTS.get(key) == field)
    return decode_tag(unquote_plus(unquote_plus(next(values, ""))))


def _by_name(source: Source, records: Sequence[Record]) -> tuple[str, bool]:
    found = METHOD.search(source.name)
    method = (found[1] or found[2]).lower() if found else ""
    if found and method not in METHODS:
        raise InputError(f"{source.label}: its labels are not campaigns", hint=OURS)
    field = METHODS.get(method, "campaign")
    if field == "campaign" and _three(records) and (method == "name" or _undefined(records)):
        return "flat", False
    return field, not found


def _three(records: Sequence[Record]) -> bool:
    pieces = [record["label"].split(" - ") for record in records if record["label"].strip() not in OTHERS | TOTALS]
    return bool(pieces) and all(len(piece) == 3 for piece in pieces)


def _undefined(records: Sequence[Record]) -> bool:
    return any(NOT_DEFINED.fullmatch(piece) for record in records for piece in record["label"].split(" - "))


def _counted(label: str, records: Sequence[Record], options: ImportOptions) -> Counted:
    """Return what to count as conversions.

    Raises:
        InputError: The file has several goals and none of them was named, or not the one that was.

    """
    columns = {name for record in records for name, text in record.cells.items() if text.strip()}
    goals = sorted({name.split("_")[1] for name in columns if name.startswith("goal_")})
    chosen = [goal for goal in goals if goal.casefold() == options.goal.casefold()] if options.goal else goals[:1]
    said = ", ".join(goals)
    if options.goal and not chosen:
        has = f"its goals are {said}" if goals else "it does not separate goals"
        hint = "name one of them: --goal" if goals else "export it with the columns of its goals, or leave out --goal"
        raise InputError(f"{label}: no goal {options.goal} in it, {has}", hint=hint)
    if len(goals) > 1 and not options.goal:
        raise InputError(f"{label}: several goals ({said})", hint=SAME_GOAL)
    prefix = f"goal_{chosen[0]}_" if chosen else ""
    goal = chosen[0] if chosen else ""
    for metric, kind in (("nb_visits_converted", "conversion"), ("nb_conversions", "event")):
        if prefix + metric in columns:
            return Counted(prefix + metric, kind, goal, f"{prefix}revenue")
    return Counted("", "", goal, "")


def when(where: str, text: str) -> Period:
    """Return the days that a date of Matomo means: a day, a month, a year or two days.

    Example:
        >>> when("x", "2026-05").end, when("x", "2026-05-04,2026-05-10").end
        (datetime.date(2026, 5, 31), datetime.date(2026, 5, 10))

    """
    if found := period_in(where, text):
        return found
    if re.fullmatch(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])", text):
        year, month = int(text[:4]), int(text[5:])
        return period_of(where, date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    if re.fullmatch(r"(?:19|20)[0-9]{2}", text):
        return period_of(where, date(int(text), 1, 1), date(int(text), 12, 31))
    raise InputError(f"{where}: a date that is not written like 2026-05-31", hint="export it by day")


def _spans(source: Source, found: Sequence[Part], options: ImportOptions) -> Iterator[Span]:
    """Yield what is one report each: all days together, longer periods alone."""
    if not any(part.date for part in found):
        period = period_in(source.label, source.name) or options.period
        yield Span(period, tuple((None, part) for part in found))
        return
    dated = sorted(((when(f"{source.label}, {part.date}", part.date), part) for part in found), key=_start)
    if all(period.start == period.end for period, _ in dated):
        days = tuple((period.start, part) for period, part in dated)
        yield Span(Period(days[0][0], days[-1][0]), days)
        return
    for period, some in groupby(dated, key=itemgetter(0)):
        yield Span(period, tuple((None, part) for _, part in some))


def _start(dated: tuple[Period, Part]) -> tuple[date, date]:
    return dated[0].start, dated[0].end


def _report(source: Source, span: Span, field: str, counted: Counted, options: ImportOptions) -> Report:
    found = [
        (_row(record, day, field, counted, options), record) for day, part in span.parts for record in part.records
    ]
    links = by_link(row for row, record in found if record["label"].strip() not in TOTALS)
    rows = (*links, *_beyond(links, [row for row, record in found if record["label"].strip() in TOTALS]))
    any_visits = any(row.denominator is not None for row in rows)
    flags = Counter(flag for row, record in found if (flag := _flag(row, record, counted)))
    every = (message("any-goal"),) if counted.kind and not counted.goal else ()
    return Report(
        tool="matomo",
        labels=(source.label,),
        rows=rows,
        unit="visit" if any_visits else "",
        kind=counted.kind,
        goal=counted.goal,
        period=span.period,
        attribution="last-non-direct",
        flags=(*_sites(span), *every, *(message(flag, links=number) for flag, number in sorted(flags.items()))),
        total=totals(rows),
    )


def _sites(span: Span) -> Iterator[Message]:
    """Yield that a report adds up several sites: a visit to each of them is one of its own."""
    if len(sites := {part.site for _, part in span.parts}) > 1:
        yield message("several-sites-added", sites=len(sites))


def _row(record: Record, day: date | None, field: str, counted: Counted, options: ImportOptions) -> Row:
    visits = count(record.where, record["nb_visits"])
    reached = count(record.where, record[counted.column]) if counted.column else None
    if counted.goal and reached is None and counted.column:
        reached = 0  # a row without numbers of the goal has none of its conversions
    if not counted.goal and counted.kind == "conversion" and visits and (reached or 0) > visits:
        raise InputError(f"{record.where}: more visits with conversions than visits", hint="export it again")
    revenue, currency = money_of(record.where, record[counted.revenue], options.currency)
    tags = _tags(record, field)
    return Row(tags, day, visits, reached, revenue, currency if revenue is not None else "", line=record.line)


def _tags(record: Record, field: str) -> Tags:
    label = record["label"]
    if label.strip() in OTHERS:
        return Tags(rest=True)
    value = _defined(label)
    first, _, last = value.partition(" - ")
    if field == "segment":
        source, medium, campaign, content = (_in_segment(record, name) for name in SEGMENT_FIELDS)
        return Tags(source=source, medium=medium, campaign=campaign, content=content)
    choices = {
        "content": Tags(content=value),
        "source": Tags(source=value),
        "medium": Tags(medium=value),
        "source medium": Tags(source=_defined(first), medium=_defined(last)),
        "flat": Tags(campaign=_defined(first), content=_defined(last.partition(" - ")[2])),
    }
    return choices.get(field, Tags(campaign=value))


def _defined(value: str) -> str:
    return "" if NOT_DEFINED.fullmatch(value.strip()) and " - " not in value else decode_tag(value)


def _beyond(links: Sequence[Row], total: Sequence[Row]) -> Iterator[Row]:
    """Yield what Matomo's row of totals has beyond the other rows."""
    for row in total:
        of_day = [link for link in links if link.day == row.day]
        visits, reached = totals(of_day)
        more = _more(row.denominator, visits), _more(row.numerator, reached)
        if any(more):
            yield Row(Tags(rest=True), row.day, *more, line=row.line)


def _more(all_of_it: int | None, told_apart: int | None) -> int | None:
    return None if all_of_it is None else max(all_of_it - (told_apart or 0), 0)


def _flag(row: Row, record: Record, counted: Counted) -> str:
    """Return the code of what is strange about a row; empty for most."""
    converted = row.numerator or (count(record.where, record["nb_conversions"]) if not counted.goal else 0) or 0
    if row.denominator == 0 and (converted or row.revenue):
        return "matomo-cookie-unknown" if row.numerator is None else "matomo-cookie-no-visits"
    if counted.kind == "conversion" and row.denominator and (row.numerator or 0) > row.denominator:
        return "matomo-cookie"
    return ""
