"""Instagram, Threads, TikTok and Twitch: one account, one handle without case."""

from __future__ import annotations

from outreach.keys.base import (
    Identity,
    Platform,
    Url,
    fullmatch,
    keep_none,
    no,
    query_value,
    reserved,
    subdomain,
    words,
)

__all__ = ["INSTAGRAM", "THREADS", "TIKTOK", "TWITCH"]

# A handle never ends with a dot: that one belongs to the sentence around the address.
_DOTTED = fullmatch(r"[A-Za-z0-9_](?:[A-Za-z0-9._]{0,30}[A-Za-z0-9_])?")
_TIKTOK_NAME = fullmatch(r"[A-Za-z0-9._]{0,31}[A-Za-z0-9_]")
_LOGIN = fullmatch(r"[A-Za-z0-9][A-Za-z0-9_]{1,24}")

_PLACEHOLDER = no("a placeholder of a deleted account")

_INSTAGRAM_WHY = "the handle in an Instagram address"
_INSTAGRAM_HOME = no("instagram.com without a path is the home page: give the address of an account")
_INSTAGRAM_NO_HANDLE = no("not an Instagram handle: letters, digits, dots and underscores")
_INSTAGRAM_RESERVED = reserved(
    "instagram.com",
    {
        "a post, which does not show its account: give the account": "p reel reels tv s share guide guides",
        "a search or a list of posts: give an account": "explore popular topics locations tags web discover",
        "a story without its account": "stories highlights",
        "a part of an address: give all of it": "_u",
        "a conversation": "direct dm messages m",
        "an effect": "ar a",
        "a page of the site itself": "about about-us accounts ads ajax api archive blog branded_content business "
        "cdn-cgi challenge consent create developer developers directory download emails fxcal graphql "
        "help hc home invites legal lite logging login logout mail nametag n _n news notes notifications "
        "oauth onboarding press privacy professional_dashboard publicapi push qr rupload saved safety security session "
        "settings shop shopping signup static support terms update upgrade your_activity",
    },
)
_INSTAGRAM_SERVICE = no("a service site of Instagram, not an account")
_INSTAGRAM_COMMON = frozenset({"instagram.com", "www.instagram.com", "m.instagram.com"})
_INSTAGRAM_CHANNEL = no(
    "instagram.com/j and instagram.com/channel are broadcast channels: give the account that runs it"
)


def _instagram_url(url: Url) -> Identity:
    parts = url.parts
    if url.host not in _INSTAGRAM_COMMON and (refused := _instagram_elsewhere(url)):
        return refused
    if not parts:
        return _INSTAGRAM_HOME
    head = parts[0].lower()
    if head not in _INSTAGRAM_RESERVED:
        return _instagram_handle(head) if head not in {"j", "channel"} or len(parts) == 1 else _INSTAGRAM_CHANNEL
    return _instagram_handle(_instagram_owner(url, head))


def _instagram_elsewhere(url: Url) -> Identity | None:
    """What an address on another host than the usual ones is, where that decides."""
    if url.host == "ig.me":
        named = url.parts[1:2] if url.parts[:1] == ["m"] else []
        return _instagram_handle(named[0]) if named else _INSTAGRAM_RESERVED["m"]
    if subdomain(url.host, "instagram.com", "instagr.am") in _INSTAGRAM_SERVICES:
        return _INSTAGRAM_SERVICE
    return None


def _instagram_owner(url: Url, head: str) -> str:
    """The path word or the parameter that names the account, or else the first word of the path."""
    if head in {"_u", "stories"} and len(url.parts) > 1:
        return url.parts[0] if url.parts[1].lower() == "me" else url.parts[1]
    return (query_value(url.query, "taken-by") if head == "p" else "") or url.parts[0]


def _instagram_handle(word: str) -> Identity:
    word = word.removeprefix("@").lower()
    if word in _INSTAGRAM_RESERVED:
        return _INSTAGRAM_RESERVED[word]
    if word.startswith("__deleted__"):
        return _PLACEHOLDER
    if len(word) > 30 or not _DOTTED(word):
        return _INSTAGRAM_NO_HANDLE
    return Identity(f"instagram:{word}", _INSTAGRAM_WHY)


_INSTAGRAM_SERVICES = words("about help business creators developers api graph i l lm blog scontent")

_THREADS_WHY = "the handle in a Threads address"
_THREADS_NO_HANDLE = no("a page of Threads, not an account: give the address with @")


def _threads_url(url: Url) -> Identity:
    return _threads_handle(url.parts[0]) if url.parts and url.parts[0][0] == "@" else _THREADS_NO_HANDLE


def _threads_handle(word: str) -> Identity:
    word = word.removeprefix("@").lower()
    if word.startswith("__deleted__"):
        return _PLACEHOLDER
    if len(word) > 30 or not _DOTTED(word):
        return _THREADS_NO_HANDLE
    return Identity(f"threads:{word}", _THREADS_WHY)


