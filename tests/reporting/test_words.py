import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.reporting import percent_range, plain, safe_address, thousands


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  Baltic \t Club\n", "Baltic Club"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x9b31mred", "red"),
        ("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x07 me", "click me"),
        ("\x1b]0;title without an end", ""),
        ("\x1bcreset", "reset"),
        ("a\x00b\x08c\x7fd\x85e", "abcd e"),
        ("\u202eevil\u202c \u2066x\u2069 \u200fy", "evil x y"),
        ("\ufeffzero\u200bwidth\u00ad", "zerowidth"),
        ("می‌خواهم", "می‌خواهم"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * 4),
        ("bad \udcff sign", "bad sign"),
        ("line\u2028line", "line line"),
        ("", ""),
    ],
)
def test_plain_text_keeps_what_shows_and_nothing_else(text, shown):
    """Escape sequences, controls, overrides and towers of accents go; words and families stay."""
    assert plain(text) == shown


@given(st.text())
def test_plain_text_is_one_harmless_line(text):
    """Whatever comes in, nothing that moves a cursor or turns a line round comes out; twice changes nothing."""
    shown = plain(text)
    assert {unicodedata.category(sign) for sign in shown} & {"Cc", "Cs", "Zl", "Zp"} == set()
    assert {unicodedata.bidirectional(sign) for sign in shown}.isdisjoint(
        {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    )
    assert plain(shown) == shown


def test_thousands_are_set_apart():
    """A plain space between groups of three, so that the text can be searched for."""
    assert [thousands(number) for number in (0, 999, 1000, 48_200, 1_234_567)] == [
        "0",
        "999",
        "1 000",
        "48 200",
        "1 234 567",
    ]


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.4526, 0.9368, "45-94 %"),
        (0.0, 0.28, "0-28 %"),
        (0.9, 1.0, "90-100 %"),
        (0.005, 0.015, "1-2 %"),  # half up, not half to even
        (0.118, 0.121, "12 %"),
        (0.001, 0.004, "<1 %"),
        (None, 0.5, ""),
        (0.5, None, ""),
    ],
)
def test_range_is_in_whole_percent(low, high, text):
    """Both ends rounded half up; equal ends once; a missing end is no range."""
    assert percent_range(low, high) == text


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://t.me/budget", "https://t.me/budget"),
        ("http://example.org/?a=1&b=%20#c", "http://example.org/?a=1&b=%20#c"),
        ("https://mastodon.social/@name", "https://mastodon.social/@name"),
        ("https://vk.com/имя", "https://vk.com/%D0%B8%D0%BC%D1%8F"),
        ("https://bank.example@evil.example/", None),
        ("https://", None),
        ("https://[broken", None),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://x.example/\x1b\\", None),
        ("https://x.example/a b", None),
        ("https://x.example\\@evil.example", None),
        (None, None),
    ],
)
def test_only_plain_web_addresses_are_clickable(url, safe):
    """http and https, no user name, no white space, no control characters; the rest percent-encoded."""
    assert safe_address(url) == safe
