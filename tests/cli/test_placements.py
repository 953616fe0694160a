"""The ledger at the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace

import pytest
from click.testing import CliRunner

from outreach import cli
from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.placement import PLACEMENTS
from outreach.cli import placements as command
from outreach.tables import DEALS, STATUSES

LINK = "https://shop.example/?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=smm"
BRIEF = 'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "In a mailbox."\n'
LINKS = f"place,link,date,cost\nt.me/smm_riga,{LINK},2026-05-12,20 EUR\nt.me/smm_riga_jobs,{LINK},,\n"


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    monkeypatch.setattr(cli, "COMMANDS", {**cli.COMMANDS, "placements": "Keep the ledger."})

    def call(*args: str):
        return CliRunner().invoke(cli.main, ("placements", *args), catch_exceptions=False)

    return call


@pytest.fixture
def ledger(outreach, tmp_path):
    """Make a ledger of two links."""
    (tmp_path / "links.csv").write_text(LINKS)
    done = outreach("import", "links.csv")
    assert done.exit_code == 0, done.stderr
    return open_ledger(tmp_path / "outreach.db")


def test_import_says_what_it_did(outreach, tmp_path):
    """How many are new, what was taken for granted, and what to do next."""
    (tmp_path / "links.csv").write_text(LINKS + "t.me/other,nothing\n")
    done = outreach("import", "links.csv")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "rows without a status, taken as published: 3",
        "links.csv, line 4: the link is not the address of a page: write http:// or https:// at its beginning",
        "2 posts added to outreach.db, 0 updated, 0 there already, 0 left as they were, 1 line not used.",
        "Next: outreach placements list",
    ]


def test_import_twice_changes_nothing(outreach, ledger):
    """The same table again finds everything there."""
    before = ledger.placements()
    assert "0 posts added to outreach.db, 0 updated, 2 there already" in outreach("import", "links.csv").stderr
    assert ledger.placements() == before


def test_import_without_a_usable_line(outreach, tmp_path):
    """Then there is nothing to import, and no success."""
    (tmp_path / "links.csv").write_text("place,link\nt.me/other,nothing\n")
    done = outreach("import", "links.csv")
    assert done.exit_code == 3
    assert done.stderr.splitlines()[1:] == [
        "Error: links.csv: none of its lines can be used",
        "Hint: the lines above show why",
    ]


def test_a_dry_run_writes_nothing(outreach, tmp_path):
    """It reads and tells, and makes no ledger."""
    (tmp_path / "links.csv").write_text(LINKS)
    assert "2 posts can be read; nothing was written." in outreach("import", "links.csv", "--dry-run").stderr
    assert not (tmp_path / "outreach.db").exists()


def test_list_in_a_pipe_is_csv(outreach, ledger):
    """One row for each placement, with all columns."""
    done = outreach("list")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0]) == list(PLACEMENTS.names)
    assert [row["resource"] for row in rows] == [one.resource for one in ledger.placements()]
    assert done.stderr.splitlines()[0] == "2 posts."


def test_list_as_a_table(outreach, ledger):
    """A line for each, without numbers that nobody needs."""
    ledger.put([Placement(campaign="autumn", resource="vk:smm", final_url=LINK, name="\x1b[31m[b]Смм[/b]")])
    lines = outreach("list", "--format", "table").stdout.splitlines()
    assert lines[0].split()[:4] == ["status", "date", "platform", "place"]
    assert len(lines) == 5
    assert "2026-05-12" in lines[2]
    assert "[b]Смм" in lines[4]
    assert "\x1b" not in lines[4]


def test_list_of_some(outreach, ledger):
    """Names, campaign, status and platform narrow it."""
    ledger.set([ledger.placements()[0]], status="removed")

    def listed(*args):
        return [row["resource"] for row in json.loads(outreach("list", "--format", "json", *args).stdout)]

    assert listed("jobs") == ["telegram:smm_riga_jobs"]
    assert listed("--status", "removed") == ["telegram:smm_riga"]
    assert listed("--platform", "Телеграм") == ["telegram:smm_riga", "telegram:smm_riga_jobs"]
    assert listed("--campaign", "autumn") == []


@pytest.mark.parametrize("args", [["list"], ["set", "x", "--status", "sent"], ["export"], ["undo"]])
def test_a_ledger_that_is_not_there(outreach, tmp_path, args):
    """Nothing is made where something is asked."""
    done = outreach(*args)
    assert (done.exit_code, done.stdout) == (3, "")
    assert done.stderr.startswith("Error: outreach.db: no such file\nHint: ")
    assert list(tmp_path.iterdir()) == []


def test_the_ledger_is_named_by_an_option_or_the_environment(outreach, ledger, tmp_path, monkeypatch):
    """--db before OUTREACH_DB before outreach.db."""
    assert ledger.placements()
    open_ledger(tmp_path / "other.db")
    monkeypatch.setenv("OUTREACH_DB", "other.db")
    assert "No post in other.db" in outreach("list").stderr
    assert "2 posts." in outreach("list", "--db", "outreach.db").stderr


def test_set_by_a_name(outreach, ledger):
    """A whole name is enough, also where it is the beginning of another one; what was set is said."""
    done = outreach(
        "set", "SMM_Riga", "--status", "declined", "--cost", "1 500 руб", "--url", "https://t.me/smm_riga/7"
    )
    assert done.exit_code == 0, done.stderr
    one, other = ledger.placements()
    called = "telegram:smm_riga, campaign spring, variant a, repeat 1"
    assert (one.status, one.cost, one.currency, one.post_url) == ("declined", 1500, "RUB", "https://t.me/smm_riga/7")
    assert other.status == "published"
    assert done.stderr.splitlines() == [
        f"{called}: status declined, cost 1500 RUB, post_url https://t.me/smm_riga/7.",
        "To take it back: outreach placements undo",
    ]


def test_a_published_post_goes_back_only_if_that_is_meant(outreach, ledger):
    """A slip would lose when it was published."""
    refused = outreach("set", "jobs", "--status", "sent")
    assert refused.exit_code == 2
    assert (
        "--status sent: telegram:smm_riga_jobs, campaign spring, variant a, repeat 1 is published already"
        in refused.stderr
    )
    assert outreach("set", "jobs", "--status", "sent", "--force").exit_code == 0
    assert [one.status for one in ledger.placements() if one.resource.endswith("jobs")] == ["sent"]


def test_set_published_has_a_day(outreach, ledger):
    """Today where none is said; the one that is there stays."""
    outreach("set", "jobs", "--status", "published")
    outreach("set", "telegram:smm_riga", "--status", "published")
    first, second = ledger.placements()
    assert first.published_at == "2026-05-12"
    assert second.published_at is not None
    assert len(second.published_at) == 10


def test_set_empties_by_a_dash(outreach, ledger):
    """A dash says that there is none."""
    outreach("set", "telegram:smm_riga", "--cost", "-", "--date", "-")
    assert (ledger.placements()[0].cost, ledger.placements()[0].published_at) == (None, None)


def test_set_of_several_lists_them(outreach, ledger):
    """What is not unique changes nothing, and the choices are shown."""
    done = outreach("set", "riga", "--status", "removed")
    assert done.exit_code == 3
    assert done.stderr.splitlines() == [
        "Error: 2 posts have this name:",
        "  telegram:smm_riga, campaign spring, variant a, repeat 1, published",
        "  telegram:smm_riga_jobs, campaign spring, variant a, repeat 1, published",
        "Hint: give the key, or add --campaign, --variant or --round",
    ]
    assert {one.status for one in ledger.placements()} == {"published"}


def test_set_of_one_round(outreach, ledger):
    """Options choose among those of one name."""
    ledger.put([replace(ledger.placements()[0], round=2)])
    assert outreach("set", "telegram:smm_riga", "--round", "2", "--status", "removed").exit_code == 0
    assert [one.status for one in ledger.find("telegram:smm_riga")] == ["published", "removed"]


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["nowhere", "--status", "sent"], 3, "Error: no post in outreach.db has this name"),
        (["riga"], 2, "Give something to record."),
        (["riga", "--date", "05/06/2026"], 2, "can be read in two ways"),
        (["riga", "--cost", "much"], 2, "Error: --cost much: not a sum of money"),
        (["riga", "--currency", "posts"], 2, "Error: --currency posts: not a currency"),
        (["riga", "--url", "javascript:alert(1)"], 2, "write http:// or https:// at the beginning of the address"),
    ],
)
def test_set_that_cannot_be(outreach, ledger, args, code, says):
    """Told, and nothing changes."""
    before = ledger.placements()
    done = outreach("set", *args)
    assert (done.exit_code, ledger.placements()) == (code, before)
    assert says in done.stderr


def test_undo_takes_the_last_change_back(outreach, ledger):
    """Again, the one before, until there is none."""
    before = ledger.placements()
    outreach("set", "jobs", "--status", "removed")
    assert "Taken back: set of " in outreach("undo").stderr
    assert ledger.placements() == before
    assert "2 posts removed" in outreach("undo").stderr
    assert "nothing to take back" in outreach("undo").stderr


@pytest.mark.parametrize("name", ["all.csv", "all.xlsx"])
def test_export_and_import_are_a_round_trip(outreach, ledger, tmp_path, name):
    """Every value comes back, whatever a cell may look like."""
    full = Placement(
        campaign="весна", resource="facebook:name/baltic%20marketers", variant="b", round=3, language="lv",
        url="https://shop.example/", final_url=LINK, short_url="https://s.example/1", utm_source="x",
        text="=1+1\n\n«Խնդիր», \"η λύση\" 'x'\n- bonus\n" + LINK, comment="'@all", deal="barter", cost=0.1,
        currency="EUR", status="quoted", published_at="2026-05-12T09:00:00Z", name="-SMM-", promo="+10",
    )  # fmt: skip
    ledger.put([full])
    assert outreach("export", "-o", name).exit_code == 0
    assert outreach("import", name, "--db", "copy.db").exit_code == 0
    assert open_ledger(tmp_path / "copy.db").placements() == ledger.placements()


def test_export_does_not_write_over_the_ledger(outreach, ledger):
    """A slip of the keys costs nothing."""
    before = ledger.placements()
    assert outreach("export", "-o", "outreach.db", "--format", "csv").exit_code == 1
    assert ledger.placements() == before


def test_the_choices_of_the_command_are_those_of_the_ledger():
    """They stand there a second time, so that help costs no database; and the table has all fields."""
    assert (command.STATUSES, command.DEALS) == (STATUSES, DEALS)
    assert PLACEMENTS.names == tuple(field.name for field in fields(Placement))


@pytest.mark.parametrize("name", ["", "list", "set", "import", "export", "undo"])
def test_every_help_has_an_example(outreach, name):
    """Something to copy."""
    assert "Example:" in outreach(*filter(None, [name]), "--help").stdout


@pytest.mark.parametrize("width", [60, 80, 99, 100, 200])
def test_the_table_fits_its_terminal(ledger, monkeypatch, width):
    """However narrow it is, each placement is one line, and status, day and place can be read."""
    from outreach.cli import placements_table

    ledger.put([Placement(campaign="autumn", resource="vk:smm", final_url=LINK, name="Очень длинное имя " * 9)])
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    shown = io.StringIO()
    monkeypatch.setattr(shown, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(placements_table.sys, "stdout", shown)
    placements_table.show_placements(ledger.placements())
    lines = re.sub("\x1b(?:\\[[0-9;]*m|\\]8;[^\x1b]*\x1b\\\\)", "", shown.getvalue()).splitlines()
    assert len(lines) == 2 + 3
    assert max(len(line.rstrip()) for line in lines) <= width
    assert all("2026-05-12" in lines[2] and "published" in line and "smm_riga" in line for line in lines[2:4])
    assert width < 80 or all("telegram" in line for line in lines[2:4])
    assert ("link" in lines[0]) == (width >= 100)


def test_set_the_text_of_a_file(outreach, ledger, tmp_path):
    """What was posted, in plain text; what is odd about it is said."""
    link = ledger.placements()[0].final_url
    (tmp_path / "posted.txt").write_bytes(f"\ufeffLost?\r\n\r\n{link}\r\n".encode())
    done = outreach("set", "telegram:smm_riga", "--text", "posted.txt")
    assert done.exit_code == 0, done.stderr
    assert ledger.placements()[0].text == f"Lost?\n\n{link}"
    (tmp_path / "posted.txt").write_text("Lost?")
    assert "posted.txt: it has no link with utm tags" in outreach("set", "jobs", "--text", "posted.txt").stderr
    assert outreach("set", "jobs", "--text", "none.txt").exit_code == 3


def test_set_the_text_of_a_draft(outreach, tmp_path):
    """From its file, with its comment; the file of another place is refused."""
    (tmp_path / "brief.toml").write_text(BRIEF)
    args = ["draft", "brief.toml", "vk.com/club1", "x.com/riga", "-o", "drafts"]
    assert CliRunner().invoke(cli.main, args).exit_code == 0
    path = tmp_path / "drafts" / "vk-club1.md"
    path.write_text(path.read_text("utf-8").replace("In a mailbox.", "In the mail."), "utf-8")
    done = outreach("set", "vk:club1", "--text", "drafts/vk-club1.md")
    assert "Its status is still drafted" in done.stderr
    assert "In the mail." in open_ledger(tmp_path / "outreach.db").find("vk:club1")[0].text
    refused = outreach("set", "x:riga", "--text", "drafts/vk-club1.md")
    assert refused.exit_code == 3
    assert "it does not have the text of x:riga, campaign spring, variant a, repeat 1" in refused.stderr


def test_undo_of_drafts_names_the_files(outreach, tmp_path):
    """They carry links that the ledger does not know any more."""
    (tmp_path / "brief.toml").write_text(BRIEF)
    args = ["draft", "brief.toml", "vk.com/club1", "-o", "drafts", "--db", "o.db"]
    assert CliRunner().invoke(cli.main, args).exit_code == 0
    done = outreach("undo", "--db", "o.db")
    assert done.stderr.splitlines()[1:] == [
        "The files of these drafts stay, but their links and texts are no longer in the ledger.",
        "Next: outreach draft --check drafts/*.md --db o.db",
    ]


def test_the_next_line_is_about_the_same_ledger(outreach, ledger):
    """Not about the usual one."""
    assert ledger.placements()
    assert outreach("list", "--db", "./outreach.db").stderr.endswith(
        "Example: outreach placements set NAME --status published --date today --db ./outreach.db\n"
    )
    done = outreach("set", "jobs", "--status", "removed", "--db", "./outreach.db")
    assert done.stderr.endswith("To take it back: outreach placements undo --db ./outreach.db\n")


def test_a_campaign_as_the_brief_calls_it(outreach, ledger):
    """Its name is enough; that in the links needs no one to know."""
    shown = outreach("list", "--campaign", "Spring", "--format", "csv").stdout
    assert len(list(csv.DictReader(io.StringIO(shown)))) == 2
    assert outreach("set", "t.me/smm_riga", "--campaign", "SPRING ", "--status", "removed").exit_code == 0
    assert [one.status for one in ledger.placements()].count("removed") == 1


def test_several_placements_of_one_place(outreach, ledger):
    """Its key would not tell them apart, and is not asked for."""
    first = ledger.placements()[0]
    ledger.put([replace(first, id=None, round=2)])
    assert "Hint: add --campaign, --variant or --round" in outreach("set", first.resource, "--status", "sent").stderr
    assert "Hint: give the key, or add --campaign" in outreach("set", "riga", "--status", "sent").stderr


def happened(ledger, name="telegram:smm_riga"):
    return [(one.kind, one.at, one.answer) for one in ledger.events() if one.resource == name]


def test_a_status_keeps_its_day(outreach, ledger):
    """Its event has the day; published and removed have theirs beside it, too."""
    name = "telegram:smm_riga"
    before = happened(ledger)
    outreach("set", name, "--status", "removed", "--date", "2026-06-01", "--by", "Anna", "--note", "too early")
    one = ledger.find(name)[0]
    assert (one.status, one.published_at, one.removed_at) == ("removed", "2026-05-12", "2026-06-01")
    assert happened(ledger) == [*before, ("removed", "2026-06-01", "")]
    assert (ledger.events()[-1].by, ledger.events()[-1].note) == ("Anna", "too early")
    outreach("set", name, "--status", "booked", "--date", "2026-06-03", "--force")
    one = ledger.find(name)[0]
    assert (one.status, one.published_at) == ("booked", "2026-05-12")
    assert happened(ledger)[-1] == ("booked", "2026-06-03", "")
    outreach("undo")
    assert ledger.find(name)[0].status == "removed"
    assert len(happened(ledger)) == len(before) + 1
    outreach("set", "jobs", "--status", "sent", "--date", "2026-06-03", "--force")
    assert happened(ledger, "telegram:smm_riga_jobs")[-1] == ("set_back", "2026-06-03", "written")


def test_facts_of_a_post(outreach, ledger):
    """Numbers as people write them; a dash empties."""
    name = "telegram:smm_riga"
    outreach("set", name, "--stay-until", "12.06.2026", "--views", "1 200")
    one = ledger.find(name)[0]
    assert (one.must_stay_until, one.views_24h) == ("2026-06-12", 1200)
    outreach("set", name, "--stay-until", "-", "--views", "-")
    one = ledger.find(name)[0]
    assert (one.must_stay_until, one.views_24h) == (None, None)
    ledger.put([replace(one, round=2)])
    assert outreach("set", name, "--round", "2", "--repost-of", "1").exit_code == 0
    assert outreach("set", name, "--round", "1", "--repost-of", "1").exit_code == 3
    assert ledger.find(name, round=2)[0].repost_of == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("set", "--views", "many"), "--views many: not a whole number"),
        (("set", "--views", "1.5"), "--views 1.5: not a whole number"),
        (("set", "--stay-until", "05/06/2026"), "can be read in two ways"),
        (("set", "--by", "Anna"), "are kept with a new status"),
        (("log", "waved"), "is not one of"),
        (("log", "paid", "--amount", "much"), "--amount much: not a sum of money"),
        (("log", "invoiced", "--due", "soon"), "--due soon"),
        (("log", "looked", "--answer", "maybe"), "answer must be one of"),
    ],
)
def test_what_cannot_be_written_down_is_refused(outreach, ledger, words, says):
    """And nothing changes."""
    before = ledger.events()
    done = outreach(words[0], "telegram:smm_riga", *words[1:])
    assert done.exit_code in (2, 3)
    assert says in done.stderr
    assert ledger.events() == before


def test_log(outreach, ledger):
    """What is no status; the same once."""
    line = ("log", "telegram:smm_riga", "invoiced", "--amount", "20 EUR", "--due", "2026-05-20", "--date", "2026-05-12")
    done = outreach(*line)
    assert done.exit_code == 0
    assert done.stderr.splitlines()[0].endswith("repeat 1: invoiced, status published.")
    event = ledger.events()[-1]
    assert (event.kind, event.amount, event.currency, event.due) == ("invoiced", 20.0, "EUR", "2026-05-20")
    assert "already recorded" in outreach(*line).stderr
    assert ledger.events()[-1] == event
    assert outreach("undo").stderr.startswith("Taken back: log of ")
    assert event not in ledger.events()


def test_a_table_that_an_older_program_wrote(outreach, ledger, tmp_path):
    """Without the columns that came later, its own texts are read verbatim all the same."""
    outreach("export", "-o", "all.csv")
    rows = list(csv.DictReader((tmp_path / "all.csv").read_text(encoding="utf-8").splitlines()))
    with (tmp_path / "old.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, PLACEMENTS.names[:25])
        writer.writeheader()
        writer.writerows({name: row[name] for name in PLACEMENTS.names[:25]} for row in rows)
    assert PLACEMENTS.names[24] == "promo"
    assert outreach("import", "old.csv", "--db", "other.db").exit_code == 0
    assert [replace(one, id=None) for one in open_ledger(tmp_path / "other.db").placements()] == [
        replace(one, id=None) for one in ledger.placements()
    ]