_TIKTOK_WHY = "the handle in a TikTok address"
_TIKTOK_SHORT = no("a short link hides its target: open it and give the full address")
_TIKTOK_NO_HANDLE = no("a page of TikTok, not an account: give the address with @")
_TIKTOK_NUMBER = no("an account by its number only: open the profile and give its address with @")
_TIKTOK_OPAQUE = no("not a TikTok handle: open the profile and give its address with @")


def _tiktok_url(url: Url) -> Identity:
    parts = url.parts
    if subdomain(url.host, "tiktok.com") in {"vm", "vt"} or (parts and parts[0] in {"t", "v"}):
        return _TIKTOK_SHORT
    for word in (
        *parts[:2],
        *url.fragment.split("/")[1:2],
    ):  # the second in /embed/@handle, the last in /foryou#/@handle
        if word[:1] == "@":
            return _tiktok_handle(word)
    return _TIKTOK_NUMBER if parts and "share" in parts[:2] else _TIKTOK_NO_HANDLE


def _tiktok_handle(word: str) -> Identity:
    word = word.removeprefix("@").lower()
    if len(word) > 32 or not _TIKTOK_NAME(word) or word.startswith("__deleted__"):
        return _TIKTOK_OPAQUE
    return Identity(f"tiktok:{word}", _TIKTOK_WHY)


_TWITCH_WHY = "the login in a Twitch address"
_TWITCH_NO_HANDLE = no("not a Twitch login: letters, digits and underscores")
_TWITCH_SERVICES = words(
    "api app appeals assets blog brand clips dev devstatus discuss extensions help id irc link pubsub safety static "
    "status sings usher"
)
_TWITCH_RESERVED = reserved(
    "twitch.tv",
    {
        "a clip or a recording: give the channel": "videos clip clips collections v",
        "a category or a list of channels: give one channel": "directory following search browse",
        "a team: give the address of a channel": "team teams",
        "a page of the site itself": "about activate ads annual-recap bits broadcast creatorcamp dashboard "
        "downloads drops email-verification event events friends inventory jobs legal login logout "
        "manager message messages p partner passport-callback payments prime privacy products redeem redirect reset "
        "response settings signup store subs subscriptions subscribe team-settings tos turbo "
        "user users viewer-milestones widgets wallet watch year embed popout moderator u",
    },
)


def _twitch_url(url: Url) -> Identity:
    parts = url.parts
    service = subdomain(url.host, "twitch.tv")
    if service == "player":
        return _twitch_handle(query_value(url.query, "channel"))
    if service in _TWITCH_SERVICES:
        return _TWITCH_RESERVED["clips"] if service == "clips" else no("a service site of Twitch, not a channel")
    if not parts:
        return no("twitch.tv without a path is the home page: give the address of a channel")
    if len(parts) > 1 and parts[0].lower() in {"popout", "moderator", "embed", "u", "subs", "products"}:
        return _twitch_handle(parts[1])
    if parts[0].lower() == "widgets" and (login := query_value(url.query, "channel")):
        return _twitch_handle(login)
    return _twitch_handle(parts[0])


def _twitch_handle(word: str) -> Identity:
    word = word.removeprefix("@").lower()
    if word in _TWITCH_RESERVED:
        return _TWITCH_RESERVED[word]
    return Identity(f"twitch:{word}", _TWITCH_WHY) if _LOGIN(word) else _TWITCH_NO_HANDLE


def _instagram_text(text: str) -> Identity | None:
    found = _instagram_handle(text)
    return found if found.key else None


def _threads_text(text: str) -> Identity | None:
    found = _threads_handle(text)
    return found if found.key else None


def _tiktok_text(text: str) -> Identity | None:
    found = _tiktok_handle(text)
    return found if found.key else None


def _twitch_text(text: str) -> Identity | None:
    found = _twitch_handle(text)
    return found if found.key else None


INSTAGRAM = Platform(
    "instagram",
    "Instagram",
    ("instagram.com", "instagr.am", "ig.me"),
    _instagram_url,
    _instagram_text,
    lambda rest: f"https://www.instagram.com/{rest}/",
    keep_none,
)
THREADS = Platform(
    "threads",
    "Threads",
    ("threads.com", "threads.net"),
    _threads_url,
    _threads_text,
    lambda rest: f"https://www.threads.com/@{rest}",
    keep_none,
)
TIKTOK = Platform(
    "tiktok",
    "TikTok",
    ("tiktok.com",),
    _tiktok_url,
    _tiktok_text,
    lambda rest: f"https://www.tiktok.com/@{rest}",
    keep_none,
)
TWITCH = Platform(
    "twitch",
    "Twitch",
    ("twitch.tv",),
    _twitch_url,
    _twitch_text,
    lambda rest: f"https://www.twitch.tv/{rest}",
    keep_none,
)
