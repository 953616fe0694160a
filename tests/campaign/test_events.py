"""How far a place is follows from its events, in whatever order and however often they come."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.campaign.events import (
    CLOSED,
    KINDS,
    PLACEMENT_KINDS,
    STAGE_OF_STATUS,
    STAGES,
    STATUS_OF_STAGE,
    Event,
    acquaintance,
    checked,
    stage_of,
    status_of,
)
from outreach.errors import InputError
from outreach.tables import STATUSES

DAYS = ["2026-11-03", "2026-11-03T09:00:00Z", "2026-11-04", "2026-11-05"]


@st.composite
def events(draw):
    kind = draw(st.sampled_from(sorted(KINDS)))
    answers = KINDS[kind].answers
    answer = draw(st.sampled_from(answers if kind == "set_back" else ("", *answers))) if answers else ""
    recorded = draw(st.sampled_from(["", "2026-11-05T10:00:00.000001Z", "2026-11-05T10:00:00.000002Z"]))
    at = draw(st.sampled_from(DAYS))
    return Event(kind=kind, answer=answer, at=at, resource="telegram:smm_riga", recorded_at=recorded)


@given(st.lists(events(), max_size=8), st.data())
def test_order_and_repetition_change_nothing(some, data):
    """The same events lead to one stage in any order, each once or several times."""
    stage = stage_of(some)
    assert stage in (*STAGES, *CLOSED)
    again = [*some, *(data.draw(st.lists(st.sampled_from(some), max_size=4)) if some else [])]
    shuffled = data.draw(st.permutations(again))
    assert (stage_of(shuffled), status_of(shuffled)) == (stage, STATUS_OF_STAGE[stage])
    assert acquaintance(shuffled) == acquaintance(some)


@given(st.lists(events(), max_size=8), events())
def test_a_later_event_never_leads_back(some, one):
    """Only a refusal, a removal and what says so itself take a stage back."""
    later = one._replace(at="2026-12-01", recorded_at="2026-12-01T10:00:00.000000Z")
    before, after = stage_of(some), stage_of([*some, later])
    if later.kind != "set_back" and later.stage not in CLOSED and before not in CLOSED:
        assert STAGES.index(after) >= STAGES.index(before)
    if later.stage in CLOSED:
        assert after == later.stage
    if later.kind == "set_back":
        assert after == later.answer


@given(events())
def test_events_of_the_vocabulary_can_be_kept(one):
    """Each kind with each of its answers is one that the databases take."""
    assert checked(one) == one


def at(day, kind, answer="", written=None):
    recorded = f"2026-11-30T10:00:00.{written:06}Z" if written else ""
    return Event(kind=kind, answer=answer, at=f"2026-11-{day:02}", resource="telegram:smm_riga", recorded_at=recorded)


@pytest.mark.parametrize(
    ("stage", "some"),
    [
        ("new", []),
        ("new", [at(3, "note")]),
        ("acquainted", [at(3, "followed"), at(4, "commented")]),
        ("written", [at(5, "wrote"), at(9, "commented"), at(10, "followed_up")]),
        ("answered", [at(5, "wrote"), at(6, "replied", "later")]),
        ("quoted", [at(5, "wrote"), at(6, "replied", "price")]),
        ("agreed", [at(6, "replied", "yes")]),
        ("declined", [at(5, "wrote"), at(6, "replied", "no"), at(7, "commented"), at(8, "followed_up")]),
        ("written", [at(6, "published"), at(7, "declined"), at(20, "wrote")]),
        ("published", [at(6, "published"), at(7, "paid"), at(8, "viewed")]),
        ("removed", [at(6, "published"), at(7, "removed"), at(8, "refunded"), at(9, "claimed", "repeat")]),
        ("published", [at(6, "published"), at(7, "removed"), at(9, "published")]),
        ("booked", [at(6, "published"), at(7, "set_back", "booked")]),
        ("declined", [at(6, "agreed"), at(6, "declined")]),
        ("agreed", [at(6, "declined", written=1), at(6, "agreed", written=2)]),
        ("published", [at(28, "set_back", "written", written=1), at(6, "published", written=2)]),
    ],
)
def test_stages_by_hand(stage, some):
    """What a marketer would say of the place."""
    assert stage_of(some) == stage


def test_every_stage_is_a_status():
    """A placement's statuses are those that the stages lead to, all of them."""
    assert set(STATUS_OF_STAGE.values()) == set(STATUSES)
    assert {status: STATUS_OF_STAGE[stage] for status, stage in STAGE_OF_STATUS.items()} == {
        one: one for one in STATUSES
    }
    assert set(STATUSES) - {"drafted"} <= KINDS.keys()
    assert set(STATUS_OF_STAGE) == {*STAGES, *CLOSED}
    assert {kind.stage for kind in KINDS.values()} <= {"", *STAGES, *CLOSED}
    assert {"published", "paid", "viewed"} <= PLACEMENT_KINDS < KINDS.keys()


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "waved"},
        {"at": "yesterday"},
        {"answer": "maybe"},
        {"channel": "pigeon"},
        {"resource": "SMM Riga"},
        {"amount": float("nan")},
        {"amount": -1.0},
        {"currency": "euro"},
        {"due": "2026-11-05T09:00:00Z"},
        {"note": "\0"},
        {"count": -1},
        {"kind": "published", "resource": ""},
        {"kind": "set_back"},
    ],
)
def test_odd_events_are_refused(values):
    """What no database should keep is refused, and the sentence repeats nothing of it."""
    with pytest.raises(InputError, match="an event cannot be saved") as failure:
        checked(Event(**{"kind": "wrote", "at": "2026-11-03", "resource": "telegram:smm_riga"} | values))
    assert "waved" not in str(failure.value)
