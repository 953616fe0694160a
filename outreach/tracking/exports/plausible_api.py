"""An answer of Plausible's Stats API v2 (``POST /api/v2/query``), saved as JSON; the answer repeats its query.

Without a goal the counts are denominators: ``visitors``, else ``visits``, else ``pageviews``. With a filter on a goal
(or ``event:goal`` among the dimensions) they are numerators: ``visitors`` and ``visits`` are those with the goal, at
most one each, ``events`` is how often it was reached. ``conversion_rate`` is of all visitors of the site and never
used; ``group_conversion_rate`` is of the link's own, so that the visitors behind it are known where one number alone
gives that rounded rate. Unless they are for all links they are left to the answer without the goal.

Answers to one query whose pages were saved as several files are one report.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.messages import message
from outreach.tracking.base import Period, Report, Row, Tags
from outreach.tracking.exports.summary import once_a_day
from outreach.tracking.sums import AGAIN, by_link, count, day_of, period_of, totals
from outreach.tracking.tags import decode_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions

__all__ = ["PlausibleApi", "behind"]

FIELDS: Final = {
    "visit:utm_content": "content",
    "visit:utm_campaign": "campaign",
    "visit:utm_source": "source",
    "visit:source": "source",
    "visit:utm_medium": "medium",
}
DAYS: Final = frozenset({"time", "time:day"})
GOAL: Final = "event:goal"
RATE: Final = "group_conversion_rate"
UNITS: Final = (("visitors", "visitor"), ("visits", "visit"), ("pageviews", "pageview"))
REACHED: Final = (("visitors", "conversion", "visitor"), ("visits", "conversion", "visit"), ("events", "event", ""))
MOST_ROWS: Final = 10_000
DEPTH: Final = 20  # of filters in filters
KEYS: Final = re.compile(r'"(results|metrics|dimensions|query)"\s*:')
WORD: Final = re.compile(r"[a-z_]{1,40}")
ASK: Final = "ask the API again"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, or the pages of one."""

    labels: tuple[str, ...]
    query: Mapping[str, Any]
    meta: Mapping[str, Any]
    results: tuple[tuple[str, Mapping[str, Any]], ...]

    @property
    def label(self) -> str:
        return self.labels[0]

    @property
    def dimensions(self) -> list[str]:
        return list(self.query["dimensions"])

    @property
    def metrics(self) -> list[str]:
        return list(self.query["metrics"])


