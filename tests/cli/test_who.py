"""``outreach who``: what is said where nobody follows a place, and whose an export is."""

from __future__ import annotations

import pytest

from outreach.cli import who as who_module

LIKES = "customer,resource,name\nAnna,t.me/smm_riga,SMM Riga Club\nBoris,t.me/smm_athens,SMM Athens\n"


@pytest.fixture
def who(outreach, tmp_path, monkeypatch):
    (tmp_path / "likes.csv").write_text(LIKES, encoding="utf-8")
    monkeypatch.setattr(who_module, "is_terminal", lambda: True)
    return lambda *words: outreach("who", *words, "likes.csv")


def test_a_part_of_a_name_finds_what_is_called_so(who):
    """Nobody follows a place of exactly that name, and the places that may be meant are named."""
    result = who("smm riga")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (
        "No customer in these lists follows it.\nSimilar names: SMM Riga Club (telegram:smm_riga).\n" in result.stderr
    )
    assert "SMM Athens (telegram:smm_athens), SMM Riga Club (telegram:smm_riga)." in who("smm").stderr


@pytest.mark.parametrize(
    "name",
    ["SMM Riga Club", "smm riga club", "smm_riga", "@smm_riga", "@SMM_Riga", "~ SMM Riga Club", "smm_riga · telegram",
     "SMM Riga Club · telegram", "SMM Riga Club (telegram)"],
)  # fmt: skip
def test_a_place_is_found_by_its_name(who, name):
    """As the lists and our tables have it, whatever platform bare handles are of."""
    assert who(name).stdout == "Anna\n"
    assert who(name, "--assume-platform", "vk").stdout == "Anna\n"


def test_two_places_of_one_name_are_asked(who, tmp_path):
    (tmp_path / "likes.csv").write_text(LIKES + "Clara,vk.com/smm_riga,\n", encoding="utf-8")
    refused = who("smm_riga")
    assert refused.exit_code == 3
    assert "2 places have this name: telegram:smm_riga, vk:smm_riga\nHint: give one of these keys" in refused.stderr
    assert who("smm_riga · vk").stdout == "Clara\n"


def test_a_name_of_the_resources_sheet(who, tmp_path):
    """It stands over what the lists say, and the next line keeps the sheet."""
    (tmp_path / "sheet.csv").write_text("resource,name\nt.me/smm_riga,Club of Marketers\n", encoding="utf-8")
    found = who("club of marketers", "--resources", "sheet.csv")
    assert found.stdout == "Anna\n"
    assert found.stderr.endswith("Next: outreach rank likes.csv --resources sheet.csv -o ranking.xlsx\n")


def test_a_name_that_nothing_bears(who):
    assert "Similar names" not in who("nosuch").stderr


def test_whose_an_export_is_is_said_once(who):
    """Of two names the first would vanish."""
    result = who("t.me/smm_riga", "--customer", "Anna", "--customer", "Boris")
    assert result.exit_code == 2
    assert "--customer is the customer of all PATHS and was given twice" in result.stderr
    assert who("t.me/smm_riga", "--customer", "Anna").stderr.endswith(
        "Next: outreach rank likes.csv --customer Anna -o ranking.xlsx\n"
    )
