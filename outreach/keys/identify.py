"""From what a person or an export wrote to the key of the resource."""

from __future__ import annotations

import re
from typing import Final

from outreach.keys.address import cut, embedded, is_host, is_plain_host, redirect_target, refused_scheme, trim
from outreach.keys.apps import page_of_app_link
from outreach.keys.base import Identity, Platform, Url, fullmatch, keep_none, no, quote, unescape
from outreach.keys.bluesky import from_at_uri, own_handle
from outreach.keys.domains import is_site
from outreach.keys.fediverse import MASTODON, from_server, is_account
from outreach.keys.hosts import HOSTED, reader_at, reader_of
from outreach.keys.mirrors import from_mirror
from outreach.keys.names import clean, fold_name, is_placeholder
from outreach.keys.reddit import from_bare
from outreach.keys.rounding import ROUNDED, is_rounded
from outreach.keys.telegram import from_app_link
from outreach.keys.vk import own_name
from outreach.keys.web import WEB, from_site
from outreach.keys.words import platform_named
from outreach.keys.youtube import channel_id

__all__ = ["PLATFORMS", "identify", "identify_any", "is_name", "name_key", "platform_of", "strength", "url_of"]

_EMPTY = no("empty")
_PLACEHOLDER = no("a placeholder, not an address or a name")
_MAIL = no("an e-mail address, not a place; for a fediverse account put an @ before it")
_PHONE = no("a phone number of a person, not a place")
_NOT_WEB = no("not the address of a page on the web")
_NESTED = no("a redirect inside a redirect: open it and give the full address")
_BAD_TARGET = no("a redirect to something that is not an address")
_DAMAGED = no("damaged text: half of a character is missing")
_AT_ONLY = "a handle without a platform; give it one with --assume-platform or a platform column"
_CHANNEL_LENGTH = 24
_OWN_FORM = "an id or a handle in the form of one platform only"
_NAME_ONLY = "a name only, which two places may share"

_OTHER = Platform("other", "an unknown platform", (), lambda _url: _NOT_WEB, keep_none, keep_none, keep_none)
_BY_NAME = {platform.name: platform for platform in (*HOSTED, MASTODON, WEB, _OTHER)}
PLATFORMS: Final[tuple[str, ...]] = tuple(sorted(_BY_NAME))

_TIDY = re.compile(r"[A-Za-z0-9@/_-](?:[A-Za-z0-9@/_.:?=&%+~#-]*[A-Za-z0-9@/_=-])?").fullmatch
_PLAIN = re.compile(  # of what _TIDY takes: no port, no fragment, no ".." or "//" in the path
    r"(https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)++)/([\w@-][\w.@-]*+(?:/[\w@-][\w.@-]*+)*+/?)(?<!\.)"
    r"(?:\?([\w.@/=&%+~-]*[\w@/=-]))?",
    re.ASCII,
).fullmatch
_OWN_KEY = re.compile(rf"web:|(?:{'|'.join(map(re.escape, _BY_NAME))}):name/").match
_WORD = re.compile(r"@?[A-Za-z0-9_]+").fullmatch
_WITH_SCHEME = re.compile(r"(?:https?:/{1,3}|//)(?=[^\s/])", re.IGNORECASE).match
_TELEGRAM_LINK = re.compile(r"tg:(?://|resolve\?|join\?|privatepost\?|boost\?)", re.IGNORECASE).match
_PHONE_NUMBER = fullmatch(r"\+[0-9][0-9 ()-]{6,20}")
_TELEGRAM_PEER = fullmatch(r"-100[1-9][0-9]{9,11}")
_WHOLE_NUMBER = fullmatch(r"(-?[0-9]{1,16})\.0+")  # as pandas writes an id beside an empty cell
_HEAD = re.compile(r"[^/?#:]*").match
_HALF_CHARACTER = re.compile("[\ud800-\udfff]").search


def identify(address: str, platform: str | None = None) -> Identity:
    """The key of the resource that an address names, or the reason why there is none.

    Args:
        address: A URL, handle, id, key or name as a person or an export wrote it.
        platform: Where a bare handle, id or name belongs; an address or a key says so itself and wins.
            None and "other" leave it open.

    Returns:
        The key and how it was found, or None and what the address is instead. The text never holds the
        address, because it may be private. Any text gives an answer.

    Example:
        >>> identify("https://m.facebook.com/Marketing.Pros/about?ref=page").key
        'facebook:marketingpros'
        >>> identify("@durov", "telegram").key, identify("Baltic Marketers", "facebook").key
        ('telegram:durov', 'facebook:name/baltic%20marketers')
        >>> identify("https://www.instagram.com/p/Cx1/").why
        'instagram.com/p is a post, which does not show its account: give the account'

    """
    if plain := _PLAIN(address):  # most addresses: nothing to decode or repair
        scheme, host, path, query = plain.groups("")
        reader = reader_at(host)
        if reader is None and scheme and is_plain_host(host):
            reader = reader_of(host) or _from_unknown_host
        if reader is not None:
            parts = (path[:-1] if path[-1] == "/" else path).split("/")
            url = Url(host, "", path, parts, query, "")
            if query and (target := redirect_target(url)):
                return _from_target(target)
            return reader(url)
    return identify_any(address, platform)


