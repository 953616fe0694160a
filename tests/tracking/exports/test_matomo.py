"""Matomo's reports by campaign, in four formats."""

import json
from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "matomo"
CAMPAIGNS = DATA / "Referrers.getCampaigns_2026-05-01_2026-05-31.csv"
CONTENT = DATA / "MarketingCampaignsReporting.getContent.xml"
HEADER = "label,nb_uniq_visitors,nb_visits,nb_actions,nb_visits_converted,nb_conversions,revenue"


def test_utf_16_is_decoded(read):
    """Matomo's CSV is UTF-16 with a mark unless one asks otherwise; its values are of every alphabet."""
    report = read(CAMPAIGNS).report
    assert [row.tags for row in report.rows] == [
        Tags(campaign="весна"),
        Tags(campaign="kafija, tēja"),
        Tags(campaign="old friends"),
        Tags(rest=True),  # Others
    ]
    assert (report.unit, report.tool, report.period) == ("visit", "matomo", Period(date(2026, 5, 1), date(2026, 5, 31)))


def test_visits_with_the_goal_are_the_numerator(read):
    """Never the conversions, of which a visit may have several; rows add up to the total."""
    report = read(CAMPAIGNS).report
    assert [(row.denominator, row.numerator) for row in report.rows] == [(40, 5), (25, 1), (0, 2), (10, 0)]
    assert (report.kind, report.goal, report.total) == ("conversion", "1", (75, 8))


def test_conversions_without_visits_are_kept_and_flagged(read):
    """Matomo's cookie credits them to a campaign of weeks ago: nothing to divide by, and nothing lost."""
    report = read(CAMPAIGNS).report
    assert (report.rows[2].denominator, report.rows[2].numerator) == (0, 2)
    assert described(report.flags) == (
        "1 link with conversions but no visits, credited by Matomo's cookie to an earlier visit: no rate",
    )


def test_more_conversions_of_a_goal_than_visits_are_flagged(read, export):
    """The same cookie, in a month with a few visits."""
    text = "label,nb_visits,goal_1_nb_visits_converted,goal_1_nb_conversions\na,1,2,2\nb,9,3,3\n"
    report = read(export("getCampaigns.csv", text)).report
    assert "1 link with more conversions than visits" in described(report.flags)[0]
    assert report.total == (10, 5)


def test_conversions_alone_are_events(read, export):
    """Where the file does not tell visits with conversions."""
    report = read(export("getCampaigns.csv", "label,nb_visits,nb_actions,nb_conversions\na,9,20,12\n")).report
    assert (report.kind, report.total) == ("event", (9, 12))


def test_conversions_that_are_told_in_no_visit_are_flagged(read, export):
    """A row may have conversions only: of how many visits nobody knows, so they are not made up."""
    rows = [
        {"label": "a", "nb_visits": 9, "nb_visits_converted": 2},
        {"label": "b", "nb_visits": 0, "nb_conversions": 2},
    ]
    report = read(export("getCampaigns.json", json.dumps(rows))).report
    assert (report.rows[1].denominator, report.rows[1].numerator) == (0, None)
    assert described(report.flags)[1].endswith("no rate; their number is unknown")


def test_several_goals_need_a_name(read):
    """By Matomo's number, as no report has their names."""
    with pytest.raises(InputError, match=r"several goals \(2, ecommerceOrder\)"):
        read(CONTENT)
    with pytest.raises(InputError, match="no goal 7 in it, its goals are 2, ecommerceOrder"):
        read(CONTENT, goal="7")
    assert read(CONTENT, goal="2").report.total == (25, 3)
    assert read(CONTENT, goal="EcommerceOrder").report.total == (25, 1)


def test_a_goal_that_the_file_does_not_tell_apart_is_refused(read, export):
    """Its numbers are of all goals."""
    file = export("getCampaigns.csv", f"{HEADER}\na,9,9,20,3,4,12.5\n")
    assert described(read(file).report.flags) == ("visits with any goal: the file does not separate goals",)
    with pytest.raises(InputError, match="does not separate goals"):
        read(file, goal="1")


def test_dates_are_days_of_one_report(read):
    """A day without visits is in the period; subtables have been counted by their row."""
    report = read(CONTENT, goal="2").report
    assert [(row.day.day, row.tags.content, row.denominator) for row in report.rows] == [
        (1, "smm-riga--a-f871v", 12),
        (3, "smm-riga--a-f871v", 8),
        (3, "tēja--b-2k9wq", 5),
    ]
    assert report.period == Period(date(2026, 5, 1), date(2026, 5, 3))


