"""A promotion code of a place: from the brief or a table, through the draft, into the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach.campaign.ledger import open_ledger

BRIEF = 'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "In a mailbox."\n'


@pytest.fixture
def draft(outreach, monkeypatch):
    """Draft with a brief."""
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    Path("brief.toml").write_text(BRIEF, encoding="utf-8")
    return lambda *args: outreach("draft", "brief.toml", *args, "-o", "drafts")


def codes():
    """Return the codes by place."""
    return {one.resource: one.promo for one in open_ledger("outreach.db").placements()}


@pytest.mark.parametrize("header", ["promo", "Промокод", "promo kods", "պրոմո կոդ", "κουπόνι"])
def test_the_code_of_a_table_gets_into_draft_and_ledger(draft, header):
    """In the languages of the users; a place without one has none."""
    Path("places.csv").write_text(
        f"place,address,{header}\nOne,vk.com/club1,RIGA10\nTwo,vk.com/club2,\n", encoding="utf-8"
    )
    result = draft("--from", "places.csv")
    assert result.exit_code == 0, result.stderr
    assert codes() == {"vk:club1": "RIGA10", "vk:club2": None}
    text = Path("drafts/vk-club1.md").read_text("utf-8")
    assert "- code of this place: RIGA10" in text
    assert "the code RIGA10 is not in the text: name it there or in the story" in text


def test_the_code_of_the_brief(draft):
    """Of one place alone; where the text names it there is nothing to look at."""
    own = '\n[resource."vk:club1"]\npromo = "RIGA10"\nsolution = "In a mailbox, with RIGA10."\n'
    Path("brief.toml").write_text(BRIEF + own, encoding="utf-8")
    draft("vk:club1", "vk:club2")
    assert codes() == {"vk:club1": "RIGA10", "vk:club2": None}
    assert "is not in the text" not in Path("drafts/vk-club1.md").read_text("utf-8")


def test_a_code_that_a_person_set_stays(draft, outreach):
    """The next draft says it too."""
    draft("vk:club1")
    outreach("placements", "set", "club1", "--promo", "RIGA10")
    draft("vk:club1")
    assert codes() == {"vk:club1": "RIGA10"}
    assert "- code of this place: RIGA10" in Path("drafts/vk-club1.md").read_text("utf-8")


def test_one_code_for_two_places_is_refused(draft, outreach):
    """By draft and by set; nothing is written then."""
    Path("places.csv").write_text(
        "place,address,promo\nOne,vk.com/club1,RIGA10\nTwo,vk.com/club2,riga10\n", encoding="utf-8"
    )
    result = draft("--from", "places.csv")
    assert (result.exit_code, codes()) == (3, {})
    assert "vk:club1 has the code riga10 already, and a code must belong to one place" in result.stderr
    draft("vk:club1")
    assert outreach("placements", "set", "club1", "--promo", "29111111").exit_code == 3
