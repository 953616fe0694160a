"""GA4's Data API: runReport and batchRunReports."""

import json
from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "ga4_api"


def answer(dimensions, metrics, rows, **more):
    return {
        "dimensionHeaders": [{"name": name} for name in dimensions],
        "metricHeaders": [{"name": name} for name in metrics],
        "rows": [
            {"dimensionValues": [{"value": text} for text in one], "metricValues": [{"value": text} for text in other]}
            for one, other in rows
        ],
        "kind": "analyticsData#runReport",
        **more,
    }


def test_what_the_api_says_of_its_numbers_becomes_flags(read):
    """Sampling with its share, thresholding, (other), rows left out; zone and currency."""
    report = read(DATA / "report.json").report
    assert described(report.flags) == (
        "GA4 put rare links into (other)",
        "sampled at 10 %",
        "GA4 left out small rows, for privacy (thresholding)",
        "has 2 of 3 rows: ask the API for all of them (limit, offset)",
        "its rows have 37 of 40 sessions",
    )
    assert (report.timezone, report.attribution) == ("Europe/Riga", "last non-direct click")
    assert (report.kind, report.goal, report.total) == ("conversion", "generate_lead", (40, 4))
    assert [(r.tags.content, r.day, r.denominator, r.numerator, r.revenue, r.currency) for r in report.rows] == [
        ("smm-riga--a-f871v", date(2026, 5, 1), 30, 3, 12.345, "EUR"),
        ("", date(2026, 5, 2), 7, 1, 0.0, "EUR"),
        ("", None, 3, 0, None, ""),
    ]
    assert report.rows[-1].tags == Tags(rest=True)


def test_the_shared_answer_has_no_tagged_traffic(shared, read):
    """Eight rows, all (direct), 14 sessions."""
    told = read(shared / "ga4" / "plausible_ga4_report_imported_sources.json")
    assert told.report.total == (14, None)
    assert sum(row.denominator for row in told.report.rows) == 14
    assert {row.tags for row in told.report.rows} == {Tags()}
    assert told.report.period == Period(date(2024, 2, 22), date(2024, 4, 3))
    assert told.remarks[0].endswith("no tagged traffic among its 14 sessions")


def test_a_batch_gives_its_finest_report(export, read):
    """Reports of one batch count the same visits: one of them is taken."""
    coarse = answer(["sessionSource"], ["sessions"], [(["vk"], ["9"])])
    fine = answer(["sessionManualAdContent"], ["sessions"], [(["a-1"], ["7"])])
    text = json.dumps({"kind": "analyticsData#batchRunReports", "reports": [coarse, fine]})
    assert read(export("x.json", text)).report.rows[0].tags == Tags(content="a-1")


def test_missing_rows_are_an_empty_report(export, read):
    """The API leaves ``rows`` out, and may say why."""
    empty = answer(["sessionSource"], ["sessions"], [], metadata={"emptyReason": "NO_DATA"})
    del empty["rows"]
    told = read(export("x.json", json.dumps(empty)))
    assert (told.report.rows, told.report.total) == ((), (0, None))
    assert told.remarks[0].endswith("an empty report; the API says NO_DATA")


@pytest.mark.parametrize(
    ("metric", "unit"), [("activeUsers", "visitor"), ("totalUsers", "visitor"), ("screenPageViews", "pageview")]
)
def test_units(export, read, metric, unit):
    """Sessions before users before views."""
    told = answer(["firstUserCampaignName"], [metric], [(["spring"], ["7"])])
    report = read(export("x.json", json.dumps(told))).report
    assert (report.unit, report.attribution) == (unit, "first user")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("-1", "row 1: a negative count"),
        ("1.5", "row 1: a count with a fraction"),
        ("1e15", "row 1: a count larger"),
        ("NaN", "row 1: a count that is not a number"),
        ("x", "row 1: a count that is not a number"),
    ],
)
def test_nonsense_is_refused(export, read, value, problem):
    """Counts are whole, and not beyond all sites."""
    with pytest.raises(InputError, match=problem):
        read(export("x.json", json.dumps(answer(["sessionSource"], ["sessions"], [(["vk"], [value])]))))


def test_broken_answers(export, read):
    """Cut off, too few values, two periods."""
    whole = json.dumps(
        answer(["dateRange", "sessionSource"], ["sessions"], [(["a", "vk"], ["1"]), (["b", "vk"], ["1"])])
    )
    with pytest.raises(InputError, match="cut off or damaged"):
        read(export("x.json", whole[:-9]))
    with pytest.raises(InputError, match="several segments, comparisons or periods"):
        read(export("y.json", whole))
    with pytest.raises(InputError, match="row 1: fewer values than headers"):
        read(export("z.json", json.dumps(answer(["sessionSource"], ["sessions"], [(["vk"], [])]))))
    with pytest.raises(InputError, match="this answer of the API has no report"):
        read(export("w.json", '{"kind": "analyticsData#batchRunReports", "reports": []}'))
