"""What the ledger keeps, what follows a change, what is frozen, and what can be taken back."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from outreach.campaign.ledger import Placement, Put, open_ledger, schema
from outreach.campaign.ledger.journal import REMEMBERED
from outreach.campaign.ledger.placement import OPTIONAL
from outreach.campaign.ledger.placement import PLACEMENTS as COLUMNS
from outreach.errors import InputError
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


def content(ledger):
    """What the ledger says, without the numbers that it gives."""
    return [replace(one, id=None, created_at=None) for one in ledger.placements()]


def test_a_placement_comes_back_as_it_was(ledger, placement):
    """Every value that was given is kept, and the missing ones are filled in."""
    full = placement(
        variant="б", round=2, language="hy", url="https://shop.example/", short_url="https://s.example/1",
        utm_source="telegram", utm_medium="social", utm_campaign="spring", utm_content="smm", text="Խնդիր 🙂\r\n«Это»",
        comment="https://shop.example", deal="paid", cost=12.5, currency="EUR", status="published",
        created_at="2026-05-12T09:00:00Z", published_at="2026-05-13", post_url="https://t.me/smm_riga/7",
        name="Маркетинг", promo="RIGA10",
    )  # fmt: skip
    assert ledger.put([full]) == Put(1, 0, 0, 0)
    assert ledger.placements() == [replace(full, id=1, platform="telegram")]


def test_the_same_key_is_the_same_row(ledger, placement):
    """Written again, a placement stays one, keeps its number and its time of making."""
    ledger.put([placement()])
    before = ledger.placements()
    assert ledger.put([placement()]) == Put(0, 0, 1, 0)
    assert ledger.placements() == before


@pytest.mark.parametrize("change", [{"variant": "b"}, {"round": 2}, {"campaign": "autumn"}, {"resource": "vk:smm"}])
def test_another_key_is_another_row(ledger, placement, change):
    """Campaign, resource, variant and round together make a placement."""
    ledger.put([placement()])
    assert ledger.put([placement(**change)]).created == 1


def test_a_drafted_placement_follows_the_text(ledger, placement):
    """A new text takes the place of a draft's."""
    ledger.put([placement(text="old")])
    assert ledger.put([placement(text="new")]) == Put(0, 1, 0, 0)
    assert [one.text for one in ledger.placements()] == ["new"]


@pytest.mark.parametrize("status", STATUSES[1:])
def test_what_was_sent_is_frozen(ledger, placement, status):
    """A placement that is further than drafted keeps its text, and is told."""
    ledger.put([placement(text="old", status=status)])
    before = ledger.placements()
    assert ledger.put([placement(text="new")]) == Put(0, 0, 0, 1, tuple(before))
    assert ledger.placements() == before


def test_a_new_draft_keeps_what_a_person_added(ledger, placement):
    """Cost, short link and promotion code stay where the new draft says nothing of them."""
    ledger.put([placement(text="old")])
    ledger.set(ledger.placements(), cost=20.0, currency="EUR", promo="RIGA10", short_url="https://s.example/1")
    ledger.put([placement(text="new")])
    one = ledger.placements()[0]
    assert (one.text, one.cost, one.currency, one.promo) == ("new", 20.0, "EUR", "RIGA10")
    assert one.short_url == "https://s.example/1"


def test_another_link_drops_the_short_one(ledger, placement):
    """A short link leads to the old address, so it goes with it."""
    ledger.put([placement(short_url="https://s.example/1")])
    ledger.put([placement(final_url="https://shop.example/?utm_content=other")])
    assert ledger.placements()[0].short_url is None


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"campaign": ""}, "campaign is empty"),
        ({"final_url": ""}, "final_url is empty"),
        ({"status": "lost"}, "status is not one of"),
        ({"deal": "loan"}, "deal is not one of"),
        ({"round": 0}, "round is not a number from 1 up"),
        ({"cost": float("nan")}, "cost is not a sum of money"),
        ({"cost": -1.0}, "cost is not a sum of money"),
        ({"resource": "Telegram:SMM"}, "resource is not a key"),
        ({"platform": "vk"}, "platform is not the one"),
        ({"text": "secret\0text"}, "text has a damaged character"),
        ({"text": "secret\ud800text"}, "text has a damaged character"),
        ({"published_at": "12.05.2026"}, "a time must be written like"),
    ],
)
def test_what_cannot_be_kept_is_refused(ledger, placement, values, says):
    """One bad placement refuses them all, in a sentence that does not hold its text."""
    with pytest.raises(InputError, match=says) as refused:
        ledger.put([placement("vk:smm"), placement(**values)])
    assert "secret" not in str(refused.value)
    assert ledger.placements() == []


