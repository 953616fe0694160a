"""What each service is asked, and what its documented answers mean."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest

from outreach.teasers.shorteners import SHORTENERS, Short
from outreach.teasers.shorteners.dub import _own_id
from tests.teasers.shorteners.answers import LONG, MADE, SHORT, bitly_error, dub_error, shlink_error, vk_error
from tests.teasers.shorteners.server import TOKEN

NAMES = list(SHORTENERS)


def test_every_service_has_its_answers_here():
    """A new service comes with what it answers."""
    assert NAMES == list(MADE) == list(SHORT)


@pytest.mark.parametrize("name", NAMES)
def test_link_is_shortened(ask, server, name):
    """One request, one short link."""
    server.answers = [MADE[name]]
    assert ask(name) == {LONG: Short(SHORT[name])}
    assert len(server.asked) == 1


def asked_of(ask, server, name, domain=""):
    server.answers = [MADE[name]]
    ask(name, domain=domain)
    ((method, path, params, headers, body),) = server.asked
    return method, path, params, headers, body


def test_bitly_is_asked_for_the_link_that_is_there(ask, server):
    """Without force_new_link the same address gives the same link."""
    method, path, params, headers, body = asked_of(ask, server, "bitly", "bit.ly")
    assert (method, path, params) == ("POST", "/v4/shorten", {})
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert json.loads(body) == {"long_url": LONG, "domain": "bit.ly"}


def test_bitly_gives_the_link_that_is_there(ask, server):
    """Status 200 is as good as 201."""
    server.answers = [(200, MADE["bitly"][1])]
    assert ask("bitly") == {LONG: Short(SHORT["bitly"])}


def test_clck_is_asked_without_a_token(ask, server):
    """The whole link is one parameter, its ampersands and its fragment included."""
    method, path, params, headers, body = asked_of(ask, server, "clck.ru")
    assert (method, path, params, body) == ("GET", "/--", {"url": LONG}, b"")
    assert TOKEN not in str(headers)


def test_vk_gets_the_token_in_the_form(ask, server):
    """Nothing secret stands in the address."""
    method, path, params, _, body = asked_of(ask, server, "vk.cc")
    assert (method, path, params) == ("POST", "/method/utils.getShortLink", {})
    assert parse_qs(body.decode()) == {"url": [LONG], "v": ["5.199"], "access_token": [TOKEN]}


def test_dub_makes_a_link_under_our_id(ask, server):
    """The id is the same on every machine, and another one for another domain."""
    method, path, params, headers, body = asked_of(ask, server, "dub", "dub.sh")
    assert (method, path, params) == ("POST", "/links", {})
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert json.loads(body) == {"url": LONG, "externalId": _own_id(LONG, "dub.sh"), "domain": "dub.sh"}
    assert len({_own_id(LONG, "dub.sh"), _own_id(LONG, ""), _own_id(LONG + "x", "")}) == 3


def test_dub_finds_the_link_that_is_there(ask, server):
    """A conflict means that this link was made before; it is read, never changed."""
    server.answers = [dub_error(409, "conflict", "A link with this externalId already exists."), MADE["dub"]]
    assert ask("dub") == {LONG: Short(SHORT["dub"])}
    assert [(method, path, params) for method, path, params, _, _ in server.asked] == [
        ("POST", "/links", {}),
        ("GET", "/links/info", {"externalId": f"ext_{_own_id(LONG, '')}"}),
    ]


def test_shlink_is_asked_for_the_link_that_is_there(ask, server):
    """findIfExists makes the request safe to repeat."""
    method, path, params, headers, body = asked_of(ask, server, "shlink", "go.example.com")
    assert (method, path, params) == ("POST", "/rest/v3/short-urls", {})
    assert headers["X-Api-Key"] == TOKEN
    assert json.loads(body) == {"longUrl": LONG, "findIfExists": True, "domain": "go.example.com"}


@pytest.mark.parametrize(
    ("name", "answer", "error"),
    [
        ("bitly", bitly_error(400, "INVALID_ARG_LONG_URL"), "Bitly does not accept this link (400)"),
        ("bitly", bitly_error(401, "INVALID_ACCESS_TOKEN"), "Bitly does not accept the token (401)"),
        ("bitly", bitly_error(402, "UPGRADE_REQUIRED"), "Bitly needs another plan for this (402)"),
        (
            "bitly",
            bitly_error(403, "FORBIDDEN"),
            "Bitly does not allow this: check the token's rights, the plan and the domain (403)",
        ),
        ("bitly", bitly_error(417, "EXPECTATION_FAILED"), "Bitly cannot find the site of this link (417)"),
        ("bitly", bitly_error(422, "UNPROCESSABLE_ENTITY"), "Bitly does not accept this link (422)"),
        ("bitly", bitly_error(429, "RATE_LIMIT_EXCEEDED"), "Bitly takes no more requests for now (429)"),
        (
            "bitly",
            bitly_error(429, "MONTHLY_ENCODE_LIMIT_REACHED"),
            "Bitly allows no more links this month (429)",
        ),
        ("bitly", bitly_error(500, "INTERNAL_ERROR"), "Bitly is out of order (500)"),
        ("bitly", bitly_error(503, "TEMPORARILY_UNAVAILABLE"), "Bitly is out of order (503)"),
        ("clck.ru", (400, b"error"), "clck.ru does not accept this link (400)"),
        ("clck.ru", (403, b"forbidden"), "clck.ru refuses without a reason: try again later (403)"),
        ("clck.ru", (429, b""), "clck.ru takes no more requests for now (429)"),
        (
            "clck.ru",
            (200, b"<!doctype html><title>Captcha</title>"),
            "clck.ru answers with a web page, perhaps a captcha: try again later",
        ),
        ("clck.ru", (200, b"limit"), "clck.ru gives an answer without a link"),
        ("clck.ru", (200, b"https://evil.example/a"), "clck.ru gives an answer without a link"),
        ("vk.cc", vk_error(5, "User authorization failed"), "VK does not accept the token (error 5)"),
        ("vk.cc", vk_error(6, "Too many requests per second"), "VK takes no more requests for now (error 6)"),
        ("vk.cc", vk_error(10, "Internal server error"), "VK is out of order (error 10)"),
        ("vk.cc", vk_error(14, "Captcha needed"), "VK asks for a captcha: try again later (error 14)"),
        (
            "vk.cc",
            vk_error(100, "One of the parameters specified was missing"),
            "VK does not accept this link (error 100)",
        ),
        ("vk.cc", vk_error(9999, "Something new"), "VK does not shorten this link (error 9999)"),
        ("vk.cc", (200, {"error": "sorry"}), "VK gives an answer that cannot be read"),
        ("dub", dub_error(401, "unauthorized", "Unauthorized"), "Dub does not accept the token (401)"),
        (
            "dub",
            dub_error(403, "exceeded_limit", "You've reached your usage limit"),
            "Dub does not allow this: check the token's rights, the plan and the domain (403)",
        ),
        ("dub", dub_error(422, "unprocessable_entity", "Invalid URL"), "Dub does not accept this link (422)"),
        ("dub", dub_error(409, "conflict", "Duplicate key"), "Dub has another link under this name (409)"),
        ("shlink", shlink_error(400, "invalid-data", "Invalid data"), "Shlink does not accept this link (400)"),
        ("shlink", shlink_error(401, "invalid-api-key", "Invalid API key"), "Shlink does not accept the token (401)"),
        (
            "shlink",
            shlink_error(404, "not-found", "Not found"),
            "Shlink does not know this request: check the address of the service (404)",
        ),
        ("shlink", shlink_error(500, "unknown", "Unexpected error"), "Shlink is out of order (500)"),
    ],
)
def test_documented_error_keeps_the_long_link(error_of, name, answer, error):
    """In one sentence, in our words: the service's own may repeat the token."""
    assert error_of(name, answer) == error


def test_dub_says_where_a_link_is_lost(error_of):
    """The id is taken, and nothing is found under it."""
    conflict, gone = dub_error(409, "conflict", "exists"), dub_error(404, "not_found", "Link not found")
    assert error_of("dub", conflict, gone) == "Dub has this link but cannot find it (404)"
