"""``outreach draft``: files and tables of drafts, the ledger beside them, and what is said."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner

import outreach.cli
from outreach.campaign.ledger import open_ledger
from outreach.cli import main
from outreach.cli.placements import placements
from outreach.teasers.brief import Brief
from outreach.teasers.drafts import draft as drafts_of
from outreach.teasers.rendering import Templates
from outreach.teasers.targets import Target
from tests.teasers.shorteners.answers import MADE, SHORT
from tests.teasers.shorteners.server import TOKEN, running

BRIEF = """\
url = "https://example.org/how"
campaign = "Spring"
problem = "Where do requests get lost?"
solution = "In a mailbox."
bonus = "A list."
hashtags = ["smm"]
"""
EVERYWHERE = (
    "t.me/riga_smm", "vk.com/club1", "x.com/riga", "instagram.com/riga", "facebook.com/riga.smm", "reddit.com/r/smm",
    "riga.bsky.social", "@riga@mastodon.social",
)  # fmt: skip
SAMPLES = Path(__file__).parents[2] / "sample_data"


@pytest.fixture
def draft(tmp_path, monkeypatch):
    """Call the command, registered or not, in a folder with a brief."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(outreach.cli, "COMMANDS", {"draft": "Write teasers."})
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    Path("brief.toml").write_text(BRIEF, encoding="utf-8")

    def call(*args: str, stdin: bytes | None = None):
        return CliRunner().invoke(main, ["draft", *args], input=stdin, catch_exceptions=False)

    return call


def test_json_has_the_keys_that_are_promised(draft):
    """One object a draft, on standard output alone; no ledger is made."""
    result = draft("brief.toml", "vk.com/club1", "--format", "json")
    assert result.exit_code == 0
    (record,) = json.loads(result.stdout)
    link = record["link"]
    assert record == {
        "resource": "vk:club1",
        "platform": "vk",
        "language": "en",
        "variant": "a",
        "text": f"Where do requests get lost?\n\nIn a mailbox.\n\nRead on: {link}\n\nBonus: A list.\n\n#smm",
        "comment": None,
        "link": link,
        "link_place": "text",
        "length": len(record["text"]),
        "limit": 16384,
        "unit": "utf-16",
        "dropped": [],
        "warnings": [],
        "rules": None,
    }
    assert result.stderr == "Next: outreach draft brief.toml vk.com/club1 -o drafts/\n"
    assert sorted(path.name for path in Path().iterdir()) == ["brief.toml"]


def test_the_same_link_with_and_without_a_ledger(draft):
    """On every machine."""
    bare = json.loads(draft("brief.toml", "vk.com/club1", "--format", "json").stdout)
    kept = json.loads(draft("brief.toml", "vk.com/club1", "--format", "json", "--db", "o.db").stdout)
    assert bare == kept
    assert [one.final_url for one in open_ledger("o.db").placements()] == [bare[0]["link"]]


def test_folder_and_ledger(draft):
    """A file a place, a placement a draft; again, nothing changes."""
    result = draft("brief.toml", "vk.com/club1", "t.me/smm_riga", "-o", "drafts/")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "outreach.db: 2 posts added, 0 updated, 0 as before.\n"
        "2 draft files in drafts/.\n"
        "These 2 places get the same text (variant a): vk:club1, telegram:smm_riga; write several texts in the brief; "
        "places get them in turn.\n"
        "Next: outreach placements list\n"
    )
    assert sorted(path.name for path in Path("drafts").iterdir()) == [
        "telegram-smm_riga.md",
        "vk-club1.md",
    ]
    before = Path("drafts/vk-club1.md").stat().st_mtime_ns
    again = draft("brief.toml", "vk.com/club1", "t.me/smm_riga", "-o", "drafts/")
    assert again.stderr.startswith("outreach.db: 0 posts added, 0 updated, 2 as before.\n")
    assert Path("drafts/vk-club1.md").stat().st_mtime_ns == before


def test_edited_files_stay(draft):
    """Others follow the brief; --force replaces all."""
    draft("brief.toml", "vk.com/club1", "vk.com/club2", "-o", "drafts")
    mine = Path("drafts/vk-club1.md")
    edited = mine.read_text("utf-8").replace("In a mailbox.", "In the mail.")
    mine.write_text(edited, "utf-8")
    Path("brief.toml").write_text(BRIEF.replace("A list.", "A plan."), "utf-8")
    result = draft("brief.toml", "vk.com/club1", "vk.com/club2", "-o", "drafts")
    assert "Edited by hand, left as they are (--force replaces them): drafts/vk-club1.md.\n" in result.stderr.replace(
        "\\", "/"
    )
    assert mine.read_text("utf-8") == edited
    assert "A plan." in Path("drafts/vk-club2.md").read_text("utf-8")
    assert "Edited" not in draft("brief.toml", "vk.com/club1", "-o", "drafts", "--force").stderr
    assert "A plan." in mine.read_text("utf-8")


def test_what_was_sent_stays_in_the_ledger(draft):
    """And --again drafts a repeat with a link of its own."""
    draft("brief.toml", "vk.com/club1", "--db", "o.db")
    ledger = open_ledger("o.db")
    (first,) = ledger.set(ledger.placements(), status="published")
    Path("brief.toml").write_text(BRIEF.replace("A list.", "A plan."), "utf-8")
    result = draft("brief.toml", "vk.com/club1", "--db", "o.db")
    assert (
        "vk:club1, variant a: is published; its text, link and file stay as they are; --again drafts a repeat\n"
        in result.stderr
    )
    assert open_ledger("o.db").placements() == [first]
    again = json.loads(draft("brief.toml", "vk.com/club1", "--db", "o.db", "--again", "--format", "json").stdout)
    assert again[0]["link"] != first.final_url
    assert [(one.round, one.status) for one in open_ledger("o.db").placements()] == [(1, "published"), (2, "drafted")]
    after = json.loads(draft("brief.toml", "vk.com/club1", "--db", "o.db", "--format", "json").stdout)
    assert after == again


