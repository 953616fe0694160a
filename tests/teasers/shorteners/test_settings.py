"""What the user says of a service, and what a missing word costs: one sentence before anything is sent."""

from __future__ import annotations

import pytest

from outreach.errors import InputError, OptionError
from outreach.teasers.shorteners import SHORTENERS, Memory, Short, shorten
from outreach.teasers.shorteners.settings import base_of, domain_of, shortener_named, token_of
from tests.teasers.shorteners.answers import LONG

BITLY, CLCK, SHLINK = (SHORTENERS[name] for name in ("bitly", "clck.ru", "shlink"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [("bitly", "bitly"), (" Bit.ly ", "bitly"), ("clck", "clck.ru"), ("VK", "vk.cc"), ("dub.co", "dub")],
)
def test_service_by_any_of_its_names(typed, name):
    """As people call it."""
    assert shortener_named(typed).name == name


def test_unknown_service_is_usage():
    """The known ones are listed."""
    with pytest.raises(OptionError, match=r"goo\.gl: not a service") as error:
        shortener_named("goo.gl")
    assert error.value.hint == "known: bitly, clck.ru, vk.cc, dub, shlink"


@pytest.mark.parametrize("name", [name for name in SHORTENERS if name != "clck.ru"])
@pytest.mark.parametrize("values", [[], ["  "]])
def test_missing_token_names_its_variable(name, values):
    """And where a token comes from."""
    service = SHORTENERS[name]
    variable = f"{service.variable}_TOKEN"
    with pytest.raises(InputError, match=variable) as error:
        token_of(service, dict(zip([variable], values, strict=False)))
    assert service.token_from in error.value.hint


@pytest.mark.parametrize("token", ["two words", "line\nbreak: x", "ключ", "a" * 5000])
def test_what_is_no_token_is_not_repeated(token):
    """It may be one with something pasted behind it."""
    with pytest.raises(InputError, match="OUTREACH_BITLY_TOKEN is not a valid token") as error:
        token_of(BITLY, {"OUTREACH_BITLY_TOKEN": token})
    assert token not in str(error.value)


def test_clck_wants_no_token():
    """Even where one lies around."""
    assert token_of(CLCK, {"OUTREACH_CLCK_TOKEN": "a"}) == ""


def test_usual_address_and_another():
    """The environment names another server; a slash at its end does not count."""
    assert base_of(BITLY, {}) == "https://api-ssl.bitly.com"
    assert base_of(SHLINK, {"OUTREACH_SHLINK_URL": "https://go.example.com/s/"}) == "https://go.example.com/s"
    assert base_of(SHLINK, {"OUTREACH_SHLINK_URL": "http://localhost:8080"}) == "http://localhost:8080"


@pytest.mark.parametrize(
    "address",
    ["go.example.com", "ftp://go.example.com", "https://", "https://go.example.com/?a=1", "https://me:pw@example.com",
     "https://go.example.com:port", "https://[::1", "https://go example.com", "http://go.example.com"],
)  # fmt: skip
def test_wrong_address_of_a_server(address):
    """One sentence, without what may be a password."""
    with pytest.raises(InputError, match="OUTREACH_SHLINK_URL: ") as error:
        base_of(SHLINK, {"OUTREACH_SHLINK_URL": address})
    assert address not in error.value.message


def test_own_server_must_be_named():
    """Shlink has no usual address."""
    with pytest.raises(InputError, match="OUTREACH_SHLINK_URL is not set"):
        base_of(SHLINK, {})


@pytest.mark.parametrize(
    "domain", ["https://go.example.com", "go", "go.example.com/x", "a b.com", "xn--\u2603.com", "..."]
)
def test_domain_must_be_one(domain):
    """Not an address, not a word."""
    with pytest.raises(OptionError, match="not a domain"):
        domain_of(BITLY, domain)


def test_domain_in_letters():
    """Services know its ASCII form."""
    assert domain_of(BITLY, "Пример.рф") == "xn--e1afmkfd.xn--p1ai"


def test_service_without_a_choice_of_domains():
    """Said, not ignored."""
    with pytest.raises(OptionError, match=r"clck\.ru does not let you choose a domain"):
        domain_of(CLCK, "go.example.com")


def test_nothing_to_ask_needs_no_token(session):
    """No links, or only refused ones."""
    options = {"session": session, "env": {}, "cache": Memory()}
    assert shorten([], "bitly", **options) == {}
    assert shorten(["x"], "bitly", **options) == {"x": Short("x", "is not an http(s) address")}
    with pytest.raises(InputError, match="OUTREACH_BITLY_TOKEN"):
        shorten([LONG], "bitly", **options)
