"""Commands take from outreach.toml what was not typed, say so, and never more than that."""

import json
import os
import shutil
from pathlib import Path

import pytest

from outreach.campaign.settings import read_campaign
from outreach.campaign.trusted import is_trusted

SAMPLE = Path(__file__).parents[2] / "sample_data"
LIKES = """customer,resource,subscribers
Anna,t.me/smm_riga,9000
Anna,t.me/our_channel,9000
Boris,t.me/smm_riga,9000
Boris,t.me/our_channel,9000
Boris,vk.com/small_place,3000
"""


@pytest.fixture
def settings(tmp_path):
    """Write the file of a campaign."""

    def write(text):
        (tmp_path / "outreach.toml").write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def lists(tmp_path):
    """A folder of lists."""
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "likes.csv").write_text(LIKES, encoding="utf-8")


def ranked(result):
    return [line.split(",")[1] for line in result.stdout.splitlines()[1:]]


@pytest.mark.usefixtures("lists")
def test_rank_without_arguments(outreach, settings):
    """Lists, own pages and the threshold stand in the file, and one line says so."""
    settings('lists = "lists"\nown = "t.me/our_channel"\nmin_subscribers = 1000\n')
    result = outreach("rank")
    assert ranked(result) == ["telegram:smm_riga", "vk:small_place"]
    assert result.stderr.splitlines()[0] == "From outreach.toml: lists, min_subscribers, own."
    assert result.stderr.splitlines()[-1] == "Next: outreach rank -o ranking.xlsx"


@pytest.mark.usefixtures("lists")
def test_what_was_typed_goes_first(outreach, settings, tmp_path):
    """An option, and the files."""
    settings('lists = "lists"\nown = "t.me/our_channel"\nmin_subscribers = 1000\n')
    (tmp_path / "other.csv").write_text("customer,resource\nAnna,t.me/elsewhere\n", encoding="utf-8")
    assert ranked(outreach("rank", "--min-subscribers", "5000")) == ["telegram:smm_riga"]
    result = outreach("rank", "other.csv")
    assert ranked(result) == ["telegram:elsewhere"]
    assert result.stderr.splitlines()[0] == "From outreach.toml: min_subscribers, own."
    assert outreach("rank", "--own", "t.me/smm_riga").stdout.count("our_channel") > 0


def test_an_environment_variable_goes_before_the_file(outreach, settings, monkeypatch):
    """And behind what was typed."""
    settings('db = "of_file.db"\n')
    monkeypatch.setenv("OUTREACH_DB", "of_environment.db")
    assert "of_environment.db" in outreach("placements", "list").stderr
    assert "typed.db" in outreach("placements", "list", "--db", "typed.db").stderr
    monkeypatch.delenv("OUTREACH_DB")
    refused = outreach("placements", "list")
    assert "of_file.db" in refused.stderr


@pytest.mark.usefixtures("lists")
def test_without_the_file_all_is_as_before(outreach):
    """``outreach rank likes.csv`` needs no campaign."""
    assert ranked(outreach("rank", "lists/likes.csv")) == ["telegram:our_channel", "telegram:smm_riga"]
    assert "Give the file" in outreach("rank").stderr


@pytest.mark.usefixtures("lists")
def test_the_file_can_be_left_out_or_named(outreach, settings, tmp_path, monkeypatch):
    """By an option of the whole program, or by a variable."""
    settings('lists = "lists"\nown = "t.me/our_channel"\n')
    assert "Give the file" in outreach("--campaign", "none", "rank").stderr
    monkeypatch.setenv("OUTREACH_CAMPAIGN", "none")
    assert "Give the file" in outreach("rank").stderr
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    monkeypatch.setenv("OUTREACH_CAMPAIGN", "..")
    result = outreach("rank")
    assert ranked(result) == ["telegram:smm_riga"]
    assert f"From ..{os.sep}outreach.toml: lists, own." in result.stderr
    refused = outreach("--campaign", "nowhere", "rank")
    assert refused.exit_code == 3
    assert "nowhere: no such file" in refused.stderr


