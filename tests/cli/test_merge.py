"""``outreach merge`` says what came of it, and what did not."""

import shutil

import pytest

from outreach.campaign.ledger import Placement, open_ledger


@pytest.fixture
def ledgers(tmp_path):
    """A ledger, and a copy of it with one more post and another price."""
    ledger = open_ledger(tmp_path / "outreach.db")
    ledger.put([Placement(campaign="spring", resource="telegram:smm_riga", final_url="https://x.example", cost=20.0)])
    shutil.copy(tmp_path / "outreach.db", tmp_path / "anna.db")
    theirs = open_ledger(tmp_path / "anna.db")
    theirs.put([Placement(campaign="spring", resource="telegram:new_place", final_url="https://x.example")])
    theirs.set(theirs.placements()[:1], cost=30.0)


@pytest.mark.usefixtures("ledgers")
def test_merge(outreach):
    """In lines, with what to do next."""
    done = outreach("merge", "anna.db")
    assert done.exit_code == 0
    assert done.stderr.splitlines() == [
        "outreach.db: 1 post added, 0 filled in, 0 imports and 0 ties merged.",
        "Both ledgers differ; yours stays:",
        "  telegram:smm_riga (spring, a, 1): cost is 20.0 here, and 30.0 there.",
        "Next: outreach placements list",
    ]
    assert "Taken back: merge of " in outreach("placements", "undo").stderr


@pytest.mark.usefixtures("ledgers")
@pytest.mark.parametrize(
    ("name", "code", "says"),
    [("outreach.db", 2, "this is your own ledger"), ("nowhere.db", 3, "nowhere.db: no such file")],
)
def test_refused(outreach, name, code, says):
    """In one sentence."""
    refused = outreach("merge", name)
    assert refused.exit_code == code
    assert says in refused.stderr


def test_what_is_refused_makes_no_ledger(outreach, tmp_path):
    """An empty file is none."""
    (tmp_path / "empty.db").touch()
    refused = outreach("merge", "empty.db", "--db", "ours.db")
    assert refused.exit_code == 3
    assert refused.stderr.startswith("Error: empty.db: the file is empty\n")
    assert not (tmp_path / "ours.db").exists()
