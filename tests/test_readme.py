"""The README is short and true: its commands run, and its links lead somewhere. The manual names the rest."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
LINES = [line for line in SHELL.splitlines() if line.startswith("outreach ")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Give one folder for all lines: what one writes a later one reads."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    return folder


@pytest.mark.parametrize("line", LINES)
def test_command_in_readme_runs(line, folder, monkeypatch):
    """Every line to paste works on the sample, in order; `who` says that it wants a terminal, which a test is not."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("OUTREACH_CONFIG_DIR", str(folder / "settings"))  # as on one machine, for all lines
    words = shlex.split(line, comments=True)[1:]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == (1 if words[0] == "who" else 0), result.stderr


def test_readme_has_lines_to_paste():
    """The test above has something to run."""
    assert len(LINES) >= 5


def test_only_two_setup_commands():
    """One line runs the main job, one runs the tests; each starts with an environment of its own."""
    assert SHELL.count("python3 -m venv .venv && ") == 2


def test_readme_is_short():
    """Whoever wants more reads the manual."""
    assert len(README.splitlines()) <= 200


def test_links_of_the_readme_lead_somewhere():
    """A file that is moved takes its links along."""
    for address in re.findall(r"\]\(([^)#]+)", README):
        assert (ROOT / address).exists(), address
