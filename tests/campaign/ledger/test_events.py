"""What happened to placements: added, joined and taken back, never changed; a status is what its events lead to."""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.campaign.events import Event, status_of
from outreach.campaign.ledger import Placement, open_ledger, schema
from outreach.campaign.ledger.events import by_placement, same_event
from outreach.campaign.ledger.merge import copied_ledger, merge
from outreach.errors import InputError
from outreach.tables import STATUSES
from tests.campaign.ledger.legacy import make_older
from tests.examples import examples

DAYS = st.sampled_from(["", "2026-05-01", "2026-05-12", "2026-05-12T10:00:00Z", "2027-01-01"])
MORE = ["invoiced", "paid", "viewed", "looked", "claimed", "removed", "published", "agreed", "declined", "quoted"]


def about(one: Placement, kind: str, at: str = "2026-05-12", **more) -> Event:
    return Event(
        kind=kind, at=at, campaign=one.campaign, resource=one.resource, variant=one.variant, round=one.round, **more
    )


def agrees(ledger):
    """Whether the status of every placement is what its events lead to."""
    events = by_placement(ledger.events())
    return all(one.status == status_of(events.get(one.natural, ())) for one in ledger.placements())


def test_a_status_is_an_event(ledger, placement):
    """With when it was, who acted, and what it cost; the columns beside it are facts."""
    ledger.put([placement()])
    ledger.set(ledger.placements(), status="booked", at="2026-05-10", by="Anna", cost=20.0, currency="EUR")
    ledger.set(ledger.placements(), status="published", published_at="2026-05-12", must_stay_until="2026-06-12")
    (booked, published) = ledger.events()
    assert (booked.kind, booked.at, booked.by, booked.amount, booked.currency) == (
        "booked", "2026-05-10", "Anna", 20.0, "EUR",
    )  # fmt: skip
    assert (published.kind, published.at, published.amount) == ("published", "2026-05-12", None)
    ledger.set(ledger.placements(), views_24h=1200)
    assert len(ledger.events()) == 2
    assert agrees(ledger)


def test_what_was_imported_has_its_event(ledger, placement):
    """On the day when it was published."""
    ledger.put([placement(status="published", published_at="2025-01-02"), placement("vk:smm")])
    assert [(one.resource, one.kind, one.at) for one in ledger.events()] == [
        ("telegram:smm_riga", "published", "2025-01-02")
    ]


def test_undo_takes_events_back(ledger, placement):
    """Those of the change alone."""
    ledger.put([placement()])
    ledger.set(ledger.placements(), status="sent")
    before = ledger.events()
    ledger.set(ledger.placements(), status="published")
    ledger.log([about(ledger.placements()[0], "paid", amount=20.0, currency="EUR")])
    assert ledger.undo().change == "log"
    assert ledger.undo().change == "set"
    assert ledger.events() == before
    assert ledger.placements()[0].status == "sent"
    ledger.undo()
    ledger.undo()
    assert ledger.events() == []


def test_what_is_logged_leads_to_a_status(ledger, placement):
    """And fills in what is not known yet."""
    ledger.put([placement()])
    one = ledger.placements()[0]
    events = [
        about(one, "published"),
        about(one, "viewed", "2026-05-13", count=900),
        about(one, "removed", "2026-05-20"),
    ]
    assert ledger.log(events) == 3
    one = ledger.placements()[0]
    assert (one.status, one.published_at, one.views_24h, one.removed_at) == ("removed", "2026-05-12", 900, "2026-05-20")
    assert ledger.log(events) == 0
    assert len(ledger.events()) == 3


def test_an_event_of_no_placement_is_refused(ledger, placement):
    """Nothing is written."""
    ledger.put([placement()])
    one = ledger.placements()[0]
    with pytest.raises(InputError, match="no longer in the ledger"):
        ledger.log([about(one, "paid"), about(replace(one, round=2), "paid")])
    with pytest.raises(InputError, match="kind must be one of"):
        ledger.log([about(one, "waved")])
    assert ledger.events() == []


CHANGES = st.lists(
    st.tuples(st.just("set"), st.sampled_from(STATUSES), DAYS)
    | st.tuples(st.just("log"), st.sampled_from(MORE), DAYS.filter(bool))
    | st.tuples(st.just("put"), st.sampled_from(STATUSES), DAYS)
    | st.tuples(st.just("undo"), st.just(""), st.just("")),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
@given(CHANGES)
def test_a_status_always_follows_from_the_events(tmp_path_factory, changes):
    """Whatever was set, on whatever day, back and forth, and taken back; what was set is what is there."""
    ledger = open_ledger(tmp_path_factory.mktemp("events") / "o.db")
    ledger.put([Placement(campaign="spring", resource="vk:smm", final_url="https://x.example/")])
    for what, word, day in changes:
        there = ledger.placements()
        if what == "undo":
            ledger.undo()
        elif not there:
            break
        elif what == "set":
            assert ledger.set(there, status=word, at=day)[0].status == word
        elif what == "put":
            ledger.put([replace(there[0], status=word, published_at=day or None)])
        else:
            ledger.log([about(there[0], word, day)])
        assert agrees(ledger)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25), deadline=None)
