"""Whole commands, killed anywhere: every result is old or whole, and the next run finishes the work.

``OUTREACH_TEST_KILLS`` says how many kills; some take place everywhere, hundreds when somebody asks.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.cases import POSIX

PROGRAM = Path(__file__).parent / "killed.py"
KILLS = int(os.environ.get("OUTREACH_TEST_KILLS", "6"))


def killed(folder, points, *more):
    """Run the program; return what it tells."""
    done = subprocess.run(
        [sys.executable, PROGRAM, folder, str(points), *more], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@POSIX
def test_killed_anywhere(tmp_path):
    """See ``killed.py`` for what is judged; what is wrong is named there."""
    kills = [one for one in killed(tmp_path, KILLS) if "wrong" in one]
    assert len(kills) == KILLS
    assert [kill for kill in kills if kill["wrong"]] == []
    assert sum(kill["killed"] for kill in kills) >= KILLS * 0.8, "by the clock some may come too late"


@POSIX
@pytest.mark.parametrize(
    ("command", "fault", "kills", "says"),
    [
        ("collect --force", "half results", 6, "follows.xlsx is half"),
        ("placements set", "half transactions", 10, "the ledger is between two transactions"),
        ("track FILE", "no secret", 2, "the secret is lost"),
    ],
)
def test_a_fault_is_found(tmp_path, command, fault, kills, says):
    """The judge is judged."""
    told = killed(tmp_path, kills, command, fault)
    assert says in [word for one in told for word in one.get("wrong", ())]
