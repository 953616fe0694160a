"""The week of a campaign in an empty folder: no option is typed that outreach.toml knows."""

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.cli import main
from outreach.cli.campaign import USES
from outreach.remote import visit
from tests.remote.pages import pages

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Call the command line in the folder of the campaign."""
    monkeypatch.chdir(tmp_path)

    def call(*words):
        command = words[0] if words else ""
        for option in main.get_command(None, command).params if command in USES else ():
            if option.name in USES[command] and option.name != "table":  # drafts of another table are a choice
                assert not {*option.opts} & {*words}
        done = CliRunner().invoke(main, words, catch_exceptions=False)
        assert done.exit_code == 0, (words, done.stderr)
        return done

    return call


def test_the_week(run, tmp_path, monkeypatch):  # noqa: PLR0915 - a week has many steps
    """From ten customers to the verdict, each command as the one before says it."""
    assert run("init", "clinic", "--no-input").stderr.endswith("Next: outreach collect -o lists/follows.xlsx\n")
    clinic = tmp_path / "clinic"
    monkeypatch.chdir(clinic)
    text = (clinic / "outreach.toml").read_text(encoding="utf-8")
    own = '# own = "t.me/my_channel"'
    assert own in text
    text = text.replace(own, 'own = "facebook.com/vorblinka"').replace('# market = "LV"', 'market = "LV"')
    (clinic / "outreach.toml").write_text(text, encoding="utf-8")
    run("collect", "-o", "lists/follows.xlsx")
    shutil.copy(SAMPLE / "follows.xlsx", clinic / "lists" / "follows.xlsx")

    assert run("check").stderr.endswith("Next: outreach rank\n")
    ranked = run("rank")
    assert "vorblinka" not in ranked.stdout
    assert run("resources").stderr.endswith("Next: outreach rank\n")
    run("rank", "-o", "ranking.csv")
    assert run("rank", "-o", "ranking.xlsx").stderr.endswith("Next: outreach brief new\n")

    planned = run("plan", "-o", "plan.csv")
    assert "Five places cover about" in planned.stderr
    assert planned.stderr.endswith("Next: outreach brief new\n")

    run("brief", "new", "--no-input")
    shutil.copy(SAMPLE / "brief.toml", clinic / "brief.toml")
    assert run("rank", "-o", "ranking.csv").stderr.endswith("Next: outreach draft --from ranking.csv --top 5\n")
    assert run("brief", "check").stderr.endswith("Next: outreach draft\n")
    run("draft", "--from", "plan.csv")
    drafts = sorted((clinic / "drafts").glob("*.md"))
    assert len(drafts) == 5
    assert not any("vorblinka" in draft.name for draft in drafts)

    listed = run("placements", "list")
    assert listed.stdout.count("drafted") == 5
    place = listed.stdout.splitlines()[1].split(",")[2]
    run("placements", "set", place, "--status", "published", "--date", "2026-05-12", "--cost", "20 EUR")
    with pages() as server:
        monkeypatch.setattr(visit, "LOOPBACK_ALLOWED", True)
        link = next(row["final_url"] for row in csv.DictReader(listed.stdout.splitlines()) if row["resource"] == place)
        server.pages = {"/7": (200, f'<a href="{link}">')}
        run("placements", "set", place, "--url", f"{server.base}/7", "--stay-until", "2026-06-12")
        assert run("verify", place).stderr.endswith("1 address opened: 1 there.\nNext: outreach today\n")
    due = run("today", "--date", "2026-05-13", "--format", "text").stdout
    assert "2026-05-13  " in due
    assert "Record the views of the first 24 hours" in due
    run("placements", "set", place, "--views", "1200")
    assert "views" not in run("today", "--date", "2026-05-13").stdout
    run("today", "-o", "today.xlsx")
    run("today", "-o", "today.ics")
    run("track", "--template", "-o", "results/results.xlsx")
    shutil.copy(SAMPLE / "results" / "bookings.csv", clinic / "results" / "bookings.csv")
    (clinic / "results" / "results.xlsx").unlink()
    report = run("track")
    assert report.stderr.startswith("From outreach.toml: results, db, market, my_language.\n")
    run("track", "-o", "report.xlsx")
    assert (clinic / "report.xlsx").exists()

    assert re.search("Five posts bring about [0-9]+ ", run("plan").stderr)

    stands = run()
    assert "4 drafted, 1 published" in stands.stdout
    assert stands.stderr == "Next: outreach track\n"


@pytest.mark.parametrize("page", ["story.md", "ru/story.md"])
def test_the_story_of_the_manual(run, page, tmp_path, monkeypatch):
    """Its lines, pasted one after the other, lead from an empty folder to the verdict."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    steps = re.findall(r"^```(sh|toml)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    shutil.copytree(SAMPLE, tmp_path / "sample_data")
    here, told = tmp_path, {}
    for kind, block in steps:
        if kind == "toml":  # lines that a reader fills in
            file = here / "outreach.toml"
            settings = file.read_text(encoding="utf-8")
            for line in block.splitlines():
                name = line.partition(" ")[0]
                settings, filled = re.subn(rf"^# {name} = .*$", line, settings, flags=re.MULTILINE)
                assert filled == 1, name
            file.write_text(settings, encoding="utf-8")
            continue
        for line in block.splitlines():
            program, *words = shlex.split(line)
            if program == "cd":
                here /= words[0]
                monkeypatch.chdir(here)
            elif program == "cp":
                shutil.copy(here / words[0], here / words[1])
            else:
                assert program == "outreach"
                told[line] = run(*words)
    assert next(iter(told)).startswith("outreach init ")
    assert {"outreach", "outreach check", "outreach resources", "outreach track"} <= {*told}
    assert re.search(r"bez_bublixa\W+9 ", told["outreach track -o report.xlsx"].stderr)
    assert (here / "report.xlsx").exists()
    assert "facebook:contentoodlery" in told["outreach placements list"].stdout
