"""The secret of hashes: outside of the database, the same for ever, and missed in one sentence."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from outreach.campaign.ledger import open_ledger, schema, secret
from outreach.campaign.ledger.database import Database, open_database
from outreach.campaign.ledger.imports import Result
from outreach.campaign.ledger.results import Results
from outreach.campaign.ledger.secret import LedgerSecret, ThrowAwaySecret, adopt, show, stored_inside
from outreach.errors import InputError, OptionError, OutputError
from outreach.tracking.base import ImportOptions

from .legacy import PEOPLE, SECRET, SIGN_UPS, hashed, leave_traces, make, settings, version

HERE = Path(__file__).parent
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs fork and permissions as on Linux and macOS")
OTHER = "0a" * 32
EVERY = 12  # of some 230 points


def asked(secret_):
    return ImportOptions(engine=None, secret=secret_, today=date(2026, 5, 2))


def guessed(keys, hashes):
    """Return the people whose hash is found under any of the keys: what a finder of a copy tries."""
    return {who for key in keys for who in PEOPLE if 0 < len(key) <= 64 and hashed(who, key) in hashes}


def everything(path):
    """Return all that stands in a copy of a ledger and may be a key: values, words of the file, and their bytes."""
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    values = {str(value) for table in tables for row in connection.execute(f"select * from {table}") for value in row}
    connection.close()
    words = values | {word.decode() for word in re.findall(rb"[0-9a-fA-F]{8,64}", path.read_bytes())}
    return {word.encode()[:64] for word in words} | {bytes.fromhex(w) for w in words if len(w) % 2 == 0 and ishex(w)}


def ishex(word):
    return re.fullmatch("[0-9a-f]+", word) is not None


def moved(folder):
    """Return the files of the user's folder by name."""
    return {one.name: one.read_text() for one in (folder / "secrets").iterdir()} if folder.exists() else {}


@pytest.fixture
def old(tmp_path):
    """Give the path of a ledger that holds its secret."""
    path = tmp_path / "old.db"
    make(path)
    leave_traces(path)
    return path


def test_the_secret_is_made_once(ledger):
    """Two runs hide the same person behind the same number."""
    first = LedgerSecret(ledger.database)()
    assert len(first) == 32
    assert LedgerSecret(ledger.database)() == first


def test_it_is_made_when_it_is_needed(ledger, address, user_folder):
    """A ledger of placements has none, and leaves nothing in the user's folder."""
    held = asked(LedgerSecret(ledger.database))
    open_ledger(address)
    assert settings(address) == {}
    number = held.hidden("x@example.org")
    assert held.hidden(" X@example.org ") == number
    assert set(settings(address)) >= {"ledger id", "check of secret"}
    assert user_folder.exists() == ("postgresql" not in address)


def test_it_lies_outside_of_the_file(tmp_path, user_folder):
    """In a file of the ledger's name that only the user may read, in folders that only the user may open."""
    ledger = open_ledger(tmp_path / "o.db")
    made = LedgerSecret(ledger.database)().hex()
    (path,) = (user_folder / "secrets").iterdir()
    assert path.read_text() == f"{made}\n"
    assert path.name == settings(tmp_path / "o.db")["ledger id"]
    assert made.encode() not in (tmp_path / "o.db").read_bytes()
    if os.name != "nt":
        modes = [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, user_folder)]
        assert modes == [0o600, 0o700, 0o700]


def test_a_ledger_that_goes_with_the_run_leaves_nothing(user_folder):
    """Its secret is made anew each time, and kept nowhere."""
    first, other = ThrowAwaySecret(), ThrowAwaySecret()
    assert first() == first() != other()
    assert not user_folder.exists()


def test_an_old_ledger_gives_its_secret_away(old, user_folder):
    """After the first opening the file holds it nowhere, the user's folder does, and hashes stay what they were."""
    assert SECRET.encode() in old.read_bytes()
    ledger = open_ledger(old)
    assert SECRET.encode() not in old.read_bytes()
    assert bytes.fromhex(SECRET) not in old.read_bytes()
    assert [path.name for path in old.parent.iterdir()] == [old.name]
    assert moved(user_folder) == {settings(old)["ledger id"]: f"{SECRET}\n"}
    assert (version(old), set(settings(old))) == (str(schema.VERSION), {"ledger id", "check of secret"})
    assert asked(LedgerSecret(ledger.database)).hidden(PEOPLE[0]) == hashed(PEOPLE[0])


