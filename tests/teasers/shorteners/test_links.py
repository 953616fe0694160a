"""Which links are shortened at all."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.keys import PLATFORMS
from outreach.teasers.shorteners import Short, advice, unfit
from outreach.teasers.shorteners.advice import _ADVICE
from outreach.teasers.shorteners.links import in_ascii
from tests.teasers.shorteners.answers import LONG

NO_UTM = "has no utm parameters: tag it first (outreach link), then shorten it"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        (LONG, ""),
        ("HTTP://Example.com?UTM_Source=vk", ""),
        ("https://пример.рф/путь?utm_campaign=лето", ""),
        ("https://[2001:db8::1]:8080/?utm_source=vk", ""),
        ("", "is not an http(s) address"),
        ("example.com/?utm_source=vk", "is not an http(s) address"),
        ("ftp://example.com/?utm_source=vk", "is not an http(s) address"),
        ("javascript:alert(1)?utm_source=vk", "is not an http(s) address"),
        ("https:///?utm_source=vk", "is not an http(s) address"),
        ("https://example.com:port/?utm_source=vk", "is not the address of a page"),
        ("https://[::1/?utm_source=vk", "is not the address of a page"),
        ("https://evil.example\\.example.com/?utm_source=vk", "is not the address of a page"),
        ("https://anna:pw@example.com/?utm_source=vk", "has a user name or a password"),
        ("https://example.com/a b?utm_source=vk", "has spaces or control characters"),
        ("https://example.com/\n?utm_source=vk", "has spaces or control characters"),
        ("https://t.me/some_bot?start=abc", "is short already"),
        ("https://BIT.LY/abc?utm_source=vk", "is short already"),
        ("https://example.com/", NO_UTM),
        ("https://example.com/?utm_source=&utm_medium=", NO_UTM),
        ("https://example.com/#/route?utm_source=vk", NO_UTM),
        ("https://example.com/?x=utm_source", NO_UTM),
    ],
)
def test_link_is_refused_with_a_reason(url, reason):
    """Before anybody is asked."""
    assert unfit(url) == reason


def test_refused_links_are_not_sent(ask, server):
    """Not even a token is needed for them."""
    assert ask("bitly", "https://example.com/") == {"https://example.com/": Short("https://example.com/", NO_UTM)}
    assert server.asked == []


@given(st.text())
def test_any_text_gets_an_answer(text):
    """A reason or none, never an exception; what passes can be sent."""
    url = f"https://example.com/{text}?utm_source=vk"
    if not unfit(text):
        in_ascii(text)
    if not unfit(url):
        assert in_ascii(url).isascii()


@given(st.text(st.characters(categories=["L", "N"]), min_size=1), st.text(st.characters(categories=["L", "N"])))
def test_ascii_form_means_the_same(value, path):
    """Letters are encoded; the fields that they make are the same."""
    url = f"https://example.com/{path}?utm_source={value}#{path}"
    sent = urlsplit(in_ascii(url))
    assert parse_qsl(sent.query) == [("utm_source", value)]
    assert sent.path.isascii()
    assert sent.fragment.isascii()


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E)))
def test_ascii_stays_byte_for_byte(text):
    """Signed and half-encoded addresses break when they are touched."""
    url = f"https://Example.com:443/{text}"
    assert in_ascii(url) == url


def test_letters_are_sent_encoded(ask, server):
    """Some services refuse or spoil them; the answer is kept under the link as it was typed."""
    url = "https://пример.рф/?utm_source=вк"
    server.answers = [(200, b"https://clck.ru/3AbCd")]
    assert ask("clck.ru", url) == {url: Short("https://clck.ru/3AbCd")}
    assert server.asked[0][2]["url"] == "https://xn--e1afmkfd.xn--p1ai/?utm_source=%D0%B2%D0%BA"


def test_advice_names_known_platforms_only():
    """Where it helps nothing or hurts; elsewhere nothing is said."""
    assert set(_ADVICE) < set(PLATFORMS)
    assert "23 characters" in str(advice("x"))
    assert "keep the long one" in str(advice("reddit"))
    assert "keep the long one" in str(advice("facebook"))
    assert advice("bluesky") is None
