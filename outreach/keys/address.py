"""Addresses as text: which text is one, and where its borders are.

An address that ends with ``.,;:!`` or an unpaired bracket or quote loses them: they belong to the sentence that
it was copied from. User names and passwords in an address are refused, because they are secrets and because
``https://facebook.com@evil.example/`` is not Facebook.
"""

from __future__ import annotations

import re
from functools import lru_cache

from outreach.keys.base import API_VERSION, Identity, Url, fullmatch, no, query_value, unescape, words

__all__ = ["canonical_host", "cut", "embedded", "is_host", "is_plain_host", "redirect_target", "refused_scheme", "trim"]

_SEVERAL = re.compile(r"https?://.*\s.*https?://", re.IGNORECASE | re.DOTALL).search
_MARKDOWN = fullmatch(r"\[[^\]]*\]\(\s*(https?://[^\s<>]+)\)", re.IGNORECASE)
_AT_END = re.compile(
    r".*[\s(<\[:](https?://[^\s<>]+)>?", re.IGNORECASE
).fullmatch  # no + before it: a run of brackets would cost its square
_HOST = fullmatch(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")
_IPV4 = fullmatch(r"(?:(?:0|[1-9][0-9]{0,2})\.){3}(?:0|[1-9][0-9]{0,2})")
_LOOKS_NUMERIC = fullmatch(r"[0-9.]+")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?=\S)").match
_OPAQUE_SCHEMES = words(
    "mailto tel sms callto javascript data file about blob skype viber view-source geo magnet urn news"
)
_ENDS = ".,;:!\"'»”’…"
_PORTS = {"", "80", "443"}

# Host (with all its subdomains), first path word ("*" is any), the parameter that holds the target.
_REDIRECTORS = {
    "facebook.com": {
        "l.php": "u", "flx": "u", "login": "next", "login.php": "next", "plugins": "href",
        "confirmemail.php": "next", "checkpoint": "next", "unsupportedbrowser": "next",
    },
    "messenger.com": {"l.php": "u"},
    "l.instagram.com": {"*": "u"},
    "instagram.com": {"accounts": "next", "linkshim": "u", "challenge": "next"},
    "l.threads.com": {"*": "u"},
    "l.threads.net": {"*": "u"},
    "vk.com": {"away.php": "to", "away": "to"},
    "vk.ru": {"away.php": "to", "away": "to"},
    "vkontakte.ru": {"away.php": "to", "away": "to"},
    "t.me": {"iv": "url"},
    "telegram.me": {"iv": "url"},
    "youtube.com": {"redirect": "q", "attribution_link": "u", "signin": "next"},
    "consent.youtube.com": {"*": "continue"},
    "consent.google.com": {"*": "continue"},
    "linkedin.com": {
        "redir": "url", "safety": "url", "authwall": "sessionRedirect", "login": "session_redirect",
        "uas": "session_redirect", "checkpoint": "session_redirect", "slink": "url",
    },
    "x.com": {"i": "redirect_after_login", "login": "redirect_after_login"},
    "twitter.com": {"i": "redirect_after_login", "login": "redirect_after_login"},
    "out.reddit.com": {"*": "url"},
    "medium.com": {"r": "url", "m": "redirectUrl"},
    "tiktok.com": {"link": "target", "login": "redirect_url"},
    "twitch.tv": {"login": "redirect_uri"},
    "dzen.ru": {"away": "to"},
    "zen.yandex.ru": {"away": "to"},
    "slack-redir.net": {"link": "url"},
    "duckduckgo.com": {"l": "uddg"},
    "t.umblr.com": {"redirect": "z"},
    "exit.sc": {"*": "url"},
    "gate.sc": {"*": "url"},
    "w.soundcloud.com": {"player": "url"},
    "safelinks.protection.outlook.com": {"*": "url"},
    "steamcommunity.com": {"linkfilter": "url"},
}  # fmt: skip
_GOOGLE = fullmatch(r"(?:www\.|m\.|maps\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")


def embedded(text: str) -> str | Identity:
    """The address in ``Name <https://…>``, ``[Name](https://…)`` or ``Name https://…``, else the text itself.

    Example:
        >>> embedded("Baltic Marketers <https://t.me/baltic>"), embedded("[Baltic](https://t.me/baltic)")
        ('https://t.me/baltic', 'https://t.me/baltic')

    """
    if "://" not in text:
        return text
    if found := _MARKDOWN(text):
        return found[1]
    if _SEVERAL(text):
        return no("several addresses in one cell: put each into its own cell")
    if not text.lower().startswith(("http://", "https://")) and (found := _AT_END(text)):
        return found[1]
    return text


def refused_scheme(text: str) -> bool:
    """Whether a text is the address of something that is not on the web.

    Example:
        >>> [refused_scheme(text) for text in ("mailto:a@b.lv", "ftp://b.lv/", "https://b.lv/", "Data: a podcast")]
        [True, True, False, False]

    """
    if not (found := _SCHEME(text)):
        return False
    scheme = found[0][:-1].lower()
    return scheme in _OPAQUE_SCHEMES or (scheme not in {"http", "https"} and text[found.end() :].startswith("//"))


