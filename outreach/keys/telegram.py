"""Telegram: public names without case, private ids, invite links whose case matters."""

from __future__ import annotations

from outreach.keys.base import NUMBER as _NUMBER
from outreach.keys.base import Identity, Platform, Url, fullmatch, no, query_value, reserved, subdomain, unescape

__all__ = ["TELEGRAM", "from_app_link"]

_NAME = fullmatch(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_HASH = fullmatch(r"[A-Za-z0-9_-]{3,64}")
_PEER = fullmatch(r"-100([1-9][0-9]*)(?:_.*)?")
_CHANNEL_OF_OLD_WEB = fullmatch(r"/?im\?p=c([1-9][0-9]*)_.*")
_NAME_OF_OLD_WEB = fullmatch(r"/?im\?p=(@.*)")

_WHY = "the name in a Telegram address"
_WHY_ID = "the id in a Telegram address"
_WHY_HASH = "the invite link to a private Telegram chat"
_HOME = no("t.me without a path is the home page: give the address of a channel or a group")
_PHONE = no("a phone number of a person: give the address of a channel or a group")
_SERVICE = no("a service site of Telegram, not a channel")
_BY_NUMBER = no("a chat by its number only: open it and give the address with its name, t.me/…")
_NO_NAME = no("not a Telegram name: 4 to 32 letters, digits and underscores, a letter first")
_NO_ID = no("not the id of a channel or group: those begin with -100")
_RESERVED = reserved(
    "t.me",
    {
        "a list of several chats: give the address of each": "addlist",
        "a sticker or emoji set": "addstickers addemoji stickers",
        "a link to share: give the address of the channel": "share msg",
        "a setting of the app": "addtheme bg setlanguage theme proxy socks settings confirmphone login passport",
        "a person or a business contact": "contact m",
        "a payment or a gift": "invoice giftcode nft auction premium_offer stars_topup",
        "a call": "call",
        "an article of a site: give the address of the site": "iv",
        "a part of a link to a private chat: give the whole address": "c joinchat boost s k a z",
        "a page of the site itself": "apps dl faq privacy tos tour",
    },
)
_HOSTS = ("t.me", "telegram.me", "telegram.dog", "telesco.pe", "telegram.org")
_NO_SUBDOMAIN_NAMES = frozenset({"www", "web", "core", "api", "help", "blog"})


def _from_url(url: Url) -> Identity:
    parts = url.parts
    if url.host not in _COMMON:
        if url.host.endswith("telegram.org"):
            return _from_web_app(url)
        name = subdomain(url.host, *_HOSTS)
        if name:
            return _SERVICE if name in _NO_SUBDOMAIN_NAMES else _named(name)
    if not parts:
        return _HOME
    word = parts[0]
    if word[0] == "+":
        return _invite(word[1:])
    name = word.lower()
    if name in _RESERVED:
        return _inside(url, name)
    return _named(word) if name[0] == "@" else _by_name(name)


def _inside(url: Url, head: str) -> Identity:
    """Owners that stand behind a reserved word."""
    second = url.parts[1] if len(url.parts) > 1 else ""
    if head == "s" and second.lower() == "joinchat" and len(url.parts) > 2:
        return _invite(url.parts[2])
    if head in {"s", "boost"} and second:
        return _named(second)
    if head == "joinchat" and second:
        return _invite(url.parts[2] if second == "s" and len(url.parts) > 2 else second)
    if head == "c" and second:
        return _by_id(second)
    if head == "boost" and (number := query_value(url.query, "c")):
        return _by_id(number)
    return _RESERVED[head]


def _from_web_app(url: Url) -> Identity:
    """``web.telegram.org/k/#@name``, ``/a/#-1001234567890``."""
    if not url.host.startswith("web."):
        return _SERVICE
    place = unescape(url.fragment)
    if place.startswith("?tgaddr="):
        return from_app_link(place.removeprefix("?tgaddr="))
    if found := _NAME_OF_OLD_WEB(place):
        return _named(found[1])
    if found := _CHANNEL_OF_OLD_WEB(place) or _PEER(place):
        return _by_id(found[1])
    return _named(place) if place[:1] == "@" else _BY_NUMBER if place.removeprefix("-").isdigit() else _SERVICE


def from_app_link(text: str) -> Identity:
    """The resource of a ``tg:`` link.

    Example:
        >>> from_app_link("tg://resolve?domain=durov&post=1").key
        'telegram:durov'

    """
    action, _, query = text.partition(":")[2].lstrip("/").partition("?")
    action = action.strip("/").lower()
    if action in {"resolve", "boost"} and (name := query_value(query, "domain")):
        return _named(name)
    if action == "join":
        return _invite(query_value(query, "invite"))
    if action in {"privatepost", "boost"}:
        return _by_id(query_value(query, "channel"))
    return no("a Telegram app link, but not to a channel or group")


def _named(word: str) -> Identity:
    word = word.removeprefix("@").lower()
    if word in _RESERVED:
        return _RESERVED[word]
    return _by_name(word)


def _by_name(word: str) -> Identity:
    return Identity(f"telegram:{word}", _WHY) if _NAME(word) else _NO_NAME


def _invite(code: str) -> Identity:
    if code.isdigit() and len(code) < 16:
        return _PHONE
    return Identity(f"telegram:+{code}", _WHY_HASH) if _HASH(code) else no("not an invite link: its code is broken")


def _by_id(number: str) -> Identity:
    return Identity(f"telegram:id/{number}", _WHY_ID) if _NUMBER(number) else _NO_ID


def _from_text(text: str) -> Identity | None:
    if text[:1] == "+":
        found = _invite(text[1:])
        return found if found.key or found is _PHONE else None
    if text[:3].lower() == "id/":
        return _by_id(text[3:])
    number = text.removeprefix("-")
    if number.isascii() and number.isdigit():  # Telegram Desktop exports ids without -100
        peer = _PEER(text)
        return _by_id(peer[1]) if peer else _by_id(text)
    found = _named(text)
    return found if found.key else None


def _url(rest: str) -> str | None:
    return None if rest.startswith("id/") else f"https://t.me/{rest}"


def _immutable(rest: str) -> bool:
    return rest.startswith("id/")


_COMMON = frozenset({"t.me", "telegram.me"})

TELEGRAM = Platform("telegram", "Telegram", _HOSTS, _from_url, _from_text, _url, _immutable)