def test_a_copy_confirms_nobody(old):
    """With everything that is in a copy as the secret, none of the people in it is found; before, all were."""
    with sqlite3.connect(old) as connection:
        hashes = {number for (number,) in connection.execute("select event_id from results")}
    connection.close()
    assert guessed(everything(old), hashes) == set(PEOPLE)
    open_ledger(old)
    assert guessed(everything(old), hashes) == set()


def test_the_same_people_are_known_again(old):
    """What was imported before the secret moved is not counted twice after."""
    results = Results(open_ledger(old).database)
    held = asked(LedgerSecret(results.database))
    again = [Result(event_id=held.hidden(who), utm_content="smm", numerator=1) for who in PEOPLE]
    kept = results.put(replace(SIGN_UPS, sha256="2"), again)
    assert (kept.rows, kept.again) == (0, len(PEOPLE))


@POSIX
def test_killed_while_it_moves(tmp_path):
    """Before any line and any statement: the next opening finishes it, and nothing is lost."""
    done = subprocess.run(
        [sys.executable, HERE / "killed_moving.py", tmp_path, str(EVERY)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(kills) > 15
    assert [kill for kill in kills if not all(kill.values())] == []


@pytest.mark.parametrize("step", ["write_private", "_save", "_keep_outside", "_vacuum", "compact"])
def test_a_step_that_fails(old, monkeypatch, step):
    """The ledger works as before, and the next opening goes on."""

    def fail(*_args):
        raise OutputError("no space left on the disk")

    with monkeypatch.context() as broken:
        broken.setattr(Database if step == "compact" else secret, step, fail)
        assert len(open_ledger(old).placements()) == 1
    open_ledger(old)
    assert SECRET.encode() not in old.read_bytes()
    assert set(settings(old)) == {"ledger id", "check of secret"}


def blocked(folder, how):
    """Make the user's folder one that takes no file, also from root."""
    if how == "a file in its place":
        folder.write_text("")
    elif how == "a file above":
        folder.mkdir()
        (folder / "secrets").write_text("")
    else:
        folder.mkdir()
        (folder / "secrets").symlink_to("/proc/1" if Path("/proc/1").is_dir() else "/dev")


@POSIX
@pytest.mark.parametrize("how", ["a file in its place", "a file above", "a folder that takes nothing"])
def test_a_user_folder_that_takes_nothing(old, user_folder, how):
    """The row stays and reports work; who imports people is told why that is not possible."""
    blocked(user_folder, how)
    ledger = open_ledger(old)
    assert len(ledger.placements()) == len(Results(ledger.database).imports()) == 1
    assert settings(old)["key of hashes"] == SECRET
    with pytest.raises(OutputError, match="the secret of the ledger's hashes cannot be kept") as refused:
        LedgerSecret(ledger.database)()
    assert str(user_folder) in refused.value.message
    assert "OUTREACH_CONFIG_DIR" in refused.value.hint
    assert show(ledger.database).hex() == SECRET


@POSIX
@pytest.mark.parametrize("how", ["a file in its place", "a file above", "a folder that takes nothing"])
def test_a_new_ledger_without_a_place_for_its_secret(tmp_path, user_folder, how):
    """No secret is made, and nothing is written."""
    blocked(user_folder, how)
    ledger = open_ledger(tmp_path / "o.db")
    with pytest.raises(OutputError, match="cannot be kept"):
        LedgerSecret(ledger.database)()
    assert settings(tmp_path / "o.db") == {}


@POSIX
def test_an_old_ledger_moves_into_the_environment(old, user_folder, monkeypatch):
    """Where the user's folder takes nothing, and the team has the secret, the row goes all the same."""
    blocked(user_folder, "a file in its place")
    open_ledger(old)
    monkeypatch.setenv("OUTREACH_SECRET", SECRET.upper())
    assert LedgerSecret(open_ledger(old).database)().hex() == SECRET
    assert SECRET.encode() not in old.read_bytes()


@pytest.mark.parametrize("content", [None, "", "\n", "no secret", SECRET[:-1], OTHER, "\0" * 64, "ä" * 64])
def test_a_machine_without_the_secret(tmp_path, user_folder, content):
    """Reports work; an import of people is refused in one sentence that says how to bring it over."""
    ledger = open_ledger(tmp_path / "o.db")
    LedgerSecret(ledger.database)()
    (path,) = (user_folder / "secrets").iterdir()
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    assert open_ledger(tmp_path / "o.db").placements() == []
    with pytest.raises(InputError) as refused:
        LedgerSecret(ledger.database)()
    what = "is not on this computer" if content is None else "damaged" if content != OTHER else "not the secret of"
    assert what in refused.value.message
    assert "outreach secret --set" in refused.value.hint
    assert content is None or not content.strip() or content not in str(refused.value)


def test_no_file_where_the_secret_should_be(tmp_path, user_folder):
    """A folder is told, and so is what cannot be opened."""
    ledger = open_ledger(tmp_path / "o.db")
    LedgerSecret(ledger.database)()
    (path,) = (user_folder / "secrets").iterdir()
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError, match="this is not a file"):
        LedgerSecret(ledger.database)()


@pytest.mark.parametrize("ledger_id", ["../../elsewhere", "", "A" * 32, "/etc/passwd", "a" * 31])
def test_an_id_that_leads_elsewhere(old, user_folder, ledger_id):
    """A ledger that somebody made up writes no file outside of the folder of secrets, and reads none."""
    with open_database(old, create=False).writing() as connection:
        connection.execute(text("insert into settings values ('ledger id', :id)"), {"id": ledger_id})
    ledger = open_ledger(old)
    assert not user_folder.exists()
    assert len(ledger.placements()) == 1
    with pytest.raises(InputError, match="this ledger is damaged"):
        LedgerSecret(ledger.database)()
    with pytest.raises(InputError):
        adopt(ledger.database, bytes.fromhex(SECRET))
    assert not user_folder.exists()


@pytest.mark.parametrize("stored", ["", "ab", "x" * 64, "я"])
def test_a_damaged_secret_in_an_old_ledger(old, stored):
    """Reports work, and an import of people makes no second secret."""
    with open_database(old, create=False).writing() as connection:
        connection.execute(text("update settings set value = :v where name = 'key of hashes'"), {"v": stored})
    ledger = open_ledger(old)
    assert len(ledger.placements()) == 1
    with pytest.raises(InputError, match="this ledger is damaged: the secret in it is invalid"):
        LedgerSecret(ledger.database)()


def test_the_environment_wins(tmp_path, user_folder, monkeypatch):
    """A new ledger takes its secret from there, and it is written nowhere."""
    monkeypatch.setenv("OUTREACH_SECRET", f" {OTHER.upper()}\n")
    ledger = open_ledger(tmp_path / "o.db")
    assert LedgerSecret(ledger.database)().hex() == show(ledger.database).hex() == OTHER
    assert not user_folder.exists()
    monkeypatch.delenv("OUTREACH_SECRET")
    with pytest.raises(InputError, match="is not on this computer"):
        LedgerSecret(ledger.database)()


@pytest.mark.parametrize("value", ["my-secret", OTHER[:-1], OTHER + "0", "0x" + OTHER[2:], "ä" * 64, "٣" * 64])
def test_an_environment_that_says_no_secret(ledger, monkeypatch, value):
    """It is told without being shown, and never taken for something else."""
    monkeypatch.setenv("OUTREACH_SECRET", value)
    with pytest.raises(OptionError, match=r"^OUTREACH_SECRET: this is not the secret of a ledger") as refused:
        LedgerSecret(ledger.database)()
    assert value not in str(refused.value)


def test_an_environment_with_the_secret_of_another_ledger(ledger, address, monkeypatch):
    """It would hide everybody behind other numbers, so that all would count twice."""
    LedgerSecret(ledger.database)()
    monkeypatch.setenv("OUTREACH_SECRET", OTHER)
    with pytest.raises(InputError, match=r"^OUTREACH_SECRET: this is not the secret of ") as refused:
        LedgerSecret(open_ledger(address).database)()
    assert OTHER not in str(refused.value)


@pytest.mark.parametrize("taken", ["", "my-secret", OTHER])
def test_a_wrong_environment_stops_no_report(old, monkeypatch, taken):
    """And the secret moves all the same."""
    monkeypatch.setenv("OUTREACH_SECRET", taken)
    assert len(open_ledger(old).placements()) == 1
    assert SECRET.encode() not in old.read_bytes()


def test_a_secret_is_adopted(tmp_path, user_folder):
    """On another machine the ledger takes its own, and no other; a ledger without one takes any."""
    ledger = open_ledger(tmp_path / "o.db")
    with pytest.raises(InputError, match="has no secret yet"):
        show(ledger.database)
    path = adopt(ledger.database, bytes.fromhex(OTHER))
    assert show(ledger.database).hex() == OTHER
    path.unlink()
    with pytest.raises(InputError, match=r"^--set: this is not the secret of "):
        adopt(ledger.database, bytes.fromhex(SECRET))
    assert moved(user_folder) == {}
    adopt(ledger.database, bytes.fromhex(OTHER))
    assert LedgerSecret(ledger.database)().hex() == OTHER


def test_two_processes_make_one_secret(address):
    """Both hide the same person behind the same number."""
    program = (
        "import sys; from outreach.campaign.ledger import open_ledger;"
        "from outreach.campaign.ledger.secret import LedgerSecret;"
        "held = LedgerSecret(open_ledger(sys.argv[1]).database); sys.stdin.readline(); print(held().hex())"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", program, address], stdin=-1, stdout=-1, stderr=-2, text=True)
        for _ in range(2)
    ]
    for one in both:
        one.stdin.write("\n")
        one.stdin.flush()
    first, second = (one.communicate(timeout=60)[0] for one in both)
    assert first == second
    assert len(first) == 65


def test_a_server_keeps_it_until_the_team_has_it(postgresql, user_folder, monkeypatch):
    """An old database keeps its secret inside, a new one too, until the environment says the same."""
    make(postgresql)
    ledger = open_ledger(postgresql)
    assert stored_inside(ledger.database)
    assert LedgerSecret(ledger.database)().hex() == show(ledger.database).hex() == SECRET
    monkeypatch.setenv("OUTREACH_SECRET", OTHER)
    open_ledger(postgresql)
    assert stored_inside(ledger.database)
    monkeypatch.setenv("OUTREACH_SECRET", SECRET)
    open_ledger(postgresql)
    assert (version(postgresql), set(settings(postgresql))) == (str(schema.VERSION), {"ledger id", "check of secret"})
    assert LedgerSecret(ledger.database)().hex() == SECRET
    assert not user_folder.exists()


def test_a_new_database_of_a_team_never_holds_it(postgresql, user_folder, monkeypatch):
    """Where everybody has it from the start; one who lacks it is told."""
    monkeypatch.setenv("OUTREACH_SECRET", OTHER)
    ledger = open_ledger(postgresql)
    assert LedgerSecret(ledger.database)().hex() == OTHER
    assert not stored_inside(ledger.database)
    monkeypatch.delenv("OUTREACH_SECRET")
    with pytest.raises(InputError, match="is not on this computer"):
        LedgerSecret(ledger.database)()
    assert not user_folder.exists()


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022])
def test_a_ledger_is_for_its_user_alone(tmp_path, placement, mask):
    """The file, and the journal beside it while a change is written; a link to nowhere too. An older one stays."""
    before = os.umask(mask)
    try:
        (tmp_path / "link.db").symlink_to(tmp_path / "linked.db")
        for name, path in (("o.db", "o.db"), ("link.db", "linked.db")):
            ledger = open_ledger(tmp_path / name)
            with ledger.database.writing() as connection:
                connection.execute(text("insert into settings values ('a', 'b')"))
                modes = {one.name: stat.S_IMODE(one.lstat().st_mode) for one in tmp_path.glob(f"{path}*")}
            assert modes == {path: 0o600, f"{path}-journal": 0o600}
        (tmp_path / "o.db").chmod(0o664)
        open_ledger(tmp_path / "o.db").put([placement()])
        assert stat.S_IMODE((tmp_path / "o.db").stat().st_mode) == 0o664
    finally:
        os.umask(before)