def test_two_of_one_key_are_refused(ledger, placement):
    """Neither of two texts for one placement wins by chance."""
    with pytest.raises(InputError, match="is in it twice"):
        ledger.put([placement(text="a"), placement(text="b")])


def test_the_round_after_the_last(ledger, placement):
    """Rounds are counted for one text, one place and one campaign."""
    ledger.put([placement(round=1), placement(round=4), placement(variant="b", round=9)])
    assert ledger.next_round("spring", "telegram:smm_riga", "a") == 5
    assert ledger.next_round("autumn", "telegram:smm_riga", "a") == 1


def test_setting_changes_one_and_says_how_it_is_now(ledger, placement):
    """The others stay; what was set comes back."""
    ledger.put([placement(), placement("vk:smm")])
    now = ledger.set([ledger.placements()[1]], status="published", published_at="2026-05-12")
    assert [one.status for one in ledger.placements()] == ["drafted", "published"]
    assert now == [ledger.placements()[1]]


@pytest.mark.parametrize("column", ["url", "final_url", "resource", "id", "utm_source", "nothing"])
def test_the_link_is_not_set(ledger, placement, column):
    """What the draft says is changed by drafting again."""
    ledger.put([placement()])
    with pytest.raises(InputError, match=f"{column} of a post cannot be set"):
        ledger.set(ledger.placements(), **{column: "x"})


def test_what_was_taken_back_cannot_be_set(ledger, placement):
    """A placement that is gone is told."""
    ledger.put([placement()])
    gone = ledger.placements()
    ledger.undo()
    with pytest.raises(InputError, match="no longer in the ledger"):
        ledger.set(gone, status="sent")


def test_nothing_to_take_back(ledger, placement):
    """An empty ledger, and one whose changes changed nothing, have nothing to take back but the first change."""
    assert ledger.undo() is None
    ledger.put([placement()])
    ledger.put([placement()])
    ledger.set(ledger.placements(), status="drafted")
    assert ledger.undo().removed == 1
    assert ledger.undo() is None


def test_a_number_is_never_given_twice(tmp_path, placement):
    """Results that point at a placement do not point at another one after an undo."""
    ledger = open_ledger(tmp_path / "o.db")
    ledger.put([placement()])
    ledger.undo()
    ledger.put([placement("vk:smm")])
    assert [one.id for one in ledger.placements()] == [2]


def test_a_hundred_changes_are_remembered(tmp_path, placement):
    """The journal does not grow without end."""
    ledger = open_ledger(tmp_path / "o.db")
    ledger.put([placement()])
    for number in range(REMEMBERED + 5):
        ledger.set(ledger.placements(), cost=float(number))
    taken = 0
    while ledger.undo():
        taken += 1
    assert taken == REMEMBERED
    assert [one.cost for one in ledger.placements()] == [4.0]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(30))
@given(BATCHES)
def test_undo_walks_back_through_every_state(tmp_path_factory, batches):
    """After each undo the ledger is as it was before that change, down to the numbers."""
    ledger = open_ledger(tmp_path_factory.mktemp("undo") / "o.db")
    states = [ledger.placements()]
    for batch in batches:
        ledger.put(batch)
        if ledger.placements() != states[-1]:
            states.append(ledger.placements())
    while states:
        assert ledger.placements() == states.pop()
        assert (ledger.undo() is not None) == bool(states)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(30))
