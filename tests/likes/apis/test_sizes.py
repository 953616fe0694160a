"""Sizes from the platforms' interfaces, at a server of ours that answers what they document."""

from __future__ import annotations

import contextlib
import json
import logging
import time
from functools import partial

import pytest
import requests

from outreach.errors import InputError
from outreach.likes import subscribers
from outreach.likes.subscribers import APIS, Outcome, look_up
from outreach.remote.exchange import Exchange
from tests.teasers.shorteners.server import TOKEN, running

VK = {
    "response": {
        "groups": [
            {"id": 7, "name": "Семь", "screen_name": "club7", "members_count": 7000},
            {"id": 8, "name": "Тексты", "screen_name": "Vorblinka", "members_count": 6400},
            {"id": 9, "name": "Закрыто", "screen_name": "club9"},
            {"id": "x", "screen_name": None},
        ],
        "profiles": [],
    }
}
CHANNEL = "UC" + "a" * 22
OTHER = "UC" + "b" * 22


@pytest.fixture
def server():
    """Run a server; a test fills in what it answers."""
    with running() as ours:
        yield ours


@pytest.fixture
def ask(server):
    """Look sizes up at the server, without waiting; how long it would have waited is kept."""

    def call(*keys: str, token: str = TOKEN, client_id: str = "our-app"):
        env = {f"{api.variable}_URL": server.base for api in APIS.values()}
        env |= {f"{api.variable}_TOKEN": token for api in APIS.values() if api.token_from and token}
        env |= {f"{api.variable}_CLIENT_ID": client_id for api in APIS.values() if api.wants_client_id and client_id}
        with requests.Session() as session:
            session.trust_env = False
            answers = list(look_up(keys, session=session, env=env, sleep=call.waits.append))
        return {answer.key: answer for answer in answers}

    call.waits = []
    return call


def sizes(answers):
    return {key: answer.subscribers for key, answer in answers.items()}


def whys(answers):
    return {key: answer.why for key, answer in answers.items()}


def test_vk_in_one_request(server, ask):
    """A screen name is an alias of the number; who hides the members has no size."""
    server.answers = [(200, VK)]
    told = ask("vk:club7", "vk:vorblinka", "vk:club9", "vk:gone", "vk:id5", "vk:name/smm")
    assert sizes(told) == {
        "vk:id5": None,
        "vk:name/smm": None,
        "vk:club7": 7000,
        "vk:vorblinka": 6400,
        "vk:club9": None,
        "vk:gone": None,
    }
    assert [told[key].same_as for key in ("vk:club7", "vk:vorblinka")] == ["", "vk:club8"]
    assert whys(told)["vk:club9"] == "VK does not show the size"
    assert whys(told)["vk:gone"] == "VK does not know this place"
    assert whys(told)["vk:id5"] == "VK does not show the size of such an address"
    assert whys(told)["vk:name/smm"] == "only the name is known, not the address"
    ((method, path, query, _, body),) = server.asked
    assert (method, path, query) == ("POST", "/method/groups.getById", {})
    assert b"group_ids=7%2Cvorblinka%2C9%2Cgone&fields=members_count" in body
    assert ask.waits == []


def test_vk_as_it_answered_before(server, ask):
    server.answers = [(200, {"response": VK["response"]["groups"]})]
    assert sizes(ask("vk:club7")) == {"vk:club7": 7000}


def test_five_hundred_at_once(server, ask):
    server.answers = [(200, {"response": {"groups": []}})]
    ask(*(f"vk:club{number}" for number in range(1, 1002)))
    assert [body.count(b"%2C") + 1 for *_, body in server.asked] == [500, 500, 1]
    assert ask.waits == [0.4, 0.4]


def test_a_batch_that_is_refused_is_asked_in_halves(server, ask):
    """One bad name does not cost the others their sizes."""
    server.answers = [
        (200, {"error": {"error_code": 100, "error_msg": TOKEN}}),
        (200, VK),
        (200, {"error": {"error_code": 100}}),
    ]
    told = ask("vk:club7", "vk:bad_name")
    assert sizes(told) == {"vk:club7": 7000, "vk:bad_name": None}
    assert whys(told)["vk:bad_name"] == "VK does not know these communities (error 100)"


