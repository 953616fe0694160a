"""Facebook: pages and people share one space of names and numbers, groups have their own.

Vanity names are ``[A-Za-z0-9.]``, and Facebook ignores their dots and case. In group names only the case is
ignored here: whether dots count there is not documented, and two keys for one group are a lesser evil than
one key for two groups. ``/Name-12345`` is the page with that number; shorter numbers (``/Riga-2024``) are too
likely part of a name, and as names hold no hyphen, such an address is refused.
"""

from __future__ import annotations

from outreach.keys.base import (
    API_VERSION,
    Identity,
    Platform,
    Url,
    fullmatch,
    no,
    query_value,
    reserved,
    slug,
    subdomain,
    words,
)
from outreach.keys.base import NUMBER as _NUMBER

__all__ = ["FACEBOOK"]

_HOSTS = ("facebook.com", "fb.com", "m.me", "messenger.com")
_VANITY = fullmatch(r"[A-Za-z0-9.]+")
_NUMBERED = fullmatch(r".*-([1-9][0-9]{4,19})")
_SET_OF_PAGE = fullmatch(r"pb\.([1-9][0-9]{4,19})\..*")  # all photos of the page with that number
_GROUP = fullmatch(r"[a-z0-9._-]+")

_HOME = no("facebook.com without a path is the home page: give the address of a page or a group")
_SERVICE = no("a service site of Facebook, not a page")
_NO_OWNER = no("the address of a post or photo without id=… does not show the page: give the page")
_NO_NAME = no("not the address of a Facebook page: names have letters, digits and dots")
_BY_NAME = "the name in a Facebook address; dots and case ignored"
_BY_ID = "the number in a Facebook address"
_BY_GROUP = "the group in a Facebook address"

_SERVICE_HOSTS = words(
    "about ads adsmanager api apps connect code config creatorapp developer developers engineering events graph "
    "investor l lm lookaside newsroom pixel research scontent secure static star tech transparency "
    "transparencycenter "
    "upload work workplace"
)
_RESERVED = reserved(
    "facebook.com",
    {
        "a link to share, which does not show the page: open it and give the page": "share share.php sharer "
        "sharer.php dialog",
        "a video or a list of videos: give the page that published it": "watch reel reels video.php videos video live",
        "an event: give the page or group that organises it": "events event.php event",
        "a post or photo: give the page": "photos photo.php photo posts post media album.php stories story notes "
        "note.php "
        "note permalink.php story.php questions",
        "a hashtag": "hashtag",
        "a search": "search",
        "an app or a game": "apps gaming games instantgames appcenter",
        "a conversation: give a page or a group": "messages messenger chat t j",
        "a list of groups: give the address of one": "groups group group.php",
        "a list of pages: give the address of one": "pages p pg people directory",
        "a profile without its id: give the address with id=…": "profile.php profile",
        "a page of the site itself": "about ads adsmanager account accounts ajax badges bookmarks business "
        "businesshelp browse campaign careers checkpoint climatescienceinfo composer confirmemail.php connect "
        "contact cookie cookies crisisresponse coronavirus_info dating data_policy deals developers docs donate dyi "
        "email facebook feed fbml find-friends flx follow forms friends friends_nearby fundraisers gender giftcards "
        "help home home.php hc inbox index.php insights intern invite jobs l.php language latest legal lite livemap "
        "local locations login login.php logout logout.php lookaside marketplace me memories mobile "
        "myaccount n nearby newsfeed next notifications oauth offers onthisday pay payments places plugins policies "
        "policy privacy professional_dashboard profile_icon r.php recommendations recover reg reg_instructions "
        "requests saved security settings sites sitemap site_tour support surveys suggestions terms terms.php tr "
        "trending unsupportedbrowser upload usernames username ufi v verify wall weather watchparty whatsapp "
        "whitehat wish work zero blood_donations buddylist careers chats cms coupons credits "
        "creatorstudio creators dialogs family find fbpay",
    },
)
_PAGES_OF_SITE = {
    word: no(f"facebook.com/pages/{word} is a page of the site itself")
    for word in ("create", "launchpoint", "browser", "manage", "feed", "invites", "liked", "discover", "search")
}
_GROUP_LISTS = words(
    "feed discover create joins you_should_join browse explore category notifications search membership invites "
    "groups learn settings"
)


def _from_url(url: Url) -> Identity:
    parts = url.parts
    if url.fragment.startswith("!/"):
        path, _, query = url.fragment[2:].partition("?")
        return _from_url(url._replace(parts=[part for part in path.split("/") if part], query=query, fragment=""))
    if url.host not in _COMMON and (other := _from_other_host(url)):
        return other
    if not parts:
        return _HOME
    if len(parts) > 1 and API_VERSION(parts[0]):
        return _SERVICE
    route = _ROUTES.get(parts[0].lower())
    return route(url) if route else _page(parts[0])