def trim(text: str) -> str:
    """An address without the punctuation of the sentence around it.

    Example:
        >>> trim("https://t.me/name),"), trim("https://en.wikipedia.org/wiki/Riga_(city)")
        ('https://t.me/name', 'https://en.wikipedia.org/wiki/Riga_(city)')

    """
    while text and (
        text[-1] in _ENDS
        or (text[-1] == ")" and text.count("(") < text.count(")"))
        or (text[-1] == "]" and text.count("[") < text.count("]"))
    ):
        text = text[:-1]
    return text


def cut(after: str) -> Url | Identity:
    """What follows ``https://``, cut at its borders.

    Example:
        >>> cut("WWW.Example.com:443/a//b%20c/?x=1#top")
        Url(host='www.example.com', port='', path='a//b%20c/', parts=['a', 'b c'], query='x=1', fragment='top')
        >>> cut("name:secret@example.com/").why
        'an address with a user name or password in it: remove the part before @'

    """
    query = fragment = ""
    if "#" in after:
        after, _, fragment = after.partition("#")
    if "?" in after:
        after, _, query = after.partition("?")
    authority, _, path = after.partition("/")
    if "@" in authority:
        return no("an address with a user name or password in it: remove the part before @")
    host, port = _split_port(authority)
    if port and not (port.isascii() and port.isdigit() and len(port) < 6 and int(port) < 65536):
        return no("not an address: the port is not valid")
    canonical = canonical_host(host)
    if canonical is None:
        return no("not a public address: its host is not valid")
    port = "" if port in _PORTS else port.lstrip("0") or "0"
    return Url(canonical, "" if port in _PORTS else port, path, split_path(path), query, fragment)


def split_path(path: str) -> list[str]:
    """The decoded words of a path, none empty, ``.`` and ``..`` resolved.

    Example:
        >>> split_path("a//b%2Fc/"), split_path("a/../b/./c")
        (['a', 'b/c'], ['b', 'c'])

    """
    words = [word for word in path.split("/") if word]
    if "%" in path:
        words = [unescape(word) for word in words]
    return _resolved(words) if "." in words or ".." in words else words


def _resolved(words: list[str]) -> list[str]:
    kept: list[str] = []
    for word in words:
        if word == "..":
            del kept[-1:]
        elif word != ".":
            kept.append(word)
    return kept


def is_host(text: str) -> bool:
    """Whether a text without a scheme can be the name of a host on the internet."""
    return canonical_host(text) is not None and not text.startswith("[")


def is_plain_host(host: str) -> bool:
    """Whether a host has the form already in which keys hold it."""
    return _HOST(host) is not None


def canonical_host(host: str) -> str | None:
    """A host in lower-case ASCII, None where it is none that the internet knows.

    Example:
        >>> [canonical_host(host) for host in ("Example.COM.", "пример.рф", "localhost", "127.1", "[2001:DB8:0::1]")]
        ['example.com', 'xn--e1afmkfd.xn--p1ai', None, None, '[2001:db8::1]']

    """
    if _HOST(host):
        return host
    host = unescape(host).lower().removesuffix(".")
    if _HOST(host) and len(host) < 254:
        return host
    if host.startswith("["):
        return _ipv6(host)
    if _LOOKS_NUMERIC(host):
        return host if _IPV4(host) and all(int(part) < 256 for part in host.split(".")) else None
    return None if host.isascii() else _idna(host)


def redirect_target(url: Url) -> str | None:
    """The address that a redirector leads to, None where this is no redirector or it holds no target.

    Example:
        >>> redirect_target(cut("vk.com/away.php?to=https%3A%2F%2Ft.me%2Fname"))
        'https://t.me/name'

    """
    host = url.host.removeprefix("www.")
    if not _heads(host):
        return None
    head = url.parts[0].lower() if url.parts else ""
    if len(url.parts) > 1 and API_VERSION(head):
        head = url.parts[1].lower()
    name = _parameter(host, head)
    target = query_value(url.query, *name.split()) if name else ""
    if not target:
        return None
    if target.startswith("//"):
        return "https:" + target
    return f"https://{host}{target}" if target.startswith("/") else target


def _parameter(host: str, head: str) -> str:
    """The parameters with the target, for the host or the nearest domain that it is a part of."""
    heads = _heads(host)
    return heads.get("*") or heads.get(head, "") if heads else ""


@lru_cache(maxsize=4096)
def _heads(host: str) -> dict[str, str]:
    if _GOOGLE(host):
        return {"url": "q url"}
    while host:
        if heads := _REDIRECTORS.get(host):
            return heads
        host = host.partition(".")[2]
    return {}


def _split_port(authority: str) -> tuple[str, str]:
    if authority.endswith("]") or ":" not in authority:
        return authority, ""
    host, _, port = authority.rpartition(":")
    return host, port


def _ipv6(host: str) -> str | None:
    from ipaddress import AddressValueError, IPv6Address

    try:
        address = IPv6Address(host.removeprefix("[").removesuffix("]"))
    except AddressValueError:
        return None
    return None if address.scope_id else f"[{address.compressed}]"


def _idna(host: str) -> str | None:
    """The ASCII form of a host with other letters; browsers accept more (emoji) than the standard does."""
    import idna

    try:
        ascii_host = idna.encode(host, uts46=True).decode()
    except (idna.IDNAError, UnicodeError):
        ascii_host = _punycode(host)
    return ascii_host if _HOST(ascii_host) else None


def _punycode(host: str) -> str:
    from unicodedata import normalize

    labels = normalize("NFKC", host).casefold().replace("。", ".").split(".")
    if not all(label.isprintable() and " " not in label for label in labels):
        return ""
    return ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in labels)
