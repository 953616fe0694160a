"""A key that changed lives on: an old ledger is read under the keys of today, and no published link is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from outreach.campaign.ledger import Placement, open_ledger
from outreach.campaign.ledger.linked import read_links
from outreach.campaign.ledger.results import Results
from outreach.tracking.attribution import Attribution
from outreach.tracking.base import Tags

from .old_keys import OLD, link, make

HERE = Path(__file__).parent
EVERY = 7


@pytest.fixture
def old(address):
    """Give a ledger with keys of before."""
    make(address)
    return address


def test_keys_are_those_of_today_and_links_stay(old):
    """Every placement has its key, platform and link; those that became one are rounds, in the order they came."""
    found = {one.id: one for one in open_ledger(old).placements()}
    assert {number: one.final_url for number, one in found.items()} == {number: link(number) for number in range(1, 9)}
    for number, (_, key) in OLD.items():
        assert (found[number].resource, found[number].platform) == (key, key.partition(":")[0])
    assert [found[number].round for number in (1, 2, 3)] == [1, 2, 3]
    assert [found[number].round for number in (5, 7)] == [1, 2]
    assert (found[8].resource, found[8].round) == ("telegram:smm_riga", 1)


def test_results_are_those_of_today(old):
    """What was counted for an old key counts for the new one; a typed name stays as it was typed."""
    counted = Counter()
    for one in Results(open_ledger(old).database).sums():
        counted[one.resource] += one.denominator
    want = Counter({"": sum(range(1, 9)), "SMM: Riga": 1})
    for number, (_, key) in OLD.items():
        want[key] += 10 + number
    assert counted == want


def test_both_published_links_count(old):
    """A visit belongs to the placement whose link it came by, whichever of the two spellings that had."""
    attribution = Attribution(open_ledger(old).placements())
    for number in range(1, 9):
        (one,) = attribution.match(Tags(content=f"place-{number}--a-f871{number}")).placements
        assert one.id == number


def test_an_old_key_names_its_placements(old):
    """Typed by hand, in any spelling."""
    ledger = open_ledger(old)
    for number, (key, _) in OLD.items():
        assert number in {one.id for one in ledger.find(key)}


def test_the_ledger_can_be_changed_and_taken_back(old):
    """What a person set is put back under the key of today, and a new draft follows."""
    ledger = open_ledger(old)
    before = {one.id: one for one in ledger.placements()}
    ledger.set(ledger.find("vk:club7"), cost=5.0)
    for _ in range(len(OLD) + 1):
        ledger.undo()
    after = {one.id: one for one in ledger.placements()}
    assert {number: one.natural for number, one in after.items()} == {
        number: one.natural for number, one in before.items()
    }
    assert {one.status for one in after.values()} == {"drafted"}
    assert ledger.put([Placement(campaign="spring", resource="vk:club7", final_url="https://x.example")]).updated == 1


def test_a_table_written_before_finds_its_placements(old, tmp_path):
    """A table that the ledger wrote under old keys brings no new placement."""
    ledger = open_ledger(old)
    there = ledger.placements()
    columns = [name for name in Placement._fields if name != "id"]
    rows = [",".join(["id", *columns])]
    for one in there:
        was = OLD.get(one.id, ("",))[0]
        values = {name: getattr(one, name) for name in columns}
        values |= {"resource": was or one.resource, "platform": "", "round": 1}
        rows.append(",".join(["", *("" if value is None else str(value) for value in values.values())]))
    path = tmp_path / "links.csv"
    path.write_text("\n".join(rows) + "\n")
    found = read_links(path, today=date(2026, 5, 14), known=there)
    assert found.bad == ()
    assert {one.natural for one in found.placements} == {one.natural for one in there}


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
def test_a_ledger_that_may_not_be_changed():
    """It is read as it is, and an old or a new key finds its placements."""
    program = """
import os, sys
from outreach.campaign.ledger import open_ledger
open_ledger(sys.argv[2]).find("x")  # imports what is needed while it may
if os.geteuid() == 0:
    os.setuid(65534)
ledger = open_ledger(sys.argv[1])
names = ("x:smm_riga", "web:nitter.net/smm_riga", "https://vk.com/club7")
print([[one.id for one in ledger.find(name)] for name in names])
"""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path, other = Path(folder, "o.db"), Path(folder, "other.db")
        make(path)
        make(other)
        path.chmod(0o444)
        done = subprocess.run([sys.executable, "-c", program, path, other], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[[4], [4], [6]]\n", "")


@pytest.mark.skipif(os.name == "nt", reason="needs fork")
@pytest.mark.slow
def test_killed_while_keys_change(tmp_path):
    """Before any line and any statement: the file alone is as before or as after, and the next opening finishes."""
    done = subprocess.run(
        [sys.executable, HERE / "killed_rekeying.py", tmp_path, str(EVERY)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(kills) > 15
    assert [kill for kill in kills if not all(kill.values())] == []
