"""The client's page: its numbers are those of the commands, and nothing of others' acts in it."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from outreach.campaign.events import Event
from outreach.campaign.ledger import open_ledger
from outreach.campaign.ledger.imports import Import, Result
from outreach.cli import main
from outreach.errors import InputError, OptionError
from outreach.messages import LANGUAGES
from outreach.owners import Person, open_book
from outreach.reporting.client_page import PageOptions, Sources, client_page, month_of
from outreach.reporting.client_page.html import page_html
from outreach.reporting.client_page.logo import logo_in
from outreach.reporting.client_page.own_words import as_html, as_markdown
from outreach.tracking.base import Period
from outreach.tracking.month import cut
from tests.reporting.client_page.conftest import PLACES

NOVEMBER = ("report", "likes.csv", "--db", "outreach.db", "--month", "2026-11", "--client", "Zobi")


def run(*words):
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.stderr
    return done


class Tables(HTMLParser):
    """Collects the cells of tables: the number behind each, else its text."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.value, self.cell = {}, None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "table":
            self.rows = self.tables[attrs["id"]] = []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell, self.value = "", attrs.get("data-value")

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.rows[-1].append(self.cell if self.value is None else float(self.value))
            self.cell = None


def test_numbers_are_those_of_the_commands(clinic):
    run("report", "likes.csv", "--db", "outreach.db", "-o", "all.html")
    text = (clinic / "all.html").read_text(encoding="utf-8")
    tables = Tables(text).tables
    head, *rows = tables["table-places"]
    tracked = list(csv.DictReader(io.StringIO(run("track", "--db", "outreach.db", "--format", "csv").stdout)))
    paid = {row["resource"]: row for row in tracked if row["conversion_kind"] == "paid" and row["name"]}
    asked = {row["resource"]: row for row in tracked if row["conversion_kind"] == "enquiry" and row["name"]}
    shown = {row[0].partition(" · ")[0][:9]: dict(zip(head, row, strict=True)) for row in rows}
    assert len(shown) == len(paid) == 4
    for key, row in paid.items():
        cells = shown[row["name"][:9]]
        assert cells["Cost, EUR"] == float(row["cost"])
        assert cells["Visits"] == float(row["denominator"])
        assert cells["Enquiries"] == float(asked[key]["conversions"])
        assert cells["Customers"] == float(row["conversions"])
    each = sum(float(row["cost"]) for row in paid.values()) / sum(int(row["conversions"]) for row in paid.values())
    assert f'data-value="{each}"' in text
    head, *rows = tables["table-ranking"]
    ranked = list(csv.DictReader(io.StringIO(run("rank", "likes.csv", "--top", "0", "--format", "csv").stdout)))
    assert len(rows) == len(ranked)
    for row, one in zip(rows, ranked, strict=True):
        cells = dict(zip(head, row, strict=True))
        for header, column in (("Rank", "rank"), ("Share", "share"), ("Likely from", "share_low")):
            assert cells[header] == pytest.approx(float(one[column]), abs=1e-6)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_others_acts(clinic, language):
    """Names are text in every form and language; the same title stands in all three."""
    for form in ("html", "md", "xlsx"):
        run(*NOVEMBER, "--language", language, "-o", f"n.{form}")
    text = (clinic / "n.html").read_text(encoding="utf-8")
    assert text.count("<script>") == 1
    assert "\u202e" not in text
    assert "Customer 1" not in text
    assert "style=" not in text
    assert not re.search(r"(?:src|href)=\"(?!https://|data:image/)", text)
    assert "<script>alert" not in (clinic / "n.md").read_text(encoding="utf-8")
    title = re.search("<h1>(.*?)</h1>", text)[1]
    book = openpyxl.load_workbook(clinic / "n.xlsx")
    assert book.worksheets[0]["A1"].value == title
    assert len(book.worksheets) == 5


