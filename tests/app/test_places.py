"""The page of places: what it keeps is what the sheet's reader reads, the file wins, and every change can be undone."""

from __future__ import annotations

import html
import json
import re
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest

from outreach.app import placing
from outreach.messages import LANGUAGES
from outreach.reporting.resources.base import Place
from outreach.reporting.resources.book import new_book
from outreach.reporting.sheet_edits import named_rows
from outreach.sheet.facts import read_sheet
from tests.teasers.shorteners.server import running

ONE, TWO = "telegram:place_1", "telegram:place_2"
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def desk(app):
    """Give a campaign with a sheet of three places."""
    desk = app.campaigns.desk(app.campaigns.create("Zobi", {}, "en"))
    rows = [
        Place(f"telegram:place_{one}", "telegram", f"Place {one}", f"https://t.me/place_{one}", 900, None, None, 2, 9)
        for one in (1, 2, 3)
    ]
    new_book(desk.folder / "sheet.xlsx", rows)
    return desk


@pytest.fixture
def path(desk):
    return f"/c/{desk.id}/places"


def cells(desk, name=ONE):
    sheet = read_sheet(desk.folder / "sheet.xlsx")
    return sheet.rows[named_rows(sheet)[name]]


def typed(window, path, column, text, seen="", *, place=ONE, **more):
    """Send one cell as the page does."""
    return window.post(f"{path}/cell", {"place": place, "column": column, "text": text, "seen": seen, "row": 1, **more})


def notes(page):
    found = re.findall(r'<p class="note.*?</p>', page, re.DOTALL)
    return [" ".join(html.unescape(re.sub("<[^>]+>", " ", one)).split()) for one in found]


