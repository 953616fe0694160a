"""Mastodon and its relatives: accounts on servers that no list knows, so that the path has to tell.

``/@user`` and ``/users/user`` on a host of no platform are such accounts, except on the few sites below that write
their own accounts in the same way.
"""

from __future__ import annotations

from outreach.keys.address import canonical_host
from outreach.keys.base import Identity, Platform, Url, fullmatch, keep_none, no, words
from outreach.keys.hosts import reader_of
from outreach.keys.instagram import THREADS
from outreach.keys.mirrors import bridged

__all__ = ["MASTODON", "from_server", "is_account", "is_mail"]

_USER = fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,98}[A-Za-z0-9_])?")
_ADDRESS = fullmatch(r"(?:acct:|@)?([^\s@/:?#%]+)@([^\s@/:?#%]+)")
_TABS = frozenset({"with_replies", "media", "tagged", "followers", "following", "featured", "posts", "replies"})

_WEB_CLIENTS = frozenset({"elk.zone", "main.elk.zone"})  # show accounts of any server

_WHY = "the account in a fediverse address"
_MAIL = no("an e-mail address, not a place")
_OTHER_SITE = no("the part after @ is not a fediverse server")
_MAIL_HOSTS = words(
    "gmail.com googlemail.com yahoo.com ymail.com outlook.com hotmail.com live.com msn.com icloud.com me.com "
    "mac.com aol.com "
    "gmx.de gmx.net gmx.com web.de proton.me protonmail.com mail.ru inbox.ru list.ru bk.ru internet.ru yandex.ru "
    "yandex.com "
    "ya.ru rambler.ru ukr.net inbox.lv inbox.lt inbox.eu apollo.lv tut.by mail.com zoho.com fastmail.com"
)
_OTHER_SITES = words(
    "500px.com behance.net calendly.com clubhouse.com codepen.io coub.com dailymotion.com dev.to figma.com "
    "flickr.com "
    "flipboard.com genius.com giphy.com glitch.com hackernoon.com hashnode.com hive.blog kick.com ko-fi.com kwai.com "
    "lbry.tv lemon8-app.com likee.video mirror.xyz mixcloud.com newsbreak.com notion.so npmjs.com observablehq.com "
    "odysee.com openstreetmap.org paragraph.xyz patreon.com peakd.com producthunt.com quora.com replit.com "
    "rumble.com "
    "setka.ru snapchat.com speakerdeck.com stackoverflow.com steemit.com tenchat.ru tenor.com triller.co "
    "unsplash.com vc.ru "
    "vimeo.com wattpad.com wix.com yappy.media zora.co"
)


_OF_USER = _TABS | words("statuses outbox inbox followers following collections")


def from_server(url: Url) -> Identity | None:
    """The account in an address on a host of no platform, None where the path holds none.

    Example:
        >>> from outreach.keys.address import cut
        >>> from_server(cut("mastodon.social/@Gargron@mastodon.online/1")).key
        'mastodon:gargron@mastodon.online'

    """
    parts = url.parts
    if not parts or url.port or url.host[0] == "[":
        return None
    if parts[0] in {"web", "deck"} and len(parts) > 1 and parts[1][0] == "@":
        parts = parts[1:]
    if url.host in _WEB_CLIENTS:
        return _from_client(parts)
    user = _user_in(parts)
    if not user:
        return None
    user, _, domain = user.partition("@")
    if not _USER(user) or _is_other_site(url.host):
        return None
    return _account(user, domain or url.host)


def _from_client(parts: list[str]) -> Identity | None:
    """``elk.zone/mastodon.social/@user``."""
    if len(parts) < 2 or parts[1][0] != "@" or canonical_host(parts[0]) is None:
        return None
    user, _, domain = parts[1][1:].partition("@")
    return _account(user, domain or parts[0])


def _user_in(parts: list[str]) -> str:
    if parts[0][0] == "@" and (len(parts) == 1 or parts[1].isdigit() or parts[1] in _TABS):
        return parts[0][1:]
    if parts[0] == "users" and len(parts) > 1 and (len(parts) == 2 or parts[2] in _OF_USER):
        return "" if parts[1].isdigit() or "@" in parts[1] else parts[1]
    return ""


def is_account(text: str) -> bool:
    """Whether a text is ``user@domain``, with or without an ``@`` before it.

    Example:
        >>> is_account("@user@mastodon.social"), is_account("user@mastodon.social"), is_account("@user")
        (True, True, False)

    """
    found = _ADDRESS(text)
    return found is not None and "." in found[2] and canonical_host(found[2]) is not None


def is_mail(text: str) -> bool:
    """Whether ``user@domain``, with or without an ``@`` before it, is an address at one of the large mail providers.

    Example:
        >>> is_mail("anna@gmail.com"), is_mail("@anna@mastodon.social")
        (True, False)

    """
    found = _from_text(text)
    return found is not None and found is _MAIL


def _from_text(text: str) -> Identity | None:
    found = _ADDRESS(text)
    return _account(found[1], found[2]) if found else None


def _account(user: str, domain: str) -> Identity:
    while user.endswith(".rss"):  # the feed of an account
        user = user[:-4]
    host = (canonical_host(domain) or "").removeprefix("www.")
    if not _USER(user) or not host or host[0] == "[" or host[-1].isdigit():
        return no("not a fediverse account: user@domain")
    if host in _MAIL_HOSTS:
        return _MAIL
    reader = reader_of(host)
    if reader is THREADS.from_url:
        return THREADS.from_text(user) or _OTHER_SITE
    if behind := bridged(user, host):
        return behind
    if reader or _is_other_site(host):
        return _OTHER_SITE
    return Identity(f"mastodon:{user.lower()}@{host}", _WHY)


def _is_other_site(host: str) -> bool:
    labels = host.split(".")
    return ".".join(labels[-2:]) in _OTHER_SITES


def _url(rest: str) -> str:
    user, _, domain = rest.partition("@")
    return f"https://{domain}/@{user}"


def _from_url(url: Url) -> Identity:
    return from_server(url) or no("not a fediverse account: user@domain")


MASTODON = Platform("mastodon", "Mastodon", (), _from_url, _from_text, _url, keep_none)
