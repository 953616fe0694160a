"""The page of lists says what ``outreach check`` says, asks where that refuses, and loses no file."""

from __future__ import annotations

import html
import io
import json
import re

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from outreach.app.uploads import harmless
from outreach.cli import main
from outreach.reporting.collect_words import words_in

LIKES = b"customer,resource,name,subscribers\nBrin Oltra,t.me/zelvorika,Zelvorika,12000\nMorka Telu,t.me/zelvorika,,\n"
UNDECIDED = b"Name;Link\nBrin Oltra;https://t.me/zelvorika\nMorka Telu;https://t.me/plumbariq\n"
GA4 = (
    b"# ----------------------------------------\n# Zobi\n# Traffic sources\n# 20260501-20260531\n"
    b"# ----------------------------------------\n\n"
    b"Session source,Session medium,Session campaign,Session manual ad content,Date,Sessions,Key events\n"
    b"telegram,social,spring,zelvorika--a-0v2ta,20260512,16,3\n"
)
NAMES = ("Brin Oltra", "Morka Telu")


@pytest.fixture
def campaign(window):
    """Give the path of an empty campaign's pages."""
    return window.post("/new", {"client": "Zobi", "own": "t.me/zobi", "currency": "EUR"}).headers["location"][:-6]


@pytest.fixture
def desk(app, campaign):
    return app.campaigns.desk(campaign.removeprefix("/c/"))


def seen(text):
    """Return what a reader sees of a page."""
    inside = text.partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).split())


def test_a_new_campaign_is_what_init_makes(app, window, desk, tmp_path):
    """The answers stand in its file, letter by letter as the command writes them."""
    (tmp_path / "by-command").mkdir()
    made = CliRunner().invoke(main, ["init", str(tmp_path / "by-command"), "--no-input"])
    assert made.exit_code == 0
    ours, theirs = (folder / "outreach.toml" for folder in (desk.folder, tmp_path / "by-command"))
    changed = [
        line for line in ours.read_text("utf-8").splitlines() if line not in theirs.read_text("utf-8").splitlines()
    ]
    assert changed == ['client = "Zobi"', 'own = "t.me/zobi"', 'currency = "EUR"']
    assert sorted(path.name for path in desk.folder.iterdir()) == ["drafts", "lists", "outreach.toml", "results"]
    assert "a name is needed" in window.post("/new", {"client": " ", "currency": "EUR"}).text
    wrong = window.post("/new", {"client": "Zobi", "currency": "shells"})
    assert (wrong.status, "this is not a currency" in wrong.text) == (422, True)
    assert len(app.campaigns.known()) == 1


def test_an_empty_campaign_says_how_to_begin(window, campaign):
    """There is the message to customers, the workbook, and no table yet."""
    page = window.get(f"{campaign}/lists").text
    assert "No lists yet" in page
    assert html.unescape(page).count(words_in("en").question.split("\n")[0]) == 1
    assert words_in("hy").question.split("\n")[0] in html.unescape(window.get(f"{campaign}/lists?ask=hy").text)
    assert "needs your customers" in html.unescape(window.follow(f"{campaign}/ranking").text)
    assert "Drop the lists" in window.follow(f"{campaign}/").text


def test_the_workbook_is_that_of_collect(window, campaign, tmp_path):
    """The same tabs and headers as the command's."""
    book = load_workbook(io.BytesIO(window.get(f"{campaign}/lists/follows.xlsx?ask=ru").body))
    path = tmp_path / "follows.xlsx"
    assert CliRunner().invoke(main, ["collect", "--lang", "ru", "-o", str(path)]).exit_code == 0
    cells = [[[cell.value for cell in row] for row in sheet] for sheet in book]
    assert cells == [[[cell.value for cell in row] for row in sheet] for sheet in load_workbook(path)]


def test_what_was_read_is_what_check_tells(window, campaign, desk, monkeypatch):
    """Customers, likes, rejected rows with their reasons and lines, columns that were not used: the same numbers."""
    rows = LIKES + b"Brin Oltra,someone@example.org,,\n"
    more = b"customer;resource;age\nX;vk.com/club7;7\n"
    window.send(f"{campaign}/lists/files", ("lists/likes.csv", rows), ("more.csv", more))
    page = seen(window.get(f"{campaign}/lists").text)
    monkeypatch.chdir(desk.folder)
    told = json.loads(CliRunner().invoke(main, ["check", "--format", "json"]).stdout)
    numbers = [(row["customers"], row["likes"], row["rejected"]) for row in told]
    assert numbers == [(2, 2, 1), (1, 1, 0)]
    assert "Read: 3 customers, 3 subscriptions. 1 row not used." in page
    assert "2 customers, 2 subscriptions" in page
    assert "1 × an e-mail address, not a place" in page
    assert "(lines 4)" in page
    assert "Not used column 3" in page


