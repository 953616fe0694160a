"""What the user answers counts for what was imported before, and what was imported keeps no words of stages."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from outreach.campaign.ledger import open_ledger, schema
from outreach.campaign.ledger.answers import (
    CODE,
    keep_currency,
    keep_kinds,
    keep_paid_stages,
    kept_currency,
    kept_kinds,
    paid_stages,
    stage_word,
)
from outreach.campaign.ledger.database import open_database
from outreach.campaign.ledger.imports import Import, Result
from outreach.campaign.ledger.refunds import refund_of
from outreach.campaign.ledger.results import Results
from outreach.campaign.ledger.stages import booking_of, stage_of
from tests.campaign.ledger import legacy

ORDERS = Import(sha256="a", tool="sign-ups", source_name="shop", grain="event", kind="sale")
BOOKINGS = Import(sha256="b", tool="sign-ups", source_name="clinic", grain="event", kind="step")


def hidden(words):
    return legacy.hashed(words)


def code(stage):
    return hidden(stage_word(stage))[:CODE]


def order(number, *stages, meant="unknown", **values):
    stage = stage_of(meant, map(code, stages)) if stages else ""
    values = {"numerator": 0 if stages else 1, "revenue": 20.0, "currency": "EUR", "day": "2026-05-02", **values}
    return Result(event_id=number, stage=stage, **values)


def counted(ledger):
    return sorted((one.numerator, one.revenue, one.currency) for one in Results(ledger.database).sums())


def test_an_answer_counts_for_what_was_imported_before(ledger):
    """An order at a stage that is not known is none, and brings nothing, until the user says that it means paid."""
    Results(ledger.database).put(ORDERS, [order("1"), order("2", "won"), order("3", "won"), order("4", "lost")])
    assert counted(ledger) == [(1, 20.0, "EUR")]
    assert keep_paid_stages(ledger.database, ["Won"], hidden) == 2
    assert counted(ledger) == [(3, 60.0, "EUR")]
    assert paid_stages(ledger.database) == ("won",)
    assert keep_paid_stages(ledger.database, ["Never seen"], hidden) == 0
    assert counted(ledger) == [(3, 60.0, "EUR")]


def test_an_answer_may_be_about_a_stage_that_is_known(ledger):
    """Whoever takes the money at booking says so."""
    Results(ledger.database).put(ORDERS, [order("1", "booked", meant="booked")])
    keep_paid_stages(ledger.database, ["Booked"], hidden)
    assert counted(ledger) == [(1, 20.0, "EUR")]


def test_what_was_paid_back_of_an_order_that_is_answered(ledger):
    """It comes off that, and off nothing before."""
    refund = Result(event_id=refund_of("1", "x"), revenue=-5.0, numerator=0, currency="EUR", day="2026-05-03")
    Results(ledger.database).put(ORDERS, [order("1", "won"), refund])
    assert counted(ledger) == [(0, 0.0, "EUR")]
    keep_paid_stages(ledger.database, ["won"], hidden)
    assert counted(ledger) == [(1, 15.0, "EUR")]


def test_bookings_come_one_by_one(ledger):
    """With the code of the stage alone, as the answers have it."""
    rows = [order(booking_of("p", number), "thinks", day=None) for number in "ab"]
    Results(ledger.database).put(BOOKINGS, rows)
    assert [one.stage for one in Results(ledger.database).sums()] == ["unknown"] * 2
    keep_paid_stages(ledger.database, ["thinks"], hidden)
    assert [one.stage for one in Results(ledger.database).sums()] == ["paid"] * 2


def test_a_currency_for_sums_that_lack_one(ledger):
    """Those of before get it, those with their own keep that; what was only assumed may be corrected."""
    Results(ledger.database).put(ORDERS, [order("1", currency=""), order("2", currency="USD")])
    assert keep_currency(ledger.database, "EUR", again=True) == 1
    assert counted(ledger) == [(1, 20.0, "EUR"), (1, 20.0, "USD")]
    assert keep_currency(ledger.database, "GBP", again=False) == 0
    assert keep_currency(ledger.database, "GBP", again=True) == 1
    assert counted(ledger) == [(1, 20.0, "GBP"), (1, 20.0, "USD")]
    assert kept_currency(ledger.database) == "GBP"


def test_what_the_same_files_were_taken_for_before_goes(ledger):
    """Once they are read as something else; another file stays."""
    results = Results(ledger.database)
    results.put(ORDERS, [order("1"), order("2")])
    results.put(Import(**{**_values(ORDERS), "sha256": "c"}), [order("3")])
    kept = results.put(Import(**{**_values(ORDERS), "sha256": "a.1", "kind": "signup"}), [order("p", revenue=None)])
    assert (kept.gone, kept.rows) == (2, 1)
    assert sorted(one.kind for one in results.imports()) == ["sale", "signup"]


def _values(one):
    return {name: getattr(one, name) for name in one.__slots__}


def test_kinds_of_lists(ledger):
    """Kept by what stands for the headers."""
    keep_kinds(ledger.database, {"f": "sale"})
    keep_kinds(ledger.database, {"g": "step"})
    assert kept_kinds(ledger.database) == {"f": "sale", "g": "step"}


@pytest.mark.parametrize("value", ["", "{", "7", '"x"', "[1]", '{"won": 3}'])
def test_damaged_answers_are_none(ledger, value):
    """Nothing counts by them, and nothing fails."""
    Results(ledger.database).put(ORDERS, [order("1", "won")])
    with ledger.database.writing() as connection:
        for name in ("paid stages", "codes of stages", "kinds of lists"):
            connection.execute(text("insert into settings values (:name, :value)"), {"name": name, "value": value})
    assert counted(ledger) == [(0, 0.0, "EUR")]
    assert kept_kinds(ledger.database) in ({}, {"won": "3"})


def test_an_older_ledger_counts_as_before(address):
    """Its rows have no stages; they keep what they counted."""
    legacy.make(address)
    assert sum(one.numerator for one in Results(open_ledger(address).database).sums()) == len(legacy.PEOPLE)
    assert legacy.version(address) == str(schema.VERSION)


def test_an_older_ledger_that_may_not_be_changed_is_read(address):
    """Without the columns that it lacks."""
    legacy.make(address)
    results = Results(open_database(address, create=False))
    assert sum(one.numerator for one in results.sums()) == len(legacy.PEOPLE)