def undo(window, path):
    number = re.search(r'name="number" value="(\d+)"', window.get(path).text)[1]
    window.post(f"{path}/undo", {"number": number})
    return notes(window.get(path).text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_any_place_is_taken(app, window, language):
    """It says what comes first, and takes one by its address."""
    window.cookies["language"] = f"outreach-language={language}"
    desk = app.campaigns.desk(app.campaigns.create("Empty", {}, language))
    path = f"/c/{desk.id}/places"
    assert f'href="/c/{desk.id}/ranking"' in window.get(path).text
    for typed in ("just words", "@smm_riga"):
        page = window.post(f"{path}/add", {"address": typed}).text
        assert f'name="address" value="{typed}"' in page
        assert f'role="alert" lang="{language}"' in page
        assert "--assume" not in page
    window.post(f"{path}/add", {"address": "https://t.me/smm_riga"})
    page = window.get(path).text
    assert len(notes(page)) == 1
    again = window.post(f"{path}/add", {"address": "t.me/SMM_Riga"}).text
    assert "smm_riga" in re.search(r'id="address-why"[^>]*>([^<]+)', again)[1]
    assert list(named_rows(read_sheet(desk.folder / "sheet.xlsx"))) == ["telegram:smm_riga"]
    window.post(f"{path}/add", {"address": "t.me/another_one"})
    assert notes(window.get(path).text)
    assert len(undo(window, path)) == 1
    assert list(named_rows(read_sheet(desk.folder / "sheet.xlsx"))) == ["telegram:smm_riga"]


def test_ranking_leads_here(app, window):
    """The places that were taken are shown, and can be taken back as one."""
    campaign = app.sample()
    desk = app.campaigns.desk(campaign.removeprefix("/c/"))
    keys = [row["resource"] for row in desk.ranked().ranking.table.head(3)]
    window.post(f"{campaign}/places/add", {"address": "https://t.me/smm_riga"})
    answer = window.post(f"{campaign}/ranking/take", [("take", key) for key in keys])
    assert answer.headers["location"] == f"{campaign}/places"
    page = window.get(f"{campaign}/places").text
    assert page.count("data-place=") == 4
    assert "0 of 4 places are ready to write to" in page
    assert undo(window, f"{campaign}/places") == ["Undone: 3 places added."]
    assert window.get(f"{campaign}/places").text.count("data-place=") == 1


def test_a_cell_is_kept_and_undone(desk, window, path):
    """As it was typed, read as the reader does; the answer names the change, and a reload still can undo it."""
    before = (desk.folder / "sheet.xlsx").read_bytes()
    answer = typed(window, path, "subscribers", "12 тыс.", "900")
    assert answer.status == 200
    assert cells(desk)["subscribers"] == "12 тыс."
    assert "Saved: Subscribers, Place 1. Read as 12,000" in answer.text
    typed(window, path, "accepts_posts", "vērts")
    assert "not a known word" in window.get(path).text
    typed(window, path, "way_in", "post myself")
    found = typed(window, path, "accepts_posts", "да, по пятницам", "vērts").text
    assert "… Missing: accepts posts" in html.unescape(re.sub("<[^>]+>", "", found))
    assert "0 of 3 places" in found
    for _ in range(2):
        undo(window, path)
    typed(window, path, "accepts_posts", "платно", "vērts")
    typed(window, path, "way_in", "купить")
    assert "… Missing: price" in html.unescape(re.sub("<[^>]+>", "", typed(window, path, "note", "n").text))
    assert "1 of 3 places" in typed(window, path, "price", "40 EUR").text
    for column in ("Price", "Note", "Way in", "Accepts posts", "Accepts posts", "Subscribers"):
        assert undo(window, path) == [f"Undone: {column}, Place 1."]
    assert (desk.folder / "sheet.xlsx").read_bytes() == before
    assert "Nothing to undo" in window.get(path).text


def test_what_cannot_be_read_stays_in_its_field(desk, window, path):
    """The sentence is the library's, in place, in the page's language where it has it; the file stays."""
    answer = typed(window, path, "subscribers", "a lot", "900")
    assert "not a whole number above 0" in answer.text
    assert 'data-wrong data-seen="900" data-value="a lot"' in answer.text
    window.cookies["language"] = "outreach-language=hy"
    assert 'lang="hy"' in typed(window, path, "subscribers", "a lot", "900").text
    assert cells(desk)["subscribers"] == "900"
    form = {"name": ONE, "place": "Place 1", "subscribers": "a lot", "price": "5 EUR"}
    seen = json.dumps({"place": "Place 1", "subscribers": "900"})
    answer = window.post(f"{path}/row", {**form, "seen": seen})
    assert answer.status == 422
    assert 'value="a lot"' in answer.text
    assert (cells(desk)["subscribers"], cells(desk)["price"]) == ("900", "5 EUR")


def test_two_windows_and_excel_at_once(app, desk, window, path):
    """A cell that holds something else by now is not written over; all others are; many at once lose nothing."""
    mark = re.search(r'id="mark"[^>]*value="([^"]+)"', window.get(path).text)[1]
    other = app.window()
    typed(other, path, "note", "theirs")
    answer = typed(window, path, "note", "mine", mark=mark)
    assert "says “theirs” here" in html.unescape(answer.text)
    assert 'data-value="theirs"' in answer.text
    assert window.get(f"{path}/changed?mark={mark}").text.count("show-again") == 1
    book = openpyxl.load_workbook(desk.folder / "sheet.xlsx")
    tab = book["places"]
    tab.move_range("A2:S2", rows=3)  # sorted by hand
    tab.delete_rows(2)
    tab.cell(2, next(cell.column for cell in tab[1] if cell.value == "Price")).value = 70
    book.save(desk.folder / "sheet.xlsx")
    answer = typed(window, path, "price", "5 EUR", mark=mark)
    assert 'id="changed"' in answer.text
    assert (cells(desk)["price"], cells(desk)["note"], cells(desk, TWO)["price"]) == ("5 EUR", "theirs", "70")
    mark = re.search(r'id="mark"[^>]*value="([^"]+)"', window.get(path).text)[1]
    assert window.get(f"{path}/changed?mark={mark}").status == 204
    with ThreadPoolExecutor(4) as pool:
        columns = ("rules", "contact", "topic", "owner")
        list(pool.map(lambda column: typed(app.window(), path, column, f"new {column}"), columns))
    assert [cells(desk)[column] for column in columns] == [f"new {column}" for column in columns]


def test_a_block_from_excel(desk, window, path):
    """It is shown before and after, with what is not taken; one undo takes all of it back."""
    before = (desk.folder / "sheet.xlsx").read_bytes()
    text = "1 500\tyes\r\nmany\tno\r\n\tpaid\tbuy\r\n7\t\r\n"
    start = {"place": ONE, "column": "subscribers", "text": text}
    page = window.post(f"{path}/paste", start).text
    assert (desk.folder / "sheet.xlsx").read_bytes() == before
    assert "5 cells would change" in page
    assert "1 cell is not taken" in page
    assert "1 row is below the last place" in page
    mark = re.search(r'name="mark" value="([0-9a-f]{16})"', page)[1]
    typed(window, path, "accepts_posts", "ask")
    assert "look once more" in window.post(f"{path}/keep", {**start, "mark": mark}).text
    undo(window, path)
    page = window.post(f"{path}/keep", {**start, "mark": mark}).text
    assert "5 cells saved." in page
    assert 'value="many" form="f-2"' in page
    assert [cells(desk, f"telegram:place_{one}").get("accepts_posts") for one in (1, 2, 3)] == ["yes", "no", "paid"]
    assert (cells(desk)["subscribers"], cells(desk, TWO)["subscribers"]) == ("1 500", "900")
    assert undo(window, path) == ["Undone: 5 cells."]
    assert (desk.folder / "sheet.xlsx").read_bytes() == before


def test_foreign_rows_and_columns(desk, window, path):
    """Neither another row nor a column that ties rows to places can be written."""
    before = (desk.folder / "sheet.xlsx").read_bytes()
    for column, place in (("note", "telegram:nobody"), ("key", ONE), ("customers", ONE), ("../x", ONE), ("note", "")):
        assert "no such cell" in typed(window, path, column, "x", place=place).text
    window.post(f"{path}/paste", {"place": "telegram:nobody", "column": "note", "text": "a\tb"})
    window.post(f"{path}/keep", {"place": ONE, "column": "key", "text": "a\tb", "mark": ""})
    window.post(f"{path}/row", {"name": "telegram:nobody", "note": "x", "seen": "[]"})
    window.post(f"{path}/undo", {"number": "x"})
    assert (desk.folder / "sheet.xlsx").read_bytes() == before


def test_a_sheet_that_cannot_be_used(desk, window, path):
    """Open in Excel: one sentence and no second file. Damaged, or outside the campaign: one sentence in its place."""
    sheet = desk.folder / "sheet.xlsx"
    lock = sheet.with_name("~$sheet.xlsx")
    lock.write_text("")
    answer = typed(window, path, "note", "x")
    assert answer.text.count("open in another program") == 2  # in place, and read out
    assert not list(desk.folder.glob("*.new*"))
    lock.unlink()
    sheet.write_bytes(b"PK\x03\x04 damaged")
    assert window.get(path).status == 422
    assert typed(window, path, "note", "x").status == 200
    outside = desk.folder.parent / "sheet.xlsx"
    new_book(outside, [])
    toml = desk.folder / "outreach.toml"
    toml.write_text(re.sub(r'sheet = "[^"]*"', 'sheet = "../sheet.xlsx"', toml.read_text()))
    assert "outside the campaign" in window.get(path).text


def test_script_in_cells_is_text(desk, window, path):
    """Names, rules and addresses that others wrote are shown as they are, and lead nowhere but to http."""
    sheet = desk.folder / "sheet.xlsx"
    book = openpyxl.load_workbook(sheet)
    tab = book["places"]
    columns = {cell.value: cell.column for cell in tab[1]}
    tab.cell(2, columns["Place"]).value = NASTY
    tab.cell(2, columns["Rules"]).value = NASTY
    tab.cell(3, columns["Address"]).value = "javascript:alert(1)"
    tab.cell(3, columns["Key"]).value = "other:somewhere"
    book.save(sheet)
    page = window.get(f"{path}?more=1").text
    answer = typed(window, path, "note", NASTY).text
    pasted = window.post(f"{path}/paste", {"place": ONE, "column": "price", "text": f"{NASTY}\t{NASTY}"}).text
    for text in (page, answer, pasted):
        assert not re.search(r"<(script(?! src=)|img)", text)
        assert "javascript:" not in re.sub(r'value="[^"]*"', "", text)
    assert cells(desk)["note"] == NASTY


def test_sizes_are_asked_of_those_who_are_named(desk, window, path, monkeypatch):
    """The button names each platform and its host, and who wants a token; then the sheet holds what enrich writes."""
    sheet = desk.folder / "sheet.xlsx"
    sheet.unlink()
    rows = [Place(f"github:a{one}", "github", None, None, None, None, None, 1, 1) for one in (1, 2)]
    new_book(sheet, [*rows, Place("vk:club7", "vk", "Seven", None, None, None, None, 1, 1)])
    with running() as server:
        monkeypatch.setenv("OUTREACH_GITHUB_URL", server.base)
        monkeypatch.setenv("NO_PROXY", "*")
        monkeypatch.delenv("OUTREACH_VK_TOKEN", raising=False)
        server.answers = [(200, {"followers": 51}), (200, {"followers": 52})]
        page = window.get(path).text
        assert "GitHub (127.0.0.1): 2 places" in page
        assert "Ask GitHub" in page
        assert 'VK wants a token first. <a href="/c/' in page
        assert "/settings#t-OUTREACH_VK_TOKEN" in page
        with monkeypatch.context() as hurried:
            hurried.setattr(placing.look_up_sizes, "__defaults__", (0.0,))  # the first answer is the last
            window.post(f"{path}/sizes")
        assert notes(window.get(path).text)[:2] == [
            "Sizes found: 1 of 1.", "There was no time for 2 places: ask once more.",
        ]  # fmt: skip
        window.post(f"{path}/sizes")
        assert len(server.asked) == 2
    told = notes(window.get(path).text)
    assert told[0] == "Sizes found: 1 of 2."
    assert [cells(desk, f"github:a{one}")["subscribers"] for one in (1, 2)] == ["51", "52"]
    assert undo(window, path) == ["Undone: size of 1 place."]
    assert "subscribers" not in cells(desk, "github:a2")


def test_the_file_itself(desk, window, path):
    """What is handed out is what lies in the folder; long sheets come in parts."""
    answer = window.get(f"{path}/file")
    assert answer.body == (desk.folder / "sheet.xlsx").read_bytes()
    assert "sheet.xlsx" in answer.headers["content-disposition"]
    rows = [Place(f"telegram:place_{one}", "telegram", None, None, None, None, None, 1, 1) for one in range(150)]
    new_book(desk.folder / "sheet.xlsx", rows)
    assert [window.get(f"{path}?page={page}").text.count("data-place=") for page in (0, 1, 2, 99)] == [100, 100, 50, 50]