def test_customers_are_numbers_until_their_names_are_asked_for(window, campaign):
    """Neither rows nor remarks nor names of files tell who they are; a switch does."""
    window.send(f"{campaign}/lists/files", ("likes.csv", LIKES), ("Brin Oltra.txt", b"https://t.me/plumbariq\n"))
    hidden, shown = (window.get(f"{campaign}/lists{names}").text for names in ("", "?names=1"))
    assert not [name for name in NAMES if name in seen(hidden)]
    assert "Customer 1" in hidden
    assert all(name in seen(shown) for name in NAMES)
    for page in ("ranking", "ranking.csv", "ranking?f=1&unknown=1"):
        assert not [name for name in NAMES if name in window.get(f"{campaign}/{page}").text]


@pytest.mark.parametrize("answered", [("customer_is=column", 2), ("customer_is=file", 1)])
def test_a_question_has_a_button_for_each_reading(window, campaign, desk, monkeypatch, answered):
    """The answer counts for pages and commands, and can be taken back."""
    answer, customers = answered
    window.send(f"{campaign}/lists/files", ("who.csv", UNDECIDED))
    page = window.get(f"{campaign}/lists").text
    assert re.findall(r'name="answer" value="([^"]+)"', page) == ["customer_is=column", "customer_is=file"]
    assert "names next to the addresses may be customers" in page
    assert "names next to the addresses" in seen(window.get(f"{campaign}/ranking").text)
    assert window.post(f"{campaign}/lists/answer", {"file": "who.csv", "answer": answer}).status == 303
    noted = seen(window.get(f"{campaign}/lists").text)
    assert "Your answer is kept" in noted
    assert f"Read: {customers} customer" in noted
    monkeypatch.chdir(desk.folder)
    ranked = CliRunner().invoke(main, ["rank", "--min-subscribers", "0"])
    assert ranked.exit_code == 0
    assert f",1,{customers}," in ranked.stdout
    window.post(f"{campaign}/lists/answer", {"file": "who.csv", "answer": ""})
    assert 'value="customer_is=file"' in window.get(f"{campaign}/lists").text
    assert "reading" not in (desk.folder / "outreach.toml").read_text("utf-8")


def test_an_answer_is_one_of_ours(window, campaign, desk):
    """Nothing else gets into the campaign's file, whatever a request says."""
    before = (desk.folder / "outreach.toml").read_bytes()
    assert window.post(f"{campaign}/lists/answer", {"file": "a.csv", "answer": "db=/etc/x"}).status == 400
    window.post(f"{campaign}/lists/answer", {"file": "a.csv", "answer": "read_as=evil"})
    assert "it must be one of" in window.get(f"{campaign}/lists").text
    assert (desk.folder / "outreach.toml").read_bytes() == before


def test_pasted_lists_are_files(window, campaign, desk):
    """Each gets a name of its own; nothing is no list."""
    for text in ("Anna\nhttps://t.me/zelvorika\r\n", "Boris\nhttps://t.me/zelvorika\n", "  "):
        window.post(f"{campaign}/lists/text", {"text": text})
    assert "Nothing was pasted" in window.get(f"{campaign}/lists").text
    assert sorted(path.name for path in (desk.folder / "lists").iterdir()) == ["pasted 1.txt", "pasted 2.txt"]
    assert (desk.folder / "lists" / "pasted 1.txt").read_bytes() == b"Anna\nhttps://t.me/zelvorika\n\n"


def test_no_file_is_lost(window, campaign, desk):
    """One of the same name takes the place of an older one, which is put aside; the same file again changes nothing."""
    window.send(f"{campaign}/lists/files", ("likes.csv", LIKES))
    window.send(f"{campaign}/lists/files", ("likes.csv", LIKES))
    assert not (desk.folder / "replaced").exists()
    window.send(f"{campaign}/lists/files", ("likes.csv", LIKES + b"C,t.me/zelvorika,,\n"))
    assert "in place of older ones" in window.get(f"{campaign}/lists").text
    assert [path.read_bytes() for path in (desk.folder / "replaced").iterdir()] == [LIKES]
    window.post(f"{campaign}/lists/remove", {"path": "likes.csv"})
    assert "No lists yet" in window.get(f"{campaign}/lists").text
    assert len(list((desk.folder / "replaced").iterdir())) == 2


def test_folders_keep_their_inside(window, campaign, desk):
    """An export is known by its paths; what systems put beside files is left out."""
    window.send(f"{campaign}/lists/files", ("Anna/x/a.csv", LIKES), ("Anna/.DS_Store", b"x"), ("~$likes.xlsx", b"x"))
    found = sorted(path.relative_to(desk.folder / "lists").as_posix() for path in (desk.folder / "lists").rglob("*.*"))
    assert found == ["Anna/x/a.csv"]
    assert harmless("a/b/../c.csv").as_posix() == "a/b/c.csv"


