"""VK: communities by number or screen name, people by number or screen name.

``club123``, ``public123``, ``event123`` and the owner id ``-123`` are one community; ``id123`` is a person. Posts,
photos, videos and the like carry the id of their owner, which is certain, so it beats the page that they are
shown on (``/name?w=wall-123_4`` is ``vk:club123``).
"""

from __future__ import annotations

from outreach.keys.base import NUMBER as _NUMBER
from outreach.keys.base import Identity, Platform, Url, fullmatch, no, query_value, reserved, subdomain

__all__ = ["VK", "own_name"]

_HOSTS = ("vk.com", "vk.ru", "vkontakte.ru", "vk.me", "vkvideo.ru")
_COMMUNITY = fullmatch(r"(?:club|public|event)([0-9]+)")
_PERSON = fullmatch(r"id([0-9]+)")
_MEMBER = fullmatch(
    r"(?:wall|photo|photos|tag|video|videos|album|albums|topic|market|product|clip|clips|story|stories|narrative|page|note|"
    r"poll|doc|docs|article|audios|podcast|podcasts|write|events|gifts|uslugi|address|playlist|wall_reply|reviews)"
    r"(-?[0-9]+)(?:_.*)?"
)
_OF_COMMUNITY = fullmatch(r"(?:(?:board|gim)|(?:app|game)[0-9]+_-)([0-9]+)(?:_.*)?")
_OWNER = fullmatch(r"(-?[0-9]+)(?:_[0-9]+)?")
_SCREEN_NAME = fullmatch(r"[a-z0-9_](?:[a-z0-9_.]{0,38}[a-z0-9_])")
_SERVICE_OBJECT = fullmatch(r"(?:app|game|audio|audio_playlist|sticker|chat|call|feed|im|c)-?[0-9]+(?:_.*)?")

_MAY_HOLD_OWNER = fullmatch(r"(?:[a-z]*|wall_reply|audio_playlist)-?[0-9].*")  # of what the patterns above take

_WHY = "the screen name in a VK address"
_WHY_ID = "the id in a VK address"
_WHY_OWNER = "the owner of what a VK address shows"
_HOME = no("vk.com without a path is the home page: give the address of a community")
_SERVICE = no("a service site of VK, not a community")
_NO_NAME = no("not a VK screen name: letters, digits, dots and underscores")
_ZERO = no("not an id of VK: ids begin with 1")
_BARE_NUMBER = no("a number alone may be a person or a community on VK: write club123 or id123")
_RESERVED = reserved(
    "vk.com",
    {
        "a search or a feed: give the address of a community": "search feed al_feed.php newsfeed hashtag tags "
        "explore discover recommendations al_search.php groups communities people catalog",
        "a conversation: give the address of a community": "im mail write call calls join chats convo",
        "an app, a game or a sticker set": "apps app games stickers mini_apps miniapps services vkapps",
        "an object without its owner: give the address of the community": "wall photo video videos album albums topic "
        "market board page pages doc docs note notes poll polls story stories clip clips audio audios music artist "
        "podcasts live lives event events video_ext.php article articles photos playlist playlists product reviews",
        "a placeholder": "deleted banned",
        "a part of an address: give all of it": "donut",
        "a page of the site itself": "about ads add al_im.php aliexpress_carousel apiclub away away.php activation api "
        "auth badbrowser.php biz blank.php blog bookmarks bugs business brand checkback "
        "classifieds club cookies css data_protection deauth dev developers edit exchange faq fave faves "
        "features food friends gifts help id images index.php invite invites jobs js legal licence "
        "licensing like.php login login.php logout lookup mask me memories menu mobile mobile_download "
        "matches notifications oauth opinions partners pay payments places press privacy "
        "products profile protected public questions reg registration reports restore rss.php rules s "
        "security settings share share.php shopping sms start stats status subscriptions super_apps "
        "support taxi team terms testmode translation vkpay widget_comments.php widget_community.php widgets "
        "verify wap youla zakaz",
    },
)
_PLAIN_SUBDOMAINS = frozenset({"m", "new", "0", "pda", "wap", "web"})


