"""The command line, called in this process."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from outreach.cli import main


@pytest.fixture
def outreach(tmp_path, monkeypatch):
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*args: str, stdin: bytes | None = None):
        return CliRunner().invoke(main, args, input=stdin, catch_exceptions=False)

    return call