class PlausibleApi:
    """Reader of answers of the Stats API."""

    name = "plausible-api"
    reads = "Plausible, Stats API v2: the answer to a query, as JSON"

    def identify(self, source: Source) -> bool:
        """Tell by its keys: results with their query."""
        text = source.beginning.lstrip()
        return text.startswith("{") and {"results", "metrics", "dimensions"} <= set(KEYS.findall(text))

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each query."""
        pages: dict[str, Answer] = {}
        for source in sources:
            answer = _answer(source)
            asked_for = {key: value for key, value in answer.query.items() if key not in {"pagination", "include"}}
            key = json.dumps(asked_for, sort_keys=True)
            pages[key] = _joined(pages[key], answer) if key in pages else answer
        for answer in pages.values():
            yield _report(answer, options)


def _answer(source: Source) -> Answer:
    found = source.json
    results, query, meta = (found.get(key) for key in ("results", "query", "meta"))
    if not isinstance(results, list) or not isinstance(query, dict) or not _named(query):
        raise InputError(f"{source.label}: not an answer of the Stats API v2 with its query", hint=ASK)
    lines = tuple((f"{source.label}, row {number}", line) for number, line in enumerate(results, 1))
    for where, line in lines:
        if not isinstance(line, dict) or not all(isinstance(line.get(key), list) for key in ("metrics", "dimensions")):
            raise InputError(f"{where}: no dimensions and metrics", hint=ASK)
        if any(len(line[key]) != len(query[key]) for key in ("metrics", "dimensions")):
            raise InputError(f"{where}: more or fewer values than in the query", hint=ASK)
    return Answer((source.label,), query, meta if isinstance(meta, dict) else {}, lines)


def _named(query: Mapping[str, Any]) -> bool:
    """Tell whether a query names its dimensions and metrics."""
    names = query.get("dimensions"), query.get("metrics")
    return all(isinstance(found, list) and all(isinstance(name, str) for name in found) for found in names)


def _joined(one: Answer, other: Answer) -> Answer:
    """Return two pages as one answer.

    Raises:
        InputError: Both have the same rows.

    """
    seen = {json.dumps(line["dimensions"]) for _, line in one.results}
    for where, line in other.results:
        if json.dumps(line["dimensions"]) in seen:
            raise InputError(f"{where}: this row is in {one.label} too", hint="give each answer once")
    return Answer((*one.labels, *other.labels), one.query, {**one.meta, **other.meta}, one.results + other.results)


def _report(answer: Answer, options: ImportOptions) -> Report:
    _refuse_strange(answer)
    goal, counted = _goal(answer, options)
    if counted:
        metric, kind, unit = _chosen(answer, REACHED)
    else:
        (metric, unit), kind = _chosen(answer, UNITS), ""
    rows = tuple(_rows(answer, metric, goal, reached=counted))
    rows = rows if metric == "visitors" else by_link(rows)
    if counted and not (rows and all(row.denominator for row in rows)):
        rows, unit = tuple(row._replace(denominator=None) for row in rows), ""
    period, timezone = _period(answer)
    return Report(
        tool="plausible",
        labels=answer.labels,
        rows=rows,
        unit=unit,
        kind=kind,
        goal=goal,
        source_name=str(answer.query.get("site_id") or ""),
        period=period or options.period,
        timezone=timezone,
        flags=(*_flags(answer, rated=bool(kind and unit)), *once_a_day(unit, rows)),
        total=totals(rows),
    )


def _refuse_strange(answer: Answer) -> None:
    for name in answer.dimensions:
        if name not in FIELDS and name not in DAYS and name != GOAL:
            raise InputError(
                f"{answer.label}: grouped by {name}, which does not show links",
                hint="ask with dimensions visit:utm_content, visit:utm_campaign, visit:utm_source or time:day",
            )
    if not FIELDS.keys() & set(answer.dimensions):
        raise InputError(f"{answer.label}: not grouped by links", hint="ask with the dimension visit:utm_content")


def _chosen(answer: Answer, choices: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the first choice whose metric was asked for."""
    for choice in choices:
        if choice[0] in answer.metrics:
            return choice
    names = ", ".join(choice[0] for choice in choices)
    raise InputError(f"{answer.label}: it has none of the metrics {names}", hint="ask for the metric visitors")


def _goal(answer: Answer, options: ImportOptions) -> tuple[str, bool]:
    """Return the goal that is counted, and whether any is.

    Raises:
        InputError: Several are and none was named, or another one was.

    """
    split = GOAL in answer.dimensions
    place = answer.dimensions.index(GOAL) if split else 0
    names = {str(line["dimensions"][place]) for _, line in answer.results} if split else _filtered(answer)
    if not names:
        return (options.goal, True) if split else ("", False)
    said = ", ".join(sorted(names))
    matching = [name for name in names if options.goal and name.casefold() == options.goal.casefold()]
    if options.goal and not matching:
        raise InputError(f"{answer.label}: no goal {options.goal} in it, but {said}", hint="name one of these: --goal")
    if len(names) > 1 and not split:
        raise InputError(f"{answer.label}: counts any of several goals ({said})", hint="filter by one goal")
    if len(names) > 1 and not matching:
        raise InputError(f"{answer.label}: counts several goals ({said})", hint="name one of these: --goal")
    return (matching or sorted(names))[0], True


def _filtered(answer: Answer) -> set[str]:
    """Return the goals of which the filters let any pass."""
    found: set[str] = set()
    for operator, name, values in _filters(answer.query.get("filters")):
        if name == GOAL and operator != "is":
            raise InputError(f"{answer.label}: filtered by goals with {operator}", hint="filter with is and one goal")
        if name == GOAL:
            found.update(str(value) for value in values)
    return found


def _filters(found: Any, depth: int = 0) -> Iterator[tuple[str, str, list[Any]]]:
    """Yield operator, dimension and values of all filters, however they are nested."""
    for one in found if isinstance(found, list) and depth < DEPTH else ():
        match one:
            case [("and" | "or" | "not" | "has_done" | "has_not_done") as operator, list() as inner]:
                below = inner if inner and isinstance(inner[0], list) else [inner]
                for name, dimension, values in _filters(below, depth + 1):
                    yield (name if operator == "and" else f"{operator} {name}"), dimension, values
            case [str() as operator, str() as name, list() as values, *_]:
                yield operator, name, values
            case [str() as operator, str() as name, *_]:
                yield operator, name, []


