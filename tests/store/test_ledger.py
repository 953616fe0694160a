"""What the ledger keeps, what follows a change, what is frozen, and what can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from outreach import tables
from outreach.errors import InputError
from outreach.store import Placement, Put, open_store
from outreach.store.journal import REMEMBERED
from outreach.store.placement import FIELDS, OPTIONAL
from outreach.tables import STATUSES
from tests.examples import examples

LINK = "https://shop.example/?utm_content=a"
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
NAMES = st.sampled_from(["a", "b"])
PLACEMENTS = st.builds(
    Placement,
    campaign=NAMES,
    resource=st.sampled_from(["telegram:smm_riga", "vk:smm", "facebook:name/baltic%20marketers"]),
    variant=NAMES,
    round=st.integers(1, 2),
    final_url=st.just(LINK),
    text=TEXTS,
    comment=st.none() | TEXTS,
    cost=st.none() | st.floats(0, 1e12),
    status=st.sampled_from(STATUSES),
)
BATCHES = st.lists(st.lists(PLACEMENTS, unique_by=lambda one: one.natural), max_size=4)


def content(store):
    """What the ledger says, without the numbers that it gives."""
    return [replace(one, id=None, created_at=None) for one in store.placements()]


def test_a_placement_comes_back_as_it_was(store, placement):
    """Every value that was given is kept, and the missing ones are filled in."""
    full = placement(
        variant="б", round=2, language="hy", url="https://shop.example/", short_url="https://s.example/1",
        utm_source="telegram", utm_medium="social", utm_campaign="spring", utm_content="smm", text="Խնդիր 🙂\r\n«Это»",
        comment="https://shop.example", deal="paid", cost=12.5, currency="EUR", status="published",
        created_at="2026-05-12T09:00:00Z", published_at="2026-05-13", post_url="https://t.me/smm_riga/7",
        name="Маркетинг", promo="RIGA10",
    )  # fmt: skip
    assert store.put([full]) == Put(1, 0, 0, 0)
    assert store.placements() == [replace(full, id=1, platform="telegram")]


def test_the_same_key_is_the_same_row(store, placement):
    """Written again, a placement stays one, keeps its number and its time of making."""
    store.put([placement()])
    before = store.placements()
    assert store.put([placement()]) == Put(0, 0, 1, 0)
    assert store.placements() == before


@pytest.mark.parametrize("change", [{"variant": "b"}, {"round": 2}, {"campaign": "autumn"}, {"resource": "vk:smm"}])
def test_another_key_is_another_row(store, placement, change):
    """Campaign, resource, variant and round together make a placement."""
    store.put([placement()])
    assert store.put([placement(**change)]).created == 1


def test_a_drafted_placement_follows_the_text(store, placement):
    """A new text takes the place of a draft's."""
    store.put([placement(text="old")])
    assert store.put([placement(text="new")]) == Put(0, 1, 0, 0)
    assert [one.text for one in store.placements()] == ["new"]


@pytest.mark.parametrize("status", STATUSES[1:])
def test_what_was_sent_is_frozen(store, placement, status):
    """A placement that is further than drafted keeps its text, and is told."""
    store.put([placement(text="old", status=status)])
    before = store.placements()
    assert store.put([placement(text="new")]) == Put(0, 0, 0, 1, tuple(before))
    assert store.placements() == before


def test_a_new_draft_keeps_what_a_person_added(store, placement):
    """Cost, short link and promotion code stay where the new draft says nothing of them."""
    store.put([placement(text="old")])
    store.set(store.placements(), cost=20.0, currency="EUR", promo="RIGA10", short_url="https://s.example/1")
    store.put([placement(text="new")])
    one = store.placements()[0]
    assert (one.text, one.cost, one.currency, one.promo) == ("new", 20.0, "EUR", "RIGA10")
    assert one.short_url == "https://s.example/1"


