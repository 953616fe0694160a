"""Who follows the ranked places, as arrays."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import outreach
from outreach.engine import Engine
from outreach.ranking import Choice, rank
from outreach.ranking.followers import expected_share, followers_of
from tests.examples import examples

PLACES = ["t.me/smm_riga", "t.me/marmalade", "vk.com/club7", "example.org/news", "t.me/tiny_one"]
SIZES = {"t.me/smm_riga": 9000, "t.me/marmalade": 9000, "vk.com/club7": 70_000, "t.me/tiny_one": 6000}
pairs = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(PLACES)), min_size=1, max_size=30)


def frame(pairs):
    return pd.DataFrame(
        [(who, place, SIZES.get(place)) for who, place in pairs], columns=["customer", "resource", "subscribers"]
    )


def followers(table, choice=None):
    """Return the arrays, and the frame that ``rank`` shows."""
    choice = choice or Choice(min_subscribers=0)
    with Engine() as engine:
        likes = outreach._from_frame(engine, table, None, None, None)
        ranked = rank(likes, choice)
        return followers_of(likes, choice.since), ranked.table.head()


@given(pairs)
@settings(max_examples=examples(40))
def test_the_arrays_say_what_the_ranking_says(pairs):
    """Overlap, lists and sizes stand in the order of the ranking; every customer of a place has its list."""
    found, ranked = followers(frame(pairs))
    assert found.overlap.tolist() == [row["overlap"] for row in ranked]
    assert found.listed.tolist() == [row["listed"] for row in ranked]
    assert [None if np.isnan(size) else size for size in found.sizes] == [row["subscribers"] for row in ranked]
    assert found.everybody == len({who for who, _ in pairs})
    for place in range(found.places):
        who = found.of(place)
        assert len(set(who.tolist())) == len(who) == found.overlap[place]
        assert found.lists[who, found.platforms[place]].all()
        assert found.lists[:, found.platforms[place]].sum() == found.listed[place]


@given(pairs, st.randoms(use_true_random=False))
@settings(max_examples=examples(40))
def test_labels_rows_and_repeats_change_nothing(pairs, dice):
    """Customers are numbered by what they follow."""
    letters = list("ABCDEFGH")
    dice.shuffle(letters)
    names = dict(zip("abcdefgh", letters, strict=True))
    other = [(names[who], place) for who, place in pairs * 2]
    dice.shuffle(other)
    found, again = followers(frame(pairs))[0], followers(frame(other))[0]
    for name in ("overlap", "listed", "starts", "customers", "lists"):
        assert np.array_equal(getattr(found, name), getattr(again, name))


def test_expected_shares_known_by_hand():
    """Among places that as many follow, a larger one is expected to have more; unknown sizes come last."""
    table = frame([("a", "t.me/smm_riga"), ("b", "t.me/smm_riga"), ("a", "t.me/tiny_one"), ("b", "t.me/marmalade")])
    table.loc[table["resource"] == "t.me/marmalade", "subscribers"] = None
    found, ranked = followers(table)
    assert [row["resource"] for row in ranked] == ["telegram:smm_riga", "telegram:tiny_one", "telegram:marmalade"]
    assert expected_share(found).tolist() == pytest.approx([1.5 / 6, (0.5 + 0.9 / 4) / 6, (0.5 - 0.9 / 4) / 6])


def test_old_likes_and_hidden_places_are_not_there():
    """The arrays hold what was counted, and every place that passes the filters, also behind the first ones shown."""
    table = frame([(who, place) for who in "abc" for place in PLACES])
    table["followed_at"] = ["2020-01-01" if who == "a" else "2026-01-01" for who in table["customer"]]
    moment = outreach._moment("2025-01-01")
    found, ranked = followers(table, Choice(since=moment, top=1, platforms=("telegram",), min_subscribers=7000))
    assert len(ranked) == 1
    assert found.overlap.tolist() == [2, 2]
    assert found.everybody == 3
