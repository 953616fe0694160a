"""The page of the ranking shows what ``outreach rank`` writes."""

from __future__ import annotations

import csv
import html
import io
import re
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.campaign.ledger import Placement, open_ledger
from outreach.cli import main
from outreach.engine import Engine
from outreach.errors import OptionError
from outreach.likes import following_any, read
from outreach.ranking import rank
from outreach.ranking.shown import View, counts_of, show
from outreach.sheet.facts import read_sheet
from tests.examples import examples


@pytest.fixture
def sample(app, monkeypatch):
    """Give the pages of the sample, and go into its folder."""
    path = app.sample()
    monkeypatch.chdir(app.campaigns.desk(path.removeprefix("/c/")).folder)
    return path


def by_command(*options):
    """Return the rows that the command writes, and its whole output."""
    done = CliRunner().invoke(main, ["rank", "--format", "csv", *options])
    assert done.exit_code == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout))), done


def rows_of(page):
    """Return rank, name and customers of the rows of a page."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = []
    for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        cells = [
            html.unescape(re.sub(r"<[^>]+>", "", cell)).strip()
            for cell in re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL)
        ]
        found.append((int(cells[1]), cells[2], cells[4], cells[6].replace(",", "")))
    return found


def of_command(rows):
    return [
        (int(row["rank"]), row["name"], f"{row['overlap']} of {row['listed']}", row["subscribers"] or "unknown")
        for row in rows
    ]


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", []),
        ("?f=1&platform=vk&platform=telegram&unknown=1", ["--platform", "vk", "--platform", "telegram"]),
        ("?f=1&size=0&unknown=1&least=3", ["--min-subscribers", "0", "--min-overlap", "3"]),
        ("?f=1&size=20000", ["--min-subscribers", "20000", "--unknown-size", "drop"]),
        ("?f=1&posts=not-no&unknown=1", ["--accepts-posts", "not-no"]),
    ],
)
def test_the_table_is_that_of_the_command(window, sample, query, options):
    """The same places in the same order, with the same numbers, whatever is filtered; what is hidden is counted."""
    columns = "&col=platform&col=overlap&col=range&col=subscribers" if query else ""
    page = window.get(f"{sample}/ranking{query}{columns}").text
    rows, done = by_command(*options)
    assert [(rank, customers, size) for rank, _, customers, size in rows_of(page)] == [
        (rank, customers, size) for rank, _, customers, size in of_command(rows)
    ]
    assert {name for _, name, _, _ in of_command(rows) if name} <= {name for _, name, _, _ in rows_of(page)}
    assert f"{len(rows)} place" in page
    hidden = re.findall(r"Hidden: (\d+) ", done.stderr)
    assert [number for number in hidden if f"{number};" not in page and f"{number} " not in page] == []


def test_the_page_says_what_ten_more_customers_would_change(window, sample):
    """As ``rank --stability`` does, of what the filters leave."""
    for query, options in (
        ("", []),
        ("?f=1&platform=vk&least=4&unknown=1", ["--platform", "vk", "--min-overlap", "4"]),
    ):
        assert 'id="advice"' not in window.get(f"{sample}/ranking{query}").text  # the page does not wait for it
        page = window.get(f"{sample}/ranking/certain{query}").text
        said = html.unescape(re.search(r'<p id="advice">(.*?)</p>', page)[1])
        rows, done = by_command("--stability", *options)
        assert said in done.stderr.replace("\n", " ")
        chances = [int(one) for one in re.findall(r"<li>.*?: (\d+) %</li>", page)]
        assert chances == [round(100 * float(row["in_top_five"])) for row in rows[:10] if row["in_top_five"]]
        assert said in html.unescape(window.get(f"{sample}/ranking{query or '?'}&sure=1").text)
    assert "only" in said


def test_an_export_is_the_commands_file(window, sample, tmp_path):
    """Byte by byte, and of what is shown."""
    for form in ("csv",):
        path = tmp_path / f"ranking.{form}"
        by_command("--platform", "telegram", "-o", str(path))
        assert (
            window.get(f"{sample}/ranking.{form}?f=1&platform=telegram&size=5000&unknown=1").body == path.read_bytes()
        )
    text = window.get(f"{sample}/ranking.csv?text=SMM&sort=subscribers&down=1").text
    sizes = [int(row["subscribers"]) for row in csv.DictReader(io.StringIO(text))]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) == 3
    from openpyxl import load_workbook

    book = load_workbook(
        io.BytesIO(window.get(f"{sample}/ranking.xlsx?f=1&platform=vk&unknown=1", Accept_Language="ru").body)
    )
    assert len(list(book["ranking"].rows)) == len(by_command("--platform", "vk")[0]) + 1


def test_taking_places_is_what_resources_does(app, window, sample):
    """The ticked places, and no others, stand in the sheet; taken again they are there already."""
    desk = app.campaigns.desk(sample.removeprefix("/c/"))
    keys = [row["resource"] for row in by_command()[0]][:3]
    assert window.post(f"{sample}/ranking/take", [("take", key) for key in keys]).status == 303
    assert "3 places added to sheet.xlsx; 0 were in it already." in window.get(f"{sample}/ranking").text
    ours = read_sheet(desk.folder / "sheet.xlsx")
    assert {fact.key for fact in ours.facts} == set(keys)
    assert CliRunner().invoke(main, ["resources", "-o", "other.xlsx", "--top", "0"]).exit_code == 0
    theirs = {fact.key: dict(fact.cells) for fact in read_sheet(desk.folder / "other.xlsx").facts}
    assert {fact.key: dict(fact.cells) for fact in ours.facts} == {key: theirs[key] for key in keys}
    window.post(f"{sample}/ranking/take", [("take", key) for key in [*keys, "vk:nobody"]])
    assert "0 places added to sheet.xlsx; 4 were in it already." in window.get(f"{sample}/ranking").text
    window.post(f"{sample}/ranking/take", {})
    assert "No place is ticked" in window.get(f"{sample}/ranking").text


def test_places_that_take_no_posts_are_not_ticked(app, window, sample):
    """What the sheet or the ledger speaks against is left to the user; the next places take their turn."""
    desk = app.campaigns.desk(sample.removeprefix("/c/"))
    keys = [row["resource"] for row in by_command()[0]][:7]

    def ticked():
        page = window.get(f"{sample}/ranking").text
        return re.findall(r'name="take" value="([^"]+)" [^>]*? checked', page)

    assert ticked() == keys[:5]
    header = "resource,accepts posts\n"
    (desk.folder / "sheet.xlsx").unlink(missing_ok=True)
    (desk.folder / "places.csv").write_text(f"{header}{keys[0]},нет\n{keys[1]},да\n", "utf-8")
    settings_file = desk.folder / "outreach.toml"
    settings_file.write_text(settings_file.read_text("utf-8").replace("sheet.xlsx", "places.csv"), "utf-8")
    ledger = open_ledger("outreach.db")
    refused = {"campaign": "x", "url": "https://a.example", "final_url": "https://a.example"}
    ledger.put([Placement(resource=keys[2], status="declined", **refused)])
    assert ticked() == [keys[1], *keys[3:7]]


def test_a_small_place_that_many_follow_is_not_hidden_quietly(window):
    """Where the smallest size hides one of the first places, a note says so before the table, until it is shown."""
    path = window.post("/new", {"client": "Zobi", "own": "t.me/zobi", "currency": "EUR"}).headers["location"][:-6]
    rows = "".join(f"C{one},t.me/small,Small,900\nC{one},t.me/large,Large,9000\n" for one in range(3))
    window.send(f"{path}/lists/files", ("likes.csv", b"customer,resource,name,subscribers\n" + rows.encode()))
    page = window.get(f"{path}/ranking").text
    note = page.partition('<p id="hidden-first"')[2].partition("</p>")[0]
    assert "the first of them is Small, 3 of 3" in note
    assert page.index('id="hidden-first"') < page.index('class="ranking"')
    address = html.unescape(re.search(r'href="([^"]+)"', note)[1])
    shown = window.get(f"{path}/ranking{address}").text
    assert "hidden-first" not in shown
    assert [name for _, name, _, _ in rows_of(shown)] == ["Large", "Small"]


def test_the_sheet_changes_the_ranking_as_for_the_command(window, sample, app):
    """A size that was typed into it counts, and a place that it excludes is gone."""
    keys = [row["resource"] for row in by_command()[0]][:2]
    window.post(f"{sample}/ranking/take", [("take", key) for key in keys])
    from openpyxl import load_workbook

    path = app.campaigns.desk(sample.removeprefix("/c/")).folder / "sheet.xlsx"
    book = load_workbook(path)
    sheet = next(one for one in book if one.max_row > 2)
    headers = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)}
    row = next(cell.row for line in sheet.iter_rows() for cell in line if cell.value == keys[0])
    sheet.cell(row, next(at for name, at in headers.items() if "xclude" in name)).value = "yes"
    book.save(path)
    assert rows_of(window.get(f"{sample}/ranking").text)[0][1:3] == of_command(by_command()[0])[0][1:3]
    assert "Left out by you: 1 place" in window.get(f"{sample}/ranking").text


def test_the_panel_tells_what_who_tells(app, window, sample):
    """Addresses, aliases, why, and the customers; nobody else's."""
    key = by_command()[0][0]["resource"]
    page = html.unescape(window.get(f"{sample}/ranking?place={key}").text.partition("<aside")[2])
    from outreach.ranking import who

    ranked = app.campaigns.desk(sample.removeprefix("/c/")).ranked()
    names = who(ranked.likes, key)
    assert len(names) == 7
    assert all(f"<li>{name}</li>" in page for name in names)
    assert "7 of the 12 customers whose Instagram lists were read" in page
    unknown = window.get(f"{sample}/ranking?place=vk:nobody")
    assert "The filters hide it" in unknown.text