def test_a_faulty_file_is_one_sentence_and_help_still_works(outreach, settings):
    """Also for commands that take nothing from it."""
    settings("lits = 5\n")
    refused = outreach("rank")
    assert refused.exit_code == 3
    assert refused.stderr.startswith("Error: outreach.toml, line 1: lits is not a known name; do you mean lists?")
    assert outreach("rank", "--help").exit_code == 0
    assert outreach("help", "rank").exit_code == 0
    assert outreach("key", "t.me/smm_riga").exit_code == 0


@pytest.mark.usefixtures("lists")
def test_files_that_come_later_are_no_fault(outreach, settings, tmp_path):
    """The sheet is made from the ranking, which goes without it until then; Next lines name no option needlessly."""
    settings('lists = "lists"\nsheet = "places.xlsx"\ndb = "outreach.db"\n')
    assert outreach("rank").exit_code == 0
    made = outreach("resources")
    assert made.exit_code == 0
    assert made.stderr.splitlines()[0] == "From outreach.toml: lists, sheet."
    assert made.stderr.splitlines()[-1] == "Next: outreach rank"
    assert (tmp_path / "places.xlsx").exists()
    assert "From outreach.toml: lists, sheet." in outreach("rank").stderr


@pytest.mark.usefixtures("lists")
def test_drafts_from_the_sheet_and_for_typed_places(outreach, settings, tmp_path):
    """Brief, table, folder and ledger stand in the file; typed places need no brief in front."""
    settings('lists = "lists"\nsheet = "places.xlsx"\nbrief = "brief.toml"\ndrafts = "out"\ndb = "own.db"\n')
    shutil.copy(SAMPLE / "brief.toml", tmp_path / "brief.toml")
    outreach("resources")
    drafted = outreach("draft")
    assert drafted.exit_code == 0
    assert "From outreach.toml: brief, sheet, drafts, db." in drafted.stderr
    assert len(list((tmp_path / "out").glob("*.md"))) == 3
    one = outreach("draft", "t.me/another_place", "--format", "json")
    assert [draft["resource"] for draft in json.loads(one.stdout)] == ["telegram:another_place"]
    assert "From outreach.toml: brief, db." in one.stderr
    assert (tmp_path / "own.db").exists()


def test_track_reads_the_folder_of_results(outreach, settings, tmp_path):
    """Again and again, which changes nothing; its lists are left out where it reads no files."""
    settings('results = "results"\ndb = "outreach.db"\nmy_language = "ru"\n')
    (tmp_path / "results").mkdir()
    assert "Give a file with results" in outreach("track").stderr
    shutil.copy(SAMPLE / "results" / "orders.csv", tmp_path / "results")
    first, again = outreach("track"), outreach("track")
    assert first.exit_code == again.exit_code == 0
    assert first.stdout == again.stdout
    assert "From outreach.toml: results, db, my_language." in again.stderr
    assert outreach("track", "--imports").exit_code == 0


def test_a_database_outside_the_folder_is_confirmed_once(outreach, settings, tmp_path, monkeypatch):
    """Nobody else's file decides where the ledger is."""
    settings('db = "../elsewhere.db"\n')
    refused = outreach("placements", "list")
    assert refused.exit_code == 3
    assert "outreach.toml names a database outside its folder: ../elsewhere.db" in refused.stderr
    monkeypatch.setattr("outreach.cli.brief.can_ask", lambda: True)
    asked = outreach("placements", "list", stdin=b"n\n")
    assert asked.exit_code == 3
    campaign = read_campaign(tmp_path / "outreach.toml")
    assert not is_trusted(campaign)
    confirmed = outreach("placements", "list", stdin=b"y\n")
    assert "no such file" in confirmed.stderr
    assert is_trusted(campaign)
    settings('db = "../another.db"\n')
    assert not is_trusted(read_campaign(tmp_path / "outreach.toml"))


def test_a_mistyped_command_gets_the_nearest_one(outreach):
    """As everywhere."""
    refused = outreach("colect")
    assert refused.exit_code == 2
    assert "No such command 'colect'. Do you mean collect?" in refused.stderr
    assert "outreach --help lists all." in outreach("xyzzy").stderr
    assert outreach("help").stdout == outreach("--help").stdout


