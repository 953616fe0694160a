"""What a command loads: nothing that its files do not ask for. Modules are counted, and no time is taken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = """
import sys
from outreach.cli import main
try:
    main({args!r})
except SystemExit as end:
    assert not end.code, end.code
sys.stderr.write("\\nLOADED " + " ".join(sys.modules))
"""
FRAMES = {"duckdb", "pandas", "numpy", "pyarrow"}
OTHERS = {"rich", "networkx", "idna", "requests", "jinja2", "sqlalchemy", "importlib.metadata", "email.message"}
FORMS = {
    "gzip", "html", "zipfile", "outreach.files.archive", "outreach.files.json_stream", "outreach.files.markup",
    "outreach.files.odsxml", "outreach.files.package", "outreach.files.sheetxml", "outreach.files.workbook",
    "outreach.likes.exports.find", "outreach.likes.likes_writer", "outreach.likes.plain.named", "python_calamine",
}  # fmt: skip
TABLES = {"outreach.likes.planning", "outreach.likes.tables", "outreach.likes.gather", "outreach.likes.plain.text"}


def loaded(folder, *args):
    """Return the modules that are loaded after a command."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(args=args)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        encoding="utf-8",
    )
    return set(done.stderr.rpartition("LOADED ")[2].split())


@pytest.mark.parametrize("command", ["rank", "check"])
def test_a_plain_table_loads_the_code_of_plain_tables(tmp_path, command):
    """No archive, no workbook, no export, no JSON, and of the engine no wrappers for data frames."""
    found = loaded(tmp_path, command, str(ROOT / "sample_data" / "likes.csv"))
    assert found.isdisjoint(FRAMES | OTHERS | FORMS)
    assert len(found) < 305


def test_a_workbook_loads_no_export(tmp_path):
    """Its first bytes are of a ZIP archive, and its name says of which."""
    found = loaded(tmp_path, "rank", str(ROOT / "sample_data" / "follows.xlsx"))
    assert "python_calamine" in found
    assert "outreach.likes.exports.find" not in found


def test_the_version_costs_no_more_than_click(tmp_path):
    """No command is imported, and no table."""
    found = loaded(tmp_path, "--version")
    assert found.isdisjoint(FRAMES | OTHERS | FORMS | TABLES | {"outreach.tables"})
    assert len(found) < 125


def test_drafts_load_neither_tables_nor_engine(tmp_path):
    """Places from a ranking are read by a reader of their own; shorteners are loaded where one is asked for."""
    loaded(tmp_path, "rank", str(ROOT / "sample_data" / "likes.csv"), "--top", "3", "-o", "ranking.csv")
    brief = str(ROOT / "sample_data" / "brief.toml")
    found = loaded(tmp_path, "draft", brief, "--from", "ranking.csv", "-o", "drafts.md")
    tables = {*TABLES, "outreach.files.workbook", "outreach.files.sheetxml", "python_calamine"}
    assert not sorted(found & {"_duckdb", *FRAMES, "requests", *tables, "outreach.teasers.shorteners"})


def test_results_load_no_tables_of_likes(tmp_path):
    """Of an access log and a table of sign-ups."""
    results = ROOT / "sample_data" / "results"
    found = loaded(tmp_path, "track", str(results / "access.log"), str(results / "signups.csv"), "--db", "o.db")
    assert found.isdisjoint({*FRAMES, "requests", *TABLES, "outreach.files.workbook", "python_calamine"})
