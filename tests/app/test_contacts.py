"""Today and Contacts show what ``outreach today`` and ``outreach owners`` say, and write what they write."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from outreach.app.ledgers import ledger_of
from outreach.cli import main
from outreach.owners import Channel, Person, existing_book, open_book

NASTY = '"><img src=x onerror=alert(1)>'


def run(*words):
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.stderr
    return done.stdout


@pytest.fixture
def home(app, monkeypatch):
    """Give the pages of the sample, and go into its folder."""
    monkeypatch.delenv("OUTREACH_BOOK", raising=False)
    path = app.sample()
    monkeypatch.chdir(app.campaigns.desk(path.removeprefix("/c/")).folder)
    return path


@pytest.fixture
def marina(home):  # noqa: ARG001 - after the folder is there
    return open_book().add(
        Person(name="Marina", channels=(Channel("telegram", "@marina_example"), Channel("email", "m@example.org")),
               places=("telegram:smm_riga",))
    )  # fmt: skip


def test_today_leads_and_shows_what_today_says(window, home, marina):
    run("owners", "log", "Marina", "replied", "price", "--sum", "20 EUR", "--date", "2026-01-05", "--note", "in May")
    assert window.get(f"{home}/").headers["location"] == f"{home}/today"
    page = html.unescape(window.get(f"{home}/today").text)
    due = json.loads(run("today", "--format", "json"))
    assert [one["who"] for one in due] == ["Marina"]
    assert "Overdue: 1, due today: 0" in page
    assert f"{home}/contacts?who={marina.id}" in page
    assert "in May" in page
    assert "<dt>Customers asked</dt><dd>12</dd>" in page
    assert (
        window.get(f"{home}/contacts/today.ics").body.decode().splitlines()
        == run("today", "--format", "ics").splitlines()
    )


def test_an_empty_campaign_takes_lists(window):
    made = window.post("/new", {"client": "Zobi"}).headers["location"][:-6]
    page = window.get(f"{made}/today").text
    assert "Drop the lists of about ten customers here" in page
    assert f'action="{made}/lists/files"' in page


def test_a_contact_is_added_written_to_logged_and_taken_back(window, home):
    """The book is made by the first thing that is written; what the page logs is what the command lists."""
    assert "No contacts yet" in window.get(f"{home}/contacts").text
    window.post(f"{home}/contacts/add", {"name": " "})
    assert existing_book() is None
    window.post(f"{home}/contacts/add", {"name": "Marina", "address": "t.me/smm_riga", "channel": "@marina_x, m@e.org"})
    (one,) = existing_book().people()
    page = window.get(f"{home}/contacts").text
    assert 'href="https://t.me/marina_x"' in page
    assert 'href="mailto:m@e.org"' in page
    asked = {"person": one.id, "place": "telegram:smm_riga", "what": "price", "sum": "20 EUR", "note": "in May"}
    window.post(f"{home}/contacts/log", asked)
    (row,) = json.loads(run("owners", "list", "--format", "json"))
    assert (row["stage"], row["note"]) == ("quoted", "in May")
    assert "price named" in window.get(f"{home}/contacts").text
    run("owners", "log", "Marina", "note", "--note", "meanwhile")
    window.post(f"{home}/contacts/undo")
    assert [event.note for event in existing_book().events()] == ["meanwhile"]


def test_two_windows_and_a_command_lose_nothing(app, window, home, marina):
    other = app.window()
    asked = {"person": marina.id, "place": "telegram:smm_riga", "what": "wrote"}
    threads = [threading.Thread(target=one.post, args=(f"{home}/contacts/log", asked | {"note": f"{number}"}))
               for number in range(4) for one in (window, other)]  # fmt: skip
    for thread in threads:
        thread.start()
    run("owners", "log", "Marina", "note", "--note", "command")
    for thread in threads:
        thread.join()
    assert sorted(event.note for event in existing_book().events()) == sorted([*"00112233", "command"])


def test_what_a_command_changed_since_is_not_taken_back(app, window, home, marina):
    """Undo of an event of a post is one transaction, which looks whether the event is still what came last."""
    desk = app.campaigns.desk(home.removeprefix("/c/"))
    window.post(f"{home}/ranking/take", {"take": "instagram:storyfribble"})
    window.post(f"{home}/texts/write")
    ledger = ledger_of(desk.campaign())
    (post,) = ledger.placements()
    book = existing_book()
    book.write([replace(marina, places=(post.resource,))])
    asked = {"person": marina.id, "place": post.resource, "what": "agreed"}
    window.post(f"{home}/contacts/log", asked)
    assert [one.kind for one in ledger.events()][-1] == "agreed"
    ledger.set([post], cost=20.0)  # no event comes with it
    window.post(f"{home}/contacts/undo")
    assert [one.kind for one in ledger.events()][-1] == "agreed"
    assert ledger.placements()[0].cost == 20.0
    assert "Not taken back" in window.get(f"{home}/contacts").text
    window.post(f"{home}/contacts/log", asked | {"what": "invoiced", "sum": "20 EUR"})
    window.post(f"{home}/contacts/undo")
    assert [one.kind for one in ledger.events()][-1] == "agreed"


def test_a_command_and_the_app_write_at_once(app, window, home, marina):
    """Two processes write events of a post and edit one person; all that each wrote is there."""
    desk = app.campaigns.desk(home.removeprefix("/c/"))
    window.post(f"{home}/ranking/take", {"take": "instagram:storyfribble"})
    window.post(f"{home}/texts/write")
    (post,) = ledger_of(desk.campaign()).placements()
    existing_book().write([replace(marina, places=(post.resource,))])
    kinds = ("quoted", "agreed", "booked", "invoiced")
    code = (
        "from dataclasses import replace\nfrom outreach.cli import main\nfrom outreach.owners import existing_book\n"
        f"for kind in {kinds!r}:\n"
        f"    main(['owners', 'log', {post.resource!r}, kind, '--sum', '20 EUR'], standalone_mode=False)\n"
        "    book = existing_book()\n"
        "    (one,) = book.people()\n"
        "    book.write([replace(one, role=f'{one.role} {kind}'.strip())])\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL) as other:
        for number in range(12):
            asked = {"person": marina.id, "place": post.resource, "what": "price", "sum": f"{30 + number} EUR"}
            window.post(f"{home}/contacts/log", asked)
            window.post(f"{home}/contacts/contact", {"person": marina.id, "not": str(number % 2)})
        assert other.wait() == 0
    window.post(f"{home}/contacts/contact", {"person": marina.id, "not": "1"})
    (one,) = existing_book().people()
    assert one.role.split() == list(kinds)
    assert one.do_not_contact
    assert one.channels == marina.channels
    sums = {(event.kind, event.amount) for event in [*ledger_of(desk.campaign()).events(), *existing_book().events()]}
    assert {("replied", 30.0 + number) for number in range(12)} | {(kind, 20.0) for kind in kinds} <= sums


def test_forget_asks_first(window, home, marina):
    window.post(f"{home}/contacts/log", {"person": marina.id, "place": "telegram:smm_riga", "what": "wrote"})
    page = window.get(f"{home}/contacts/forget?person={marina.id}").text
    assert "1 event stays" in page
    assert existing_book().people()
    window.post(f"{home}/contacts/forget", {"person": marina.id})
    assert existing_book().people() == []
    assert "Marina" not in window.get(f"{home}/contacts").text.partition('class="note"')[0]
    window.post(f"{home}/contacts/undo")
    assert [event.person for event in existing_book().events()] == [""]


def test_other_clients_and_those_who_asked_not_to_be_written_to(window, home, marina):
    run("owners", "log", "Marina", "wrote", "--campaign", "other-client")
    assert "You wrote for another client on" in window.get(f"{home}/contacts").text
    window.post(f"{home}/contacts/contact", {"person": marina.id, "not": "1"})
    assert existing_book().people()[0].do_not_contact
    page = window.get(f"{home}/contacts").text
    assert "Asked not to be contacted" in page
    assert "t.me/marina_example" not in page


WRITER = """
[writer]
name = "Anna Ozola"
role = "dentist at Zobi"
years = 14
published = ["https://zobi.example/bridge"]
offer = "a table of prices, no sign-up"
"""
FACTS = {
    "found": "website", "post_date": "2026-01-03", "post_fact": "40 people asked what a bridge costs",
    "headline": "Implant or bridge?", "topic": "What the price includes. Where extras hide.",
    "why": "Your readers ask dentists about prices.",
}  # fmt: skip


def test_the_letter_is_the_command_s(window, home, marina):
    """What is missing is asked for; the text is word for word the command's, and the channels carry it."""
    page = html.unescape(window.get(f"{home}/contacts?who={marina.id}").text)
    assert "The settings do not yet say who writes" in page
    with Path("outreach.toml").open("a", encoding="utf-8") as file:
        file.write(WRITER)
    page = html.unescape(window.get(f"{home}/contacts?who={marina.id}").text)
    assert "who writes" not in page
    assert 'name="post_fact"' in page
    asked = FACTS | {"person": marina.id, "place": "telegram:smm_riga"}
    typed = [part for name in ("found", "post_date", "post_fact", "why")
             for part in (f"--{name.replace('_', '-')}", FACTS[name])]  # fmt: skip
    typed += ["--topic", f"{FACTS['headline']} | {FACTS['topic']}"]
    written = run("letter", "t.me/smm_riga", *typed)
    for kind in ("message", "email", "follow_up"):
        page = html.unescape(window.post(f"{home}/contacts/draft", asked | {"kind": kind}).text)
        text = re.search(r"<textarea[^>]* name=\"text\"[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1]
        assert text in written
        assert len(text) > 100
        assert f"https://t.me/marina_example?text={quote(text)}" in page
        assert f"body={quote(text)}" in page
        assert ("follow" in re.search(r'id="sent-it" name="what" value="(\w+)"', page)[1]) == (kind == "follow_up")
    sent = {"person": marina.id, "place": "telegram:smm_riga", "what": "wrote", "by": "email"}
    window.post(f"{home}/contacts/log", sent)
    assert [(one.kind, one.channel) for one in existing_book().events()] == [("wrote", "email")]
    window.post(f"{home}/contacts/log", sent | {"what": "replied"})
    assert [(one.kind, one.answer) for one in existing_book().events()][1:] == [("replied", "")]
    window.post(f"{home}/contacts/log", sent | {"what": "no"})
    page = window.get(f"{home}/contacts?who={marina.id}").text
    assert "the owner declined the post of campaign" in page
    assert 'name="post_fact"' in page


def test_a_letter_is_checked_as_the_command_checks_it(window, home, marina):
    Path("letter.txt").write_text("Dear Editor, [text]", "utf-8")
    done = CliRunner().invoke(main, ["letter", "--check", "letter.txt", "--kind", "message"])
    page = html.unescape(
        window.post(
            f"{home}/contacts/letter", {"person": marina.id, "text": "Dear Editor, [text]", "subject": "a&b"}
        ).text
    )
    found = [one.rstrip(".") for one in re.findall(r"<li>(.*?)</li>", page.partition('id="findings"')[2])]
    said = " ".join((done.stdout + done.stderr).split()).casefold()
    assert found
    assert all(one.casefold() in said for one in found)
    assert "mailto:m@example.org?subject=a%26b&body=Dear%20Editor%2C%20%5Btext%5D" in page


def test_untrusted_texts_and_addresses(window, home):
    open_book().add(
        Person(name=NASTY, note=NASTY, places=("telegram:smm_riga",),
               channels=(Channel("form", "javascript:alert(1)"), Channel("form", 'https://a.example/"><b>'),
                         Channel("email", "a@b.example?bcc=c@d.example")))
    )  # fmt: skip
    page = window.get(f"{home}/contacts").text
    assert "<img" not in page
    assert 'href="javascript' not in page
    assert "?bcc" not in "".join(re.findall(r'href="[^"]*"', page))
    window.site = "cross-site"
    for path in ("log", "undo", "add", "from-sheet", "contact", "play", "forget", "letter"):
        assert window.post(f"{home}/contacts/{path}", {"name": "X"}).status == 403
    assert len(existing_book().people()) == 1
    assert window.get(f"{home}/contacts", Host="evil.example").status == 403


def test_many_contacts_are_paged(window, home):
    open_book().write([Person(id=f"p{number}", name=f"Owner {number}", places=(f"telegram:place_{number}",))
                       for number in range(60)])  # fmt: skip
    page = window.get(f"{home}/contacts").text
    assert page.count("<article") == 12
    assert window.get(f"{home}/contacts?q=owner+59").text.count("<article") == 1