def test_the_ticked_places_reach_customers(window, sample):
    """The sentence beside the button follows the ticks."""
    keys = [row["resource"] for row in by_command()[0]]
    asked = "&".join(f"take={key}" for key in keys[:2])
    taking = window.get(f"{sample}/ranking/ticked?{asked}").text
    assert "9 of 12 customers asked follow at least one of these 2" in taking
    assert "Take this 1" in window.get(f"{sample}/ranking/ticked?take={keys[0]}").text
    assert "No place is ticked" in window.get(f"{sample}/ranking/ticked").text


def test_rules_stand_between_different_counts(window, sample):
    """Of equals none is above the other; in another order there are no rules."""
    page = window.get(f"{sample}/ranking").text
    counts = [customers.partition(" ")[0] for _, _, customers, _ in rows_of(page)]
    changes = sum(one != other for one, other in pairwise(counts))
    assert page.count('class="ruled"') == changes
    assert 'class="ruled"' not in window.get(f"{sample}/ranking?sort=name").text


def test_many_places_are_paged(window, campaign_of_many):
    """A hundred a page; the last page is the end, and so is what lies behind it."""
    page = window.get(f"{campaign_of_many}/ranking?page=3").text
    assert "Page 3 of 3" in page
    assert len(rows_of(page)) == 50
    assert rows_of(window.get(f"{campaign_of_many}/ranking?page=99").text) == rows_of(page)