def test_another_link_drops_the_short_one(store, placement):
    """A short link leads to the old address, so it goes with it."""
    store.put([placement(short_url="https://s.example/1")])
    store.put([placement(final_url="https://shop.example/?utm_content=other")])
    assert store.placements()[0].short_url is None


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"campaign": ""}, "campaign is empty"),
        ({"final_url": ""}, "final_url is empty"),
        ({"status": "lost"}, "status is none of"),
        ({"deal": "loan"}, "deal is none of"),
        ({"round": 0}, "round is no number from 1"),
        ({"cost": float("nan")}, "cost is no sum of money"),
        ({"cost": -1.0}, "cost is no sum of money"),
        ({"resource": "Telegram:SMM"}, "resource is no key"),
        ({"platform": "vk"}, "platform is another one"),
        ({"text": "secret\0text"}, "text holds a damaged sign"),
        ({"text": "secret\ud800text"}, "text holds a damaged sign"),
        ({"published_at": "12.05.2026"}, "a time is not written like"),
    ],
)
def test_what_cannot_be_kept_is_refused(store, placement, values, says):
    """One bad placement refuses them all, in a sentence that does not hold its text."""
    with pytest.raises(InputError, match=says) as refused:
        store.put([placement("vk:smm"), placement(**values)])
    assert "secret" not in str(refused.value)
    assert store.placements() == []


def test_two_of_one_key_are_refused(store, placement):
    """Neither of two texts for one placement wins by chance."""
    with pytest.raises(InputError, match="is there twice"):
        store.put([placement(text="a"), placement(text="b")])


def test_the_round_after_the_last(store, placement):
    """Rounds are counted for one text, one place and one campaign."""
    store.put([placement(round=1), placement(round=4), placement(variant="b", round=9)])
    assert store.next_round("spring", "telegram:smm_riga", "a") == 5
    assert store.next_round("autumn", "telegram:smm_riga", "a") == 1


def test_setting_changes_one_and_says_how_it_is_now(store, placement):
    """The others stay; what was set comes back."""
    store.put([placement(), placement("vk:smm")])
    now = store.set([store.placements()[1]], status="published", published_at="2026-05-12")
    assert [one.status for one in store.placements()] == ["drafted", "published"]
    assert now == [store.placements()[1]]


@pytest.mark.parametrize("column", ["url", "final_url", "resource", "id", "utm_source", "nothing"])
def test_the_link_is_not_set(store, placement, column):
    """What the draft says is changed by drafting again."""
    store.put([placement()])
    with pytest.raises(InputError, match=f"{column} of a placement cannot be set"):
        store.set(store.placements(), **{column: "x"})


def test_what_was_taken_back_cannot_be_set(store, placement):
    """A placement that is gone is told."""
    store.put([placement()])
    gone = store.placements()
    store.undo()
    with pytest.raises(InputError, match="not in the ledger any more"):
        store.set(gone, status="sent")


def test_nothing_to_take_back(store, placement):
    """An empty ledger, and one whose changes changed nothing, have nothing to take back but the first change."""
    assert store.undo() is None
    store.put([placement()])
    store.put([placement()])
    store.set(store.placements(), status="drafted")
    assert store.undo().removed == 1
    assert store.undo() is None


def test_a_number_is_never_given_twice(tmp_path, placement):
    """Results that point at a placement do not point at another one after an undo."""
    store = open_store(tmp_path / "o.db")
    store.put([placement()])
    store.undo()
    store.put([placement("vk:smm")])
    assert [one.id for one in store.placements()] == [2]


def test_a_hundred_changes_are_remembered(tmp_path, placement):
    """The journal does not grow without end."""
    store = open_store(tmp_path / "o.db")
    store.put([placement()])
    for number in range(REMEMBERED + 5):
        store.set(store.placements(), cost=float(number))
    taken = 0
    while store.undo():
        taken += 1
    assert taken == REMEMBERED
    assert [one.cost for one in store.placements()] == [4.0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(30))
@given(BATCHES)
def test_undo_walks_back_through_every_state(tmp_path_factory, batches):
    """After each undo the ledger is as it was before that change, down to the numbers."""
    store = open_store(tmp_path_factory.mktemp("undo") / "o.db")
    states = [store.placements()]
    for batch in batches:
        store.put(batch)
        if store.placements() != states[-1]:
            states.append(store.placements())
    while states:
        assert store.placements() == states.pop()
        assert (store.undo() is not None) == bool(states)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(30))
