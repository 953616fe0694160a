"""Reddit: tables of the data request and answers of the interface."""

from pathlib import Path

import pytest

from outreach.keys import identify

DATA = Path(__file__).parent / "data" / "reddit"


def test_the_table_of_a_data_request(read):
    """One name a line, in any clothes; following an account is subscribing to its own subreddit."""
    told = read("export_ilze_k_20240501/subscribed_subreddits.csv", DATA / "subscribed_subreddits.csv")
    assert [(like.line, identify(like.handle, like.platform).key) for like in told.likes] == [
        (2, "reddit:r/riga"),
        (3, "reddit:r/smallbusiness"),
        (5, "reddit:u/prodavayka_texty"),
        (7, "reddit:r/greece"),
    ]
    assert told.remarks == ["the person's own profile is not counted"]
    assert [line for line, _ in told.rejected] == [], "a line without any text is blank"
    assert told.listed == {"reddit"}


def test_an_empty_table_is_an_answer(read):
    told = read("subscribed_subreddits.csv", DATA / "subscribed_subreddits_empty.csv")
    assert (told.likes, told.listed) == ([], {"reddit"})


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("moderated_subreddits.csv", "subreddits that they moderate or may post to"),
        ("approved_submitter_subreddits.csv", "subreddits that they moderate or may post to"),
        ("saved_posts.csv", "posts, comments or votes"),
        ("reddit_posts.json", "posts, comments or accounts, not subreddits"),
    ],
)
def test_what_is_no_subscription_is_passed_over(read, name, why):
    told = read(name, DATA / name)
    assert (told.likes, told.listed, told.passed) == ([], set(), [why])


def test_two_pages_of_a_listing(read):
    """Sizes are there; a subreddit that was left and the own profile are not counted, what has no name is rejected."""
    told = read("reddit_subscriber.json", DATA / "reddit_subscriber.json")
    assert [(like.line, like.handle, like.name, like.subscribers) for like in told.likes] == [
        (1, "Riga", "r/Riga", "51234"),
        (2, "copywriting_ru", "r/copywriting_ru", ""),
        (4, "u_Tavernagraphe", "u/Tavernagraphe", "120"),
    ]
    assert told.rejected == [
        (6, "a subreddit without a name"),
        (7, "a subreddit without a name"),
    ]
    assert told.remarks == [
        "the person's own profile is not counted",
        "subreddits without a subscription by the answer, not counted: 1",
    ]
    assert told.listed == {"reddit"}


def test_a_page_that_tells_of_another_may_be_a_part(read):
    told = read("reddit.json", '{"data": {"after": "t5_1", "children": []}, "kind": "Listing"}')
    assert told.remarks == ["the answer has a next page: the list may be longer"]


def test_moderated_subreddits_of_the_interface_are_passed_over(read):
    told = read("reddit_mine_moderator.json", DATA / "reddit_subscriber.json")
    assert told.passed == ["subreddits that they moderate or may post to"]
