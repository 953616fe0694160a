"""Google Analytics 4: answers of the Data API, runReport and batchRunReports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from outreach.errors import InputError
from outreach.messages import message
from outreach.tracking.base import about
from outreach.tracking.exports.breakdown import Breakdown, exact, exact_sum
from outreach.tracking.exports.ga4_tables import attribution_of, best, plan_of, with_conversions
from outreach.tracking.exports.ga4_words import column_of
from outreach.tracking.exports.summary import remarks_on, reported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from outreach.files.contract import Rejected, Remark
    from outreach.files.grid import Row as Cells
    from outreach.files.source import Source
    from outreach.messages import Message
    from outreach.tracking.base import ImportOptions, Report

__all__ = ["Ga4Api"]

KIND: Final = "analyticsData#"


class Ga4Api:
    """Reader of what GA4's Data API answers."""

    name = "ga4-api"
    reads = "Google Analytics 4: Data API, runReport and batchRunReports (JSON)"

    def identify(self, source: Source) -> bool:
        """Tell by the kind that every answer names, or by its headers."""
        beginning = source.beginning
        if not beginning.lstrip().startswith(("{", "[")):
            return False
        return KIND in beginning or '"dimensionHeaders"' in beginning or '"metricHeaders"' in beginning

    def read(self, sources: Sequence[Source], options: ImportOptions) -> Iterator[Report | Rejected | Remark]:
        """Yield one report for each file: that of its finest table."""
        for source in sources:
            yield from _read(source, options)


def _read(source: Source, options: ImportOptions) -> Iterator[Report | Remark]:
    answers = _answers(source)
    tables = [_table(source.label, answer) for answer in answers]
    table = best(source.label, tables)
    answer = answers[tables.index(table)]
    metadata = _mapping(answer.get("metadata"))
    whole = with_conversions(table)
    plan, goal = plan_of(whole, options.goal)
    report = reported(
        whole,
        plan,
        options,
        tool="ga4",
        goal=goal,
        timezone=_text(metadata.get("timeZone")),
        attribution=attribution_of(table),
        currency=_text(metadata.get("currencyCode")),
        flags=(*_flags(metadata), *_left_out(answer, table)),
    )
    yield report
    if reason := _text(metadata.get("emptyReason")):
        yield about(source.label, "report-empty-by-api", reason=reason)
    else:
        yield from remarks_on(report, [column.role for column in table.links()])


def _answers(source: Source) -> list[Mapping[str, Any]]:
    """Return the reports in a file.

    Raises:
        InputError: It holds none.

    """
    whole = source.json
    batch = whole if isinstance(whole, list) else _mapping(whole).get("reports", [whole])
    answers: list[Mapping[str, Any]] = [
        answer for answer in (batch if isinstance(batch, list) else []) if isinstance(answer, dict) and _headers(answer)
    ]
    if not answers:
        raise InputError(f"{source.label}: this answer of the API has no report", hint="save the answer of runReport")
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


def _flags(metadata: Mapping[str, Any]) -> Iterator[Message]:
    """Yield what the API itself says of the quality of its numbers."""
    if metadata.get("dataLossFromOtherRow"):
        yield message("rare-links-in-other")
    for sample in map(_mapping, _list(metadata.get("samplingMetadatas"))):
        yield _sampled(sample)
    if metadata.get("subjectToThresholding"):
        yield message("thresholding")


def _sampled(sample: Mapping[str, Any]) -> Message:
    try:
        share = int(sample["samplesReadCount"]) / int(sample["samplingSpaceSize"])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return message("sampled-somewhat")
    return message("sampled", percent=f"{100 * share:.3g}")


def _left_out(answer: Mapping[str, Any], table: Breakdown) -> Iterator[Message]:
    """Yield that an answer holds the first rows only."""
    count = answer.get("rowCount")
    if isinstance(count, int) and count > len(table.rows):
        yield message("api-rows-missing", rows=len(table.rows), all=count)
