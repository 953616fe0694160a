"""Reddit: subreddits, accounts (whose own subreddit is ``u_name``) and lists of subreddits."""

from __future__ import annotations

import re

from outreach.keys.base import Identity, Platform, Url, fullmatch, keep_none, no, reserved, subdomain, unescape, words

__all__ = ["REDDIT", "from_bare", "subreddits_in"]

_SUBREDDIT = fullmatch(r"[a-z0-9_]{2,32}")
_ACCOUNT = fullmatch(r"[a-z0-9_-]{1,32}")
_BARE = fullmatch(r"/?(r|u|user)/([^/\s]+)/?", re.IGNORECASE)
_JOINED = fullmatch(
    r"(?:(?:https?:)?//)?(?:(?:[a-z]+\.)?reddit\.com)?/?r/([a-z0-9_]+(?:(?:\+|%2b)[a-z0-9_]*)+)(?:[/?#].*)?",
    re.IGNORECASE,
)
_THING = fullmatch(r"t[1-6]_[a-z0-9]+")

_WHY = "the subreddit in a Reddit address"
_WHY_ACCOUNT = "the account in a Reddit address"
_HOME = no("reddit.com without a path is the home page: give the address of a subreddit")
_SEVERAL = no("several subreddits in one address: give each separately")
_NO_SUBREDDIT = no("not a subreddit: letters, digits and underscores")
_NO_ACCOUNT = no("not a Reddit account: letters, digits, hyphens and underscores")
_INNER_ID = no("an internal id of Reddit: give the name of the subreddit")
_PAGE = no("a page of Reddit, not a community: give the address with r/")
_RESERVED = reserved(
    "reddit.com",
    {
        "a post, which does not show its subreddit: give the subreddit": "comments gallery s tb poll video link by_id",
        "a link to a file or a page elsewhere": "media",
        "a list of many communities: give the address of one": "t topics subreddits explore search domain best hot new "
        "rising controversial top live",
    },
)
_COLLECTIONS = words("all popular friends mod random randnsfw myrandom")
_SERVICES = words("about ads api business chat developers gateway help i10n mod oauth status support")


def _from_url(url: Url) -> Identity:
    parts = url.parts
    if subdomain(url.host, "reddit.com") in _SERVICES:
        return no("a service site of Reddit, not a community")
    if not parts:
        return _HOME
    head = parts[0].lower()
    if len(parts) > 1:
        if head == "r":
            return _subreddit(parts[1])
        if head in {"u", "user"}:
            return _account(parts[1:])
    return _RESERVED.get(head, _PAGE)


def _subreddit(word: str) -> Identity:
    word = word.lower().removesuffix(".rss").removesuffix(".json")
    if word.startswith("u_") and len(word) > 2:
        return _account([word[2:]])
    if "+" in word:
        return _SEVERAL
    if word in _COLLECTIONS:
        return no("a collection of all of Reddit, not a community")
    if word == "reddit.com" or _SUBREDDIT(word):
        return Identity(f"reddit:r/{word}", _WHY)
    return _NO_SUBREDDIT


def _account(parts: list[str]) -> Identity:
    name = parts[0].lower()
    if name in {"me", "[deleted]"} or not _ACCOUNT(name):
        return _NO_ACCOUNT
    if len(parts) > 2 and parts[1].lower() == "m" and _ACCOUNT(parts[2].lower()):
        return Identity(f"reddit:u/{name}/m/{parts[2].lower()}", "the list of subreddits in a Reddit address")
    return Identity(f"reddit:u/{name}", _WHY_ACCOUNT)


def from_bare(text: str) -> Identity | None:
    """``r/name`` or ``/u/name/`` as people write them, None for anything else.

    Example:
        >>> from_bare("/r/Riga/").key, from_bare("riga")
        ('reddit:r/riga', None)

    """
    if not (found := _BARE(text)):
        return None
    return _subreddit(found[2]) if found[1] in "rR" else _account([found[2]])


def subreddits_in(text: str) -> tuple[str, ...]:
    """The subreddits of an address that joins several, each as people write it; none where it joins none.

    Example:
        >>> subreddits_in("https://www.reddit.com/r/smm+Marketing/"), subreddits_in("r/smm")
        (('r/smm', 'r/Marketing'), ())

    """
    if not (found := _JOINED(text.strip())):
        return ()
    names = [name for name in unescape(found[1]).split("+") if name]
    known = len(names) > 1 and all(_subreddit(name).key for name in names)
    return tuple(f"r/{name}" for name in names) if known else ()


def _from_text(text: str) -> Identity | None:
    """A data export lists bare names; a title with spaces is a name."""
    if found := from_bare(text):
        return found
    parts = text.split("/")
    if len(parts) == 4 and parts[0].lower() in {"u", "user"} and parts[2].lower() == "m":
        multi = _account(parts[1:])
        return multi if multi.key and "/m/" in multi.key else None
    if _THING(text.lower()):
        return _INNER_ID
    plain = _subreddit(text)
    return plain if plain.key or (plain is _SEVERAL and " " not in text) else None


REDDIT = Platform(
    "reddit",
    "Reddit",
    ("reddit.com",),
    _from_url,
    _from_text,
    lambda rest: f"https://www.reddit.com/{rest}/",
    keep_none,
)
