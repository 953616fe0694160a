"""Clicks on short links."""

import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.tracking.base import Period, Tags
from tests.tracking.described import described

DATA = Path(__file__).parent / "data" / "short_links"
CLICKS = '{"unit": "day", "link_clicks": [{"date": "2026-05-01T00:00:00+0000", "clicks": 3}]}'


def test_bitly_tells_days(read):
    """A click is a unit of its own; the link is in the file's name, as the answer does not name it."""
    report = read(DATA / "bit.ly_3abc.json").report
    assert [(row.tags.short_url, row.day.day, row.denominator) for row in report.rows] == [
        ("https://bit.ly/3abc", 3, 4),
        ("https://bit.ly/3abc", 2, 0),
        ("https://bit.ly/3abc", 1, 11),
    ]
    assert (report.tool, report.unit, report.source_name, report.total) == ("bitly", "click", "bit.ly", (15, None))
    assert report.period == Period(date(2026, 5, 1), date(2026, 5, 3))


def test_links_of_one_service_are_one_report(read, export):
    """Each file is of one link: as reports of their own one would replace the other."""
    report = read(export("bit.ly_3abc.json", CLICKS), export("bit.ly_3def.json", CLICKS)).report
    assert {row.tags.short_url for row in report.rows} == {"https://bit.ly/3abc", "https://bit.ly/3def"}
    assert (len(report.labels), report.total) == (2, (6, None))


def test_a_link_is_not_counted_twice(read, export):
    """Neither on one day, nor on a day and in all."""
    total = export("all.csv", "Bitlink,Long URL,Clicks\nbit.ly/3abc,https://a.example,9\n")
    for other in (export("bit.ly_3abc (1).json", CLICKS), total):
        with pytest.raises(InputError, match="this link is in"):
            read(export("bit.ly_3abc.json", CLICKS), other)


def test_an_answer_without_its_link_is_refused(read, export):
    """With what to do."""
    with pytest.raises(InputError, match="does not name its short link") as refused:
        read(export("clicks.json", CLICKS))
    assert "bit.ly_3abc.json" in refused.value.hint


def test_weeks_have_no_days(read, export):
    """Their clicks are of the period that the user names."""
    period = Period(date(2026, 5, 1), date(2026, 5, 31))
    report = read(export("bit.ly_3abc.json", CLICKS.replace('"day"', '"week"')), period=period).report
    assert (report.rows[0].day, report.period) == (None, period)


def test_scans_are_no_clicks(read):
    """Bitly's engagements are both; how many were left out is said. The long address has the tags."""
    found = read(DATA / "bitly.csv")
    assert found.report.rows[0].tags == Tags(
        "vk", "social", "spring", "smm-riga--a-f871v", short_url="https://bit.ly/3abc"
    )
    assert [row.denominator for row in found.report.rows] == [15, 5]
    assert found.remarks == ["bitly: scans of QR codes left out: 3"]


def test_dub_tells_links(read):
    """Leads and sales are other columns and not read here."""
    report = read(DATA / "top_links.json").report
    assert [(row.tags.short_url, row.denominator) for row in report.rows] == [
        ("https://go.example/guide", 31),
        ("https://go.example/чай", 7),
    ]
    assert (report.tool, report.source_name, report.total) == ("dub", "go.example", (38, None))


def test_dub_tells_days_of_one_link(read, export):
    """Hours are added up; months have no days."""
    hours = [{"start": f"2026-05-01T{hour:02}:00:00.000Z", "clicks": 2, "leads": 0} for hour in range(24)]
    report = read(export("go.example_guide.json", json.dumps(hours))).report
    assert [(row.day, row.denominator) for row in report.rows] == [(date(2026, 5, 1), 48)]
    months = [{"start": f"2026-{month:02}-01T00:00:00.000Z", "clicks": 2, "leads": 0} for month in (4, 5)]
    report = read(export("go.example_guide.json", json.dumps(months))).report
    assert [(row.day, row.denominator) for row in report.rows] == [(None, 4)]


def test_dubs_archive(read, tmp_path):
    """The table of links has all clicks; sums by country and day are passed over."""
    path = tmp_path / "dub.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "top_links.csv",
            "shortLink,url,clicks,leads,sales,saleAmount\nhttps://go.example/a,https://a.example,9,1,0,0\n",
        )
        archive.writestr("countries.csv", "country,clicks,leads,sales,saleAmount\nLV,9,1,0,0\n")
        archive.writestr("timeseries.csv", "start,clicks,leads,sales,saleAmount\n2026-05-01T00:00:00.000Z,9,1,0,0\n")
    report = read(path).report
    assert (report.tool, report.total) == ("dub", (9, None))