def test_youtube(server, ask):
    """Ids together, a handle by itself; hidden counts are none, whatever number stands there."""
    server.answers = [
        (
            200,
            {
                "items": [
                    {"id": CHANNEL, "statistics": {"subscriberCount": "12300", "hiddenSubscriberCount": False}},
                    {"id": OTHER, "statistics": {"subscriberCount": "0", "hiddenSubscriberCount": True}},
                ]
            },
        ),
        (200, {"items": [{"id": OTHER, "statistics": {"subscriberCount": "51"}}]}),
        (200, {"pageInfo": {"totalResults": 0}}),
    ]
    told = ask(f"youtube:{CHANNEL}", "youtube:@smm", f"youtube:{OTHER}", "youtube:user/old", "youtube:c/custom")
    assert sizes(told) == {
        "youtube:c/custom": None,
        f"youtube:{CHANNEL}": 12300,
        f"youtube:{OTHER}": None,
        "youtube:@smm": 51,
        "youtube:user/old": None,
    }
    assert told["youtube:@smm"].same_as == f"youtube:{OTHER}"
    assert [query.get("id") for _, _, query, _, _ in server.asked] == [f"{CHANNEL},{OTHER}", None, None]
    assert server.asked[1][2]["forHandle"] == "@smm"
    assert server.asked[2][2]["forUsername"] == "old"
    assert {headers["X-Goog-Api-Key"] for _, _, _, headers, _ in server.asked} == {TOKEN}


def test_reddit(server, ask):
    server.answers = [
        (200, {"kind": "t5", "data": {"display_name": "riga", "subscribers": 51234}}),
        (200, {"kind": "t2", "data": {"name": "anna", "subreddit": {"subscribers": 12}}}),
        (403, {"reason": "private", "message": "Forbidden"}),
        (404, {"reason": "banned"}),
        (302, b"", {"Location": "https://elsewhere.example/"}),
    ]
    told = ask("reddit:r/riga", "reddit:u/anna", "reddit:r/closed", "reddit:r/banned", "reddit:r/none")
    assert list(sizes(told).values()) == [51234, 12, None, None, None]
    assert list(whys(told).values())[2:] == [
        "Reddit does not show a private place (403)",
        "Reddit does not know this place, or does not show it (404)",
        "Reddit does not know this place, or does not show it (302)",
    ]
    assert [path for _, path, *_ in server.asked] == [
        "/r/riga/about.json",
        "/user/anna/about.json",
        "/r/closed/about.json",
        "/r/banned/about.json",
        "/r/none/about.json",
    ], "what leads elsewhere is not followed"
    assert ask.waits == [6.0] * 4


def test_bluesky(server, ask):
    """A did and a handle in one request; the handle is an alias of the did."""
    server.answers = [(200, {"profiles": [{"did": "did:plc:bb", "handle": "Smm.example", "followersCount": 21}, None]})]
    told = ask("bluesky:smm.example", "bluesky:did:plc:bb", "bluesky:gone.example")
    assert list(sizes(told).values()) == [21, 21, None]
    assert told["bluesky:smm.example"].same_as == "bluesky:did:plc:bb"
    assert told["bluesky:did:plc:bb"].same_as == ""


def test_github_and_mastodon(server, ask):
    server.answers = [(200, {"stargazers_count": 1969}), (200, {"followers": 5}), (200, {"followers_count": 40})]
    told = ask("github:zvartuk/utm-lint", "github:zvartuk", "mastodon:smm@gr.example")
    assert list(sizes(told).values()) == [1969, 5, 40]
    assert [(path, query) for _, path, query, *_ in server.asked] == [
        ("/repos/zvartuk/utm-lint", {}),
        ("/users/zvartuk", {}),
        ("/api/v1/accounts/lookup", {"acct": "smm@gr.example"}),
    ]
    assert "Authorization" not in server.asked[0][3]


def test_twitch(server, ask):
    """The number of a channel first, then how many follow it; a channel that is gone costs one request."""
    server.answers = [
        (200, {"data": [{"id": "141981764", "login": "riga_live", "display_name": "Riga_Live"}]}),
        (200, {"total": 5120, "data": [], "pagination": {}}),
        (200, {"data": []}),
    ]
    told = ask("twitch:riga_live", "twitch:gone")
    assert sizes(told) == {"twitch:riga_live": 5120, "twitch:gone": None}
    assert whys(told)["twitch:gone"] == "Twitch does not know this place"
    assert [(path, query) for _, path, query, *_ in server.asked] == [
        ("/helix/users", {"login": "riga_live"}),
        ("/helix/channels/followers", {"broadcaster_id": "141981764", "first": "1"}),
        ("/helix/users", {"login": "gone"}),
    ]
    assert {(headers["Client-Id"], headers["Authorization"]) for *_, headers, _ in server.asked} == {
        ("our-app", f"Bearer {TOKEN}")
    }


