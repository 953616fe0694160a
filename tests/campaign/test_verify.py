"""Links and posts are opened on a server of this machine; no platform was ever asked."""

from __future__ import annotations

import html
from urllib.parse import quote

import pytest

from outreach.campaign.ledger import Placement
from outreach.campaign.verify import events_of_looks, look, wanted
from outreach.remote.visit import visiting_session

TAGS = "utm_source=vk&utm_medium=social&utm_campaign=spring&utm_content=smm-riga--a-f871v"


def seen(server, path, *, is_post=False, link=None):
    link = link or f"{server.base}{path}?{TAGS}"
    one = Placement(campaign="spring", resource="vk:smm", final_url=link, utm_content="smm-riga--a-f871v")
    with visiting_session() as session:
        return look(one, server.base + path if is_post else link, session, is_post=is_post)


@pytest.mark.parametrize(
    ("page", "answer", "code"),
    [
        ((200, "hello"), "there", "verify-opens"),
        ((404, ""), "gone", "verify-no-page"),
        ((410, ""), "gone", "verify-no-page"),
        ((403, ""), "unseen", "verify-closed"),
        ((429, ""), "unseen", "verify-closed"),
        ((503, ""), "unreachable", "verify-out-of-order"),
        (f"/end?{TAGS}&more=1", "there", "verify-opens"),
        ("/end", "gone", "verify-tags-lost"),
        (f"/end?{TAGS.replace('utm_source=vk', 'utm_source=VK')}", "gone", "verify-tags-lost"),
        ("https://t.me/+abc", "unseen", "verify-invite"),
        ("/login?next=x", "unseen", "verify-login"),
        ("http://10.1.2.3/", "unreachable", "sentence"),
    ],
)
def test_a_link_before_it_is_published(server, page, answer, code):
    """It opens, and its tags are in the address at which a visitor arrives."""
    server.pages = {"/a": page, "/end": (200, "end"), "/login": (200, "sign in")}
    found = seen(server, "/a")
    assert (found.answer, found.why.code) == (answer, code)


LINK = f"https://shop.example/?{TAGS}"


@pytest.mark.parametrize(
    ("page", "answer", "code"),
    [
        (f'<a href="{html.escape(LINK)}">', "there", "verify-link-there"),
        (f'<a href="/away.php?to={quote(LINK, safe="")}">', "there", "verify-link-there"),
        (f'<a href="/l.php?u={quote(quote(LINK, safe=""), safe="")}">', "there", "verify-link-there"),
        ('{"url":"https:\\/\\/shop.example\\/?' + TAGS.replace("&", "\\u0026") + '"}', "there", "verify-link-there"),
        ("<p>utm_content=SMM-Riga--a-f871v</p>", "there", "verify-link-there"),
        ("<p>a page that a program fills</p>", "unseen", "verify-link-unseen"),
        ('<a href="https://shop.example/">', "unseen", "verify-link-unseen"),
    ],
)
def test_a_post_that_is_out(server, page, answer, code):
    """Our link is in the page, however it is written there; a page without it may show it to members alone."""
    server.pages = {"/7": (200, page)}
    found = seen(server, "/7", is_post=True, link=LINK)
    assert (found.answer, found.why.code) == (answer, code)


def test_a_post_behind_an_account(server):
    """A redirect to the page of signing in is no answer of the post."""
    server.pages = {"/7": "/accounts/login/?next=/7", "/accounts/login/": (200, "sign in"), "/8": (404, "")}
    assert seen(server, "/7", is_post=True).answer == "unseen"
    assert seen(server, "/8", is_post=True).answer == "gone"


def test_what_is_opened():
    """Links of what is not out yet, the short ones too; the posts of what is."""
    about = {"campaign": "s", "resource": "vk:smm", "final_url": "https://x.example/"}
    rows = [
        Placement(**about, short_url="https://s.example/1"),
        Placement(**about, status="published", post_url="https://vk.com/wall1_1"),
        Placement(**about, status="published"),
        Placement(**about, status="declined"),
        Placement(**about, status="removed", post_url="https://vk.com/wall1_2"),
    ]
    assert [(address, is_post) for _, address, is_post in wanted(rows)] == [
        ("https://x.example/", False), ("https://s.example/1", False), ("https://vk.com/wall1_1", True),
    ]  # fmt: skip


def test_what_was_not_reached_is_no_event(server):
    """The ledger is told what was found alone."""
    server.pages = {"/a": (503, ""), "/b": (404, "")}
    looks = [seen(server, "/a"), seen(server, "/b")]
    (event,) = events_of_looks(looks, "2026-05-13T10:00:00Z")
    assert (event.kind, event.answer, event.url, event.by) == ("looked", "gone", looks[1].address, "verify")
