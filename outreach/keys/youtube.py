"""YouTube: one channel can have an id, a handle, a custom name and a user name; by spelling they never merge.

A bare word with nothing but "YouTube" to go by may be any of the four, or a title. So it is a name; ``@word`` is a
handle.
"""

from __future__ import annotations

import re

from outreach.keys.base import Identity, Platform, Url, fullmatch, no, query_value, reserved, slug, subdomain, words

__all__ = ["YOUTUBE", "channel_id"]

_CHANNEL = fullmatch(r"UC[A-Za-z0-9_-]{22}")
_UPLOADS = fullmatch(r"UU(?:LF|SH|LV)?([A-Za-z0-9_-]{22})")  # the list of all that a channel uploaded
_SYMBOLS = re.compile(r"[^\w.·-]", re.ASCII)

_WHY_ID = "the channel id in a YouTube address"
_WHY_HANDLE = "the handle in a YouTube address"
_WHY_CUSTOM = "the custom name in a YouTube address"
_WHY_USER = "the user name in a YouTube address"
_HOME = no("youtube.com without a path is the home page: give the address of a channel")
_VIDEO = no("youtu.be is a video, which does not show its channel: give the address of the channel")
_SERVICE = no("a service site of YouTube, not a channel")
_NO_ID = no("not a YouTube channel id: UC and 22 more characters")
_NO_NAME = no("not a name of a YouTube channel")
_RESERVED = reserved(
    "youtube.com",
    {
        "a video, which does not show its channel: give the channel": "watch shorts embed v e live clip clips "
        "live_chat watch_popup watch_videos movie movies show shows video videos w",
        "a playlist: give the channel": "playlist playlists view_play_list mix",
        "a search or a list: give the address of a channel": "results search feed feeds hashtag trending browse "
        "channels gaming news sports learning fashion podcasts music kids explore guide topic charts",
        "a post: give the channel": "post community",
        "a part of an address: give all of it": "channel c user profile subscription_center",
        "a page of the site itself": "about account account_notifications ads advertise analytics api artist artists "
        "attribution_link audiolibrary comment create_channel creators creator_community creatorresearch "
        "dashboard dev developers edit editor error family_library game get_video_info getalbum help howyoutubeworks "
        "iframe_api img inbox intl jobs kids_app logout login my_videos my_subscriptions "
        "myaccount new oembed oops opensearch originals paid_memberships pagead partners playables premium press "
        "privacy profile_redirector ptracking purchases redirect red reporthistory reports robots.txt s select_site "
        "service_ajax settings signin signout signup sitemaps source static storefront studio subscribe_widget "
        "supervision_settings supported_browsers t tv terms testtube upload user_feed verify verify_phone_number vi "
        "yt youtubei yts",
    },
)
_SERVICES = words("accounts artists blog creatoracademy help i img s suggestqueries support tv")


def _from_url(url: Url) -> Identity:
    parts = url.parts
    if url.host not in _COMMON and (refusal := _no_channels(url)):
        return refusal
    if not parts:
        return _HOME
    word = parts[0]
    head = word.lower()
    if head in {"channel", "c", "user"} and len(parts) > 1:
        return _of_kind(head, parts[1])
    return _inside(url, head) if head in _RESERVED else _at_root(word)


def _no_channels(url: Url) -> Identity | None:
    if url.host.endswith("youtu.be"):
        return None if url.parts and url.parts[0][0] == "@" else _VIDEO
    return _SERVICE if subdomain(url.host, "youtube.com") in _SERVICES else None


def _at_root(word: str) -> Identity:
    """``/@handle``, or the custom name that ``/c/`` may be left out before."""
    if word[0] == "@":
        return _handle(word)
    return _channel(word) if _CHANNEL(word) else _of_kind("c", word)


def _inside(url: Url, head: str) -> Identity:
    """Channels that stand in the query behind a reserved word."""
    query = url.query
    if head in {"browse", "feed"} and _CHANNEL(url.parts[-1]):
        return _channel(url.parts[-1])
    if head in {"feeds", "playlist", "embed"}:
        if number := query_value(query, "channel_id", "channel"):
            return _channel(number)
        if uploads := _UPLOADS(query_value(query, "playlist_id", "list")):
            return _channel("UC" + uploads[1])
    if head in {"feeds", "profile", "subscription_center"} and (name := query_value(query, "user", "add_user")):
        return _of_kind("user", name)
    if head == "subscribe_widget" and _CHANNEL(number := query_value(query, "p")):
        return _channel(number)
    return _RESERVED[head]


def _of_kind(kind: str, word: str) -> Identity:
    if word[0] == "@":  # people write /c/@name and /channel/@name; no other name has the sign
        return _handle(word)
    if kind == "channel":
        return _channel(word)
    name = _name(word)
    if name is None:
        return _NO_NAME
    return Identity(f"youtube:{kind}/{name}", _WHY_CUSTOM if kind == "c" else _WHY_USER)


def channel_id(text: str) -> Identity | None:
    """The channel of a text that is nothing but its id.

    Example:
        >>> channel_id("UC" + "a" * 22).key, channel_id("UCLA")
        ('youtube:UCaaaaaaaaaaaaaaaaaaaaaa', None)

    """
    return Identity(f"youtube:{text}", _WHY_ID) if _CHANNEL(text) else None


def _channel(word: str) -> Identity:
    return Identity(f"youtube:{word}", _WHY_ID) if _CHANNEL(word) else _NO_ID


def _handle(word: str) -> Identity:
    name = _name(word[1:])
    return Identity(f"youtube:@{name}", _WHY_HANDLE) if name and len(name) < 61 else _NO_NAME


def _name(word: str) -> str | None:
    """A name in letters of any script, without case; of the symbols only ``. - _ ·``."""
    name = slug(word)
    if name is None or name.isascii():
        return None if name is None or _SYMBOLS.search(name) else name
    return None if _SYMBOLS.search("".join(char for char in name if char.isascii())) else name


def _from_text(text: str) -> Identity | None:
    if text[:1] == "@":
        found = _handle(text)
    elif _CHANNEL(text):
        found = _channel(text)
    else:
        kind, slash, word = text.partition("/")
        if not slash or kind.lower() not in {"channel", "c", "user"}:
            return None
        found = _of_kind(kind.lower(), word)
    return found if found.key else None


def _url(rest: str) -> str:
    return f"https://www.youtube.com/channel/{rest}" if _CHANNEL(rest) else f"https://www.youtube.com/{rest}"


_COMMON = frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"})

YOUTUBE = Platform(
    "youtube",
    "YouTube",
    ("youtube.com", "youtu.be", "youtube-nocookie.com"),
    _from_url,
    _from_text,
    _url,
    _CHANNEL,
)
