"""Calls beside bookings, and numbers that are tied to the places where they stand."""

from __future__ import annotations

import json
from pathlib import Path

CALLS = "Date,Caller,Number called\n2026-05-12,+37129000001,+371 67000001\n2026-05-13,+37129000002,+371 67000001\n"
BOOKINGS = "Date,Phone,Status\n2026-05-14,29 000 001,came\n2026-05-15,29 000 009,booked\n"
LINK = "https://example.com/?utm_source=telegram&utm_medium=social&utm_campaign=spring&utm_content=rigalife--a-1"


def counts(outreach, *arguments):
    done = outreach("track", *arguments, "--db", "o.db", "--format", "json")
    assert done.exit_code == 0, done.stderr
    found = {
        (line["resource"], line["conversion_kind"]): line["conversions"]
        for line in json.loads(done.stdout)
        if line["conversions"]
    }
    return found, done.stderr


def test_a_number_is_tied_to_its_place(outreach):
    """As people write it; the callers of before count for the place too, and no customer's number is kept."""
    outreach("link", LINK, "--resource", "t.me/rigalife", "--add", "--db", "o.db")
    Path("calls.csv").write_text(CALLS, "utf-8")
    found, said = counts(outreach, "calls.csv")
    assert found == {("(not in the ledger)", "enquiry"): 2}
    assert "'tel 37167000001=PLACE'" in said
    found, _ = counts(outreach, "--tag", "+371 67 000 001=telegram:rigalife")
    assert found == {("telegram:rigalife", "enquiry"): 2}
    kept = Path("o.db").read_bytes()
    assert b"29000001" not in kept
    assert b"29000002" not in kept


def test_who_calls_and_books_is_one(outreach):
    """Two callers and two bookings, of which one is a caller's: three people enquired."""
    Path("calls.csv").write_text(CALLS, "utf-8")
    Path("bookings.csv").write_text(BOOKINGS, "utf-8")
    found, _ = counts(outreach, "calls.csv", "bookings.csv", "--market", "LV")
    steps = {}
    for (_, kind), count in found.items():
        steps[kind] = steps.get(kind, 0) + count
    assert steps == {"enquiry": 3, "booked": 2, "came": 1}
    again, _ = counts(outreach, "calls.csv", "--market", "LV")
    assert again == found
