"""One invite link a post: made for a draft, written into it, found in what the channel counts, in no report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

BRIEF = """\
campaign = "spring"
url = "https://t.me/zobi_channel"
author = "Anna Ozola"
problem = "You lose 20 hours a month on reports."
solution = "Three reports are enough."
"""
LINK = "https://t.me/+AbCdEfGhIjKlMnOp"


@pytest.fixture
def desk(outreach):
    """Draft for two places, and make an invite link for the first."""
    Path("brief.toml").write_text(BRIEF, "utf-8")
    Path("places.csv").write_text("resource,name\ntelegram:rigalife,Riga Life\ntelegram:mamas,Mamas\n", "utf-8")

    def call(*arguments):
        done = outreach(*arguments, "--db", "o.db")
        assert done.exit_code == 0, done.stderr
        return done

    def draft(*arguments):
        return call("draft", "brief.toml", "--from", "places.csv", "--top", "2", *arguments)

    return call, draft


def test_a_draft_says_what_to_call_the_link(desk):
    """Other names would not be found again."""
    _, draft = desk
    assert "name this one rigalife--a-" in draft().stdout


def test_the_link_goes_into_its_draft_alone(desk):
    """And stays there when the texts are written anew."""
    call, draft = desk
    draft()
    added = call("link", LINK, "--resource", "telegram:rigalife", "--campaign", "spring", "--add")
    assert "has this invite link now" in added.stderr
    draft("-o", "drafts")
    texts = {path.name: path.read_text("utf-8") for path in Path("drafts").iterdir()}
    assert sorted(name for name, text in texts.items() if LINK in text) == ["telegram-rigalife.md"]
    assert "https://t.me/zobi_channel" in texts["telegram-mamas.md"]


def test_joins_are_found_by_the_link_and_by_its_name(desk):
    """The link stands in no report."""
    call, draft = desk
    draft()
    call("link", LINK, "--resource", "telegram:rigalife", "--campaign", "spring", "--add")
    placements = list(csv.DictReader(io.StringIO(call("placements", "list", "--format", "csv").stdout)))
    name = next(one["utm_content"] for one in placements if one["resource"] == "telegram:mamas")
    Path("joins.csv").write_text(
        f"Invite link,Link name,Joined,Left\n{LINK},,40,6\nhttps://t.me/+ZbCdEfGhIjKlMnOp,{name},12,1\n"
        "https://t.me/+QbCdEfGhIjKlMnOp,,3,1\n",
        "utf-8",
    )
    done = call("track", "joins.csv", "--format", "csv", "--unmatched", "unmatched.csv")
    found = {
        (line["resource"], line["conversion_kind"]): (line["conversions"], line["rate"])
        for line in csv.DictReader(io.StringIO(done.stdout))
    }
    assert found == {
        ("telegram:rigalife", "join"): ("40", ""), ("telegram:mamas", "join"): ("12", ""),
        ("(not in the ledger)", "join"): ("3", ""), ("telegram:rigalife", "left"): ("6", ""),
        ("telegram:mamas", "left"): ("1", ""), ("(not in the ledger)", "left"): ("1", ""),
    }  # fmt: skip
    shown = done.stdout + done.stderr + Path("unmatched.csv").read_text("utf-8")
    assert not any(code in shown for code in ("+AbCdEf", "+ZbCdEf", "+QbCdEf"))


def test_a_link_is_of_one_post(desk, outreach):
    """Two posts with one link cannot be told apart."""
    call, draft = desk
    draft()
    call("link", LINK, "--resource", "telegram:rigalife", "--campaign", "spring", "--add")
    done = outreach("link", LINK, "--resource", "telegram:mamas", "--campaign", "spring", "--add", "--db", "o.db")
    assert (done.exit_code, "belongs to telegram:rigalife already" in done.stderr) == (3, True)


def test_joins_are_not_divided_by_visits(desk):
    """Who joins a channel need not have come to the site."""
    call, draft = desk
    draft()
    Path("sheet.csv").write_text("place,visits,conversions,joined\ntelegram:rigalife,100,9,40\n", "utf-8")
    done = call("track", "sheet.csv", "--format", "csv", "--count", "join")
    (line,) = (one for one in csv.DictReader(io.StringIO(done.stdout)) if one["conversions"])
    assert (line["conversions"], line["denominator"], line["rate"]) == ("40", "", "")