def _from_other_host(url: Url) -> Identity | None:
    host = url.host.removeprefix("www.")
    if host == "messenger.com":  # its numbers are conversations too, so only names are pages for sure
        named = url.parts[1:2] if url.parts[:1] == ["t"] else []
        return _page(named[0]) if named and not named[0].isdigit() else _RESERVED["messages"]
    if host == "m.me":
        return _page(url.parts[0]) if len(url.parts) == 1 else _RESERVED["messages"]
    return _SERVICE if subdomain(host, *_HOSTS) in _SERVICE_HOSTS else None


def _page(word: str) -> Identity:
    """A page or person by the path word that names it."""
    word = word.removeprefix("@")
    if word.isdigit() and _NUMBER(word):
        return Identity(f"facebook:{word}", _BY_ID)
    if _VANITY(word):
        name = low = word.lower()
        if "." in low:
            name = low.replace(".", "")
        refusal = _RESERVED.get(low) or _RESERVED.get(name)
        if refusal or not name or name.isdigit() or low.endswith(".php"):
            return refusal or _NO_NAME
        return Identity(f"facebook:{name}", _BY_NAME)
    if found := _NUMBERED(word):
        return Identity(f"facebook:{found[1]}", _BY_ID)
    return _NO_NAME


def _id_in_query(url: Url) -> Identity:
    number = query_value(url.query, "id", "view_all_page_id").strip().partition("/")[0]
    if _NUMBER(number):
        return Identity(f"facebook:{number}", _BY_ID)
    if found := _SET_OF_PAGE(query_value(url.query, "set")):
        return Identity(f"facebook:{found[1]}", _BY_ID)
    return _RESERVED["profile.php"] if url.parts[0].lower() == "profile.php" else _NO_OWNER


def _group(url: Url) -> Identity:
    if len(url.parts) < 2:
        number = query_value(url.query, "gid", "group_id", "id")
        return Identity(f"facebook:groups/{number}", _BY_GROUP) if _NUMBER(number) else _RESERVED["groups"]
    return _group_named(url.parts[1])


def _group_named(word: str) -> Identity:
    name = slug(word)
    if name in _GROUP_LISTS:
        return _RESERVED["groups"]
    if name is None or not _GROUP(name):
        return no("not the address of a Facebook group")
    return Identity(f"facebook:groups/{name}", _BY_GROUP)


def _pages(url: Url) -> Identity:
    """What stands behind ``pages``, ``pg``, ``p`` or ``people``.

    ``/pages/Name/123``, ``/pages/Name-123``, ``/pages/City/Name/123``, ``/pages/category/Topic/Name-123``,
    ``/pg/Name``, ``/p/Name-123``.
    """
    words = url.parts[1:]
    if words and words[0].lower() == "category":
        words = words[2:]
    if not words:
        return _RESERVED["pages"]
    for word in words[1:3]:  # a place can stand before the name
        if _NUMBER(word):
            return Identity(f"facebook:{word}", _BY_ID)
    tail = words[0].rpartition("-")[2]
    if url.parts[0].lower() != "pg" and tail != words[0] and _NUMBER(tail):  # here the number is always an id
        return Identity(f"facebook:{tail}", _BY_ID)
    refusal = _PAGES_OF_SITE.get(words[0].lower()) if url.parts[0].lower() == "pages" else None
    return refusal or _page(words[0])


def _ads(url: Url) -> Identity:
    """The public ad library names the page whose ads it shows."""
    number = query_value(url.query, "view_all_page_id")
    return Identity(f"facebook:{number}", _BY_ID) if _NUMBER(number) else _RESERVED["ads"]


def _from_text(text: str) -> Identity | None:
    kind, slash, group = text.partition("/")
    if slash:
        if kind.lower() != "groups" or "/" in group:
            return None
        found = _group_named(group)
        return found if found.key else None
    word = text.removeprefix("@")
    if not _VANITY(word):
        return None
    found = _page(word)
    return found if found.key or word.isdigit() else None


def _url(rest: str) -> str:
    return f"https://www.facebook.com/{rest}"


_COMMON = frozenset({"facebook.com", "www.facebook.com", "m.facebook.com", "fb.com", "www.fb.com"})
_ROUTES = {word: (lambda _url, refusal=refusal: refusal) for word, refusal in _RESERVED.items()} | {
    "profile.php": _id_in_query,
    "permalink.php": _id_in_query,
    "story.php": _id_in_query,
    "photo.php": _id_in_query,
    "photo": _id_in_query,
    "groups": _group,
    "group.php": _group,
    "pages": _pages,
    "pg": _pages,
    "p": _pages,
    "people": _pages,
    "ads": _ads,
}

FACEBOOK = Platform("facebook", "Facebook", _HOSTS, _from_url, _from_text, _url, _NUMBER)
