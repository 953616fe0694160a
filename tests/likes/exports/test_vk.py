"""VK: answers of its interface, and the pages of its archive."""

import json
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.keys import identify
from outreach.likes.exports import READERS
from outreach.likes.exports.base import ListOptions

API = Path(__file__).parent / "data" / "vk-api"
ARCHIVE = Path(__file__).parent / "data" / "vk-archive"
IDS = "ids of an unknown kind were taken for communities, as in answers of groups.get; friends look the same"


def found(told):
    communities, _ = apart(told.likes)
    return [(like.resource, like.handle, like.name, like.subscribers, like.line) for like in communities]


def apart(likes):
    """Return communities and people."""
    return [like for like in likes if not like.person], [like for like in likes if like.person]


def test_extended_subscriptions(read):
    """Communities with id and screen name; people and what VK closed are left out and said."""
    told = read("anna.json", API / "subscriptions_extended.json")
    assert told.reader == "vk-api"
    assert found(told) == [
        ("club1", "marketing_ru", "Маркетинг & продажи", "51200", 1),
        ("club22", "", "SMM", "", 3),
        ("club333", "", "Ярмарка", "", 4),
        ("club22", "", "SMM", "", 8),
    ]
    assert told.rejected == [
        (5, "a community that VK has blocked"),
        (6, "a community that VK has deleted"),
        (7, "a community without its id"),
    ]
    assert told.listed == {"vk"}
    assert told.remarks == [
        "VK counts 200, the file has 7: ask VK for the other pages",
    ]


def test_ids_of_subscriptions(read):
    """Users and groups stand apart; the same ids are of different things."""
    told = read("anna.json", API / "subscriptions_ids.json")
    communities, people = apart(told.likes)
    assert [like.resource for like in communities] == ["club1", "club22", "club333"]
    assert [(like.resource, like.name) for like in people] == [("id101", ""), ("id102", "")]
    assert told.remarks == []
    assert [identify(like.resource, "vk").key for like in communities] == ["vk:club1", "vk:club22", "vk:club333"]


@pytest.mark.parametrize(
    ("name", "ids", "remarks"),
    [
        ("groups_two_pages.json", [1, 2, 3], []),
        ("groups_list_of_pages.json", [1, 2, 3], [IDS]),
        ("items_only.json", [1, 2], []),
        ("vk_groups.json", [1, 2, 3], [IDS]),
        ("empty.json", [], []),
    ],
)
def test_groups_however_saved(read, name, ids, remarks):
    """Pages one after the other, in a list, items alone, ids alone, none at all."""
    told = read(name, API / name)
    assert [like.resource for like in told.likes] == [f"club{number}" for number in ids]
    assert (told.listed, told.remarks, told.rejected) == ({"vk"}, remarks, [])


@pytest.mark.parametrize(
    "text",
    [
        '{"count": 2, "items": [1, 2]}',
        '{"items": [1, 2]}',
        '{"users": {"count": 0, "items": []}, "groups": {"count": 2, "items": [1, 2]}}',
        '{"response": [{"count": 2, "items": [1]}, {"count": 2, "items": [2]}]}',
        '{"response": {"count": 2, "items": ["-1", "-2"]}}',
        '{"response": {"items": [1, 2], "count": 2}}\n',
        '{"response": {"count": 1, "items": [1]}}{"error": {"error_code": 6}}{"response": {"count": 2, "items": [2]}}',
    ],
)
def test_ids_in_other_clothes(read, text):
    """Without the word response, several answers of execute, owner ids with a minus, an error between pages."""
    assert [like.resource for like in read("anna.json", text).likes] == ["club1", "club2"]


@pytest.mark.parametrize("name", ["friends.json", "friends_extended.json"])
def test_friends_are_people(read, name):
    """The answer of friends.get has the shape of groups.get."""
    told = read(name, API / name)
    assert (told.likes, told.listed, told.passed) == ([], set(), ["a list of people, not of communities"])


def test_an_error_of_vk_is_no_list(source):
    """Said, instead of nothing."""
    opened = source("anna.json", API / "error.json")
    with pytest.raises(InputError, match="VK answered with an error"):
        list(READERS.claimed(opened).read([opened], ListOptions()))


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2, 3]",
        '{"response": {"count": 1, "items": [{"id": 1, "from_id": 5, "owner_id": 5, "text": "x"}]}}',
        '{"response": {"items": [], "profiles": [], "groups": []}}',
        '{"response": {"docs": [{"id": 1}]}}',
        '{"items": [{"id": 1, "name": "x", "type": "group"}]}',
        '{"error": {"message": "x"}}',
        "[",
        "",
    ],
)
def test_near_misses_are_not_claimed(source, text):
    """Numbers of anything, posts, answers of others."""
    assert READERS.claimed(source("anna.json", text)) is None


