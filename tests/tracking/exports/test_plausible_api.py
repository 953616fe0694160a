"""Plausible's Stats API v2."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from outreach.tracking.exports.plausible_api import behind
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "plausible_api"
DATES = ["2026-05-01T00:00:00+03:00", "2026-05-02T23:59:59+03:00"]


@pytest.fixture
def answer(export):
    """Return a function that saves an answer to a query."""

    def make(*results, dimensions=("visit:utm_content",), metrics=("visitors",), meta=None, name="a.json", **query):
        rows = [{"dimensions": list(row[0]), "metrics": list(row[1])} for row in results]
        asked_for = {
            "site_id": "a.example",
            "dimensions": list(dimensions),
            "metrics": list(metrics),
            "date_range": DATES,
        }
        return export(name, json.dumps({"results": rows, "meta": meta or {}, "query": asked_for | query}))

    return make


def test_visitors_come_first(read):
    """Of several metrics one is the denominator; units are never added."""
    report = read(DATA / "visitors.json").report
    assert (report.unit, report.kind, report.total) == ("visitor", "", (120, None))
    assert report.rows[0].tags == Tags(source="vk", content="smm-riga--a-f871v")
    assert report.rows[2].tags == Tags()  # (not set)


def test_the_query_tells_site_period_and_zone(read):
    """The last second of a day belongs to that day."""
    report = read(DATA / "visitors.json").report
    assert (report.source_name, report.timezone) == ("shop.example", "+03:00")
    assert report.period == Period(date(2026, 5, 1), date(2026, 5, 31))


def test_a_goal_filter_makes_numerators(read):
    """1 visitor at 0.03 % may be of many, so the file has no visitors of its links: some would be worse than none."""
    report = read(DATA / "signups.json").report
    assert [(row.numerator, row.denominator) for row in report.rows] == [(6, None), (1, None)]
    assert (report.unit, report.kind, report.goal, report.total) == ("", "conversion", "Signup", (None, 7))


def test_exact_rates_tell_the_visitors(read, answer):
    """6 at 15.0 % are of 40 and 1 at 33.33 % of 3, and of nobody else."""
    metrics, filters = ("visitors", "group_conversion_rate"), [["is", "event:goal", ["x"]]]
    report = read(answer((["a"], [6, 15.0]), (["b"], [1, 33.33]), metrics=metrics, filters=filters)).report
    assert [(row.numerator, row.denominator) for row in report.rows] == [(6, 40), (1, 3)]
    assert (report.unit, report.total, described(report.flags)) == (
        "visitor",
        (43, 7),
        ("it lacks links without conversions",),
    )


def test_other_filters_are_flagged_without_their_values(read):
    """They leave out visitors; a value may be a person's page."""
    assert "filtered by visit:country" in described(read(DATA / "signups.json").report.flags)


def test_the_rate_of_the_whole_site_is_not_used(read, answer):
    """conversion_rate is divided by all visitors of the site."""
    report = read(
        answer((["a"], [6, 5.0]), metrics=("visitors", "conversion_rate"), filters=[["is", "event:goal", ["x"]]])
    ).report
    assert (report.unit, report.rows[0].denominator, report.rows[0].numerator) == ("", None, 6)


@pytest.mark.parametrize(
    ("metrics", "unit", "kind"),
    [(("visits", "pageviews"), "visit", ""), (("pageviews", "events"), "pageview", "")],
)
def test_units_without_visitors(read, answer, metrics, unit, kind):
    """Visits before pageviews."""
    report = read(answer((["a"], [3, 9]), metrics=metrics)).report
    assert (report.unit, report.kind, report.total) == (unit, kind, (3, None))


def test_events_of_a_goal_are_events(read, answer):
    """A goal that is reached twice counts twice: no proportion."""
    report = read(answer((["a"], [9]), metrics=["events"], filters=[["is", "event:goal", ["x"]]])).report
    assert (report.kind, report.total) == ("event", (None, 9))


