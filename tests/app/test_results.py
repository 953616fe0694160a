"""The page of results shows and keeps what ``outreach track`` does."""

from __future__ import annotations

import html
import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from outreach.campaign.ledger import open_ledger
from outreach.campaign.ledger.results import Results
from outreach.campaign.ledger.ties import ties_of
from outreach.cli import main
from outreach.messages import LANGUAGES
from outreach.reporting.results_sheet import typed_results

ASKED = (
    b"date,utm_content,How did you hear about us?\n2026-05-12,,Contentoodlery\n2026-05-13,,contentoodlery\n"
    b"2026-05-13,,a friend\n"
)


@pytest.fixture
def written(app, window, monkeypatch):
    """Give the pages of the sample with five texts, and go into its folder."""
    path = app.sample()
    desk = app.campaigns.desk(path.removeprefix("/c/"))
    monkeypatch.chdir(desk.folder)
    keys = [row["resource"] for row in desk.ranked().ranking.table.head(5)]
    window.post(f"{path}/ranking/take", [("take", key) for key in keys])
    window.post(f"{path}/texts/write")
    return path


@pytest.fixture
def read(window, written):
    """Give them with the sample's results read."""
    assert window.post(f"{written}/results/read").status == 303
    return written


def run(*words, code=0):
    done = CliRunner().invoke(main, words)
    assert done.exit_code == code, done.stderr
    return done


def plain(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


def notes(page):
    return [plain(one) for one in re.findall(r'<p class="note.*?</p>', page, re.DOTALL)]


def rows_of(page):
    body = page.partition('<table class="results">')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [plain(cell) for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]


def cells(path):
    """Return the sheets of a workbook as texts."""
    book = load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def imports():
    return [
        (one.tool, one.source_name, one.kind, one.unit)
        for one in Results(open_ledger("outreach.db").database).imports()
    ]


def test_what_is_read_and_shown_is_what_track_says(window, read):
    """The same imports, the same conclusion, the same table; the file is the command's."""
    ours = imports()
    page = window.get(f"{read}/results").text
    body = window.get(f"{read}/results/report.xlsx").body
    assert window.post(f"{read}/results/read").status == 303
    assert all("Read before, nothing changed" in note for note in notes(window.get(f"{read}/results").text))
    done = run("track", "-o", "theirs.xlsx")
    assert imports() == ours
    book = cells("theirs.xlsx")
    assert cells(io.BytesIO(body)) == book
    sheet = next(iter(book.values()))
    conclusion = [line[0] for line in sheet[3:6]]
    assert all(line in done.stderr for line in conclusion)
    assert all(line in html.unescape(page) for line in conclusion)
    header = next(number for number, line in enumerate(sheet) if line[0] == "Place")
    left_out = sheet[header].index("Currency")
    wanted = [[value for at, value in enumerate(line) if at != left_out] for line in sheet[header + 1 :]]
    shown = rows_of(page)
    assert len(shown) == len(wanted)
    for ours_row, theirs in zip(shown, wanted, strict=True):
        for cell, value in zip(ours_row, theirs, strict=True):
            text = cell.replace(",", "")
            assert (
                (float(text) == pytest.approx(value, abs=0.005))
                if isinstance(value, int | float)
                else cell == (value or "")
            )


def test_a_tag_is_tied_with_a_click(window, read):
    """The tie is the command's, and can be removed."""
    page = window.get(f"{read}/results").text
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if 'value="tag"' in one)
    text = html.unescape(re.search(r'name="text" value="(.*?)"', form)[1])
    place = re.search(r'<option value="([^"]+)" selected', form)[1]
    window.post(f"{read}/results/tie", {"kind": "tag", "text": text, "place": place})
    assert [(one.text, one.kind) for one in ties_of(open_ledger("outreach.db").database)] == [(text, "tag")]
    assert 'id="tag-title"' not in window.get(f"{read}/results").text
    assert text in run("track", "--ties").stdout
    window.post(f"{read}/results/remove", {"what": "tie.1"})
    assert not ties_of(open_ledger("outreach.db").database)
    window.post(f"{read}/results/tie", {"kind": "tag", "text": text, "place": ""})
    window.post(f"{read}/results/tie", {"kind": "tag", "text": text, "place": "vk:nobody"})
    window.post(f"{read}/results/tie", {"kind": "tag", "text": "anna@example.org", "place": place})
    found = notes(window.get(f"{read}/results").text)
    assert found[-3] == "Choose the place first."
    assert "vk:nobody" in found[-2]
    assert "is not kept" in found[-1]


def test_answers_are_tied_and_counted_as_said(window, read):
    """They stand on the page until then, and in no database."""
    window.send(f"{read}/results/files", ("asked.csv", ASKED))
    page = window.get(f"{read}/results").text
    assert "a friend" in page
    assert "Said" not in page
    assert b"a friend" not in Path("outreach.db").read_bytes()
    window.post(f"{read}/results/tie", {"kind": "answer", "text": "Contentoodlery", "place": "facebook:contentoodlery"})
    page = window.get(f"{read}/results").text
    assert "Said" in page
    assert 'value="Contentoodlery"' not in page
    assert "a friend" in page


