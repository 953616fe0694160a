"""A ledger of which bytes or values were overwritten: one sentence or a result, and no word of its rows in an error."""

from __future__ import annotations

import os
import random
import sqlite3

import pytest
from click.testing import CliRunner

from outreach.campaign.ledger import Placement, open_ledger
from outreach.cli import main

SEED = 20260512
BYTES, VALUES_TRIED = 150, 60
SECRET = "SECRETROW"  # noqa: S105 - made up
PAGE = 4096
LINK = "https://shop.example/?utm_source=telegram&utm_campaign=spring&utm_content=place"
COMMANDS = [
    ["placements", "list"],
    ["placements", "set", "place_3", "--status", "removed"],
    ["placements", "undo"],
    ["placements", "import", "links.csv"],
    ["placements", "export", "-o", "out.csv"],
    ["track"],
    ["track", "--imports"],
    ["track", "results.csv", "--replace"],
    ["track", "--forget", "1"],
    ["track", "--template", "-o", "sheet.csv"],
    ["draft", "brief.toml", "t.me/place_1", "--again", "-o", "drafts.csv"],
]
FILES = {
    "links.csv": f"place,link\nt.me/place_1,{LINK}1\nt.me/smm_athens,{LINK}\n",
    "results.csv": "place,visits,conversions\ntelegram:place_1,100,9\ntelegram:place_2,50,1\n",
    "brief.toml": 'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "In a box."\n',
}
ODD = ["'x'", "''", "null", "x'ff00'", "cast(x'ff61' as text)", "-5", "1e999", "99999999999999999", "'{}'",
       "'2026-99-99'", "'[1]'",
       "'{\"status\": 5, \"campaign\": \"a\", \"resource\": \"b\", \"final_url\": \"c\"}'"]  # fmt: skip
COLUMNS = [
    *(f"placements.{name}" for name in ("campaign", "resource", "platform", "variant", "round", "final_url", "text",
      "deal", "cost", "currency", "status", "created_at", "published_at", "name", "utm_content")),
    *(f"imports.{name}" for name in ("sha256", "tool", "grain", "unit", "kind", "period_start", "flags")),
    *(f"results.{name}" for name in ("import_id", "day", "resource", "rest", "denominator", "numerator", "revenue")),
    "changes.what", "changes.made_at", "changed.before", "changed.placement_id", "outreach_version.version_num",
]  # fmt: skip
STATEMENTS = [
    "drop table changed", "drop table results", "drop table imports", "drop table outreach_version",
    "alter table placements drop column comment", "insert into outreach_version values ('2')",
    "delete from outreach_version", "update outreach_version set version_num = 'zz'",
    "update outreach_version set version_num = x'31'", "update outreach_version set version_num = '0'",
    "update outreach_version set version_num = '²'", "update outreach_version set version_num = '99999999999'",
]  # fmt: skip


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    """Return the bytes of a ledger with placements, changes, imports and results."""
    folder = tmp_path_factory.mktemp("ledger")
    path = folder / "outreach.db"
    ledger = open_ledger(path)
    ledger.put(
        Placement(
            campaign="spring", resource=f"telegram:place_{number}", final_url=f"{LINK}{number}", name=SECRET,
            text=f"{SECRET} {number} " * 20, status="published", cost=5.0, currency="EUR", published_at="2026-05-12",
        )
        for number in range(40)
    )  # fmt: skip
    ledger.set(ledger.placements()[:20], cost=7.0)
    for name, content in FILES.items():
        (folder / name).write_text(content)
    done = CliRunner().invoke(main, ["track", str(folder / "results.csv"), "--db", str(path)])
    assert done.exit_code == 0, done.stderr
    return path.read_bytes()


