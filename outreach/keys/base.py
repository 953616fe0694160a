"""What the files of this package say to each other: an address cut into parts, the answer, a platform.

The rest of a key is plain text in which white space, ``%`` and everything unprintable is percent-encoded
(UTF-8, upper-case hex), so that a key is one word that survives a copy. ``name/`` opens the rest of a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "API_VERSION",
    "HANDLE",
    "NUMBER",
    "Identity",
    "Platform",
    "Url",
    "escape",
    "fullmatch",
    "keep_none",
    "lowered",
    "no",
    "owned",
    "query_value",
    "quote",
    "reserved",
    "slug",
    "subdomain",
    "unescape",
    "words",
]


class Identity(NamedTuple):
    """The key of the resource that an address names, or none, and the reason."""

    key: str | None
    why: str


class Url(NamedTuple):
    """An address cut at its borders."""

    host: str  # lower case, ASCII, without the port
    port: str  # empty where it is the usual one
    path: str  # as written, without the first slash
    parts: list[str]  # the path's words, percent-decoded, none empty
    query: str  # as written
    fragment: str  # as written


class Platform(NamedTuple):
    """How one platform writes its resources; every file of a platform ends with one."""

    name: str  # the first half of its keys
    title: str  # how people write it
    hosts: tuple[str, ...]  # each stands for all its subdomains too
    from_url: Callable[[Url], Identity]
    from_text: Callable[[str], Identity | None]  # a bare handle, path or id; None: it is a name
    url: Callable[[str], str | None]  # from the rest of a key
    immutable: Callable[[str], object]  # true where the rest of a key can never change
    from_key: Callable[[str], Identity | None] | None = None  # where a key reads otherwise than a bare text


def fullmatch(pattern: str, flags: int = 0) -> Callable[[str], re.Match[str] | None]:
    """What matches whole texts; compiled on first use, since dozens of patterns make a slow import.

    Example:
        >>> bool(fullmatch("a+")("aa")), bool(fullmatch("a+")("ab"))
        (True, False)

    """
    compiled: Callable[[str], re.Match[str] | None] | None = None

    def match(text: str) -> re.Match[str] | None:
        nonlocal compiled
        if compiled is None:
            compiled = re.compile(pattern, flags).fullmatch
        return compiled(text)

    return match


HANDLE = fullmatch(r"[A-Za-z0-9_.-]+")
API_VERSION = fullmatch(r"v[0-9]+\.[0-9]+")  # of Facebook, before a path of its interface: v2.5/plugins/page.php
NUMBER = fullmatch(r"[1-9][0-9]{0,19}")

_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SLUG = fullmatch(r"""[^\s/?#%;\\]*[^\s/?#%\\.,;:!'")\]»”’]""")


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def no(why: str) -> Identity:
    return Identity(None, why)


def keep_none(_rest: str) -> None:
    """Answer for a platform that has no immutable ids, or no addresses."""


NOTHING: Final = {"what programs write for an empty value": "undefined null none"}


def reserved(site: str, words_by_meaning: dict[str, str]) -> dict[str, Identity]:
    """Refusals by first path word, from what the words mean.

    Example:
        >>> reserved("instagram.com", {"a post": "p reel"})["p"].why
        'instagram.com/p is a post'

    """
    return {
        word: Identity(None, f"{site}/{word} is {meaning}")
        for meaning, words in (words_by_meaning | NOTHING).items()
        for word in words.split()
    }


def subdomain(host: str, *domains: str) -> str:
    """What stands before one of the domains, without ``www``; empty for the domain itself.

    Example:
        >>> subdomain("www.ru-ru.facebook.com", "facebook.com", "fb.com")
        'ru-ru'

    """
    host = host.removeprefix("www.")
    for domain in domains:
        if host.endswith("." + domain):
            return host[: -len(domain) - 1]
    return ""


def lowered(text: str) -> str:
    """A handle without case; unlike ``str.casefold`` it keeps apart letters that are not case pairs (ß, ss).

    Example:
        >>> lowered("МАРКЕТИНГ"), lowered("Straße")
        ('маркетинг', 'straße')

    """
    if text.isascii():
        return text.lower()
    from unicodedata import normalize

    for _ in range(4):  # lower-casing can undo composition and the other way round
        text = normalize("NFC", text.lower())
    return text


def slug(text: str) -> str | None:
    """A free path word without case, or None where it is no word.

    It may hold letters of any script, but no white space, ``/ ? # % ;`` or backslash, and does not end with
    punctuation, which belongs to the sentence around an address.

    Example:
        >>> slug("Johnson-&-Johnson"), slug("two words"), slug("end.")
        ('johnson-&-johnson', None, None)

    """
    text = lowered(text)
    return text if _SLUG(text) and text.isprintable() else None


def escape(text: str) -> str:
    """Text as it stands in a key.

    Example:
        >>> escape("100 % SMM")
        '100%20%25%20SMM'

    """
    if text.isprintable() and " " not in text and "%" not in text:
        return text
    return "".join(
        char if char.isprintable() and char not in " %" else _hex(char)  # unprintable: all other white space
        for char in text
    )


def unescape(text: str) -> str:
    """Percent-decoded text; runs that are not UTF-8 stay as they are.

    Example:
        >>> unescape("%D0%B0b%20c"), unescape("%FF")
        ('аb c', '%FF')

    """
    return _ESCAPED.sub(_decode, text) if "%" in text else text


def quote(text: str) -> str:
    """Text for the path of a URL.

    Example:
        >>> quote("company/ёж")
        'company/%D1%91%D0%B6'

    """
    return text if text.isascii() else "".join(char if char.isascii() else _hex(char) for char in text)


def query_value(query: str, *names: str) -> str:
    """The decoded value of the first of these names that a query holds; empty if none.

    Example:
        >>> query_value("fbid=1&id=%2077", "id")
        ' 77'

    """
    if not query:
        return ""
    pairs = [pair.partition("=") for pair in query.split("&")]
    for name in names:
        for found, _, value in pairs:
            if found == name and value:
                return unescape(value)
    return ""


def owned(platform: str, owner: str, item: str) -> str:
    """The key of something that belongs to an account: a board, a list, a repository.

    An account that is called ``name`` gets its first letter encoded, because ``name/`` opens a name.

    Example:
        >>> owned("x", "durov", "lists/smm"), owned("x", "name", "lists/smm")
        ('x:durov/lists/smm', 'x:%6Eame/lists/smm')

    """
    return f"{platform}:{'%6Eame' if owner == 'name' else owner}/{item}"


def _hex(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "surrogatepass"))


def _decode(run: re.Match[str]) -> str:
    try:
        return bytes.fromhex(run[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return run[0]
