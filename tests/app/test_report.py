"""The page Report gives what ``outreach report`` writes, and nothing that is put into it acts on anything."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.app.guard import POLICY
from outreach.app.pages import MOST_BYTES
from outreach.campaign.ledger import open_ledger
from outreach.campaign.settings import read_campaign
from outreach.cli import main
from outreach.messages import LANGUAGES
from outreach.reporting.client_page import SECTIONS

PNG = b"\x89PNG\r\n\x1a\n" + b"made up"
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(1)"> [x](javascript:alert(1)) ![y](https://evil.example/y.png)\n'
    "</textarea><iframe src=//evil.example></iframe> {{7*7}} [z](data:text/html,x)\n"
)
ATTACKS = ("<script>alert", "<img src=x", "<iframe src=//", 'href="javascript', 'href="data:', 'src="https://evil')


@pytest.fixture
def read(app, window, monkeypatch):
    """Give the pages of the sample with results, and go into its folder."""
    path = app.sample()
    desk = app.campaigns.desk(path.removeprefix("/c/"))
    monkeypatch.chdir(desk.folder)
    keys = [row["resource"] for row in desk.ranked().ranking.table.head(5)]
    window.post(f"{path}/ranking/take", [("take", key) for key in keys])
    window.post(f"{path}/texts/write")
    assert window.post(f"{path}/results/read").status == 303
    return path


@pytest.fixture
def new(app, monkeypatch):
    """Give the pages of a campaign without anything, and go into its folder."""
    app.campaigns.create("Zobi", {}, "en")
    monkeypatch.chdir(app.campaigns.known()[0].folder)
    return f"/c/{app.campaigns.known()[0].id}"


def by_command(*options):
    done = CliRunner().invoke(main, ["report", *options])
    assert done.exit_code == 0, done.stderr
    return Path(options[1]).read_bytes()


def field(page, name):
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def area(page, name):
    return html.unescape(re.search(rf'<textarea id="words-{name}".*?>\n(.*?)</textarea>', page, re.DOTALL)[1])


def keep(window, path, **words):
    """Save own words as the page does."""
    seen = field(window.get(f"{path}/report").text, "seen")
    return window.post(f"{path}/report/words", {"query": "f=1&section=map", "seen": seen, **words})


def logo(window, path, content, name="x.exe"):
    body = (
        f'--m\r\ncontent-disposition: form-data; name="logo"; filename="{name}"\r\n\r\n'.encode()
        + content
        + b"\r\n--m--\r\n"
    )
    return window.ask("POST", f"{path}/report/logo", body, Content_Type="multipart/form-data; boundary=m")


@pytest.mark.slow
def test_the_files_are_the_commands(window, read, tmp_path):
    """Byte by byte, with own words, a logo, a month, sections, another language; the preview is the same page."""
    assert (
        keep(window, read, intro="A **good** month.\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |", outro="Tak.").status
        == 303
    )
    assert logo(window, read, PNG).status == 303
    assert Path("intro.md").read_bytes().startswith(b"A **good** month.\n\n| a")
    assert read_campaign(Path("outreach.toml").absolute()).settings.logo == "logo.png"
    own = ["--intro", "intro.md", "--outro", "outro.md"]
    asked = [
        ("", [], ("html", "xlsx")),
        ("f=1&month=2026-05&language=ru&section=places&section=conclusion&section=figures&owners=1",
         ["--month", "2026-05", "--language", "ru", "--sections", "conclusion,figures,places", "--with-owners"],
         ("md",)),
    ]  # fmt: skip
    for query, options, forms in asked:
        for form in forms:
            answer = window.get(f"{read}/report.{form}?{query}")
            assert answer.headers["content-disposition"].startswith("attachment")
            assert answer.body == by_command("-o", str(tmp_path / f"a.{form}"), *own, *options), (query, form)
    page = window.get(f"{read}/report?{query}").text
    made = window.get(f"{read}/report.html?{query}")
    preview = html.unescape(re.search(r'<iframe id="preview".*?src="([^"]+)"', page)[1])
    assert window.get(preview).body == made.body
    assert re.search(r"<h1[^>]*>(.*?)</h1>", page)[1] == re.search(r"<h1>(.*?)</h1>", made.text)[1]
    assert 'name="section" value="map" checked' not in page
    assert 'value="2026-05" selected' in page


def test_the_preview_may_do_what_it_says_itself_and_no_other_page_more(window, new):
    """Its header is its own policy; the page may frame it, all others frame nothing and are framed by nobody."""
    keep(window, new, intro="There is something to see.")
    answer = window.get(f"{new}/report/preview")
    own = html.unescape(re.search(r'Content-Security-Policy" content="([^"]+)"', answer.text)[1])
    assert answer.headers["content-security-policy"] == f"{own}; frame-ancestors 'self'"
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    page = window.get(f"{new}/report")
    assert page.headers["content-security-policy"] == f"{POLICY}; frame-src 'self'"
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in page.text
    for path in (
        "report.html",
        "report.md",
        "results",
        "today",
        "report/preview?month=x",
        "report?month=x",
        "report/x",
    ):
        answer = window.get(f"{new}/{path}")
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-frame-options"] == "DENY"
    for site in ("cross-site", "same-site"):
        assert window.get(f"{new}/report/preview", Sec_Fetch_Site=site, Sec_Fetch_Dest="iframe").status == 403
    Path("templates/report").mkdir(parents=True)
    Path("templates/report/page.html.j2").write_text("<script>alert(1)</script>{{ page.title }}", "utf-8")
    settings = Path("outreach.toml").read_text("utf-8")
    Path("outreach.toml").write_text(f'templates = "templates"\n{settings}', "utf-8")
    answer = window.get(f"{new}/report/preview")
    assert "<script>alert(1)</script>" in answer.text
    assert answer.headers["content-security-policy"] == f"{own}; frame-ancestors 'self'"  # the script is not in it


def test_hostile_words_and_choices_are_text(window, new):
    """Tags, links of other kinds, pictures: on the page, in the preview, in all addresses."""
    assert keep(window, new, intro=HOSTILE, outro=HOSTILE).status == 303
    window.post(f"{new}/report/words", {"intro": HOSTILE, "outro": "x", "seen": HOSTILE, "query": HOSTILE})
    asked = "%3Cscript%3Ealert(1)%3C/script%3E"
    for path in (
        "report", "report/preview", f"report?month={asked}", f"report?f=1&section={asked}&language={asked}",
        f"report/preview?month={asked}&seen={asked}", f"report.html?month={asked}", f"report.{asked}",
    ):  # fmt: skip
        text = window.get(f"{new}/{path}").text
        assert [one for one in ATTACKS if one in text] == [], path
    page = window.get(f"{new}/report").text
    assert area(page, "intro") == HOSTILE.strip() + "\n"
    back = window.post(f"{new}/report/undo", {"number": "x", "query": "month=2026-05\r\nX: y&language=zz"})
    assert back.headers["location"].startswith(f"{new}/report?f=1&month=2026-05")
    assert "x" not in back.headers


def test_words_are_kept_and_taken_back(window, new):
    """Undo brings back what was there; words that were changed meanwhile, or are too long, are not written over."""
    assert keep(window, new, intro="first", outro="").headers["location"].endswith("&section=map")
    keep(window, new, intro="", outro="second")
    assert (Path("intro.md").exists(), Path("outro.md").read_text("utf-8")) == (False, "second\n")
    assert [one.name[-8:] for one in Path("replaced").iterdir()] == ["intro.md"]
    for intro, outro in (("first\n", False), (None, False)):
        number = field(window.get(f"{new}/report").text, "number")
        assert window.post(f"{new}/report/undo", {"number": number}).status == 303
        assert window.get(f"{new}/report").text.count("data-note") == 1
        assert (Path("intro.md").read_text("utf-8") if Path("intro.md").exists() else None) == intro
        assert Path("outro.md").exists() == outro
    assert 'id="undo-it"' not in window.get(f"{new}/report").text
    seen = field(window.get(f"{new}/report").text, "seen")
    Path("intro.md").write_text("by hand", "utf-8")
    answer = window.post(f"{new}/report/words", {"intro": "mine", "outro": "", "seen": seen})
    assert (answer.status, area(answer.text, "intro")) == (422, "mine")
    assert "changed in another program" in answer.text
    assert Path("intro.md").read_text("utf-8") == "by hand"
    assert keep(window, new, intro="x" * 60_000).status == 422
    keep(window, new, intro="typed")
    number = field(window.get(f"{new}/report").text, "number")
    Path("intro.md").write_text("by hand again", "utf-8")
    window.post(f"{new}/report/undo", {"number": number})
    assert Path("intro.md").read_text("utf-8") == "by hand again"
    Path("intro.md").write_bytes(b"\xff\xfe\x00")
    assert window.get(f"{new}/report").status == 422
    if os.name != "nt":
        Path("intro.md").unlink()
        Path("intro.md").symlink_to("/etc/hostname")
        assert "outside the campaign" in window.get(f"{new}/report").text


def test_a_logo_is_a_picture_by_its_bytes(window, new):
    """What is none, or too large, is refused with the reason, whatever it is called; an older one comes back."""
    settings = Path("outreach.toml").read_bytes()
    for content in (b"<svg onload=alert(1)>", b"", b"GIF89a", PNG + b"x" * 200_000, b"MZ" + PNG):
        logo(window, new, content, "logo.png")
        assert "data-wrong" in window.get(f"{new}/report").text
    assert not Path("logo.png").exists()
    assert Path("outreach.toml").read_bytes() == settings
    Path("logo.png").write_bytes(b"a file of the user's own")
    logo(window, new, PNG, "../../evil.png")
    assert Path("logo.png").read_bytes() == PNG
    assert "data:image/png;base64" in window.get(f"{new}/report/preview").text
    logo(window, new, b"\xff\xd8\xff made up", "x")
    assert Path("logo.jpg").exists()
    assert "logo.jpg" in window.get(f"{new}/report").text
    assert window.post(f"{new}/report/logo", {"remove": "1"}).status == 303
    for name in ("logo.jpg", "logo.png", ""):
        window.post(f"{new}/report/undo", {"number": field(window.get(f"{new}/report").text, "number")})
        assert read_campaign(Path("outreach.toml").absolute()).settings.logo == name
    assert (Path("logo.png").read_bytes(), Path("logo.jpg").exists()) == (b"a file of the user's own", False)
    assert MOST_BYTES(f"{new}/report/logo") == 32 << 20
    assert MOST_BYTES(f"{new}/report/words") == 1 << 20


def test_an_empty_campaign_says_so(window, new):
    """Nothing is out: it says what can be sent, in every language; without lists there is nothing to look at."""
    page = window.get(f"{new}/report")
    assert (page.status, "Nothing to report yet: no post is out." in page.text) == (200, True)
    assert f'href="{new}/plan"' in page.text
    assert window.get(f"{new}/report?f=1").status == window.get(f"{new}/report.html").status == 200
    for language in LANGUAGES:
        page = window.get(f"{new}/report", Accept_Language=language).text
        assert page.count('name="section"') == len(SECTIONS)
    assert window.get("/c/none/report").status == window.get(f"{new}/report.exe").status == 404


def test_results_lead_here_and_owners_are_named_only_if_wanted(window, read):
    """The main button of Results; a report of posts has its months."""
    assert f'id="to-report" href="{read}/report"' in window.get(f"{read}/results").text
    page = window.get(f"{read}/report").text
    assert 'value="2026-05"' in page
    assert "Nothing to report yet" not in page
    assert 'name="owners" value="1" checked' not in page
    assert 'name="owners" value="1" checked' in window.get(f"{read}/report?owners=1").text
    assert open_ledger("outreach.db").placements()
