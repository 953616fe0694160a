"""Addresses are opened as a stranger would: bounded, without cookies, never inside a network, never an invitation."""

from __future__ import annotations

import socket
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.remote import visit as visiting
from outreach.remote.call import Refused
from outreach.remote.visit import Invite, is_invite, is_public, visit, visiting_session
from outreach.tracking.logs.bots import CRAWLER, kind_of
from tests.remote.pages import pages


@pytest.fixture
def session():
    """Give a session as ``verify`` has one."""
    with visiting_session() as session:
        yield session


def test_redirects_are_followed_to_the_end(server, session):
    """Relative ones too, and what stands in the address stays."""
    server.pages = {"/a": "/b?utm_source=vk", "/b": (200, "here")}
    found = visit(f"{server.base}/a?x=1", session)
    assert (found.address, found.status, found.content, found.redirects) == (
        f"{server.base}/b?utm_source=vk", 200, b"here", 1,
    )  # fmt: skip


def test_it_says_who_it_is_and_brings_no_cookie_along(server, session):
    """The name is a robot's, which track leaves out of access logs."""
    server.pages = {"/a": "/b", "/b": (200, "here")}
    visit(f"{server.base}/a", session)
    visit(f"{server.base}/b", session)
    for _, headers in server.asked:
        assert headers["User-Agent"] == visiting.USER_AGENT
        assert "Cookie" not in headers
        assert "Referer" not in headers
    assert kind_of(visiting.USER_AGENT) == CRAWLER


def test_a_circle_ends(server, session):
    """After a few rounds."""
    server.pages = {"/a": "/a"}
    with pytest.raises(Refused, match="in a circle"):
        visit(f"{server.base}/a", session)
    assert len(server.asked) == visiting.MOST_REDIRECTS + 1


def test_a_page_without_an_end_is_cut(server, session, monkeypatch):
    """Its beginning is enough."""
    monkeypatch.setattr(visiting, "MOST_BYTES", 5000)
    server.pages = {"/long": (200, b"x" * 50_000)}
    assert len(visit(f"{server.base}/long", session).content) == 5000


def test_a_page_that_drips_is_left(server, session, monkeypatch):
    """The clock is of the whole visit, redirects included."""
    monkeypatch.setattr(visiting, "WHOLE_SECONDS", 0.5)

    def drip(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(30):
            time.sleep(0.1)
            handler.wfile.write(b"x")
            handler.wfile.flush()

    server.pages = {"/drip": drip, "/a": "/drip"}
    began = time.monotonic()
    with pytest.raises(Refused, match="does not answer in time"):
        visit(f"{server.base}/a", session)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://127.1:{port}/",
        "http://0x7f000001:{port}/", "http://2130706433:{port}/", "http://[::ffff:127.0.0.1]:{port}/",
        "http://0.0.0.0:{port}/",
    ],
)  # fmt: skip
def test_this_machine_is_not_visited(session, address):
    """However its address is written."""
    with pages() as running:
        with pytest.raises(Refused):
            visit(address.format(port=running.server_port), session)
        assert running.asked == []


def test_a_redirect_into_a_network_is_not_followed(server, session):
    """The first address may be public, the next one is looked at just so."""
    server.pages = {"/a": "http://10.0.0.1/", "/meta": "http://169.254.169.254/latest/meta-data/"}
    for path in ("/a", "/meta"):
        with pytest.raises(Refused, match="inside a network"):
            visit(server.base + path, session)


def test_a_name_that_leads_elsewhere_a_moment_later(session, monkeypatch):
    """Looked up once, when it is connected to: there is no moment between the look and the connection."""
    answers = iter(["93.184.215.14", "127.0.0.1", "127.0.0.1"])
    looked = []

    def look_up(_host, port, *_more, **_named):
        address = next(answers)
        looked.append(address)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected = []

    class Socket:
        def __init__(self, *_):
            pass

        def settimeout(self, _):
            pass

        def connect(self, place):
            connected.append(place[0])
            raise OSError("test")

        def close(self):
            pass

    monkeypatch.setattr(visiting.socket, "getaddrinfo", look_up)
    monkeypatch.setattr(visiting.socket, "socket", Socket)
    for _ in range(2):
        with pytest.raises(Refused):
            visit("http://rebinding.example/", session)
    assert looked == ["93.184.215.14", "127.0.0.1"]
    assert connected == ["93.184.215.14"]


@pytest.mark.parametrize(
    "address",
    [
        "ftp://x.example/", "file:///etc/passwd", "javascript:alert(1)", "tg://join?invite=x", "http://", "x.example",
        "https://user:word@x.example/", "http://x.example:99999999/", "http://x.example/a b", "http://x.example/\n",
    ],
)  # fmt: skip
def test_nothing_but_pages(session, address):
    """Neither what was given nor where a redirect leads."""
    with pytest.raises((Refused, Invite)):
        visit(address, session)


INVITES = [
    "https://t.me/+AbCd", "http://t.me/joinchat/AbCd", "https://telegram.me/joinchat/x", "https://t.me/%2BAbCd",
    "https://discord.gg/abc", "https://discord.com/invite/abc", "https://chat.whatsapp.com/AbCd",
    "https://WWW.T.ME//+x", "https://t.me/s/+abc", "https://discordapp.com/invite/x", "https://t.me./+x",
]  # fmt: skip


@pytest.mark.parametrize("address", INVITES)
def test_an_invitation_is_not_opened(server, session, address):
    """Not even behind a redirect."""
    assert is_invite(address)
    server.pages = {"/a": address}
    with pytest.raises(Invite):
        visit(f"{server.base}/a", session)
    with pytest.raises(Invite):
        visit(address, session)


@pytest.mark.parametrize(
    "address", ["https://t.me/smm_riga/77", "https://discord.com/channels/1", "https://x.example/+"]
)
def test_what_is_no_invitation(address):
    """Posts of public places."""
    assert not is_invite(address)


@given(st.ip_addresses())
def test_public_addresses_are_those_of_the_open_internet(address):
    """None that Python's library calls private, of a link, of this machine or for many."""
    if is_public(str(address)):
        kinds = ("private", "loopback", "link_local", "multicast", "reserved", "unspecified")
        assert not [kind for kind in kinds if getattr(address, f"is_{kind}")]


@pytest.mark.parametrize(
    "address", ["64:ff9b::a00:1", "2002:0a00:0001::", "fe80::1%eth0", "fd00::1", "100.64.0.1", "::ffff:8.8.8.8", "x"]
)
def test_addresses_that_hide_another_one(address):
    """Of networks that are reached through a public prefix."""
    assert not is_public(address)