def test_sections_own_words_and_files(clinic):
    (clinic / "need.md").write_text("**Photos** [of](https://a.example) <b>", encoding="utf-8")
    done = run(*NOVEMBER, "-o", "n.html", "--need", "need.md", "--budget", "300 EUR", "--sections", "need,figures")
    text = (clinic / "n.html").read_text(encoding="utf-8")
    assert "<strong>Photos</strong>" in text
    assert "&lt;b&gt;" in text
    assert "October" in text
    assert '<table id="table-ranking"' not in text
    assert "November for Zobi: " in done.stderr
    run(*NOVEMBER, "-o", "n.html")  # a report of ours gives way to a new one
    (clinic / "other.html").write_text("<p>mine", encoding="utf-8")
    for words in (("-o", "other.html"), ("-o", "n.pdf"), (), ("-o", "n.html", "--without", "odd"),
                  ("-o", "n.html", "--logo", "likes.csv"), ("-o", "n.html", "--month", "2026-13")):  # fmt: skip
        assert CliRunner().invoke(main, (*NOVEMBER, *words)).exit_code in {1, 2, 3}
    assert (clinic / "other.html").read_text(encoding="utf-8") == "<p>mine"


def test_nothing_at_all_and_very_much(tmp_path, monkeypatch):
    page = client_page(Sources(), PageOptions(today=date(2026, 11, 30)))
    assert not page.parts
    assert "Not in this report" in page_html(page)
    monkeypatch.chdir(tmp_path)
    rows = (f"C{who},t.me/place{place},6000\n" for place in range(10_000) for who in range(1 + place % 2))
    (tmp_path / "many.csv").write_text("customer,resource,subscribers\n" + "".join(rows), encoding="utf-8")
    run("report", "many.csv", "-o", "many.html", "--top", "200")
    text = (tmp_path / "many.html").read_text(encoding="utf-8")
    assert len(text.encode()) < 500_000
    assert "The first 200 of 10,000 are shown." in text
    head, *rows = Tables(text).tables["table-ranking"]
    ranked = csv.DictReader(io.StringIO(run("rank", "many.csv", "--top", "200", "--format", "csv").stdout))
    for row, one in zip(rows, ranked, strict=True):
        cells = dict(zip(head, row, strict=True))
        assert [cells[name] for name in ("Rank", "Share")] == [float(one[name]) for name in ("rank", "share")]


def test_logo_and_words():
    assert logo_in(b"RIFF0000WEBPVP8 ").kind == "image/webp"
    for content in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"", b"\xff\xd8\xff" + b"0" * 200_000):
        with pytest.raises(InputError):
            logo_in(content)
    assert "<img" not in as_html("![x](https://a.example/x.png)")
    assert "href" not in as_html("[x](https://a@b.example) [y](data:text/html,1)")
    with pytest.raises(OptionError):
        PageOptions(today=date(2026, 11, 30), language="de")


def test_own_words_in_markdown(clinic):
    """No reader of the file shows a tag, a picture or a link elsewhere than a page would."""
    reader = MarkdownIt("commonmark", {"html": True})
    reader.validateLink = lambda _address: True
    hostile = (
        "<script>1</script>", "\\<b>", "[x\\](javascript:1)", "[x](<javascript:1>)", "1. [x]: javascript:1\n\n[x]",
        "> [x]:\n  data:1\n\n[x]", "![x](https://a.example)", "<javascript:1>", "\u2028```\n```\n<b>", "a\r<b>",
    )  # fmt: skip
    for text in hostile:
        assert not re.search("<(script|b|a|img)[ >]", reader.render(as_markdown(text))), text
    kept = "- **one** [x](https://a.example)\n\n```\n<b>\n```"
    assert as_markdown(kept) == kept
    (clinic / "intro.md").write_text("<b>Good</b> month", encoding="utf-8")
    run(*NOVEMBER, "-o", "n.md", "--intro", "intro.md")
    assert "&lt;b>Good" in (clinic / "n.md").read_text(encoding="utf-8")


