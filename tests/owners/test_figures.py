"""What a book adds up to: money by currency, days between stages, replies by way of acquaintance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outreach.campaign.events import Event
from outreach.owners import Person, Place
from outreach.owners.contacts import Contact, contacts_of, lately_written, thread
from outreach.owners.figures import at_stages, between_stages, replies_by_play
from outreach.owners.money import money_of

KINDS = ["agreed", "booked", "invoiced", "paid", "refunded", "wrote"]
EVENTS = st.lists(
    st.builds(
        Event,
        kind=st.sampled_from(KINDS),
        at=st.sampled_from(["2026-05-01", "2026-05-02"]),
        resource=st.sampled_from(["vk:place_a", "vk:place_b"]),
        campaign=st.sampled_from(["", "spring"]),
        variant=st.sampled_from(["", "a"]),
        amount=st.none() | st.integers(0, 100).map(float),
        currency=st.sampled_from(["EUR", "RUB"]),
    ),
    max_size=8,
)


@given(EVENTS, st.data())
def test_sums_depend_on_no_order_and_no_repetition(events, data):
    """One line a place, campaign and currency; nothing is added across currencies, nobody owes less than nothing."""
    found = money_of(events)
    again = data.draw(st.permutations([*events, *events]))
    assert money_of(again) == found
    keys = [(one.resource, one.campaign, one.currency) for one in found]
    assert len(set(keys)) == len(keys)
    for one in found:
        paid = {
            event
            for event in events
            if (event.resource, event.campaign, event.currency) == (one.resource, one.campaign, one.currency)
        }
        spent = sum(event.amount or 0 for event in paid if event.kind == "paid")
        back = sum(event.amount or 0 for event in paid if event.kind == "refunded")
        assert (one.spent, one.refunded) == (spent - back, back)
        assert one.owed >= 0


def at(day, kind, **values):
    return Event(**{"kind": kind, "at": f"2026-05-{day:02}", "resource": "vk:place_a", "campaign": "spring"} | values)


def test_what_is_owed_by_hand():
    """An invoice counts before a price that was agreed; a price without a post is for the post that was booked."""

    def owed(*events):
        return [(one.spent, one.owed) for one in money_of(events)]

    euros = {"currency": "EUR"}
    assert owed(at(1, "agreed", amount=20.0, **euros), at(2, "invoiced", amount=24.0, **euros)) == [(0.0, 24.0)]
    assert owed(at(1, "agreed", amount=20.0, **euros), at(2, "booked", amount=20.0, variant="a", round=1, **euros)) == [
        (0.0, 20.0)
    ]
    assert owed(at(1, "booked", amount=20.0, **euros), at(2, "paid", amount=20.0, **euros)) == [(20.0, 0.0)]
    assert owed(at(1, "paid", amount=20.0, **euros), at(5, "refunded", amount=20.0, **euros)) == [(0.0, 0.0)]
    assert owed(at(1, "quoted", amount=20.0, **euros)) == []


def contact(*events):
    return Contact(Place(resource="vk:place_a"), None, tuple(events))


def test_stages_days_and_replies_by_hand():
    """The first event that leads to a stage counts, and what was done before the first letter."""
    ann = contact(at(1, "commented"), at(3, "commented"), at(11, "wrote"), at(13, "replied", answer="price"))
    tom = contact(at(2, "wrote"), at(20, "commented"))
    eve = contact(at(1, "interview_asked"), at(2, "commented"), at(5, "wrote"), at(6, "replied", answer="no"))
    assert at_stages([ann, tom, eve, contact()]) == {"new": 1, "written": 1, "quoted": 1, "declined": 1}
    assert [(one.start, one.end, one.contacts, one.days) for one in between_stages([ann, tom, eve])] == [
        ("acquainted", "written", 2, 7.0),
        ("written", "quoted", 1, 2.0),
    ]
    assert [(one.play, one.written, one.replied) for one in replies_by_play([ann, tom, eve])] == [
        ("comment", 1, 1), ("none", 1, 0), ("several", 1, 1),
    ]  # fmt: skip


def test_a_thread_is_one_over_all_channels(book):
    """What happened with a person without a place belongs to each of their places; of others it does not."""
    marina = book.add(Person(name="Marina", places=("vk:place_a", "vk:place_b")))
    tom = book.add(Person(name="Tom", places=("vk:place_a",)))
    book.log([
        at(1, "commented"), at(2, "wrote", person=marina.id), at(3, "replied", person=marina.id, resource=""),
        at(4, "wrote", person=tom.id),
    ])  # fmt: skip
    found = {(one.person.name, one.place.resource): [event.kind for event in one.events] for one in contacts_of(book)}
    assert found == {
        ("Marina", "vk:place_a"): ["commented", "wrote", "replied"],
        ("Marina", "vk:place_b"): ["replied"],
        ("Tom", "vk:place_a"): ["commented", "wrote"],
    }
    assert [one.kind for one in thread(book.events(), "vk:place_b", None)] == []


def test_a_promise_is_due_until_it_is_kept(book):
    """The earliest one that nothing later has kept."""
    marina = book.add(Person(name="Marina", places=("vk:place_a",)))
    book.log([at(1, "agreed", person=marina.id, due="2026-05-20"), at(2, "booked", due="2026-05-12")])
    assert contacts_of(book)[0].due == "2026-05-12"
    book.log([at(12, "published")])
    assert contacts_of(book)[0].due == ""


def test_letters_of_two_weeks_to_the_same_person_are_remembered(book):
    """For other campaigns only, the latest first."""
    from datetime import date

    marina = book.add(Person(name="Marina", places=("vk:place_a",)))
    book.log([
        at(day, "wrote", person=marina.id, campaign=campaign)
        for day, campaign in ((1, "old"), (20, "dental"), (22, "zobi"), (24, "spring"))
    ])  # fmt: skip
    found = lately_written(book.events(), marina, "spring", date(2026, 5, 26))
    assert [one.campaign for one in found] == ["zobi", "dental"]
