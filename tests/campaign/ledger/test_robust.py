"""Whatever happens to the program or the file: nothing is lost, and one sentence tells."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from outreach.campaign.ledger import database as opening
from outreach.campaign.ledger import open_ledger
from outreach.errors import InputError, OutputError, RemoteError
from tests.examples import examples

HERE = Path(__file__).parent
POSIX = pytest.mark.skipif(os.name == "nt", reason="needs fork, limits and permissions as on Linux and macOS")
POINTS = max(40, examples(100))
BEGIN = "from outreach.campaign.ledger import open_ledger, Placement\n"
MANY = """
rows = [
    Placement(campaign="spring", resource=f"telegram:place_{number}", final_url="https://x.example", text="x" * 900)
    for number in range(2000)
]
"""


def python(program, *args, **more):
    """Start a program with our library."""
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + program, *map(str, args)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, **more,
    )  # fmt: skip


@POSIX
@pytest.mark.slow
def test_killed_at_many_points(tmp_path):
    """Before any statement, migration included: the file is as after the last transaction, copied alone too."""
    done = subprocess.run(
        [sys.executable, HERE / "killed.py", tmp_path, str(POINTS)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    first, *kills = [json.loads(line) for line in done.stdout.splitlines()]
    by_statement, by_clock = kills[:POINTS], kills[POINTS:]
    assert first["states"] == 13  # nothing, and one after each step
    assert len({kill["point"] for kill in by_statement}) == POINTS
    assert {kill["done"] for kill in by_statement} == set(range(12))
    assert [kill for kill in by_statement if not (kill["alone"] and kill["healed"] and kill["works"])] == []
    assert [kill for kill in by_clock if not kill["whole"]] == []


def test_two_writers_at_once(address):
    """Two processes make the ledger and write to it together: every placement is there once, each number once."""
    program = """
import sys
for round_ in range(1, 16):
    open_ledger(sys.argv[1]).put([
        Placement(campaign=sys.argv[2], resource=f"telegram:place_{n}", round=round_, final_url="https://x.example")
        for n in range(10)
    ] + [Placement(campaign="both", resource="vk:smm", round=round_, final_url="https://x.example")])
"""
    both = [python(program, address, name) for name in ("first", "second")]
    said = [one.communicate(timeout=120)[0] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    found = open_ledger(address).placements()
    assert len(found) == len({one.natural for one in found}) == len({one.id for one in found}) == 2 * 150 + 15


def test_a_writer_that_waits_too_long_says_so(address, placement, monkeypatch):
    """Somebody who holds the ledger is waited for, then named as the reason."""
    monkeypatch.setattr(opening, "PATIENCE_SECONDS", 1.0)
    ledger = open_ledger(address)
    with ledger.database.writing(), pytest.raises(OutputError, match="another program is writing to it"):
        open_ledger(address).put([placement()])
    assert ledger.put([placement()]).created == 1


def test_reading_does_not_wait_for_a_writer(tmp_path):
    """A list can be printed while a draft is written."""
    ledger = open_ledger(tmp_path / "o.db")
    with ledger.database.writing():
        assert open_ledger(tmp_path / "o.db").placements() == []


@POSIX
def test_a_file_that_may_not_be_written(placement):
    """It can be listed; a change is refused in one sentence."""
    program = """
import os, sys
ledger = open_ledger(sys.argv[1])  # imports what is needed while it may
ledger.placements()
if os.geteuid() == 0:
    os.setuid(65534)
ledger = open_ledger(sys.argv[1])
print(len(ledger.placements()))
try:
    ledger.put([Placement(campaign="spring", resource="vk:smm", final_url="https://x.example")])
except Exception as err:
    print(type(err).__name__, err.message)
"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder) / "o.db"
        open_ledger(path).put([placement()])
        path.chmod(0o444)
        before = path.read_bytes()
        said = python(program, path).communicate(timeout=60)[0].splitlines()
        assert said == ["1", f"OutputError {path}: this file is read-only"]
        assert path.read_bytes() == before


@POSIX
@pytest.mark.parametrize("limit", [0, 4096, 60_000, 500_000])
def test_a_disk_that_is_full(tmp_path, placement, limit):
    """Nothing of the change is kept, and what was there stays, wherever in the writing the room ends."""
    path = tmp_path / "o.db"
    open_ledger(path).put([placement()])
    before = open_ledger(path).placements()
    program = f"""{MANY}
import resource, sys
ledger = open_ledger(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    ledger.put(rows)
except Exception as err:
    print(type(err).__name__, err.message)
"""
    said = python(program, path).communicate(timeout=60)[0].splitlines()
    assert said == [f"OutputError {path}: it cannot be written"]
    assert open_ledger(path).placements() == before
    assert open_ledger(path).put([placement("vk:smm")]).created == 1


