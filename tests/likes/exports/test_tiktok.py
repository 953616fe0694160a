"""TikTok's exports of all years."""

import json
from pathlib import Path

import pytest

from outreach.errors import InputError
from outreach.likes.exports import READERS
from outreach.likes.exports.base import ListOptions

DATA = Path(__file__).parent / "data" / "tiktok"


def found(told):
    return [(like.handle, like.followed_at, like.line) for like in told.likes]


def test_the_list_of_2024(read):
    """Not fans and likes; damaged records are counted."""
    told = read("user_data_tiktok.json", DATA / "user_data_tiktok_2024.json")
    assert told.reader == "tiktok"
    assert found(told) == [
        ("baking.riga", "2024-12-04T08:50:05Z", 1),
        ("Smm_School", "", 2),
        ("baking.riga", "2024-12-05T09:00:00Z", 3),
    ]
    assert told.rejected == [(line, "no handle of a TikTok account") for line in (4, 5, 6)]
    assert told.listed == {"tiktok"}


@pytest.mark.parametrize(
    ("name", "handles"),
    [
        ("user_data_tiktok_2025.json", ["cafe.athens"]),
        ("user_data_tiktok_mid.json", ["mid.one"]),
        ("user_data_tiktok_2026.json", ["new.one", "new_two"]),
        ("user_data_null.json", []),
    ],
)
def test_wherever_the_year_put_it(read, name, handles):
    """The keys moved; a list of nothing is null and an answer."""
    told = read("user_data_tiktok.json", DATA / name)
    assert [like.handle for like in told.likes] == handles
    assert told.listed == {"tiktok"}


def test_an_export_without_the_list_is_no_answer(read):
    """Somebody chose other categories."""
    told = read("user_data_tiktok.json", DATA / "user_data_without.json")
    assert (told.likes, told.listed) == ([], set())
    assert told.passed == ["this export has no list of follows"]


def test_the_text_export(read):
    """A date and a name, one record after the other."""
    told = read("Activity/Following.txt", DATA / "Following.txt")
    assert found(told) == [("baking.riga", "2024-12-04T08:50:05Z", 2), ("smm_school", "2024-12-05T08:50:05Z", 5)]
    assert told.listed == {"tiktok"}


def test_the_text_export_of_windows(read):
    """A record without a name is rejected, a line of something else is counted."""
    told = read(
        "Following.txt", "\ufeffDate: 2024-12-04\r\nUsername: a.b\r\n\r\nUsername: \r\nsomething\r\nUserName: c.d"
    )
    assert found(told) == [("a.b", "2024-12-04T00:00:00Z", 2), ("c.d", "", 6)]
    assert [line for line, _ in told.rejected] == [4]
    assert told.remarks == ["lines that are neither a date nor a user name: 1"]


def test_fans_are_passed_over(read):
    """They have the same shape."""
    told = read("Activity/Follower.txt", DATA / "Follower.txt")
    assert (told.likes, told.listed) == ([], set())
    assert told.passed == ["another list from TikTok, not the follows"]


def test_a_renamed_text_asks(source):
    """Whether these are fans or not, only the name told."""
    opened = source("anna.txt", DATA / "Follower.txt")
    with pytest.raises(InputError, match="its name does not show"):
        list(READERS.claimed(opened).read([opened], ListOptions()))


def test_an_empty_text_is_an_answer(read):
    """It is known by its folder alone."""
    assert read("TikTok/Activity/Following.txt", "").listed == {"tiktok"}


@pytest.mark.parametrize("list_", [None, 5, "x", {}, [[]], [5], [{"UserName": 5}], [{"UserName": ["x"], "Date": {}}]])
def test_wrong_types(read, list_):
    """Whatever stands where records should."""
    export = {"Your Activity": {"Following": {"IsFastLane": False, "Following": list_}}, "App Settings": 5}
    assert len(read("user_data.json", json.dumps(export)).likes) in {0, 1}


def test_the_real_file(read, shared):
    """Redacted, without anybody: an empty list."""
    told = read("user_data_tiktok.json", next((shared / "tiktok").glob("*.json")))
    assert (told.likes, told.listed) == ([], {"tiktok"})


@pytest.mark.parametrize("text", ['{"Following": ["a"]}', '{"Your Activity": {}}', "Date: today\nWe met", "[]", ""])
def test_near_misses_are_not_claimed(source, text):
    """Words that others use too."""
    assert READERS.claimed(source("Following.json", text)) is None