def test_again_needs_a_ledger(draft):
    """Exit 2, with the way out."""
    result = draft("brief.toml", "vk.com/club1", "--again")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("Hint: --db outreach.db\n")


def test_drafts_of_other_variants_are_named(draft):
    """They do not go away by themselves."""
    Path("brief.toml").write_text(BRIEF.replace('"Where do requests get lost?"', '["Lost?", "Late?"]'), "utf-8")
    draft("brief.toml", "vk.com/club1", "--db", "o.db", "--all-variants")
    result = draft("brief.toml", "vk.com/club1", "--db", "o.db")
    assert "The ledger keeps the drafts of other variants for these places: vk:club1 (a).\n" in result.stderr


def test_csv_is_safe_for_spreadsheets(draft):
    """A text that could be a formula gets an apostrophe; lines stay in their cell."""
    Path("brief.toml").write_text(BRIEF.replace("Where do", "=Where do"), "utf-8")
    result = draft("brief.toml", "vk.com/club1", "--format", "csv")
    (row,) = csv.DictReader(result.stdout.splitlines(keepends=True))
    assert row["text"].startswith("'=Where do requests get lost?\n\nIn a mailbox.")
    assert list(row) == [
        "resource", "platform", "language", "variant", "text", "comment", "link", "link_place", "length", "limit",
        "unit", "dropped", "warnings", "rules",
    ]  # fmt: skip


def test_one_file_for_all(draft):
    """Its ending tells the form."""
    draft("brief.toml", "vk.com/club1", "vk.com/club2", "-o", "all.json")
    assert [record["resource"] for record in json.loads(Path("all.json").read_text("utf-8"))] == [
        "vk:club1",
        "vk:club2",
    ]
    result = draft("brief.toml", "vk.com/club1", "-o", "drafts", "--format", "csv")
    assert (result.exit_code, Path("drafts").exists()) == (2, False)
    assert "Hint: give a file: -o drafts.csv\n" in result.stderr


def test_table_for_people(draft):
    """A line a draft, with what to look at."""
    result = draft("brief.toml", "vk.com/club1", "--format", "table", "--deal", "paid")
    assert result.exit_code == 0
    assert "vk:club1" in result.stdout
    assert "disclosure" in result.stdout


def test_what_fits_nowhere_is_told_at_the_end(draft):
    """Exit 0 for the others; --strict makes it 3."""
    Path("brief.toml").write_text(BRIEF.replace("Where do", "Where " * 60 + "do"), "utf-8")
    result = draft("brief.toml", "x.com/riga", "vk.com/club1", "--format", "json")
    assert result.exit_code == 0
    assert [record["resource"] for record in json.loads(result.stdout)] == ["vk:club1"]
    (said,) = [line for line in result.stderr.splitlines() if line.startswith("x: ")]
    number = int(said.split()[1])
    assert said == f"x: {number} characters too long, shorten problem (x:riga, variant a)"
    fitting = BRIEF.replace("Where do", ("Where " * 60 + "do")[number:])
    Path("brief.toml").write_text(fitting, "utf-8")
    assert len(json.loads(draft("brief.toml", "x.com/riga", "--format", "json").stdout)) == 1
    Path("brief.toml").write_text(BRIEF.replace("Where do", "Where " * 60 + "do"), "utf-8")
    strict = draft("brief.toml", "x.com/riga", "vk.com/club1", "--format", "json", "--strict")
    assert strict.exit_code == 3
    assert len(json.loads(strict.stdout)) == 1


def test_nothing_fits(draft):
    """Whoever reads JSON gets JSON."""
    Path("brief.toml").write_text(BRIEF.replace("Where do", "Where " * 60 + "do"), "utf-8")
    result = draft("brief.toml", "x.com/riga", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])
    assert result.stderr.startswith("No draft was written.\n")


def test_places_of_a_ranking(draft):
    """In its order, the first of them."""
    Path("ranking.csv").write_text("rank,resource,name\n1,vk:club7,Seven\n2,telegram:riga,Riga\n3,x:riga,X\n", "utf-8")
    result = draft("brief.toml", "--from", "ranking.csv", "--top", "2", "--format", "json")
    assert [record["resource"] for record in json.loads(result.stdout)] == ["vk:club7", "telegram:riga"]
    assert result.stderr.endswith("Next: outreach draft brief.toml --from ranking.csv --top 2 -o drafts/\n")


@pytest.mark.parametrize("name", ["brief.toml", "brief_ru.toml"])
def test_sample_briefs_fit_everywhere(draft, name):
    """On networks with little room too."""
    result = draft(str(SAMPLES / name), *EVERYWHERE, "--format", "json")
    records = json.loads(result.stdout)
    assert len(records) == 8
    assert all(record["length"] <= (record["limit"] or 10**9) for record in records)
    assert not [line for line in result.stderr.splitlines() if "too long" in line]


