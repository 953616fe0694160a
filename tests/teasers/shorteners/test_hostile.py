"""Answers that nobody documents: the long link stays, in one sentence, and no secret leaves."""

from __future__ import annotations

import json
import logging
import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.remote.exchange import MOST_BYTES, Exchange
from outreach.teasers.shorteners import SHORTENERS, Short
from outreach.teasers.shorteners.base import Call, Kind, Made, Refused, Reply, Wish
from outreach.teasers.shorteners.links import believed
from tests.teasers.shorteners.answers import LONG, MADE, vk_error
from tests.teasers.shorteners.server import TOKEN

NAMES = list(SHORTENERS)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["response", "error", "link"]), inner),
)


@pytest.mark.parametrize("name", ["bitly", "vk.cc", "dub", "shlink"])
@pytest.mark.parametrize("content", [b"", b"{", b"<html>", b"\xff\xfe", b"[" * 60_000, b'{"link": 1e999, "x"}'])
def test_broken_json(error_of, name, content):
    """An answer that is none."""
    assert error_of(name, (200, content)) == f"{SHORTENERS[name].title} gives an answer that cannot be read"


@pytest.mark.parametrize("name", NAMES)
@given(data=JSON)
def test_any_json_is_a_refusal_at_most(name, data):
    """Never another exception, whatever its types."""
    content = json.dumps(data).encode()
    with pytest.raises(Refused):
        SHORTENERS[name].shorten(Wish(LONG), lambda _: Reply(200, content))


@pytest.mark.parametrize("short_url", [None, 7, "", "bit.ly/a", "ftp://bit.ly/a", "https://bit.ly/a b", "https:///a",
                                       "https://bit.ly/\x1b[2J", "https://me@bit.ly/a", "https://bit.ly/" + "a" * 300,
                                       "https://[::1/a", "https://bit.ly/\u202ea"])  # fmt: skip
def test_what_is_no_link_is_not_taken_for_one(error_of, short_url):
    """It would be printed and posted."""
    answer = 200, MADE["bitly"][1] | {"link": short_url}
    assert error_of("bitly", answer) == "Bitly gives an answer without a link"


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/guide?a=1",
        LONG.replace("utm_source=vk", "utm_source=VK"),
        LONG.replace("utm_source=vk&", ""),
        LONG.replace("?", "?utm_source=bitly&"),
        LONG.replace("example.com", "evil.example"),
        LONG.replace("example.com", "example.com.evil.example"),
        LONG.replace("?", "#?"),
        "",
    ],
)
def test_link_must_lead_where_it_should(error_of, target):
    """The same site with the same utm; the rest is the service's to write as it likes."""
    answer = 200, MADE["bitly"][1] | {"long_url": target}
    assert error_of("bitly", answer) == "Bitly made a link that opens another page, or loses the utm parameters"


def test_services_may_write_a_target_their_way():
    """Punycode, case of the host, an empty path, another order."""
    made = Made("https://bit.ly/a", "HTTPS://XN--E1AFMKFD.XN--P1AI:443/?utm_b=2&utm_a=%31")
    assert believed(made, "https://пример.рф?utm_a=1&utm_b=2", "") == "https://bit.ly/a"


def test_another_domain_than_asked_for(ask, server):
    """A brand's domain is the point of asking for one."""
    server.answers = [MADE["bitly"]]
    assert ask("bitly", domain="go.example.com") == {
        LONG: Short(LONG, "Bitly made the link on another domain than go.example.com")
    }


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("name", NAMES)
def test_redirect_is_not_followed(ask, server, name, status):
    """Not even on the same host: a request with a token goes where the user said."""
    server.answers = [(status, b"", {"Location": f"{server.base}/elsewhere"}), MADE[name]]
    title = SHORTENERS[name].title
    assert ask(name)[LONG].error == f"{title} redirects elsewhere, which is not followed ({status})"
    assert len(server.asked) == 1


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 50_000_000])
def test_huge_answer_is_bounded(error_of, size):
    """No more is read than an answer can be."""

    def flood(handler):
        handler.send_response(200)
        handler.end_headers()
        handler.close_connection = True
        for _ in range(0, size, 4096):
            try:
                handler.wfile.write(b" " * 4096)
            except OSError:  # we closed the connection
                return

    assert error_of("bitly", flood) == "Bitly gives an answer that is far too long"


def drip(handler):
    """Send a byte now and then, for ever."""
    handler.send_response(200)
    handler.end_headers()
    handler.close_connection = True
    for _ in range(200):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.02)


def sleep(handler):
    """Say nothing."""
    time.sleep(0.5)
    handler.close_connection = True


def break_off(handler):
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"{}")
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (drip, "does not answer in time"),
        (sleep, "does not answer in time"),
        (break_off, "gives an incomplete answer"),
    ],
)
def test_slow_and_broken_answers(server, session, answer, reason):
    """The clock runs for the whole answer, not from byte to byte."""
    server.answers = [answer]
    exchange = Exchange(session, server.base, timeout_seconds=(2, 0.2), whole_seconds=0.3)
    began = time.monotonic()
    with pytest.raises(Refused, match=reason) as refused:
        exchange(Call("GET", "/"))
    assert refused.value.kind is Kind.UNSURE
    assert time.monotonic() - began < 2


def test_nobody_there(session):
    """Without a connection nothing can have been done: the same again does no harm."""
    with pytest.raises(Refused, match="cannot be reached") as refused:
        Exchange(session, "http://127.0.0.1:9")(Call("GET", "/"))
    assert refused.value.kind is Kind.BUSY


def test_somebody_hangs_up(server, session):
    """Whatever was asked for may have been done."""

    def hang_up(handler):
        handler.close_connection = True
        handler.connection.shutdown(socket.SHUT_RDWR)

    server.answers = [hang_up]
    with pytest.raises(Refused, match="closed the connection") as refused:
        Exchange(session, server.base)(Call("GET", "/"))
    assert refused.value.kind is Kind.UNSURE


def test_netrc_does_not_replace_the_token(server, session, tmp_path, monkeypatch):
    """requests would send the password that it finds there for this host."""
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login anna password other", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("NO_PROXY", "*")
    session.trust_env = True
    server.answers = [(200, b"{}")]
    Exchange(session, server.base)(Call("POST", "/", {"Authorization": "Bearer ours"}))
    assert server.asked[0][3]["Authorization"] == "Bearer ours"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("status", [200, 302, 400, 401, 403, 429, 500])
def test_token_is_never_said(ask, server, caplog, name, status):
    """Not in an error, not in a log, though the service repeats it everywhere."""
    echo = {"message": TOKEN, "error": {"error_code": TOKEN, "code": TOKEN}, "link": TOKEN, "title": TOKEN}
    server.answers = [(status, echo, {"Location": f"https://example.com/{TOKEN}", "Retry-After": TOKEN})]
    caplog.set_level(logging.DEBUG)
    (short,) = ask(name).values()
    assert short.error
    assert TOKEN not in short.error
    assert TOKEN not in caplog.text


def test_token_is_in_no_repr():
    """A traceback may show these."""
    call = Call("POST", "/", {"Authorization": TOKEN}, {"a": TOKEN}, {"b": TOKEN}, {"c": TOKEN})
    shown = repr([Wish(LONG, "", TOKEN), call, Reply(200, TOKEN.encode())])
    assert TOKEN not in shown


def test_vk_repeats_the_request_and_we_do_not(error_of):
    """Its errors hold the parameters that were sent."""
    assert TOKEN not in error_of("vk.cc", vk_error(100, f"access_token {TOKEN} was wrong"))
