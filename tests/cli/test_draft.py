"""``outreach draft``: files and tables of drafts, the ledger beside them, and what is said."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

import outreach.cli
from outreach.cli import main
from outreach.store import open_store
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
    assert [one.final_url for one in open_store("o.db").placements()] == [bare[0]["link"]]


def test_folder_and_ledger(draft):
    """A file a place, a placement a draft; again, nothing changes."""
    result = draft("brief.toml", "vk.com/club1", "t.me/smm_riga", "-o", "drafts/")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == (
        "outreach.db: 2 placements added, 0 updated, 0 as before.\n"
        "2 draft files in drafts/.\n"
        "These 2 places get the same text (variant a): vk:club1, telegram:smm_riga; several texts in the brief take "
        "turns over the places.\n"
        "Next: outreach placements list\n"
    )
    assert sorted(path.name for path in Path("drafts").iterdir()) == [
        "spring--telegram-smm_riga.md",
        "spring--vk-club1.md",
    ]
    before = Path("drafts/spring--vk-club1.md").stat().st_mtime_ns
    again = draft("brief.toml", "vk.com/club1", "t.me/smm_riga", "-o", "drafts/")
    assert again.stderr.startswith("outreach.db: 0 placements added, 0 updated, 2 as before.\n")
    assert Path("drafts/spring--vk-club1.md").stat().st_mtime_ns == before


def test_edited_files_stay(draft):
    """Others follow the brief; --force replaces all."""
    draft("brief.toml", "vk.com/club1", "vk.com/club2", "-o", "drafts")
    mine = Path("drafts/spring--vk-club1.md")
    edited = mine.read_text("utf-8").replace("In a mailbox.", "In the mail.")
    mine.write_text(edited, "utf-8")
    Path("brief.toml").write_text(BRIEF.replace("A list.", "A plan."), "utf-8")
    result = draft("brief.toml", "vk.com/club1", "vk.com/club2", "-o", "drafts")
    assert (
        "Edited by hand, and left as they are (--force replaces them): drafts/spring--vk-club1.md.\n"
        in result.stderr.replace("\\", "/")
    )
    assert mine.read_text("utf-8") == edited
    assert "A plan." in Path("drafts/spring--vk-club2.md").read_text("utf-8")
    assert "Edited" not in draft("brief.toml", "vk.com/club1", "-o", "drafts", "--force").stderr
    assert "A plan." in mine.read_text("utf-8")


def test_what_was_sent_stays_in_the_ledger(draft):
    """And --again starts the next round with a link of its own."""
    draft("brief.toml", "vk.com/club1", "--db", "o.db")
    store = open_store("o.db")
    (first,) = store.set(store.placements(), status="published")
    Path("brief.toml").write_text(BRIEF.replace("A list.", "A plan."), "utf-8")
    result = draft("brief.toml", "vk.com/club1", "--db", "o.db")
    assert (
        "vk:club1, variant a: is published; its text, link and file stay; --again starts the next round\n"
        in result.stderr
    )
    assert open_store("o.db").placements() == [first]
    again = json.loads(draft("brief.toml", "vk.com/club1", "--db", "o.db", "--again", "--format", "json").stdout)
    assert again[0]["link"] != first.final_url
    assert [(one.round, one.status) for one in open_store("o.db").placements()] == [(1, "published"), (2, "drafted")]
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
    assert "Drafts of other variants for these places stay in the ledger too: vk:club1 (a).\n" in result.stderr


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
    (one,) = open_store("o.db").placements()
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
    assert open_store("o.db").placements() == []


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        ((), 2, "Give a brief."),
        (("brief.toml",), 3, "no place is given"),
        (("none.toml", "vk.com/club1"), 3, "none.toml: cannot be read"),
        (("brief.toml", "two words"), 3, "names no place"),
        (("brief.toml", "vk.com/club1", "-o", "brief.toml"), 1, "brief.toml: given twice"),
        (("brief.toml", "vk.com/club1", "--templates", "none"), 3, "no such folder"),
        (("brief.toml", "vk.com/club1", "--shorten", "goo.gl"), 2, "not a service"),
        (("", "vk.com/club1"), 2, "Give a brief."),
        (("brief.toml", "ж" * 999), 3, "жж…: this names no place"),
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
    Path("drafts/spring--vk-club1.md").mkdir(parents=True)
    result = draft("brief.toml", "vk.com/club2", "vk.com/club1", "-o", "drafts")
    assert result.exit_code == 1
    assert "spring--vk-club1.md: this is a folder" in result.stderr
    assert open_store("outreach.db").placements() == []
    assert [path.name for path in Path("drafts").iterdir()] == ["spring--vk-club1.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only(draft):
    """Told before the ledger is written."""
    Path("drafts").mkdir(mode=0o555)
    result = draft("brief.toml", "vk.com/club1", "-o", "drafts")
    assert (result.exit_code, "drafts: no permission to write there" in result.stderr) == (1, True)
    assert open_store("outreach.db").placements() == []


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
    assert "post.md: this is no text\nHint: save it as plain text" in result.stderr


def test_check_again(draft):
    """One line a text; findings are remarks unless --strict is given."""
    draft("brief.toml", "vk.com/club1", "vk.com/club2", "-o", "drafts")
    path = "drafts/spring--vk-club1.md"
    both = draft("--check", path, "drafts/spring--vk-club2.md").stdout
    assert [line.partition(":")[0] for line in both.splitlines()] == [
        "drafts/spring--vk-club1.md, variant a",
        "drafts/spring--vk-club2.md, variant a",
    ]
    good = draft("--check", path, "--strict")
    assert good.exit_code == 0
    assert good.stdout.endswith(" of 16384 utf-16; nothing to mend\n")
    text = Path(path).read_text("utf-8")
    Path(path).write_text(text.replace("Read on: https", "Read on: http"), "utf-8")
    bad = draft("--check", path)
    assert (bad.exit_code, "the link was changed: it was https://example.org/how?" in bad.stdout) == (0, True)
    assert draft("--check", path, "--strict").exit_code == 3


def test_check_a_published_text(draft):
    """From standard input, with the ledger's help."""
    link = json.loads(draft("brief.toml", "vk.com/club1", "--db", "outreach.db", "--format", "json").stdout)[0]["link"]
    assert "nothing to mend" in draft("--check", "-", stdin=f"Lost? {link}".encode()).stdout
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
    (kept,) = open_store("o.db").placements()
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
