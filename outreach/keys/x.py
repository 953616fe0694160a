"""X, once Twitter: handles without case, immutable ids, lists and communities."""

from __future__ import annotations

from outreach.keys.base import NUMBER as _NUMBER
from outreach.keys.base import Identity, Platform, Url, fullmatch, no, owned, query_value, reserved, slug, subdomain

__all__ = ["X"]

_HANDLE = fullmatch(r"[A-Za-z0-9_]{1,20}")  # 15 today, up to 20 on old accounts
_OBJECTS = {"user": "id", "lists": "lists", "communities": "communities"}

_WHY = "the handle in an X address"
_WHY_ID = "the id in an X address"
_HOME = no("x.com without a path is the home page: give the address of an account")
_SERVICE = no("a service site of X, not an account")
_NO_HANDLE = no("not an X handle: letters, digits and underscores, at most 20")
_RESERVED = reserved(
    "x.com",
    {
        "a page that does not belong to an account": "i",
        "a search": "search search-advanced search-home explore hashtag",
        "a post without its author: give the account": "status statuses",
        "a link to share: give the account": "share intent",
        "a page of the site itself": "about account accounts activity ads bookmarks communities compose connect "
        "connect_people discover download downloads error favorites followers following friends goodies grok help home "
        "invitations jobs lists login logged_out logout media_signup mentions messages newtwitter notifications oauth "
        "personalization premium premium_sign_up privacy retweets rules saved_searches session sessions settings "
        "signin signup similar_to statistics terms tos trends tweetbutton verified-orgs-signup welcome "
        "who_to_follow widgets",
    },
)
_LEGAL = frozenset({"tos", "privacy", "rules"})
_LIST_TABS = frozenset({"memberships", "subscriptions", "suggested", "create"})


def _from_url(url: Url) -> Identity:
    parts = url.parts
    if url.fragment.startswith("!/"):
        parts = [part for part in url.fragment[2:].partition("?")[0].split("/") if part]
    if url.host not in _COMMON and len(subdomain(url.host, "x.com", "twitter.com")) > 2:
        return _SERVICE
    if not parts:
        return _HOME
    if parts[0].lower() == "intent":
        return _from_intent(url, parts)
    return _from_path(parts)


def _from_path(parts: list[str]) -> Identity:
    head, below = parts[0].lower(), parts[1].lower() if len(parts) > 1 else ""
    if head == "i" and len(parts) > 2:
        return _object(_OBJECTS.get(below, ""), parts[2])
    if head.startswith("id:"):  # as downloaders write an account that they know by number
        return _object("id", head[3:])
    if (head, below) == ("web", "status"):  # stands for whoever wrote the post
        return _RESERVED["status"]
    return _from_tab(parts) if below in _LEGAL or below == "lists" else _account(parts[0])


def _from_intent(url: Url, parts: list[str]) -> Identity:
    if len(parts) > 1 and parts[1].lower() in {"user", "follow"}:
        if number := query_value(url.query, "user_id"):
            return _object("id", number)
        if handle := query_value(url.query, "screen_name"):
            return _account(handle)
    return _RESERVED["intent"]


def _from_tab(parts: list[str]) -> Identity:
    """``/NAME/lists/slug``; ``/en/tos`` is a legal text in some language."""
    owner = _account(parts[0])
    if owner.key is None or len(parts) < 3 or parts[1].lower() in _LEGAL or parts[2].lower() in _LIST_TABS:
        return _RESERVED["tos"] if parts[1].lower() in _LEGAL else owner
    name = slug(parts[2])
    if name is None:
        return no("not an address of an X list")
    return Identity(owned("x", owner.key[2:], f"lists/{name}"), "the list in an X address")


def _object(kind: str, number: str) -> Identity:
    if not kind:
        return _RESERVED["i"]
    return Identity(f"x:{kind}/{number}", _WHY_ID) if _NUMBER(number) else no("not an id of X: digits only")


def _account(word: str) -> Identity:
    word = word.removeprefix("@").lower()
    if word in _RESERVED:
        return _RESERVED[word]
    return Identity(f"x:{word}", _WHY) if _HANDLE(word) else _NO_HANDLE


def _from_text(text: str) -> Identity | None:
    return _object("id", text) if text.isascii() and text.isdigit() else _from_key(text)


def _from_key(rest: str) -> Identity | None:
    """Digits alone are a handle in a key (``x.com/123`` exists), but an id where a person or an export wrote them."""
    parts = rest.split("/")
    if len(parts) == 2 and parts[0].lower() in {"id", "lists", "communities"}:
        found = _object(parts[0].lower(), parts[1])
    elif len(parts) == 3 and parts[1].lower() == "lists" and parts[2].lower() not in _LIST_TABS:
        found = _from_tab(parts)
    else:
        found = _account(rest)
    return found if found.key else None


def _url(rest: str) -> str:
    kind, slash, number = rest.partition("/")
    if slash and kind in {"id", "lists", "communities"} and _NUMBER(number):
        return f"https://x.com/i/{'user' if kind == 'id' else kind}/{number}"
    return f"https://x.com/{rest}"


def _immutable(rest: str) -> bool:
    kind, slash, number = rest.partition("/")
    return bool(slash and kind in {"id", "lists", "communities"} and _NUMBER(number))


_COMMON = frozenset({"x.com", "www.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com", "mobile.x.com"})

X = Platform("x", "X", ("x.com", "twitter.com"), _from_url, _from_text, _url, _immutable, _from_key)
