"""Yandex Metrica: the Reporting API."""

import json
from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "metrica_api"


def answer(dimensions, metrics, data, **more):
    query = {"ids": [1], "dimensions": dimensions, "metrics": metrics, "date1": "2026-05-01", "date2": "2026-05-31"}
    rows = [{"dimensions": [{"name": name} for name in one], "metrics": other} for one, other in data]
    return json.dumps({"query": {**query, **more.pop("query", {})}, "data": rows, **more})


def test_an_answer_with_all_traps(read):
    """No tag is null, goal visits before reaches, sampling and hidden rows are flags, the rest comes from totals."""
    report = read(DATA / "data.json").report
    assert (report.unit, report.kind, report.goal, report.total) == ("visit", "conversion", "123", (210, 16))
    assert [(row.tags.content, row.denominator, row.numerator) for row in report.rows] == [
        ("smm-riga--a-f871v", 120, 12),
        ("", 80, 3),
        ("", 10, 1),
    ]
    assert report.rows[1].tags == Tags()
    assert report.rows[2].tags == Tags(rest=True)
    assert (report.rows[0].revenue, report.rows[0].currency, report.rows[0].day) == (1234.567, "RUB", date(2026, 5, 2))
    assert (report.source_name, report.attribution, report.timezone) == ("44147844", "lastsign", "+03:00")
    assert report.period == Period(date(2026, 5, 1), date(2026, 5, 31))
    assert described(report.flags) == (
        "sampled at 10 %",
        "Metrica left out small rows, for privacy",
        "has 2 of 3 rows: ask the API for all of them (limit, offset)",
        "its rows have 200 of 210 visits",
    )


def test_several_goals_need_a_name(export, read):
    """A goal is named by its number."""
    text = answer(
        ["ym:s:lastUTMContent"], ["ym:s:visits", "ym:s:goal1visits", "ym:s:goal2visits"], [(["a"], [9, 2, 1])]
    )
    assert read(export("x.json", text), goal="2").report.total == (9, 1)
    with pytest.raises(InputError, match="it has several goals"):
        read(export("x.json", text))


def test_reaches_are_events(export, read):
    """Three reaches in two visits are no proportion."""
    text = answer(["ym:s:firstUTMSource"], ["ym:s:visits", "ym:s:goal1reaches"], [(["vk"], [2, 3])])
    report = read(export("x.json", text)).report
    assert (report.kind, report.attribution, len(report.flags)) == ("event", "first", 1)


@pytest.mark.parametrize(
    ("more", "rule"), [({"attribution": "Last"}, "last"), ({}, "lastsign"), ({"attribution": "automatic"}, "automatic")]
)
def test_attribution_outside_of_the_name(export, read, more, rule):
    """The query may say it for all dimensions; Metrica's own default is the last significant."""
    text = answer(["ym:s:<attribution>UTMSource"], ["ym:s:visits"], [(["vk"], [2])], query=more)
    assert read(export("x.json", text)).report.attribution == rule


@pytest.mark.parametrize(
    ("metrics", "values", "problem"),
    [
        (["ym:s:visits"], [-1], "row 1: a negative count"),
        (["ym:s:visits"], [1.5], "row 1: a count with a fraction"),
        (["ym:s:visits"], [1e15], "row 1: a count larger"),
        (["ym:s:visits", "ym:s:goal1visits"], [1, 2], "row 1: more visits with the goal than visits"),
        (["ym:s:visits"], [], "row 1: it does not match the query"),
        (["ym:s:bounceRate"], [1], "does not have visits by links"),
    ],
)
def test_nonsense_is_refused(export, read, metrics, values, problem):
    """One sentence with the place."""
    with pytest.raises(InputError, match=problem):
        read(export("x.json", answer(["ym:s:lastsignUTMSource"], metrics, [(["vk"], values)])))


def test_a_period_that_cannot_be(export, read):
    """Reversed, or of no calendar; words are days before today."""
    for wrong in ({"date1": "2026-06-01"}, {"date1": "2026-13-01"}):
        with pytest.raises(InputError, match="its period"):
            read(export("x.json", answer(["ym:s:lastsignUTMSource"], ["ym:s:visits"], [], query=wrong)))
    words = answer(["ym:s:lastsignUTMSource"], ["ym:s:visits"], [], query={"date1": "7daysAgo", "date2": "yesterday"})
    told = read(export("x.json", words))
    assert told.report.period == Period(date(2026, 6, 8), date(2026, 6, 14))
    assert told.remarks[0].endswith("an empty report: a header without rows")


def test_other_methods_are_refused(export, read):
    """By time, or a list of answers."""
    text = answer(["ym:s:lastsignUTMSource"], ["ym:s:visits"], [(["vk"], [[1, 2]])], time_intervals=[])
    with pytest.raises(InputError, match="an answer by time"):
        read(export("x.json", text))
    with pytest.raises(InputError, match="not one answer"):
        read(export("y.json", f"[{text}]"))


def test_an_answer_with_its_keys_sorted_is_known(export, read):
    """Some programs write the query behind the rows, where nobody looks for it."""
    rows = [(["vk"], [1]) for _ in range(3000)]
    told = json.loads(answer(["ym:s:lastsignUTMSource"], ["ym:s:visits"], rows, contains_sensitive_data=False))
    assert read(export("x.json", json.dumps(told, sort_keys=True))).report.total == (3000, None)