@POSIX
def test_an_old_ledger_that_may_not_be_written(old):
    """It can be listed as before, its secret in it."""
    program = """
import os, shutil, sys
from outreach.campaign.ledger import migrate, open_ledger
from outreach.campaign.ledger.secret import LedgerSecret
shutil.copy(sys.argv[1], sys.argv[1] + ".copy")
open_ledger(sys.argv[1] + ".copy")  # imports what is needed while it may
os.chmod(sys.argv[1], 0o444)
if os.geteuid() == 0:
    os.setuid(65534)
if not os.access(migrate.REVISIONS / "__init__.py", os.R_OK):
    sys.exit("unreadable")
ledger = open_ledger(sys.argv[1])
print(len(ledger.placements()))
try:
    LedgerSecret(ledger.database)()
except Exception as err:
    print(type(err).__name__, err.message)
"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = shutil.copy(old, folder)
        done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
        if done.stderr == "unreadable\n":
            pytest.skip("other users cannot read the program")
        assert done.stdout.splitlines() == ["1", f"OutputError {path}: this file is read-only"], done.stderr


def test_what_was_deleted_is_gone(tmp_path, placement):
    """Rows that went leave no trace in the file: their bytes are overwritten."""
    ledger = open_ledger(tmp_path / "o.db")
    mark = secrets.token_hex(40)
    ledger.put([placement(text=mark * 100)])
    with ledger.database.writing() as connection:
        connection.execute(text("delete from placements"))
    assert mark.encode() not in (tmp_path / "o.db").read_bytes()
