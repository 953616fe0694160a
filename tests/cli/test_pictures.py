"""Tables as pictures: which commands write them, and what they never write over."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from outreach.cli import main

LIKES = str(Path(__file__).parents[2] / "sample_data" / "likes.csv")
COMMANDS = (["rank", LIKES], ["plan", LIKES], ["map", LIKES])


def run(*words):
    return CliRunner().invoke(main, ["--campaign", "none", *words])


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("form", ["svg", "html"])
def test_a_picture_takes_the_place_of_its_own_kind_only(command, form, tmp_path):
    """Somebody's drawing or page stays; ours of yesterday is replaced."""
    mine, ours = tmp_path / f"mine.{form}", tmp_path / f"ours.{form}"
    mine.write_text("<svg>my own drawing</svg>", encoding="utf-8")
    refused = run(*command, "-o", str(mine))
    assert refused.exit_code == 1
    assert "is not a picture of outreach" in refused.stderr
    assert mine.read_text(encoding="utf-8") == "<svg>my own drawing</svg>"
    for _ in range(2):
        assert run(*command, "-o", str(ours)).exit_code == 0
    assert "figure" in ours.read_text(encoding="utf-8")


def test_a_table_without_a_picture_says_so(tmp_path):
    """Before anything is read."""
    refused = run("today", "-o", str(tmp_path / "today.svg"))
    assert refused.exit_code == 1
    assert "no picture of this table" in refused.stderr


def test_a_picture_in_the_language_of_its_reader(tmp_path):
    """As --language asks."""
    path = tmp_path / "x.svg"
    assert run("rank", LIKES, "--language", "ru", "-o", str(path)).exit_code == 0
    assert "Общие площадки ваших клиентов" in path.read_text(encoding="utf-8")
