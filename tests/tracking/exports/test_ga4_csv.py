"""GA4's "Download CSV": reports, Explorations, and what Excel makes of them."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from outreach.tracking.exports import READERS
from outreach.tracking.exports.breakdown import Breakdown
from outreach.tracking.exports.ga4_csv import Ga4Csv
from outreach.tracking.exports.ga4_tables import _converted, _digits
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "ga4_csv"
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
RULE = "# ----------------------------------------"
HEAD = (
    f"{RULE}\n# Report\n# Account: A\n# Property: Shop\n{RULE}\n# \n# All Users\n"
    "# Start date: 20260501\n# End date: 20260531\n"
)
SUM = "Key events adds up all key events: choose one in the report, or name it with --goal"


def adds_up(report):
    rows = report.rows
    below = sum(row.denominator or 0 for row in rows) if report.unit else None
    above = sum(row.numerator or 0 for row in rows) if report.kind else None
    return (below, above) == report.total


@pytest.mark.parametrize("path", sorted(DATA.iterdir()), ids=lambda path: path.name)
def test_every_fixture_is_claimed_and_adds_up(path, read):
    """One reader knows each file, and its rows make its total."""
    goal = "purchase" if "pivot" in path.name else ""
    assert adds_up(read(path, goal=goal).report)


def test_rates_that_tell_sessions_exactly_become_conversions(read):
    """A full-length rate times sessions is a whole number of sessions with a key event."""
    report = read(DATA / "traffic_acquisition_en.csv").report
    assert (report.unit, report.kind, report.total) == ("session", "conversion", (1040, 56))
    assert [(row.tags.content, row.denominator, row.numerator, row.revenue) for row in report.rows[:2]] == [
        ("smm-riga--a-f871v", 320, 24, 250.25),
        ("smm-riga--b-q2m7k", 80, 8, 0.0),
    ]
    assert report.rows[-1].tags == Tags(rest=True)
    assert report.source_name == "Harbour shop - GA4"
    assert report.period == MAY
    assert report.attribution == "last non-direct click"
    assert described(report.flags) == ("counts sessions with any of the key events",)


@pytest.mark.parametrize("rates", [("1.2 %", "5 %"), ("0.0123", "0.5"), ("2", "0"), ("x", "0"), ("", "0")])
def test_rates_that_leave_a_doubt_are_not_used(export, read, rates):
    """One row with two possible numbers, and the sums of events stay."""
    text = f"{HEAD}Session campaign,Sessions,Key events,Session key event rate\na,900,50,{rates[0]}\nb,2,1,{rates[1]}\n"
    report = read(export("x.csv", text)).report
    assert (report.kind, report.total, described(report.flags)) == ("event", (902, 51), (SUM,))


def test_more_converting_sessions_than_key_events_is_no_rate_of_them(export, read):
    """A rate that contradicts the sum beside it is of something else."""
    text = f"{HEAD}Session campaign,Sessions,Key events,Session key event rate\na,4,1,0.5\n"
    assert read(export("x.csv", text)).report.kind == "event"


def test_the_finest_table_is_taken_and_none_is_added(read):
    """Of four tables with the same visits the one with campaigns counts."""
    report = read(DATA / "snapshot_en.csv").report
    assert [(row.tags.campaign, row.denominator) for row in report.rows] == [("spring-2026", 330), ("", 420)]
    assert (report.period, report.source_name) == (MAY, "Harbour shop - GA4")


def test_landing_pages_are_finer_than_campaigns_when_they_have_tags(export, read):
    """A query string with utm_content tells more than a campaign; a page without a query tells less."""
    campaign = "Session campaign,Sessions\nspring,5\n"
    pages = "\n# Start date: 20260501\n# End date: 20260531\nLanding page + query string,Sessions\n/{},5\n"
    tagged = read(export("a.csv", HEAD + campaign + pages.format("?utm_content=a-1"))).report
    bare = read(export("b.csv", HEAD + campaign + pages.format("guide"))).report
    assert [tagged.rows[0].tags.content, bare.rows[0].tags.campaign] == ["a-1", "spring"]


def test_days_of_an_exploration_and_the_rest_of_its_total(read):
    """Dates are YYYYMMDD, an extra column marks the total, what it has beyond the rows is one line."""
    report = read(DATA / "free_form_days_en.csv").report
    assert [row.day for row in report.rows[:3]] == [date(2026, 5, 1), date(2026, 5, 1), date(2026, 5, 2)]
    assert (report.rows[-1].tags.rest, report.rows[-1].denominator) == (True, 10)
    assert "its rows have 90 of 100 sessions" in described(report.flags)


def test_nth_day_counts_from_the_start_date(export, read):
    """0000 is the start date."""
    report = read(export("x.csv", f"{HEAD}Nth day,Session campaign,Sessions\n0000,a,1\n0003,a,2\n")).report
    assert [row.day for row in report.rows] == [date(2026, 5, 1), date(2026, 5, 4)]


def test_sessions_under_an_event_are_those_with_it(read):
    """A pivot by event name tells sessions with each event, and all of them under its totals."""
    report = read(DATA / "events_pivot_en.csv", goal="Generate lead").report
    assert (report.kind, report.goal, report.total) == ("conversion", "generate_lead", (230, 14))
    with pytest.raises(InputError, match="it has several goals") as told:
        read(DATA / "events_pivot_en.csv")
    assert told.value.hint.endswith("generate_lead, purchase")


def test_rows_of_one_event_each_need_a_goal(export, read):
    """Rows by event name: those of the goal count, and have no denominators of their own."""
    text = f"{HEAD}Session campaign,Event name,Event count\na,purchase,3\na,page_view,90\nb,purchase,1\n"
    report = read(export("x.csv", text), goal="purchase").report
    assert (report.unit, report.kind, report.total) == ("", "event", (None, 4))
    with pytest.raises(InputError, match="several goals"):
        read(export("x.csv", text))


def test_several_columns_of_key_events_need_a_goal(export, read):
    """``Key events (name)`` and ``Session key event rate for name`` name the goal."""
    text = f"{HEAD}Session campaign,Sessions,Key events (signup),Key events (purchase)\na,10,3,1\n"
    assert read(export("x.csv", text), goal="signup").report.total == (10, 3)
    with pytest.raises(InputError, match="no goal named 'sale'"):
        read(export("x.csv", text), goal="sale")
    rate = f"{HEAD}Session campaign,Sessions,Session key event rate for signup\na,8,0.125\n"
    assert read(export("y.csv", rate)).report.goal == "signup"


def test_a_goal_on_the_users_word_is_said(export, read):
    """The drop-down of the report leaves no trace in the file."""
    report = read(export("x.csv", f"{HEAD}Session campaign,Sessions,Key events\na,10,3\n"), goal="signup").report
    assert (report.goal, report.kind) == ("signup", "event")
    assert described(report.flags) == ("its conversions count as signup, as you stated; the file does not name them",)


@pytest.mark.parametrize(
    ("name", "campaign", "visits"),
    [
        ("acquisition_ru.csv", "весна-2026", 1200),
        ("excel_ru.csv", "весна-2026", 1200),
        ("acquisition_de.csv", "frühling-2026", 120),
        ("landing_el.csv", "άνοιξη", 60),
    ],
)
def test_headers_in_other_languages(read, name, campaign, visits):
    """Russian, German and Greek headers, also as Excel saved them again."""
    report = read(DATA / name).report
    assert (report.rows[0].tags.campaign, report.rows[0].denominator, report.period) == (campaign, visits, MAY)
    assert report.source_name


@pytest.mark.parametrize(
    "header",
    [
        "Source/support de la session,Sessions,Événements clés",
        "Fuente/medio de la sesión,Sesiones,Eventos clave",
        "Πηγή/μέσο περιόδου σύνδεσης,Περίοδοι σύνδεσης,Βασικά συμβάντα",
        "Sesijas avots/kanāls,Sesijas,Galvenie notikumi",
        "Sitzung – Quelle/Medium,Sitzungen,Schlüsselereignisse",
        "Источник или канал сеанса,Сеансы,Ключевые события",
    ],
)
def test_source_and_medium_in_one_cell(export, read, header):
    """The dimension is known by its stems, the metrics by their names."""
    report = read(export("x.csv", f"{HEAD}{header}\nvk / social,5,1\n(direct) / (none),3,0\n")).report
    assert [row.tags for row in report.rows] == [Tags(source="vk", medium="social"), Tags()]
    assert (report.unit, report.total, report.attribution) == ("session", (8, 1), "last non-direct click")


def test_first_user_dimensions_say_so(read):
    """Users do not add up over links: their sum is kept and flagged."""
    report = read(DATA / "users_fr.csv").report
    assert (report.unit, report.attribution, report.total) == ("visitor", "first user", (110, 6))
    assert "its rows add up to 110 visitors, its total is 100: some are in two rows" in described(report.flags)


def test_columns_of_another_language_can_be_named(export, read):
    """Headers that nobody taught us are given by role."""
    text = f"{HEAD}세션 캠페인,세션수,주요 이벤트\nspring,5,1\n"
    named = {"campaign": "세션 캠페인", "sessions": "세션수", "conversions": "3"}
    assert read(export("x.csv", text), columns=named).report.total == (5, 1)
    with pytest.raises(InputError, match="it has no table of visits by links"):
        read(export("x.csv", text))
    with pytest.raises(InputError, match="names a campaign column that the table does not have"):
        read(export("x.csv", text), columns={"campaign": "Campaign"})


def test_a_workbook_reads_like_the_text(tmp_path, read):
    """The same file saved as .xlsx, numbers as numbers."""
    path = tmp_path / "ga4.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(HEAD.splitlines()):
            sheet.write_string(at, 0, line)
        rows = [["Session campaign", "Date", "Sessions", "Total revenue"], ["", "", 12, 8.5], ["a", 20260502, 12, 8.5]]
        for at, cells in enumerate(rows, 9):
            sheet.write_row(at, 0, cells)
    report = read(path, currency="EUR").report
    assert (report.total, report.period, report.rows[0].day) == ((12, None), MAY, date(2026, 5, 2))
    assert (report.rows[0].revenue, report.rows[0].currency) == (8.5, "EUR")


def test_revenue_with_three_decimals_is_no_thousand(export, read):
    """Where one sum shows the decimal point, all have it."""
    text = f"{HEAD}Session campaign,Sessions,Total revenue\na,1,123.456\nb,1,10.5\n"
    assert [row.revenue for row in read(export("x.csv", text)).report.rows] == [123.456, 10.5]


def test_untagged_traffic_is_said(export, read):
    """A report by campaign without one campaign."""
    told = read(export("x.csv", f"{HEAD}Session campaign,Sessions\n(direct),9\n(organic),5\n"))
    assert told.remarks[0].endswith("no tagged traffic among its 14 sessions")


def test_an_empty_report_has_no_rows(export, read):
    """A header alone is a report, and is said."""
    told = read(export("x.csv", f"{HEAD}Session campaign,Sessions\n"))
    assert (told.report.rows, told.report.total) == ((), (0, None))
    assert told.remarks[0].endswith("an empty report: a header without rows")


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("Session campaign,Sessions\na,-5", "line 11: a negative count"),
        ("Session campaign,Sessions\na,1.5", "line 11: a count with a fraction"),
        ("Session campaign,Sessions\na,9999999999999999", "line 11: a count larger than any real site has"),
        ("Session campaign,Sessions\na,many", "line 11: a count that is not a number"),
        ("Session campaign,Sessions,Key events\na,5,2\nb,3", "line 12: the row is cut off"),
        ("Date,Session campaign,Sessions\n20260230,a,5", "line 11: not a day of the calendar"),
        ("Date,Session campaign,Sessions\n20260601,a,5", "line 11: a day outside the period"),
        ("Session campaign,Sessions\n,10\na,10\nb,9", "add up to 19 sessions, its total is 10"),
        ("Segment,Session campaign,Sessions\nAll,a,5\nMobile,a,3", "several segments, comparisons or periods"),
        ("Country,Sessions\nLatvia,5", "it has no table of visits by links"),
        ("Session campaign,Engaged sessions\na,5", "it has no table of visits by links"),
        ('Session campaign,Sessions\n"a,5', "a quotation mark that is never closed"),
    ],
)
def test_nonsense_is_refused_with_its_line(export, read, table, problem):
    """A row left out would make the totals false, so the file is refused."""
    with pytest.raises(InputError, match=problem):
        read(export("x.csv", f"{HEAD}{table}\n"))


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ("# Start date: 20260531\n# End date: 20260501", "ends before it begins"),
        ("# Start date: 20261399\n# End date: 20260501", "not a day of the calendar"),
        ("# 20260501-20260531\n# 20260401-20260430", "several periods"),
    ],
)
def test_a_period_that_cannot_be(export, read, days, problem):
    """Dates reversed, impossible, or of two periods."""
    with pytest.raises(InputError, match=problem):
        read(export("x.csv", f"{RULE}\n# R\n{RULE}\n{days}\nSession campaign,Sessions\na,5\n"))


@pytest.mark.parametrize("content", ["", "a;b\n1;2\n", "#Fields: date time\n2026-05-01 10:00:00\n", "{}"])
def test_other_files_are_not_claimed(export, content):
    """Nothing of GA4 in it."""
    if content:
        assert not Ga4Csv().identify(export("x.csv", content))


def test_files_of_others_are_not_claimed(shared, engine):
    """Neither the likes side nor other analytics tools."""
    from outreach.files.source import Source
    from outreach.tracking.find import find_files

    ours = {"ga4-csv", "ga4-api", "metrica-api", "metrica-logs", "metrica-report"}
    mine = [reader for reader in READERS.readers() if reader.name in ours]
    samples = Path(__file__).parents[3] / "sample_data"
    files = [*sorted(samples.glob("*.*")), *sorted(path for path in shared.rglob("*.*") if path.parent.name != "ga4")]
    for path in files:
        for one in find_files([str(path)], engine.folder):
            assert not isinstance(one, Source) or READERS.claimed(one, mine) is None, path.name


@given(st.integers(1, 20_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.integers(0, 6))
def test_a_rate_gives_its_count_or_none(pair, decimals):
    """Written in full it gives the count back; rounded it gives the count or nothing, never another one."""
    reached, sessions = pair
    table = Breakdown("x", (), ())
    full = repr(reached / sessions)
    assert _converted(full, str(sessions), max(16, _digits(full)), table) == reached
    percent = f"{100 * reached / sessions:.{decimals}f} %"
    assert _converted(percent, str(sessions), _digits(percent), table) in {reached, None}


def test_what_is_not_in_its_encoding_is_refused(export, read):
    """A few foreign bytes behind the beginning."""
    rows = "".join(f"campaign number {number},5\n" for number in range(4000))
    with pytest.raises(InputError, match="some of it is not valid utf-8"):
        read(export("x.csv", f"{HEAD}Session campaign,Sessions\n{rows}".encode() + b"\xe2\xe5,5\n"))


@pytest.mark.parametrize("count", ["0.500", "1,234.50", "0,5"])
def test_a_fraction_is_never_thousands(export, read, count):
    """No thousands begin with nought, and none end in cents."""
    with pytest.raises(InputError, match=r"line 11: (a count with a fraction|a count that is not a number)"):
        read(export("x.csv", f'{HEAD}Session campaign,Sessions\na,"{count}"\n'))


def test_a_row_without_a_label_beside_a_named_total(export, read):
    """Where the total says what it is, an empty label is a link that was not set."""
    report = read(export("x.csv", f"{HEAD}Session campaign,Sessions\nGrand total,8\na,5\n,3\n")).report
    assert ([row.denominator for row in report.rows], report.total) == ([5, 3], (8, None))


def test_no_tables_row_is_named_after_the_account(export, read):
    """Account and user names of the lines with # stay where they are."""
    text = HEAD.replace("# Account: A", "# Account: anna@example.com") + "Session campaign,Sessions\na,5\n"
    told = read(export("x.csv", text))
    assert "anna" not in repr(told.reports) + repr(told.remarks)
