"""Commands in a folder that Dropbox copies to other machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach.campaign.ledger import open_ledger


@pytest.fixture(autouse=True)
def dropbox(outreach, tmp_path, monkeypatch):  # noqa: ARG001 - which goes into a folder of its own first
    folder = tmp_path / "Dropbox" / "clinic"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def test_commands_warn_once(outreach):
    """Before the first that uses the ledger; what to do stands there."""
    open_ledger("outreach.db")
    result = outreach("placements", "list")
    assert result.exit_code == 0
    (line,) = [line for line in result.stderr.splitlines() if "Dropbox" in line]
    assert line.startswith("outreach.db lies in a folder that Dropbox copies to other machines: ")
    assert "outreach merge" in line
    assert "--db FILE" in line
    assert "Dropbox" not in outreach("placements", "list").stderr


def test_a_ledger_that_a_command_makes(outreach):
    """Is warned about when it is there; a server is not, nor a command without a ledger."""
    brief = 'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "Found."\n'
    Path("brief.toml").write_text(brief, "utf-8")
    assert "Dropbox" not in outreach("draft", "brief.toml", "vk.com/club1").stderr
    assert "Dropbox copies" in outreach("draft", "brief.toml", "vk.com/club1", "-o", "drafts").stderr
    assert "Dropbox" not in outreach("draft", "brief.toml", "vk.com/club1", "-o", "drafts").stderr


def test_init_warns(outreach):
    """At once, and the commands then do not."""
    assert "Dropbox copies" in outreach("init", "--no-input").stderr
    open_ledger("outreach.db")
    assert "Dropbox" not in outreach("placements", "list").stderr
