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
        "No customer in these lists follows it.\nCalled much like it: SMM Riga Club (telegram:smm_riga).\n"
        in result.stderr
    )
    assert "SMM Athens (telegram:smm_athens), SMM Riga Club (telegram:smm_riga)." in who("smm").stderr


def test_a_name_that_nothing_bears(who):
    assert "Called much like it" not in who("nosuch").stderr


def test_whose_an_export_is_is_said_once(who):
    """Of two names the first would vanish."""
    result = who("t.me/smm_riga", "--customer", "Anna", "--customer", "Boris")
    assert result.exit_code == 2
    assert "--customer says whose all PATHS are, and was given twice" in result.stderr
    assert who("t.me/smm_riga", "--customer", "Anna").stderr.endswith(
        "Next: outreach rank likes.csv --customer Anna -o ranking.xlsx\n"
    )