@pytest.mark.parametrize("value", [None, True, 5.5, "x", "1e9", [], {}, 0, 10**30, [5]])
def test_ids_of_any_type(read, value):
    """What is no id is rejected."""
    item = {
        "id": value,
        "name": value,
        "screen_name": value,
        "members_count": value,
        "type": "group",
        "is_closed": value,
    }
    told = read("anna.json", json.dumps({"response": {"count": value, "items": [item, value]}}))
    assert told.likes == []
    assert len(told.rejected) == 2


def test_subscriptions_of_the_archive(read):
    """In the encoding of old Windows."""
    told = read("Archive/profile/subscriptions0.html", ARCHIVE / "subscriptions0.html")
    assert told.reader == "vk-archive"
    assert [(like.url, like.name, like.line) for like in told.likes] == [
        ("https://vk.com/marketing_ru", "Маркетинг & «продажи»", 7),
        ("https://vk.com/public22", "Ёлка", 8),
        ("https://vk.com/club333", "Ярмарка в Риге", 9),
        ("https://vk.com/id101", "Анна Пример", 10),
    ]
    keys = [identify(like.url, "vk").key for like in told.likes]
    assert keys == ["vk:marketing_ru", "vk:club22", "vk:club333", "vk:id101"]
    assert [like.line for like in told.likes if like.person] == [10]
    assert [line for line, _ in told.rejected] == [11]
    assert told.remarks == []
    assert told.listed == {"vk"}


def test_a_page_that_a_browser_saved_again(read):
    """UTF-8, with the old name of the encoding in it."""
    assert [like.name for like in read("subscriptions0.html", ARCHIVE / "subscriptions2.html").likes][:2] == [
        "Маркетинг & «продажи»",
        "Ёлка",
    ]


def test_an_empty_page_is_an_answer(read):
    """Somebody follows nothing."""
    told = read("profile/subscriptions1.html", ARCHIVE / "subscriptions1.html")
    assert (told.likes, told.rejected, told.listed) == ([], [], {"vk"})


def test_friends_of_the_archive_are_passed_over(read):
    """They have the same shape."""
    told = read("profile/friends0.html", ARCHIVE / "friends0.html")
    assert (told.likes, told.passed) == ([], ["a list of people, not of communities"])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("subscriptions.html", "<html><a href='https://www.youtube.com/channel/x'>x</a></html>"),
        ("likes.html", "<html><a href='https://vk.com/x'>x</a></html>"),
        ("subscriptions0.html", "https://vk.com/x"),
    ],
)
def test_other_pages_are_not_claimed(source, name, text):
    """Links to elsewhere, other names, no page at all."""
    assert READERS.claimed(source(name, text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "<html><a href='https://vk.com/x",
        "<html>//vk.com/<![x",
        "<html>//vk.com/<<!>![\0;;",
        "<html>//vk.com/<![\0;;:DOCTYPE html>",
        "<html>//vk.com/<!--",
        "<html>//vk.com/<!x[[",
        "<html>//vk.com/<a href>&#xfffffff;&#xd800;",
    ],
)
def test_broken_pages(read, text):
    """Half of a page is half of a list."""
    assert read("subscriptions0.html", text).listed == {"vk"}


@pytest.mark.parametrize(
    ("name", "content", "clubs"),
    [
        ("vk-groups.json", '["101", "102"]', ["club101", "club102"]),
        ("vk.json", '[[{"id": 101, "screen_name": "aa1", "type": "group"}], [{"id": 102, "type": "page", "name": ""}]]',
         ["club101", "club102"]),
        ("vk.json", '{"response": [2, {"id": 101, "name": "A", "screen_name": "aa1", "type": "group"}]}', ["club101"]),
        ("vk.json", '{"response": [2, {"gid": 101, "name": "A", "screen_name": "aa1", "type": "group"}]}', ["club101"]),
    ],
)  # fmt: skip
def test_other_ways_to_write_an_answer_down(read, name, content, clubs):
    """Numbers as texts, pages of items, and the total in front that old answers had."""
    assert [like.resource for like in read(name, content).likes] == clubs
