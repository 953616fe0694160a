"""``outreach verify`` opens the links and posts of a ledger, on a server of this machine, and keeps what it found."""

from __future__ import annotations

import json

import pytest

from outreach.campaign.ledger import Placement, open_ledger
from outreach.remote import visit as visiting

CONTENT = "smm-riga--a-f871v"


@pytest.fixture
def ledger(tmp_path, server):
    """Give a ledger with a link to publish and a post that is out."""
    link = f"{server.base}/shop?utm_content={CONTENT}"
    ledger = open_ledger(tmp_path / "outreach.db")
    about = {"campaign": "spring", "final_url": link, "utm_content": CONTENT}
    ledger.put([
        Placement(resource="vk:smm", **about),
        Placement(resource="telegram:smm_riga", status="published", post_url=f"{server.base}/7", **about),
    ])  # fmt: skip
    return ledger


def test_verify(outreach, server, ledger):
    """Lines for people, events for the ledger; the same answer of one day once."""
    server.pages = {"/shop": (200, "buy"), "/7": (404, "")}
    done = outreach("verify", "--format", "text")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"there: vk:smm, link: it opens and keeps its tags. {server.base}/shop?utm_content={CONTENT}",
        f"gone: telegram:smm_riga, post: the page no longer exists (404). {server.base}/7",
    ]
    assert done.stderr.splitlines() == ["2 addresses opened: 1 there, 1 gone.", "Next: outreach today"]
    found = [(one.resource, one.answer) for one in ledger.events() if one.kind == "looked"]
    assert found == [("vk:smm", "there"), ("telegram:smm_riga", "gone")]
    outreach("verify")
    assert len([one for one in ledger.events() if one.kind == "looked"]) == 2
    assert ledger.placements()[1].status == "published"
    assert outreach("placements", "undo").stderr.startswith("Taken back: verify of ")


def test_one_place(outreach, server, ledger):
    """By its name; nothing else is asked for."""
    server.pages = {"/7": (200, f"utm_content={CONTENT}")}
    done = outreach("verify", "smm_riga", "--format", "json", "--no-log")
    (row,) = json.loads(done.stdout)
    assert (row["resource"], row["what"], row["answer"]) == ("telegram:smm_riga", "post", "there")
    assert [path for path, _ in server.asked] == ["/7"]
    assert [one for one in ledger.events() if one.kind == "looked"] == []
    assert outreach("verify", "nowhere").exit_code == 3


@pytest.mark.usefixtures("ledger")
def test_nothing_reachable_is_a_failure(outreach, server):
    """And nothing is written down; an answer of one address is enough."""
    server.pages = {"/shop": (502, ""), "/7": (502, "")}
    done = outreach("verify")
    assert done.exit_code == 5
    assert "Error: no address could be reached" in done.stderr
    server.pages = {"/shop": (403, ""), "/7": (502, "")}
    assert outreach("verify").exit_code == 0


def test_nothing_to_open(outreach, ledger):
    """That is no failure."""
    ledger.set(ledger.placements(), status="declined")
    done = outreach("verify")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Nothing to open" in done.stderr


@pytest.mark.usefixtures("ledger")
def test_without_the_switch_of_tests_this_machine_is_not_opened(outreach, server, monkeypatch):
    """No option and no variable turns it on."""
    monkeypatch.setattr(visiting, "LOOPBACK_ALLOWED", False)
    done = outreach("verify")
    assert done.exit_code == 5
    assert server.asked == []
    assert "inside a network" in done.stdout