def test_twitch_wants_its_client_id(server, ask):
    (answer,) = ask("twitch:riga_live", client_id="").values()
    assert answer.why == "Twitch needs a client id, but the environment variable OUTREACH_TWITCH_CLIENT_ID is not set"
    assert server.asked == []


def test_discord(server, ask):
    """An invite tells the server's number; of a number alone nothing is told."""
    server.answers = [
        (200, {"code": "smm", "guild": {"id": "81384788765712384"}, "approximate_member_count": 5130}),
        (404, {"message": "Unknown Invite", "code": 10006}),
    ]
    told = ask("discord:invite/smm", "discord:invite/Gone", "discord:81384788765712384")
    assert sizes(told) == {
        "discord:81384788765712384": None,
        "discord:invite/smm": 5130,
        "discord:invite/Gone": None,
    }
    assert told["discord:invite/smm"].same_as == "discord:81384788765712384"
    assert [(path, query) for _, path, query, *_ in server.asked] == [
        ("/api/v10/invites/smm", {"with_counts": "true"}),
        ("/api/v10/invites/Gone", {"with_counts": "true"}),
    ]


def test_telegram(server, ask):
    """A name is an alias of the number; a private chat and one without the bot cost nobody else's size."""
    server.answers = [
        (200, {"ok": True, "result": {"id": -1001234567890, "type": "channel", "username": "smm_riga"}}),
        (200, {"ok": True, "result": 12400}),
        (400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}),
        (403, {"ok": False, "error_code": 403, "description": "Forbidden"}),
    ]
    told = ask("telegram:smm_riga", "telegram:gone_chat", "telegram:id/77", "telegram:+AbCdEfGhIjKlMnOp")
    assert sizes(told) == {
        "telegram:+AbCdEfGhIjKlMnOp": None,
        "telegram:smm_riga": 12400,
        "telegram:gone_chat": None,
        "telegram:id/77": None,
    }
    assert told["telegram:smm_riga"].same_as == "telegram:id/1234567890"
    assert whys(told)["telegram:gone_chat"] == "Telegram does not know this place, or does not show it (400)"
    assert [(path, body) for _, path, _, _, body in server.asked] == [
        (f"/bot{TOKEN}/getChat", b"chat_id=%40smm_riga"),
        (f"/bot{TOKEN}/getChatMemberCount", b"chat_id=%40smm_riga"),
        (f"/bot{TOKEN}/getChat", b"chat_id=%40gone_chat"),
        (f"/bot{TOKEN}/getChatMemberCount", b"chat_id=-10077"),
    ]


def test_telegram_asks_to_wait_in_its_own_way(server, ask):
    server.answers = [
        (429, {"ok": False, "parameters": {"retry_after": 9}}),
        (429, b"<html>", {"Retry-After": "5"}),
        (200, {"ok": True, "result": {"id": -1005}}),
        (200, {"ok": True, "result": 70}),
    ]
    assert sizes(ask("telegram:smm_riga")) == {"telegram:smm_riga": 70}
    assert [wait for wait in ask.waits if wait != APIS["telegram"].pause_seconds] == [9.0, 5.0]


@pytest.mark.parametrize("status", [401, 404])
def test_a_bad_token_of_a_bot_is_not_tried_twice(server, ask, status):
    server.answers = [(status, {"ok": False})]
    told = ask("telegram:smm_riga", "telegram:smm_athens")
    assert set(whys(told).values()) == {f"Telegram does not accept the token ({status})"}
    assert len(server.asked) == 1


def test_a_missing_token_names_its_variable(server, ask):
    """And nothing is asked; the other platforms are."""
    server.answers = [(200, {"followers": 5})]
    told = ask("vk:club7", f"youtube:{CHANNEL}", "github:zvartuk", token="")
    assert list(whys(told).values()) == [
        "VK needs a token, but the environment variable OUTREACH_VK_TOKEN is not set",
        "YouTube needs a token, but the environment variable OUTREACH_YOUTUBE_TOKEN is not set",
        "",
    ]
    assert [path for _, path, *_ in server.asked] == ["/users/zvartuk"]