def test_days_are_rows(read, answer):
    """time:day is the day of the row."""
    found = read(answer((["2026-05-02", "a"], [3]), dimensions=("time:day", "visit:utm_content")))
    assert found.report.rows[0].day == date(2026, 5, 2)


def test_goals_among_the_dimensions_need_a_name(read, answer):
    """One of them is counted, the named one; the others are no part of the report."""
    several = answer((["a", "Signup"], [3]), (["a", "Buy"], [1]), dimensions=("visit:utm_content", "event:goal"))
    with pytest.raises(InputError, match=r"several goals \(Buy, Signup\)"):
        read(several)
    report = read(several, goal="buy").report
    assert (report.goal, report.total) == ("Buy", (None, 1))


def test_pages_of_one_answer_are_one_report(read, answer):
    """Else the second would replace the first."""
    first = answer((["a"], [3]), name="1.json", pagination={"limit": 1, "offset": 0}, meta={"total_rows": 3})
    second = answer((["b"], [2]), name="2.json", pagination={"limit": 1, "offset": 1}, meta={"total_rows": 3})
    report = read(first, second).report
    assert (len(report.labels), report.total, described(report.flags)) == (2, (5, None), ("only 2 of its 3 rows",))
    with pytest.raises(InputError, match="this row is in"):
        read(first, first)


@pytest.mark.parametrize(
    ("meta", "flag"),
    [
        ({"imports_included": True}, "includes data imported from another tool"),
        ({"imports_skip_reason": "unsupported_query"}, "imported data left out by Plausible: unsupported_query"),
        ({"sample_percent": 10}, "sampled at 10 %"),
    ],
)
def test_doubts_become_flags(read, answer, meta, flag):
    """What Plausible says of its own answer."""
    assert described(read(answer((["a"], [3]), meta=meta)).report.flags) == (flag,)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"dimensions": ["visit:country"]}, "grouped by visit:country, which does not show links"),
        ({"dimensions": ["time:day"]}, "not grouped by links"),
        ({"metrics": ["bounce_rate"]}, "none of the metrics"),
        ({"filters": [["is", "event:goal", ["A", "B"]]]}, r"any of several goals \(A, B\)"),
        ({"filters": [["has_done", ["is", "event:goal", ["A"]]]]}, "filtered by goals with has_done is"),
        ({"filters": [["not", ["is", "event:goal", ["A"]]]]}, "filtered by goals with not is"),
        ({"date_range": DATES[::-1]}, "ends before it begins"),
    ],
)
def test_queries_that_cannot_be_used_are_refused(read, answer, query, said):
    """With what to ask instead."""
    with pytest.raises(InputError, match=said):
        read(answer((["2026-05-01"], [3]), **query))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (-1, "negative"),
        (1.5, "fraction"),
        (10**15, "larger than any real site"),
        (None, "no count"),
        ("x", "not a number"),
    ],
)
def test_counts_that_are_none_refuse_the_answer(read, answer, number, said):
    """With the row."""
    with pytest.raises(InputError, match=f"row 2.*{said}"):
        read(answer((["a"], [3]), (["b"], [number])))


def test_a_cut_off_answer_is_refused(read, export):
    """With the line where it breaks off."""
    text = (DATA / "visitors.json").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="cut off or damaged"):
        read(export("a.json", text[:-40]))


@given(st.integers(1, 500), st.integers(0, 5000), st.sampled_from([1, 2]))
def test_visitors_behind_a_rate_are_told_only_where_exact(converted, more, decimals):
    """Whatever the counts, the answer is the truth or none."""
    visitors = converted + more
    assert behind(converted, round(100 * converted / visitors, decimals), decimals) in {visitors, None}


def test_the_real_answers(read, shared):
    """They add up to what is in the file."""
    files = sorted((shared / "plausible").glob("*-response.json"))
    assert [report.total for report in read(*files).reports] == [(451269, None), (1531, None)]
