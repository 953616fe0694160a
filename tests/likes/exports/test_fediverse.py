"""Mastodon and its relatives."""

from pathlib import Path

import pytest

from outreach.keys import identify
from outreach.likes.exports import READERS

DATA = Path(__file__).parent / "data" / "fediverse"


def keys(told):
    return [(like.line, identify(like.url or like.handle, like.platform).key) for like in told.likes]


def test_the_table_of_today(read):
    """Spaces, an @, blank lines and a list of languages; an account without its server cannot be used."""
    told = read("following_accounts.csv", DATA / "following_accounts.csv")
    assert keys(told) == [
        (2, "mastodon:smm_riga@mastodon.example"),
        (3, "mastodon:kontent@pleroma.example"),
        (5, "mastodon:ploumido@gr.example"),
    ]
    assert [line for line, _ in told.rejected] == [6, 7]
    assert told.listed == {"mastodon"}


def test_the_table_of_version_two(read):
    told = read("Anna.csv", DATA / "following_accounts_2_8.csv")
    assert keys(told) == [(2, "mastodon:smm_riga@mastodon.example"), (3, "mastodon:kontent@pleroma.example")]


def test_a_table_without_a_header(read):
    told = read("following-2024-05-01-10-00-00.csv", DATA / "following-2024-05-01-10-00-00.csv")
    assert keys(told) == [
        (1, "mastodon:smm_riga@mastodon.example"),
        (2, "mastodon:kontent@pleroma.example"),
        (5, "mastodon:ploumido@gr.example"),
    ]
    assert [line for line, _ in told.rejected] == [4]


def test_an_empty_table_is_an_answer(read):
    told = read("following_accounts.csv", DATA / "following_accounts_empty.csv")
    assert (told.likes, told.listed) == ([], {"mastodon"})


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("muted_accounts.csv", "accounts that the person muted"),
        ("blocked_accounts.csv", "accounts that the person blocked or hid"),
        ("followers.csv", "who follows them"),
        ("lists.csv", "lists of accounts; their follows are in following_accounts.csv"),
        ("pixelfed-followers.json", "who follows them"),
    ],
)
def test_what_is_no_follow_is_passed_over(read, name, why):
    told = read(name, DATA / name)
    assert (told.likes, told.listed, told.passed) == ([], set(), [why])


def test_muted_accounts_under_another_name(read):
    assert read("Anna.csv", DATA / "muted_accounts.csv").passed == ["accounts that the person muted"]


def test_pixelfed_writes_addresses(read):
    """Its own accounts stand directly under the server."""
    told = read("pixelfed-following.json", DATA / "pixelfed-following.json")
    assert keys(told) == [
        (1, "mastodon:bloknotusha@pixelfed.example"),
        (2, "mastodon:smm_riga@mastodon.example"),
        (3, "mastodon:kontent@pleroma.example"),
    ]
    assert [line for line, _ in told.rejected] == [4, 5, 6]


def test_an_empty_list_of_pixelfed_is_an_answer(read):
    assert read("pixelfed-following.json", "[]").listed == {"mastodon"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("customers.csv", "ilze@firma.example\nanna@mastodon.example\n"),
        ("following.csv", "ilze@gmail.com\nanna@mastodon.example\n"),
        ("following.csv", "email\nilze@firma.example\n"),
        ("following.csv", "customer,resource\nIlze,https://t.me/riga\n"),
        ("following.csv", "ilze@firma.example,Riga,2024\n"),
        ("following.csv", "Ilze <ilze@firma.example>\n"),
        ("following.csv", "riga\nsmm\nilze@firma.example\n"),
        ("follow-up.csv", "ilze@firma.example\n"),
        ("blocks.csv", "Riga,12\n"),
        ("lists.csv", "Ilze,https://t.me/riga\n"),
        ("following.csv", ""),
        ("following.csv", "a@b.example," + " " * 60_000 + "!\n"),
        ("pixelfed-following.json", '{"a": 1}'),
    ],
)
def test_other_peoples_tables_are_left_alone(source, name, text):
    """A list of e-mail addresses is not a list of follows, even under a name that could mean them."""
    assert READERS.claimed(source(name, text)) is None