@given(CHANGES, CHANGES)
def test_both_ledgers_have_the_same_events_after_merging(tmp_path_factory, ours, theirs):
    """Each event once, whoever merges first and however often."""
    folder = tmp_path_factory.mktemp("events")
    first = open_ledger(folder / "ours.db")
    first.put([Placement(campaign="spring", resource="vk:smm", final_url="https://x.example/")])
    first.set(first.placements(), status="sent")
    (folder / "theirs.db").write_bytes((folder / "ours.db").read_bytes())
    second = open_ledger(folder / "theirs.db")
    for ledger, changes in ((first, ours), (second, theirs)):
        for what, word, day in changes:
            if what == "set":
                ledger.set(ledger.placements(), status=word, at=day)
            elif what == "log":
                ledger.log([about(ledger.placements()[0], word, day)])
    for ledger, other in ((first, "theirs.db"), (second, "ours.db"), (first, "theirs.db")):
        with copied_ledger(str(folder / other)) as copy:
            merge(ledger, copy)
        assert agrees(ledger)
    found = [sorted(map(same_event, ledger.events()), key=repr) for ledger in (first, second)]
    assert found[0] == found[1]
    assert len({*found[0]}) == len(found[0])
    assert first.placements()[0].status == second.placements()[0].status


def test_older_ledgers_get_the_events_that_are_remembered(address, placement):
    """Each with its change, so that undo goes on as before."""
    ledger = open_ledger(address)
    ledger.put([placement(), placement("vk:smm", status="published", published_at="2025-01-02")])
    ledger.set(ledger.find("smm_riga"), status="published", published_at="2026-05-12")
    ledger.set(ledger.find("smm_riga"), status="sent")
    ledger.set(ledger.find("smm_riga"), status="removed")
    statuses = {one.resource: one.status for one in ledger.placements()}
    with ledger.database.writing() as connection:
        make_older(connection, 5)
    ledger = open_ledger(address)
    assert {one.resource: one.status for one in ledger.placements()} == statuses
    assert agrees(ledger)
    kinds = [(one.kind, one.answer) for one in ledger.events() if one.resource != "vk:smm"]
    assert kinds == [("published", ""), ("set_back", "written"), ("removed", "")]
    for status in ("sent", "published", "drafted"):
        ledger.undo()
        assert ledger.find("smm_riga")[0].status == status
        assert agrees(ledger)


def test_a_damaged_journal_costs_events_and_no_ledger(tmp_path):
    """What cannot be read gives none."""
    path = tmp_path / "o.db"
    ledger = open_ledger(path)
    ledger.put([Placement(campaign="spring", resource="vk:smm", final_url="https://x.example/")])
    ledger.set(ledger.placements(), status="sent")
    ledger.set(ledger.placements(), status="booked")
    with ledger.database.writing() as connection:
        make_older(connection, 5)
    with sqlite3.connect(path) as connection:
        connection.execute("update changed set before = ? where change_id = 2", ("[",))
        connection.execute("update changed set before = ? where change_id = 3", (json.dumps({"status": 5}),))
    connection.close()
    assert [one.kind for one in open_ledger(path).events()] == ["booked"]


def test_events_leave_with_their_placement(ledger, placement):
    """Taken back, a placement takes its events along."""
    ledger.put([placement(status="published")])
    ledger.undo()
    with ledger.database.reading() as connection:
        assert connection.execute(schema.EVENTS.select()).all() == []


def test_the_order_of_events_does_not_matter(ledger, placement):
    """Nor how often they are there."""
    ledger.put([placement()])
    for status in ("sent", "declined", "published", "removed", "quoted", "drafted", "booked"):
        ledger.set(ledger.placements(), status=status)
        events = ledger.events() * 2
        random.Random(status).shuffle(events)  # noqa: S311 - the same each time
        assert status_of(events) == status


def test_two_processes_lose_no_event(address, ledger, placement):
    """Both write down what they know at once, on both databases; the status follows from all of it."""
    ledger.put([placement()])
    program = """
import sys
from outreach.campaign.events import Event
from outreach.campaign.ledger import open_ledger
for number in range(12):
    open_ledger(sys.argv[1]).log([Event(
        kind=sys.argv[2], at="2026-05-12", campaign="spring", resource="telegram:smm_riga", variant="a", round=1,
        note=f"{sys.argv[2]} {number}",
    )])
"""
    both = [
        subprocess.Popen([sys.executable, "-c", program, address, kind], stderr=subprocess.PIPE, text=True)
        for kind in ("paid", "published")
    ]
    said = [one.communicate(timeout=120)[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert len({one.note for one in ledger.events()}) == len(ledger.events()) == 24
    assert ledger.placements()[0].status == "published"
    assert agrees(ledger)