@POSIX
def test_a_disk_without_room(tmp_path, placement):
    """A file system that is really full says so in its own words."""
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small file system")
    try:
        ledger = open_ledger(small / "o.db")
        ledger.put([placement()])
        with pytest.raises(OutputError, match="no space left on the disk"):
            ledger.put([placement(f"telegram:place_{number}", text="x" * 900) for number in range(1000)])
        assert [one.resource for one in ledger.placements()] == ["telegram:smm_riga"]
    finally:
        subprocess.run(["umount", small], check=True)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"place,link\n" * 100, "this file is not a database"),
        (b"PK\x03\x04" + bytes(5000), "this file is not a database"),
        (b"SQLite format 3\0" + b"\xff" * 5000, "this file is not a database"),
    ],
)
def test_a_file_that_is_no_database(tmp_path, content, says):
    """It is left as it is."""
    path = tmp_path / "o.db"
    path.write_bytes(content)
    with pytest.raises(InputError, match=says):
        open_ledger(path)
    assert path.read_bytes() == content


def test_a_damaged_database(tmp_path, placement):
    """Pages that were overwritten are told, not shown as placements."""
    path = tmp_path / "o.db"
    open_ledger(path).put([placement(f"telegram:place_{number}", text="x" * 900) for number in range(200)])
    content = bytearray(path.read_bytes())
    content[20_000:120_000] = b"\xff" * 100_000
    path.write_bytes(content)
    with pytest.raises(InputError, match="this database is damaged"):
        open_ledger(path).placements()


@pytest.mark.parametrize(
    ("name", "create", "error", "says"),
    [
        ("", True, InputError, "this is not a file name"),
        ("a\0b", True, InputError, "this is not a file name"),
        ("nowhere/o.db", True, OutputError, "the folder does not exist"),
        ("nowhere/o.db", False, InputError, "the folder does not exist"),
        ("o.db", False, InputError, "no such file"),
        (".", True, InputError, "this is a folder"),
        ("mysql://me:secret@host/name", True, InputError, "this kind of database is not supported"),
        ("postgresql://me:secret@127.0.0.1:nine/name", True, InputError, "not the address of a database"),
        ("postgresql://me:secret@127.0.0.1:9/name", True, RemoteError, "the server does not answer"),
    ],
)
def test_an_address_that_leads_nowhere(tmp_path, monkeypatch, *, name, create, error, says):
    """One sentence, no password in it, and no file is made."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=says) as refused:
        open_ledger(name, create=create)
    assert "secret" not in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_ledger(tmp_path, placement):
    """So does what a kill before the first transaction leaves."""
    path = tmp_path / "o.db"
    path.touch()
    assert open_ledger(path).put([placement()]).created == 1


@pytest.mark.parametrize("name", ["with space.db", "50%?#.db", "кампания.db", "[1].db"])
def test_any_name_of_a_file(tmp_path, placement, name):
    """A name is a name, whatever an address would make of its signs."""
    if os.name == "nt" and "?" in name:
        pytest.skip("no such names there")
    open_ledger(tmp_path / name).put([placement()])
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_write_ahead_log_is_given_up(tmp_path, placement):
    """A database that somebody switched to it is one file again after the next change."""
    path = tmp_path / "o.db"
    open_ledger(path).put([placement()])
    with sqlite3.connect(path) as connection:
        connection.execute("pragma journal_mode = wal")
    connection.close()
    open_ledger(path).put([placement("vk:smm")])
    assert [file.name for file in tmp_path.iterdir()] == ["o.db"]
    assert path.read_bytes()[18:20] == b"\x01\x01"  # the header's mark of a rollback journal


def test_ten_thousand_placements_are_one_transaction(tmp_path, placement):
    """Drafting for thousands of places does not wait for the disk each time."""
    rows = [placement(f"telegram:place_{number}", text="x" * 500) for number in range(10_000)]
    ledger = open_ledger(tmp_path / "o.db")
    start = time.monotonic()
    assert ledger.put(rows).created == 10_000
    assert time.monotonic() - start < 10  # a third of a second when measured; one transaction each takes minutes
    assert ledger.undo().removed == 10_000