def test_revenue_of_a_goal(read):
    """In the currency that the user names, as Matomo's files name none; 24.125 is no thousands."""
    row = read(CONTENT, goal="ecommerceOrder", currency="EUR").report.rows[0]
    assert (row.revenue, row.currency) == (24.12, "EUR")


def test_months_are_reports_of_their_own(read, export):
    """Their days are not told."""
    rows = [{"label": "a", "nb_visits": 3, "nb_visits_converted": 1}]
    found = read(export("getCampaigns.json", json.dumps({"2026-04": rows, "2026-05-04,2026-05-10": rows})))
    assert [report.period for report in found.reports] == [
        Period(date(2026, 4, 1), date(2026, 4, 30)),
        Period(date(2026, 5, 4), date(2026, 5, 10)),
    ]


def test_dates_are_a_column_of_a_csv(read, export):
    """Matomo puts them first where it is asked for several."""
    report = read(
        export("getCampaigns.csv", f"date,{HEADER}\n2026-05-01,a,1,2,3,0,0,0\n2026-05-02,a,1,4,3,0,0,0\n")
    ).report
    assert [(row.day.day, row.denominator) for row in report.rows] == [(1, 2), (2, 4)]


def test_source_and_medium_stand_in_one_label(read):
    """The name of the report tells that; numbers may be text."""
    report = read(DATA / "getSourceMedium.json").report
    assert [row.tags for row in report.rows] == [Tags("vk", "social"), Tags("telegram", "social")]
    assert report.total == (16, 3)


def test_a_flat_report_has_the_content_in_its_label(read):
    """Name, keyword, content; its sums (is_aggregate) are left out, or all would count twice."""
    report = read(DATA / "flat_de.tsv").report
    assert [(row.tags.campaign, row.tags.content, row.denominator, row.numerator) for row in report.rows] == [
        ("frühling", "smm-riga--a-f871v", 40, 5),
        ("frühling", "tee--b-2k9wq", 35, 1),
    ]
    assert report.total == (75, 6)


def test_a_campaign_with_dashes_is_no_flat_label(read, export):
    """Its segment says that all of it is the name."""
    text = (
        f"{HEADER},metadata_segment\n2026 - may - vk,1,2,3,0,0,0,referrerType==campaign;referrerName==2026+-+may+-+vk\n"
    )
    assert read(export("a.csv", text)).report.rows[0].tags == Tags(campaign="2026 - may - vk")


@pytest.mark.parametrize(
    "header",
    [
        "Label,Unique visitors,Visits,Actions,Visits with Conversions",
        "Bezeichnung,Eindeutige Besucher,Besuche,Aktionen,Besuche mit Konversionen",
        "Обозначение,Уникальные посетители,Посещения,Действия,Повторные посещения",
        "Nom,Visiteurs uniques,Visites,Actions,Visites avec conversions",
        "Etiqueta,Visitantes únicos,Visitas,Acciones,Visitas con conversiones",
        "Ετικέτα,Μοναδικοί επισκέπτες,Επισκέψεις,Δραστηριότητες,Επισκέψεις με Μετατροπές",
        "Etiķete,Unikālie apmeklētāji,Apmeklējumi,Darbības,Apmeklējumi ar reklāmguvumiem",
    ],
)
def test_translated_headers(read, export, header):
    """In the words of Matomo's own translations, the Russian mistake among them."""
    assert read(export("getCampaigns.csv", f"{header}\na,1,8,9,2\n")).report.total == (8, 2)


def test_the_total_row_is_no_campaign(read, export):
    """What it has beyond the campaigns is a row of its own."""
    report = read(export("getCampaigns.csv", f"{HEADER}\na,1,8,9,2,2,0\nTotals,5,10,9,3,3,0\n")).report
    assert [(row.tags, row.denominator, row.numerator) for row in report.rows] == [
        (Tags(campaign="a"), 8, 2),
        (Tags(rest=True), 2, 1),
    ]


@pytest.mark.parametrize(
    ("name", "tags"),
    [
        ("MarketingCampaignsReporting.getContent.csv", Tags(content="x")),
        ("getSource.csv", Tags(source="x")),
        ("getMedium_may.csv", Tags(medium="x")),
        ("Referrers.getCampaigns.csv", Tags(campaign="x")),
    ],
)
def test_the_name_tells_what_labels_are(read, export, name, tags):
    """CSV has no other place for it."""
    found = read(export(name, f"{HEADER}\nx,1,8,9,2,2,0\n"))
    assert (found.report.rows[0].tags, found.remarks) == (tags, [])