def identify_any(address: str, platform: str | None = None) -> Identity:
    """Do what :func:`identify` does for addresses in any form; for those that it takes by a short way it is the same.

    Example:
        >>> identify_any("https://t.me/durov") == identify("https://t.me/durov")
        True

    """
    tidy = _TIDY(address)
    if tidy and address.startswith(("https://", "http://")):
        return _from_address(address[8:] if address[4] == "s" else address[7:])
    text = address if tidy else _tidied(address)
    if isinstance(text, Identity):
        return text
    chosen = _BY_NAME.get(platform) if platform else _OTHER
    if chosen is None:
        chosen = _BY_NAME[platform_named(platform or "") or "other"]
    if is_placeholder(text):
        return _PLACEHOLDER
    if text[-1] == "0" and is_rounded(text):
        return ROUNDED
    if _WORD(text):
        return chosen.from_text(text) or _site_or_name(text, chosen.name)
    return _from_text(text, chosen)


def name_key(name: str, platform: str | None) -> str | None:
    """The key of a resource of which only the name is known; None when nothing is left of it.

    A name whose form tells its platform is no name: ``club123``, ``UC`` and 22 signs, ``@name.bsky.social``.

    Example:
        >>> name_key(" Baltic  Marketers ", "facebook"), name_key("@smm", None), name_key(" ", None)
        ('facebook:name/baltic%20marketers', 'other:name/@smm', None)
        >>> name_key("club123", None), name_key("club123", "facebook")
        ('vk:club123', 'facebook:name/club123')

    """
    known = platform if platform in _BY_NAME and platform != "web" else "other"
    folded = fold_name(name)
    if not folded:
        return None
    could_tell = folded[0] == "@" or known == "other"  # a platform that is known and could have the form wins
    if could_tell and (found := _of_own_form(name, folded)):
        return found.key
    return f"{known}:name/{folded}"


def url_of(key: str) -> str | None:
    """The public address of a key; None where there is none, as for names and private ids.

    Example:
        >>> url_of("x:id/12"), url_of("facebook:name/smm"), url_of("telegram:id/12")
        ('https://x.com/i/user/12', None, None)

    """
    platform, _, rest = key.partition(":")
    if platform not in _BY_NAME or not rest or is_name(key):
        return None
    url = _BY_NAME[platform].url(rest if platform == "web" else unescape(rest))
    return url and quote(url)


def platform_of(key: str) -> str:
    """The platform of a key.

    Example:
        >>> platform_of("bluesky:did:plc:x")
        'bluesky'

    """
    return key.partition(":")[0]


def is_name(key: str) -> bool:
    """Whether a key holds only a name.

    Example:
        >>> is_name("facebook:name/smm"), is_name("facebook:smm")
        (True, False)

    """
    return key.partition(":")[2].startswith("name/")


def strength(key: str) -> int:
    """How far a key can be trusted to stay: 0 an immutable id, 1 a handle or an address, 2 a name.

    Example:
        >>> strength("vk:club1"), strength("vk:team"), strength("vk:name/team")
        (0, 1, 2)

    """
    if is_name(key):
        return 2
    platform, _, rest = key.partition(":")
    known = _BY_NAME.get(platform)
    return 0 if known is not None and known.immutable(unescape(rest)) else 1


def _tidied(address: str) -> str | Identity:
    if _HALF_CHARACTER(address):
        return _DAMAGED
    plain = clean(address)
    # A name or a page of our own may hold what looks like an address, and stays what it is.
    text = plain if _OWN_KEY(plain) else embedded(plain)
    if isinstance(text, str):
        text = clean(text)
    return text or _EMPTY


def _from_address(after: str, *, unwrapped: bool = False) -> Identity:
    """The resource of an address, from what follows ``https://``."""
    if after[:4].lower() == "http" and (again := _WITH_SCHEME(after)):  # https://https://…
        return _from_address(after[again.end() :], unwrapped=unwrapped)
    url = cut(after)
    if isinstance(url, Identity):
        return url
    if url.query and (target := redirect_target(url)):
        return _NESTED if unwrapped else _from_target(target)
    reader = reader_of(url.host)
    return reader(url) if reader else _from_unknown_host(url)


def _from_unknown_host(url: Url) -> Identity:
    return from_mirror(url) or from_server(url) or from_site(url)


def _from_target(target: str) -> Identity:
    """What a redirector leads to; a second redirector is refused."""
    target = _repaired(clean(target))
    if found := _WITH_SCHEME(target):
        return _from_address(target[found.end() :], unwrapped=True)
    if _TELEGRAM_LINK(target):
        return from_app_link(target)
    return _from_address(target, unwrapped=True) if _begins_with_host(target) else _BAD_TARGET


def _from_text(text: str, chosen: Platform) -> Identity:
    """The resource of a text that is neither a plain word nor a tidy address."""
    for read in (_from_scheme, _from_key, _from_known_host, _from_account):
        if found := read(text, chosen):
            return found
    return _from_bare(text, chosen)


