"""The page as a client sees it: in Chromium, offline, by keyboard, on paper."""

import csv
import io
import os
import re
import shutil

import pypdf
import pytest
from click.testing import CliRunner

from outreach.cli import main
from outreach.messages import LANGUAGES
from tests.examples import ALL

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = os.environ.get("OUTREACH_TEST_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
READ = LANGUAGES if ALL else ("en", "ru", "hy")
"""All languages every week: Armenian has the longest words."""
BROKEN = """() => [...document.querySelectorAll("tr, .tile, figure")].filter(
  (one) => getComputedStyle(one).breakInside !== "avoid").length"""


@pytest.mark.slow
def test_a_client_reads_it(clinic, unavailable):
    """Sorts, filters, chooses columns, saves what is shown, prints; in its languages, light, dark, narrow, wide."""
    if CHROMIUM is None:
        unavailable("reading the page needs Chromium")
    from axe_playwright_python.sync_playwright import Axe

    _share(clinic)
    for language in READ:
        words = ("likes.csv", "--db", "outreach.db", "--month", "2026-11", "--language", language, "-o")
        assert CliRunner().invoke(main, ("report", *words, f"{language}.html")).exit_code == 0
    faults = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for at, language in enumerate(READ):
            context = browser.new_context(
                viewport={"width": (320, 1600)[at % 2], "height": 900}, color_scheme=("light", "dark")[at // 2 % 2]
            )
            page = context.new_page()
            page.on("console", lambda told: faults.append(told.text))
            page.on("pageerror", lambda err: faults.append(str(err)))
            page.on("request", lambda asked: None if asked.url[:4] in ("file", "blob") else faults.append(asked.url))
            page.goto(f"file://{clinic}/{language}.html")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            if language == "en":
                _works(page, clinic)
                _walks(page)
            heads = page.locator("h2").all_inner_texts()
            column = page.locator("#table-ranking thead th").nth(1).inner_text()
            page.emulate_media(media="print", color_scheme="light")
            assert page.evaluate(BROKEN) == 0
            _prints(page.pdf(prefer_css_page_size=True), heads, column)
            context.close()
        browser.close()
    assert faults == []


def _share(folder):
    """Let customers of a kind share places, so that the map has ties."""
    rows = csv.DictReader((folder / "likes.csv").read_text(encoding="utf-8").splitlines())
    places = {row["resource"]: (row["name"], row["subscribers"]) for row in rows}
    with (folder / "likes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("customer", "resource", "name", "subscribers"))
        for who in range(21):
            for at, (key, facts) in enumerate(places.items()):
                if at % 3 == who % 3 or (who + at) % 7 == 1:
                    writer.writerow((f"Customer {who}", key, *facts))


def _walks(page):
    """The map by keyboard: one stop for the tabulator, arrows between places, a choice that stays, a way out."""
    places = page.locator("section.map .place")
    assert places.count() > 5
    assert page.locator("section.map .place[tabindex='0']").count() == 1
    page.locator("section.map .picture").focus()
    page.keyboard.press("Tab")
    shown = page.locator("section.map [role=status]")
    now = page.locator("section.map .place:focus")
    first = now.get_attribute("aria-label")
    assert shown.inner_text() == first
    walked = {first}
    for key in [one for one in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp") for _ in range(4)]:
        page.keyboard.press(key)
        walked.add(now.get_attribute("aria-label"))
    assert len(walked) > 3
    page.keyboard.press("Enter")
    assert now.get_attribute("aria-pressed") == "true"
    faint = page.locator("section.map .place[opacity]").count()
    near = now.get_attribute("data-near").split()
    assert faint == places.count() - len(near) - 1
    page.keyboard.press("Escape")
    assert page.locator("section.map .place[opacity]").count() == 0
    page.keyboard.press("Tab")
    assert now.count() == 0


def _prints(content, heads, column):
    """No row ends on another sheet than it begins, no heading is the last on its sheet, tables have one on each."""
    sheets = [" ".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert len(sheets) > 2
    assert sum(map(len, sheets)) > 2000
    assert sum(column in one for one in sheets) > 2
    for sheet in sheets:
        assert not sheet.endswith(tuple(" ".join(one.split()) for one in heads)), sheet[-200:]
        rows = sheet.replace(" ", "")
        assert len(re.findall('</script>"?x{20,}', rows)) == len(re.findall("x{20,}", rows)), sheet


def _works(page, folder):
    table = page.locator("#table-ranking")
    header = table.locator("thead button", has_text="Share")
    header.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert table.locator("th[aria-sort=ascending]").inner_text() == "Share"
    shares = [float(one.get_attribute("data-value")) for one in table.locator("td:nth-child(5)").all()]
    assert shares == sorted(shares)
    tools = page.locator("section.ranking .tools")
    tools.get_by_role("searchbox").fill("x 17")
    tools.locator("summary").click()
    tools.get_by_role("checkbox", name="Platform").uncheck()
    page.keyboard.press("Escape")
    with page.expect_download() as waiting:
        tools.get_by_role("button", name="Save as CSV").click()
    waiting.value.save_as(folder / "saved.csv")
    head, *rows = list(csv.reader((folder / "saved.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert "Platform" not in head
    visible = table.locator("tbody tr:visible").count()
    assert len(rows) == visible == 1
    assert tools.get_by_role("status").inner_text().startswith("1 of ")