def _rows(answer: Answer, metric: str, goal: str, *, reached: bool) -> Iterator[Row]:
    place = answer.metrics.index(metric)
    rated = reached and metric == "visitors" and RATE in answer.metrics
    rate = answer.metrics.index(RATE) if rated else None
    decimals = max((_decimals(line["metrics"][rate]) for _, line in answer.results), default=0) if rated else 0
    for number, (where, line) in enumerate(answer.results, 1):
        values = dict(zip(answer.dimensions, map(str, line["dimensions"]), strict=True))
        if values.get(GOAL, goal) != goal:
            continue
        counted = count(where, str(line["metrics"][place]))
        if counted is None:
            raise InputError(f"{where}: no count", hint=AGAIN)
        day = next((day_of(where, values[name]) for name in answer.dimensions if name in DAYS), None)
        of = behind(counted, line["metrics"][rate], decimals) if rate is not None else None
        pair = {"numerator": counted, "denominator": of} if reached else {"denominator": counted}
        yield Row(_tags(values), day=day, line=number, **pair)


def _tags(values: Mapping[str, str]) -> Tags:
    tag: dict[str, Any] = {}
    for name, field in FIELDS.items():  # utm_source before what Plausible makes of it
        if name in values:
            tag[field] = tag.get(field) or decode_tag(values[name])
    return Tags(**tag)


def _decimals(rate: Any) -> int:
    text = str(rate)
    return 0 if text.endswith(".0") else len(text.partition(".")[2])


def behind(converted: int, rate: Any, decimals: int) -> int | None:
    """Return of how many visitors these are the part that a rounded rate tells; None where several fit, or none.

    Args:
        converted: Visitors with the goal.
        rate: Of the link's visitors, in per cent, rounded.
        decimals: To how many places the rates of this answer are rounded.

    Example:
        >>> behind(3, 37.5, 2), behind(3, 0.1, 1), behind(0, 0.0, 2)
        (8, None, None)

    """
    if not isinstance(rate, int | float) or isinstance(rate, bool) or rate <= 0 or not math.isfinite(rate):
        return None
    half = 0.5 * 10.0**-decimals + 1e-9
    least = max(converted, math.ceil(100 * converted / (rate + half)))
    most = math.floor(100 * converted / (rate - half)) if rate > half else None
    return least if converted and least == most else None


def _period(answer: Answer) -> tuple[Period | None, str]:
    """Return the period and the offset of its zone; None where the query names it in words like ``7d``."""
    found = answer.query.get("date_range")
    if not isinstance(found, list) or len(found) != 2:
        return None, ""
    start, end = (day_of(f"{answer.label}, date_range", str(text)) for text in found)
    zones = {_offset(str(text)) for text in found}
    return period_of(f"{answer.label}, date_range", start, end), zones.pop() if len(zones) == 1 else ""


def _offset(text: str) -> str:
    found = re.search(r"T[0-9:.]+(Z|[+-][0-9]{2}:?[0-9]{2})$", text)
    return found[1] if found else ""


def _flags(answer: Answer, *, rated: bool) -> Iterator[Message]:
    meta = answer.meta
    if meta.get("imports_included") is True:
        yield message("imported-from-other-tool")
    elif reason := meta.get("imports_skip_reason"):
        known = WORD.fullmatch(str(reason))
        yield message("imported-left-out-why", reason=str(reason)) if known else message("imported-left-out")
    elif meta.get("imports_warning"):
        yield message("imported-in-part")
    sample = meta.get("sample_percent")
    if isinstance(sample, int | float) and sample < 100:
        yield message("sampled", percent=f"{sample:g}")
    rows, all_rows = len(answer.results), meta.get("total_rows")
    if isinstance(all_rows, int) and all_rows > rows:
        yield message("rows-missing", rows=rows, all=all_rows)
    elif rows and rows % _page(answer) == 0 and all_rows is None:
        yield message("maybe-cut-off", rows=rows)
    if other := sorted({name for _, name, _ in _filters(answer.query.get("filters"))} - {GOAL}):
        yield message("filtered", dimensions=tuple(other))
    if rated:
        yield message("no-links-without-conversions")


def _page(answer: Answer) -> int:
    paged = answer.query.get("pagination")
    found = paged.get("limit") if isinstance(paged, dict) else None
    return found if isinstance(found, int) and found > 0 else MOST_ROWS