def test_what_cannot_be_read_is_told_with_the_way_out(window, campaign):
    """A document, an empty file, a table without a shape that is known: each with its reason; the rest is read."""
    window.send(
        f"{campaign}/lists/files",
        ("likes.csv", LIKES),
        ("empty.csv", b""),
        ("list.pdf", b"%PDF-"),
        ("x.csv", b"a,b\n1,2\n"),
    )
    found = window.get(f"{campaign}/lists").text
    page = seen(found)
    assert "2 files could not be read" in page
    assert "no column has the customer Each column is one customer's list" in page
    assert re.findall(r'name="answer" value="read_as=(\w+)"', found)
    assert "3 files are not counted" in window.get(f"{campaign}/ranking").text
    assert "lists/empty.csv : the file is empty; export or save it again" in page
    assert "Read: 2 customers" in page


def test_a_file_that_is_no_list_can_go(window, campaign, desk):
    """Whatever was not read is put aside by a button; a report of an analytics tool moves to the results."""
    window.send(f"{campaign}/lists/files", ("likes.csv", LIKES), ("ga.csv", GA4), ("asked.csv", b"a,b\n1,2\n"),
                ("me.jpg", b"\xff\xd8\xff"))  # fmt: skip
    page = window.get(f"{campaign}/lists").text
    aside = re.findall(r'action="[^"]+/lists/remove" .*?name="path" value="([^"]+)"', page, re.DOTALL)
    assert sorted(aside) == ["asked.csv", "ga.csv", "likes.csv", "me.jpg"]
    assert re.findall(r'/results/from-lists">\s*<input type="hidden" name="path" value="([^"]+)"', page) == ["ga.csv"]
    for name in ("asked.csv", "me.jpg"):
        window.post(f"{campaign}/lists/remove", {"path": name})
    moved = window.post(f"{campaign}/results/from-lists", {"path": "ga.csv"})
    assert "“ga.csv” is among the results now" in seen(window.follow(moved.headers["location"]).text)
    assert [path.name for path in (desk.folder / "lists").iterdir()] == ["likes.csv"]
    assert (desk.folder / "results" / "ga.csv").read_bytes() == GA4
    assert "could not be read" not in seen(window.get(f"{campaign}/lists").text)
    window.post(f"{campaign}/results/from-lists", {"path": "../outreach.toml"})
    assert (desk.folder / "outreach.toml").exists()


def test_files_that_change_on_the_disk_are_read_again(window, campaign, desk):
    """State is the folder: a list that Excel saved meanwhile counts at the next look."""
    window.send(f"{campaign}/lists/files", ("likes.csv", LIKES))
    assert "Read: 2 customers" in window.get(f"{campaign}/lists").text
    (desk.folder / "lists" / "likes.csv").write_bytes(LIKES + b"Third,t.me/zelvorika,,\n")
    assert "Read: 3 customers" in window.get(f"{campaign}/lists").text
    assert "What 3 customers follow" in window.get(f"{campaign}/ranking").text
    (desk.folder / "outreach.toml").write_text("nonsense = 1\n")
    assert "nonsense is not a known name" in window.get(f"{campaign}/lists").text


@pytest.mark.parametrize(("language", "row", "question"), [
    ("ru", "в строке нет площадки", "Имена рядом с адресами могут быть клиентами"),
    ("hy", "այս տողում հարթակ չկա", "Հասցեների կողքի անունները կարող են լինել հաճախորդներ"),
])  # fmt: skip
def test_sentences_of_the_library_are_in_the_pages_language(app, window, language, row, question):
    """Why a row was not used, and what is asked about a file; what has no sentence stays English and says so."""
    campaign = app.sample()
    unused = b"customer,resource\nAnna,t.me/zelvorika\nBoris,\nBoris,t.me/zelvorika\n"
    window.send(
        f"{campaign}/lists/files", ("likes.csv", unused), ("who.csv", b"Name;Link\nBrin Oltra;https://t.me/zelvorika\n")
    )
    text = window.get(f"{campaign}/lists", Accept_Language=language).text
    assert f'<span lang="{language}">{row}</span>' in text
    assert f'<p lang="{language}">{question}' in text


def test_a_card_speaks_the_readers_language(window, campaign):
    """What a table was taken for, why, and which column says what."""
    window.send(f"{campaign}/lists/files", ("follows.csv", LIKES))
    text = seen(window.get(f"{campaign}/lists", Accept_Language="ru").text)
    for words in ("строка на каждую подписку", "столбец «customer»: клиенты", "клиент: customer, площадка: resource"):
        assert words in text
