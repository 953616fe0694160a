"""X's archive: accounts by number, lists by address."""

from pathlib import Path

import pytest

from outreach.keys import identify, strength
from outreach.likes.exports.base import Like

DATA = Path(__file__).parent / "data" / "x"
NO_NAMES = "X gives these accounts by number, without names; name them in the sheet that outreach resources makes"


@pytest.fixture
def told(read):
    """Return a function that reads one of our files."""

    def run(inner):
        return read(inner, DATA / inner)

    return run


def test_accounts_are_numbers(told):
    """All digits are kept; a number that a program rounded is refused."""
    following = told("data/following.js")
    assert (following.reader, following.listed) == ("x", {"x"})
    assert following.likes == [
        Like("x", resource="1390730000000000001", line=1),
        Like("x", resource="12158", line=2),
        Like("x", url="https://twitter.com/intent/user?user_id=77", line=3),
    ]
    assert following.rejected == [
        (4, "an id that another program has rounded: give the original file from X"),
        (5, "no account id in this record"),
    ]
    assert following.remarks == [NO_NAMES]


def test_a_number_is_an_immutable_key(told):
    """The id and the address with the id in it are one resource."""
    keys = [identify(like.resource or like.url, "x").key for like in told("data/following.js").likes]
    assert keys == ["x:id/1390730000000000001", "x:id/12158", "x:id/77"]
    assert [strength(key) for key in keys] == [0, 0, 0]


@pytest.mark.parametrize(
    ("inner", "number"), [("data/following-part1.js", "4242"), ("archive_2019/following.js", "547842573")]
)
def test_parts_and_old_archives(told, inner, number):
    """A second part, and a file without userLink."""
    assert [like.resource for like in told(inner).likes] == [number]


def test_an_empty_list_is_one_line_and_an_answer(told):
    """Without a remark on names."""
    empty = told("empty/data/following.js")
    assert (empty.listed, empty.likes, empty.remarks) == ({"x"}, [], [])


@pytest.mark.parametrize(
    ("inner", "keys", "rejected"),
    [
        ("data/lists-subscribed.js", ["x:smm_riga/lists/baltic-marketing", "x:lists/12345"], []),
        (
            "archive_2019/lists-subscribed.js",
            ["x:smm_riga/lists/baltic-marketing"],
            [(1, "no list address in this record")],
        ),
    ],
)
def test_a_list_is_a_resource(told, inner, keys, rejected):
    """It has a key of its own."""
    lists = told(inner)
    assert [identify(like.url, "x").key for like in lists.likes] == keys
    assert (lists.listed, lists.rejected, lists.remarks) == ({"x"}, rejected, [])


def test_no_lists_subscribed_says_nothing_of_follows(told):
    """So it makes nobody one of whom a list is known."""
    none = told("empty/data/lists-subscribed.js")
    assert (none.listed, none.passed) == (set(), ["not subscribed to any list on X"])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("follower", "followers, not what the person follows"),
        ("like", "likes of posts, not follows"),
        ("block", "accounts that the person blocked or hid"),
        ("lists-created", "lists that the person runs"),
        ("lists-member", "lists that others put the person on"),
    ],
)
def test_other_lists_are_passed_over(told, name, why):
    """They have the shape of follows and are none."""
    other = told(f"data/{name}.js")
    assert (other.reader, other.passed, other.likes, other.listed) == ("x", [why], [], set())


def test_real_files_give_what_a_person_counts(read, shared):
    """Two accounts followed; followers none."""
    folder = shared / "twitter"
    for name, count in {"following.js": 2, "follower.js": 0}.items():
        assert len(read(name, folder / f"dogsheep__twitter-to-sqlite__{name}").likes) == count