def test_needs_are_of_the_month_and_the_campaign(clinic):
    """What other campaigns and months owe is no matter of this page, nor what was paid or answered since."""
    ledger = open_ledger("outreach.db")
    book = open_book("owners.db")
    riga, mamas, hayriga, _ = (key for key, _ in PLACES)
    owed = {"amount": 40.0, "currency": "EUR", "campaign": "autumn", "variant": ledger.placements()[0].variant}
    ledger.log([
        Event("invoiced", "2026-11-20", resource=riga, round=2, **owed),
        Event("paid", "2026-12-02", resource=riga, round=2, **owed | {"amount": 15.0}),
        Event("invoiced", "2026-10-20", resource=mamas, round=1, **owed),
        Event("invoiced", "2026-12-20", resource=mamas, round=2, **owed),
    ])  # fmt: skip
    book.write([Person(id="p1", name="Anna", places=(riga, "vk:elsewhere")), Person(id="p2", name="Bob")])
    book.log([
        Event("quoted", "2026-11-04", resource="vk:newplace", campaign="autumn"),
        Event("quoted", "2026-11-05", resource=mamas, campaign="autumn"),
        Event("replied", "2026-12-01", resource=mamas, campaign="autumn", answer="yes"),
        Event("quoted", "2026-11-05", resource="vk:elsewhere", campaign="others"),
        Event("agreed", "2026-11-05", resource="vk:elsewhere", **owed | {"campaign": "others", "variant": ""}),
    ])  # fmt: skip
    post = next(one for one in ledger.placements() if one.resource == hayriga)
    ledger.put([replace(post, id=None, round=3, cost=None, published_at="2026-11-25", utm_content="p2-more")])
    words = (*NOVEMBER, "--book", "owners.db", "--sections", "need,places", "-o", "n.md")
    run(*words)
    text = (clinic / "n.md").read_text(encoding="utf-8")
    needs = text[text.index("## What we need") :]
    assert "25 EUR" in needs.replace("\xa0", " ")
    assert "40 EUR" not in needs.replace("\xa0", " ")
    assert len(re.findall("elsewhere|Рижские мамы", needs)) == 0
    assert needs.count("newplace") == needs.count("Հայեր") == 1
    assert "Anna" not in text
    run(*words, "--with-owners")
    text = (clinic / "n.md").read_text(encoding="utf-8")
    assert "Anna" in text
    assert "Bob" not in text


DAYS = st.integers(0, 90).map(lambda day: date.fromordinal(date(2026, 1, 1).toordinal() + day).isoformat())
MONTHS = [month_of(f"2026-{month}") for month in (1, 2, 3, 4)]


@given(st.lists(st.tuples(DAYS | st.none(), st.integers(1, 9)), max_size=12), st.tuples(DAYS, DAYS) | st.none())
def test_months_add_up(rows, period):
    """Whatever has a day is in its month alone; the rest is whole in one month, or named in each that it touches."""
    start, end = sorted(period) if period else (None, None)
    entry = Import(id=1, sha256="", tool="x", source_name="x", grain="day", period_start=start, period_end=end)
    rows = [Result(import_id=1, day=day, denominator=count) for day, count in rows]
    cuts = [cut([entry], rows, month) for month in MONTHS]
    taken = [row for one in cuts for row in one.rows]
    dated = [row for row in rows if row.day]
    assert sorted(row for row in taken if row.day) == sorted(dated)
    undated = sum(row.denominator for row in rows if not row.day)
    counted = sum(row.denominator for row in taken if not row.day)
    uncut = [month for month, one in zip(MONTHS, cuts, strict=True) if one.uncut]
    assert counted == (undated if undated and not uncut else 0)
    whole = cut([entry], rows, Period(date(2026, 1, 1), date(2026, 12, 31)))
    assert len(whole.rows) == len(rows) if period else True
    for one in (replace(entry, grain="period", period_start="2026-01-20", period_end="2026-02-10"),):
        assert cut([one], [Result(import_id=1, denominator=1)], MONTHS[1]).uncut == (one,)
