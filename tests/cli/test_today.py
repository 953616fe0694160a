"""``outreach today`` says what is due, on the screen, in workbooks and in calendars."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import icalendar
import pytest
from openpyxl import load_workbook

from outreach.campaign.events import Event
from outreach.campaign.ledger import Placement, open_ledger
from outreach.messages import LANGUAGES


@pytest.fixture
def ledger(tmp_path):
    """Give a ledger with a post that is out, an invoice, a conversation and a draft."""
    ledger = open_ledger(tmp_path / "outreach.db")
    about = {"campaign": "spring", "final_url": "https://x.example/", "created_at": "2026-05-01T09:00:00Z"}
    ledger.put([
        Placement(
            resource="telegram:smm_riga", status="published", published_at="2026-05-12", name="SMM Riga", **about
        ),
        Placement(resource="vk:smm", **about),
    ])  # fmt: skip
    of = {"campaign": "spring", "resource": "telegram:smm_riga", "variant": "a", "round": 1}
    ledger.log([
        Event(kind="quoted", at="2026-05-05", note="=2+2\nwants the text first", **of),
        Event(kind="invoiced", at="2026-05-12", amount=20.0, currency="EUR", due="2026-05-15", **of),
    ])  # fmt: skip
    return ledger


@pytest.mark.usefixtures("ledger")
def test_today(outreach):
    """Overdue first, each with its last note."""
    done = outreach("today", "--date", "2026-05-13", "--format", "text")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        "Overdue",
        "  2026-05-04  spring: Send the waiting drafts: 1",
        "Today",
        "  2026-05-13  SMM Riga: Record the views of the first 24 hours (=2+2 wants the text first)",
        "This week",
        "  2026-05-15  SMM Riga: Pay 20 EUR (=2+2 wants the text first)",
        "  2026-05-20  Import new results: yours are older than a week",
    ]
    assert done.stderr.splitlines() == [
        "4 tasks due: 1 overdue, 1 today, 2 this week.", "Next: outreach today -o today.xlsx",
    ]  # fmt: skip


@pytest.mark.usefixtures("ledger")
def test_holidays_of_the_market(outreach):
    """On 4 May Latvia rests; of a market that nobody knows that is said."""
    rows = list(csv.DictReader(outreach("today", "--date", "2026-05-13", "--market", "LV").stdout.splitlines()))
    assert (rows[0]["kind"], rows[0]["due"]) == ("drafts", "2026-05-05")
    assert "The holidays of XX are unknown" in outreach("today", "--market", "XX").stderr


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("ledger")
def test_the_calendar_lists_the_same(outreach, language):
    """Under numbers that stay; a note with a line break begins no line of its own."""
    line = ("today", "--date", "2026-05-13", "--lang", language)
    rows = list(csv.DictReader(outreach(*line, "--format", "csv").stdout.splitlines()))
    rows = rows or pytest.fail("nothing is due")
    assert outreach(*line, "-o", "today.ics").exit_code == 0
    content = Path("today.ics").read_bytes()
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert [(str(one["uid"]), one["dtstart"].dt) for one in events] == [
        (row["uid"], date.fromisoformat(row["due"])) for row in csv.DictReader(
            outreach(*line, "--format", "csv").stdout.splitlines())
    ]  # fmt: skip
    assert content.count(b"BEGIN:VEVENT") == len(events) == 4
    again = outreach("today", "--date", "2026-05-14", "-o", "today.ics")
    assert again.exit_code == 0
    later = {str(one["uid"]) for one in icalendar.Calendar.from_ical(Path("today.ics").read_bytes()).walk("VEVENT")}
    assert {str(one["uid"]) for one in events} <= later


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("ledger")
def test_the_workbook(outreach, language):
    """A sheet for people, the machine's behind it, and what the columns mean; a note is no formula."""
    assert outreach("today", "--date", "2026-05-13", "-o", "today.xlsx", "--lang", language).exit_code == 0
    book = load_workbook("today.xlsx")
    assert book.sheetnames[1] == "agenda"
    assert len(book.sheetnames) == 3
    people = book.worksheets[0]
    rows = list(people.iter_rows(values_only=True))
    assert rows[0][0].startswith("outreach: ")
    assert len([row for row in rows if row[0] and str(row[0]).startswith("2026-05-")]) == 4 + 1
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.usefixtures("ledger")
def test_files_of_others_stay(outreach):
    """A calendar or a table that is not ours is not written over."""
    Path("own.ics").write_text("BEGIN:VCALENDAR\nPRODID:-//mine//\nEND:VCALENDAR\n")
    Path("own.csv").write_text("a,b\n")
    for name in ("own.ics", "own.csv"):
        before = Path(name).read_text()
        assert outreach("today", "-o", name).exit_code == 1
        assert Path(name).read_text() == before
    assert outreach("today", "-o", "outreach.db").exit_code != 0


def test_nothing_is_due(outreach, ledger):
    """That is said."""
    ledger.set(ledger.placements(), status="declined")
    done = outreach("today", "--date", "2026-01-13", "--format", "text")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "Nothing is due in the next week.\n")


def test_without_a_ledger(outreach):
    """What is missing is named."""
    done = outreach("today")
    assert done.exit_code == 3
    assert "outreach.db: no such file" in done.stderr


def test_today_knows_the_address_book(outreach):
    """The next step of a play and an answer that waits, of this campaign, with no post drafted yet."""

    from outreach.owners import Person, open_book

    Path("outreach.toml").write_text('client = "Zobi"\n', "utf-8")
    book = open_book()
    marina = book.add(Person(name="Marina", places=("telegram:smm_riga",)))
    tom = book.add(Person(name="Tom", places=("vk:riga",)))
    book.log(
        [
            Event(kind="began", answer="comment", at="2026-11-02", campaign="zobi", resource="telegram:smm_riga",
                  person=marina.id),
            Event(kind="followed", at="2026-11-02", campaign="zobi", resource="telegram:smm_riga", person=marina.id),
            Event(kind="wrote", at="2026-11-02", campaign="zobi", resource="vk:riga", channel="email", person=tom.id),
            Event(kind="replied", answer="price", at="2026-11-03", campaign="zobi", resource="vk:riga", person=tom.id),
            Event(kind="replied", answer="yes", at="2026-11-03", campaign="other", resource="vk:riga", person=tom.id),
        ]
    )  # fmt: skip
    done = outreach("today", "--date", "2026-11-04", "--format", "csv")
    assert done.exit_code == 0, done.stderr
    lines = csv.DictReader(done.stdout.splitlines())
    found = {(line["due"], line["kind"], line["who"], line["campaign"]) for line in lines}
    assert found == {("2026-11-03", "play", "Marina", "zobi"), ("2026-11-04", "answer", "Tom", "zobi")}