def _from_scheme(text: str, _chosen: Platform) -> Identity | None:
    if found := _WITH_SCHEME(text):
        return _from_address(_repaired(text[found.end() :]))
    if _TELEGRAM_LINK(text):
        return from_app_link(text)
    if text[:5].lower() == "at://" or text[:4].lower() == "did:":
        return from_at_uri(text)
    if is_rounded(text):
        return ROUNDED
    foreign = refused_scheme(text)
    if (foreign or text[:4] == "git@") and (page := page_of_app_link(text)) and _begins_with_host(page):
        return _from_address(_repaired(page))
    return _NOT_WEB if foreign else None


def _from_known_host(text: str, chosen: Platform) -> Identity | None:
    if chosen.name == "bluesky" and "/" not in text and (handle := chosen.from_text(text)):
        return handle  # a handle can be the domain of another platform
    return _from_address(_repaired(text)) if _begins_with_host(text) else None


def _from_account(text: str, chosen: Platform) -> Identity | None:
    """``@user@domain``; without the first ``@`` it is an e-mail address, unless Mastodon was chosen."""
    if not is_account(text):
        return own_handle(text) if text[0] == "@" else None
    if text[0] == "@" or text.startswith("acct:") or chosen is MASTODON:
        return MASTODON.from_text(text)
    return _MAIL


def _from_key(text: str, chosen: Platform) -> Identity | None:
    """``platform:rest``, also ``Telegram: @durov``; None where the text before the colon is no platform."""
    word, colon, rest = text.partition(":")
    if not colon:
        return None
    spaced = rest[:1] == " "
    if word in _BY_NAME and not spaced:
        return _from_rest(rest, _BY_NAME[word])
    if len(word) < (3 if spaced else 2) or len(word) > 20 or ("." in word and not spaced):
        return None
    name = platform_named(word)
    if name in {None, "web", "other"} or (spaced and chosen.name not in {"other", name}):
        return None
    return _from_rest(rest.strip(), _BY_NAME[name or "other"])


def _from_rest(rest: str, platform: Platform) -> Identity:
    """The second half of a key, in any spelling."""
    if not rest:
        return _EMPTY
    if platform is WEB:
        return _from_address(_repaired(rest))
    plain = unescape(rest)
    if rest.startswith("name/"):
        return _named(unescape(rest[5:]), platform.name)
    if found := (platform.from_key or platform.from_text)(plain):
        return found
    if platform is not _OTHER and (_WITH_SCHEME(plain) or _begins_with_host(plain)):
        return _from_address(_repaired(plain.removeprefix("//")))
    return _PLACEHOLDER if is_placeholder(plain) else _named(plain, platform.name)


def _from_bare(text: str, chosen: Platform) -> Identity:
    """A handle or id of the chosen platform, a page of an unknown host, else a name."""
    if chosen is not _OTHER:
        if whole := _WHOLE_NUMBER(text):
            text = whole[1]
        if found := chosen.from_text(text):
            return found
    elif found := from_bare(text):
        return found
    elif _TELEGRAM_PEER(text):
        return _BY_NAME["telegram"].from_text(text) or _NOT_WEB
    head = _host_before(text)
    is_page = text[len(head) : len(head) + 1] == "/" or chosen is WEB
    if is_page and " " not in text and is_host(head):
        return _from_address(_repaired(text))
    return _PHONE if _PHONE_NUMBER(text) else _site_or_name(text, chosen.name)


def _site_or_name(text: str, platform: str) -> Identity:
    """The site that a text of one word is, or else the name."""
    return _from_address(text) if platform in {"other", "web"} and is_site(text) else _named(text, platform)


def _named(name: str, platform: str) -> Identity:
    key = name_key(name, platform)
    if key is None:
        return _EMPTY
    if ":name/" not in key:
        return Identity(key, _OWN_FORM)
    return Identity(key, _AT_ONLY if key.startswith("other:name/@") else _NAME_ONLY)


def _of_own_form(name: str, folded: str) -> Identity | None:
    """What a text is whose form no platform but one has."""
    first = folded[0]
    if first == "@":
        return own_handle(folded) if folded.endswith(".bsky.social") else None
    if first == "u":
        return channel_id(clean(name)) if len(folded) == _CHANNEL_LENGTH else None
    return own_name(folded) if folded[-1].isdigit() else None


def _begins_with_host(text: str) -> bool:
    """Whether a text without a scheme begins with the host of a platform or with ``www.``."""
    head = _host_before(text)
    if "." not in head or " " in head or "@" in head:
        return False
    return (head[:4].lower() == "www." and is_host(head)) or reader_of(head.lower()) is not None


def _host_before(text: str) -> str:
    found = _HEAD(text)
    return found[0] if found else ""


def _repaired(text: str) -> str:
    """An address without the marks of its journey through HTML, Windows and a sentence."""
    while "&amp;" in text:  # twice escaped is as common as once
        text = text.replace("&amp;", "&")
    return trim(text.replace("\\", "/"))