@pytest.mark.usefixtures("lists")
def test_bare_outreach_says_where_the_campaign_stands(outreach, settings, tmp_path):
    """Step by step, with what comes next."""
    settings('client = "Clinic"\nlists = "lists"\nsheet = "places.xlsx"\nbrief = "brief.toml"\ndb = "outreach.db"\n')
    result = outreach()
    assert "Clinic" in result.stdout
    assert "2 customers, 5 likes" in result.stdout
    assert result.stderr.splitlines() == ["Next: outreach rank", "Next: outreach resources"]
    outreach("resources")
    shutil.copy(SAMPLE / "brief.toml", tmp_path / "brief.toml")
    assert outreach().stderr.splitlines() == ["Next: outreach rank", "Next: outreach draft --top 5"]
    outreach("draft", "-o", "drafts")
    found = json.loads(outreach("--format", "json").stdout)
    assert (found["customers"], found["likes"], found["places"], found["placements"]) == (2, 5, 3, {"drafted": 3})
    assert found["next"][0] == ["outreach", "placements", "list"]
    assert "Anna" not in json.dumps(found)


def test_bare_outreach_with_lists_that_cannot_be_read(outreach, settings, tmp_path):
    """What is wrong stands there, and how to see more."""
    settings('lists = "lists.csv"\n')
    (tmp_path / "lists.csv").write_bytes(os.urandom(3000))
    result = outreach()
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == "Next: outreach check"


@pytest.mark.usefixtures("lists")
def test_bare_outreach_says_what_cannot_be_read(outreach, settings, tmp_path):
    """A damaged sheet, brief or ledger is no missing one."""
    settings('lists = "lists"\nsheet = "places.csv"\nbrief = "brief.toml"\ndb = "outreach.db"\n')
    (tmp_path / "places.csv").write_text("what,when\na,b\n", encoding="utf-8")
    (tmp_path / "brief.toml").write_text("lits = 5\n", encoding="utf-8")
    (tmp_path / "outreach.db").write_bytes(b"no database at all, but longer than its header would be" * 9)
    result = outreach()
    assert result.exit_code == 0
    shown = {line[:9].strip(): line[11:] for line in result.stdout.splitlines()}
    assert shown["places"].startswith("places.csv: ")
    assert "brief.toml, line 1: lits is not a known name" in shown["brief"]
    assert shown["posts"].startswith("outreach.db: ")
    assert result.stderr == "Next: outreach brief check\n"
    assert json.loads(outreach("--format", "json").stdout)["faults"].keys() == {"places", "brief", "posts"}


def test_bare_outreach_elsewhere_shows_the_commands(outreach):
    """In the order of the week."""
    result = outreach()
    assert result.exit_code == 0
    assert result.stdout.index("  init") < result.stdout.index("  collect") < result.stdout.index("  track")


def test_the_currency_of_the_campaign_is_that_of_sums_without_one(outreach, settings, tmp_path):
    """In the report, among what is due and in the list of posts; what was typed stays as it is."""
    from outreach.campaign.ledger import Placement, open_ledger

    settings('currency = "EUR"\ndb = "outreach.db"\n')
    ledger = open_ledger(tmp_path / "outreach.db")
    values = {"campaign": "spring", "deal": "paid", "status": "published", "published_at": "2026-05-12"}
    for name, cost, currency in (("one", 1200.5, None), ("two", 40.0, "EUR")):
        link = f"https://x.example/?utm_source=vk&utm_campaign=spring&utm_content={name}--a-1xxxx"
        tags = {"utm_source": "vk", "utm_campaign": "spring", "utm_content": f"{name}--a-1xxxx"}
        ledger.put([Placement(resource=f"vk:{name}", cost=cost, currency=currency, final_url=link, **tags, **values)])
    (tmp_path / "typed.csv").write_text("place,visits,conversions,revenue\nvk:one,100,9,99\nvk:two,50,1,5\n")
    made = outreach("track", "typed.csv", "--by", "platform", "--format", "csv")
    assert "vk,,2,visit,150,10," in made.stdout
    assert ",1240.5,124.05,104.0,EUR," in made.stdout
    assert "currenc" not in made.stderr.replace("From outreach.toml: db, currency", "")
    assert "Pay 1,200.50 EUR" in outreach("today", "--date", "2026-05-13", "--format", "text").stdout
    assert "1200.50 EUR" in outreach("placements", "list", "--format", "table").stdout
    assert [one.currency for one in ledger.placements()] == [None, "EUR"]