@pytest.fixture
def judge(tmp_path, monkeypatch):
    """Run a command on a damaged ledger, and hold what it says against what is promised."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)

    def judge(content, command, what):
        (tmp_path / "outreach.db").write_bytes(content)
        done = CliRunner().invoke(main, command, input=b"")
        assert done.exception is None or isinstance(done.exception, SystemExit), (what, command, done.exc_info)
        assert done.exit_code in {0, 1, 3}, (what, command, done.stderr)
        if done.exit_code:
            (error,) = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
            assert SECRET not in error, (what, command)

    return judge


def damages(good):
    """Yield ledgers with flipped bytes, zero pages, lost ends and texts that are none."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    for number in range(BYTES):
        content, at = bytearray(good), chance.randrange(len(good))
        kind = ("flipped", "zeroed", "cut", "no text")[number % 4]
        if kind == "flipped":
            for _ in range(chance.choice([1, 5, 30, 200])):
                content[chance.randrange(len(content))] = chance.randrange(256)
        elif kind == "zeroed":
            content[at // PAGE * PAGE : at // PAGE * PAGE + PAGE] = bytes(PAGE)
        elif kind == "cut":
            del content[at:]
        else:
            where = max(content.find(SECRET.encode(), at), content.find(SECRET.encode()))
            content[where : where + 3] = b"\xff\xfe\xfd"
        yield f"{kind} {number}", bytes(content)


def test_bytes_that_were_overwritten(ledger, judge):
    """150 damages, the commands in turn."""
    for number, (what, content) in enumerate(damages(ledger)):
        judge(content, COMMANDS[number % len(COMMANDS)], what)


def changed(good, path, statement):
    """Return a ledger after a statement that its own rules do not allow."""
    path.write_bytes(good)
    connection = sqlite3.connect(path)
    connection.execute("pragma writable_schema = on")
    connection.execute("update sqlite_master set sql = replace(sql, 'NOT NULL', '')")
    connection.commit()
    connection.close()
    connection = sqlite3.connect(path)
    connection.executescript(statement)
    connection.commit()
    connection.close()
    return path.read_bytes()


def test_values_that_no_program_of_ours_wrote(ledger, judge, tmp_path):
    """Texts in columns of numbers, nothing where something must be, JSON that is none."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    tries = [(column, odd) for column in COLUMNS for odd in ODD if (column, odd) != ("changed.placement_id", "null")]
    for column, odd in chance.sample(tries, VALUES_TRIED):
        table, name = column.split(".")
        newest = f"select rowid from {table} order by rowid desc limit 1"
        statement = f"update or ignore {table} set {name} = {odd} where rowid in ({newest})"
        content = changed(ledger, tmp_path / "changed.db", statement)
        judge(content, chance.choice(COMMANDS), f"{column} = {odd}")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_tables_that_are_not_ours(ledger, judge, tmp_path, statement):
    """Of another shape, or of a version that never was."""
    content = changed(ledger, tmp_path / "changed.db", statement)
    for command in (COMMANDS[0], COMMANDS[1], COMMANDS[5]):
        judge(content, command, statement)


@pytest.mark.parametrize("before", ["{}", "null", "[1]", "{", '{"status": "lost"}', "[" * 100_000])
def test_a_change_that_cannot_be_taken_back(ledger, judge, tmp_path, before):
    """What a placement was before is no placement."""
    content = changed(ledger, tmp_path / "changed.db", f"update changed set before = '{before}'")
    judge(content, ["placements", "undo"], before)
    judge(content, ["draft", "brief.toml", "t.me/place_1", "-o", "drafts.csv"], before)


@pytest.mark.skipif(os.name == "nt", reason="needs pipes as on Linux and macOS")
@pytest.mark.parametrize("command", [["placements", "list"], ["track", "results.csv"], ["secret"]])
def test_a_pipe_is_no_ledger(tmp_path, monkeypatch, command):
    """It is not waited for, and the disk is not full."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "results.csv").write_text(FILES["results.csv"])
    os.mkfifo("outreach.db")
    result = CliRunner().invoke(main, [*command, "--db", "outreach.db"])
    assert result.exit_code == 3
    assert "Error: outreach.db: this is a pipe or a device, not a file" in result.stderr