def test_platforms_without_an_interface_are_said(server, ask):
    told = ask("facebook:smm", "instagram:smm", "facebook:name/smm")
    assert set(whys(told).values()) == {
        "its interface shows sizes to contract partners only",
        "only the name is known, not the address",
    }
    assert server.asked == []


def test_a_busy_platform_is_asked_again(server, ask):
    server.answers = [(429, {}, {"Retry-After": "7"}), (503, b""), (200, {"followers": 5})]
    assert sizes(ask("github:zvartuk")) == {"github:zvartuk": 5}
    assert [wait for wait in ask.waits if wait != APIS["github"].pause_seconds] == [7.0, 2.0]


def test_a_platform_that_wants_a_long_pause_is_left(server, ask):
    server.answers = [(429, {}, {"Retry-After": "3600"})]
    told = ask("github:a", "github:b")
    assert set(whys(told).values()) == {"GitHub takes no more requests for now (429) and asks you to wait 3600 seconds"}
    assert len(server.asked) == 1


def test_a_bad_token_is_not_tried_twice(server, ask):
    server.answers = [(200, {"error": {"error_code": 5, "error_msg": f"invalid {TOKEN}"}})]
    told = ask(*(f"vk:club{number}" for number in range(1, 1002)))
    assert set(whys(told).values()) == {"VK does not accept the token (error 5)"}
    assert len(server.asked) == 1


def hang_up(handler):
    handler.close_connection = True
    handler.connection.close()


FAULTS = [
    (200, b"{"),
    (200, b"[" * 100_000),
    (200, b"\xff\xfe"),
    (200, None),
    (200, []),
    (200, {"data": 7, "items": {}, "profiles": "x", "response": {"groups": [7]}, "followers": [1]}),
    (200, {"data": {"subscribers": "many"}, "response": [{"id": True}], "stargazers_count": -1}),
    (301, b"", {"Location": "https://elsewhere.example/"}),
    (400, {"error": TOKEN}),
    (401, {"error": TOKEN}),
    (500, b"<html>"),
    hang_up,
]


@pytest.mark.parametrize("fault", FAULTS, ids=range(len(FAULTS)))
@pytest.mark.parametrize(
    "key",
    [
        "vk:club7",
        f"youtube:{CHANNEL}",
        "youtube:@smm",
        "reddit:r/riga",
        "bluesky:a.example",
        "github:a/b",
        "mastodon:a@b.example",
        "discord:invite/smm",
        "telegram:smm_riga",
        "telegram:id/77",
        "twitch:riga_live",
    ],
)
def test_faults_leave_the_size_unknown(server, ask, key, fault, caplog):
    """In one sentence that holds nothing of what was sent or answered."""
    server.answers = [fault]
    with caplog.at_level(logging.DEBUG):
        (answer,) = ask(key).values()
    assert answer.subscribers is None
    assert answer.why
    assert TOKEN not in json.dumps([answer.why, caplog.text])
    assert "elsewhere.example" not in answer.why


def test_only_https_or_the_own_machine():
    with requests.Session() as session, pytest.raises(InputError, match="OUTREACH_VK_URL: without https"):
        list(look_up(["vk:club7"], session=session, env={"OUTREACH_VK_URL": "http://vk.example.com"}))


def test_a_blocked_repository_costs_no_other(server, ask):
    server.answers = [(403, {"message": "Repository access blocked"}), (200, {"stargazers_count": 5})]
    told = ask("github:a/bad", "github:b/good")
    assert list(sizes(told).values()) == [None, 5]
    assert whys(told)["github:a/bad"] == "GitHub does not show this place (403)"


def test_answers_that_are_none_end_the_asking(server, ask):
    """A page in place of JSON stays one, however long the list of places is."""
    server.answers = [(200, b"<html>")]
    told = ask(*(f"vk:club{number}" for number in range(1, 1001)), *(f"reddit:r/place{number}" for number in range(99)))
    assert set(whys(told).values()) == {f"{title} gives an answer that cannot be read" for title in ("VK", "Reddit")}
    assert len(server.asked) == 10


