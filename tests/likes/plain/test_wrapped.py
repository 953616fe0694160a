"""Lists inside of JSON objects."""

from __future__ import annotations

import pytest

from outreach.likes.plain.wrapped import Unwrapper

PLACE = {"url": "https://t.me/riga_food"}


def records(document, owner=None):
    return list(Unwrapper(owner).records(document))


@pytest.mark.parametrize(
    "key",
    [
        "following",
        "localSubscriptions",
        "edge_follow",
        "followed_communities",
        "joinedGroups",
        "Подписки",
        "abonementi",
    ],
)
def test_words_for_following(key):
    """Also where other lists stand beside it."""
    assert records({key: [PLACE], "items": [{"url": "https://t.me/other"}], "blocked": [PLACE]}) == [PLACE]


@pytest.mark.parametrize(
    "key",
    ["followers", "edge_followed_by", "blockedUsers", "muted_accounts", "watch_history", "liked_posts", "friends",
     "pending_follow_requests", "recently_unfollowed", "search_history", "Подписчики", "sekotāji"],
)  # fmt: skip
def test_words_for_other_lists(key):
    """Never read, whatever wraps them."""
    unwrapper = Unwrapper()
    assert list(unwrapper.records({"data": {key: {"items": [PLACE]}}, key: [PLACE]})) == []
    assert unwrapper.others


@pytest.mark.parametrize("key", ["followers", "myFollowers", "Подписчики", "sekotāji", "ακόλουθοι"])
def test_followers_in_any_language_are_known_as_such(key):
    """The refusal then says what to give instead."""
    unwrapper = Unwrapper()
    assert list(unwrapper.records({key: [PLACE]})) == []
    assert unwrapper.followers


def test_wrappers_in_wrappers():
    assert records({"response": {"status": 1, "data": {"items": [PLACE]}}}) == [PLACE]
    assert records([{"data": [PLACE]}, {"data": [PLACE]}]) == [PLACE, PLACE]


def test_a_name_of_a_file_beats_a_label_in_the_object():
    """What the object calls itself may be anything; a word for customers is one."""
    assert records({"name": "My export", "following": [PLACE]}, owner="anna") == [PLACE]
    assert records({"name": "Anna", "following": [PLACE]}) == [{"customer": "Anna", **PLACE}]
    assert records({"client": "Anna", "following": [PLACE]}, owner="x") == [{"customer": "Anna", **PLACE}]


def test_customers_keep_their_labels():
    anna, boris = {"customer": "Anna", **PLACE}, {"customer": "Boris", **PLACE}
    assert records({"Anna": [PLACE], "Boris": [PLACE]}, owner="team") == [anna, boris]
    assert records({"Anna": {"following": [PLACE], "followers": []}, "Boris": {"following": [PLACE]}}) == [anna, boris]
    assert records({"customers": [{"name": "Anna", "likes": [PLACE]}, {"name": "Boris", "likes": [PLACE]}]}) == [
        anna,
        boris,
    ]


def test_an_empty_list_does_not_vanish():
    """Its customer is a record without a place, which is rejected with its number."""
    assert records([{"customer": "Anna", "follows": []}]) == [{"customer": "Anna"}]
    assert records({"Anna": [PLACE], "Boris": []})[1:] == [{"customer": "Boris"}]


def test_places_as_keys():
    assert records({"t.me/riga_food": ["Anna", "Boris"]}) == [
        {"customer": "Anna", "resource": "t.me/riga_food"},
        {"customer": "Boris", "resource": "t.me/riga_food"},
    ]


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [None], [[]], {"a": None}, {"a": {"b": []}}, {"": ""}])
def test_anything_anywhere(value):
    """Nothing fails, and nothing is made of nothing."""
    for document in (value, [value], {"following": value}, {"data": value}, {"Anna": value}, [{"resource": value}]):
        assert all(isinstance(record, dict) for record in records(document))


def test_nested_beyond_reason():
    """A depth that no export has ends the search."""
    document = {"following": [PLACE]}
    for _ in range(500):
        document = {"data": document}
    assert records(document) == []