@given(BATCHES)
def test_writing_agrees_with_a_dictionary(tmp_path_factory, batches):
    """The first content of a key stays, unless it was a draft's; counts add up."""
    ledger = open_ledger(tmp_path_factory.mktemp("put") / "o.db")
    want: dict = {}
    for batch in batches:
        put = ledger.put(batch)
        assert put.created + put.updated + put.unchanged + put.frozen == len(batch)
        for one in batch:
            old = want.get(one.natural)
            if old is None or old.status == "drafted":
                cost = old.cost if old is not None and one.cost is None else one.cost
                want[one.natural] = replace(
                    one, platform=one.resource.partition(":")[0], comment=one.comment or None, cost=cost
                )
    assert content(ledger) == list(want.values())


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
def test_a_name_is_enough(ledger, placement, name, found):
    """A key, an address, a link or a part of a name finds placements; whole beats part."""
    ledger.put(
        [
            placement("telegram:smm_riga"),
            placement("telegram:smm_riga_jobs"),
            placement("vk:marketing_page", name="Маркетинг без бюджета", short_url="https://s.example/7"),
            placement("facebook:name/baltic%20marketers"),
        ]
    )
    assert [one.resource for one in ledger.find(name)] == found


def test_a_name_can_be_narrowed(ledger, placement):
    """Columns narrow what a name finds."""
    ledger.put([placement(round=1), placement(round=2), placement(campaign="autumn")])
    assert [one.round for one in ledger.find("smm_riga", campaign="spring", round=2, variant=None)] == [2]


def test_what_a_person_changed_is_remembered(ledger, placement):
    """Each state before a change by hand, not those before a draft; undo forgets it."""
    ledger.put([placement()])
    assert ledger.by_hand() == {}
    (drafted,) = ledger.placements()
    (cheaper,) = ledger.set([drafted], cost=800.0)
    ledger.set([cheaper], cost=700.0)
    ledger.put([placement(text="Another one.")])
    assert ledger.by_hand() == {drafted.id: [drafted, cheaper]}
    ledger.undo()
    ledger.undo()
    assert ledger.by_hand() == {drafted.id: [drafted]}


def test_a_text_that_was_posted_is_set(ledger, placement):
    """Of any status: it is what went out."""
    ledger.put([placement(status="published")])
    (changed,) = ledger.set(ledger.placements(), text="As posted.", comment=None)
    assert ledger.placements() == [changed]
    assert changed.text == "As posted."


def test_a_placement_is_the_columns_of_its_table():
    """They are listed in one place: the table is made from the dataclass, and the database's from the table."""
    assert COLUMNS.names == tuple(field.name for field in fields(Placement)) == tuple(schema.PLACEMENTS.c.keys())
    of_numbers = {"cost", "views_24h", "repost_of"}
    assert {column.name for column in COLUMNS.columns if column.missing} <= {*OPTIONAL, *of_numbers}
    assert {column.name for column in COLUMNS.columns if column.type == "bigint"} == {
        "id", "round", "views_24h", "repost_of",
    }  # fmt: skip


def test_a_code_of_two_places_is_refused(ledger, placement):
    """Whoever used it could have come from either; the same place may have it in several rounds."""
    ledger.put([placement(promo="RIGA10"), placement(promo="riga10 ", round=2), placement("vk:smm")])
    with pytest.raises(InputError, match="has the code Riga10 already, and a code must belong to one place"):
        ledger.set(ledger.find("vk:smm"), promo="Riga10")
    with pytest.raises(InputError, match="has the code RIGA10 already"):
        ledger.put([placement("vk:other", promo="RIGA10")])
    with pytest.raises(InputError, match="has the code new already"):
        ledger.put([placement("vk:first", promo="NEW"), placement("vk:second", promo="new")])
    assert len(ledger.placements()) == 3


@pytest.mark.parametrize("code", ["anna@example.org", "+371 29111111", "29111111", "8 (912) 345-67-89"])
def test_a_code_that_looks_like_a_person_is_not_kept(ledger, placement, code):
    """Somebody typed the customer's number into the column."""
    with pytest.raises(InputError, match="looks like an e-mail address or a phone number"):
        ledger.put([placement(promo=code)])
    assert ledger.placements() == []


def test_codes_that_are_there_stay(ledger, placement):
    """A ledger of an older version may have one code twice: its placements can be written down all the same."""
    ledger.put([placement(promo="RIGA10"), placement("vk:smm", promo="MAMA10")])
    with ledger.database.writing() as connection:
        connection.execute(text("update placements set promo = 'RIGA10'"))
    assert ledger.set(ledger.find("vk:smm"), status="published")[0].promo == "RIGA10"