def test_cost_and_limits(draft):
    """Written into the ledger; what cannot be meant is usage."""
    draft("brief.toml", "vk.com/club1", "--db", "o.db", "--cost", "20 EUR", "--limit", "вк=500")
    (one,) = open_ledger("o.db").placements()
    assert (one.deal, one.cost, one.currency) == ("paid", 20.0, "EUR")
    for args in (("--cost", "much"), ("--limit", "vk"), ("--limit", "nowhere=5"), ("--limit", "vk=-5")):
        assert draft("brief.toml", "vk.com/club1", *args).exit_code == 2


def test_template_error_names_file_and_line(draft):
    """Exit 4, and nothing is written."""
    Path("mine").mkdir()
    Path("mine/vk.j2").write_text("\n{{ problm }}")
    result = draft("brief.toml", "vk.com/club1", "--templates", "mine", "-o", "drafts")
    assert result.exit_code == 4
    assert "vk.j2, line 2: 'problm' is undefined" in result.stderr
    assert not Path("drafts").exists()


def test_a_reader_of_the_ledger_sees_nothing_of_a_failed_run(draft):
    """A wrong template leaves the ledger empty."""
    Path("mine").mkdir()
    Path("mine/vk.j2").write_text("{{ problm }}")
    draft("brief.toml", "t.me/riga_smm", "vk.com/club1", "--templates", "mine", "--db", "o.db")
    assert open_ledger("o.db").placements() == []


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "Give the file of a brief."),
        (("brief.toml",), 3, "no places given"),
        (("none.toml", "vk.com/club1"), 3, "none.toml: cannot be read"),
        (("brief.toml", "two words"), 3, "is not a place"),
        (("brief.toml", "vk.com/club1", "-o", "brief.toml"), 1, "brief.toml: given twice"),
        (("brief.toml", "vk.com/club1", "--templates", "none"), 3, "no such folder"),
        (("brief.toml", "vk.com/club1", "--shorten", "goo.gl"), 2, "not a service"),
        (("", "vk.com/club1"), 2, "Give the file of a brief."),
        (("brief.toml", "ж" * 999), 3, "жж…: this is not a place"),
        (("brief.toml", "vk.com/club1", "-o", "none/all.csv"), 1, "all.csv: the folder none does not exist"),
        (("brief.toml", "vk.com/club1", "-o", "brief.toml/all.md"), 1, "brief.toml is a file, not a folder"),
        (("brief.toml", "vk.com/club1", "-o", "d" * 999), 1, "the name is too long"),
        (("brief.toml", "vk.com/club1", "--templates", "t" * 9999), 3, "no such folder"),
        (("brief.toml", "vk.com/club1", "-o", "drafts.xlsx"), 2, "drafts.xlsx: neither a folder nor a file for drafts"),
        (("--check", "none.md"), 3, "none.md: cannot be read"),
        (("brief.toml", "--check", "none.md"), 3, "none.md: cannot be read"),
    ],
)
def test_wrong_input_is_a_sentence(draft, args, code, said):
    """Never a traceback, nothing on standard output, nothing written."""
    result = draft(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert Path("brief.toml").read_text("utf-8") == BRIEF
    assert "added" not in result.stderr


def test_a_folder_in_the_place_of_a_draft(draft):
    """Told before the ledger is written."""
    Path("drafts/vk-club1.md").mkdir(parents=True)
    result = draft("brief.toml", "vk.com/club2", "vk.com/club1", "-o", "drafts")
    assert result.exit_code == 1
    assert "vk-club1.md: this is a folder" in result.stderr
    assert open_ledger("outreach.db").placements() == []
    assert [path.name for path in Path("drafts").iterdir()] == ["vk-club1.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(draft):
    """Told before the ledger is written."""
    Path("drafts").mkdir(mode=0o555)
    result = draft("brief.toml", "vk.com/club1", "-o", "drafts")
    assert (result.exit_code, "drafts: no permission to write there" in result.stderr) == (1, True)
    assert open_ledger("outreach.db").placements() == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize(("output", "file"), [("drafts", "drafts/vk-club1.md"), ("all.csv", "all.csv")])
def test_a_file_that_is_read_only(draft, output, file):
    """Told before the ledger is written."""
    draft("brief.toml", "vk.com/club1", "-o", output)
    Path(file).chmod(0o444)
    Path("brief.toml").write_text(BRIEF.replace("A list.", "A plan."), "utf-8")
    result = draft("brief.toml", "vk.com/club1", "-o", output, "--force")
    assert (result.exit_code, "this file is read-only" in result.stderr) == (1, True)
    assert "A list." in open_ledger("outreach.db").placements()[0].text


def test_a_file_in_the_place_of_the_folder(draft):
    """Is somebody's own."""
    Path("drafts").write_text("mine")
    result = draft("brief.toml", "vk.com/club1", "-o", "drafts/")
    assert (result.exit_code, "drafts/: neither a folder nor a file" in result.stderr) == (1, True)
    assert Path("drafts").read_text() == "mine"


def test_a_minus_is_standard_output(draft):
    """As for other commands; no folder of that name, no ledger."""
    assert draft("brief.toml", "vk.com/club1", "-o", "-").stdout == draft("brief.toml", "vk.com/club1").stdout
    assert [path.name for path in Path().iterdir()] == ["brief.toml"]


def test_what_is_no_text_cannot_be_checked(draft):
    """With advice for posts, not for tables."""
    Path("post.md").write_bytes(bytes(range(256)) * 9)
    result = draft("--check", "post.md")
    assert result.exit_code == 3
    assert "post.md: this is not text\nHint: save it as plain text" in result.stderr


def test_check_again(draft):
    """One line a text; findings are remarks unless --strict is given."""
    draft("brief.toml", "vk.com/club1", "vk.com/club2", "-o", "drafts")
    path = "drafts/vk-club1.md"
    both = draft("--check", path, "drafts/vk-club2.md").stdout
    assert [line.partition(":")[0] for line in both.splitlines()] == [
        "drafts/vk-club1.md, variant a",
        "drafts/vk-club2.md, variant a",
    ]
    good = draft("--check", path, "--strict")
    assert good.exit_code == 0
    assert good.stdout.endswith(" of 16384 utf-16; no findings\n")
    text = Path(path).read_text("utf-8")
    Path(path).write_text(text.replace("Read on: https", "Read on: http"), "utf-8")
    bad = draft("--check", path)
    assert (bad.exit_code, "the link was changed: it was https://example.org/how?" in bad.stdout) == (0, True)
    assert draft("--check", path, "--strict").exit_code == 3


def test_check_a_published_text(draft):
    """From standard input, with the ledger's help."""
    link = json.loads(draft("brief.toml", "vk.com/club1", "--db", "outreach.db", "--format", "json").stdout)[0]["link"]
    assert "no findings" in draft("--check", "-", stdin=f"Lost? {link}".encode()).stdout
    assert "was changed" in draft("--check", "-", stdin=f"Lost? {link[:60]}&{link[60:]}".encode()).stdout
    assert "20 characters too long" in draft("--check", "-", "--platform", "твиттер", stdin=b"x" * 300).stdout


@pytest.fixture
def bitly(monkeypatch):
    """Stand for Bitly, which the command finds by its environment."""
    with running() as server:
        monkeypatch.setenv("OUTREACH_BITLY_URL", server.base)
        monkeypatch.setenv("OUTREACH_BITLY_TOKEN", TOKEN)
        monkeypatch.setenv("NO_PROXY", "*")
        yield server


def test_shortened_links(draft, bitly):
    """The text carries and is measured with the short link; the ledger has both, and the service is asked once."""
    (long,) = json.loads(draft("brief.toml", "vk.com/club1", "--format", "json").stdout)
    bitly.answers = [(200, MADE["bitly"][1] | {"long_url": long["link"]})]
    args = ("brief.toml", "vk.com/club1", "--shorten", "bitly", "--db", "o.db", "--format", "json")
    (short,) = json.loads(draft(*args).stdout)
    assert short["link"] == SHORT["bitly"]
    assert short["text"] == long["text"].replace(long["link"], SHORT["bitly"])
    assert short["length"] == len(short["text"])
    (kept,) = open_ledger("o.db").placements()
    assert (kept.final_url, kept.short_url) == (long["link"], SHORT["bitly"])
    assert json.loads(draft(*args).stdout) == [short]
    assert len(bitly.asked) == 1


def test_what_cannot_be_shortened_stays_long(draft, bitly):
    """And says so in the draft."""
    bitly.answers = [(400, b"{}")]
    (record,) = json.loads(draft("brief.toml", "vk.com/club1", "--shorten", "bitly", "--format", "json").stdout)
    assert record["warnings"] == ["the link stays long: Bitly does not accept this link (400)"]
    assert record["link"] in record["text"]


def test_help_has_an_example(draft):
    """To paste."""
    result = draft("--help")
    assert "outreach draft sample_data/brief.toml --from ranking.csv --top 5 -o drafts/" in result.stdout


TWO = ("brief.toml", "vk.com/club1", "vk.com/club2")
VARIANTS = BRIEF.replace('"Where do requests get lost?"', '["Lost?", "Late?"]')


def kept(database="outreach.db"):
    """Return what the ledger has, by place."""
    return {one.resource: one for one in open_ledger(database).placements()}


def change(path, old, new):
    """Edit a file as a person does."""
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(("output", "file"), [("drafts", "drafts/vk-club1.md"), ("all.md", "all.md")])
def test_an_edited_file_stays_and_the_ledger_follows_it(draft, output, file):
    """Its text is what goes out; --force puts the brief's text back into both."""
    draft(*TWO, "-o", output)
    change(file, "In a mailbox.", "In the mail, alas.")
    change("brief.toml", "A list.", "A plan.")
    result = draft(*TWO, "-o", output)
    assert result.exit_code == 0
    assert "Edited by hand, left as they are (--force replaces them)" in result.stderr
    assert "In the mail, alas." in Path(file).read_text("utf-8")
    assert "In the mail, alas." in kept()["vk:club1"].text
    assert ("A plan." in kept()["vk:club2"].text) == (output == "drafts")
    assert "no findings" in draft("--check", file).stdout
    draft(*TWO, "-o", output, "--force")
    assert "A plan." in Path(file).read_text("utf-8")
    assert "A plan." in kept()["vk:club1"].text


def test_an_edited_file_with_an_older_link_is_named(draft):
    """The brief leads somewhere else now."""
    draft(*TWO, "-o", "drafts")
    change("drafts/vk-club1.md", "In a mailbox.", "In the mail.")
    change("brief.toml", "example.org/how", "example.org/why")
    result = draft(*TWO, "-o", "drafts")
    assert "Files whose link is no longer the one from the brief: drafts" in result.stderr
    assert "the ledger has another link for it" in draft("--check", "drafts/vk-club1.md").stdout


def test_an_edited_file_that_lacks_a_draft(draft):
    """Is refused, since there is no room for that one; nothing is written."""
    draft("brief.toml", "vk.com/club1", "-o", "all.md")
    change("all.md", "In a mailbox.", "In the mail.")
    result = draft(*TWO, "-o", "all.md")
    assert result.exit_code == 1
    assert (
        "all.md: it was edited by hand, and 1 draft of these is not in it\nHint: --force replaces it" in result.stderr
    )
    assert kept().keys() == {"vk:club1"}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_table_of_other_drafts_stays(draft, form):
    """Unless --force is given; the ledger is not touched before that. The same drafts again are no change."""
    name = f"all.{form}"
    draft(*TWO, "-o", name)
    before = Path(name).read_bytes()
    assert f"{name}: nothing to change.\n" in draft(*TWO, "-o", name).stderr
    change("brief.toml", "A list.", "A plan.")
    result = draft(*TWO, "-o", name)
    assert (result.exit_code, Path(name).read_bytes()) == (1, before)
    assert f"{name}: it has other drafts already\nHint: --force replaces them\n" in result.stderr
    assert "A list." in kept()["vk:club1"].text
    assert draft(*TWO, "-o", name, "--force").exit_code == 0
    assert "A plan." in Path(name).read_text("utf-8")


def test_a_table_that_excel_saved_is_ours(draft):
    """With semicolons and a mark at the beginning."""
    draft(*TWO, "-o", "all.csv")
    with Path("all.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with Path("all.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    assert "Hint: --force replaces them" in draft(*TWO, "-o", "all.csv").stderr
    assert draft(*TWO, "-o", "all.csv", "--force").exit_code == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.csv", b"resource,note\nvk:club1,mine\n"),
        ("notes.json", b'[{"resource": "vk:club1"}]'),
        ("notes.json", b"{"),
        ("notes.md", b"# My notes\n"),
        ("notes.csv", bytes(range(256))),
    ],
)
def test_a_foreign_file_always_stays(draft, name, content):
    """Somebody's work; nothing else is written either."""
    Path(name).write_bytes(content)
    result = draft(*TWO, "-o", name, "--force")
    assert (result.exit_code, Path(name).read_bytes()) == (1, content)
    assert f"{name}: this file is there already" in result.stderr
    assert not Path("outreach.db").exists()


def test_a_foreign_file_in_the_folder_stays(draft):
    """The others are written; it is named."""
    path = Path("drafts/vk-club1.md")
    path.parent.mkdir()
    path.write_text("# Mine\n")
    result = draft(*TWO, "-o", "drafts", "--force")
    assert (result.exit_code, path.read_text()) == (0, "# Mine\n")
    assert "Not drafts from outreach, left as they are (remove them, then draft again): drafts" in result.stderr
    assert "1 draft file in drafts/.\n" in result.stderr


HOSTILE = "=1+1 `<b>[x](http://evil.example)</b>` {{ 12345*2 }} --> | ## Variant z \\ \u202e\x1b[31m"


@pytest.mark.parametrize("output", ["drafts", "all.md", "all.csv", "all.json"])
def test_hostile_words_in_every_field(draft, output):
    """They come back as they are, evaluate to nothing, and the files are known again."""
    shown = HOSTILE.replace("\x1b", "")
    quoted = json.dumps(shown)
    Path("brief.toml").write_text(
        f"url = 'https://example.org/how'\ncampaign = {quoted}\nproblem = {quoted}\nsolution = {quoted}\n"
        f"bonus = {quoted}\nbonus_how = {quoted}\ntitle = {quoted}\nauthor = {quoted}\ncompany = {quoted}\n"
        f"[disclosure]\ntext = {quoted}\nadvertiser = {quoted}\n",
        "utf-8",
    )
    row = {"resource": "vk:club1", "name": HOSTILE, "rules": HOSTILE, "price": HOSTILE, "accepts_posts": "paid"}
    more = [{"resource": key, "name": HOSTILE, "overlap": 1} for key in ("reddit:r/smm", "telegram:smm_riga")]
    Path("ranking.json").write_text(json.dumps([row | {"overlap": 1}, *more]))
    for _ in range(2):
        result = draft("brief.toml", "--from", "ranking.json", "-o", output)
        assert result.exit_code == 0, result.stderr
        assert "\x1b" not in result.stderr
    assert "0 posts added, 0 updated, 3 as before" in result.stderr
    files = sorted(Path("drafts").iterdir()) if output == "drafts" else [Path(output)]
    assert all("24690" not in path.read_text("utf-8") for path in files)
    if output in ("drafts", "all.md"):
        assert draft("--check", *map(str, files)).stdout.count("no findings") == 3
        assert all(path.read_text("utf-8").count("outreach draft") == 1 for path in files)
    assert shown.replace("\u202e", "") in kept()["vk:club1"].text


def test_an_empty_file_is_nobodys(draft):
    """As a program makes it to hold a name."""
    Path("all.md").touch()
    assert draft(*TWO, "-o", "all.md").exit_code == 0
    assert "Where do requests get lost?" in Path("all.md").read_text("utf-8")


def test_the_file_of_what_was_published_stays(draft):
    """Also with --force; a missing one is written from the ledger. The next round has a file of its own."""
    draft(*TWO, "-o", "drafts")
    path = Path("drafts/vk-club1.md")
    ledger = open_ledger("outreach.db")
    ledger.set(ledger.find("vk:club1"), status="published")
    before = path.read_bytes()
    change("brief.toml", "A list.", "A plan.")
    result = draft(*TWO, "-o", "drafts", "--force")
    assert path.read_bytes() == before
    said = "vk:club1, variant a: is published; its text, link and file stay as they are; --again drafts a repeat\n"
    assert said in result.stderr
    path.unlink()
    draft(*TWO, "-o", "drafts")
    assert "A list." in path.read_text("utf-8")
    assert "no findings" in draft("--check", str(path)).stdout
    draft(*TWO, "-o", "drafts", "--again")
    assert "A list." in path.read_text("utf-8")
    assert "A plan." in Path("drafts/vk-club1.round-2.md").read_text("utf-8")


def test_two_campaigns_in_one_folder(draft):
    """Each has its own files."""
    draft("brief.toml", "vk.com/club1", "-o", "drafts")
    change("brief.toml", '"Spring"', '"Summer"')
    draft("brief.toml", "vk.com/club1", "-o", "drafts")
    assert sorted(path.name for path in Path("drafts").iterdir()) == ["vk-club1.md", "vk-club1.summer.md"]


def test_what_undo_leaves_behind_is_found(draft):
    """A link that no ledger knows."""
    draft(*TWO, "-o", "drafts")
    open_ledger("outreach.db").undo()
    result = draft("--check", "drafts/vk-club1.md", "--strict")
    assert result.exit_code == 3
    assert "the ledger has no post with its link: draft it again" in result.stdout


def test_a_published_place_gets_no_second_text(draft):
    """Whatever list it stands in."""
    Path("brief.toml").write_text(VARIANTS, "utf-8")
    places = [f"vk.com/club{number}" for number in range(1, 7)]
    draft("brief.toml", *places, "--db", "o.db")
    before = kept("o.db")
    ledger = open_ledger("o.db")
    ledger.set(ledger.find("vk:club3"), status="published")
    for some in (places[::-1], places[2:], places[2:3]):
        draft("brief.toml", *some, "--db", "o.db")
    assert {key: one.final_url for key, one in kept("o.db").items()} == {
        key: one.final_url for key, one in before.items()
    }


def test_what_a_person_agreed_on_stays(draft):
    """Cost and deal set in the ledger, until the command line says otherwise."""
    draft("brief.toml", "vk.com/club1", "--db", "o.db")
    ledger = open_ledger("o.db")
    ledger.set(ledger.placements(), deal="barter", cost=15.0, currency="EUR")
    draft("brief.toml", "vk.com/club1", "--db", "o.db")
    assert (kept("o.db")["vk:club1"].deal, kept("o.db")["vk:club1"].cost) == ("barter", 15.0)
    draft("brief.toml", "vk.com/club1", "--db", "o.db", "--cost", "20 USD")
    one = kept("o.db")["vk:club1"]
    assert (one.deal, one.cost, one.currency) == ("paid", 20.0, "USD")


def test_a_sheet_from_excel_in_russian(draft):
    """cp1251 and semicolons; prices in words, and who takes no posts is named."""
    sheet = (
        "Место;Адрес;Берёт посты;Цена;Место ссылки\nСММ Рига;https://t.me/smm_riga;нет;бартер;в комментарии\n"
        "Клуб;https://vk.com/club7;платно;спросить;\nФБ;facebook.com/abc.d;да;бесплатно;\n"
        "Инста;instagram.com/abc;платно;1500 руб;\n"
    )
    Path("sheet.csv").write_bytes(sheet.encode("cp1251"))
    refused = draft("brief.toml", "--from", "sheet.csv", "--format", "json")
    assert (
        "telegram: the sheet says that this place takes no posts; --anyway drafts it (telegram:smm_riga"
        in refused.stderr
    )
    assert len(json.loads(refused.stdout)) == 3
    result = draft("brief.toml", "--from", "sheet.csv", "--db", "o.db", "--format", "json", "--anyway")
    assert result.exit_code == 0
    assert "By the sheet, these places take no posts: СММ Рига (telegram:smm_riga).\n" in result.stderr
    assert [(one.deal, one.cost) for one in kept("o.db").values()] == [
        ("barter", None), ("paid", None), ("free", None), ("paid", 1500.0),
    ]  # fmt: skip
    records = json.loads(result.stdout)
    assert records[0]["link_place"] == "comment"
    assert not [said for said in records[1]["warnings"] if "price" in said]


def test_the_customers_lists_tell_who_sees_a_text_twice(draft):
    """A number; no label gets out."""
    Path("likes.csv").write_text("customer,resource\nSecret,vk:club1\nSecret,vk:club2\nOther,vk:club1\n")
    result = draft(*TWO, "--likes", "likes.csv", "-o", "drafts")
    assert "; 1 of your customers follows more than one of them; " in result.stderr
    written = "".join(path.read_text("utf-8") for path in Path("drafts").iterdir())
    assert "Secret" not in result.stderr + result.stdout + written


@pytest.mark.parametrize("form", ["md", "json", "csv", "table"])
@pytest.mark.parametrize("content", ["rank,resource,name,overlap\n", "[]"])
def test_an_empty_ranking(draft, form, content):
    """Nothing is left: said, exit 0, and neither folder nor ledger is made."""
    Path("ranking").write_text(content)
    result = draft("brief.toml", "--from", "ranking", "--format", form)
    assert result.exit_code == 0
    assert "ranking: it has no places left" in result.stderr
    assert draft("brief.toml", "--from", "ranking", "-o", "drafts").exit_code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["brief.toml", "ranking"]


def test_nothing_is_left_behind_where_nothing_could_be_done(draft, monkeypatch):
    """No empty ledger without a token, none for a name that cannot be."""
    monkeypatch.delenv("OUTREACH_BITLY_TOKEN", raising=False)
    assert draft("brief.toml", "vk.com/club1", "--shorten", "bitly", "-o", "drafts").exit_code == 3
    long = draft("brief.toml", "vk.com/club1", "--db", "d" * 5000)
    assert long.exit_code == 3
    assert len(long.stderr) < 300
    assert [path.name for path in Path().iterdir()] == ["brief.toml"]


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (
            ("--deal", "paid", "--db", "o.db", "--limit", "vk=900", "--format", "json"),
            "outreach draft brief.toml vk.com/club1 --db o.db --deal paid --limit vk=900 -o drafts/",
        ),
        (("-o", "drafts", "--db", "o.db", "--deal", "paid"), "outreach placements list --db o.db"),
    ],
)
def test_the_next_line_keeps_what_was_asked_for(draft, args, line):
    """Options that matter there, none that do not."""
    assert draft("brief.toml", "vk.com/club1", *args).stderr.endswith(f"Next: {line}\n")


