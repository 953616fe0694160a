"""What is due: each open matter once, in whatever order and however often its events were written down."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.campaign.events import ANSWERS, KINDS, Event
from outreach.campaign.ledger import Placement
from outreach.campaign.ledger.placement import checked
from outreach.owners.agenda import Matters, agenda
from outreach.owners.person import Person
from outreach.owners.working_days import WorkingDays
from tests.examples import examples

PLACE = "telegram:smm_riga"
MARINA = Person(id="marina", name="Marina", places=(PLACE, "vk:smm"))
FRIDAY = date(2026, 11, 6)
PLAIN = WorkingDays()


def due(events=(), placements=(), *, on=FRIDAY, ahead=400, people=(), **more):
    """Return day and kind of what is due in the next year."""
    matters = Matters(events=list(events), placements=list(placements), people=people, **more)
    return [(one.day.isoformat(), one.kind) for one in agenda(matters, on, PLAIN, ahead=ahead)]


def said(kind, at, **more):
    return Event(kind=kind, at=at, resource=PLACE, **more)


def post(**more):
    usual = {"campaign": "spring", "resource": PLACE, "final_url": "https://x.example/?u=1", "created_at": "2026-10-01"}
    return checked(Placement(**{**usual, **more}))


def of_post(kind, at, **more):
    return Event(kind=kind, at=at, campaign="spring", resource=PLACE, variant="a", round=1, **more)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([said("wrote", "2026-11-06", channel="email")], [("2026-11-13", "follow-up")]),
        ([said("wrote", "2026-11-06", channel="telegram")], [("2026-11-10", "follow-up")]),
        ([said("wrote", "2026-11-06"), said("followed_up", "2026-11-13")], []),
        ([said("wrote", "2026-11-06"), said("replied", "2026-11-06T10:00:00Z")], [("2026-11-09", "answer")]),
        ([said("wrote", "2026-11-04"), said("replied", "2026-11-06", answer="price")], [("2026-11-09", "answer")]),
        ([said("wrote", "2026-11-04"), said("quoted", "2026-11-06", amount=20.0)], [("2026-11-09", "answer")]),
        ([said("wrote", "2026-11-04"), said("replied", "2026-11-06", answer="no")], []),
        ([said("wrote", "2026-11-04"), said("declined", "2026-11-06")], []),
        ([said("replied", "2026-11-04"), said("wrote", "2026-11-05")], [("2026-11-09", "running")]),
        ([said("replied", "2026-11-04"), said("wrote", "2026-11-05"), said("followed_up", "2026-11-09")], []),
        ([said("agreed", "2026-11-05")], [("2026-11-09", "running")]),
        ([said("agreed", "2026-11-05"), of_post("booked", "2026-11-06")], []),
        ([said("replied", "2026-11-04", answer="later", due="2026-12-01")], [("2026-12-01", "promise")]),
        ([said("declined", "2026-11-04", due="2027-02-01")], [("2027-02-01", "promise")]),
        ([said("note", "2026-11-04", due="2026-11-20"), said("commented", "2026-11-05")], [("2026-11-20", "promise")]),
        ([said("note", "2026-11-04", due="2026-11-20"), said("commented", "2026-11-20")], []),
        ([said("commented", "2026-11-04"), said("followed", "2026-11-04")], []),
        ([of_post("sent", "2026-11-06")], [("2026-11-13", "follow-up")]),
    ],
)  # fmt: skip
def test_conversations(events, expected):
    """One step of the talk at most, and each promise once."""
    assert due(events) == expected
    assert due([*reversed(events), *events]) == expected


def test_one_thread_over_all_channels_and_places():
    """Who wrote about one place and got the answer about another one owes one answer."""
    events = [
        Event(kind="wrote", at="2026-11-03", resource=PLACE, channel="telegram"),
        Event(kind="replied", at="2026-11-05", resource="vk:smm", channel="email"),
    ]
    assert due(events, people=[MARINA]) == [("2026-11-06", "answer")]
    (one,) = agenda(Matters(events=events, people=[MARINA]), FRIDAY, PLAIN)
    assert (one.who, one.person) == ("Marina", "marina")


def test_who_wants_no_contact_gets_none():
    """Nothing of the talk is due; money is."""
    person = replace(MARINA, do_not_contact=True)
    events = [said("replied", "2026-11-05", due="2026-11-10")]
    assert due(events, people=[person]) == []


def test_the_last_note_stands_beside_it():
    """Of all notes about the owner the one that was written down last."""
    events = [
        said("note", "2026-11-05", note="likes short mails"),
        said("replied", "2026-11-04", note="asked for the price"),
    ]
    (one,) = agenda(Matters(events=events), FRIDAY, PLAIN)
    assert one.note == "likes short mails"


OUT = {"status": "published", "published_at": "2026-11-05"}
SEEN = {"views_24h": 900}
RESULTS = ("2026-11-13", "results")


@pytest.mark.parametrize(
    ("placement", "events", "expected"),
    [
        (OUT, [], [("2026-11-06", "views"), RESULTS]),
        ({**OUT, **SEEN}, [], [RESULTS]),
        (OUT, [of_post("viewed", "2026-11-06", count=900)], [RESULTS]),
        ({**OUT, **SEEN, "must_stay_until": "2026-12-06"}, [], [RESULTS, ("2026-12-04", "last-day")]),
        (
            {**OUT, **SEEN, "must_stay_until": "2026-12-06"}, [of_post("looked", "2026-12-04", answer="there")],
            [RESULTS],
        ),
        (
            {**OUT, **SEEN, "must_stay_until": "2026-12-06"}, [of_post("looked", "2026-12-05", answer="unseen")],
            [RESULTS, ("2026-12-04", "last-day")],
        ),
        (
            {**OUT, **SEEN, "must_stay_until": "2026-12-06"}, [of_post("looked", "2026-11-20", answer="gone")],
            [RESULTS, ("2026-11-20", "gone")],
        ),
        (
            {**OUT, **SEEN},
            [of_post("looked", "2026-11-20", answer="gone"), of_post("claimed", "2026-11-21", answer="repeat")],
            [RESULTS, ("2026-11-25", "claim-answer")],
        ),
        (
            {"status": "removed", "removed_at": "2026-11-20", "must_stay_until": "2026-12-06"}, [],
            [("2026-11-23", "claim")],
        ),
        ({"status": "removed", "removed_at": "2026-12-20", "must_stay_until": "2026-12-06"}, [], []),
        ({"status": "removed", "removed_at": "2026-11-20"}, [], []),
        ({"status": "removed", "removed_at": "2026-11-20", "deal": "paid"}, [], [("2026-11-23", "claim")]),
        (
            {"status": "removed", "removed_at": "2026-11-20", "deal": "paid"},
            [of_post("claimed", "2026-11-21", answer="money", due="2026-12-01")], [("2026-12-01", "claim-answer")],
        ),
        (
            {"status": "removed", "removed_at": "2026-11-20", "deal": "paid"},
            [of_post("claimed", "2026-11-21", due="2026-12-01"), of_post("refunded", "2026-11-30")], [],
        ),
        ({"status": "booked"}, [of_post("booked", "2026-11-05", due="2026-11-12")], [("2026-11-12", "out")]),
        ({"status": "booked"}, [of_post("looked", "2026-11-05", answer="gone", url="https://x.example/?u=1")],
         [("2026-11-05", "link")]),
        ({"status": "booked"}, [of_post("looked", "2026-11-05", answer="gone", url="https://x.example/?u=1"),
                                of_post("looked", "2026-11-06", answer="there", url="https://x.example/?u=1")], []),
        ({"status": "declined"}, [of_post("invoiced", "2026-11-05", amount=20.0, due="2026-11-12")],
         [("2026-11-12", "pay")]),
        ({"status": "declined"}, [of_post("invoiced", "2026-11-05", amount=20.0)], [("2026-11-12", "pay")]),
        ({"status": "declined"}, [of_post("invoiced", "2026-11-05", amount=20.0, currency="EUR"),
                                  of_post("paid", "2026-11-06", amount=20.0, currency="EUR")], []),
        ({"status": "declined"}, [of_post("invoiced", "2026-11-05", amount=20.0, currency="EUR"),
                                  of_post("paid", "2026-11-06", amount=20.0, currency="RUB")], [("2026-11-12", "pay")]),
        ({"status": "declined"}, [of_post("invoiced", "2026-11-05"), of_post("paid", "2026-11-06")], []),
        ({"status": "drafted"}, [], [("2026-10-02", "drafts")]),
        ({**OUT, **SEEN, "deal": "paid", "cost": 20.0}, [], [("2026-11-06", "pay"), RESULTS]),
        ({**OUT, **SEEN, "deal": "paid", "cost": 20.0}, [of_post("paid", "2026-11-01")], [RESULTS]),
    ],
)  # fmt: skip
def test_posts(placement, events, expected):
    """To look, to claim, to pay, to send."""
    found = due(events, [post(**placement)])
    assert sorted(found) == sorted(expected)
    assert due([*reversed(events), *events], [post(**placement)]) == found


def test_a_repeat_makes_good():
    """The later round that says so closes the claim."""
    gone = post(status="removed", removed_at="2026-11-05", deal="paid")
    again = post(round=2, status="sent", repost_of=1)
    assert ("2026-11-06", "claim") in due([], [gone])
    assert ("2026-11-06", "claim") not in due([], [gone, again])


def test_no_letter_before_three_things_are_done():
    """Where the owner is to be written to; elsewhere nobody is to be met."""
    done = [said("commented", f"2026-11-0{day}") for day in (2, 3)]
    matters = Matters(events=[*done, *done], placements=[post()], ways={PLACE: "write"})
    assert [one.what.code for one in agenda(matters, FRIDAY, PLAIN)] == ["today-drafts-early"]
    more = replace(matters, events=[*done, said("shared", "2026-11-04")])
    assert [one.what.code for one in agenda(more, FRIDAY, PLAIN)] == ["today-drafts"]
    buy = replace(matters, ways={PLACE: "buy"})
    assert [one.what.code for one in agenda(buy, FRIDAY, PLAIN)] == ["today-drafts"]


def test_results_of_a_post_that_is_out():
    """Older than a week."""
    assert due([], [post(**OUT, **SEEN)], results_until=date(2026, 11, 10)) == [("2026-11-18", "results")]
    assert due([], [], results_until=date(2026, 11, 10)) == []


def test_overdue_comes_first_and_the_week_ends():
    """What is due later is not shown yet."""
    events = [Event(kind="note", at="2026-10-01", resource=f"vk:{name}", due=f"2026-11-{day}")
              for name, day in (("a", "14"), ("b", "13"), ("c", "06"), ("d", "01"))]  # fmt: skip
    found = agenda(Matters(events=events), FRIDAY, PLAIN)
    assert [(one.who, one.when(FRIDAY)) for one in found] == [("d", "overdue"), ("c", "today"), ("b", "this week")]


@pytest.mark.parametrize("market", ["LV", "GR", "AM"])
def test_no_promise_is_lost_or_doubled_on_any_day_of_two_years(market):
    """Each stands there once from a week before its day until it is kept, holidays or not; its number stays."""
    days = WorkingDays(market)
    start = date(2026, 1, 1)
    events, placements, promises = [], [], {}
    for number in range(0, 730, 5):
        day = start + timedelta(days=number)
        key = f"vk:club{number}"
        about = {"campaign": "spring", "resource": key, "at": (day - timedelta(days=20)).isoformat()}
        kept = day + timedelta(days=number % 4) if number % 3 else None
        kind = ("note", "replied", "invoiced", "booked", "wrote")[number // 5 % 5]
        of = {"variant": "a", "round": 1} if kind in ("invoiced", "booked") else {}
        events.append(Event(kind=kind, due=day.isoformat(), **about, **of))
        if of:
            placements.append(post(resource=key, status="booked" if kind == "booked" else "declined"))
        promises[key] = (day, kept, kind)
    for today in (start + timedelta(days=number) for number in range(730)):
        so_far, out = list(events), list(placements)
        for key, (_, kept, kind) in promises.items():
            if kept and kept <= today:
                of = {"variant": "a", "round": 1} if kind in ("invoiced", "booked") else {}
                done = {"invoiced": "paid", "booked": "published"}.get(kind, "followed_up")
                so_far.append(Event(kind=done, campaign="spring", resource=key, at=kept.isoformat(), **of))
                if kind == "booked":
                    out = [replace(one, status="declined") if one.resource == key else one for one in out]
        random.Random(today.toordinal()).shuffle(so_far)  # noqa: S311 - the same each time
        found = agenda(Matters(events=so_far, placements=out), today, days)
        shown = sorted(one.resource for one in found)
        expected = sorted(
            key
            for key, (day, kept, _) in promises.items()
            if day <= today + timedelta(days=7) and not (kept and kept <= today)
        )
        assert shown == expected
        assert len({one.uid for one in found}) == len(found)
        assert all(one.day == promises[one.resource][0] for one in found)


KINDS_AND_ANSWERS = [(kind, answer) for kind, about in KINDS.items() for answer in ("", *about.answers)]
EVENTS = st.builds(
    lambda kind, day, place, more, due: Event(
        kind=kind[0], answer=kind[1], at=f"2026-11-{day:02}", resource=place, campaign="spring",
        variant="a" if more else "", round=int(more), due=f"2026-11-{due:02}" if due else "",
        note=f"note {day}" if due else "", recorded_at=f"2026-11-{day:02}T10:00:{due:02}Z",
    ),
    st.sampled_from(KINDS_AND_ANSWERS), st.integers(1, 28), st.sampled_from([PLACE, "vk:smm", "vk:other"]),
    st.booleans(), st.integers(0, 28),
)  # fmt: skip
assert ANSWERS


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(EVENTS, max_size=14), st.randoms(use_true_random=False), st.integers(1, 60))
def test_order_and_repetition_do_not_matter(events, chance, ahead):
    """The agenda of a shuffled and repeated history is that of the history."""
    placements = [post(status="published", published_at="2026-11-02"), post(resource="vk:smm", status="booked")]
    again = [*events, *chance.choices(events, k=5)] if events else []
    chance.shuffle(again)
    on = date(2026, 11, 1) + timedelta(days=ahead)
    first = agenda(Matters(events=events, placements=placements, people=[MARINA]), on, PLAIN)
    second = agenda(Matters(events=again, placements=placements[::-1], people=[MARINA]), on, PLAIN)
    assert first == second
    assert len({one.uid for one in first}) == len(first)
    talks = [
        (one.campaign, one.person or one.resource) for one in first if one.kind in ("answer", "running", "follow-up")
    ]
    assert len(talks) == len(set(talks))
