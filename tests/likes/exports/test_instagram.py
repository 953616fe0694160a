"""Accounts followed on Instagram and Threads, before and since October 2025, in both formats."""

from pathlib import Path

import pytest

from outreach.keys import identify

DATA = Path(__file__).parent / "data" / "instagram"
FOLLOWING = "connections/followers_and_following/following.json"


@pytest.fixture
def told(read):
    """Return a function that reads one of our files by its path inside an export."""

    def run(vintage, inner):
        return read(inner, DATA / vintage / inner)

    return run


def handles(told):
    return [(like.handle, like.followed_at) for like in told.likes]


def test_before_october_2025_the_value_is_the_handle(told):
    """Deleted accounts do not count; a time of eight digits is no date."""
    following = told("following_2025_07", FOLLOWING)
    assert (following.reader, following.listed) == ("instagram", {"instagram"})
    assert handles(following) == [
        ("smm.riga", "2025-07-29T07:18:34Z"),
        ("Baltic_Marketers", "2025-07-10T18:37:45Z"),
        ("eight_digits", ""),
    ]
    assert following.rejected == [
        (3, "an account that was deleted"),
        (5, "no handle in this record"),
        (6, "not a record of an account"),
    ]


def test_since_october_2025_the_title_is_the_handle(told):
    """And the address reads /_u/handle."""
    following = told("following_2025_10", FOLLOWING)
    assert handles(following) == [
        ("smm.riga", "2025-10-09T08:53:20Z"),
        ("kofe_i_marketing", "2025-10-09T08:53:21Z"),
        ("only_in_address", "2025-10-09T08:53:23Z"),
    ]
    assert following.rejected == [(3, "an account that was deleted")]
    assert identify("Baltic_Marketers", "instagram").key == "instagram:baltic_marketers"


def test_in_threads_the_title_is_the_name(told):
    """Where there is a value; else it is the handle, as on Instagram."""
    following = told("threads", "your_instagram_activity/threads/following.json")
    assert (following.reader, following.listed) == ("threads", {"threads"})
    assert [(like.handle, like.name) for like in following.likes] == [("smm.riga", "Ольга – СММ"), ("heron.bird", "")]
    assert identify(following.likes[0].handle, "threads").key == "threads:smm.riga"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("followers_1", "followers, not what the person follows"),
        ("following_hashtags", "hashtags, not accounts"),
        ("pending_follow_requests", "requests to follow, not answered yet"),
        ("recent_follow_requests", "requests to follow, not answered yet"),
        ("recently_unfollowed_profiles", "accounts no longer followed"),
        ("blocked_profiles", "accounts that the person blocked or hid"),
        ("removed_suggestions", "suggestions that the person removed"),
        ("close_friends", "close friends and favourites: a part of the list of follows"),
    ],
)
def test_other_lists_are_passed_over(told, name, why):
    """They have the shape of follows and are none."""
    other = told("others", f"connections/followers_and_following/{name}.json")
    assert (other.reader, other.passed, other.likes, other.listed) == ("instagram", [why], [], set())


def test_likes_of_posts_and_followers_on_threads(told):
    """Both have accounts in them."""
    assert told("others", "your_instagram_activity/likes/liked_posts.json").passed == ["likes of posts, not follows"]
    followers = told("threads", "your_instagram_activity/threads/followers.json")
    assert (followers.reader, followers.passed) == ("threads", ["followers, not what the person follows"])


def test_a_bare_list_counts_only_by_its_name(read):
    """Followers are bare lists; a file that somebody renamed is not guessed at."""
    bare = '[{"title":"","string_list_data":[{"href":"https://www.instagram.com/smm","value":"smm","timestamp":1}]}]'
    assert [like.handle for like in read("following.json", bare).likes] == ["smm"]
    assert read("maria.json", bare).passed == [
        "a list of accounts that does not say what it is; followers look the same"
    ]


def test_an_empty_list_is_an_answer(told):
    """Nobody followed."""
    empty = told("empty", "followers_and_following/following.json")
    assert (empty.listed, empty.likes) == ({"instagram"}, [])


@pytest.mark.parametrize(
    ("vintage", "inner", "reader", "want"),
    [
        ("html_2025_07", FOLLOWING, "instagram", [("smm.riga", "2025-01-01"), ("baltic_marketers", "2025-01-02")]),
        ("html_2025_10", FOLLOWING, "instagram", [("smm.riga", "2025-11-01"), ("kofe", "2025-11-02")]),
        ("html_threads", "your_instagram_activity/threads/following.json", "threads", [("smm.riga", "2025-01-01")]),
    ],
)
def test_web_pages(told, vintage, inner, reader, want):
    """With a heading or without; dates in the language of the account."""
    following = told(vintage, inner.replace(".json", ".html"))
    assert following.reader == reader
    assert handles(following) == want


def test_web_pages_of_followers(told):
    """Passed over by the name of the file."""
    followers = told("html_2025_10", "connections/followers_and_following/followers_1.html")
    assert (followers.passed, followers.likes) == (["followers, not what the person follows"], [])


def test_real_files_give_what_a_person_counts(read, shared):
    """365 and 7 accounts; followers and hashtags none."""
    folder = shared / "instagram"
    counts = {
        "KaanKaramese__instagram-who-dont-follow-you-back__following.redacted.json": 365,
        "corsali__userdata-extractor__following.redacted.json": 7,
        "corsali__userdata-extractor__followers.redacted.json": 0,
        "corsali__userdata-extractor__following_hashtags.json": 0,
    }
    for name, count in counts.items():
        told = read(name.rpartition("__")[2].replace(".redacted", ""), folder / name)
        assert len(told.likes) == count
        assert not told.rejected
        assert all((identify(like.handle, "instagram").key or "").startswith("instagram:") for like in told.likes)


@pytest.mark.parametrize("before", ['{"data": {"user": ', '{"user": ', "{"])
def test_a_page_that_others_follow(read, before):
    """However much of what wraps an answer of Instagram's site was saved."""
    page = '"edge_follow": {"page_info": {"has_next_page": true}, "edges": [{"node": {"username": "smm.moloko"}}]}'
    inside = page if before == "{" else f"{{{page}}}"
    told = read("instagram_following.json", f"{before}{inside}{'}' * before.count('{')}")
    assert (told.reader, [like.handle for like in told.likes]) == ("instagram-web", ["smm.moloko"])
    assert told.remarks == ["the answer has a next page: the list may be longer"]