def test_labels_of_an_unknown_report_are_guessed_aloud(read, export):
    """As campaigns, unless the user says what they are."""
    file = export("export.csv", f"{HEADER}\nx,1,8,9,2,2,0\n")
    assert "taken for campaigns" in read(file).remarks[0]
    found = read(file, columns={"content": "label"})
    assert (found.report.rows[0].tags, found.remarks) == (Tags(content="x"), [])


@pytest.mark.parametrize("segment", ["countryCode==lv", "referrerType==website;referrerName==a.example"])
def test_labels_that_are_no_campaigns_are_refused(read, export, segment):
    """Countries and websites have visits too."""
    with pytest.raises(InputError, match="not campaigns"):
        read(export("a.csv", f"{HEADER},metadata_segment\nx,1,8,9,2,2,0,{segment}\n"))


def test_another_report_by_its_name_is_refused(read, export):
    """As with its segment."""
    with pytest.raises(InputError, match="not campaigns"):
        read(export("MarketingCampaignsReporting.getKeyword.csv", f"{HEADER}\nx,1,8,9,2,2,0\n"))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.csv", f"{HEADER}\nx,1,-8,9,2,2,0\n", "line 2: a negative count"),
        ("a.csv", f"{HEADER}\nx,1,8.5,9,2,2,0\n", "line 2: a count with a fraction"),
        ("a.csv", f"{HEADER}\nx,1,1000000000000000,9,2,2,0\n", "line 2: a count larger"),
        ("a.csv", f"{HEADER}\nx,1,8,9,9,9,0\n", "line 2: more visits with conversions than visits"),
        ("a.csv", f"{HEADER}\nx,1,8,9,2,2,a lot\n", "line 2: not a sum of money"),
        ("a.csv", f"{HEADER}\nx,1,8\n", "line 2: cut off"),
        ("a.csv", f"date,{HEADER}\nlast week,x,1,8,9,2,2,0\n", "a date that is not written like"),
        ("a.csv", f'date,{HEADER}\n"2026-05-10,2026-05-04",x,1,8,9,2,2,0\n', "ends before it begins"),
        ("a.json", '[{"label": "x", "nb_visits": 1}, {"nb_visits": 2}]', "row 2: no label"),
        ("a.json", '[{"label": "x", "nb_visits": 1}, {"la', "line 1: this JSON is cut off"),
        ("a.json", '{"reportData": {"label": "x", "nb_visits": 1}}', "it has no table of labels"),
        ("a.xml", "<result>\n<row><label>x</label><nb_visits>1</nb_visits>", "line 2: this XML is cut off"),
        ("a.xml", "<result>\n<row><nb_visits>1</nb_visits></row></result>", "row 1: no label"),
        (
            "a.xml",
            '<!DOCTYPE r [<!ENTITY a "aa">]><result><row><label>&a;</label><nb_visits>1</nb_visits></row></result>',
            "defines its own entities",
        ),
    ],
)
def test_files_that_cannot_be_used_are_refused(read, export, name, text, said):
    """One sentence, with the line, and nothing of it is kept."""
    with pytest.raises(InputError, match=said):
        read(export(name, text))


def test_a_wrong_encoding_is_said(read, export):
    """UTF-16 that breaks off in the middle of a letter."""
    text = b"\xff\xfe" + f"{HEADER}\nвесна,1,8,9,2,2,0\n".encode("utf-16-le")
    with pytest.raises(InputError, match="some of it is not valid utf-16"):
        read(export("getCampaigns.csv", text[:-1]))


def test_the_real_campaigns(read, shared):
    """Goal 1 of the file: its rows add up, and "gifted search" has no rate."""
    (file,) = (shared / "matomo").glob("*getCampaigns_day.xml")
    with pytest.raises(InputError, match=r"several goals \(1, 2, ecommerceOrder\)"):
        read(file)
    report = read(file, goal="1").report
    assert (
        report.total
        == (10, 3)
        == (
            sum(row.denominator for row in report.rows),
            sum(row.numerator for row in report.rows),
        )
    )
    gifted = next(row for row in read(file, goal="2").report.rows if row.tags.campaign == "gifted search")
    assert (gifted.denominator, gifted.numerator) == (0, 1)
