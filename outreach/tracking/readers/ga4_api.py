"""Google Analytics 4: answers of the Data API, runReport and batchRunReports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.tracking.base import Remark
from outreach.tracking.readers.breakdown import Breakdown, exact, exact_sum
from outreach.tracking.readers.ga4_tables import attribution_of, best, plan_of, with_conversions
from outreach.tracking.readers.ga4_words import column_of
from outreach.tracking.readers.summary import reported, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.grid import Row as Cells
    from outreach.tracking.base import Asked, Rejected, Report
    from outreach.tracking.exports import Export

__all__ = ["Ga4Api"]

KIND: Final = "analyticsData#"


class Ga4Api:
    """Reader of what GA4's Data API answers."""

    name = "ga4-api"
    reads = "Google Analytics 4: Data API, runReport and batchRunReports (JSON)"

    def identify(self, export: Export) -> bool:
        """Tell by the kind that every answer names, or by its headers."""
        beginning = export.beginning
        if not beginning.lstrip().startswith(("{", "[")):
            return False
        return KIND in beginning or '"dimensionHeaders"' in beginning or '"metricHeaders"' in beginning

    def read(self, exports: Sequence[Export], asked: Asked) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each file: that of its finest table."""
        for export in exports:
            yield from _read(export, asked)


def _read(export: Export, asked: Asked) -> Iterator[Report | Remark]:
    answers = _answers(export)
    tables = [_table(export.label, answer) for answer in answers]
    table = best(export.label, tables)
    answer = answers[tables.index(table)]
    about = _mapping(answer.get("metadata"))
    whole = with_conversions(table)
    plan, goal = plan_of(whole, asked.goal)
    report = reported(
        whole,
        plan,
        asked,
        tool="ga4",
        goal=goal,
        timezone=_text(about.get("timeZone")),
        attribution=attribution_of(table),
        currency=_text(about.get("currencyCode")),
        flags=(*_flags(about), *_left_out(answer, table)),
    )
    yield report
    if reason := _text(about.get("emptyReason")):
        yield Remark(f"{export.label}: an empty report, the API says {reason}")
    else:
        yield from said(report, [column.role for column in table.links()])


def _answers(export: Export) -> list[Mapping[str, Any]]:
    """Return the reports in a file.

    Raises:
        InputError: It holds none.

    """
    whole = export.json
    batch = whole if isinstance(whole, list) else _mapping(whole).get("reports", [whole])
    answers: list[Mapping[str, Any]] = [
        answer for answer in (batch if isinstance(batch, list) else []) if isinstance(answer, dict) and _headers(answer)
    ]
    if not answers:
        raise InputError(f"{export.label}: no report in this answer of the API", hint="save the answer of runReport")
    return answers


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _headers(answer: Mapping[str, Any]) -> list[str]:
    both = [*_list(answer.get("dimensionHeaders")), *_list(answer.get("metricHeaders"))]
    return [_text(_mapping(header).get("name")) for header in both]


def _table(label: str, answer: Mapping[str, Any]) -> Breakdown:
    headers = _headers(answer)
    columns = tuple(column_of(header, at) for at, header in enumerate(headers))
    totals = _list(answer.get("totals"))
    return Breakdown(
        label=label,
        columns=columns,
        rows=tuple(_cells(label, number, row, len(headers)) for number, row in enumerate(_list(answer.get("rows")), 1)),
        total=_cells(label, 0, totals[0], 0)
        if len(totals) == 1 and _list(_mapping(totals[0]).get("metricValues"))
        else None,
        count=exact,
        money=exact_sum,
        word="row",
    )


def _cells(label: str, number: int, row: Any, width: int) -> Cells:
    """Return the values of a row in the order of the headers; a row's number is its place in the answer.

    Raises:
        InputError: It has too few.

    """
    values = [*_list(_mapping(row).get("dimensionValues")), *_list(_mapping(row).get("metricValues"))]
    cells = [str(_mapping(value).get("value", "")) for value in values]
    if len(cells) < width:
        raise InputError(f"{label}, row {number}: fewer values than headers", hint="download it again")
    return number, cells


def _flags(about: Mapping[str, Any]) -> Iterator[str]:
    """Yield what the API itself says of the quality of its numbers."""
    if about.get("dataLossFromOtherRow"):
        yield "GA4 put rare links into (other)"
    for sample in map(_mapping, _list(about.get("samplingMetadatas"))):
        yield _sampled(sample)
    if about.get("subjectToThresholding"):
        yield "GA4 left out small rows, for privacy (thresholding)"


def _sampled(sample: Mapping[str, Any]) -> str:
    try:
        share = int(sample["samplesReadCount"]) / int(sample["samplingSpaceSize"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return "sampled"
    return f"sampled at {100 * share:.3g} %"


def _left_out(answer: Mapping[str, Any], table: Breakdown) -> Iterator[str]:
    """Say that an answer holds the first rows only."""
    count = answer.get("rowCount")
    if isinstance(count, int) and count > len(table.rows):
        yield f"holds {len(table.rows)} of {count} rows: ask the API for all of them (limit, offset)"