@pytest.fixture
def campaign_of_many(window):
    path = window.post("/new", {"client": "Many"}).headers["location"][:-6]
    rows = "".join(f"A,t.me/zelvorika{number:03},{9000 + number}\n" for number in range(250))
    window.send(f"{path}/lists/files", ("likes.csv", f"customer,resource,subscribers\n{rows}".encode()))
    return path


def test_nonsense_in_an_address_is_told(window, sample):
    """Whoever types into the address bar gets a page."""
    assert "sort must be one of" in window.get(f"{sample}/ranking?sort=evil").text
    for query in ("page=-1", "page=x", "f=1&size=9999999999999999999999", "f=1&least=0", "place=", "f=1&platform="):
        assert window.get(f"{sample}/ranking?{query}").status == 200
    assert window.get(f"{sample}/ranking?f=1&platform=nowhere").status == 422
    assert window.get(f"{sample}/ranking?f=1&posts=maybe").status == 422


NAMES = st.sampled_from(["SMM Riga", "Рига", "РИГА life", "Ρίγα", "riga", ""])


@settings(max_examples=examples(60))  # each opens an engine
@given(st.lists(st.tuples(st.sampled_from("ABC"), NAMES, st.integers(1, 9)), min_size=1, max_size=8), NAMES, NAMES)
def test_what_is_shown_agrees_with_python(tmp_path_factory, likes, text, without):
    """Searching in Python finds the same rows."""
    path = tmp_path_factory.mktemp("likes") / "likes.csv"
    lines = [f"{who},t.me/zelvorika{number},{name}" for who, name, number in likes]
    path.write_text("\n".join(["customer,resource,name", *lines, "D,t.me/zelvorika0,x"]), "utf-8")
    with Engine() as engine:
        ranked = rank(read(engine, [path])).table
        found = [row["resource"] for row in show(ranked, View(text=text, without=without)).head()]
        wanted = [
            row["resource"]
            for row in ranked.head()
            if text.lower() in f"{row['name'] or ''} {row['resource']}".lower()
            and not (without and without.lower() in f"{row['name'] or ''} {row['resource']}".lower())
        ]
    assert found == wanted


def test_orders_and_counts():
    """What is missing stays at the end; counts are of all places."""
    with pytest.raises(OptionError):
        View(sort="resource; drop table x")
    with Engine() as engine:
        path = engine.folder / "likes.csv"
        path.write_text(
            "customer,resource,subscribers,topic\nA,t.me/zelvorika,5\nA,t.me/plumbariq,,x\nB,vk.com/club7,7,x\n"
        )
        likes = read(engine, [path])
        ranked = rank(likes).table
        counts = counts_of(likes)
        assert counts.platforms == (("telegram", 2), ("vk", 1))
        assert counts.topics == (("x", 2),)
        assert following_any(likes, ["vk:club7", "telegram:zelvorika", "x:nobody"]) == 2
        for down in (False, True):
            sizes = [row["subscribers"] for row in show(ranked, View(sort="subscribers", descending=down)).head()]
            assert sizes[-1] is None
