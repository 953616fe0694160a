"""Bluesky: an immutable did, and a handle that is a domain."""

from __future__ import annotations

from outreach.keys.base import Identity, Platform, Url, fullmatch, no, subdomain

__all__ = ["BLUESKY", "from_at_uri", "own_handle"]

_DID = fullmatch(r"did:(?:plc:[a-z2-7]+|web:[a-z0-9.-]+[a-z0-9])")
_HANDLE = fullmatch(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")

_NO_HANDLE = no("not a Bluesky handle: a handle is a domain, such as name.bsky.social")
_PAGE = no("a page of Bluesky, not an account: give the address with profile/")
_PLACEHOLDER = no("a placeholder for a broken handle")
_SHORT = no("a short link hides its target: open it and give the full address")


def _from_url(url: Url) -> Identity:
    parts = url.parts
    if url.host.endswith("bsky.social"):
        name = subdomain(url.host, "bsky.social")
        return _account(f"{name}.bsky.social") if name else _PAGE
    if subdomain(url.host, "bsky.app") == "go":
        return _SHORT
    if len(parts) > 1 and parts[0].lower() in {"profile", "starter-pack", "start"}:
        return _account(parts[1])
    return _PAGE


def from_at_uri(text: str) -> Identity:
    """The account of an ``at://`` address or a bare did.

    Example:
        >>> from_at_uri("at://smm.bsky.social/app.bsky.feed.post/3k").key
        'bluesky:smm.bsky.social'

    """
    return _account(text.removeprefix("at://").removeprefix("AT://").partition("/")[0])


def own_handle(text: str) -> Identity | None:
    """The account of ``@name.bsky.social``, whose end says that it is one of Bluesky; None for any other text.

    Example:
        >>> own_handle("@SMM.bsky.social").key, own_handle("@smm")
        ('bluesky:smm.bsky.social', None)

    """
    if text[:1] != "@" or not text.lower().endswith(".bsky.social"):
        return None
    found = _account(text)
    return found if found.key else None


def _account(word: str) -> Identity:
    word = word.removeprefix("@")
    if word[:4].lower() == "did:":
        word = word.lower()  # both methods that Bluesky allows are lower case
        return Identity(f"bluesky:{word}", "the did in a Bluesky address") if _DID(word) else _NO_HANDLE
    word = word.lower().removesuffix(".")
    if word == "handle.invalid":
        return _PLACEHOLDER
    if len(word) > 253 or not _HANDLE(word):
        return _NO_HANDLE
    return Identity(f"bluesky:{word}", "the handle in a Bluesky address")


def _from_text(text: str) -> Identity | None:
    found = _account(text)
    return found if found.key or found is _PLACEHOLDER else None


BLUESKY = Platform(
    "bluesky",
    "Bluesky",
    ("bsky.app", "bsky.social"),
    _from_url,
    _from_text,
    lambda rest: f"https://bsky.app/profile/{rest}",
    _DID,
)
