"""Sites on which people follow accounts and that are no platform of their own: one account, one key of the web.

Pages of an account (a tab, a post) lead to the account, as everywhere; what belongs to none stays a page of the site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from outreach.keys.base import Identity, Url, fullmatch, no, query_value, subdomain, words
from outreach.keys.web import from_site

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ACCOUNTS"]

_WHY: Final = "the account in an address of this site"
_NAME: Final = fullmatch(r"[a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_-])?")
_BLOG: Final = fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?")
_NUMBER: Final = fullmatch(r"[0-9]{1,19}")

_POST: Final = no("patreon.com/posts is a post, which does not show its creator: give the creator")
_PATREON_PAGES: Final = words(
    "about app apps auth bepatron blog careers checkout collection collections contact create creation creator- "
    "hub creators dashboard download edit explore faq file forgot-password gift home invite jobs join legal "
    "library login logout members membership messages notifications oauth2 payouts pledges policy portal posts "
    "press pricing product products profile redeem search settings signup start support tips user web-push"
)
_BOOSTY_PAGES: Final = words("app about api faq help legal search settings static terms blog")
_TUMBLR_PAGES: Final = words(
    "about abuse account activity api apps blog business blogs communities community connect contact create dashboard "
    "developers docs domains edit explore following followers help inbox jobs like likes live login logout mailboxes "
    "messages new oauth policy post press privacy register reblog security search settings share shop spotlight staff "
    "support svc tagged tags themes theme tips tumblrmart video widgets"
)
_TUMBLR_HOSTS: Final = words("www static data log api assets media embed static help secure px engineering mx web")
_SOUNDCLOUD_PAGES: Final = words(
    "about artists charts checkout company connect discover download explore feed for-artists gift go groups imprint "
    "jobs library legal login logout messages mobile mobile-app music-charts-us next-pro notifications oauth oembed "
    "pages people player popular premium press pro search settings signin signup stations stream stream-tracks tags "
    "terms-of-use tracks upload videos visuals you"
)


def _account(host: str, name: str) -> Identity:
    return Identity(f"web:{host}/{name}", _WHY)


def _named(url: Url, host: str, name: str, pages: frozenset[str]) -> Identity:
    """The account of a name, or the page as it is."""
    name = name.lower()
    return _account(host, name) if _NAME(name) and name not in pages else from_site(url)


def _patreon(url: Url) -> Identity:
    """``/name/posts``, ``/c/name``, ``/cw/name``, ``/m/name``; ``/user?u=1`` and what is below it; ``/m/1``."""
    parts = url.parts
    if subdomain(url.host, "patreon.com") or not parts:
        return from_site(url)
    head = parts[0].lower()
    if head in {"user", "profile", "bepatron"}:
        for name in ("u", "c"):
            if _NUMBER(number := query_value(url.query, name)):
                return Identity(f"web:patreon.com/user?{name}={number}", _WHY)
        return from_site(url)
    if head == "posts" and len(parts) > 1:
        return _POST
    campaign = parts[1] if head == "m" and len(parts) > 1 else head.removeprefix("id:") if ":" in head else ""
    if _NUMBER(campaign):
        return Identity(f"web:patreon.com/user?c={campaign}", _WHY)
    below = head in {"c", "cw", "m", "join", "checkout"} and len(parts) > 1
    return _named(url, "patreon.com", parts[1] if below else head, _PATREON_PAGES | {"c", "cw", "m"})


def _boosty(url: Url) -> Identity:
    if subdomain(url.host, "boosty.to") not in {"", "m"} or not url.parts:
        return from_site(url)
    return _named(url, "boosty.to", url.parts[0], _BOOSTY_PAGES)


def _tumblr(url: Url) -> Identity:
    """``name.tumblr.com``, ``tumblr.com/name``, ``/blog/name``, ``/dashboard/blog/name``, ``at.tumblr.com/name``."""
    name, parts = subdomain(url.host, "tumblr.com"), url.parts
    if name and name not in {"at", "m", "mobile"}:
        ours = _BLOG(name) and name not in _TUMBLR_HOSTS and "." not in name
        return _account("tumblr.com", name) if ours else from_site(url)
    if parts[:2] == ["dashboard", "blog"]:
        parts = parts[1:]
    if parts[:1] == ["blog"]:
        parts = parts[2:] if parts[1:2] == ["view"] else parts[1:]
    name = parts[0].removeprefix("@").lower() if parts else ""
    return _account("tumblr.com", name) if _BLOG(name) and name not in _TUMBLR_PAGES else from_site(url)


def _snapchat(url: Url) -> Identity:
    """``/add/name``, ``/@name``, ``story.snapchat.com/@name``."""
    parts = url.parts
    if not parts or subdomain(url.host, "snapchat.com") not in {"", "story", "web"}:
        return from_site(url)
    if parts[0].lower() in {"add", "s", "u"} and len(parts) > 1:
        name = parts[1]
    elif parts[0][0] == "@":
        name = parts[0]
    else:
        return from_site(url)
    name = name.removeprefix("@").lower()
    return _account("snapchat.com/add", name) if _NAME(name) else from_site(url)


def _soundcloud(url: Url) -> Identity:
    if subdomain(url.host, "soundcloud.com") not in {"", "m"} or not url.parts:
        return from_site(url)
    return _named(url, "soundcloud.com", url.parts[0], _SOUNDCLOUD_PAGES)


ACCOUNTS: Final[dict[str, Callable[[Url], Identity]]] = {
    "patreon.com": _patreon,
    "boosty.to": _boosty,
    "tumblr.com": _tumblr,
    "tpmblr.com": lambda url: _tumblr(url._replace(host=url.host.replace("tpmblr.com", "tumblr.com"))),
    "snapchat.com": _snapchat,
    "soundcloud.com": _soundcloud,
}
"""What reads the addresses of each host."""