@given(BATCHES)
def test_writing_agrees_with_a_dictionary(tmp_path_factory, batches):
    """The first content of a key stays, unless it was a draft's; counts add up."""
    store = open_store(tmp_path_factory.mktemp("put") / "o.db")
    want: dict = {}
    for batch in batches:
        put = store.put(batch)
        assert put.created + put.updated + put.unchanged + put.frozen == len(batch)
        for one in batch:
            old = want.get(one.natural)
            if old is None or old.status == "drafted":
                cost = old.cost if old is not None and one.cost is None else one.cost
                want[one.natural] = replace(
                    one, platform=one.resource.partition(":")[0], comment=one.comment or None, cost=cost
                )
    assert content(store) == list(want.values())


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("telegram:smm_riga", ["telegram:smm_riga"]),
        ("https://t.me/SMM_Riga/77", ["telegram:smm_riga"]),
        ("@smm_riga", ["telegram:smm_riga"]),
        ("riga", ["telegram:smm_riga", "telegram:smm_riga_jobs"]),
        ("smm riga", ["telegram:smm_riga"]),
        ("Baltic Marketers", ["facebook:name/baltic%20marketers"]),
        ("МАРКЕТИНГ", ["vk:marketing_page"]),
        ("маркетинг  без бюджета", ["vk:marketing_page"]),
        ("baltic", ["facebook:name/baltic%20marketers"]),
        ("https://s.example/7", ["vk:marketing_page"]),
        ("nowhere", []),
        ("  ", []),
        ("%", []),
    ],
)
def test_a_name_is_enough(store, placement, name, found):
    """A key, an address, a link or a part of a name finds placements; whole beats part."""
    store.put(
        [
            placement("telegram:smm_riga"),
            placement("telegram:smm_riga_jobs"),
            placement("vk:marketing_page", name="Маркетинг без бюджета", short_url="https://s.example/7"),
            placement("facebook:name/baltic%20marketers"),
        ]
    )
    assert [one.resource for one in store.find(name)] == found


def test_a_name_can_be_narrowed(store, placement):
    """Columns narrow what a name finds."""
    store.put([placement(round=1), placement(round=2), placement(campaign="autumn")])
    assert [one.round for one in store.find("smm_riga", campaign="spring", round=2, variant=None)] == [2]


def test_what_a_person_changed_is_remembered(store, placement):
    """Each state before a change by hand, not those before a draft; undo forgets it."""
    store.put([placement()])
    assert store.by_hand() == {}
    (drafted,) = store.placements()
    (cheaper,) = store.set([drafted], cost=800.0)
    store.set([cheaper], cost=700.0)
    store.put([placement(text="Another one.")])
    assert store.by_hand() == {drafted.id: [drafted, cheaper]}
    store.undo()
    store.undo()
    assert store.by_hand() == {drafted.id: [drafted]}


def test_a_text_that_was_posted_is_set(store, placement):
    """Of any status: it is what went out."""
    store.put([placement(status="published")])
    (changed,) = store.set(store.placements(), text="As posted.", comment=None)
    assert store.placements() == [changed]
    assert changed.text == "As posted."


def test_a_placement_is_the_columns_of_its_table():
    """They are listed in one place; the database's table is made from it."""
    assert tables.PLACEMENTS.names == FIELDS
    assert {column.name for column in tables.PLACEMENTS.columns if column.missing} <= {*OPTIONAL, "cost"}


def test_a_code_of_two_places_is_refused(store, placement):
    """Whoever used it could have come from either; the same place may have it in several rounds."""
    store.put([placement(promo="RIGA10"), placement(promo="riga10 ", round=2), placement("vk:smm")])
    with pytest.raises(InputError, match="has the code Riga10 already, and a code of two places tells of neither"):
        store.set(store.find("vk:smm"), promo="Riga10")
    with pytest.raises(InputError, match="has the code RIGA10 already"):
        store.put([placement("vk:other", promo="RIGA10")])
    with pytest.raises(InputError, match="has the code new already"):
        store.put([placement("vk:first", promo="NEW"), placement("vk:second", promo="new")])
    assert len(store.placements()) == 3


@pytest.mark.parametrize("code", ["anna@example.org", "+371 29111111", "29111111", "8 (912) 345-67-89"])
def test_a_code_that_looks_like_a_person_is_not_kept(store, placement, code):
    """Somebody typed the customer's number into the column."""
    with pytest.raises(InputError, match="looks like an e-mail address or a telephone number"):
        store.put([placement(promo=code)])
    assert store.placements() == []


def test_codes_that_are_there_stay(store, placement):
    """A ledger of an older version may have one code twice: its placements can be written down all the same."""
    store.put([placement(promo="RIGA10"), placement("vk:smm", promo="MAMA10")])
    with store.database.writing() as connection:
        connection.execute(text("update placements set promo = 'RIGA10'"))
    assert store.set(store.find("vk:smm"), status="published")[0].promo == "RIGA10"
