"""Addresses that links are made from: which can be published, where they are cut, which are Telegram's."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import unquote_plus

from outreach.errors import InputError

__all__ = ["Parts", "cut", "pairs", "telegram_path"]

_INVISIBLE: Final = re.compile("[\\s\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_HALF_CHARACTER: Final = re.compile("[\ud800-\udfff]")
_HEAD: Final = re.compile(r"(https?)://([^/\\]*)(.*)", re.IGNORECASE | re.DOTALL).fullmatch
_HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\[\]:<>^|]+)(?::([0-9]*))?").fullmatch
_TELEGRAM: Final = ("t.me", "telegram.me", "telegram.dog")


class Parts(NamedTuple):
    """An address cut where tags go in; the three together are the address."""

    head: str  # scheme, host, path
    query: str  # with its ? or empty
    fragment: str  # with its # or empty


def cut(url: str) -> Parts:
    """Cut an address where tags go in.

    Raises:
        InputError: It is none that can be published.

    Example:
        >>> cut("https://example.com?a#top")
        Parts(head='https://example.com', query='?a', fragment='#top')

    """
    if url.isascii() and url.isprintable() and " " not in url:
        pass
    elif _INVISIBLE.search(url):
        raise InputError("the address has a space or an invisible character", hint="copy it from the browser again")
    elif _HALF_CHARACTER.search(url):
        raise InputError("the address has a damaged character", hint="copy it from the browser again")
    before, hash_sign, after = url.partition("#")
    head, question, query = before.partition("?")
    _refuse(head)
    return Parts(head, question + query, hash_sign + after)


def pairs(query: str) -> list[tuple[str, str]]:
    """Return the decoded parameters of a query, as a browser reads it.

    Example:
        >>> pairs("?a&b=%20+;c=1&&A=%40")
        [('a', ''), ('b', '  ;c=1'), ('A', '@')]

    """
    found = (piece.partition("=") for piece in query.removeprefix("?").split("&") if piece)
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in found]


def telegram_path(head: str) -> list[str] | None:
    """Return the words behind Telegram's host, a name before it counting as the first; None for any other host.

    Example:
        >>> telegram_path("https://t.me/s/durov"), telegram_path("https://durov.t.me"), telegram_path("https://t.men")
        (['s', 'durov'], ['durov'], None)

    """
    if "t" not in head[8:]:
        return None
    found = _HEAD(head)
    host, path = (found[2].lower().partition(":")[0].removeprefix("www."), found[3]) if found else ("", "")
    for own in _TELEGRAM:
        if host == own or host.endswith(f".{own}"):
            name = host.removesuffix(own).rstrip(".")
            return [word for word in (name, *path.split("/")) if word]
    return None


def _refuse(head: str) -> None:
    """Refuse what is no address of a page.

    Raises:
        InputError: Says why.

    """
    found = _HEAD(head)
    if found is None:
        known = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?![0-9])", head)
        why = "the address does not begin with http:// or https://"
        raise InputError(why, hint="give the address of a web page" if known else "write https:// before it")
    authority = found[2]
    if "@" in authority:
        raise InputError("the address has a user name or a password", hint="remove the part before @")
    host = _HOST(authority)
    if host is None or int(host[1] or 0) > 65535:
        raise InputError("the host in the address cannot be read", hint="copy it from the browser again")