@pytest.mark.parametrize("width", [60, 80, 99, 100, 200])
def test_the_table_fits_its_terminal(monkeypatch, width):
    """However narrow: place, variant, length and what to look at; the link where there is room."""
    from outreach.cli import draft_table

    targets = [
        Target("vk:club1", "vk", name="Очень длинное имя места " * 9, deal="paid", accepts_posts="no"),
        Target("telegram:smm_riga", "telegram", name="=SMM\x1b[31m"),
    ]
    made = drafts_of(
        Brief("https://example.org/how", "Spring", ("Lost?",), ("Here.",)), targets, Templates(), anyway=True
    ).drafts
    shown = io.StringIO()
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(shown, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(draft_table.sys, "stdout", shown)
    draft_table.show_drafts(made)
    text = re.sub("\x1b(?:\\[[0-9;]*m|\\]8;[^\x1b]*\x1b\\\\)", "", shown.getvalue())
    assert max(len(line.rstrip()) for line in text.splitlines()) <= width
    assert "\x1b[31m" not in shown.getvalue()
    for word in ("place", "variant", "length", "look at", "Очень", "SMM", f"{made[1].length}/4096", "disclosure"):
        assert word in text
    assert ("link" in text.splitlines()[0]) == (width >= 100)


def test_what_to_look_at_is_said_once_for_all_files(draft):
    """Nobody may open each of them; what is named elsewhere is not repeated."""
    rows = [{"resource": f"vk:club{number}", "overlap": 1, "accepts_posts": "no"} for number in (1, 2)]
    Path("ranking.json").write_text(json.dumps(rows))
    Path("brief.toml").write_text(BRIEF.replace("get lost?", "get lost!!!"), "utf-8")
    result = draft("brief.toml", "--from", "ranking.json", "-o", "drafts", "--anyway")
    assert "Please check; the drafts show the reasons: exclamations (2).\n" in result.stderr
    assert "Please check" not in draft("brief.toml", "--from", "ranking.json", "--anyway").stderr


@pytest.mark.parametrize("status", ["declined", "removed"])
def test_who_declined_or_removed_the_last_post_gets_no_draft(draft, status):
    """In another campaign too; unless that is meant."""
    draft("brief.toml", *TWO[1:2], "--db", "o.db")
    CliRunner().invoke(placements, ["set", TWO[1], "--status", status, "--db", "o.db"], catch_exceptions=False)
    Path("next.toml").write_text(BRIEF.replace('campaign = "', 'campaign = "Next '), "utf-8")
    refused = draft("next.toml", TWO[1], "--db", "o.db", "--format", "json")
    assert json.loads(refused.stdout) == []
    assert "--anyway drafts it" in refused.stderr
    again = draft("next.toml", TWO[1], "--db", "o.db", "--format", "json", "--anyway")
    assert len(json.loads(again.stdout)) == 1


def test_who_does_not_reply_gets_no_draft(draft):
    """As the sheet says in any of five languages."""
    Path("sheet.csv").write_text("place;key;accepts_posts\nA;vk:club1;Нет ответа\nB;vk:club2;δεν απαντά\n", "utf-8")
    refused = draft("brief.toml", "--from", "sheet.csv", "--strict")
    assert refused.exit_code == 3
    assert refused.stderr.count("the sheet says that this place does not reply; --anyway drafts it") == 2


@pytest.mark.parametrize("field", ["problem", "title"])
def test_what_somebody_meant_to_fill_in_stops_a_draft(draft, field):
    """It would be published as it stands."""
    text = BRIEF.replace("get lost?", "get lost? {erid}") if field == "problem" else 'title = "{{name}}"\n' + BRIEF
    Path("brief.toml").write_text(text, "utf-8")
    refused = draft(*TWO, "--strict")
    assert refused.exit_code == 3
    assert "its text still has {" in refused.stderr
    assert "fill it in" in refused.stderr


def test_places_of_one_name_are_told_apart(draft):
    """By their keys, in a table for people."""
    rows = [
        {"resource": key, "name": name, "overlap": 1}
        for key, name in (("vk:club1", "Moms"), ("telegram:moms_riga", "Moms"), ("vk:club2", "Dads"))
    ]
    Path("ranking.json").write_text(json.dumps(rows))
    shown = draft("brief.toml", "--from", "ranking.json", "--format", "table").stdout
    assert re.findall(r"^(\S+) +a ", shown, re.MULTILINE) == ["vk:club1", "telegram:moms_riga", "Dads"]


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_places_of_a_ledger(draft, form):
    """Its addresses are those of the article, and no place: what was published may have its next round so."""
    draft("brief.toml", *EVERYWHERE[:2], "--deal", "paid", "--cost", "20 EUR", "-o", "drafts")
    exported = CliRunner().invoke(placements, ["export", "-o", f"all.{form}"], help_option_names=["-h", "--help"])
    assert exported.exit_code == 0, exported.output
    result = draft("brief.toml", "--from", f"all.{form}", "--again", "-o", "drafts")
    assert result.exit_code == 0, result.stderr
    rounds = [(one.resource, one.round, one.deal, one.cost) for one in open_ledger("outreach.db").placements()]
    assert rounds == [
        ("telegram:riga_smm", 1, "paid", 20.0), ("vk:club1", 1, "paid", 20.0),
        ("telegram:riga_smm", 2, "paid", None), ("vk:club1", 2, "paid", None),
    ]  # fmt: skip


def copies(*names):
    return {name: Path("drafts", name).read_bytes() for name in names}


def test_texts_and_a_document_beside_the_drafts(draft):
    """A .txt a place and one .docx for all; again, nothing is written."""
    result = draft(*TWO, "-o", "drafts", "--as", "txt", "--as", "docx")
    assert result.exit_code == 0
    assert "To paste or to pass on: 2 text files, drafts/drafts-spring.docx.\n" in result.stderr.replace("\\", "/")
    names = ["drafts-spring.docx", "vk-club1.md", "vk-club1.txt", "vk-club2.md", "vk-club2.txt"]
    assert sorted(path.name for path in Path("drafts").iterdir()) == names
    assert Path("drafts/vk-club1.txt").read_text("utf-8").startswith("Where do requests get lost?\n\nIn a mailbox.")
    before = {path: path.stat().st_mtime_ns for path in Path("drafts").iterdir()}
    assert "To paste" not in draft(*TWO, "-o", "drafts", "--as", "txt", "--as", "docx").stderr
    assert {path: path.stat().st_mtime_ns for path in Path("drafts").iterdir()} == before


def test_copies_follow_what_a_person_wrote(draft):
    """An edit of the Markdown file goes into them, one of theirs stays; --force replaces it."""
    draft(*TWO, "-o", "drafts", "--as", "txt", "--as", "docx")
    change("drafts/vk-club1.md", "In a mailbox.", "In the mail.")
    change("drafts/vk-club2.txt", "In a mailbox.", "In a drawer.")
    result = draft(*TWO, "-o", "drafts", "--as", "txt", "--as", "docx")
    assert "In the mail." in Path("drafts/vk-club1.txt").read_text("utf-8")
    assert "In a drawer." in Path("drafts/vk-club2.txt").read_text("utf-8")
    assert "replaces them): drafts/vk-club1.md, drafts/vk-club2.txt.\n" in result.stderr.replace("\\", "/")
    draft(*TWO, "-o", "drafts", "--as", "txt", "--force")
    assert "In a drawer." not in Path("drafts/vk-club2.txt").read_text("utf-8")


def test_a_document_that_a_client_saved_stays(draft):
    """With his remarks; a foreign file of that name too."""
    draft(*TWO, "-o", "drafts", "--as", "docx")
    path = Path("drafts/drafts-spring.docx")
    opened = docx.Document(path)
    opened.paragraphs[0].add_run(" agreed")
    opened.save(path)
    saved = path.read_bytes()
    Path("brief.toml").write_text(BRIEF.replace("A list.", "A plan."), "utf-8")
    Path("drafts/vk-club1.txt").write_text("my own notes\n")
    result = draft(*TWO, "-o", "drafts", "--as", "docx", "--as", "txt")
    assert path.read_bytes() == saved
    assert "replaces them): drafts/drafts-spring.docx.\n" in result.stderr.replace("\\", "/")
    assert "left as they are (remove them, then draft again): drafts/vk-club1.txt.\n" in result.stderr.replace(
        "\\", "/"
    )
    path.write_bytes(b"a letter")
    assert "Not drafts from outreach" in draft(*TWO, "-o", "drafts", "--as", "docx", "--force").stderr
    assert path.read_bytes() == b"a letter"


def test_texts_to_paste_are_checked_too(draft):
    """As the Markdown files are; and they can be taken over as what was posted."""
    draft(*TWO, "-o", "drafts", "--as", "txt")
    good = draft("--check", "drafts/vk-club1.txt", "--strict")
    assert good.exit_code == 0
    assert good.stdout.endswith(" of 16384 utf-16; no findings\n")
    change("drafts/vk-club1.txt", "Read on: https", "Read on: http")
    bad = draft("--check", "drafts/vk-club1.txt", "--strict")
    assert (bad.exit_code, "the link was changed" in bad.stdout) == (3, True)


@pytest.mark.parametrize("where", [(), ("-o", "all.md"), ("-o", "all.csv"), ("-o", "-")])
def test_copies_need_a_folder(draft, where):
    """Usage, before anything is written."""
    result = draft(*TWO, *where, "--as", "txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "Error: --as txt: goes beside the drafts in a folder\nHint: -o drafts/\n"
    assert sorted(path.name for path in Path().iterdir()) == ["brief.toml"]


def test_two_places_of_one_name(draft):
    """Each has its file, whatever is drafted first, and nothing is written over."""
    first, second = "other:name/smm%20riga", "other:name/smm-riga"
    draft("brief.toml", second, "-o", "drafts")
    assert Path("drafts/other-name-smm-riga.md").exists()
    for places in ((first, second), (second, first), (first,), (second,)):
        draft("brief.toml", *places, "-o", "drafts")
        assert f"`{second}`" in Path("drafts/other-name-smm-riga.md").read_text("utf-8")
        assert f"`{first}`" in Path("drafts/other-name-smm-riga-2.md").read_text("utf-8")
    assert len(list(Path("drafts").iterdir())) == 2