def test_files_that_are_dropped(window, written):
    """One that nobody knows is put aside and says why; names lead nowhere else; one of known days is asked about."""
    log = Path("results/access.log").read_bytes()
    window.send(f"{written}/results/files", ("bad.csv", b"a,b\n1,2\n"), ("../../evil/access.log", log))
    found = notes(window.get(f"{written}/results").text)
    assert any("no reader recognises this file" in note for note in found)
    assert not Path("results/bad.csv").exists()
    assert Path("results/evil/access.log").exists()
    assert [one[0] for one in imports()] == ["access-log"]
    answer = window.send(f"{written}/results/files", ("part.log", log[:6000]))
    page = window.get(answer.headers["location"]).text
    assert "part.log speaks of days that were read before" in page
    window.post(f"{written}/results/leave-out", {"file": "part.log"})
    assert not Path("results/part.log").exists()
    answer = window.send(f"{written}/results/files", ("part.log", log[:6000]))
    assert window.post(f"{written}/results/read", {"file": "part.log"}).headers["location"].endswith("/results")
    assert window.post(f"{written}/results/leave-out", {"file": "../outreach.toml"}).status == 303
    assert Path("outreach.toml").exists()


def test_a_folder_of_known_days(window, written):
    """Files that meet on a day are read together when that is said."""
    log = Path("results/access.log").read_bytes()
    for path in Path("results").iterdir():
        path.unlink()
    Path("results/part.log").write_bytes(log[:6000])
    window.post(f"{written}/results/read")
    Path("results/part.log").write_bytes(log)
    address = window.post(f"{written}/results/read").headers["location"]
    page = window.get(address).text
    assert "The folder speaks of days that were read before" in page
    assert "Leave it out" not in page
    window.post(f"{written}/results/read", {"file": "*"})
    assert rows_of(window.get(f"{written}/results").text)


def test_numbers_that_are_typed(window, written):
    """They stand in the sheet of ``track --template``; typed again they take their own place."""
    ledger = open_ledger("outreach.db")
    one, two = ledger.placements()[:2]
    window.post(
        f"{written}/results/type",
        {
            f"{one.id}.visits": "30",
            f"{one.id}.conversions": "7",
            f"{two.id}.cost": "12.50",
            f"{two.id}.currency": "EUR",
        },
    )
    page = window.get(f"{written}/results?typing=1").text
    assert f'name="{one.id}.visits" value="30"' in page
    assert typed_results("results.xlsx")[two.natural] == {"cost": "12.50", "currency": "EUR"}
    row = next(line for line in rows_of(page) if "30" in line)
    assert "7" in row
    window.post(f"{written}/results/type", {f"{one.id}.visits": "40", f"{one.id}.conversions": ""})
    page = window.get(f"{written}/results").text
    assert next(line for line in rows_of(page) if "40" in line)
    assert typed_results("results.xlsx")[one.natural] == {"visits": "40"}
    assert [kind for _, _, kind, _ in imports()] == [""]
    window.post(f"{written}/results/type", {f"{one.id}.visits": "many"})
    assert any("not a number" in note for note in notes(window.get(f"{written}/results").text))
    cleared = {f"{number}.visits": "" for number in (one.id, two.id)}
    window.post(f"{written}/results/type", cleared | {f"{two.id}.cost": "", f"{two.id}.currency": ""})
    assert not imports()
    assert run("track", "--template", "-o", "results.xlsx").stderr.count("0 posts added") == 1


def test_a_link_that_was_changed_by_hand(window, written):
    """The right one can be copied; the wrong one is tied with a click."""
    one = open_ledger("outreach.db").placements()[1]
    path = next(path for path in Path("drafts").iterdir() if one.final_url in path.read_text("utf-8"))
    path.write_text(path.read_text("utf-8").replace(f"{one.utm_content}\n", "mine\n"), "utf-8")
    page = html.unescape(window.get(f"{written}/results").text)
    if "changed by hand" not in page:
        pytest.fail(path.read_text("utf-8"))
    assert one.final_url in page
    window.post(f"{written}/results/tie", {"kind": "tag", "text": "mine", "place": one.utm_content})
    assert "changed by hand" not in window.get(f"{written}/results").text


def test_nothing_is_there(window):
    """Without a brief, a post and a file the page says what comes first."""
    home = window.post("/new", {"client": "Zobi"}).headers["location"][:-6]
    assert "Write the texts first" in window.get(f"{home}/results").text
    assert window.get(f"{home}/results/report.xlsx").status == 422
    for path, fields in (("read", {}), ("type", {"1.visits": "3"}), ("tie", {"kind": "tag", "text": "a", "place": "b"}),
                         ("remove", {"what": "tie.9"}), ("remove", {"what": "x"})):  # fmt: skip
        assert window.post(f"{home}/results/{path}", fields).status == 303
    assert len([note for note in notes(window.get(f"{home}/results").text) if note]) == 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language(window, read, language):
    """The conclusion is the command's in that language, and no customer is named."""
    page = window.get(f"{read}/results", Accept_Language=language).text
    told = run("track", "-o", f"{language}.xlsx", "--language", language).stderr
    first = html.unescape(re.search(r"<h1>(.*?)</h1>", page)[1])
    assert first in told
    names = {line.split(",")[0] for line in Path("lists/likes.csv").read_text("utf-8").splitlines()[1:]}
    assert not [name for name in names if name in page]
