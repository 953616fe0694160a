"""A draft whose link was changed by hand is noticed by every command that sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from outreach.campaign.ledger import open_ledger

BRIEF = 'url = "https://example.org/how"\ncampaign = "Spring"\nproblem = "Lost?"\nsolution = "In a mailbox."\n'


@pytest.fixture
def draft(outreach, monkeypatch):
    """Draft for two places."""
    monkeypatch.delenv("OUTREACH_DB", raising=False)
    Path("brief.toml").write_text(BRIEF, encoding="utf-8")
    return lambda output: outreach("draft", "brief.toml", "vk.com/club1", "vk.com/club2", "-o", output)


def kept():
    """Return the placements by place."""
    return {one.resource: one for one in open_ledger("outreach.db").placements()}


def change(path, old, new):
    """Change a file."""
    text = Path(path).read_text("utf-8")
    assert old in text
    Path(path).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize(("output", "file"), [("drafts", "drafts/vk-club1.md"), ("all.md", "all.md")])
def test_a_link_that_was_changed_by_hand_is_named(draft, outreach, output, file):
    """By every command that sees the draft or the placement, with the line that ties it."""
    draft(output)
    own = kept()["vk:club1"].final_url
    text = Path(file).read_text("utf-8")
    body, mark, record = text.partition("<!--")
    Path(file).write_text(body.replace(own, own[:-2]) + mark + record, "utf-8")
    content = own[:-2].partition("utm_content=")[2]
    said = f"the link of vk:club1, variant a was changed by hand: {own[:-2]}\n  The right link: {own}\n"
    tie = f"  If the post has this link, tie it: outreach track --tag {content}={kept()['vk:club1'].utm_content}\n"
    if output == "drafts":  # before the ledger follows the file
        assert said in outreach("placements", "set", "club1", "--cost", "10 EUR").stderr
    assert said + tie in draft(output).stderr
    assert said + tie in outreach("placements", "set", "club1", "--status", "published").stderr
    Path("results.csv").write_text("place,visits,conversions\nvk:club1,100,9\n")
    assert said + tie in outreach("track", "results.csv").stderr
    assert "changed by hand" not in outreach("track", "--tag", f"{content}=vk:club1").stderr
    assert "changed by hand" not in outreach("placements", "set", "club2", "--status", "published").stderr


def test_a_link_of_an_older_brief_was_not_changed_by_hand(draft):
    """It was written by us."""
    draft("drafts")
    change("drafts/vk-club1.md", "In a mailbox.", "In the mail.")
    change("brief.toml", "example.org/how", "example.org/how?page=2")
    assert "changed by hand" not in draft("drafts").stderr
