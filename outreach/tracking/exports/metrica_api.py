"""Yandex Metrica: answers of the Reporting API, /stat/v1/data."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.messages import message
from outreach.tracking.base import Period
from outreach.tracking.exports.breakdown import LINKS, Breakdown, Column, exact, exact_sum
from outreach.tracking.exports.metrica_report import plan_of
from outreach.tracking.exports.summary import remarks_on, reported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions, Report

__all__ = ["MetricaApi"]

TAG: Final = re.compile(r"ym:s:(?P<rule>[a-z_]*|<attribution>)UTM(?P<tag>Source|Medium|Campaign|Content)")
DAY: Final = re.compile(r"ym:s:(?:date|datePeriod(?:day|<group>))")
LANDING: Final = re.compile(r"ym:s:startURL(?:Hash)?")
UNITS: Final = {"ym:s:visits": "visit", "ym:s:users": "visitor", "ym:s:pageviews": "pageview"}
GOAL: Final = re.compile(r"ym:s:goal(?P<id>[0-9]+|<goal_id>)(?P<what>visits|users|reaches)")
ANY_GOAL: Final = re.compile(r"ym:s:(?:sumGoalReachesAny|anyGoalReaches)")
REVENUE: Final = re.compile(r"ym:s:(?:ecommerce(?P<code>[A-Z]{3})?(?:Converted)?Revenue|ecommerceRevenue)")
GOAL_REVENUE: Final = re.compile(r"ym:s:goal(?P<id>[0-9]+)(?P<code>[A-Z]{3})?(?:converted)?[rR]evenue")
DEFAULT_RULE: Final = "lastsign"  # Metrica's own word for the rule that holds where none is named
AGO: Final = re.compile(r"([0-9]{1,5})daysAgo")


class MetricaApi:
    """Reader of what Metrica's Reporting API answers."""

    name = "metrica-api"
    reads = "Yandex Metrica: Reporting API, /stat/v1/data (JSON)"

    def identify(self, source: Source) -> bool:
        """Tell by the names of fields in a JSON text."""
        beginning = source.beginning.lstrip()
        if not beginning.startswith(("{", "[")):
            return False
        return '"ym:s:' in beginning or ('"contains_sensitive_data"' in beginning and '"dimensions"' in beginning)

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each file."""
        for source in sources:
            answer = source.json
            if not isinstance(answer, dict):
                raise InputError(f"{source.label}: not one answer of the API", hint="save the answer of /stat/v1/data")
            yield from _read(source.label, answer, options)


def _read(label: str, answer: Mapping[str, Any], options: ImportOptions) -> Iterator[Report | Remark]:
    query = _mapping(answer.get("query"))
    table = _table(label, query, answer)
    plan, goal = plan_of(label, table.columns, options.goal)
    report = reported(
        table,
        plan,
        options,
        tool="yandex-metrica",
        goal=goal,
        period=_period(label, query, options.today),
        source_name=",".join(_names(query.get("ids"))),
        timezone=str(query.get("timezone") or ""),
        attribution=table.links()[0].scope or str(query.get("attribution") or DEFAULT_RULE).lower(),
        currency=_currency(query.get("currency")),
        flags=(*_flags(answer), *_left_out(answer, table)),
    )
    yield report
    yield from remarks_on(report, [column.role for column in table.links()])


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(value: Any) -> list[str]:
    """Return names that the API gives as a list, and some tools as text with commas."""
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else [str(one) for one in _list(value)]


def _table(label: str, query: Mapping[str, Any], answer: Mapping[str, Any]) -> Breakdown:
    """Return the table in an answer.

    Raises:
        InputError: It tells no links or no counts, or is of another method.

    """
    dimensions, metrics = _names(query.get("dimensions")), _names(query.get("metrics"))
    if "time_intervals" in answer:
        raise InputError(f"{label}: an answer by time", hint="ask /stat/v1/data, with ym:s:date among the dimensions")
    columns = [_dimension(name, at) for at, name in enumerate(dimensions)]
    columns += [_metric(name, at) for at, name in enumerate(metrics, len(dimensions))]
    if not any(c.role in LINKS for c in columns) or not any(c.role in {"denominator", "numerator"} for c in columns):
        raise InputError(
            f"{label}: this answer does not have visits by links",
            hint="ask for ym:s:lastsignUTMSource, …Campaign and …Content, with ym:s:visits and ym:s:goal<number>visits",
        )
    depth = (len(dimensions), len(metrics))
    rows = [_cells(label, number, row, depth) for number, row in enumerate(_list(answer.get("data")), 1)]
    totals = _list(answer.get("totals"))
    total = (0, [*[""] * len(dimensions), *map(_text, totals)]) if len(totals) == len(metrics) else None
    return Breakdown(label, tuple(columns), tuple(rows), total, count=exact, money=exact_sum, word="row")


def _cells(label: str, number: int, row: Any, depth: tuple[int, int]) -> Cells:
    """Return the values of a row; its number is its place in the answer.

    Raises:
        InputError: It does not fit the query.

    """
    dimensions, metrics = _list(_mapping(row).get("dimensions")), _list(_mapping(row).get("metrics"))
    if (len(dimensions), len(metrics)) != depth:
        raise InputError(f"{label}, row {number}: it does not match the query", hint="save the answer of /stat/v1/data")
    return number, [*(_text(_mapping(one).get("name")) for one in dimensions), *map(_text, metrics)]


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _dimension(name: str, at: int) -> Column:
    """Return what a dimension tells; the rule of attribution is part of its name.

    Example:
        >>> _dimension("ym:s:lastsignUTMContent", 0).scope, _dimension("ym:s:date", 1).role
        ('lastsign', 'day')

    """
    if found := TAG.fullmatch(name):
        rule = found["rule"].strip("_")
        return Column(at, found["tag"].lower(), scope="" if rule == "<attribution>" else rule)
    if DAY.fullmatch(name):
        return Column(at, "day")
    return Column(at, "landing", scope="landing page") if LANDING.fullmatch(name) else Column(at, "group")


def _metric(name: str, at: int) -> Column:
    """Return what a metric counts.

    Example:
        >>> _metric("ym:s:goal123visits", 1).goal, _metric("ym:s:goal123reaches", 2).kind
        ('123', 'event')

    """
    if name in UNITS:
        return Column(at, "denominator", unit=UNITS[name])
    if found := GOAL.fullmatch(name):
        unit = {"visits": "visit", "users": "visitor"}.get(found["what"], "")
        return Column(at, "numerator", unit=unit, kind="conversion" if unit else "event", goal=found["id"])
    if ANY_GOAL.fullmatch(name):
        return Column(at, "numerator", kind="event")
    if found := REVENUE.fullmatch(name):
        return Column(at, "revenue", currency=found["code"] or "")
    if found := GOAL_REVENUE.fullmatch(name):
        return Column(at, "revenue", goal=found["id"], currency=found["code"] or "")
    return Column(at, "group")


def _currency(value: Any) -> str:
    text = str(value or "").strip()
    return text.upper() if re.fullmatch(r"[A-Za-z]{3}", text) else ""


def _period(label: str, query: Mapping[str, Any], today: date) -> Period | None:
    """Return the days that the query asked for.

    Raises:
        InputError: They are no days, or reversed.

    """
    start, end = (_day(label, query.get(name), today) for name in ("date1", "date2"))
    if start is None or end is None:
        return None
    if end < start:
        raise InputError(f"{label}: its period ends before it begins", hint="ask the API again")
    return Period(start, end)


def _day(label: str, value: Any, today: date) -> date | None:
    if not isinstance(value, str) or not value:
        return None
    if found := AGO.fullmatch(value):
        return today - timedelta(days=int(found[1]))
    if value in {"today", "yesterday"}:
        return today - timedelta(days=value == "yesterday")
    try:
        return date.fromisoformat(value)
    except ValueError as err:
        raise InputError(f"{label}: its period does not have valid dates", hint="ask the API again") from err


def _flags(answer: Mapping[str, Any]) -> Iterator[Message]:
    """Yield what the API itself says of the quality of its numbers."""
    share = answer.get("sample_share")
    if isinstance(share, int | float) and 0 < share < 1:
        yield message("sampled", percent=f"{100 * float(share):.3g}")
    elif answer.get("sampled"):
        yield message("sampled-somewhat")
    if answer.get("contains_sensitive_data"):
        yield message("metrica-left-out-small")
    if answer.get("total_rows_rounded"):
        yield message("metrica-rounded")


def _left_out(answer: Mapping[str, Any], table: Breakdown) -> Iterator[Message]:
    """Yield that an answer holds the first rows only."""
    count = answer.get("total_rows")
    if isinstance(count, int) and count > len(table.rows):
        yield message("api-rows-missing", rows=len(table.rows), all=count)
