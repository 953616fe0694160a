"""Lengths by each network's own rule."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.keys import PLATFORMS
from outreach.teasers.lengths import RULES, graphemes, measure

LINK = "https://riga.example/zayavki?utm_source=x&utm_medium=social"
ANY_TEXT = st.text(max_size=80)


@pytest.mark.parametrize(
    ("platform", "limit"),
    [
        ("x", 280),
        ("bluesky", 300),
        ("mastodon", 500),
        ("threads", 500),
        ("linkedin", 3000),
        ("facebook", 63206),
        ("instagram", 2200),
        ("telegram", 4096),
        ("discord", 2000),
        ("reddit", 40000),
        ("youtube", 5000),
        ("pinterest", 500),
        ("tiktok", 2200),
        ("vk", 16384),
    ],
)
def test_limit_is_the_last_length_that_fits(platform, limit):
    """A text of the limit fits, one character more is one too long."""
    assert measure("а" * limit, platform).over == 0
    measured = measure("а" * (limit + 1), platform)
    assert (measured.length, measured.limit, measured.over) == (limit + 1, limit, 1)


@pytest.mark.parametrize("platform", ["ok", "whatsapp", "medium", "web", "dzen", "no such platform"])
def test_without_limit_nothing_is_too_long(platform):
    """A platform without a known limit takes any text, and says so."""
    measured = measure("a" * 100_000, platform)
    assert (measured.length, measured.limit, measured.over) == (100_000, None, 0)


@pytest.mark.parametrize(
    ("platform", "text", "want"),
    [
        ("x", f"Где? {LINK}", 5 + 23),
        ("mastodon", f"Где? {LINK}", 5 + 23),
        ("mastodon", "Где? vk.com/riga", 16),
        ("mastodon", f"({LINK}), ({LINK}).", 1 + 23 + 4 + 23 + 2),
        ("mastodon", "https://localhost/a-long-path-that-may-be-text", 46),
        ("mastodon", "http://localhost", 23),
        ("mastodon", "Thanks @anna@social.example!", 13),
        ("mastodon", "anna@mail.example", 17),
        ("bluesky", f"Где? {LINK}", 5 + len(LINK)),
        ("telegram", f"Где? {LINK}", 5 + len(LINK)),
        ("bluesky", "👨‍👩‍👧 e\u0301", 3),
        ("mastodon", "👨‍👩‍👧 e\u0301", 3),
        ("bluesky", "क्ष", 1),
        ("telegram", "👍🏽", 2),
        ("discord", "👍🏽", 2),
        ("vk", "👍🏽", 4),
        ("threads", "a👍b", 6),
        ("threads", "Привет", 6),
        ("threads", "👨‍👩‍👧", len("👨‍👩‍👧".encode())),
    ],
)
def test_each_network_counts_its_own_way(platform, text, want):
    """Links, mentions, accents and emoji count as the network counts them."""
    assert measure(text, platform).length == want


def test_bluesky_counts_bytes_too():
    """A text of few graphemes and many bytes is too long in bytes."""
    family = "👨‍👩‍👧‍👦"
    measured = measure(family * 130, "bluesky")
    assert (measured.unit, measured.length, measured.limit, measured.over) == ("bytes", 3250, 3000, 250)
    assert measure(family * 120, "bluesky").unit == "graphemes"
    assert measure(family * 301, "bluesky").unit == "graphemes"


def test_picture_shortens_telegram_only():
    """A caption may have 1,024 characters on Telegram; elsewhere a picture changes nothing."""
    assert measure("a" * 1025, "telegram", picture=True).over == 1
    assert measure("a" * 1025, "vk", picture=True).over == 0


@pytest.mark.parametrize("platform", ["mastodon", "telegram", "web"])
def test_own_limit_replaces_the_table(platform):
    """The limit of one server or group is given by hand."""
    assert measure("a" * 1000, platform, limit=999, picture=True).over == 1
    assert measure("a" * 5000, platform, limit=5000).over == 0


@given(ANY_TEXT, st.sampled_from(sorted(RULES)))
def test_over_is_what_is_above_the_limit(text, platform):
    """Length, limit and excess agree, for any limit."""
    for limit in (0, 7, 1000):
        measured = measure(text, platform, limit=limit)
        assert measured.over == max(0, measured.length - limit)


@given(ANY_TEXT)
def test_utf16_never_counts_less(text):
    """Where a network's unit is unknown we count the longest of the usual ways."""
    assert measure(text, "facebook").length >= len(text) >= graphemes(text)


@given(ANY_TEXT, st.sampled_from(sorted(RULES)))
def test_more_text_is_not_shorter(text, platform):
    """A word more never makes a text shorter."""
    assert measure(text + " и", platform).length > measure(text, platform).length


@given(st.text(st.characters(codec="ascii")))
def test_ascii_counts_the_same_as_any_text(text):
    """The fast way for ASCII counts what the slow one counts."""
    import regex

    assert graphemes(text) == len(regex.findall(r"\X", text))


@pytest.mark.parametrize(
    "text", ["Որտե՞ղ են կորչում հայտերը։", "Πού χάνονται οι αιτήσεις;", "Kur zūd pieteikumi?", "Где?"]
)
def test_letters_of_our_languages_count_one(text):
    """In our languages a letter is one character everywhere, however it was typed."""
    for platform in ("x", "bluesky", "mastodon", "telegram"):
        assert measure(text, platform).length == len(text)
    assert graphemes(unicodedata.normalize("NFD", text)) == len(text)


def test_table_is_complete_and_dated():
    """Every rule is about a known platform, tells its source and date, and marks what is not confirmed."""
    assert set(RULES) <= set(PLATFORMS)
    for rule in RULES.values():
        assert rule.source
        assert rule.checked.year >= 2026
        assert rule.limit is None or rule.limit > 0
        assert rule.unit != "utf-16" or rule.doubt


@pytest.mark.parametrize(
    "text",
    [
        "a." * 5000,
        "a-" * 5000,
        "http://" * 3000,
        "https://a.com/" + "(" * 20_000,
        "." * 20_000,
        "@a" * 9000,
        "é." * 5000,
    ],
)
def test_hostile_text_is_measured_quickly(text):
    """No text makes the search for links run away."""
    started = time.monotonic()
    measure(text, "x")
    measure(text, "mastodon")
    assert time.monotonic() - started < 2
