"""Bluesky: answers of the interface and repositories."""

from pathlib import Path

import pytest
from libipld import encode_dag_cbor

from outreach.errors import InputError
from outreach.keys import identify

DATA = Path(__file__).parent / "data" / "bluesky"
HASH = b"\x01\x71\x12\x20" + bytes(range(32))
COMMIT = {"did": "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "rev": "3k", "sig": b"signed", "data": b"root", "version": 3}
FOLLOW = {
    "$type": "app.bsky.graph.follow",
    "subject": "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb",
    "createdAt": "2023-08-27T04:15:29.445-07:00",
}
POST = {"$type": "app.bsky.feed.post", "text": "app.bsky.graph.follow ir mapē"}


def varint(number):
    found = b""
    while number > 127:
        found, number = found + bytes([number & 127 | 128]), number >> 7
    return found + bytes([number])


def repository(*records):
    """Return a CAR file."""
    header = encode_dag_cbor({"roots": [HASH], "version": 1})
    blocks = (HASH + encode_dag_cbor(record) for record in records)
    return b"".join(varint(len(block)) + block for block in (header, *blocks))


def test_two_pages_of_follows(read):
    """The did and the handle of one account; the subject, whose follows they are, is not counted."""
    told = read("getFollows.json", DATA / "getFollows.json")
    assert [(like.line, like.resource[-4:], like.handle, like.name) for like in told.likes] == [
        (1, "bbbb", "contentoodlery.example", "The Contentoodlery"),
        (2, "cccc", "", "Тексты без воды"),
        (3, "dddd", "frintzidakia.example", ""),
        (4, "mple", "zvartuk.example", "Զվարթուկ"),
    ]
    assert [identify(like.resource, "bluesky").key for like in told.likes][3] == "bluesky:did:web:zvartuk.example"
    assert {like.followed_at for like in told.likes} == {""}, "createdAt is the account's"
    assert [line for line, _ in told.rejected] == [5, 6]
    assert (told.listed, told.remarks) == ({"bluesky"}, [])


def test_profiles_have_sizes(read):
    told = read("getProfiles.json", DATA / "getProfiles.json")
    assert [(like.handle, like.subscribers) for like in told.likes] == [
        ("contentoodlery.example", "21000"),
        ("frintzidakia.example", ""),
    ]


def test_an_empty_list_is_an_answer(read):
    told = read("getFollows.json", DATA / "getFollows_empty.json")
    assert (told.likes, told.listed) == ([], {"bluesky"})


def test_a_list_with_a_cursor_may_be_longer(read):
    told = read("x.json", '{"cursor": "3k", "follows": [{"did": "did:plc:bb", "handle": "a.example"}]}')
    assert told.remarks == ["the answer has a next page: the list may be longer"]


def test_followers_are_passed_over(read):
    told = read("follows.json", DATA / "getFollowers.json")
    assert (told.likes, told.listed, told.passed) == ([], set(), ["who follows them"])


def test_a_repository(read):
    """Records of follows alone; a post that speaks of them is none."""
    told = read("ilze.car", repository(COMMIT, POST, FOLLOW, FOLLOW | {"subject": 7, "createdAt": None}, [1]))
    (like,) = told.likes
    assert identify(like.resource, "bluesky").key == "bluesky:did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"
    assert like.followed_at == "2023-08-27T11:15:29Z"
    assert told.rejected == [(2, "a follow without the account")]
    assert told.listed == {"bluesky"}
    assert told.remarks == ["accounts have only their dids in this file, not names or sizes"]


def test_a_repository_without_follows_is_an_answer(read):
    told = read("ilze.car", repository(COMMIT, POST))
    assert (told.likes, told.listed, told.remarks) == ([], {"bluesky"}, [])


def test_another_car_file_is_passed_over(read):
    assert read("data.car", repository({"a": 1})).passed == ["a CAR file without a Bluesky repository"]


def test_what_stands_before_a_break_is_kept(read):
    told = read("ilze.car", repository(COMMIT, FOLLOW, FOLLOW)[:-5])
    assert len(told.likes) == 1
    assert told.remarks[1] == (
        "the file is cut off or damaged after record 2; the records before it were read: download it again"
    )


@pytest.mark.parametrize("damage", [b"\xff" * 12, b"\x09" + HASH[:5], b"\xff\xff\xff\xff\x0f" + HASH])
def test_a_damaged_repository_without_a_follow_is_told(read, damage):
    with pytest.raises(InputError, match="this CAR file is cut off or damaged"):
        read("ilze.car", repository() + damage)


def test_a_real_repository(shared, read):
    told = read("x.car", shared / "bluesky" / "bluesky-social__indigo__greenground.repo.car")
    assert [(like.resource[-4:], like.followed_at) for like in told.likes] == [
        ("kbkj", "2023-08-25T08:25:39Z"),
        ("jdhk", "2023-08-27T04:15:29Z"),
    ]