def test_shlink_leaves_bots_out(read):
    """nonBots is people; that there are more links than in the answer is flagged."""
    found = read(DATA / "shlink.json")
    assert [row.denominator for row in found.report.rows] == [14, 3]
    assert described(found.report.flags) == ("only 2 of its 3 rows",)
    assert found.remarks == ["shlink: clicks of bots left out: 6"]


def test_shlinks_visits_are_counted_by_day(read):
    """In the zone that they are written in; of a visitor nothing is kept."""
    found = read(DATA / "short-url_s.example_abc_visits.csv")
    assert [(row.day.day, row.denominator) for row in found.report.rows] == [(1, 1), (2, 2)]
    assert (found.report.timezone, found.report.total) == ("+03:00", (3, None))
    assert found.remarks == ["shlink: clicks of bots left out: 1"]
    assert "Riga" not in repr(found.report)


def test_shlinks_visits_as_json(read, export):
    """Where they name the address, the file's name does not matter."""
    visit = {"date": "2026-05-01T10:00:00+03:00", "potentialBot": False, "visitedUrl": "https://s.example/abc"}
    report = read(export("v.json", json.dumps({"visits": {"data": [visit, visit | {"potentialBot": True}]}}))).report
    assert (report.rows[0].tags.short_url, report.total) == ("https://s.example/abc", (1, None))


def test_shlinks_list_as_csv_counts_bots_too(read, export):
    """Its column is the sum: flagged."""
    text = "createdAt,domain,shortCode,shortUrl,longUrl,title,tags,visits\n2026-04-30,s.example,a,https://s.example/a,https://a.example/?utm_content=x,,,12\n"
    report = read(export("short_urls.csv", text)).report
    assert (report.tool, report.rows[0].tags.content, report.total) == ("shlink", "x", (12, None))
    assert "bots are counted too" in described(report.flags)[0]


def test_a_file_without_clicks_is_said(read, export):
    """No report of nothing, and no silence."""
    found = read(export("bit.ly_3abc.json", '{"unit": "day", "link_clicks": []}'))
    assert (found.reports, found.remarks[0].endswith("no clicks in it")) == ([], True)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("bit.ly_a.json", CLICKS.replace("3}", "-3}"), "row 1: a negative count"),
        ("bit.ly_a.json", CLICKS.replace("3}", "2.5}"), "row 1: a count with a fraction"),
        ("bit.ly_a.json", CLICKS.replace("3}", "1000000000000000}"), "row 1: a count larger"),
        ("bit.ly_a.json", CLICKS.replace("3}", "null}"), "row 1: no clicks"),
        ("bit.ly_a.json", CLICKS.replace("2026-05-01T", "2026-05-41T"), "row 1: not a day of the calendar"),
        ("bit.ly_a.json", CLICKS[:-4], "cut off or damaged"),
        (
            "a.csv",
            "Bitlink,Long URL,Engagements,Scans\nbit.ly/a,https://a.example,2,3\n",
            "more scans than engagements",
        ),
        ("a.csv", "Bitlink,Long URL,Clicks\nbit.ly/a,https://a.example\n", "line 2: cut off"),
        ("a.csv", "Bitlink,Long URL,Clicks\n,https://a.example,3\n", "line 2: no short link"),
        ("a.csv", "Bitlink,Long URL,Clicks\nbit.ly/a,https://a.example,\n", "line 2: no count of clicks"),
        ("a.json", '{"shortUrls": {"data": [{"shortUrl": "https://s.example/a"}]}}', "row 1: no count of clicks"),
        ("s.example_a.json", '[{"start": "yesterday", "clicks": 3, "leads": 0}]', "row 1: no time"),
    ],
)
def test_files_that_cannot_be_used_are_refused(read, export, name, text, said):
    """One sentence, with the row."""
    with pytest.raises(InputError, match=said):
        read(export(name, text))


@pytest.mark.parametrize("name", ["yourls.json", "kutt.json"])
def test_lists_of_links_of_other_shorteners(read, name):
    """As their interfaces answer."""
    report = read(DATA / name).report
    (row,) = report.rows
    assert (report.tool, row.tags.content, row.denominator) == (name.removesuffix(".json"), "a--a-1", 12)
    assert row.tags.short_url.endswith("/abc")


def test_the_rows_of_a_list_need_no_order_of_columns(read, export):
    """The most certain of two counts is taken, whichever stands first."""
    for header in ("Engagements,Clicks,Bitlink,Long URL", "Clicks,Engagements,Bitlink,Long URL"):
        cells = "9,5,bit.ly/a,https://a.example\n" if header.startswith("Eng") else "5,9,bit.ly/a,https://a.example\n"
        assert read(export("a.csv", f"{header}\n{cells}")).report.total == (5, None)
