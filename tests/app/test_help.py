"""The manual in the app: every chapter is a page, every link of it leads somewhere, nothing foreign gets through."""

from __future__ import annotations

import re

from outreach.app.render import HELPED, help_address
from outreach.messages import LANGUAGES
from outreach.reporting import manual
from outreach.reporting.manual import chapter, chapters, sources


def all_chapters():
    return {name: chapter(name, lambda one: f"/{one}") for name in chapters()}


def test_links_lead_to_chapters_and_their_parts():
    """No link is dead, and no anchor stands twice in a chapter."""
    found = all_chapters()
    assert len(found) > 25
    ids = {name: re.findall(r' id="([^"]+)"', one.html) for name, one in found.items()}
    assert [name for name, some in ids.items() if len(some) != len(set(some))] == []
    for name, one in found.items():
        for address in re.findall(r'href="([^"]+)"', one.html):
            if not address.startswith("https://"):
                target, _, part = address.partition("#")
                assert not part or part in ids[target.removeprefix("/") or name], (name, address)


def test_nothing_but_text_gets_through(tmp_path, monkeypatch):
    """Raw HTML, pictures and addresses of other kinds are left out; code stays text."""
    (tmp_path / "index.md").write_text(
        "# A <b>title</b>\n\n<!-- cog -->\n<script>alert(1)</script>\n\n[x](javascript:alert(1)) "
        "[y](../../etc/passwd.md) ![z](https://example.org/z.png)\n\n```{raw} html\n<script>alert(2)</script>\n```\n\n"
        "```sh\n<script>3\n```\n\n"
        "word\n: what it *means*\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(manual, "sources", lambda: tmp_path)
    manual.chapters.cache_clear()
    try:
        shown = chapter("index", str)
    finally:
        manual.chapters.cache_clear()
    assert shown.title == "A title"
    assert shown.html == (
        '<h1 id="a-title">A title</h1>\n<p>[x](javascript:alert(1)) <a>y</a> </p>\n'
        '<pre tabindex="0"><code>&lt;script&gt;3\n</code></pre>\n'
        "<dl>\n<dt>word</dt><dd>what it <em>means</em></dd></dl>\n"
    )


def test_the_help_of_a_page_begins_with_its_part(app, window):
    """In the language of the page, if that has the chapter; what is no chapter is not found."""
    found = all_chapters()
    for language in LANGUAGES:
        for name in (*HELPED, ""):
            target, _, part = help_address(name, language).removeprefix("/help/").partition("#")
            assert not part or f'id="{part}"' in found[target].html, (language, name)
    sample = app.sample()
    text = window.get(f"{sample}/lists").text
    assert f'href="{sample}/help/howto/app#lists"' in text
    text = window.follow(f"{sample}/help").text
    assert f'href="{sample}/help/howto/index"' in text
    assert '<h2 id="lists">' in text
    assert window.get(f"{sample}/help", Accept_Language="ru").headers["location"] == f"{sample}/help/ru/app"
    for wrong in ("/help/nowhere", "/help/..%2f..%2fREADME", "/help/reference/python", "/c/none/help/start"):
        assert window.get(wrong).status == 404
    assert window.get("/help/glossary").status == 200


def test_it_is_small():
    """All chapters together; the wheel carries them."""
    assert sum(path.stat().st_size for path in chapters().values()) < 1_000_000
    assert sources() is not None
