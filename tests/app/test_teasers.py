"""The page of texts shows, writes and changes what ``outreach draft`` and ``outreach placements`` do."""

from __future__ import annotations

import html
import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.app.drafting import state_of
from outreach.campaign.ledger import open_ledger
from outreach.cli import main
from outreach.messages import LANGUAGES
from outreach.teasers.brief import read_brief
from outreach.teasers.draft_files import edited, kept_in, whose
from outreach.teasers.draft_names import Whose


@pytest.fixture
def sample(app, monkeypatch):
    """Give the pages of the sample, and go into its folder."""
    path = app.sample()
    monkeypatch.chdir(app.campaigns.desk(path.removeprefix("/c/")).folder)
    return path


@pytest.fixture
def taken(window, sample, app):
    """Give the pages of the sample with five places in its sheet."""
    ranked = app.campaigns.desk(sample.removeprefix("/c/")).ranked()
    keys = [row["resource"] for row in ranked.ranking.table.head(5)]
    window.post(f"{sample}/ranking/take", [("take", key) for key in keys])
    return sample


def run(*words):
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.stderr
    return done


def by_command():
    """Return the drafts as the command prints them."""
    return {one["resource"]: one for one in json.loads(run("draft", "--format", "json").stdout)}


def notes(page):
    found = re.findall(r'<p class="note.*?</p>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


def names(page):
    """Return the texts of a page by the names that its addresses call them."""
    return re.findall(r'id="chip-([^"]+)"', page)


def text_on(page):
    return html.unescape(re.search(r'<textarea id="text".*?>(.*?)</textarea>', page, re.DOTALL)[1])


def placed(name):
    return next(one for one in open_ledger("outreach.db").placements() if one.utm_content == name)


def file_of(one):
    """Return the file that holds the draft of a placement."""
    place = Whose(one.campaign, one.resource, one.round)
    return next(path for path in Path("drafts").glob("*.md") if whose(path.read_text("utf-8")) == place)


def test_nothing_is_there_yet(window):
    """A new campaign gets the form, filled in with what its settings say."""
    home = window.post("/new", {"client": "Zobi", "language": "ru"}).headers["location"][:-6]
    page = window.get(f"{home}/texts").text
    assert "Answer six questions about one article" in page
    assert 'value="Zobi"' in page
    assert 'value="ru"' in page
    assert window.post(f"{home}/texts/write").status == 303
    assert "No place is taken yet" in window.get(f"{home}/texts").text


def test_each_text_is_that_of_the_command(window, taken):
    """Text, link, length, limit and warnings, for every place; and so is what is written."""
    page = window.get(f"{taken}/texts").text
    assert len(names(page)) == 5
    assert "5 texts are new or changed" in page
    wanted = by_command()
    window.post(f"{taken}/texts/write")
    ours = {path.name: path.read_bytes() for path in Path("drafts").iterdir()}
    known = open_ledger("outreach.db").placements()
    seen = set()
    for name in names(page):
        shown = window.get(f"{taken}/texts?place={name}").text
        one = wanted[placed(name).resource]
        seen.add(one["resource"])
        assert text_on(shown) == one["text"]
        assert html.unescape(re.search(r'<code id="link".*?>(.*?)</code>', shown)[1]) == one["link"]
        assert f"{one['length']:,} of {one['limit']:,} characters" in shown
        body = " ".join(html.unescape(shown).split())
        assert all(warning in body for warning in one["warnings"])
    assert seen == set(wanted)
    Path("outreach.db").unlink()
    for path in Path("drafts").iterdir():
        path.unlink()
    run("draft")
    assert {path.name: path.read_bytes() for path in Path("drafts").iterdir()} == ours
    strip = [(one.natural, one.text, one.final_url, one.comment) for one in known]
    assert [
        (one.natural, one.text, one.final_url, one.comment) for one in open_ledger("outreach.db").placements()
    ] == strip


def test_the_brief_keeps_what_the_form_does_not_ask(window, taken):
    """Answers are read back by the command; notes and tables of the file stay."""
    before = Path("brief.toml").read_text("utf-8")
    answers = [("problem", "Late?\r\nAlways?"), ("problem", "Lost?"), ("problem", ""), ("solution", 'A "plan".'),
               ("bonus", ""), ("url", "https://example.org/a"), ("author", "Ann"), ("language", "en"),
               ("campaign", "Autumn")]  # fmt: skip
    assert window.post(f"{taken}/texts/brief", answers).status == 303
    assert "5 texts are written" in window.get(f"{taken}/texts").text
    brief = read_brief("brief.toml")
    assert (brief.problem, brief.solution, brief.bonus) == (("Late?\nAlways?", "Lost?"), ('A "plan".',), ())
    assert (brief.author, brief.campaign, brief.url) == ("Ann", "Autumn", "https://example.org/a")
    after = Path("brief.toml").read_text("utf-8")
    assert after[after.index("[short]") :] == before[before.index("[short]") :]
    told = [tomllib.loads(text) for text in (before, after)]
    assert {name for name in told[0] if told[0][name] != told[1].get(name)} <= {
        "problem", "solution", "bonus", "url", "author", "campaign", "language",
    }  # fmt: skip


@pytest.mark.parametrize("wrong", [{"url": "javascript:alert(1)"}, {"campaign": ""}, {"language": "English!"}])
def test_an_answer_that_cannot_be_used_changes_nothing(window, taken, wrong):
    """The page says why, keeps what was typed, and the brief stays."""
    before = Path("brief.toml").read_bytes()
    answers = {
        "problem": "Typed <b>here</b>",
        "solution": "Plan.",
        "url": "https://example.org/a",
        "campaign": "Autumn",
    }
    answer = window.post(f"{taken}/texts/brief", answers | wrong)
    assert answer.status == 422
    assert "Typed &lt;b&gt;here&lt;/b&gt;" in answer.text
    said = answer.text.partition("<main")[2]
    assert [one for one in ("brief.toml", "line ", "--no-input") if one in said] == []
    field = re.search(rf'name="{next(iter(wrong))}"[^>]*aria-invalid.*?class="fault"[^>]*>([^<]+)', said, re.DOTALL)
    assert field[1].strip()
    assert "line " not in window.post(f"{taken}/texts/preview", answers | wrong).text
    assert Path("brief.toml").read_bytes() == before


def test_an_address_may_be_typed_without_its_beginning(window, taken):
    """The page completes it, in the preview as in the brief, and shows that."""
    answers = {"problem": "Late?", "solution": "Plan.", "url": "example.org/a?b=1", "campaign": "Autumn"}
    assert "https://example.org/a?b=1&amp;utm_" in window.post(f"{taken}/texts/preview", answers).text
    assert window.post(f"{taken}/texts/brief", answers).status == 303
    assert read_brief("brief.toml").url == "https://example.org/a?b=1"
    assert 'value="https://example.org/a?b=1"' in window.get(f"{taken}/texts?brief=1").text


def test_the_preview_shows_each_network_and_keeps_nothing(window, taken):
    """What is typed is measured as each network counts; nothing is written."""
    before = Path("brief.toml").read_bytes()
    answers = {"problem": "Late? " * 100, "solution": "Plan.", "url": "https://example.org/a", "campaign": "Autumn"}
    shown = window.post(f"{taken}/texts/preview", answers).text
    assert "the rest is behind" in shown
    assert (
        "when these are filled in: Problem" in window.post(f"{taken}/texts/preview", {"url": "https://a.example"}).text
    )
    assert Path("brief.toml").read_bytes() == before
    assert not Path("outreach.db").exists()
    assert shown.count("<section") == len({key.partition(":")[0] for key in by_command()})


def test_a_changed_text_stands_in_its_file(window, taken):
    """As if a person had typed it there: the command keeps it, and takes it into the ledger."""
    window.post(f"{taken}/texts/write")
    name = names(window.get(f"{taken}/texts").text)[0]
    one = placed(name)
    path = file_of(one)
    window.post(
        f"{taken}/texts/edit",
        {"name": name, "text": "Mine\r\n```\r\nnow", "seen": state_of(one.text, one.comment or "")},
    )
    page = window.get(f"{taken}/texts?place={name}").text
    assert notes(page) == ["The text is saved in its file."]
    content = path.read_text("utf-8")
    assert kept_in(content)[0].text == text_on(page) == placed(name).text == "Mine\n```\nnow"
    assert edited(content)
    assert "Changed by you" in page
    checked = run("draft", "--check", str(path)).stdout
    warnings = page.partition('class="warnings"')[2].partition("</ul>")[0]
    sentences = [html.unescape(text) for text in re.findall(r'<li lang="en">(.*?)</li>', warnings)]
    assert [one for one in sentences if one.rstrip(".").lower() not in checked.lower()] == []
    run("draft")
    assert placed(name).text == "Mine\n```\nnow"


def test_a_part_of_the_page_leaves_the_notes_to_the_whole(window, taken):
    """What was just done is said, whatever is measured or previewed in between."""
    window.post(f"{taken}/texts/write")
    name = names(window.get(f"{taken}/texts").text)[0]
    window.post(f"{taken}/texts/write")
    assert "characters" in window.post(f"{taken}/texts/measure", {"name": name, "text": "Mine"}).text
    window.post(f"{taken}/texts/preview", {"problem": "Late?"})
    assert notes(window.get(f"{taken}/texts").text) == ["5 texts are written, each with its own link."]


def test_nobody_writes_over_what_he_has_not_seen(window, taken):
    """A file that was changed meanwhile stays; what was typed stays on the page, and can be sent again."""
    window.post(f"{taken}/texts/write")
    name = names(window.get(f"{taken}/texts").text)[0]
    one = placed(name)
    path = file_of(one)
    path.write_text(path.read_text("utf-8").replace(one.text, "Theirs"), "utf-8")
    answer = window.post(
        f"{taken}/texts/edit", {"name": name, "text": "Mine", "seen": state_of(one.text, one.comment or "")}
    )
    assert kept_in(path.read_text("utf-8"))[0].text == "Theirs"
    assert text_on(answer.text) == "Mine"
    seen = re.search(r'name="seen" value="(\w+)"', answer.text)[1]
    window.post(f"{taken}/texts/edit", {"name": name, "text": "Mine", "seen": seen})
    assert kept_in(path.read_text("utf-8"))[0].text == "Mine"


def test_a_post_that_is_out(window, taken):
    """The same as ``placements set``; the link of what was published is looked for."""
    window.post(f"{taken}/texts/write")
    first, second = names(window.get(f"{taken}/texts").text)[1:3]
    text = f"{placed(first).text}\n"
    window.post(
        f"{taken}/texts/out",
        {"name": first, "address": "https://t.me/x/1", "day": "2026-05-12", "posted": text},
    )
    assert any("carries its own link" in note for note in notes(window.get(f"{taken}/texts?place={first}").text))
    one = placed(first)
    assert (one.status, one.published_at, one.post_url, one.text) == (
        "published", "2026-05-12", "https://t.me/x/1", text.strip(),
    )  # fmt: skip
    window.post(
        f"{taken}/texts/out", {"name": second, "posted": "Lost? https://example.org/guides/ten-posts?utm_content=x"}
    )
    page = window.get(f"{taken}/texts?place={second}").text
    assert any(note.startswith("In the published text:") for note in notes(page))
    assert placed(second).status == "published"
    assert placed(second).published_at
    page = window.get(f"{taken}/texts?place={first}").text
    assert "readonly" in page
    assert 'href="https://t.me/x/1"' in page
    window.post(f"{taken}/texts/edit", {"name": first, "text": "Other", "seen": state_of(text.strip(), "")})
    assert placed(first).text == text.strip()
    window.post(f"{taken}/texts/back", {"name": first})
    assert (placed(first).status, placed(first).post_url) == ("drafted", None)


def test_the_address_of_another_places_post(window, taken):
    """It is kept and remarked on; an address of the place itself is not."""
    window.post(f"{taken}/places/add", {"address": "t.me/afisha_zobi"})
    window.post(f"{taken}/places/add", {"address": "t.me/zobimamas"})
    window.post(f"{taken}/texts/write")
    name = next(one for one in names(window.get(f"{taken}/texts").text) if one.startswith("zobimamas"))
    window.post(f"{taken}/texts/out", {"name": name, "address": "https://t.me/afisha_zobi/55"})
    said = notes(window.get(f"{taken}/texts?place={name}").text)
    assert [one for one in said if "belongs to another place, afisha_zobi" in one]
    assert placed(name).post_url == "https://t.me/afisha_zobi/55"
    window.post(f"{taken}/texts/back", {"name": name})
    window.get(f"{taken}/texts")
    window.post(f"{taken}/texts/out", {"name": name, "address": "https://t.me/zobimamas/55"})
    assert "belongs to another" not in window.get(f"{taken}/texts?place={name}").text


def test_what_was_taken_back_is_gone(window, taken):
    """A post that is out once more without a text is the draft, and not what was published by mistake."""
    window.post(f"{taken}/texts/write")
    chips = names(window.get(f"{taken}/texts").text)
    stands = "It stands in the text."
    name = next(one for one in chips if stands in window.get(f"{taken}/texts?place={one}").text)
    shown = f"{taken}/texts?place={name}"
    draft = placed(name).text
    wrong = "Lost? https://example.org/guides/ten-posts?utm_content=x"
    window.post(f"{taken}/texts/out", {"name": name, "posted": wrong})
    page = window.get(shown).text
    assert (stands in page, "The text does not carry it." in page) == (False, True)
    assert ("Text (change it here)" in page, "it went out and stays" in page) == (False, True)
    window.post(f"{taken}/texts/back", {"name": name})
    assert placed(name).text == draft
    window.post(f"{taken}/texts/out", {"name": name, "posted": ""})
    assert (placed(name).status, placed(name).text) == ("published", draft)
    assert "ten-posts?utm_content=x" not in window.get(shown).text


@pytest.mark.parametrize("typed", [{"address": "javascript:alert(1)"}, {"day": "31.02.2026"}])
def test_what_is_no_address_and_no_day(window, taken, typed):
    """Nothing is written down; the field is named as the page calls it."""
    window.post(f"{taken}/texts/write")
    name = names(window.get(f"{taken}/texts").text)[0]
    window.post(f"{taken}/texts/out", {"name": name} | typed)
    assert notes(window.get(f"{taken}/texts").text)[-1].startswith(("Address of the post", "Day 31.02.2026"))
    assert placed(name).status == "drafted"


def test_script_and_strange_names(window, taken):
    """What stands in a brief or an address is a text, whatever it looks like."""
    evil = "<script>alert(1)</script>"
    window.post(
        f"{taken}/texts/brief",
        {"problem": evil, "solution": "Plan.", "url": "https://example.org/a", "campaign": "Autumn", "author": evil},
    )
    page = window.get(f"{taken}/texts?brief=1&place={evil}").text
    assert evil not in page
    assert page.count("<script") == 2
    for path in ("edit", "out", "back"):
        assert window.post(f"{taken}/texts/{path}", {"name": "../../x", "text": "x"}).status in {200, 303}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_of_a_customer(window, taken, app, language):
    """The page speaks each language, and of no customer."""
    from outreach.likes.examples import likes_by_customer

    window.post(f"{taken}/texts/write")
    labels = [label for label, _ in likes_by_customer(app.campaigns.desk(taken.removeprefix("/c/")).ranked().likes)]
    page = window.get(f"{taken}/texts?brief=1", Accept_Language=language).text
    assert f'<html lang="{language}">' in page
    assert not [label for label in labels if label in page]


def test_a_text_is_saved_as_the_command_writes_it(window, taken, tmp_path):
    """The files of ``draft --as``, for one text or for all; what was changed on the page is in them."""
    texts = f"{taken}/texts"
    window.post(f"{texts}/write")
    run("draft", "-o", f"{tmp_path}/drafts", "--as", "txt", "--as", "docx")
    page = window.get(texts).text
    name = re.search(r"/copy/txt\?place=([^\"]+)", page)[1]
    answer = window.get(f"{texts}/copy/txt?place={name}")
    file = answer.headers["content-disposition"].partition("''")[2]
    assert answer.body == (tmp_path / "drafts" / file).read_bytes()
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    (whole,) = (tmp_path / "drafts").glob("*.docx")
    answer = window.get(f"{texts}/copy/docx")
    assert (answer.headers["content-disposition"].partition("''")[2], answer.body) == (whole.name, whole.read_bytes())
    assert len(kept_in(window.get(f"{texts}/copy/md").text)) == 5
    assert [window.get(f"{texts}/copy/{wrong}").status for wrong in ("pdf", "txt?place=none")] == [404, 422]
