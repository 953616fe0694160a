"""Page views, clicks and scans one a row; starts of a bot."""

from datetime import date
from pathlib import Path

import pytest

from outreach.errors import InputError

DATA = Path(__file__).parent / "data"


def counted(report):
    return {
        (row.tags.source, row.tags.content or row.tags.start): (row.denominator, row.numerator) for row in report.rows
    }


def test_goatcounter(read):
    """A visit is a session, robots are none, the only event is the goal."""
    report = read(DATA / "hits" / "goatcounter.csv").report
    assert (report.tool, report.unit, report.goal) == ("goatcounter", "visit", "signup")
    assert counted(report) == {("vk", ""): (1, 1), ("", ""): (1, 0)}


def test_umami(read):
    """The tags of a visit are those of its first page."""
    report = read(DATA / "hits" / "umami.csv").report
    assert counted(report) == {("vk", "marketing-club--a-ckwxs"): (1, 1), ("", ""): (1, 0)}


def test_simple_analytics(read):
    """Without sessions the first view of each person counts."""
    told = read(DATA / "hits" / "simple_analytics.csv")
    assert counted(told.report) == {("vk", "marketing-club--a-ckwxs"): (1, None)}
    assert told.remarks[0].endswith("clicks of bots left out: 1")


def test_scans_are_clicks(read):
    """Nobody who scans a code signs up by that."""
    report = read(DATA / "hits" / "qr_scans.csv").report
    assert (report.unit, report.kind, report.total) == ("click", "", (3, None))
    assert [row.day for row in report.rows] == [date(2026, 5, 12)]


def test_scans_that_are_counted_already(read, export):
    """A row may stand for many."""
    text = "Date,Scans,utm_source,utm_content\n2026-05-12,30,vk,a-1\n2026-05-13,12,vk,a-1\nTotal,42,,\n"
    told = read(export("a.csv", text))
    assert (told.report.unit, told.report.total) == ("click", (42, None))


def test_starts_of_a_bot(read):
    """A payload and a count; the sum of all is none of them."""
    report = read(DATA / "counts" / "starts.csv").report
    assert (report.kind, report.goal, report.total) == ("conversion", "start", (None, 15))
    assert counted(report) == {("", "vk_smm_riga"): (None, 12), ("", "fb_baltic"): (None, 3)}


def test_a_form_that_notes_the_browser_is_no_list_of_clicks(read, export):
    """An address makes a row a person."""
    told = read(export("a.csv", "Date,Browser,Email,utm_source\n2026-05-12 10:00,Firefox,a@x.lv,vk\n"))
    assert (told.report.tool, told.report.kind) == ("sign-ups", "signup")


def test_posthog(read):
    """A session is a visit; what PostHog notes by itself is no goal."""
    report = read(DATA / "hits" / "posthog.csv").report
    assert (report.tool, report.unit, report.goal) == ("posthog", "visit", "signup")
    assert counted(report) == {("vk", "a--a-1"): (1, 1), ("", ""): (1, 0)}


def test_bigquery(read):
    """A session of GA4 is of a visitor: another visitor's first session is another one."""
    report = read(DATA / "hits" / "bigquery.jsonl").report
    assert (report.tool, report.unit, report.goal) == ("ga4-bigquery", "session", "sign_up")
    assert counted(report) == {("vk", "a--a-1"): (1, 1), ("", ""): (1, 0)}
    assert [row.day for row in report.rows] == [date(2026, 5, 12), date(2026, 5, 13)]


def test_the_source_of_a_session_goes_before_that_of_a_page(read, export):
    """Whatever the order of the names; and an event that is not there is refused."""
    text = (
        '{"event_date": "20260512", "event_name": "page_view", "user_pseudo_id": "1.1",'
        ' "collected_traffic_source": {"manual_source": "mail"},'
        ' "session_traffic_source_last_click": {"manual_campaign": {"source": "vk", "content": "a--a-1"}}}\n'
    )
    report = read(export("events.json", text)).report
    assert counted(report) == {("vk", "a--a-1"): (1, None)}


def test_lines_that_are_cut_off_are_refused(read, export):
    """With the number of the line."""
    text = (
        '{"event_date": "20260512", "event_name": "page_view", "user_pseudo_id": "1.1"}\n'
        '{"event_date": "20260512", "event_name": "page_view", "user_pseudo_id": "1.2"}\n{"event_date": "2026'
    )
    with pytest.raises(InputError, match="line 3"):
        read(export("events.json", text))
