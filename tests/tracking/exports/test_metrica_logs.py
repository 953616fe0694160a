"""Yandex Metrica: visits of the Logs API."""

from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags

DATA = Path(__file__).parent / "data" / "metrica_logs"
HEAD = "ym:s:visitID\tym:s:date\tym:s:goalsID\tym:s:lastsignUTMSource\tym:s:lastsignUTMContent\n"


def test_visits_of_each_day_and_link(read):
    """A visit counts once, and once for its goal; 123 is not 1234."""
    told = read(DATA / "visits.tsv", goal="123")
    tags = Tags(source="vk", campaign="весна", content="smm-riga--a-f871v")
    assert sorted((row.day, row.tags.content, row.denominator, row.numerator) for row in told.report.rows) == [
        (date(2026, 5, 1), "smm-riga--a-f871v", 2, 1),
        (date(2026, 5, 2), "", 1, 0),
    ]
    assert tags in {row.tags for row in told.report.rows}
    assert (told.report.total, told.report.kind, told.report.goal) == ((3, 1), "conversion", "123")
    assert told.report.period == Period(date(2026, 5, 1), date(2026, 5, 2))
    assert (told.report.source_name, told.report.attribution) == ("44147844", "lastsign")
    assert told.remarks[0].endswith("1 visits are in more than one line and count once")


def test_several_goals_need_a_number(read):
    """Refused with the list."""
    with pytest.raises(InputError, match="it has several goals") as told:
        read(DATA / "visits.tsv")
    assert told.value.hint.endswith("the file has 123, 1234")


def test_a_goal_that_no_visit_reached_is_said(read):
    """Zero is an answer, and may be a slip of the pen."""
    told = read(DATA / "visits.tsv", goal="77")
    assert told.report.total == (3, 0)
    assert told.remarks[-1].endswith("no visit reached the goal 77; goals reached: 123, 1234")


def test_without_goals_there_are_visits_only(export, read):
    """The one goal that occurs is the goal; none is none."""
    one = read(export("a.tsv", f"{HEAD}1\t2026-05-01\t[5,5]\tvk\ta-1\n")).report
    none = read(export("b.tsv", f"{HEAD}1\t2026-05-01\t[]\tvk\ta-1\n")).report
    assert (one.goal, one.total) == ("5", (1, 1))
    assert (none.kind, none.total) == ("", (1, None))


def test_parts_of_one_request_are_one_report(export, read):
    """A visit that stands in two parts counts once."""
    first = export("a.tsv", f"{HEAD}1\t2026-05-01\t[]\tvk\ta-1\n2\t2026-05-01\t[]\tvk\ta-1\n")
    second = export("b.tsv", f"{HEAD}2\t2026-05-01\t[]\tvk\ta-1\r\n3\t2026-05-02\t[]\t\t\r\n")
    report = read(first, second).report
    assert (len(report.labels), report.total) == (2, (3, None))


def test_tags_of_the_first_page_where_there_are_no_others(export, read):
    """The address is decoded once, other parameters fall away."""
    head = "ym:s:visitID\tym:s:date\tym:s:startURL\n"
    lines = "1\t2026-05-01\thttps://e.com/?yclid=1&utm_source=vk&utm_content=%D0%B0-1#x\n2\t2026-05-01\thttps://e.com/?restart=1\n"
    report = read(export("a.tsv", head + lines)).report
    assert {row.tags for row in report.rows} == {Tags(source="vk", content="а-1"), Tags()}
    assert report.attribution == "landing page"


def test_escapes_and_quotes_are_text(export, read):
    """A quote does not open a cell, a backslash keeps a sign."""
    report = read(export("a.tsv", HEAD + "1\t2026-05-01\t[]\tvk\tit\\'s \"a\n")).report
    assert report.rows[0].tags.content == "it's \"a"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEAD}1\t2026-05-01\t[]\tvk\ta\n2\t2026-05", "line 3: fewer or more cells than fields"),
        (f"{HEAD}1\t2026-05-32\t[]\tvk\ta\n", "line 2: a cell without a day"),
        ("ym:pv:watchID\tym:pv:date\n1\t2026-05-01\n", "page views"),
        ("ym:s:visitID\tym:s:lastsignUTMSource\n1\tvk\n", "no days"),
        ("ym:s:visitID\tym:s:date\n1\t2026-05-01\n", "no tags"),
        ("ym:s:counterID\tym:s:date\tym:s:lastUTMSource\n1\t2026-05-01\tvk\n2\t2026-05-01\tvk\n", "several counters"),
    ],
)
def test_what_cannot_be_counted_is_refused(export, read, text, problem):
    """One sentence with the line."""
    with pytest.raises(InputError, match=problem):
        read(export("x.tsv", text))


def test_a_goal_is_named_by_its_number(export, read):
    """The log knows no names."""
    with pytest.raises(InputError, match="no goal named 'Заявка'"):
        read(export("x.tsv", f"{HEAD}1\t2026-05-01\t[5]\tvk\ta\n"), goal="Заявка")


def test_a_header_alone_is_an_empty_report(export, read):
    """No visits, no rows, said."""
    told = read(export("x.tsv", HEAD))
    assert (told.report.rows, told.report.total) == ((), (0, None))
    assert told.remarks[0].endswith("an empty report: a header without rows")


def test_what_is_no_text_is_refused(export, read):
    """Foreign bytes behind the beginning are not guessed at."""
    lines = "".join(f"{number}\t2026-05-01\t[]\tvk\tcontent\n" for number in range(4000))
    with pytest.raises(InputError, match="some of it is not from the Logs API"):
        read(export("x.tsv", (HEAD + lines).encode() + b"9\t2026-05-01\t[]\tvk\t\xe2\xe5\n"))