def test_a_used_up_quota_is_no_matter_of_the_key(server, ask):
    server.answers = [(403, {"error": {"errors": [{"reason": "quotaExceeded"}]}})]
    (answer,) = ask(f"youtube:{CHANNEL}").values()
    assert answer.why == "YouTube allows no more requests today: try again tomorrow (403)"


def test_a_missing_file_of_certificates_is_told(monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nonexistent.pem")
    monkeypatch.setenv("NO_PROXY", "*")
    with requests.Session() as session:
        (answer,) = look_up(["github:a"], session=session, env={}, sleep=lambda _seconds: None)
    assert answer.why.startswith("GitHub cannot be asked: check its address")


def test_no_proxy_sees_what_goes_to_the_own_machine(server, monkeypatch):
    """Without https it would read the token."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    server.answers = [(200, {"followers": 5})]
    with requests.Session() as session:
        env = {"OUTREACH_GITHUB_URL": server.base, "OUTREACH_GITHUB_TOKEN": TOKEN}
        (answer,) = look_up(["github:a"], session=session, env=env, sleep=lambda _seconds: None)
    assert answer.subscribers == 5


def outcomes(answers):
    return {key: answer.outcome for key, answer in answers.items()}


def test_what_became_of_a_question_is_data(server, ask):
    """Whoever decides on it reads no sentence."""
    server.answers = [(401, {"error": TOKEN})]
    told = ask("github:a", "vk:id5", "facebook:a", "vk:club7", token="")
    assert outcomes(told) == {
        "github:a": Outcome.FAILED,
        "vk:id5": Outcome.NOT_ASKED,
        "facebook:a": Outcome.NOT_ASKED,
        "vk:club7": Outcome.LOCKED,
    }
    server.answers = [(404, {})]
    assert outcomes(ask("github:a")) == {"github:a": Outcome.TOLD}


def test_twitch_tells_the_moment_of_the_next_request(server, ask):
    """In seconds since 1970, which is no pause of fifty years."""
    soon = str(int(time.time()) + 20)
    server.answers = [
        (429, {}, {"Ratelimit-Reset": soon}),
        (200, {"data": [{"id": "1"}]}),
        (200, {"total": 5}),
    ]
    assert sizes(ask("twitch:riga_live")) == {"twitch:riga_live": 5}
    (wait,) = [wait for wait in ask.waits if wait != APIS["twitch"].pause_seconds]
    assert 15 < wait <= 20


def drip(handler):
    """Send a header for ever, a byte at a time."""
    handler.close_connection = True
    with contextlib.suppress(OSError):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        for _ in range(100):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.05)


def silence(handler):
    handler.close_connection = True
    time.sleep(1)


@pytest.mark.parametrize("hostile", [drip, silence])
def test_a_host_without_an_end_is_left(server, monkeypatch, hostile):
    """Its headers meet the clock of the whole request; it is tried twice, and its other places are not asked about."""
    server.answers = [hostile]
    monkeypatch.setattr(subscribers, "Exchange", partial(Exchange, whole_seconds=0.2))
    waits = []
    began = time.monotonic()
    with requests.Session() as session:
        env = {"OUTREACH_GITHUB_URL": server.base}
        answers = list(look_up(["github:a", "github:b", "github:c"], session=session, env=env, sleep=waits.append))
    assert time.monotonic() - began < 3
    assert {answer.why for answer in answers} == {"GitHub does not answer in time"}
    assert {answer.outcome for answer in answers} == {Outcome.FAILED}
    assert len(server.asked) == 2


def test_offline_one_platform_is_waited_for():
    """Seven seconds in all, however many platforms there are, and no pause twice."""
    keys = ["github:a", "reddit:r/smm", "twitch:riga_live", "vk:club7"]
    names = [key.partition(":")[0].upper() for key in keys]
    env = {f"OUTREACH_{name}_URL": "http://127.0.0.1:9" for name in names}
    env |= {f"OUTREACH_{name}_TOKEN": "x" for name in names} | {"OUTREACH_TWITCH_CLIENT_ID": "x"}
    waits = []
    with requests.Session() as session:
        answers = list(look_up(keys, session=session, env=env, sleep=waits.append))
    assert waits == [1.0, 2.0, 4.0]
    assert {answer.outcome for answer in answers} == {Outcome.UNREACHED}