def _from_url(url: Url) -> Identity:
    if url.host not in _COMMON and not _shows_pages(url.host):
        return _SERVICE
    shown = query_value(url.query, "w", "z") if url.query else ""
    if shown and (owner := _owner(shown.partition("/")[0].lower())):
        return owner
    if not url.parts:
        return _HOME
    head = url.parts[0].lower()
    if head in _RESERVED:
        return _inside(url, head)
    if url.host.endswith("vkvideo.ru") and head[0] != "@":
        return _owner(head) or _RESERVED["video"]
    return _page(head)


def _shows_pages(host: str) -> bool:
    name = subdomain(host, *_HOSTS)
    return name in _PLAIN_SUBDOMAINS or len(name) < 3


def _page(word: str) -> Identity:
    """A community or person by one path word, an owner through its object."""
    if word[:1] == "@":
        word = word[1:]  # an article carries its author: @name-title, @-123-title
        if word[:1] != "-":
            word = word.partition("-")[0]
        elif len(halves := word.split("-")) > 2:
            word = "-" + halves[1]
    if _MAY_HOLD_OWNER(word):
        if found := _owner(word):
            return found
        if _SERVICE_OBJECT(word):
            return _RESERVED["apps"]
    if word in _RESERVED:
        return _RESERVED[word]
    return Identity(f"vk:{word}", _WHY) if _SCREEN_NAME(word) and not word.isdigit() else _NO_NAME


def _owner(word: str) -> Identity | None:
    """The owner that a path word holds by number: ``club123``, ``-123``, ``wall-123_4``."""
    if found := _COMMUNITY(word):
        return _numbered("club", found[1], _WHY_ID)
    if found := _PERSON(word):
        return _numbered("id", found[1], _WHY_ID)
    if found := _OF_COMMUNITY(word):
        return _numbered("club", found[1], _WHY_OWNER)
    if word[:1] == "-" and word[1:].isdigit():
        return _numbered("club", word[1:], _WHY_ID)
    if found := _MEMBER(word):
        return _by_owner_id(found[1])
    return None


def own_name(text: str) -> Identity | None:
    """The community of a bare ``club123``, ``public123`` or ``event123``, which no other platform has.

    Example:
        >>> own_name("public123").key, own_name("club"), own_name("id123")
        ('vk:club123', None, None)

    """
    found = _COMMUNITY(text)
    return _numbered("club", found[1], _WHY_ID) if found and _NUMBER(found[1]) else None


def _by_owner_id(number: str) -> Identity:
    return _numbered("club" if number[0] == "-" else "id", number.removeprefix("-"), _WHY_OWNER)


def _numbered(kind: str, number: str, why: str) -> Identity:
    return Identity(f"vk:{kind}{number}", why) if _NUMBER(number) else _ZERO


def _inside(url: Url, head: str) -> Identity:
    """Owners that stand behind a reserved word."""
    number = query_value(url.query, "oid", "owner_id", "sel", "gid") or ""
    if head in {"pages", "video_ext.php", "im"} and _OWNER(number):
        return _by_owner_id(number)
    if head == "stats" and number.isdigit():
        return _numbered("club", number, _WHY_OWNER)
    if head in {"clips", "video", "playlist", "music", "im", "stories", "videos", "donut"}:
        for word in url.parts[1:3]:
            if (word[0] == "@" or (head in {"clips", "donut"} and len(url.parts) == 2)) and _page(word.lower()).key:
                return _page(word.lower())
            if found := (_OWNER(word) if head != "music" else None):
                return _by_owner_id(found[1])
    return _RESERVED[head]


def _from_text(text: str) -> Identity | None:
    word = text.removeprefix("@").removeprefix("*").lower()
    if word.isascii() and word.isdigit():
        return _BARE_NUMBER
    found = _page(word)
    return found if found.key or found is _ZERO else None


def _immutable(rest: str) -> object:
    return _COMMUNITY(rest) or _PERSON(rest)


_COMMON = frozenset({"vk.com", "www.vk.com", "m.vk.com", "vk.ru"})

VK = Platform("vk", "VK", _HOSTS, _from_url, _from_text, lambda rest: f"https://vk.com/{rest}", _immutable)
