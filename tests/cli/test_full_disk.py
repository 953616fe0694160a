"""A disk that is full: one sentence, and nothing more when Python ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

LINK = "https://shop.example/?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=smm"
PROGRAM = """
import json, resource, sys
from click.testing import CliRunner
from outreach.cli import main

def call(*args):
    done = CliRunner().invoke(main, args)
    return [done.exit_code, type(done.exception).__name__, done.stderr]

for args in (
    ["placements", "import", "links.csv"],
    ["resources", "likes.csv", "--min-subscribers", "0", "-o", "sheet.xlsx"],
    ["track", "--template", "-o", "results.xlsx"],
):
    assert call(*args)[0] == 0, call(*args)
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
for args in (
    ["rank", "likes.csv", "--min-subscribers", "0", "-o", "ranking.xlsx"],
    ["resources", "likes.csv", "--min-subscribers", "0", "-o", "other.xlsx"],
    ["resources", "more.csv", "--min-subscribers", "0", "-o", "sheet.xlsx"],
    ["collect", "-o", "follows.xlsx"],
    ["placements", "export", "-o", "placements.xlsx"],
    ["track", "--template", "-o", "other_results.xlsx"],
):
    print(json.dumps([args, *call(*args)]))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs limits as on Linux and macOS")
def test_a_workbook_that_does_not_fit_is_told_once(tmp_path):
    """By every command that writes one; no archive complains when it is collected, nothing half-written is left."""
    (tmp_path / "likes.csv").write_text("customer,resource\nAnna,t.me/smm_riga\nBert,t.me/smm_riga\n")
    (tmp_path / "more.csv").write_text("customer,resource\nAnna,t.me/smm_riga\nBert,t.me/smm_athens\n")
    (tmp_path / "links.csv").write_text(f"place,link\nt.me/smm_riga,{LINK}\n")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    for args, code, raised, said in map(json.loads, done.stdout.splitlines()):
        assert (code, raised) == (1, "SystemExit"), (args, said)
        assert [line for line in said.splitlines() if line.startswith("Error: ")], (args, said)
    assert not list(tmp_path.glob(".outreach-*"))
